//! Value: a cell as the JSON that is sent for it, exactly and without a locale (reliability.md T06,
//! T10, T11).

use super::super::Misfit;
use super::super::value::{When, boolean, integer, misfit, text, when};
use crate::model::FieldType;

/// The longest text, in characters (destination-api.md 3.3; none is documented for classic).
const TEXT_MOST: usize = 4_000;

/// The JSON for a cell that is not blank.
pub(super) fn of(cell: &str, kind: FieldType) -> Result<Box<str>, Misfit> {
    match kind {
        FieldType::Text => text(cell, TEXT_MOST),
        FieldType::Integer => integer(cell.trim()),
        FieldType::Float => float(cell.trim()),
        FieldType::Boolean => boolean(cell.trim()),
        FieldType::Date => date(cell.trim()),
        // No field of a classic account is of the others.
        FieldType::LongText
        | FieldType::Decimal
        | FieldType::Time
        | FieldType::Phone
        | FieldType::Place
        | FieldType::Choice
        | FieldType::Choices => misfit("unknown_type"),
    }
}

/// The JSON that clears a field.
pub(super) fn blank(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Text => "\"\"",
        _ => "null",
    }
}

/// A JSON number that is finite: sent as it stands, so that no digit changes.
fn float(cell: &str) -> Result<Box<str>, Misfit> {
    let number: Option<f64> = serde_json::from_str(cell).ok();
    let Some(number) = number else {
        // Too big for a number, or none at all?
        let big = cell.parse::<f64>().is_ok_and(f64::is_infinite)
            && cell.bytes().any(|octet| octet.is_ascii_digit());
        return misfit(if big { "out_of_range" } else { "not_a_number" });
    };
    let mantissa = cell.split(['e', 'E']).next().unwrap_or_default();
    // So small that nothing of it would be left.
    let lost = number == 0.0 && mantissa.bytes().any(|octet| matches!(octet, b'1'..=b'9'));
    if lost || !number.is_finite() {
        return misfit("out_of_range");
    }
    Ok(cell.into())
}

/// A day as it is, or a moment as UTC.
fn date(cell: &str) -> Result<Box<str>, Misfit> {
    Ok(match when(cell)? {
        When::Day(day) => format!("\"{day}\"").into(),
        When::Moment(moment) => format!("\"{moment}\"").into(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KINDS: [FieldType; 5] =
        [FieldType::Text, FieldType::Integer, FieldType::Float, FieldType::Boolean, FieldType::Date];

    fn check(kind: FieldType, table: &[(&str, Result<&str, &str>)]) {
        for (cell, wanted) in table {
            let found = of(cell, kind);
            let found = found.as_deref().map_err(|misfit| misfit.reason);
            assert_eq!(found, *wanted, "{cell:?} as {kind:?}");
        }
    }

    #[test]
    fn text_stays_what_it_is() {
        check(
            FieldType::Text,
            &[
                ("Åsa \"A\" \\ </script>", Ok("\"Åsa \\\"A\\\" \\\\ </script>\"")),
                ("0701234560", Ok("\"0701234560\"")),
                ("=1+1", Ok("\"=1+1\"")),
                ("a\r\nb\tc", Ok("\"a\\r\\nb\\tc\"")),
                ("a\u{0}b", Err("control_character")),
                ("a\u{1b}[31m", Err("control_character")),
                ("a\u{85}", Err("control_character")),
            ],
        );
        let long = "å".repeat(TEXT_MOST);
        assert!(of(&long, FieldType::Text).is_ok());
        assert_eq!(of(&format!("{long}b"), FieldType::Text), misfit("too_long"));
    }

    #[test]
    fn numbers_are_exact_or_refused() {
        check(
            FieldType::Integer,
            &[
                ("9", Ok("9")),
                (" -9 ", Ok("-9")),
                ("0", Ok("0")),
                ("9007199254740991", Ok("9007199254740991")),
                ("-9007199254740991", Ok("-9007199254740991")),
                ("9007199254740992", Err("out_of_range")),
                ("99999999999999999999", Err("out_of_range")),
                ("1.0", Err("not_an_integer")),
                ("1e3", Err("not_an_integer")),
                ("007", Err("not_an_integer")),
                ("-0", Err("not_an_integer")),
                ("+5", Err("not_an_integer")),
                ("1 000", Err("not_an_integer")),
                ("1,000", Err("not_an_integer")),
                ("-", Err("not_an_integer")),
                ("", Err("not_an_integer")),
                ("٣", Err("not_an_integer")),
                ("--5", Err("not_an_integer")),
            ],
        );
        check(
            FieldType::Float,
            &[
                ("1.5", Ok("1.5")),
                ("1.50", Ok("1.50")),
                ("-0.25", Ok("-0.25")),
                ("3", Ok("3")),
                ("1e3", Ok("1e3")),
                (" 2.5 ", Ok("2.5")),
                ("0.0", Ok("0.0")),
                ("1,5", Err("not_a_number")),
                ("NaN", Err("not_a_number")),
                ("inf", Err("not_a_number")),
                (".5", Err("not_a_number")),
                ("5.", Err("not_a_number")),
                ("+5", Err("not_a_number")),
                ("01.5", Err("not_a_number")),
                ("0x1", Err("not_a_number")),
                ("null", Err("not_a_number")),
                ("1e309", Err("out_of_range")),
                ("1e-400", Err("out_of_range")),
            ],
        );
    }

    #[test]
    fn yes_and_no_have_few_words() {
        check(
            FieldType::Boolean,
            &[
                ("true", Ok("true")),
                ("TRUE", Ok("true")),
                ("Yes", Ok("true")),
                ("1", Ok("true")),
                ("Ja", Ok("true")),
                ("false", Ok("false")),
                ("no", Ok("false")),
                ("0", Ok("false")),
                ("nej", Ok("false")),
                ("2", Err("not_a_boolean")),
                ("t", Err("not_a_boolean")),
                ("on", Err("not_a_boolean")),
            ],
        );
    }

    #[test]
    fn dates_are_iso_or_refused() {
        check(
            FieldType::Date,
            &[
                ("2024-02-29", Ok("\"2024-02-29\"")),
                ("2024-02-29T10:00:00Z", Ok("\"2024-02-29T10:00:00Z\"")),
                ("2024-02-29 10:00:00+02:00", Ok("\"2024-02-29T08:00:00Z\"")),
                ("2024-02-29T10:00:00.250Z", Ok("\"2024-02-29T10:00:00.25Z\"")),
                ("2023-02-29", Err("not_a_date")),
                ("2024-02-31", Err("not_a_date")),
                ("24-02-01", Err("not_a_date")),
                ("20240201", Err("not_a_date")),
                ("2024-2-1", Err("not_a_date")),
                ("45123", Err("not_a_date")),
                ("01/02/2024", Err("not_a_date")),
                ("2024-02-01x", Err("not_a_date")),
                ("2024-02-0å", Err("not_a_date")),
                ("2024-02-29T10:00:00", Err("no_time_zone")),
                ("2024-02-29 10:00", Err("no_time_zone")),
                ("0000-01-01", Err("out_of_range")),
                ("9999-12-31", Err("out_of_range")),
            ],
        );
    }

    proptest! {
        #[test]
        fn what_is_sent_is_json(cell in any::<String>()) {
            for kind in KINDS {
                if let Ok(json) = of(&cell, kind) {
                    prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{}", json);
                }
            }
        }
    }
}
