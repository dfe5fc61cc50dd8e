//! Words: what an answer says to people, in Ortto's form: the error, what is said of single people, and the id
//! that support asks for (destination-api.md 3.4).

use serde_json::Value;

use super::super::reply::{self, NotFound, TEXT_MOST};
use super::super::{Answer, Reply, Stop};

/// The longest id of a request that is shown, in characters; those seen have 36.
const ID_MOST: usize = 64;

/// Reads a reply by its status, then `schema` over the body of a 200. Every path that is asked for always
/// exists, so that a 404 stops.
pub(super) fn read<T>(reply: &Reply, schema: impl FnOnce(&[u8]) -> Option<T>) -> Answer<T> {
    match reply::read(reply, NotFound::Stops, schema) {
        Answer::Refused { status, .. } => Answer::Refused { status, text: text(&reply.body) },
        Answer::Stop(stop) => Answer::Stop(Stop { text: text(&reply.body), ..stop }),
        answer => answer,
    }
}

/// The words of a refusal, fit to be shown: its error, what its details say beside that, and the request's id.
pub(super) fn text(body: &[u8]) -> String {
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return reply::text(body) };
    let mut words = reply::words(&body).unwrap_or_default().to_owned();
    // The error often quotes the details.
    for more in details(&body).iter().filter_map(reply::words) {
        if words.len() > TEXT_MOST * 4 {
            break;
        }
        if !words.contains(more) {
            words.push_str(if words.is_empty() { "" } else { "; " });
            words.push_str(more);
        }
    }
    traced(&words, request_id(&body))
}

/// What a refusal says of single people; often nothing.
pub(super) fn details(body: &Value) -> &[Value] {
    body.get("details").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The id under which the account's support finds a request.
pub(super) fn request_id(body: &Value) -> Option<&str> {
    body.get("request_id")?.as_str().filter(|id| !id.trim().is_empty())
}

/// Cleaned words with the request's id at their end; both together are as long as words may be (A24).
pub(super) fn traced(words: &str, request: Option<&str>) -> String {
    let words = reply::clean(words);
    let Some(id) = request else { return words };
    let id: String = reply::clean(id).chars().take(ID_MOST).collect();
    let blank = if words.is_empty() { "" } else { " " };
    let tail = format!("{blank}(request {id})");
    let mut traced: String = words.chars().take(TEXT_MOST.saturating_sub(tail.chars().count())).collect();
    traced.push_str(&tail);
    traced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_details_and_id_are_told_once() {
        for (body, wanted) in [
            ("", ""),
            ("null", ""),
            ("[1]", ""),
            ("<h1>502\n</h1>", "<h1>502 </h1>"),
            (r#"{"error":"Bad request"}"#, "Bad request"),
            (r#"{"error":{"code":"rate-limit","message":"slow","try-in-seconds":10}}"#, "slow"),
            (r#"{"request_id":"r-1","code":400,"error":"Bad"}"#, "Bad (request r-1)"),
            (r#"{"request_id":"r\u001b-1"}"#, "(request r-1)"),
            (r#"{"request_id":" ","error":"Bad"}"#, "Bad"),
            (r#"{"request_id":7,"error":"Bad"}"#, "Bad"),
            (
                r#"{"request_id":"r","code":400,"error":"No valid contacts provided (Email is suppressed)","details":[{"status":"suppressed","error":"Email is suppressed"}]}"#,
                "No valid contacts provided (Email is suppressed) (request r)",
            ),
            (
                r#"{"error":"None","details":[{"error":"a"},{"error":"b"},{"error":"a"},7,{"status":"invalid"}]}"#,
                "None; a; b",
            ),
            (r#"{"details":[{"error":"x"}]}"#, "x"),
            (r#"{"error":"x","details":null}"#, "x"),
        ] {
            assert_eq!(text(body.as_bytes()), wanted, "{body}");
        }
    }

    #[test]
    fn the_id_stands_at_the_end_however_long_the_words_are() {
        let body = serde_json::json!({ "error": "å".repeat(9_000), "request_id": "i".repeat(9_000) });
        let text = text(body.to_string().as_bytes());
        assert_eq!(text.chars().count(), TEXT_MOST);
        assert!(text.ends_with(&format!("å (request {})", "i".repeat(ID_MOST))), "{text}");
    }
}
