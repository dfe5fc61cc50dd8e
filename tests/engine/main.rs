//! Tests of the engine from outside.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod address;
mod keychain;
mod layout;
mod store;
