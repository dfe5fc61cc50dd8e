//! What stands for Ortto as long as it is told so; faults of single requests are acts in rules.

use serde::{Deserialize, Serialize};

use crate::ortto::NewField;

/// Contradictions of Ortto's pages resolved, its limits, and what is in the account beforehand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OrttoFaults {
    /// An omitted `bol::p` of a person who is known (`destination-api.md` 3.5).
    pub permission: Permission,
    /// A batch of which some rows are good and some not (`destination-api.md` 3.4).
    pub mixed: MixedBatch,
    /// Synchronous merges by another key than the person's id that may be open at once
    /// (`destination-api.md` 3.3); the next one is refused as `busy` says.
    pub concurrency: Option<usize>,
    /// After so many synchronous merges by another key than the person's id every one is refused
    /// as `busy` says, until an asynchronous one came.
    pub async_only: Option<u64>,
    /// How a merge over the two limits above is refused; "start failing" is all that the page says.
    pub busy: Busy,
    /// After how many further requests an asynchronous merge is carried out.
    pub async_later: u64,
    /// People that the account may have before a batch that makes more is answered 507
    /// (`destination-api.md` 3.4).
    pub contact_limit: Option<usize>,
    /// `try-in-seconds` of a 429; absent: 1, the door's window. The page's sample has 10.
    pub try_in_seconds: Option<u64>,
    /// Seconds in which 15 bad requests lead to a ban, and that the ban lasts; absent: 15
    /// (`destination-api.md` 3.3).
    pub ban_seconds: Option<u64>,
    /// Addresses on the suppression list.
    pub suppressed: Vec<String>,
    /// Custom fields that the account has.
    pub fields: Vec<NewField>,
}

/// `bol::p` left out, on a person who is known: the table reads as if that meant true, the guide
/// says so of new people only, strategy 2 keeps what is not sent (`destination-api.md` 3.5).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// The person's own stays.
    #[default]
    Kept,
    /// The person is subscribed again.
    ResetKnown,
}

/// A batch with good and bad rows: a reply by row is documented in part and was never recorded
/// (`destination-api.md` 3.4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MixedBatch {
    /// 200, the good rows are stored, each row has its status.
    #[default]
    Partial,
    /// 400 with the bad rows in `details`, nothing is stored.
    RefusesAll,
}

/// The status of a merge too many (`destination-api.md` 3.3: "start failing").
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Busy {
    /// 429 with `try-in-seconds`.
    #[default]
    TooMany,
    /// 503.
    Unavailable,
}

impl OrttoFaults {
    pub(crate) fn seconds(&self) -> u64 {
        self.try_in_seconds.unwrap_or(1)
    }
}

impl Busy {
    pub(crate) fn status(self) -> u16 {
        match self {
            Busy::TooMany => 429,
            Busy::Unavailable => 503,
        }
    }
}
