//! Ortto's error bodies (`destination-api.md` 3.4).

use serde_json::{Value, json};

use crate::mix::uuid;
use crate::outcome::Outcome;
use crate::wire::Reply;

/// A request that is refused.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    status: u16,
    error: String,
    /// Of rows.
    details: Vec<Value>,
    /// The addresses of those rows.
    refused: Vec<String>,
}

impl Refusal {
    pub(crate) fn new(status: u16, error: impl Into<String>) -> Refusal {
        Refusal { status, error: error.into(), details: Vec::new(), refused: Vec::new() }
    }

    pub(crate) fn bad(error: impl Into<String>) -> Refusal {
        Refusal::new(400, error)
    }

    /// A batch of which nothing is taken; the first row's reason is in the sentence, as recorded.
    pub(crate) fn of_rows(reason: &str, details: Vec<Value>, refused: Vec<String>) -> Refusal {
        let error = format!("No valid contacts provided ({reason})");
        Refusal { details, refused, ..Refusal::bad(error) }
    }

    /// `error` is a text, but for 429; `details` only where there are some.
    pub(crate) fn reply(&self, seq: u64) -> Reply {
        let mut body = json!({"request_id": uuid(seq), "code": self.status, "error": self.error});
        if !self.details.is_empty()
            && let Some(body) = body.as_object_mut()
        {
            body.insert("details".to_owned(), Value::Array(self.details.clone()));
        }
        Reply::json(self.status, &body)
    }

    pub(crate) fn outcome(self, seq: u64) -> Outcome {
        let reply = self.reply(seq);
        Outcome { refused: self.refused, ..Outcome::told(reply) }
    }
}

/// The one error that is an object; no `Retry-After` goes with it (`destination-api.md` 3.3).
pub(crate) fn too_fast(seconds: u64) -> Reply {
    let message = format!("Rate limit exceeded, try again in {seconds} seconds");
    Reply::json(429, &json!({"error": {"code": "rate-limit", "message": message, "try-in-seconds": seconds}}))
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(&self.error)
    }
}
