//! The numbers of a run, which always add up (product.md rule 8).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Outcome;

/// Every profile of the chosen segments in exactly one class, and leavers by person beside them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Counts {
    /// Profiles in the chosen segments, by a query of its own.
    pub source: u64,
    /// Accepted; this export had no receipt for them.
    pub created: u64,
    /// Accepted; this export had one.
    pub updated: u64,
    /// As last accepted: nothing to send.
    pub unchanged: u64,
    /// Cannot be sent.
    pub invalid: u64,
    /// Another profile with the same address goes.
    pub duplicate: u64,
    /// Left out on purpose.
    pub excluded: u64,
    /// Refused by the API.
    pub rejected: u64,
    /// Not sent, or sent without a known outcome.
    pub not_attempted: u64,
    /// Leavers.
    #[serde(flatten)]
    pub leavers: Leavers,
}

/// People who left the chosen segments, by person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Leavers {
    /// Taken off every list that Segue put them on.
    #[serde(rename = "leavers_removed")]
    pub removed: u64,
    /// Kept, by the export's policy.
    #[serde(rename = "leavers_kept")]
    pub kept: u64,
    /// Held by the guard.
    #[serde(rename = "leavers_held")]
    pub held: u64,
    /// Still on a list because a removal failed.
    #[serde(rename = "leavers_failed")]
    pub failed: u64,
}

impl Counts {
    /// The sum over the classes.
    #[must_use]
    pub fn sum(&self) -> u64 {
        self.created
            + self.updated
            + self.unchanged
            + self.invalid
            + self.duplicate
            + self.excluded
            + self.rejected
            + self.not_attempted
    }

    /// Whether every profile is in exactly one class.
    #[must_use]
    pub fn add_up(&self) -> bool {
        self.source == self.sum()
    }

    /// The number that belongs to an outcome.
    pub fn of(&mut self, outcome: Outcome) -> &mut u64 {
        match outcome {
            Outcome::Created => &mut self.created,
            Outcome::Updated => &mut self.updated,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Invalid => &mut self.invalid,
            Outcome::Duplicate => &mut self.duplicate,
            Outcome::Excluded => &mut self.excluded,
            Outcome::Rejected => &mut self.rejected,
            Outcome::NotAttempted => &mut self.not_attempted,
            Outcome::LeaverRemoved => &mut self.leavers.removed,
            Outcome::LeaverKept => &mut self.leavers.kept,
            Outcome::LeaverHeld => &mut self.leavers.held,
            Outcome::LeaverFailed => &mut self.leavers.failed,
        }
    }
}
