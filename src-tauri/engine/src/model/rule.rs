//! Segment rule: how a segment says who is in it. What a rule means is known to the source that reads
//! it; here it is only text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who is in a segment, as it was written and as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum SegmentRule {
    /// A condition in SQL (cli.md, `--where`).
    Where {
        /// One boolean expression over the columns of `customer`.
        predicate: String,
    },
    /// Rowsets and criteria in JSON (docs/rules/segment-rules.md).
    #[serde(rename = "rule")]
    Json {
        /// The JSON as text: it may be nested deeper than a parsed value could be read again.
        rule: String,
    },
    /// Everybody whom a file names, one CustomerId a row (cli.md, `--members`). The file is read again
    /// each time, as it is then.
    Members {
        /// Absolute path.
        path: String,
        /// The column with the ids; `None`: `CustomerId` or the key of the audience.
        key: Option<String>,
    },
    /// Everybody whom the memberships file of the audience puts in the segment of this name.
    Membership {
        /// The name as it stands in the file; that of the segment itself may be another.
        name: String,
    },
}

impl SegmentRule {
    /// A condition in SQL.
    pub fn condition(predicate: impl Into<String>) -> Self {
        Self::Where { predicate: predicate.into() }
    }

    /// The members named in a file.
    pub fn members(path: impl Into<String>, key: Option<String>) -> Self {
        Self::Members { path: path.into(), key }
    }

    /// The members of a segment of the memberships file.
    pub fn membership(name: impl Into<String>) -> Self {
        Self::Membership { name: name.into() }
    }

    /// How it says who is in it: the word in the database, in JSON and in a configuration.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Where { .. } => "where",
            Self::Json { .. } => "rule",
            Self::Members { .. } => "members",
            Self::Membership { .. } => "membership",
        }
    }

    /// Whether a file says who is in it, so that it may name ids which no profile has.
    #[must_use]
    pub fn names_ids(&self) -> bool {
        matches!(self, Self::Members { .. } | Self::Membership { .. })
    }

    /// A rule in JSON.
    pub fn json(rule: impl Into<String>) -> Self {
        Self::Json { rule: rule.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_the_word_that_is_stored() {
        for rule in [
            SegmentRule::condition("true"),
            SegmentRule::json("{}"),
            SegmentRule::members("/m.csv", None),
            SegmentRule::membership("VIP"),
        ] {
            assert_eq!(serde_json::to_value(&rule).unwrap()["kind"], rule.kind());
        }
    }
}
