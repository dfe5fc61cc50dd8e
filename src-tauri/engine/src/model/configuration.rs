//! Configuration: everything that a user set up, with names in the place of ids, as a file that people
//! can read. No key, no consent, nothing of a profile.

use serde::{Deserialize, Serialize};

use super::{AudienceKind, LeaverPolicy, Match, OnlyIf, Product, Schedule, SegmentRule, SystemSchedule};

/// The whole of it. Each kind is sorted by name, and a name stands in it once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// The form of the file; [`Configuration::VERSION`].
    #[serde(rename = "segue_configuration")]
    pub version: u32,
    /// Days that values are kept.
    pub retention_days: u32,
    /// Audiences.
    pub audiences: Vec<AudienceEntry>,
    /// Segments.
    pub segments: Vec<SegmentEntry>,
    /// Connections, without key and consent.
    pub connections: Vec<ConnectionEntry>,
    /// Exports.
    pub exports: Vec<ExportEntry>,
    /// The system refresh; `None`: nobody chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh: Option<SystemSchedule>,
}

impl Configuration {
    /// The form that this version writes and reads.
    pub const VERSION: u32 = 1;
}

/// An audience in a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AudienceEntry {
    /// Display name.
    pub name: String,
    /// Where the data is, and how to read it.
    pub data: AudienceKind,
}

/// A segment in a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentEntry {
    /// Display name.
    pub name: String,
    /// Name of the audience.
    pub audience: String,
    /// Who is in it.
    pub rule: SegmentRule,
}

/// A connection in a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConnectionEntry {
    /// Display name.
    pub name: String,
    /// The product.
    #[serde(rename = "type")]
    pub product: Product,
    /// Origin that requests go to.
    pub origin: String,
    /// Requests a second.
    pub rate: u32,
    /// Contacts that the contract allows.
    pub contract_size: Option<u64>,
}

/// An export in a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportEntry {
    /// Display name.
    pub name: String,
    /// Name of the connection; `None`: detached.
    pub connection: Option<String>,
    /// Name of the audience.
    pub audience: String,
    /// Data matching.
    pub matching: Vec<Match>,
    /// The chosen segments.
    pub segments: Vec<ChosenEntry>,
    /// Only people who said yes.
    pub only_if: Option<OnlyIf>,
    /// What happens to leavers.
    pub leavers: LeaverPolicy,
    /// The most distinct addresses.
    pub limit: u64,
    /// The guard's percentage.
    pub max_loss: u8,
    /// When it runs by itself.
    #[serde(default = "Schedule::with_refresh")]
    pub schedule: Schedule,
}

/// A chosen segment in a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChosenEntry {
    /// Name of the segment.
    pub segment: String,
    /// The title of its list, where the user gave one.
    pub title: Option<String>,
}
