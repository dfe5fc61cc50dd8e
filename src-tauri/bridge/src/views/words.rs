//! What many answers share.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A request without anything to say.
#[derive(Debug, Clone, Copy, Default, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Something was done, and there is nothing to say about it.
#[derive(Debug, Clone, Copy, Default, JsonSchema, Serialize)]
pub struct Done {}

/// One object, by its id or name.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct One {
    /// Its id, or its name.
    pub id: String,
}

/// An object is given another name.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rename {
    /// Its id.
    pub id: String,
    /// The new name.
    pub name: String,
}

/// Which part of a long list.
#[derive(Debug, Clone, Copy, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The first row, from 0.
    pub offset: u64,
    /// How many rows, at most 500.
    pub limit: u64,
}

impl Part {
    /// The most rows of a part.
    const MOST: u64 = 500;

    /// How many rows are given.
    #[must_use]
    pub fn rows(self) -> u64 {
        self.limit.min(Self::MOST)
    }
}

/// A file was written.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct FileWritten {
    /// Its absolute path.
    pub path: String,
    /// Rows, or parts, that are in it.
    pub rows: u64,
}

/// A condition of a search: a piece of text, in any letters. Empty: everything fits.
pub type Search = String;
