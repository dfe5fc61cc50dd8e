//! The commands that only a window can answer.

pub(crate) mod files;
pub(crate) mod frame;
pub(crate) mod reveal;

use serde::Deserialize;

/// A request without anything to say.
#[derive(Debug, Deserialize)]
pub(crate) struct Nothing {}
