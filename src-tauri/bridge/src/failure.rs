//! The one error that a page sees.

use schemars::JsonSchema;
use segue_engine::error::{Code, Error};
use serde::Serialize;

/// An error: a stable code that pages choose words by, and the engine's own sentence for support. Never
/// with a key or an address in it.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Failure {
    /// The code, in snake case: those of the engine, and `engine_gone` and `busy` of the shell.
    pub code: String,
    /// What happened, what was sent and what was not, in English.
    pub message: String,
    /// What to do about it, in English; may be empty.
    pub help: String,
    /// Whether the same call may succeed later without a change.
    pub retryable: bool,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let Error { code, message, help, retryable } = error;
        Self { code: word(code), message, help, retryable }
    }
}

/// The word of a code, as it is serialized.
fn word(code: Code) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(word)) => word,
        _ => "internal".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_the_word_of_the_command_line() {
        let failure = Failure::from(Error::new(Code::KeyRefused, "No."));
        assert_eq!(failure.code, "key_refused");
    }
}
