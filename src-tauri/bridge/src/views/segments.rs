//! Segments: the table, the builder, its live count, members and sizes over time.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::model::SegmentRule;
use serde::{Deserialize, Serialize};

use super::{Named, Part, Search};

/// Asks for segments, by name.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentListRequest {
    /// Only of this audience.
    #[serde(default)]
    pub audience: Option<String>,
    /// A piece of the name.
    #[serde(default)]
    pub search: Search,
    /// By what they are sorted.
    #[serde(default)]
    pub sort: SegmentSort,
    /// Whether the order is turned round.
    #[serde(default)]
    pub descending: bool,
    /// Which part.
    pub part: Part,
}

/// By what segments are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentSort {
    /// The name, without regard to letter case.
    #[default]
    Name,
    /// Members; those not counted come last.
    Members,
    /// When they were counted.
    CountedAt,
    /// When they were added.
    CreatedAt,
}

/// A segment in the table.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct SegmentRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The audience.
    pub audience: Named,
    /// How it says who is in it: `where`, `rule`, `members` or `membership`.
    pub kind: SegmentKind,
    /// Members when it was last counted; `None`: not counted yet.
    pub members: Option<u64>,
    /// Ids that its file names and no profile has.
    pub not_in_audience: Option<u64>,
    /// When it was counted.
    pub counted_at: Option<Timestamp>,
    /// Whether the count is of older data or an older rule.
    pub outdated: bool,
    /// Exports that use it.
    pub used_by: Vec<Named>,
    /// When it was added.
    pub created_at: Timestamp,
}

/// How a segment says who is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// A condition in SQL.
    Where,
    /// Rowsets and criteria, as the builder makes them.
    Rule,
    /// A file that names its members.
    Members,
    /// A segment of the memberships file of its audience.
    Membership,
}

/// A segment, whole.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct SegmentDetail {
    /// The row of the table.
    pub row: SegmentRow,
    /// Who is in it. A rule in JSON is text in the form of docs/rules/segment-rule.schema.json.
    pub rule: SegmentRule,
    /// Changes whenever the segment does; given back when it is saved.
    pub version: String,
}

/// A segment as it is saved: new without `id`.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentDraft {
    /// The segment that is edited; `None`: a new one.
    pub id: Option<String>,
    /// The version that the user saw; needed with `id`.
    pub version: Option<String>,
    /// Its name.
    pub name: String,
    /// The audience's id.
    pub audience: String,
    /// Who is in it.
    pub rule: SegmentRule,
}

/// Looks at a rule that may not be saved yet.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleRequest {
    /// The audience's id.
    pub audience: String,
    /// The rule.
    pub rule: SegmentRule,
    /// The column with addresses, to count those that are valid.
    #[serde(default)]
    pub email: Option<String>,
}

/// Writes the members of a segment to a CSV file.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentDownloadRequest {
    /// The segment's id.
    pub id: String,
    /// The file's absolute path.
    pub path: String,
}

/// Counts segments anew.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentRefreshRequest {
    /// Their ids.
    pub ids: Vec<String>,
}
