//! Segment rule: how a segment says who is in it. What a rule means is known to the source that reads
//! it; here it is only text.

use serde::{Deserialize, Serialize};

/// Who is in a segment, as it was written and as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
}

impl SegmentRule {
    /// A condition in SQL.
    pub fn condition(predicate: impl Into<String>) -> Self {
        Self::Where { predicate: predicate.into() }
    }

    /// A rule in JSON.
    pub fn json(rule: impl Into<String>) -> Self {
        Self::Json { rule: rule.into() }
    }
}
