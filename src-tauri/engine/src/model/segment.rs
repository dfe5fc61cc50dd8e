//! Segment: a named set of profiles of one audience.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AudienceId, SegmentId, SegmentRule};

/// A segment as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Identity.
    pub id: SegmentId,
    /// Display name, unique among segments.
    pub name: String,
    /// The audience whose profiles it selects.
    pub audience: AudienceId,
    /// Who is in it.
    pub rule: SegmentRule,
    /// When it was added.
    pub created_at: Timestamp,
}

impl Segment {
    /// Changes whenever the segment does: what tells that somebody else changed it meanwhile.
    #[must_use]
    pub fn version(&self) -> String {
        // A segment is plain text and ids; it always has a JSON.
        let text = serde_json::to_vec(self).unwrap_or_default();
        blake3::hash(&text).to_hex().to_string()
    }
}

/// How many are in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
pub struct SegmentCount {
    /// Profiles in it.
    pub members: u64,
    /// Ids that its file names and no profile has (product.md rule 2); `None` where it names no ids.
    pub not_in_audience: Option<u64>,
    /// When it was counted.
    pub counted_at: Timestamp,
}

/// What is known of how many are in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct KnownCount {
    /// The count.
    #[serde(flatten)]
    pub count: SegmentCount,
    /// Whether it is of older data than there is now, or of another day where the rule reckons from now.
    pub outdated: bool,
}

/// Which of an export's segments a person is in, by place in the export: at most
/// [`SegmentSet::MOST`] segments an export.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct SegmentSet(pub u128);

impl SegmentSet {
    /// The most segments an export can have.
    pub const MOST: usize = 128;

    /// Adds the segment at this place.
    pub fn insert(&mut self, place: usize) {
        self.0 |= 1 << place;
    }

    /// Adds all of the other set.
    pub fn extend(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether the segment at this place is in.
    #[must_use]
    pub fn contains(self, place: usize) -> bool {
        self.0 >> place & 1 == 1
    }

    /// Those in `self` that are not in `other`.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The places, smallest first.
    pub fn places(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            if rest == 0 {
                return None;
            }
            let place = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            Some(place)
        })
    }
}
