//! Value: a cell as the JSON that is sent for it, exactly and without a locale (destination-api.md 3.2, 5.2;
//! reliability.md T06, T10, T11).

use serde_json::Value;

use super::super::Misfit;
use super::super::value::{EXACT, When, boolean, integer, misfit, text, when};
use crate::model::{AccountField, FieldType};

/// The longest text, in characters (destination-api.md 3.3).
const TEXT_MOST: usize = 255;
/// The longest text of a field for long ones, in characters (destination-api.md 3.3).
const LONG_MOST: usize = 4_000;

/// The JSON for a cell that is not blank.
pub(super) fn of(cell: &str, field: &AccountField) -> Result<Box<str>, Misfit> {
    match field.kind {
        FieldType::Text => text(cell, TEXT_MOST),
        FieldType::LongText => text(cell, LONG_MOST),
        FieldType::Integer => integer(cell.trim()),
        FieldType::Decimal => decimal(cell.trim()),
        FieldType::Boolean => boolean(cell.trim()),
        FieldType::Date => date(cell.trim()),
        FieldType::Time => time(cell.trim()),
        FieldType::Phone => phone(cell.trim()),
        FieldType::Place => Ok(format!("{{\"name\":{}}}", text(cell.trim(), TEXT_MOST)?).into()),
        FieldType::Choice => choice(cell, &field.choices),
        FieldType::Choices => choices(cell, &field.choices),
        // No field of an Ortto account is one.
        FieldType::Float => misfit("unknown_type"),
    }
}

/// A number times 1,000 as a whole one, which is how decimals travel; half a thousandth goes to the even
/// neighbour (destination-api.md 5.2). Reckoned in figures, for a float would lose some.
fn decimal(cell: &str) -> Result<Box<str>, Misfit> {
    let (minus, number) = cell.strip_prefix('-').map_or(("", cell), |number| ("-", number));
    let (mantissa, exponent) = number.split_once(['e', 'E']).map_or((number, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let figures = |text: &str| !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit());
    // A leading zero is a code or a phone number, not a number.
    let padded = whole.len() > 1 && whole.starts_with('0');
    let power = exponent.map(|power| power.strip_prefix(['-', '+']).unwrap_or(power));
    if !figures(whole) || padded || !fraction.is_none_or(figures) || !power.is_none_or(figures) {
        return misfit("not_a_number");
    }
    let digits = format!("{whole}{}", fraction.unwrap_or_default());
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Ok("0".into());
    }
    let Ok(exponent) = exponent.unwrap_or("0").parse::<i32>() else { return misfit("out_of_range") };
    // So many of the digits stand before the point, once the number is multiplied.
    let after = fraction.map_or(0, str::len);
    let before = digits.len() as i64 - after as i64 + i64::from(exponent) + 3;
    if before > 16 {
        return misfit("out_of_range");
    }
    let Ok(before) = usize::try_from(before) else { return Ok("0".into()) };
    let (kept, rest) = digits.split_at_checked(before).unwrap_or((digits, ""));
    let mut thousandths: i64 = format!("0{kept:0<before$}").parse().or_else(|_| misfit("out_of_range"))?;
    let up = match rest.bytes().next() {
        Some(b'6'..=b'9') => true,
        Some(b'5') => thousandths % 2 == 1 || rest.bytes().skip(1).any(|octet| octet != b'0'),
        _ => false,
    };
    thousandths += i64::from(up);
    match thousandths {
        0 => Ok("0".into()),
        1..=EXACT => Ok(format!("{minus}{thousandths}").into()),
        _ => misfit("out_of_range"),
    }
}

