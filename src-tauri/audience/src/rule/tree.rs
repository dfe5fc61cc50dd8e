//! A rule as a tree: what its JSON says, before anything is known of columns.

use serde_json::value::RawValue;

use super::operator::Operator;

/// One rowset: its criteria, and how those whom they select join the result of the rowsets before.
pub(crate) struct Rowset<'a> {
    pub(crate) operation: Operation,
    pub(crate) criteria: Criteria<'a>,
}

/// How a rowset joins the result so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    Union,
    Intersect,
    Except,
}

/// A tree of criteria.
pub(crate) enum Criteria<'a> {
    /// All of these.
    And(Vec<Criteria<'a>>),
    /// At least one of these.
    Or(Vec<Criteria<'a>>),
    Leaf(Leaf<'a>),
}

/// One comparison of one attribute.
pub(crate) struct Leaf<'a> {
    pub(crate) place: String,
    pub(crate) attribute: String,
    pub(crate) operator: Operator,
    pub(crate) value: Option<&'a RawValue>,
    pub(crate) list: Option<Vec<&'a RawValue>>,
    pub(crate) ignore_case: bool,
    pub(crate) is_time: bool,
}
