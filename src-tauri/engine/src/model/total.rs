//! Total: whom a selection of segments holds, counted by address.

use schemars::JsonSchema;
use serde::Deserialize;

use super::OnlyIf;

/// Which segments of an audience are counted together.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalQuery {
    /// The audience, by name or id.
    pub audience: String,
    /// The column with the address; `None`: addresses are not counted.
    pub email: Option<String>,
    /// The segments, by name or id.
    pub segments: Vec<String>,
    /// Only people who said yes.
    pub only_if: Option<OnlyIf>,
}

/// Whom a selection of segments holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// Memberships: each profile as often as segments hold it.
    pub memberships: u64,
    /// Profiles in at least one segment.
    pub profiles: u64,
    /// Distinct valid addresses.
    pub addresses: u64,
    /// Of each segment, in the order asked: profiles, and distinct valid addresses that no other holds.
    pub each: Vec<(u64, u64)>,
}
