//! The vendor's error bodies (`destination-api.md` 2.5).

use serde_json::json;

use crate::outcome::Outcome;
use crate::wire::{Reply, reason};

/// `{"error": "<reason phrase>", "message": "<text>"}`.
pub(crate) fn refuse(status: u16, message: &str) -> Outcome {
    let body = json!({"error": reason(status), "message": message});
    Outcome::told(Reply::json(status, &body))
}

/// The form without a message, by which "not a member" is told from "unknown"
/// (`destination-api.md` 2.1).
pub(super) fn refuse_without_message(status: u16) -> Outcome {
    Outcome::told(Reply::json(status, &json!({"error": reason(status)})))
}
