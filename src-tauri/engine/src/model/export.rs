//! Export: one connection, one audience, data matching, segments, and what happens to leavers.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::version::version_of;
use super::{AudienceId, ConnectionId, ExportId, Match, Schedule, SegmentId};

/// An export as it is stored: a row of *My export destinations*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// Identity.
    pub id: ExportId,
    /// Display name, unique among exports.
    pub name: String,
    /// The account; `None` while detached.
    pub connection: Option<ConnectionId>,
    /// The audience.
    pub audience: AudienceId,
    /// Data matching, `Email` first.
    pub matching: Vec<Match>,
    /// The chosen segments.
    pub segments: Vec<ExportSegment>,
    /// Only people who said yes.
    pub only_if: Option<OnlyIf>,
    /// What happens to people who leave.
    pub leavers: LeaverPolicy,
    /// The most distinct valid addresses (product.md rule 3).
    pub limit: u64,
    /// The guard's percentage: a list that would lose more than this is held (product.md rule 6).
    pub max_loss: u8,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it runs by itself. No part of [`Export::version`]: it has a form of its own.
    #[serde(skip)]
    pub schedule: Schedule,
}

impl Export {
    /// The limit of the mirrored page: 100,000 profiles an export.
    pub const LIMIT: u64 = 100_000;
    /// The guard's default: more than half.
    pub const MAX_LOSS: u8 = 50;

    /// Changes whenever the export does, so that whoever saves one can tell that nobody else did meanwhile
    /// (U02).
    #[must_use]
    pub fn version(&self) -> String {
        version_of(self)
    }
}

/// A chosen segment and the title of its list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportSegment {
    /// The segment.
    pub segment: SegmentId,
    /// The title of its list, where the user gave one; else the segment's name.
    pub title: Option<String>,
}

/// Only profiles whose column holds this value are sent; the others are excluded (`no_consent`).
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnlyIf {
    /// The column.
    pub column: String,
    /// The value, compared trimmed and without case.
    pub value: String,
}

/// What happens to people who leave the chosen segments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaverPolicy {
    /// They are taken off the lists that Segue put them on.
    #[default]
    Remove,
    /// They stay.
    Keep,
}
