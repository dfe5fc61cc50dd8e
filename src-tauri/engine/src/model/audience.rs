//! Audience: where profiles and segments come from, and what was found in its data.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::AudienceId;

/// An audience as it is stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Audience {
    /// Identity.
    pub id: AudienceId,
    /// Display name, unique among audiences.
    pub name: String,
    /// Where the data is.
    pub kind: AudienceKind,
    /// What was found when it was last read.
    pub survey: Survey,
    /// When it was added.
    pub created_at: Timestamp,
    /// When its data was last read in full.
    pub refreshed_at: Timestamp,
}

/// Where an audience's data is.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AudienceKind {
    /// Files on this computer.
    Files(Files),
}

/// Files of one shape, and how to read them where the user said so (`None`: detect).
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// Absolute paths of files, or of folders for all the files in them, in the order given.
    pub paths: Vec<String>,
    /// The key column, fixed when the audience is added: `Some` a column of the survey, `None` the
    /// row's place in the file.
    pub key: Option<String>,
    /// Whether the first record is data, not names (`--no-header`).
    #[serde(default)]
    pub no_header: bool,
    /// The delimiter, if the user named it.
    #[serde(default)]
    pub delimiter: Option<char>,
    /// The encoding's label, if the user named it.
    #[serde(default)]
    pub encoding: Option<String>,
    /// Absolute path of the file that says which segments each profile is in (`--memberships`).
    #[serde(default)]
    pub memberships: Option<String>,
}

/// What was found in the data: columns, rows, and how the files were read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// Changes when the data does (sizes, times and identities of the files).
    pub version: String,
    /// Profiles.
    pub rows: u64,
    /// Columns in the order of the file.
    pub columns: Vec<Column>,
    /// The files.
    pub files: Vec<FileFound>,
    /// Names of the segments in the memberships file, in the order in which they first stand there.
    #[serde(default)]
    pub segments: Vec<String>,
    /// What the audience keeps for its own next reading (record boundaries); not for people.
    #[serde(default)]
    pub private: serde_json::Value,
}

/// A column of `customer`.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Column {
    /// Its name as the header has it.
    pub name: String,
    /// Its type by the rule of cli.md (*Files*).
    #[serde(rename = "type")]
    pub kind: ColumnType,
    /// Cells that are not blank.
    pub filled: u64,
    /// Up to three different values, as they stand in the file.
    pub samples: Vec<String>,
}

/// The type of a column: a number only if every value parses, none has a leading zero and integers
/// stay under 2^53; a date only if every value does; else text (cli.md, *Files*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// Text.
    Text,
    /// A whole number below 2^53.
    Integer,
    /// A number.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A day.
    Date,
    /// A moment.
    Timestamp,
}

/// A file and how it was read.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct FileFound {
    /// Absolute path.
    pub path: String,
    /// Bytes.
    pub bytes: u64,
    /// Records, header not counted.
    pub rows: u64,
    /// When it was last changed.
    pub modified_at: Timestamp,
    /// `csv`, `cdm` (CSV as a `model.json` describes it), `ndjson` or `parquet`.
    pub format: String,
    /// What the whole file is packed with, `gzip` or `zstd`; `None`: it is not.
    #[serde(default)]
    pub compression: Option<String>,
    /// Encoding label, for example `utf-8`, `utf-16le`, `windows-1252`.
    pub encoding: String,
    /// Delimiter; `None` where the format has none.
    pub delimiter: Option<char>,
    /// Whether the first record names the columns.
    pub header: bool,
    /// Whether a quoted cell holds a line break.
    pub quoted_breaks: bool,
}
