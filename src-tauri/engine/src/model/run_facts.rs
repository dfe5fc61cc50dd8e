//! What is kept of a run beside its numbers, for whoever looks at it later.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ConnectionId, Outcome, Progress, Run, Status};

/// What is kept of a run beside its numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunFacts {
    /// The account of the operating system that began it; empty where it is not known.
    pub started_by: String,
    /// Lists that the guard held.
    pub held: Vec<HeldList>,
    /// When the user decided to keep everybody whom it held.
    pub kept_at: Option<Timestamp>,
    /// Why the limit refused it.
    pub over_limit: Option<OverLimit>,
}

/// A list that would have lost too many.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct HeldList {
    /// Its title.
    pub title: String,
    /// People whom our receipts hold on it.
    pub members: u64,
    /// People who would be taken off it.
    pub leaving: u64,
}

/// Why the limit refused a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct OverLimit {
    /// Distinct valid addresses.
    pub addresses: u64,
    /// What the export allows.
    pub limit: u64,
}

/// The last run of an export, and what is to be decided about it.
#[derive(Debug, Clone)]
pub struct LatestRun {
    /// The run.
    pub run: Run,
    /// What is kept beside its numbers.
    pub facts: RunFacts,
    /// How it goes, where a living process executes it or waits with it.
    pub progress: Option<Progress>,
}

/// A run, whole.
#[derive(Debug, Clone)]
pub struct RunDetails {
    /// The run.
    pub run: Run,
    /// What is kept beside its numbers.
    pub facts: RunFacts,
    /// How it goes, where a living process executes it or waits with it.
    pub progress: Option<Progress>,
    /// Whether its export is there still.
    pub export_exists: bool,
    /// A connection to its account, by id and name; `None` where there is none any more.
    pub connection: Option<(ConnectionId, String)>,
    /// Whether it took people off lists in place of sending any.
    pub emptying: bool,
    /// Lists that it touched.
    pub lists: Vec<RunList>,
    /// Fields that it sent, as the account names them.
    pub fields: Vec<String>,
    /// When the plan was committed: nothing was sent before.
    pub planned_at: Option<Timestamp>,
    /// When its people and requests were dropped.
    pub details_dropped_at: Option<Timestamp>,
}

/// A list that a run touched.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct RunList {
    /// Its title.
    pub title: String,
    /// People on it before; `None`: not asked.
    pub before: Option<u64>,
    /// People on it after.
    pub after: Option<u64>,
    /// People put on it.
    pub joined: u64,
    /// People taken off it.
    pub left: u64,
}

/// Which runs are asked for, newest first.
#[derive(Debug, Clone, Default)]
pub struct RunQuery {
    /// Only of the export of this id.
    pub export: Option<String>,
    /// Only with one of these statuses; empty: all.
    pub statuses: Vec<Status>,
    /// A piece of the export's name, in any letters.
    pub search: String,
    /// Only begun at or after this.
    pub since: Option<Timestamp>,
    /// The first row, from 0.
    pub offset: u64,
    /// How many rows.
    pub limit: u64,
}

/// Which people of a run are asked for, in the order of its plan; unchanged people last.
#[derive(Debug, Clone, Default)]
pub struct PeopleQuery {
    /// Only of this class.
    pub outcome: Option<Outcome>,
    /// Only with this reason.
    pub reason: Option<String>,
    /// A piece of the address or the CustomerId, in any letters.
    pub search: String,
    /// The first row, from 0.
    pub offset: u64,
    /// How many rows.
    pub limit: u64,
}

/// People of a run of one class and reason.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct RunReason {
    /// The class.
    pub outcome: Outcome,
    /// The reason; empty where there is none.
    pub reason: String,
    /// People.
    pub people: u64,
}

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// People with their fields.
    Upsert,
    /// People put on a further list.
    Join,
    /// People taken off a list.
    Leave,
}

/// A request of a run, as the ledger has it.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct SentRequest {
    /// Its place in the run, from 1.
    pub place: u64,
    /// What it is for.
    pub kind: RequestKind,
    /// The list's title, where it is about one.
    pub list: Option<String>,
    /// People whom it carries.
    pub people: u64,
    /// Addresses of the first ten.
    pub addresses: Vec<String>,
    /// The word of the ledger.
    pub outcome: String,
    /// The status of HTTP; `None`: no answer came.
    pub status: Option<u16>,
    /// The account's words.
    pub answer: String,
    /// When it was committed, before it was sent.
    pub begun_at: Timestamp,
    /// When its outcome was committed.
    pub ended_at: Option<Timestamp>,
}

/// The finished runs of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
pub struct RunDay {
    /// The day, in the zone asked for.
    pub day: jiff::civil::Date,
    /// Runs.
    pub runs: u64,
    /// People created.
    pub created: u64,
    /// People updated.
    pub updated: u64,
    /// Leavers taken off.
    pub removed: u64,
    /// People rejected, or not attempted.
    pub failed: u64,
}

/// What a run of an export would do, as it was reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// People who are new.
    pub new: u64,
    /// People who differ from what was last accepted, and those refused before who are tried again.
    pub changed: u64,
    /// People who leave.
    pub leaving: u64,
    /// Profiles that cannot be sent.
    pub invalid: u64,
    /// When it was reckoned.
    pub at: Timestamp,
}
