//! One leaf of a rule becomes an expression that is true, false or, for a blank cell, NULL.

use datafusion::functions::string::{contains, ends_with, lower, starts_with};
use datafusion::logical_expr::expr::InList;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator as Sign};
use jiff::Timestamp;
use segue_engine::error::{Error, Result};
use serde_json::value::RawValue;

use super::calendar::{part, time_at, within_last, year_to_date};
use super::operator::Operator;
use super::refuse::refuse;
use super::tree::Leaf;
use super::values::literal;
use crate::predicate::{Kind, Missing, Names, Typed};
use crate::words::{name, names};

/// What a leaf asks, over these columns.
pub(crate) fn compile(leaf: &Leaf<'_>, columns: &Names<'_>, as_of: Timestamp) -> Result<Expr> {
    let column = resolve(leaf, columns)?;
    suits(leaf, &column)?;
    let value_at = format!("{}.value", leaf.place);
    let value = || leaf.value.ok_or_else(|| Error::internal("a comparison lost its value"));
    match leaf.operator {
        Operator::IsNull => Ok(column.expr.is_null()),
        Operator::IsNotNull => Ok(column.expr.is_not_null()),
        Operator::Equals => sign(leaf, column, Sign::Eq),
        Operator::NotEquals => sign(leaf, column, Sign::NotEq),
        Operator::GreaterThan => sign(leaf, column, Sign::Gt),
        Operator::GreaterThanOrEqualTo => sign(leaf, column, Sign::GtEq),
        Operator::LessThan => sign(leaf, column, Sign::Lt),
        Operator::LessThanOrEqualTo => sign(leaf, column, Sign::LtEq),
        Operator::Contains | Operator::StartsWith | Operator::EndsWith => {
            let piece = text(leaf, literal(value()?, Kind::Text, &leaf.attribute, &value_at)?.expr);
            let args = vec![text(leaf, column.expr), piece];
            Ok(match leaf.operator {
                Operator::Contains => contains().call(args),
                Operator::StartsWith => starts_with().call(args),
                _ => ends_with().call(args),
            })
        }
        Operator::IsIn => is_in(leaf, column),
        Operator::IsBetween => between(leaf, column),
        Operator::IsNotBetween => Ok(!between(leaf, column)?),
        Operator::IsWithinLast => within_last(column, as_of, value()?, &value_at),
        Operator::YearToDate => year_to_date(column, as_of),
        Operator::DayOf | Operator::MonthOf | Operator::YearOf | Operator::DayOfWeek => {
            part(leaf.operator, column, value()?, &value_at)
        }
        Operator::TimeAt => time_at(&column, value()?, &value_at),
    }
}

/// The column that the attribute names; `customer.` may stand before it.
fn resolve(leaf: &Leaf<'_>, columns: &Names<'_>) -> Result<Typed> {
    let place = format!("{}.attribute", leaf.place);
    let missing = match columns.find(&leaf.attribute) {
        Ok(column) => return Ok(column),
        Err(missing) => missing,
    };
    let (table, short) = leaf.attribute.split_once('.').unwrap_or_default();
    if let (true, Ok(column)) = (table.eq_ignore_ascii_case("customer"), columns.find(short)) {
        return Ok(column);
    }
    Err(match missing {
        Missing::Several(all) => refuse(&place, format!("{} can mean {}", name(&leaf.attribute), names(all)))
            .help("Write the name exactly as the file has it."),
        Missing::Unknown { near: Some(near) } => {
            refuse(&place, format!("there is no column {}", name(&leaf.attribute)))
                .help(format!("Did you mean {}?", name(near)))
        }
        Missing::Unknown { near: None } => {
            refuse(&place, format!("there is no column {}", name(&leaf.attribute)))
                .help(format!("The columns are {}.", names(columns.all())))
        }
    })
}

