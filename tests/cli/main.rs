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
mod counts;
mod demo;
mod diagnostics;
mod empty_lists;
mod engine;
mod export;
mod fix_list;
mod formats;
mod harness;
mod help;
mod hostile_names;
mod limit;
mod log;
mod mailing_list;
mod members;
mod memberships;
mod moved;
mod ortto;
mod pace;
mod person;
mod referee;
mod refusals;
mod resume;
mod retention;
mod rules;
mod sandbox;
mod schedule;
mod schema;
mod shell;
mod stop;
#[cfg(feature = "test-hooks")]
mod tick;
#[cfg(target_os = "linux")]
mod timer;
