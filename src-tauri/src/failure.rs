//! What a command is refused with, in the form of the engine's own errors.

use serde::{Deserialize, Serialize};

/// A refusal: a stable code, a sentence and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The code.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
    /// Whether the same may succeed later without a change.
    pub retryable: bool,
}

impl Failure {
    fn new(code: &str, message: impl Into<String>, help: &str, retryable: bool) -> Self {
        Self { code: code.to_owned(), message: message.into(), help: help.to_owned(), retryable }
    }

    /// What was asked cannot be understood.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new("usage", message, "", false)
    }

    /// More was asked at once than the engine takes.
    pub(crate) fn busy() -> Self {
        Self::new(
            "busy",
            "Segue has more to do than it can take at once; this was not begun.",
            "Try again.",
            true,
        )
    }

    /// The engine is not there.
    pub(crate) fn gone() -> Self {
        Self::new(
            "engine_gone",
            "The part of Segue that does the work stopped. Nothing is lost: what was sent is recorded, and a run goes on where it was.",
            "Try again; it is started anew.",
            true,
        )
    }

    /// The engine speaks another version of the lines.
    pub(crate) fn other_version() -> Self {
        Self {
            message: "The program segue beside this window is of another version; nothing was done."
                .to_owned(),
            help: "Install Segue anew: both programs come together.".to_owned(),
            retryable: false,
            ..Self::gone()
        }
    }

    /// Something of the system does not work.
    pub(crate) fn system(what: &str, error: impl std::fmt::Display) -> Self {
        Self::new("internal", format!("{what}: {error}."), "", false)
    }
}
