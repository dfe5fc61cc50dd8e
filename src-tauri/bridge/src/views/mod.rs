//! What pages see: the request and the answer of each command, one file for each noun. Plain data, in the
//! words of the product; what the engine has as such already is used as it is.
//!
//! Numbers are whole and not negative unless said otherwise, times RFC 3339 in UTC, ids text.

// What the engine has as such already.
pub use segue_engine::model::{
    HeldList, Hit, HitKind, Named, OverLimit, Page, RequestKind, RunDay, RunList, RunReason, SegmentSize,
    SentRequest, TotalQuery, Totals,
};
pub use segue_engine::{AccountFound, AccountList, Members, PreviewGroup, PreviewedPerson, RuleCount};

mod audiences;
mod connections;
mod exports;
mod notices;
mod people;
mod preview;
mod runs;
mod schedules;
mod security;
mod segments;
mod start;
mod words;

pub use audiences::*;
pub use connections::*;
pub use exports::*;
pub use notices::*;
pub use people::*;
pub use preview::*;
pub use runs::*;
pub use schedules::*;
pub use security::*;
pub use segments::*;
pub use start::*;
pub use words::*;
