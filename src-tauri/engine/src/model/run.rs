//! Run: one execution of an export, with a status, counts that add up, and a fate for every profile.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Counts, ExportId, RunId};

/// The status of a run (product.md rule 11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Another run of the same account goes first.
    Queued,
    /// It runs, or waits for the network or the rate.
    Processing,
    /// Done.
    Successful,
    /// Done; somebody was rejected or not attempted, a leaver is held or failed, or not verified.
    CompletedWithErrors,
    /// There was nothing it could do.
    Skipped,
    /// It cannot go on; `resumable` says whether it may later.
    Failed,
    /// Ended by the user, or replaced by a newer run.
    Canceled,
    /// Not begun.
    NotStarted,
}

impl Status {
    /// Whether it ended for good or for now.
    #[must_use]
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Queued | Self::Processing | Self::NotStarted)
    }
}

/// What began a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// A button.
    Manual,
    /// `segue export run`.
    CommandLine,
    /// The export's own schedule.
    Schedule,
    /// The system refresh.
    SystemRefresh,
}

/// Where a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Reading the audience.
    Read,
    /// Matching fields.
    Match,
    /// Comparing with receipts.
    Compare,
    /// Sending.
    Deliver,
    /// Taking leavers off lists.
    Leavers,
    /// Reading list sizes back.
    Verify,
    /// Over.
    Done,
}

/// A run as `run show` prints it (cli.md, *A run*).
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize, Deserialize)]
pub struct Run {
    /// Identity.
    pub id: RunId,
    /// The export's id.
    pub export_id: ExportId,
    /// The export's name when the run began.
    pub export: String,
    /// Status.
    pub status: Status,
    /// The status in words.
    pub reason: String,
    /// What began it.
    pub trigger: Trigger,
    /// Whether all were sent, changed or not.
    pub full: bool,
    /// Whether it began after its due time.
    pub late: bool,
    /// Whether `run resume` can go on with it.
    pub resumable: bool,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Requests sent so far.
    pub requests: u64,
    /// Of those, repeats.
    pub retries: u64,
    /// Whether list sizes agree: true, false, or not asked.
    pub verified: Option<bool>,
    /// The numbers.
    pub counts: Counts,
    /// Where it is.
    pub stage: Stage,
}

/// The fate of a person in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Accepted, no receipt before.
    Created,
    /// Accepted, had a receipt.
    Updated,
    /// Nothing to send.
    Unchanged,
    /// Cannot be sent.
    Invalid,
    /// Another profile of the same address goes.
    Duplicate,
    /// Left out on purpose.
    Excluded,
    /// Refused by the API.
    Rejected,
    /// Not sent, or its outcome is not known.
    NotAttempted,
    /// Left; taken off the lists.
    LeaverRemoved,
    /// Left; kept by policy.
    LeaverKept,
    /// Left; held by the guard.
    LeaverHeld,
    /// Left; a removal failed.
    LeaverFailed,
}

impl Outcome {
    /// Every outcome, profiles first.
    pub const ALL: [Self; 12] = [
        Self::Created,
        Self::Updated,
        Self::Unchanged,
        Self::Invalid,
        Self::Duplicate,
        Self::Excluded,
        Self::Rejected,
        Self::NotAttempted,
        Self::LeaverRemoved,
        Self::LeaverKept,
        Self::LeaverHeld,
        Self::LeaverFailed,
    ];

    /// The word in the database and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Invalid => "invalid",
            Self::Duplicate => "duplicate",
            Self::Excluded => "excluded",
            Self::Rejected => "rejected",
            Self::NotAttempted => "not_attempted",
            Self::LeaverRemoved => "leaver_removed",
            Self::LeaverKept => "leaver_kept",
            Self::LeaverHeld => "leaver_held",
            Self::LeaverFailed => "leaver_failed",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }
}

/// A person of a run, as `run people` prints them.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Person {
    /// The address as sent or as the source has it.
    pub email: String,
    /// The CustomerId.
    pub customer_id: String,
    /// The class.
    pub outcome: Outcome,
    /// Why: a code of the closed list, and words.
    pub reason: String,
    /// What the account said.
    pub answer: String,
}

/// A snapshot of a run under way, at most ten a second.
#[derive(Debug, Clone, PartialEq, JsonSchema, Serialize)]
pub struct Progress {
    /// The run.
    pub run: RunId,
    /// The export's name.
    pub export: String,
    /// Where it is.
    pub stage: Stage,
    /// Steps done of this stage (people to send, or removals).
    pub done: u64,
    /// Steps in all; 0 while not known.
    pub total: u64,
    /// Requests sent.
    pub requests: u64,
    /// People a second, over the last seconds.
    pub per_second: f64,
    /// Seconds left; `None` while not known.
    pub seconds_left: Option<u64>,
    /// What it waits for, in words; empty while it works.
    pub waiting: String,
    /// The numbers so far.
    pub counts: Counts,
}
