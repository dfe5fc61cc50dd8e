//! A segment's rule in JSON: rowsets of criteria become an expression over the table. As with
//! conditions, only what is listed is possible, names are columns of the survey and values literals.
//! A blank cell answers no comparison but `isNull`.

mod calendar;
mod compare;
mod json;
mod operator;
mod parse;
mod refuse;
mod tree;
mod values;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use datafusion::logical_expr::{Expr, lit};
use jiff::Timestamp;
use segue_engine::error::Result;
use segue_engine::model::Column;

use self::tree::{Criteria, Operation};
use crate::predicate::Names;

/// Compiles the rule `text` over these columns.
pub(crate) fn compile(text: &str, columns: &[Column], as_of: Timestamp) -> Result<Expr> {
    let names = Names::of(columns);
    let mut members = lit(false);
    for (at, rowset) in parse::parse(text)?.into_iter().enumerate() {
        let (expr, _) = criteria(&rowset.criteria, &names, as_of)?;
        // NULL is nobody, which matters where those selected are taken away.
        let selected = expr.is_true();
        members = match rowset.operation {
            _ if at == 0 => selected,
            Operation::Union => members.or(selected),
            Operation::Intersect => members.and(selected),
            Operation::Except => members.and(!selected),
        };
    }
    Ok(members)
}

/// The expression of a tree and how deep it is.
fn criteria(tree: &Criteria<'_>, names: &Names<'_>, as_of: Timestamp) -> Result<(Expr, usize)> {
    let (children, join): (_, fn(Expr, Expr) -> Expr) = match tree {
        Criteria::Leaf(leaf) => return Ok((compare::compile(leaf, names, as_of)?, 1)),
        Criteria::And(children) => (children, Expr::and),
        Criteria::Or(children) => (children, Expr::or),
    };
    let parts = children.iter().map(|child| criteria(child, names, as_of)).collect::<Result<Vec<_>>>()?;
    Ok(shallow(parts, join).unwrap_or_else(|| (lit(false), 1)))
}

/// Joins expressions so that the whole is as shallow as it can be, and as steady in its order: the two
/// that are least deep first. Trees are walked by recursion, and a deep one among many would else
/// sink deeper with every level.
fn shallow(parts: Vec<(Expr, usize)>, join: fn(Expr, Expr) -> Expr) -> Option<(Expr, usize)> {
    let mut queue: BinaryHeap<Reverse<(usize, usize)>> =
        parts.iter().enumerate().map(|(at, (_, depth))| Reverse((*depth, at))).collect();
    let mut exprs: Vec<Option<Expr>> = parts.into_iter().map(|(expr, _)| Some(expr)).collect();
    loop {
        let Reverse((depth, first)) = queue.pop()?;
        let left = exprs.get_mut(first)?.take()?;
        let Some(Reverse((deeper, second))) = queue.pop() else { return Some((left, depth)) };
        let right = exprs.get_mut(second)?.take()?;
        queue.push(Reverse((deeper.max(depth) + 1, exprs.len())));
        exprs.push(Some(join(left, right)));
    }
}
