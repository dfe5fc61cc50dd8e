//! What a field can have, by the prefix of its id (`destination-api.md` 3.2).

use serde_json::{Map, Value};

use super::Field;

/// Unicode characters of a text, and of a large one (`destination-api.md` 3.2).
const MOST_TEXT: usize = 255;
const MOST_LARGE: usize = 4_000;
/// Bytes of an object, of the page of custom-field/create.
const MOST_OBJECT: usize = 15_000;

/// Why a value is not the field's.
pub(crate) type Fit = Result<(), &'static str>;

/// Whether the value is one of the field's type; `null` is of every type. `field`: the custom
/// field, if it is one.
pub(crate) fn fits(id: &str, field: Option<&Field>, value: &Value) -> Fit {
    if value.is_null() {
        return Ok(());
    }
    if id == "str::email" {
        return check(value.as_str().is_some_and(is_address), "it is no e-mail address");
    }
    match id.split(':').next().unwrap_or_default() {
        "str" => text(value, MOST_TEXT)?,
        "txt" => text(value, MOST_LARGE)?,
        "int" => check(value.is_i64() || value.is_u64(), "it is no integer")?,
        "bol" => check(value.is_boolean(), "it is no bool")?,
        "dtz" => check(value.as_object().is_some_and(is_day), "it is no year, month and day")?,
        "tme" => check(value.as_str().is_some_and(is_moment), "it is no ISO 8601 time")?,
        "phn" => check(value.as_object().is_some_and(is_phone), "it is no phone object")?,
        "geo" => check(value.as_object().is_some_and(is_place), "it is no object with a name")?,
        "sst" => {
            let values = value.as_array().ok_or("it is no array")?;
            values.iter().try_for_each(|value| text(value, MOST_TEXT))?;
        }
        "obj" => {
            check(value.is_object(), "it is no object")?;
            check(value.to_string().len() <= MOST_OBJECT, "it is over 15000 bytes")?;
        }
        _ => return Err("it is read only"),
    }
    match field.and_then(|field| field.values.as_ref()) {
        Some(options) => {
            let chosen = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            let has = |one: &Value| one.as_str().is_some_and(|one| options.iter().any(|have| have == one));
            check(chosen.iter().all(has), "it is none of the field's values")
        }
        None => Ok(()),
    }
}

fn check(good: bool, reason: &'static str) -> Fit {
    if good { Ok(()) } else { Err(reason) }
}

fn text(value: &Value, most: usize) -> Fit {
    let text = value.as_str().ok_or("it is no string")?;
    check(text.chars().count() <= most, "it is too long")
}

/// Something on both sides of one `@`, without blanks; what more the vendor asks is not known.
pub(crate) fn is_address(text: &str) -> bool {
    let text = text.trim();
    let parts = text.split_once('@').filter(|(_, right)| !right.contains('@'));
    parts.is_some_and(|(left, right)| !left.is_empty() && !right.is_empty())
        && !text.contains(char::is_whitespace)
}

fn only(map: &Map<String, Value>, known: &[&str]) -> bool {
    map.keys().all(|key| known.contains(&key.as_str()))
}

fn is_day(map: &Map<String, Value>) -> bool {
    let part = |name: &str| map.get(name).and_then(Value::as_u64);
    let (Some(year), Some(month), Some(day)) = (part("year"), part("month"), part("day")) else {
        return false;
    };
    only(map, &["year", "month", "day", "timezone"])
        && map.get("timezone").is_none_or(Value::is_string)
        && is_date(year, month, day)
}

fn is_date(year: u64, month: u64, day: u64) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=9999).contains(&year) && (1..=days).contains(&day)
}

/// `2020-02-29T00:00:00Z`, with or without fractions, with `Z` or a distance (`destination-api.md`
/// 5.2).
fn is_moment(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else {
        return false;
    };
    let date: Vec<Option<u64>> = date.split('-').map(digits).collect();
    let [Some(year), Some(month), Some(day)] = *date else {
        return false;
    };
    let clock = match time.strip_suffix('Z') {
        Some(clock) => Some(clock),
        None => time.split_once(['+', '-']).filter(|(_, far)| is_clock(far)).map(|(clock, _)| clock),
    };
    is_date(year, month, day) && clock.is_some_and(|clock| clock.matches(':').count() == 2 && is_clock(clock))
}

/// Hours, minutes and maybe seconds.
fn is_clock(text: &str) -> bool {
    let whole = match text.split_once('.') {
        Some((whole, fraction)) if digits(fraction).is_some() => whole,
        Some(_) => return false,
        None => text,
    };
    let parts: Vec<Option<u64>> = whole.split(':').map(digits).collect();
    let below = |at: usize, most: u64| parts.get(at).is_none_or(|part| part.is_some_and(|part| part < most));
    (2..=3).contains(&parts.len()) && below(0, 24) && below(1, 60) && below(2, 60)
}

fn digits(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// `{"phone": "+46..."}` with or without `parse_with_country_code`, or `{"c": "46", "n": "..."}`.
fn is_phone(map: &Map<String, Value>) -> bool {
    let number = |name: &str| {
        map.get(name).and_then(Value::as_str).is_some_and(|text| {
            text.bytes().any(|b| b.is_ascii_digit()) && !text.chars().any(char::is_alphabetic)
        })
    };
    if map.contains_key("phone") {
        let parse = map.get("parse_with_country_code");
        only(map, &["phone", "parse_with_country_code"])
            && parse.is_none_or(Value::is_boolean)
            && number("phone")
    } else {
        only(map, &["c", "n"]) && number("c") && number("n")
    }
}

fn is_place(map: &Map<String, Value>) -> bool {
    only(map, &["name"]) && map.get("name").is_some_and(|name| text(name, MOST_TEXT).is_ok())
}
