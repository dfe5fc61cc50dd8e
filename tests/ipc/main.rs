//! The commands of the window on Tauri's mock runtime: each arrives at the engine as the page sent it, and
//! none does from a window that was not given it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod flood;
mod gone;
mod lists;
mod passed;
mod refused;
mod stage;
