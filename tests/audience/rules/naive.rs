//! What a rule in JSON means, worked out row by row in the plainest way. It knows nothing of the code
//! that it judges, and reads its own dates.

use std::cmp::Ordering;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Number,
    Truth,
    Day,
    Moment,
}

/// The columns of the table, without the key.
pub(crate) const COLUMNS: [(&str, Kind); 7] = [
    ("Name", Kind::Text),
    ("Zip", Kind::Text),
    ("Orders", Kind::Number),
    ("Spent", Kind::Number),
    ("Active", Kind::Truth),
    ("Born", Kind::Day),
    ("Seen", Kind::Moment),
];

pub(crate) type Row = [String; 7];

/// Whether a row is a member.
pub(crate) fn is_member(rule: &Value, row: &Row, now: Timestamp) -> bool {
    let mut member = false;
    for (at, rowset) in rule["rowsets"].as_array().unwrap().iter().enumerate() {
        let selected = holds(&rowset["criteria"], row, now);
        member = match rowset["rowsetOperation"].as_str() {
            None | Some("none") => {
                assert_eq!(at, 0);
                selected
            }
            Some("union" | "include") => member || selected,
            Some("intersect") => member && selected,
            Some("except" | "exclude") => member && !selected,
            other => panic!("{other:?}"),
        };
    }
    member
}

fn holds(criteria: &Value, row: &Row, now: Timestamp) -> bool {
    let Some(children) = criteria["childCriterias"].as_array() else { return leaf(criteria, row, now) };
    if criteria["logicalOperator"] == "and" {
        children.iter().all(|child| holds(child, row, now))
    } else {
        children.iter().any(|child| holds(child, row, now))
    }
}

fn leaf(leaf: &Value, row: &Row, now: Timestamp) -> bool {
    let place = COLUMNS.iter().position(|(name, _)| leaf["attribute"] == *name).unwrap();
    let (kind, cell) = (COLUMNS[place].1, row[place].as_str());
    let operator = leaf["comparisonOperator"].as_str().unwrap();
    if cell.trim().is_empty() {
        return operator == "isNull";
    }
    let fold = |text: &str| {
        if leaf["ignoreCase"] == true { text.to_lowercase() } else { text.to_owned() }
    };
    let value = &leaf["value"];
    let text = || fold(value.as_str().unwrap());
    let against = |value: &Value| match kind {
        Kind::Text => fold(cell).cmp(&fold(value.as_str().unwrap())),
        Kind::Number => cell.parse::<f64>().unwrap().partial_cmp(&value.as_f64().unwrap()).unwrap(),
        Kind::Truth => (cell == "true").cmp(&value.as_bool().unwrap()),
        Kind::Day | Kind::Moment => moment(cell).cmp(&moment(value.as_str().unwrap())),
    };
    let list = || leaf["listOfValues"].as_array().unwrap();
    let inside = || against(&list()[0]) != Ordering::Less && against(&list()[1]) != Ordering::Greater;
    let civil = || match cell.len() {
        10 => cell.parse::<Date>().unwrap().at(0, 0, 0, 0),
        _ => cell.parse::<Timestamp>().unwrap().to_zoned(TimeZone::UTC).datetime(),
    };
    let number = || i64::from(u32::try_from(value.as_u64().unwrap()).unwrap());
    match operator {
        "isNull" => false,
        "isNotNull" => true,
        "equals" => against(value) == Ordering::Equal,
        "notEquals" => against(value) != Ordering::Equal,
        "greaterThan" => against(value) == Ordering::Greater,
        "greaterThanOrEqualTo" => against(value) != Ordering::Less,
        "lessThan" => against(value) == Ordering::Less,
        "lessThanOrEqualTo" => against(value) != Ordering::Greater,
        "contains" => fold(cell).contains(&text()),
        "startsWith" => fold(cell).starts_with(&text()),
        "endsWith" => fold(cell).ends_with(&text()),
        "isIn" => list().iter().any(|value| against(value) == Ordering::Equal),
        "isBetween" => inside(),
        "isNotBetween" => !inside(),
        "dayOf" => i64::from(civil().day()) == number(),
        "monthOf" => i64::from(civil().month()) == number(),
        "yearOf" => i64::from(civil().year()) == number(),
        "dayOfWeek" => i64::from(civil().weekday().to_monday_one_offset()) == number(),
        "timeAt" => {
            let (length, form) = if text().len() == 5 { (5, "%H:%M") } else { (8, "%H:%M:%S") };
            assert_eq!(text().len(), length);
            civil().strftime(form).to_string() == text()
        }
        "yearToDate" | "isWithinLast" => {
            let today = now.to_zoned(TimeZone::UTC).date();
            let first = match operator {
                "yearToDate" => midnight(date(today.year(), 1, 1)),
                _ => ago(now, value).as_microsecond(),
            };
            if kind == Kind::Day {
                let day: Date = cell.parse().unwrap();
                first - first.rem_euclid(86_400_000_000) <= midnight(day) && day <= today
            } else {
                first <= moment(cell) && moment(cell) <= now.as_microsecond()
            }
        }
        other => panic!("{other}"),
    }
}

/// A moment in microseconds since 1970; a day is its beginning in UTC.
fn moment(text: &str) -> i64 {
    match text.len() {
        10 => midnight(text.parse().unwrap()),
        _ => text.parse::<Timestamp>().unwrap().as_microsecond(),
    }
}

fn midnight(day: Date) -> i64 {
    i64::from(day.since(date(1970, 1, 1)).unwrap().get_days()) * 86_400_000_000
}

/// So long before now: months and years by the calendar, no later than the last day of their month.
fn ago(now: Timestamp, length: &Value) -> Timestamp {
    let (amount, unit) = match length.as_str() {
        Some(text) => {
            let (amount, unit) = text.split_once(' ').unwrap();
            (amount.parse().unwrap(), unit)
        }
        None => (length["amount"].as_i64().unwrap(), length["unit"].as_str().unwrap()),
    };
    let months = match unit {
        "hours" => return now - SignedDuration::from_hours(amount),
        "days" => return now - SignedDuration::from_hours(24 * amount),
        "weeks" => return now - SignedDuration::from_hours(24 * 7 * amount),
        "months" => amount,
        "years" => 12 * amount,
        other => panic!("{other}"),
    };
    let civil = now.to_zoned(TimeZone::UTC).datetime();
    let total = i64::from(civil.year()) * 12 + i64::from(civil.month()) - 1 - months;
    let (year, month) = (i16::try_from(total.div_euclid(12)).unwrap(), total.rem_euclid(12) + 1);
    let first = date(year, i8::try_from(month).unwrap(), 1);
    let day = date(year, first.month(), civil.day().min(first.days_in_month()));
    civil.time().to_datetime(day).to_zoned(TimeZone::UTC).unwrap().timestamp()
}
