//! Comparisons with the calendar and the clock, all in UTC: parts of a moment, and how long ago it is.

use datafusion::common::ScalarValue;
use datafusion::functions::datetime::date_part;
use datafusion::logical_expr::{Expr, lit};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan as _, Zoned};
use segue_engine::error::{Error, Result};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::json::object;
use super::operator::Operator;
use super::refuse::{refuse, shown};
use super::values::whole;
use crate::predicate::{Kind, Typed, timestamp};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// Weeks start on Monday.
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// The largest amount of a length of time.
const LONGEST: i32 = 10_000;

/// `dayOf`, `monthOf`, `yearOf` or `dayOfWeek`.
pub(crate) fn part(operator: Operator, column: Typed, raw: &RawValue, place: &str) -> Result<Expr> {
    let (field, least, most, names): (_, _, _, &[&str]) = match operator {
        Operator::DayOf => ("day", 1, 31, &[]),
        Operator::MonthOf => ("month", 1, 12, &MONTHS),
        Operator::YearOf => ("year", 1, 9999, &[]),
        Operator::DayOfWeek => ("isodow", 1, 7, &DAYS),
        _ => return Err(Error::internal("a comparison is no part of a date")),
    };
    let text = bare(raw);
    let named = || names.iter().position(|name| name.eq_ignore_ascii_case(&text));
    let number = whole(&text, least, most)
        .or_else(|| named().and_then(|at| i32::try_from(at + 1).ok()))
        .ok_or_else(|| {
            let what = format!("the value does not fit “{}” of {}", operator.name(), column.called());
            refuse(place, what).help(match operator {
                Operator::MonthOf => "Write 1 to 12, or \"March\".".to_owned(),
                Operator::DayOfWeek => "Write 1 (Monday) to 7 (Sunday), or \"Monday\".".to_owned(),
                _ => format!("Write {least} to {most}."),
            })
        })?;
    Ok(has(&column.cast(Kind::Timestamp).expr, field, number))
}

/// `timeAt`: the minute of the day, or the second where one is written.
pub(crate) fn time_at(column: &Typed, raw: &RawValue, place: &str) -> Result<Expr> {
    let text = bare(raw);
    let parts: Option<Vec<i32>> =
        text.split(':').map(|part| whole(part, 0, 59).filter(|_| part.len() == 2)).collect();
    let (time, seconds) = match parts.as_deref() {
        Some([hour @ 0..24, minute]) => ([*hour, *minute], None),
        Some([hour @ 0..24, minute, second]) => ([*hour, *minute], Some(*second)),
        _ => {
            let what = format!("the value does not fit “timeAt” of {}", column.called());
            return Err(refuse(place, what).help("Write \"14:30\" for that minute or \"14:30:05\", in UTC."));
        }
    };
    let [hour, minute] = time;
    let minutes = has(&column.expr, "hour", hour).and(has(&column.expr, "minute", minute));
    Ok(match seconds {
        Some(second) => minutes.and(has(&column.expr, "second", second)),
        None => minutes,
    })
}

fn has(moment: &Expr, field: &str, number: i32) -> Expr {
    date_part().call(vec![lit(field), moment.clone()]).eq(lit(number))
}

/// The text of a value, without its quotes and blanks around it.
fn bare(raw: &RawValue) -> String {
    let quoted: Option<String> = serde_json::from_str(raw.get()).ok();
    quoted.as_deref().unwrap_or_else(|| raw.get()).trim().to_owned()
}

/// `yearToDate`: since the year began, until now.
pub(crate) fn year_to_date(column: Typed, as_of: Timestamp) -> Result<Expr> {
    let now = as_of.to_zoned(TimeZone::UTC);
    let first = now.date().first_of_year().to_datetime(Time::midnight());
    let first = first.to_zoned(TimeZone::UTC).map_err(|_| Error::internal("a year has no beginning"))?;
    Ok(between(column, &first, &now))
}

/// `isWithinLast`: so long ago at most, and not in the future.
pub(crate) fn within_last(column: Typed, as_of: Timestamp, raw: &RawValue, place: &str) -> Result<Expr> {
    let (amount, unit) = length(raw, place)?.ok_or_else(|| {
        let what = format!("the value does not fit “isWithinLast” of {}", column.called());
        refuse(place, what).help(format!(
            "Write \"20 days\"; an amount from 1 to {LONGEST} in hours, days, weeks, months or years."
        ))
    })?;
    if unit == Unit::Hours && column.kind == Kind::Date {
        let what = format!("{} holds days, and hours do not fit", column.called());
        return Err(refuse(place, what).help("Count in days, weeks, months or years."));
    }
    let now = as_of.to_zoned(TimeZone::UTC);
    let first = now.saturating_sub(unit.span(amount));
    Ok(between(column, &first, &now))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    #[serde(alias = "hour")]
    Hours,
    #[serde(alias = "day")]
    Days,
    #[serde(alias = "week")]
    Weeks,
    #[serde(alias = "month")]
    Months,
    #[serde(alias = "year")]
    Years,
}

impl Unit {
    fn named(text: &str) -> Option<Self> {
        let name = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(text);
        Self::deserialize(name).ok()
    }

    /// Amounts are far below what a span can hold.
    fn span(self, amount: i32) -> Span {
        match self {
            Self::Hours => amount.hours(),
            Self::Days => amount.days(),
            Self::Weeks => amount.weeks(),
            Self::Months => amount.months(),
            Self::Years => amount.years(),
        }
    }
}

/// `"20 days"` or `{"amount": 20, "unit": "days"}`.
fn length(raw: &RawValue, place: &str) -> Result<Option<(i32, Unit)>> {
    let (mut amount, mut unit) = (None, None);
    if raw.get().starts_with('{') {
        for (key, value) in object(raw, place)? {
            match key.as_str() {
                "amount" => amount = Some(bare(value)),
                "unit" => unit = Some(bare(value)),
                key => return Err(refuse(place, format!("“{}” is not possible here", shown(key)))),
            }
        }
    } else if let Some((left, right)) = bare(raw).split_once(' ') {
        (amount, unit) = (Some(left.to_owned()), Some(right.trim().to_owned()));
    }
    let amount = amount.and_then(|amount| whole(&amount, 1, LONGEST));
    Ok(amount.zip(unit.and_then(|unit| Unit::named(&unit))))
}

/// From one moment to another, both included; days are compared as days.
fn between(column: Typed, first: &Zoned, last: &Zoned) -> Expr {
    let bound = |moment: &Zoned| {
        let micros = moment.timestamp().as_microsecond();
        if column.kind == Kind::Date {
            let days = micros.div_euclid(86_400_000_000);
            // Years before -9999 do not occur, so that all days fit.
            lit(ScalarValue::Date32(Some(i32::try_from(days).unwrap_or(i32::MIN))))
        } else {
            timestamp(micros)
        }
    };
    let (first, last) = (bound(first), bound(last));
    column.expr.clone().gt_eq(first).and(column.expr.lt_eq(last))
}