/// Whether the comparison makes sense for what the column holds.
fn suits(leaf: &Leaf<'_>, column: &Typed) -> Result<()> {
    let kind = column.kind;
    let (fits, needs) = match leaf.operator {
        Operator::IsNull | Operator::IsNotNull | Operator::Equals | Operator::NotEquals | Operator::IsIn => {
            (true, "")
        }
        Operator::Contains | Operator::StartsWith | Operator::EndsWith => (kind == Kind::Text, "text"),
        Operator::GreaterThan
        | Operator::GreaterThanOrEqualTo
        | Operator::LessThan
        | Operator::LessThanOrEqualTo
        | Operator::IsBetween
        | Operator::IsNotBetween => (kind.is_number() || kind.is_moment(), "numbers or dates"),
        Operator::TimeAt => (kind == Kind::Timestamp, "points in time"),
        _ => (kind.is_moment(), "dates"),
    };
    if !fits {
        let what = format!("“{}” compares {needs}, but {}", leaf.operator.name(), column.is());
        return Err(refuse(&leaf.place, what)
            .help("A column is a number or a date only if every cell of it is one, or is blank."));
    }
    if leaf.is_time && !kind.is_moment() {
        let what = format!("isTime is true, but {}", column.is());
        return Err(refuse(&leaf.place, what).help("Leave isTime out."));
    }
    Ok(())
}

/// The text in the letter case in which it is compared.
fn text(leaf: &Leaf<'_>, expr: Expr) -> Expr {
    if leaf.ignore_case { lower().call(vec![expr]) } else { expr }
}

fn folded(leaf: &Leaf<'_>, typed: Typed) -> Expr {
    if typed.kind == Kind::Text { text(leaf, typed.expr) } else { typed.expr }
}

/// The column and these values as one kind.
fn alike(leaf: &Leaf<'_>, column: Typed, raws: &[&RawValue], key: &str) -> Result<(Expr, Vec<Expr>)> {
    let values = raws
        .iter()
        .enumerate()
        .map(|(at, raw)| {
            let place = match key {
                "value" => format!("{}.value", leaf.place),
                key => format!("{}.{key}[{at}]", leaf.place),
            };
            literal(raw, column.kind, &leaf.attribute, &place)
        })
        .collect::<Result<Vec<_>>>()?;
    // A fraction beside whole numbers makes all of them fractions, a moment beside days moments.
    let wide = |kind| matches!(kind, Kind::Float | Kind::Timestamp);
    let kind = values.iter().map(|value| value.kind).find(|kind| wide(*kind)).unwrap_or(column.kind);
    let values = values.into_iter().map(|value| folded(leaf, value.cast(kind))).collect();
    Ok((folded(leaf, column.cast(kind)), values))
}

fn one(leaf: &Leaf<'_>, column: Typed) -> Result<(Expr, Expr)> {
    let (column, mut values) = alike(leaf, column, leaf.value.as_slice(), "value")?;
    let value = values.pop().ok_or_else(|| Error::internal("a comparison lost its value"))?;
    Ok((column, value))
}

fn sign(leaf: &Leaf<'_>, column: Typed, sign: Sign) -> Result<Expr> {
    let (column, value) = one(leaf, column)?;
    Ok(Expr::BinaryExpr(BinaryExpr::new(Box::new(column), sign, Box::new(value))))
}

fn is_in(leaf: &Leaf<'_>, column: Typed) -> Result<Expr> {
    let (column, values) = alike(leaf, column, leaf.list.as_deref().unwrap_or_default(), "listOfValues")?;
    Ok(Expr::InList(InList::new(Box::new(column), values, false)))
}

fn between(leaf: &Leaf<'_>, column: Typed) -> Result<Expr> {
    let (column, values) = alike(leaf, column, leaf.list.as_deref().unwrap_or_default(), "listOfValues")?;
    let Ok([low, high]) = <[Expr; 2]>::try_from(values) else {
        return Err(Error::internal("a comparison lost a bound"));
    };
    Ok(column.clone().gt_eq(low).and(column.lt_eq(high)))
}
