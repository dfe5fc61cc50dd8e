//! Tests of the engine from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod address;
mod contract;
mod keychain;
#[cfg(target_os = "linux")]
mod keyring;
mod layout;
mod notices;
mod retention;
mod schedule;
mod store;
mod suggest;
