//! Short answers of commands, as `--json` prints them. Whatever has an answer of its own has it beside
//! its command.

use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

/// Something is removed.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Removed<'a> {
    /// Its name or id, as it was given.
    pub(crate) removed: &'a str,
}

/// A run is asked to stop.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Canceled<'a> {
    /// The run's id.
    pub(crate) canceled: &'a str,
}

/// The account accepts the key.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Tested<'a> {
    /// The connection, as it was given.
    pub(crate) connection: &'a str,
    /// Always true; a refused key is an error.
    pub(crate) ok: bool,
}

/// A file is written.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Written<'a> {
    /// The segment whose members it holds, as it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) segment: Option<&'a str>,
    /// The file's path.
    pub(crate) file: &'a Path,
    /// Rows, header not counted.
    pub(crate) rows: u64,
}
