//! Values written in a condition, and names of types.

use datafusion::arrow::compute::kernels::cast_utils::parse_interval_month_day_nano;
use datafusion::common::ScalarValue;
use datafusion::logical_expr::{Expr, lit};
use datafusion::sql::sqlparser::ast::{
    DataType, DateTimeField, Expr as Tree, Interval, TimezoneInfo, TypedString, Value, ValueWithSpan,
};
use datafusion::sql::sqlparser::tokenizer::Span;
use segue_engine::error::Result;

use super::refuse::{not_possible, refuse};
use super::typed::{Kind, Typed};

/// A number, a text, true, false or NULL.
pub(crate) fn value(value: &ValueWithSpan) -> Result<Typed> {
    let span = value.span;
    match &value.value {
        Value::Number(text, _) => number(text, span),
        Value::SingleQuotedString(text) => Ok(Typed::new(lit(text.as_str()), Kind::Text)),
        Value::Boolean(truth) => Ok(Typed::new(lit(*truth), Kind::Boolean)),
        Value::Null => Ok(Typed::new(Expr::Literal(ScalarValue::Null, None), Kind::Null)),
        Value::Placeholder(_) => Err(not_possible(span, "placeholders are")),
        _ => Err(not_possible(span, "this way to write a value is").help("Texts stand in single quotes.")),
    }
}

fn number(text: &str, span: Span) -> Result<Typed> {
    if let Ok(whole) = text.parse::<i64>() {
        return Ok(Typed::new(lit(whole), Kind::Integer));
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Typed::new(lit(number), Kind::Float)),
        _ => Err(refuse(span, "this number is too large")),
    }
}

/// A number with the other sign; a literal stays one.
pub(crate) fn negative(number: Typed) -> Typed {
    let expr = match number.expr {
        Expr::Literal(ScalarValue::Int64(Some(whole)), _) => lit(whole.wrapping_neg()),
        Expr::Literal(ScalarValue::Float64(Some(number)), _) => lit(-number),
        expr => -expr,
    };
    Typed::new(expr, number.kind)
}

/// `DATE '2026-01-31'` or `TIMESTAMP '2026-01-31 14:00'`.
pub(crate) fn typed_string(text: &TypedString, span: Span) -> Result<Typed> {
    let kind = kind_of(&text.data_type).filter(|kind| kind.is_moment());
    match (kind, &text.value.value) {
        (Some(kind), Value::SingleQuotedString(value)) => {
            Typed::new(lit(value.as_str()), Kind::Text).at(span).fit(kind)
        }
        _ => Err(not_possible(span, "a literal of this type is").help("Use DATE '…' or TIMESTAMP '…'.")),
    }
}

/// `INTERVAL '30 days'` or `INTERVAL '30' DAY`.
pub(crate) fn interval(interval: &Interval, span: Span) -> Result<Typed> {
    let text = match &*interval.value {
        Tree::Value(ValueWithSpan { value: Value::SingleQuotedString(text), .. }) => text.clone(),
        Tree::Value(ValueWithSpan { value: Value::Number(text, _), .. }) => text.clone(),
        _ => return Err(not_possible(span, "a length of time that is not a literal is")),
    };
    if interval.last_field.is_some() || interval.leading_precision.is_some() {
        return Err(not_possible(span, "INTERVAL … TO … is"));
    }
    let unit = match &interval.leading_field {
        None => String::new(),
        Some(field) => unit(field).ok_or_else(|| not_possible(span, "this unit of time is"))?,
    };
    match parse_interval_month_day_nano(format!("{text} {unit}").trim()) {
        Ok(parsed) if !text.trim().is_empty() => {
            Ok(Typed::new(lit(ScalarValue::IntervalMonthDayNano(Some(parsed))), Kind::Interval))
        }
        _ => Err(refuse(span, "this is no length of time").help("Write for example INTERVAL '30 days'.")),
    }
}

fn unit(field: &DateTimeField) -> Option<String> {
    let text = field.to_string().to_lowercase();
    ["year", "month", "week", "day", "hour", "minute", "second"]
        .contains(&text.trim_end_matches('s'))
        .then_some(text)
}

/// The kind that a type's name means.
pub(crate) fn kind_of(data_type: &DataType) -> Option<Kind> {
    Some(match data_type {
        DataType::Text
        | DataType::Varchar(_)
        | DataType::String(_)
        | DataType::CharVarying(_)
        | DataType::CharacterVarying(_) => Kind::Text,
        DataType::Int(_)
        | DataType::Integer(_)
        | DataType::BigInt(_)
        | DataType::SmallInt(_)
        | DataType::Int8(_)
        | DataType::Int4(_)
        | DataType::Int2(_) => Kind::Integer,
        DataType::Float(_)
        | DataType::Double(_)
        | DataType::DoublePrecision
        | DataType::Real
        | DataType::Float4
        | DataType::Float8
        | DataType::Numeric(_)
        | DataType::Decimal(_)
        | DataType::Dec(_) => Kind::Float,
        DataType::Boolean | DataType::Bool => Kind::Boolean,
        DataType::Date => Kind::Date,
        DataType::Timestamp(_, TimezoneInfo::None | TimezoneInfo::WithoutTimeZone)
        | DataType::Datetime(_) => Kind::Timestamp,
        _ => return None,
    })
}
