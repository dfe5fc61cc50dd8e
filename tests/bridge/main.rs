//! Tests of the bridge from outside: lines in, lines out, against a sandbox.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod audience;
mod audiences;
mod connections;
mod due;
mod hands;
mod lines;
mod plans;
mod resuming;
mod sample;
mod saving;
mod schedules;
mod security;
mod segments;
mod sheet;
mod start;
mod story;
mod table;
mod thirty_days;
mod together;
mod window;
