//! Comparisons: both sides must be of one kind, and nothing is converted that a person did not write.

use datafusion::logical_expr::expr::{InList, Like};
use datafusion::logical_expr::{BinaryExpr, Expr, Operator};
use datafusion::sql::sqlparser::ast::{Value, ValueWithSpan};
use segue_engine::error::{Error, Result};

use super::refuse::refuse;
use super::typed::{Kind, Typed, common};

/// `left op right`, true or false.
pub(crate) fn compare(left: Typed, op: Operator, right: Typed) -> Result<Typed> {
    let [left, right] = alike([left, right])?;
    Ok(boolean(binary(left.expr, op, right.expr)))
}

/// `left = right`.
pub(crate) fn equal(left: Typed, right: Typed) -> Result<Expr> {
    Ok(compare(left, Operator::Eq, right)?.expr)
}

/// `left IS [NOT] DISTINCT FROM right`.
pub(crate) fn distinct(left: Typed, right: Typed, distinct: bool) -> Result<Typed> {
    compare(left, if distinct { Operator::IsDistinctFrom } else { Operator::IsNotDistinctFrom }, right)
}

/// `expr [NOT] IN (list)`.
pub(crate) fn in_list(expr: Typed, list: Vec<Typed>, negated: bool) -> Result<Typed> {
    let mut all = alike_all(std::iter::once(expr).chain(list).collect())?.into_iter().map(|typed| typed.expr);
    let Some(expr) = all.next() else { return Err(Error::internal("a list without a left side")) };
    Ok(boolean(Expr::InList(InList::new(Box::new(expr), all.collect(), negated))))
}

/// `expr [NOT] BETWEEN low AND high`.
pub(crate) fn between(expr: Typed, low: Typed, high: Typed, negated: bool) -> Result<Typed> {
    let [expr, low, high] = alike([expr, low, high])?;
    let inside =
        binary(expr.expr.clone(), Operator::GtEq, low.expr).and(binary(expr.expr, Operator::LtEq, high.expr));
    Ok(boolean(if negated { !inside } else { inside }))
}

/// `expr [NOT] LIKE pattern [ESCAPE escape]`, or `ILIKE`.
pub(crate) fn like(
    expr: Typed,
    pattern: Typed,
    escape: Option<&ValueWithSpan>,
    negated: bool,
    caseless: bool,
) -> Result<Typed> {
    let escape = match escape {
        None => None,
        Some(escape) => Some(one_char(escape)?),
    };
    let (expr, pattern) = (expr.fit(Kind::Text)?, pattern.fit(Kind::Text)?);
    let like = Like::new(negated, Box::new(expr.expr), Box::new(pattern.expr), escape, caseless);
    Ok(boolean(Expr::Like(like)))
}

fn one_char(escape: &ValueWithSpan) -> Result<char> {
    if let Value::SingleQuotedString(text) = &escape.value {
        let mut chars = text.chars();
        // The kernel that compares knows no other.
        if let (Some('\\'), None) = (chars.next(), chars.next()) {
            return Ok('\\');
        }
    }
    Err(refuse(escape.span, "the only escape character is the backslash").help("Write LIKE '50\\%'."))
}

fn binary(left: Expr, op: Operator, right: Expr) -> Expr {
    Expr::BinaryExpr(BinaryExpr::new(Box::new(left), op, Box::new(right)))
}

fn boolean(expr: Expr) -> Typed {
    Typed::new(expr, Kind::Boolean)
}

fn alike<const N: usize>(all: [Typed; N]) -> Result<[Typed; N]> {
    alike_all(all.into())?.try_into().map_err(|_| Error::internal("a comparison lost a side"))
}

/// All as one kind.
fn alike_all(all: Vec<Typed>) -> Result<Vec<Typed>> {
    let kind = common(&all);
    if kind == Kind::Interval {
        let span = all
            .first()
            .map(|typed| typed.span)
            .unwrap_or_else(datafusion::sql::sqlparser::tokenizer::Span::empty);
        return Err(
            refuse(span, "lengths of time cannot be compared").help("Compare dates, or days as a number.")
        );
    }
    let Some(first) = all.first().cloned() else { return Ok(all) };
    all.into_iter()
        .map(|typed| {
            let other = typed.clone();
            typed.fit(kind).map_err(|error| match comparable(first.kind, other.kind) {
                true => error,
                false => {
                    let what = format!("{} and {}: they cannot be compared", first.is(), other.is());
                    refuse(other.span, what).help(help(&first, &other))
                }
            })
        })
        .collect()
}

/// Whether a failed conversion between these is about the value, not the kind.
fn comparable(left: Kind, right: Kind) -> bool {
    left == right || (left.is_moment() && right == Kind::Text) || (left == Kind::Text && right.is_moment())
}

fn help(left: &Typed, right: &Typed) -> &'static str {
    match (left.kind, right.kind) {
        (Kind::Text, kind) | (kind, Kind::Text) if kind.is_number() => {
            let text = if left.kind == Kind::Text { left } else { right };
            if text.literal_text().is_some() {
                "Write numbers without quotes."
            } else {
                "Put the number in single quotes to compare it as text, or write CAST(… AS DOUBLE) around the text."
            }
        }
        (Kind::Boolean, _) | (_, Kind::Boolean) => "Write true or false without quotes.",
        (kind, _) if kind.is_moment() => "Write dates as '2026-01-31'.",
        _ => "Compare things of one kind.",
    }
}
