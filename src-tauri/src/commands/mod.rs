//! The commands that only a window can answer. Each takes what Tauri gives it, by value.

#![expect(clippy::needless_pass_by_value, reason = "Tauri's commands own their arguments")]

pub(crate) mod background;
pub(crate) mod files;
pub(crate) mod frame;
pub(crate) mod reveal;

use serde::Deserialize;

/// A request without anything to say.
#[derive(Debug, Deserialize)]
pub(crate) struct Nothing {}
