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

/// An object by id and name.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
}

impl From<segue_engine::model::Named> for Named {
    fn from(named: segue_engine::model::Named) -> Self {
        Self { id: named.id, name: named.name }
    }
}

/// Part of a long list.
#[derive(Debug, Clone, JsonSchema, Serialize)]
#[schemars(rename = "PageOf{T}")]
pub struct Page<T> {
    /// The rows asked for, in order.
    pub rows: Vec<T>,
    /// Rows in all that fit the filters.
    pub total: u64,
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
