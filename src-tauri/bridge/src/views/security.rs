//! Admin: the audit log, retention, the configuration as a file, diagnostics, and what ran last.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::model::Run;
use serde::{Deserialize, Serialize};

use super::{Named, Part, Search};

/// Asks for the audit log, newest first.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditRequest {
    /// A piece of who, what or which.
    #[serde(default)]
    pub search: Search,
    /// Which part.
    pub part: Part,
}

/// How long values and details of people are kept.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct RetentionView {
    /// Days.
    pub days: u32,
    /// Receipts that hold values still.
    pub receipts: u64,
    /// Exports that these belong to.
    pub exports: u64,
    /// Runs whose people and requests are kept still.
    pub runs: u64,
    /// People who were forgotten.
    pub forgotten: u64,
}

/// Sets how long they are kept; what is older goes at once.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionRequest {
    /// Days, 1 to 3,650.
    pub days: u32,
}

/// A file that the user chose.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRequest {
    /// Its absolute path.
    pub path: String,
}

/// What ran last, of everything that runs.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct SystemStatus {
    /// Audiences: when each was read.
    pub audiences: Vec<AudienceStatus>,
    /// Exports: the last run of each; `None`: it never ran.
    pub exports: Vec<ExportStatus>,
}

/// When an audience was read.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct AudienceStatus {
    /// The audience.
    pub audience: Named,
    /// Profiles that it had then.
    pub profiles: u64,
    /// When.
    pub refreshed_at: Timestamp,
}

/// The last run of an export.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct ExportStatus {
    /// The export.
    pub export: Named,
    /// Its last run.
    pub run: Option<Run>,
}
