//! The sandbox against the page it is written from: one test a row of the tables 2.1-2.5 and 3.1-3.5
//! of `destination-api.md`, then the contradictions, the faults, the record and the control.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

mod client;
mod contradictions;
mod control;
mod faults_map;
mod faults_reply;
mod faults_wire;
mod kept;
mod ortto_client;
mod ortto_control;
mod ortto_faults;
mod ortto_record;
mod rate;
mod record;
mod table_2_1_contacts;
mod table_2_1_lists;
mod table_2_2;
mod table_2_3;
mod table_2_4;
mod table_2_5;
mod table_3_1_fields_tags;
mod table_3_1_merge;
mod table_3_1_reads;
mod table_3_2;
mod table_3_3;
mod table_3_4;
mod table_3_5;
