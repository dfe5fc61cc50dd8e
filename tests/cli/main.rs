//! The program `segue` from outside, as scripts and scheduled tasks use it (cli.md).

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking, in its harness too"
)]

mod account;
mod answers;
mod bad_input;
mod config;
mod demo;
mod diagnostics;
mod empty_lists;
mod export;
mod fix_list;
mod harness;
mod help;
mod limit;
mod log;
mod moved;
mod pace;
mod person;
mod referee;
mod refusals;
mod resume;
mod retention;
mod rules;
mod sandbox;
mod stop;
