//! History: what Segue knows of a person over exports and runs.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::Outcome;

/// What Segue knows of a person.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct PersonRecord {
    /// The address as it was asked for.
    pub email: String,
    /// Whether the person asked to be forgotten, so that there is nothing else.
    pub forgotten: bool,
    /// What accounts accepted last, an export each.
    pub receipts: Vec<PersonReceipt>,
    /// Their lines in runs, newest first; runs that changed nothing have none.
    pub runs: Vec<PersonRun>,
}

/// What the account of an export accepted last of a person.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct PersonReceipt {
    /// The export; `None` where it was removed.
    pub export: Option<String>,
    /// The profile.
    pub customer_id: String,
    /// The address as it was sent.
    pub email: String,
    /// The account's own id of them; may be empty.
    pub vendor_id: String,
    /// Titles of the lists that the export put them on.
    pub lists: Vec<String>,
    /// The values, by target.
    pub fields: serde_json::Value,
    /// When.
    pub accepted_at: Timestamp,
    /// The run that changed it last.
    pub run: String,
}

/// A line of a run.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct PersonRun {
    /// The run.
    pub run: String,
    /// Its export.
    pub export: String,
    /// When it began.
    pub started_at: Timestamp,
    /// The profile.
    pub customer_id: String,
    /// The class.
    pub outcome: Outcome,
    /// Why, as a code.
    pub reason: String,
    /// What the account said.
    pub answer: String,
}
