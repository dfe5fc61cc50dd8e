//! Value: the readings of a cell that every product shares, exact and without a locale (reliability.md T06,
//! T10, T11). What a product sends for them is its own.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::Misfit;

/// The whole numbers that every JSON reader keeps exactly: below 2^53 (T10).
pub const EXACT: i64 = (1 << 53) - 1;

/// What a cell of dates says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A day.
    Day(Date),
    /// A moment, told with its offset.
    Moment(Timestamp),
}

/// A cell that does not fit, for this reason.
///
/// # Errors
/// Always.
pub fn misfit<T>(reason: &'static str) -> Result<T, Misfit> {
    Err(Misfit { reason })
}

/// Any text of at most so many characters but control characters; line breaks and tabs are text.
///
/// # Errors
/// `too_long`, `control_character`.
pub fn text(cell: &str, most: usize) -> Result<Box<str>, Misfit> {
    // Characters are counted only where octets could be too many.
    if cell.len() > most && cell.chars().count() > most {
        return misfit("too_long");
    }
    if cell.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t')) {
        return misfit("control_character");
    }
    serde_json::to_string(cell).map(String::into_boxed_str).or_else(|_| misfit("control_character"))
}

/// Digits with an optional minus; a leading zero is a code or a phone number, not a number.
///
/// # Errors
/// `not_an_integer`, `out_of_range`.
pub fn integer(cell: &str) -> Result<Box<str>, Misfit> {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let zero = digits.starts_with('0') && cell != "0";
    if digits.is_empty() || zero || !digits.bytes().all(|octet| octet.is_ascii_digit()) {
        return misfit("not_an_integer");
    }
    match cell.parse::<i64>() {
        Ok(number) if (-EXACT..=EXACT).contains(&number) => Ok(cell.into()),
        _ => misfit("out_of_range"),
    }
}

/// Yes or no, in English or Swedish.
///
/// # Errors
/// `not_a_boolean`.
pub fn boolean(cell: &str) -> Result<Box<str>, Misfit> {
    let is = |words: [&str; 4]| words.iter().any(|word| cell.eq_ignore_ascii_case(word));
    if is(["true", "yes", "1", "ja"]) {
        Ok("true".into())
    } else if is(["false", "no", "0", "nej"]) {
        Ok("false".into())
    } else {
        misfit("not_a_boolean")
    }
}

/// A day `YYYY-MM-DD`, or a moment with its offset. A moment without an offset is refused: it would be
/// another one elsewhere (T11). So are the years 0 and 9999, which stand for "none" and "for ever".
///
/// # Errors
/// `not_a_date`, `no_time_zone`, `out_of_range`.
pub fn when(cell: &str) -> Result<When, Misfit> {
    let octets = cell.as_bytes();
    let shape = octets.get(..10).is_some_and(|day| {
        day.iter().enumerate().all(|(place, octet)| {
            if matches!(place, 4 | 7) { *octet == b'-' } else { octet.is_ascii_digit() }
        })
    });
    let day = cell.get(..10).and_then(|day| day.parse::<Date>().ok());
    let (true, Some(day)) = (shape, day) else { return misfit("not_a_date") };
    if day.year() == 0 || day.year() == 9999 {
        return misfit("out_of_range");
    }
    if octets.len() == 10 {
        return Ok(When::Day(day));
    }
    if let Ok(moment) = cell.parse::<Timestamp>() {
        return Ok(When::Moment(moment));
    }
    misfit(if cell.parse::<DateTime>().is_ok() { "no_time_zone" } else { "not_a_date" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_told_apart() {
        let said = |cell: &str| match when(cell) {
            Ok(When::Day(day)) => format!("day {day}"),
            Ok(When::Moment(moment)) => format!("moment {moment}"),
            Err(misfit) => misfit.reason.to_owned(),
        };
        for (cell, wanted) in [
            ("2024-02-29", "day 2024-02-29"),
            ("2024-02-29 10:00:00+02:00", "moment 2024-02-29T08:00:00Z"),
            ("2024-02-29T10:00:00.250Z", "moment 2024-02-29T10:00:00.25Z"),
            ("2024-02-29T10:00:00", "no_time_zone"),
            ("2023-02-29", "not_a_date"),
            ("2024-02-01x", "not_a_date"),
            ("2024-02-0å", "not_a_date"),
            ("", "not_a_date"),
            ("0000-01-01", "out_of_range"),
            ("9999-12-31T00:00:00Z", "out_of_range"),
        ] {
            assert_eq!(said(cell), wanted, "{cell}");
        }
    }

    #[test]
    fn the_longest_text_is_the_callers() {
        assert_eq!(text("åäö", 3).as_deref(), Ok("\"åäö\""));
        assert_eq!(text("åäöx", 3), misfit("too_long"));
        assert_eq!(text("a\u{0}", 3), misfit("control_character"));
    }
}
