//! Reply: what status and body mean, for every call (reliability.md 6.1, A01-A24; destination-api.md 2.5, 3.4).
//!
//! Total: any status and any octets give an answer, and only 200 with the call's own schema is one of
//! the good ones. 200 is not success by itself (reliability.md 0.2).

use std::collections::HashMap;

use serde_json::Value;

use super::{Answer, Reply, Row, RowAnswer, Stop, StopKind, retry};
use crate::model::Address;

/// The longest words of the account that are kept, in characters (A24).
pub(super) const TEXT_MOST: usize = 500;

/// Phrases of a refusal that mean the contract, not the request (A05).
const QUOTA: [&str; 7] = [
    "quota",
    "contact limit",
    "contacts limit",
    "contract limit",
    "plan limit",
    "upgrade your plan",
    "limit of contacts",
];

/// What 404 means for a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFound {
    /// The path always exists: retired, or another host.
    Stops,
    /// The thing asked for is not there.
    Misses,
}

/// Reads a reply: status first, then `schema` over the body of a 200.
pub fn read<T>(reply: &Reply, missing: NotFound, schema: impl FnOnce(&[u8]) -> Option<T>) -> Answer<T> {
    match reply.status {
        200 => schema(&reply.body)
            .map_or_else(|| unknown("the answer is not one of this account's"), Answer::Accepted),
        404 if missing == NotFound::Misses && is_own(&reply.body) => {
            Answer::Missing { text: text(&reply.body) }
        }
        _ => refusal(reply),
    }
}

/// One answer for each row, where the account answers by address: `said` is by the canonical form. Whom it does
/// not name is not confirmed (A20); an answer that names none of them is not about this call (N17).
pub fn by_address(rows: &[Row<'_>], said: Answer<HashMap<String, RowAnswer>>) -> Answer<Vec<RowAnswer>> {
    let said = match said {
        Answer::Accepted(said) => said,
        other => return other.map(|_| Vec::new()),
    };
    let mut key = String::new();
    let answers: Vec<Option<RowAnswer>> =
        rows.iter().map(|row| said.get(canonical(row.email, &mut key)).cloned()).collect();
    if !rows.is_empty() && answers.iter().all(Option::is_none) {
        return Answer::Unnamed;
    }
    Answer::Accepted(
        answers.into_iter().map(|answer| answer.unwrap_or_else(RowAnswer::not_confirmed)).collect(),
    )
}

/// The canonical form of an address, written to `key`, or the text itself where it is none.
pub fn canonical<'a>(email: &'a str, key: &'a mut String) -> &'a str {
    match Address::parse_into(email, key) {
        Ok(_) => key,
        Err(_) => email,
    }
}

/// Any status but 200, and 404 where it stops.
pub(super) fn refusal<T>(reply: &Reply) -> Answer<T> {
    let status = reply.status;
    let stop = |kind| Answer::Stop(Stop { kind, status, text: text(&reply.body) });
    match status {
        300..=399 => stop(StopKind::Redirect),
        400 | 403 if speaks_of_quota(&reply.body) => stop(StopKind::Contract),
        400 | 413 => Answer::Refused { status, text: text(&reply.body) },
        401 => stop(StopKind::Key),
        402 | 507 => stop(StopKind::Contract),
        403 => stop(StopKind::Forbidden),
        404 | 410 => stop(StopKind::Retired),
        407 => stop(StopKind::Proxy),
        408 | 425 => unknown(&format!("the account answered {status}")),
        429 => Answer::Wait(retry::hint(reply)),
        405..=499 | 501 | 505 => stop(StopKind::Other),
        100..=299 => unknown(&format!("the account answered {status}, which says nothing")),
        _ => unknown(&format!("the account answered {status}")),
    }
}

pub(super) fn unknown<T>(why: &str) -> Answer<T> {
    Answer::Unknown { why: why.to_owned() }
}

/// Whether a body may be the account's own word on a 404: nothing or a JSON object that does not
/// speak of the path. A page of somebody else is neither (N16).
pub(super) fn is_own(body: &[u8]) -> bool {
    if body.trim_ascii().is_empty() {
        return true;
    }
    let Ok(Value::Object(object)) = serde_json::from_slice(body) else { return false };
    // The framework's own answer to an unknown path: "/v1/list/... does not exist".
    !object
        .get("message")
        .and_then(Value::as_str)
        .is_some_and(|message| message.trim_start().starts_with('/'))
}

/// What a 404 speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// Nothing: no message.
    Silence,
    /// A contact.
    Contact,
    /// A list, or anything else.
    List,
}

