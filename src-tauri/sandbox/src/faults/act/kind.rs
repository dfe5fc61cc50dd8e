//! The kinds of fault; the table is on the crate's front page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One kind of fault (`reliability.md` 2.1 and 2.2, ids in brackets).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// Another answer (A01-A19, A24, A26).
    Answer {
        /// The status.
        status: u16,
        /// Headers, over those of the reply.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        headers: BTreeMap<String, Texts>,
        /// The body; absent: the usual reply below 300, the vendor's error form above.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<String>,
    },
    /// A redirect (N22-N24).
    Redirect {
        /// The status.
        #[serde(default = "found")]
        status: u16,
        /// The `Location`.
        to: String,
    },
    /// TCP reset before the body is read (N06).
    ResetBefore {},
    /// TCP reset after the body was read (N07, N08).
    ResetAfter {},
    /// No answer (N10).
    Hang {
        /// Closed after so many milliseconds; absent: when the client does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ms: Option<u64>,
    },
    /// The reply's body byte by byte (N11).
    SlowBody {
        /// Milliseconds before each byte.
        #[serde(default = "second")]
        ms: u64,
    },
    /// `Content-Length` promises more than follows (N12).
    Truncate {},
    /// A chunked reply without its last chunk (N13).
    ChunkedCut {},
    /// A valid reply with much padding (N14).
    HugeBody {
        /// How much.
        #[serde(default = "five_mebibytes")]
        bytes: usize,
    },
    /// A body without end (N14).
    EndlessBody {},
    /// The reply twice (N30).
    DoubleReply {},
    /// An informational head before the reply (N29).
    Interim {
        /// Its status, 102 to 199 but 101.
        #[serde(default = "early_hints")]
        status: u16,
    },
    /// The reply, then an unannounced close (N09).
    CloseIdle {
        /// Milliseconds between the two.
        #[serde(default)]
        ms: u64,
    },
    /// 200 with a captive portal's page (N16).
    Html {},
    /// 200 without a body (N16).
    Empty {},
    /// 200 `null` (N16).
    Null {},
    /// 200 `[]` (N16).
    Array {},
    /// A bulk reply without the map (N17).
    NoMap {},
    /// A map that names others (N17).
    ForeignMap {},
    /// Map keys in capitals with blanks around (A21).
    MapCase {},
    /// Rows stored and not named (A20).
    MapMissing(Pick),
    /// Ids `null` in the map (A22).
    MapNull {},
    /// Each address twice in the map (A22).
    MapTwice {},
    /// Unknown keys, and the ids in another order (A23).
    ExtraKeys {},
    /// Rows named and not stored (A25).
    DropRows(Pick),
    /// Ortto: `people` in another order (`destination-api.md` 5.2).
    PeopleShuffled {
        /// Which other order.
        #[serde(default)]
        seed: u64,
    },
    /// Ortto: rows stored and not in `people` (`destination-api.md` 5.2).
    PeopleShort(Pick),
    /// Ortto: rows that the account finds invalid.
    RowInvalid(Pick),
    /// The account is full (`destination-api.md` 3.4).
    #[serde(rename = "limit_507")]
    Limit507 {},
    /// The account has expired, or the key's owner left (`destination-api.md` 3.4).
    #[serde(rename = "forbidden_403")]
    Forbidden403 {},
}

/// Some rows of a bulk call.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pick {
    /// Those with these addresses, compared trimmed and in lower case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<String>,
    /// The first so many; when nothing is said, the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<usize>,
}

impl Pick {
    /// Whether the row at `index` with this canonical address is picked.
    pub(crate) fn has(&self, index: usize, key: &str) -> bool {
        let first = self.first.unwrap_or(usize::from(self.emails.is_empty()));
        index < first || self.emails.iter().any(|email| crate::account::key(email) == key)
    }
}

/// One text, or several for a header that comes more than once (A15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Texts {
    /// One.
    One(String),
    /// Several, each on its own line.
    Many(Vec<String>),
}

impl Texts {
    pub(crate) fn all(&self) -> Vec<String> {
        match self {
            Texts::One(text) => vec![text.clone()],
            Texts::Many(texts) => texts.clone(),
        }
    }
}

impl Kind {
    /// The name as it is written in rules and in the record.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Kind::Answer { .. } => "answer",
            Kind::Redirect { .. } => "redirect",
            Kind::ResetBefore {} => "reset_before",
            Kind::ResetAfter {} => "reset_after",
            Kind::Hang { .. } => "hang",
            Kind::SlowBody { .. } => "slow_body",
            Kind::Truncate {} => "truncate",
            Kind::ChunkedCut {} => "chunked_cut",
            Kind::HugeBody { .. } => "huge_body",
            Kind::EndlessBody {} => "endless_body",
            Kind::DoubleReply {} => "double_reply",
            Kind::Interim { .. } => "interim",
            Kind::CloseIdle { .. } => "close_idle",
            Kind::Html {} => "html",
            Kind::Empty {} => "empty",
            Kind::Null {} => "null",
            Kind::Array {} => "array",
            Kind::NoMap {} => "no_map",
            Kind::ForeignMap {} => "foreign_map",
            Kind::MapCase {} => "map_case",
            Kind::MapMissing(_) => "map_missing",
            Kind::MapNull {} => "map_null",
            Kind::MapTwice {} => "map_twice",
            Kind::ExtraKeys {} => "extra_keys",
            Kind::DropRows(_) => "drop_rows",
            Kind::PeopleShuffled { .. } => "people_shuffled",
            Kind::PeopleShort(_) => "people_short",
            Kind::RowInvalid(_) => "row_invalid",
            Kind::Limit507 {} => "limit_507",
            Kind::Forbidden403 {} => "forbidden_403",
        }
    }
}

fn found() -> u16 {
    302
}

fn second() -> u64 {
    1000
}

fn five_mebibytes() -> usize {
    5 * 1024 * 1024
}

fn early_hints() -> u16 {
    103
}
