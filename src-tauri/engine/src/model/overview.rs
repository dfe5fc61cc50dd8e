//! Overview: what pages show of many objects at once, each with what uses it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ConnectionId, Segment, SegmentCount};

/// An object by id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its display name.
    pub name: String,
}

/// Something that was found by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: FoundKind,
    /// Its id.
    pub id: String,
    /// Its name; of a run that of its export.
    pub name: String,
    /// For a run, when it began.
    pub at: Option<Timestamp>,
}

/// A kind of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundKind {
    /// An export.
    Export,
    /// A segment.
    Segment,
    /// An audience.
    Audience,
    /// A connection.
    Connection,
    /// A run.
    Run,
}

/// How many objects there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Audiences.
    pub audiences: u64,
    /// Segments.
    pub segments: u64,
    /// Connections.
    pub connections: u64,
    /// Exports.
    pub exports: u64,
    /// Runs.
    pub runs: u64,
}

/// Part of a long list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<T> {
    /// The rows that were asked for, in order.
    pub rows: Vec<T>,
    /// Rows in all that fit.
    pub total: u64,
}

/// Which segments are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SegmentQuery {
    /// Only of the audience of this id.
    pub audience: Option<String>,
    /// A piece of the name, in any letters.
    pub search: String,
    /// By what they are sorted; then by name.
    pub sort: SegmentOrder,
    /// Whether the order is turned round.
    pub descending: bool,
    /// The first row, from 0.
    pub offset: u64,
    /// How many rows.
    pub limit: u64,
}

/// By what segments are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SegmentOrder {
    /// The name.
    #[default]
    Name,
    /// Members; those not counted come last.
    Members,
    /// When they were counted; those not counted come last.
    CountedAt,
    /// When they were added.
    CreatedAt,
    /// Those that exports use come first.
    Used,
}

/// A segment with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentLine {
    /// The segment.
    pub segment: Segment,
    /// Name of its audience.
    pub audience: String,
    /// When it was last counted, and what came out.
    pub count: Option<SegmentCount>,
    /// Whether the count is of older data or an older rule.
    pub outdated: bool,
    /// Exports that use it, by name.
    pub used_by: Vec<Named>,
}

/// How large a segment was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SegmentSize {
    /// When it was counted.
    pub at: Timestamp,
    /// Members.
    pub members: u64,
}

/// What uses an audience.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AudienceUse {
    /// Its segments.
    pub segments: u64,
    /// Exports, by name.
    pub exports: Vec<Named>,
}

/// Whether an account took the key of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyHeard {
    /// Whether it did.
    pub accepted: bool,
    /// When it was asked.
    pub at: Timestamp,
}

/// What is known of a connection beside itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionUse {
    /// The connection.
    pub id: ConnectionId,
    /// Whether the account took its key, when it was last asked; `None`: not asked since it was stored.
    pub heard: Option<KeyHeard>,
    /// Exports, by name.
    pub exports: Vec<Named>,
}
