//! Values of a rule become literals of the type that their column has; what does not fit is refused.

use datafusion::common::ScalarValue;
use datafusion::logical_expr::{Expr, lit};
use segue_engine::error::{Error, Result};
use serde_json::value::RawValue;

use super::refuse::{refuse, shown};
use crate::predicate::{Kind, Typed, timestamp};
use crate::value;

/// The value as a literal that compares with this column. A number beside whole numbers may have a
/// fraction, and a moment may stand beside days; then the column is to be widened.
pub(crate) fn literal(raw: &RawValue, kind: Kind, attribute: &str, place: &str) -> Result<Typed> {
    let misfit = || misfit(kind, attribute, place);
    // A number, date or truth may stand in quotes or not; a text must.
    let quoted: Option<String> = serde_json::from_str(raw.get()).ok();
    let bare = quoted.as_deref().unwrap_or_else(|| raw.get()).trim();
    let (expr, kind) = match kind {
        Kind::Text => (lit(quoted.ok_or_else(misfit)?), Kind::Text),
        Kind::Integer | Kind::Float => number(bare).ok_or_else(misfit)?,
        Kind::Boolean => (lit(value::boolean(bare.as_bytes()).ok_or_else(misfit)?), Kind::Boolean),
        Kind::Date | Kind::Timestamp => {
            quoted.as_ref().ok_or_else(misfit)?;
            moment(bare, kind).ok_or_else(misfit)?
        }
        Kind::Interval | Kind::Null => return Err(Error::internal("a column has no type")),
    };
    Ok(Typed::new(expr, kind))
}

fn number(text: &str) -> Option<(Expr, Kind)> {
    let begins = text.strip_prefix('-').unwrap_or(text).starts_with(|c: char| c.is_ascii_digit());
    if let Some(whole) = text.parse::<i64>().ok().filter(|_| begins) {
        return Some((lit(whole), Kind::Integer));
    }
    let number = text.parse::<f64>().ok().filter(|number| begins && number.is_finite())?;
    Some((lit(number), Kind::Float))
}

fn moment(text: &str, kind: Kind) -> Option<(Expr, Kind)> {
    let day = value::date(text.as_bytes()).filter(|_| kind == Kind::Date);
    match day {
        Some(day) => Some((lit(ScalarValue::Date32(Some(day))), Kind::Date)),
        None => value::timestamp(text.as_bytes()).map(|micros| (timestamp(micros), Kind::Timestamp)),
    }
}

/// A value that is not what its column holds. The sentence names its place and not the value, which
/// may be somebody's.
fn misfit(kind: Kind, attribute: &str, place: &str) -> Error {
    let help = match kind {
        Kind::Text => "Write it in double quotes.",
        Kind::Integer | Kind::Float => "Write for example 20 or 0.5.",
        Kind::Boolean => "Write true or false.",
        _ => "Write \"2026-01-31\" or \"2026-01-31T14:00\"; without a zone it is UTC.",
    };
    let what = format!("the value does not fit “{}”, which is {}", shown(attribute), kind.word());
    refuse(place, what).help(help)
}

/// A whole number between these, bare or in quotes.
pub(crate) fn whole(text: &str, least: i32, most: i32) -> Option<i32> {
    let digits = text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && (least..=most).contains(number))
}
