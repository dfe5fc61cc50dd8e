//! Runs: the history, one run, its people and its requests.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::model::{Outcome, Progress, Run, Status};
use serde::{Deserialize, Serialize};

use super::{HeldList, OverLimit, Part, RunList, Search};

/// Asks for runs, newest first.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunListRequest {
    /// Only of this export.
    #[serde(default)]
    pub export: Option<String>,
    /// Only with one of these statuses; empty: all.
    #[serde(default)]
    pub statuses: Vec<Status>,
    /// A piece of the export's name.
    #[serde(default)]
    pub search: Search,
    /// Only begun at or after this.
    #[serde(default)]
    pub since: Option<Timestamp>,
    /// Which part.
    pub part: Part,
}

/// A run, whole.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct RunDetail {
    /// The run as it stands in the store.
    pub run: Run,
    /// How it goes, while it is under way.
    pub progress: Option<Progress>,
    /// Whether its export is there still.
    pub export_exists: bool,
    /// The connection's name; empty where it is gone.
    pub connection: String,
    /// Whether it was on the practice account of the sample.
    pub practice: bool,
    /// Whether it took people off lists in place of sending any.
    pub emptying: bool,
    /// Lists that it touched.
    pub lists: Vec<RunList>,
    /// Lists that the guard held.
    pub held: Vec<HeldList>,
    /// Fields that it sent, as the account names them.
    pub fields: Vec<String>,
    /// When the plan was committed: nothing was sent before.
    pub planned_at: Option<Timestamp>,
    /// When its people and requests were dropped, because they were older than the retention time.
    pub details_dropped_at: Option<Timestamp>,
    /// The account of the operating system that began it; empty where it is not known.
    pub started_by: String,
    /// Distinct valid addresses over the limit, where that refused the run.
    pub over_limit: Option<OverLimit>,
}

/// Asks for people of a run.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunPeopleRequest {
    /// The run's id.
    pub run: String,
    /// Only of this class.
    #[serde(default)]
    pub outcome: Option<Outcome>,
    /// Only with this reason code.
    #[serde(default)]
    pub reason: Option<String>,
    /// A piece of the address or of the CustomerId.
    #[serde(default)]
    pub search: Search,
    /// Which part.
    pub part: Part,
}

/// A person of a run.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct RunPerson {
    /// The address as sent or as the source has it.
    pub email: String,
    /// The CustomerId.
    pub customer_id: String,
    /// The class.
    pub outcome: Outcome,
    /// Why: a code, and words.
    pub reason: String,
    /// What the account said.
    pub answer: String,
    /// What the address may have been meant to be; `None`: no guess.
    pub suggestion: Option<String>,
}

/// Writes the people of a run to a CSV file: the fix list.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunDownloadRequest {
    /// The run's id.
    pub run: String,
    /// Only of this class.
    #[serde(default)]
    pub outcome: Option<Outcome>,
    /// The file's absolute path.
    pub path: String,
}

/// Sends people of a run again who were refused.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunDaysRequest {
    /// Only of this export.
    #[serde(default)]
    pub export: Option<String>,
    /// The first day, for example `2026-11-12`.
    pub from: jiff::civil::Date,
    /// The last day.
    pub to: jiff::civil::Date,
    /// The time zone whose days they are, for example `Europe/Stockholm`.
    pub zone: String,
}

/// Asks for the last requests of a run.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunRequestsRequest {
    /// The run's id.
    pub run: String,
    /// Whether addresses are shown; keys never are.
    #[serde(default)]
    pub reveal: bool,
}
