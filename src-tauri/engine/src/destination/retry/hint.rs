//! Hint: how long the other side asks us to wait (`Retry-After`, or `try-in-seconds` in the body;
//! reliability.md A13-A16).

use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::super::Reply;
use super::{HINT_CAP, HINT_FLOOR};

/// The wait that a reply asks for: the largest of several, between one second and 15 minutes; `None`
/// if it asks for none or nothing of it can be read, so that the policy's own wait holds.
///
/// A date is compared with the server's own `Date`, never with our clock, which may be wrong; without
/// a `Date` it says nothing.
#[must_use]
pub fn hint(reply: &Reply) -> Option<Duration> {
    let now = reply.date.as_deref().and_then(date);
    reply.retry_after.iter().filter_map(|text| longest(text.trim(), now)).chain(told(&reply.body)).max()
}

/// What Ortto says in the body: `{"error":{"code":"rate-limit","try-in-seconds":10}}` (destination-api.md 3.3).
fn told(body: &[u8]) -> Option<Duration> {
    let body: Value = serde_json::from_slice(body).ok()?;
    match body.get("error")?.get("try-in-seconds")? {
        Value::Number(number) => seconds(&number.to_string()),
        Value::String(text) => seconds(text.trim()),
        _ => None,
    }
}

fn longest(text: &str, now: Option<SystemTime>) -> Option<Duration> {
    if let Some(then) = date(text) {
        let wait = then.duration_since(now?).unwrap_or_default();
        return Some(wait.clamp(HINT_FLOOR, HINT_CAP));
    }
    // A proxy joins several headers to one with commas.
    text.split(',').filter_map(|part| seconds(part.trim())).max()
}

fn seconds(text: &str) -> Option<Duration> {
    // Only figures: "inf" and "nan" are numbers to the parser too.
    if !text.starts_with(|first: char| first.is_ascii_digit() || first == '-' || first == '+') {
        return None;
    }
    let number: f64 = text.parse().ok().filter(|number: &f64| !number.is_nan())?;
    let number = number.clamp(HINT_FLOOR.as_secs_f64(), HINT_CAP.as_secs_f64());
    Some(Duration::from_secs_f64(number))
}

fn date(text: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_is_read_leniently_and_bounded() {
        let server = Some("Mon, 01 Jan 2024 10:00:00 GMT");
        let table: [(&[&str], Option<&str>, Option<u64>); 20] = [
            (&[], None, None),
            (&["7"], None, Some(7)),
            (&[" 7 "], None, Some(7)),
            (&["0"], None, Some(1)),
            (&["-5"], None, Some(1)),
            (&["1e9"], None, Some(900)),
            (&["1000000000"], None, Some(900)),
            (&["99999999999999999999999999999999"], None, Some(900)),
            (&["soon"], None, None),
            (&["inf"], None, None),
            (&["NaN"], None, None),
            (&[""], None, None),
            (&["3", "9", "soon"], None, Some(9)),
            (&["3, 9"], None, Some(9)),
            (&["Mon, 01 Jan 2024 10:00:30 GMT"], server, Some(30)),
            (&["Mon, 01 Jan 2024 12:00:00 GMT"], server, Some(900)),
            (&["Mon, 01 Jan 2024 09:00:00 GMT"], server, Some(1)),
            (&["Mon, 01 Jan 2024 10:00:30 GMT"], None, None),
            (&["Mon, 01 Jan 2024 10:00:30 GMT"], Some("yesterday"), None),
            (&["5", "Mon, 01 Jan 2024 10:00:30 GMT"], server, Some(30)),
        ];
        for (headers, date, wanted) in table {
            let reply = Reply {
                status: 429,
                retry_after: headers.iter().map(|&text| text.to_owned()).collect(),
                date: date.map(str::to_owned),
                ..Reply::default()
            };
            assert_eq!(hint(&reply), wanted.map(Duration::from_secs), "{headers:?} {date:?}");
        }
    }

    #[test]
    fn the_body_may_say_it_too() {
        for (headers, body, wanted) in [
            (
                &[] as &[&str],
                r#"{"error":{"code":"rate-limit","message":"slow","try-in-seconds":10}}"#,
                Some(10),
            ),
            (&["3"], r#"{"error":{"try-in-seconds":10}}"#, Some(10)),
            (&["30"], r#"{"error":{"try-in-seconds":10}}"#, Some(30)),
            (&[], r#"{"error":{"try-in-seconds":"10"}}"#, Some(10)),
            (&[], r#"{"error":{"try-in-seconds":" 1.0 "}}"#, Some(1)),
            (&[], r#"{"error":{"try-in-seconds":0}}"#, Some(1)),
            (&[], r#"{"error":{"try-in-seconds":-5}}"#, Some(1)),
            (&[], r#"{"error":{"try-in-seconds":1e9}}"#, Some(900)),
            (&[], r#"{"error":{"try-in-seconds":1e999}}"#, None),
            (&[], r#"{"error":{"try-in-seconds":"soon"}}"#, None),
            (&[], r#"{"error":{"try-in-seconds":null}}"#, None),
            (&[], r#"{"error":"slow","try-in-seconds":10}"#, None),
            (&["7"], "<html>429</html>", Some(7)),
        ] {
            let retry_after = headers.iter().map(|&text| text.to_owned()).collect();
            let reply = Reply { status: 429, body: body.into(), retry_after, ..Reply::default() };
            assert_eq!(hint(&reply), wanted.map(Duration::from_secs), "{headers:?} {body}");
        }
    }
}
