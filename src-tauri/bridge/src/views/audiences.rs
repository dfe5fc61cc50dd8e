//! Data: audiences, what was found in them, and their columns.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::model::{AudienceKind, Column, FileFound};
use segue_engine::suggest::Suggestions;
use serde::{Deserialize, Serialize};

use super::{Named, Search};

/// An audience in the table.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct AudienceRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where its data is, and how it is read.
    pub source: AudienceKind,
    /// Profiles.
    pub profiles: u64,
    /// Columns.
    pub columns: u64,
    /// Segments.
    pub segments: u64,
    /// Whether it is the sample.
    pub sample: bool,
    /// Exports that use it.
    pub used_by: Vec<Named>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When its data was last read in full.
    pub refreshed_at: Timestamp,
}

/// An audience, whole.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct AudienceDetail {
    /// The row of the table.
    pub row: AudienceRow,
    /// Columns in the order of the file, with type, fill and samples.
    pub fields: Vec<Column>,
    /// The key column; `None`: the row's place in the file.
    pub key: Option<String>,
    /// The files, and how each was read.
    pub files: Vec<FileFound>,
    /// What the columns may be, for a person to decide.
    pub suggestions: Suggestions,
}

/// An audience from files: new without `id`, else read in another way.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AudienceDraft {
    /// The audience that is changed; `None`: a new one.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Absolute paths of files and folders.
    pub paths: Vec<String>,
    /// The key column; `None`: found by itself.
    #[serde(default)]
    pub key: Option<String>,
    /// Whether the first record is data, not names.
    #[serde(default)]
    pub no_header: bool,
    /// The delimiter; `None`: found by itself.
    #[serde(default)]
    pub delimiter: Option<char>,
    /// The encoding's label; `None`: found by itself.
    #[serde(default)]
    pub encoding: Option<String>,
    /// Absolute path of the file that says which segments each profile is in.
    #[serde(default)]
    pub memberships: Option<String>,
}

/// Asks for the values of a column.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValuesRequest {
    /// The audience's id.
    pub audience: String,
    /// The column's exact name.
    pub column: String,
    /// A piece of the value.
    #[serde(default)]
    pub search: Search,
}

/// The values of a column, found in the first 10,000 profiles (customer-insights.md 3.5).
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Values {
    /// Different values, the most frequent first, at most 200.
    pub values: Vec<String>,
    /// Whether there are more than 200.
    pub more: bool,
}