/// A day, in the form that the account documents for birthdays; a moment is the day that it is in UTC.
fn date(cell: &str) -> Result<Box<str>, Misfit> {
    let day = match when(cell)? {
        When::Day(day) => day,
        When::Moment(moment) => moment.to_zoned(jiff::tz::TimeZone::UTC).date(),
    };
    let (year, month, day) = (day.year(), day.month(), day.day());
    Ok(format!(r#"{{"year":{year},"month":{month},"day":{day},"timezone":"UTC"}}"#).into())
}

/// A moment in UTC: what the account calls a time is a day and a time (help.ortto.com a-649), and ISO 8601 in
/// UTC is the safest way to write it (destination-api.md 5.2). A day alone or a time alone is none.
fn time(cell: &str) -> Result<Box<str>, Misfit> {
    match when(cell) {
        Ok(When::Moment(moment)) => Ok(format!("\"{moment}\"").into()),
        Ok(When::Day(_)) | Err(Misfit { reason: "not_a_date" }) => misfit("not_a_time"),
        Err(other) => Err(other),
    }
}

/// A number with its country code, which begins with `+` or `00`: without one it would be another number
/// elsewhere. At most 15 digits, country code included (E.164).
fn phone(cell: &str) -> Result<Box<str>, Misfit> {
    // The zero of `+46 (0)70` is dialled within the country only.
    let (code, rest) = cell.split_once("(0)").unwrap_or((cell, ""));
    let mut figures = String::with_capacity(cell.len());
    for letter in code.chars().chain(rest.chars()) {
        match letter {
            '0'..='9' | '+' => figures.push(letter),
            '.' | '-' | '(' | ')' | '[' | ']' | '\u{2010}'..='\u{2013}' => {}
            _ if letter.is_whitespace() && !letter.is_control() => {}
            _ => return misfit("not_a_phone_number"),
        }
    }
    let digits = figures.strip_prefix('+').or_else(|| figures.strip_prefix("00"));
    let bare = digits.unwrap_or(&figures);
    if bare.is_empty() || bare.contains('+') {
        return misfit("not_a_phone_number");
    }
    let Some(digits) = digits else { return misfit("no_country_code") };
    // No country's code begins with a zero.
    if digits.starts_with('0') || !(7..=15).contains(&digits.len()) {
        return misfit("not_a_phone_number");
    }
    Ok(format!(r#"{{"phone":"+{digits}","parse_with_country_code":true}}"#).into())
}

/// One of the field's choices, in the account's spelling; any text where it has none.
fn choice(cell: &str, choices: &[String]) -> Result<Box<str>, Misfit> {
    let cell = cell.trim();
    let known = choices.iter().find(|choice| choice.trim() == cell).or_else(|| {
        let asked = cell.to_lowercase();
        choices.iter().find(|choice| choice.trim().to_lowercase() == asked)
    });
    match known {
        Some(choice) => text(choice, usize::MAX),
        None if choices.is_empty() => text(cell, TEXT_MOST),
        None => misfit("not_a_choice"),
    }
}

/// Some of the field's choices: a JSON array of texts, or texts with semicolons between them; each once, in
/// their order. Blank ones are none, and none at all is no value: it would empty the field unasked.
fn choices(cell: &str, choices: &[String]) -> Result<Box<str>, Misfit> {
    let listed: Option<Vec<Value>> = serde_json::from_str(cell).ok();
    let parts: Vec<&str> = match &listed {
        Some(values) => {
            let texts: Option<Vec<&str>> = values.iter().map(Value::as_str).collect();
            texts.map_or_else(|| misfit("not_a_choice"), Ok)?
        }
        None => cell.split(';').collect(),
    };
    let mut chosen: Vec<Box<str>> = Vec::with_capacity(parts.len());
    for part in parts.into_iter().filter(|part| !part.trim().is_empty()) {
        let one = choice(part, choices)?;
        if !chosen.contains(&one) {
            chosen.push(one);
        }
    }
    if chosen.is_empty() {
        return misfit("not_a_choice");
    }
    Ok(format!("[{}]", chosen.join(",")).into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Target;

    const KINDS: [FieldType; 12] = [
        FieldType::Text,
        FieldType::Integer,
        FieldType::Float,
        FieldType::Boolean,
        FieldType::Date,
        FieldType::LongText,
        FieldType::Decimal,
        FieldType::Time,
        FieldType::Phone,
        FieldType::Place,
        FieldType::Choice,
        FieldType::Choices,
    ];

    fn field(kind: FieldType, choices: &[&str]) -> AccountField {
        let field = AccountField::new(Target::Custom("A".to_owned()), kind, "str:cm:a".to_owned());
        AccountField { choices: choices.iter().map(|&choice| choice.to_owned()).collect(), ..field }
    }

    fn check_of(field: &AccountField, table: &[(&str, Result<&str, &str>)]) {
        for (cell, wanted) in table {
            let found = of(cell, field);
            let found = found.as_deref().map_err(|misfit| misfit.reason);
            assert_eq!(found, *wanted, "{cell:?} as {:?}", field.kind);
        }
    }

    fn check(kind: FieldType, table: &[(&str, Result<&str, &str>)]) {
        check_of(&field(kind, &[]), table);
    }

    #[test]
    fn text_stays_what_it_is() {
        for kind in [FieldType::Text, FieldType::LongText, FieldType::Choice] {
            check(
                kind,
                &[
                    (r#"Åsa "A" \ </script>"#, Ok(r#""Åsa \"A\" \\ </script>""#)),
                    ("0701234560", Ok(r#""0701234560""#)),
                    ("=1+1", Ok(r#""=1+1""#)),
                    ("a\r\nb\tc", Ok(r#""a\r\nb\tc""#)),
                    ("a\u{0}b", Err("control_character")),
                    ("a\u{1b}[31m", Err("control_character")),
                    ("a\u{85}b", Err("control_character")),
                ],
            );
        }
        for (kind, most) in [
            (FieldType::Text, 255),
            (FieldType::LongText, 4_000),
            (FieldType::Place, 255),
            (FieldType::Choice, 255),
            (FieldType::Choices, 255),
        ] {
            let long = "å".repeat(most);
            assert!(of(&long, &field(kind, &[])).is_ok(), "{kind:?}");
            assert_eq!(of(&format!("{long}b"), &field(kind, &[])), misfit("too_long"), "{kind:?}");
        }
    }

    #[test]
    fn whole_numbers_and_yes_or_no_are_those_of_every_product() {
        check(
            FieldType::Integer,
            &[
                ("9", Ok("9")),
                (" -9 ", Ok("-9")),
                ("0", Ok("0")),
                ("9007199254740991", Ok("9007199254740991")),
                ("9007199254740992", Err("out_of_range")),
                ("1.0", Err("not_an_integer")),
                ("007", Err("not_an_integer")),
                ("-0", Err("not_an_integer")),
                ("1 000", Err("not_an_integer")),
                ("٣", Err("not_an_integer")),
            ],
        );
        check(
            FieldType::Boolean,
            &[
                ("TRUE", Ok("true")),
                ("ja", Ok("true")),
                (" 1 ", Ok("true")),
                ("nej", Ok("false")),
                ("0", Ok("false")),
                ("on", Err("not_a_boolean")),
            ],
        );
        check(FieldType::Float, &[("1.5", Err("unknown_type"))]);
    }

    #[test]
    fn decimals_travel_as_thousandths() {
        check(
            FieldType::Decimal,
            &[
                ("1.5", Ok("1500")),
                ("5.00", Ok("5000")),
                ("0", Ok("0")),
                ("-0", Ok("0")),
                ("-0.0", Ok("0")),
                ("0.001", Ok("1")),
                ("-0.25", Ok("-250")),
                (" 12 ", Ok("12000")),
                // Half a thousandth goes to the even neighbour, more than half up.
                ("1.0005", Ok("1000")),
                ("1.0015", Ok("1002")),
                ("1.00050000000000000000001", Ok("1001")),
                ("1.0004999999999999999999", Ok("1000")),
                ("-1.0015", Ok("-1002")),
                ("-1.0005", Ok("-1000")),
                ("0.0005", Ok("0")),
                ("-0.0005", Ok("0")),
                ("0.00051", Ok("1")),
                ("0.9995", Ok("1000")),
                ("0.1", Ok("100")),
                ("2.675", Ok("2675")),
                ("1e3", Ok("1000000")),
                ("1.5E-1", Ok("150")),
                ("15e-4", Ok("2")),
                ("25e-4", Ok("2")),
                ("1e-5", Ok("0")),
                ("1e-400", Ok("0")),
                ("0e999999999999", Ok("0")),
                ("120e+0", Ok("120000")),
                ("9007199254740.991", Ok("9007199254740991")),
                ("-9007199254740.991", Ok("-9007199254740991")),
                ("9007199254740.9914", Ok("9007199254740991")),
                ("9007199254740.9915", Err("out_of_range")),
                ("9007199254740.992", Err("out_of_range")),
                ("99999999999999999999", Err("out_of_range")),
                ("1e309", Err("out_of_range")),
                ("1e99999999999", Err("out_of_range")),
                ("1,5", Err("not_a_number")),
                ("1 000", Err("not_a_number")),
                (".5", Err("not_a_number")),
                ("5.", Err("not_a_number")),
                ("+5", Err("not_a_number")),
                ("01.5", Err("not_a_number")),
                ("00", Err("not_a_number")),
                ("1.2.3", Err("not_a_number")),
                ("1e", Err("not_a_number")),
                ("1e+-5", Err("not_a_number")),
                ("--1", Err("not_a_number")),
                ("-", Err("not_a_number")),
                ("", Err("not_a_number")),
                ("NaN", Err("not_a_number")),
                ("٣", Err("not_a_number")),
            ],
        );
    }

    #[test]
    fn dates_have_the_form_of_birthdays() {
        let day = r#"{"year":2024,"month":2,"day":29,"timezone":"UTC"}"#;
        check(
            FieldType::Date,
            &[
                ("2024-02-29", Ok(day)),
                (" 2024-02-29 ", Ok(day)),
                ("2024-02-29T10:00:00Z", Ok(day)),
                ("2024-03-01 00:30:00+02:00", Ok(day)),
                ("2024-02-28T23:30:00-02:00", Ok(day)),
                ("0001-01-02", Ok(r#"{"year":1,"month":1,"day":2,"timezone":"UTC"}"#)),
                ("2023-02-29", Err("not_a_date")),
                ("24-02-01", Err("not_a_date")),
                ("20240201", Err("not_a_date")),
                ("45123", Err("not_a_date")),
                ("01/02/2024", Err("not_a_date")),
                ("2024-02-0å", Err("not_a_date")),
                ("10:00:00", Err("not_a_date")),
                ("2024-02-29T10:00:00", Err("no_time_zone")),
                ("0000-01-01", Err("out_of_range")),
                ("9999-12-31", Err("out_of_range")),
            ],
        );
    }

    #[test]
    fn times_are_moments_in_utc() {
        check(
            FieldType::Time,
            &[
                ("2024-02-29T10:00:00Z", Ok(r#""2024-02-29T10:00:00Z""#)),
                ("2024-02-29 10:00:00+02:00", Ok(r#""2024-02-29T08:00:00Z""#)),
                (" 2024-02-29T10:00:00.250Z ", Ok(r#""2024-02-29T10:00:00.25Z""#)),
                ("2024-02-29T10:00:00", Err("no_time_zone")),
                ("2024-02-29", Err("not_a_time")),
                ("10:00:00", Err("not_a_time")),
                ("10:00", Err("not_a_time")),
                ("noon", Err("not_a_time")),
                ("2024-02-30T10:00:00Z", Err("not_a_time")),
                ("9999-12-31T00:00:00Z", Err("out_of_range")),
            ],
        );
    }

    #[test]
    fn phone_numbers_have_their_country() {
        let number = r#"{"phone":"+46701234560","parse_with_country_code":true}"#;
        check(
            FieldType::Phone,
            &[
                ("+46701234560", Ok(number)),
                ("0046701234560", Ok(number)),
                (" +46 (70) 123-45.60 ", Ok(number)),
                ("+46 (0)70-123 45 60", Ok(number)),
                ("(+46) 70 123 45 60", Ok(number)),
                ("[0046]70 123\u{a0}45\u{2013}60", Ok(number)),
                ("+20 (0)10 1234 5678", Ok(r#"{"phone":"+201012345678","parse_with_country_code":true}"#)),
                ("+1234567", Ok(r#"{"phone":"+1234567","parse_with_country_code":true}"#)),
                ("+123456789012345", Ok(r#"{"phone":"+123456789012345","parse_with_country_code":true}"#)),
                ("+123456", Err("not_a_phone_number")),
                ("+1234567890123456", Err("not_a_phone_number")),
                ("0701234560", Err("no_country_code")),
                ("070-123 45 60", Err("no_country_code")),
                ("(0)70-123 45 60", Err("no_country_code")),
                ("46701234560", Err("no_country_code")),
                ("+0701234560", Err("not_a_phone_number")),
                ("00 0701234560", Err("not_a_phone_number")),
                ("+46+701234560", Err("not_a_phone_number")),
                ("46+701234560", Err("not_a_phone_number")),
                ("+46701234560 x12", Err("not_a_phone_number")),
                ("+4670123456O", Err("not_a_phone_number")),
                ("+46701234560/61", Err("not_a_phone_number")),
                ("+46701234560\n", Ok(number)),
                ("+4670\n1234560", Err("not_a_phone_number")),
                ("+٤٦٧٠١٢٣٤", Err("not_a_phone_number")),
                ("+", Err("not_a_phone_number")),
                ("00", Err("not_a_phone_number")),
                ("()", Err("not_a_phone_number")),
                ("none", Err("not_a_phone_number")),
            ],
        );
    }

    #[test]
    fn places_have_a_name() {
        check(
            FieldType::Place,
            &[
                (" Göteborg ", Ok(r#"{"name":"Göteborg"}"#)),
                (r#"A"B"#, Ok(r#"{"name":"A\"B"}"#)),
                ("a\u{0}", Err("control_character")),
            ],
        );
    }

    #[test]
    fn choices_are_the_accounts_own() {
        let known = ["Röd", "Blå ", "blå", "A;B", "Q\"x"];
        check_of(
            &field(FieldType::Choice, &known),
            &[
                ("Röd", Ok(r#""Röd""#)),
                (" RÖD ", Ok(r#""Röd""#)),
                ("blå", Ok(r#""blå""#)),
                ("BLÅ", Ok(r#""Blå ""#)),
                ("a;b", Ok(r#""A;B""#)),
                ("Grön", Err("not_a_choice")),
            ],
        );
        check_of(
            &field(FieldType::Choices, &known),
            &[
                ("Röd", Ok(r#"["Röd"]"#)),
                ("blå; röd ;RÖD;;", Ok(r#"["blå","Röd"]"#)),
                (r#"["Röd","A;B","röd","Q\"x",""]"#, Ok(r#"["Röd","A;B","Q\"x"]"#)),
                ("Röd;Grön", Err("not_a_choice")),
                ("A;B", Err("not_a_choice")),
                (r#"["Röd",1]"#, Err("not_a_choice")),
                (r#"["Röd""#, Err("not_a_choice")),
                ("[]", Err("not_a_choice")),
                (";", Err("not_a_choice")),
                (" ; ", Err("not_a_choice")),
            ],
        );
        check(FieldType::Choices, &[("b;a; b", Ok(r#"["b","a"]"#)), ("[x;y", Ok(r#"["[x","y"]"#))]);
    }

    /// Thousandths of `figures` · 10^-`decimals`, reckoned in 128 bits: half goes to the even neighbour.
    fn thousandths(figures: i64, decimals: u32) -> i128 {
        let figures = i128::from(figures);
        if decimals <= 3 {
            return figures * 10i128.pow(3 - decimals);
        }
        let unit = 10i128.pow(decimals - 3);
        let (whole, rest) = (figures.div_euclid(unit), figures.rem_euclid(unit));
        whole + i128::from(rest * 2 > unit || (rest * 2 == unit && whole % 2 != 0))
    }

    /// `figures` with its point before the last `decimals` digits.
    fn written(figures: i64, decimals: usize) -> String {
        let digits = format!("{:0>1$}", figures.unsigned_abs(), decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let minus = if figures < 0 { "-" } else { "" };
        let point = if decimals == 0 { "" } else { "." };
        format!("{minus}{whole}{point}{fraction}")
    }

    proptest! {
        #[test]
        fn decimals_are_exact(figures in any::<i64>(), small in -100_000i64..100_000, decimals in 0usize..12) {
            for figures in [figures, small, small * 5] {
                let wanted = thousandths(figures, u32::try_from(decimals).unwrap());
                let found = of(&written(figures, decimals), &field(FieldType::Decimal, &[]));
                if wanted.abs() > i128::from(EXACT) {
                    prop_assert_eq!(found, misfit("out_of_range"));
                } else {
                    prop_assert_eq!(found, Ok(wanted.to_string().into()));
                }
            }
        }

        #[test]
        fn powers_only_move_the_point(figures in -1_000_000i64..1_000_000, decimals in 0usize..9) {
            let kind = field(FieldType::Decimal, &[]);
            let powered = format!("{figures}e-{decimals}");
            prop_assert_eq!(of(&powered, &kind), of(&written(figures, decimals), &kind));
        }

        #[test]
        fn what_is_sent_is_json(cell in ".{0,40}", number in "[-+0-9.eE ()]{0,24}") {
            for cell in [&cell, &number] {
                for kind in KINDS {
                    for choices in [&[] as &[&str], &["A", "1", "\"", ""]] {
                        if let Ok(json) = of(cell, &field(kind, choices)) {
                            prop_assert!(serde_json::from_str::<Value>(&json).is_ok(), "{:?} {}", kind, json);
                        }
                    }
                }
            }
        }

        #[test]
        fn phone_numbers_are_digits(cell in "[-+0-9 ().]{0,24}") {
            if let Ok(json) = of(&cell, &field(FieldType::Phone, &[])) {
                let value: Value = serde_json::from_str(&json).unwrap();
                let digits = value["phone"].as_str().unwrap().strip_prefix('+').unwrap().to_owned();
                prop_assert!((7..=15).contains(&digits.len()) && !digits.starts_with('0'));
                prop_assert!(digits.bytes().all(|octet| octet.is_ascii_digit()));
                let same = of(&format!("+{digits}"), &field(FieldType::Phone, &[]));
                prop_assert_eq!(same.as_deref(), Ok(&*json));
            }
        }
    }
}
