//! Tests of the bridge from outside: lines in, lines out, against a sandbox.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod audience;
mod lines;
mod plans;
mod resuming;
mod saving;
mod story;
mod window;
