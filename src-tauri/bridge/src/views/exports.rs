//! Export destinations: the list, and what is set up in the two steps.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::model::{LeaverPolicy, Match, OnlyIf, Product, Progress, Run, Schedule};
use segue_engine::suggest::Suggestions;
use serde::{Deserialize, Serialize};

use super::{HeldList, Named};

/// A row of *My export destinations*.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct ExportRow {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
    /// The product that it sends to; `None` while detached.
    pub product: Option<Product>,
    /// The connection; `None` while detached.
    pub connection: Option<Named>,
    /// Whether it sends to the practice account of the sample.
    pub practice: bool,
    /// The audience.
    pub audience: Named,
    /// The chosen segments.
    pub segments: Vec<Named>,
    /// When it was added.
    pub created_at: Timestamp,
    /// Its last run; `None`: it never ran.
    pub last_run: Option<Run>,
    /// Its run under way, whoever executes it, as it was last seen.
    pub progress: Option<Progress>,
    /// Lists whose leavers the guard held in the last run, until somebody decides.
    pub held: Vec<HeldList>,
    /// *If you ran it now*, as it was last reckoned.
    pub forecast: Option<Forecast>,
    /// When it runs by itself.
    pub schedule: Schedule,
    /// The next time that it runs by itself; `None`: it does not, or schedules are paused.
    pub next_run: Option<Timestamp>,
    /// Whether its schedule came due while it runs, so that it runs once more afterwards.
    pub pending: bool,
}

/// What a run would do now.
#[derive(Debug, Clone, JsonSchema, Serialize)]
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
    /// Whether data, settings or receipts are others by now.
    pub outdated: bool,
}

/// An export, whole.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct ExportDetail {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
    /// The product; `None` while detached.
    pub product: Option<Product>,
    /// The connection; `None` while detached.
    pub connection: Option<Named>,
    /// The audience.
    pub audience: Named,
    /// Data matching, `Email` first.
    pub matching: Vec<Match>,
    /// The chosen segments, each with the title of its list.
    pub segments: Vec<ChosenSegment>,
    /// Only people who said yes.
    pub only_if: Option<OnlyIf>,
    /// What happens to people who leave.
    pub leavers: LeaverPolicy,
    /// The most distinct valid addresses.
    pub limit: u64,
    /// The guard's percentage.
    pub max_loss: u8,
    /// When it was added.
    pub created_at: Timestamp,
    /// Changes whenever the export does; given back when it is saved, so that nobody's change is
    /// overwritten unseen (U02).
    pub version: String,
}

/// A chosen segment.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct ChosenSegment {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The title of its list where the user gave one.
    pub title: Option<String>,
}

/// An export as it is saved: new without `id`.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportDraft {
    /// The export that is edited; `None`: a new one.
    pub id: Option<String>,
    /// The version that the user saw; needed with `id`.
    pub version: Option<String>,
    /// Display name.
    pub name: String,
    /// The connection's id.
    pub connection: String,
    /// The audience's id.
    pub audience: String,
    /// Data matching.
    pub matching: Vec<Match>,
    /// The segments.
    pub segments: Vec<DraftSegment>,
    /// Only people who said yes.
    pub only_if: Option<OnlyIf>,
    /// What happens to people who leave.
    pub leavers: LeaverPolicy,
    /// The most distinct valid addresses.
    pub limit: u64,
    /// The guard's percentage.
    pub max_loss: u8,
    /// Segments that are no longer chosen and whose lists are emptied of everybody Segue put there: the
    /// next run of the export does it.
    #[serde(default)]
    pub empty: Vec<String>,
}

/// A segment in a draft.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftSegment {
    /// Its id.
    pub id: String,
    /// The title of its list; `None`: the segment's name.
    pub title: Option<String>,
}

/// Whom a selection of segments holds.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Total {
    /// Memberships: each profile as often as segments hold it.
    pub memberships: u64,
    /// Profiles in at least one segment.
    pub profiles: u64,
    /// Distinct valid addresses: what the limit is compared with.
    pub addresses: u64,
    /// Each segment, in the order asked.
    pub each: Vec<TotalSegment>,
}

/// What a segment adds to a selection.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct TotalSegment {
    /// The segment's id.
    pub id: String,
    /// Its profiles.
    pub members: u64,
    /// Distinct valid addresses that no other chosen segment holds.
    pub only_here: u64,
    /// Distinct valid addresses of the others.
    pub without: u64,
}

/// Which columns may be matched.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct MatchingChoices {
    /// What may be matched to what, for a person to confirm.
    pub suggestions: Suggestions,
}

/// An export is given another connection.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachRequest {
    /// The export's id.
    pub id: String,
    /// The connection's id.
    pub connection: String,
}

/// An export is removed.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportRemoveRequest {
    /// Its id.
    pub id: String,
    /// Whether everybody whom Segue put on its lists is taken off first: that is a run.
    pub empty_lists: bool,
}

/// Begins runs.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunRequest {
    /// The exports' ids.
    pub exports: Vec<String>,
    /// All are sent, changed or not.
    #[serde(default)]
    pub full: bool,
    /// Those are sent again who were refused for good.
    #[serde(default)]
    pub retry_failed: bool,
    /// Leavers go past the guard, this once.
    #[serde(default)]
    pub allow_loss: bool,
    /// Lists that are gone from the account are made anew.
    #[serde(default)]
    pub new_lists: bool,
    /// People are made anew whom the account has no more.
    #[serde(default)]
    pub create_gone: bool,
    /// Only this address: *Try with one person*.
    #[serde(default)]
    pub only: Option<String>,
    /// Only the first so many.
    #[serde(default)]
    pub first: Option<u64>,
}

/// How each run began, in the order asked. An export that was refused has `error`, the others `run`.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct RunsStarted {
    /// One for each export.
    pub runs: Vec<RunStarted>,
}

/// A run began, or was refused before anything was sent.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct RunStarted {
    /// The export.
    pub export: Named,
    /// The run's id.
    pub run: Option<String>,
    /// Why there is none.
    pub error: Option<crate::Failure>,
}