/// What a 404 of a list call speaks of, by the first word that names one (destination-api.md 2.1).
pub(super) fn subject(body: &[u8]) -> Subject {
    let message = match serde_json::from_slice::<Value>(body) {
        Ok(value) => value.get("message").and_then(Value::as_str).unwrap_or_default().to_owned(),
        Err(_) => String::from_utf8_lossy(body).into_owned(),
    };
    if message.trim().is_empty() {
        return Subject::Silence;
    }
    // Whole words: an id such as `contactlist_1` is neither.
    let mut words = message.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let named = words.find_map(|word| match word.to_ascii_lowercase().as_str() {
        "contact" | "person" | "member" => Some(Subject::Contact),
        "list" => Some(Subject::List),
        _ => None,
    });
    named.unwrap_or(Subject::List)
}

fn speaks_of_quota(body: &[u8]) -> bool {
    let text = text(body).to_lowercase();
    QUOTA.iter().any(|phrase| text.contains(phrase))
}

/// The account's words, fit to be shown: `message`, else `error`, else the body itself; control
/// characters and direction overrides are gone, and all after 500 characters (A24).
pub(super) fn text(body: &[u8]) -> String {
    let words = match serde_json::from_slice::<Value>(body) {
        Ok(value) => words(&value).unwrap_or_default().to_owned(),
        Err(_) => String::from_utf8_lossy(body).into_owned(),
    };
    clean(&words)
}

/// The words of a JSON value that says why.
pub(super) fn words(value: &Value) -> Option<&str> {
    let found = match value {
        Value::String(words) => words.as_str(),
        Value::Object(object) => {
            ["message", "error", "code"].iter().find_map(|key| words(object.get(*key)?))?
        }
        _ => return None,
    };
    (!found.trim().is_empty()).then_some(found)
}

/// Text fit to be shown and logged: without control characters and direction overrides, and cut (A24).
#[must_use]
pub fn clean(words: &str) -> String {
    let shown = words.chars().filter_map(|letter| match letter {
        '\n' | '\r' | '\t' => Some(' '),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        _ if letter.is_control() => None,
        _ => Some(letter),
    });
    shown.skip_while(|letter| letter.is_whitespace()).take(TEXT_MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_cleaned() {
        for (body, wanted) in [
            ("", ""),
            (r#"{"error":"Bad Request","message":"Email is malformed"}"#, "Email is malformed"),
            (r#"{"error":"Bad Request","message":""}"#, "Bad Request"),
            (r#"{"error":{"code":"rate-limit","message":"slow"}}"#, "slow"),
            (r#"{"code":"ResourceNotFound"}"#, "ResourceNotFound"),
            ("<h1>502\n</h1>", "<h1>502 </h1>"),
            ("\u{1b}[31mred\u{7}\u{202e}x\0", "[31mredx"),
            ("null", ""),
            ("[1]", ""),
        ] {
            assert_eq!(text(body.as_bytes()), wanted, "{body}");
        }
        assert_eq!(text("å".repeat(600).as_bytes()).chars().count(), TEXT_MOST);
        assert_eq!(text(b"a\xffb"), "a\u{fffd}b");
    }

    #[test]
    fn a_404_speaks_of_what_it_names_first() {
        for (message, wanted) in [
            ("", Subject::Silence),
            (r#"{"error":"Not Found","message":""}"#, Subject::Silence),
            (r#"{"error":"Not Found"}"#, Subject::Silence),
            (r#"{"message":"Contact not found."}"#, Subject::Contact),
            (r#"{"message":"Contact x is not on list contactlist_1"}"#, Subject::Contact),
            (r#"{"message":"List contactlist_1 does not exist"}"#, Subject::List),
            (r#"{"message":"contactlist_1 does not exist"}"#, Subject::List),
        ] {
            assert_eq!(subject(message.as_bytes()), wanted, "{message}");
        }
    }

    #[test]
    fn quota_words_stop_a_refusal() {
        let reply = |status, body: &'static str| Reply { status, body: body.into(), ..Reply::default() };
        let kind = |answer: Answer<()>| match answer {
            Answer::Stop(stop) => Some(stop.kind),
            _ => None,
        };
        assert_eq!(
            kind(refusal(&reply(400, r#"{"message":"Your contact limit is reached"}"#))),
            Some(StopKind::Contract)
        );
        assert_eq!(kind(refusal(&reply(403, "Quota exceeded"))), Some(StopKind::Contract));
        assert_eq!(kind(refusal(&reply(403, "no"))), Some(StopKind::Forbidden));
        assert_eq!(kind(refusal(&reply(400, "Contract AB is no company"))), None);
    }
}
