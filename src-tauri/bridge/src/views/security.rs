//! Admin: the audit log, retention, the configuration as a file, diagnostics, and what ran last.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::model::{Refresh, Run, Status};
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
    /// What Segue does for itself.
    pub processes: Vec<ProcessStatus>,
    /// The refresh of everything that goes on, or that was last.
    pub refresh: Option<Refresh>,
    /// When it is refreshed next by itself.
    pub next: Option<Timestamp>,
}

/// What Segue does for itself.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct ProcessStatus {
    /// Which.
    pub kind: ProcessKind,
    /// How it went last, or goes.
    pub status: Status,
    /// When; `None`: never yet.
    pub at: Option<Timestamp>,
    /// What was wrong, as a sentence; empty where nothing was.
    pub reason: String,
}

/// A process of Segue's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcessKind {
    /// The refresh of everything.
    Refresh,
    /// The webhook of notices; only where there is one.
    Webhook,
    /// The mail of notices; only where there is one.
    Mail,
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
    /// Why it could not be read in the last refresh, as a sentence; empty where it could.
    pub trouble: String,
}

/// The last run of an export.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct ExportStatus {
    /// The export.
    pub export: Named,
    /// Its last run.
    pub run: Option<Run>,
    /// The next time that it runs by itself.
    pub next: Option<Timestamp>,
}
