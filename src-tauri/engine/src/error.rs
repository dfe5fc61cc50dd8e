//! The one error that leaves the engine: a stable code, a sentence for a person, and what to do.
//! Callers match the code, never the text. No key and no personal data is ever in an error.

use schemars::JsonSchema;
use serde::Serialize;

/// What went wrong, for programs. The command line maps codes to exit numbers (cli.md, *Exit codes*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Code {
    /// The words of the command or call are wrong.
    Usage,
    /// No object of that kind and name.
    NotFound,
    /// The name is taken.
    NameTaken,
    /// The object is in use; the message names the users.
    InUse,
    /// A source file is missing, unreadable, empty or not what it says.
    BadFile,
    /// A predicate cannot be used; the message says where.
    BadPredicate,
    /// A column, field or mapping does not exist or does not fit.
    BadMatching,
    /// The file changed while it was read, twice.
    SourceChanged,
    /// Nobody agreed to the data privacy statements of this connection.
    NoConsent,
    /// More distinct addresses than the limit.
    OverLimit,
    /// The API refused the key.
    KeyRefused,
    /// No place to keep the key, or it cannot be opened.
    NoKeyStore,
    /// The base URL is not allowed.
    BadUrl,
    /// The destination does not answer.
    Unreachable,
    /// The destination answered something that stops the run.
    Destination,
    /// A list that Segue filled is gone from the account.
    ListGone,
    /// A list cannot be told apart or is taken by another segment.
    ListTaken,
    /// The data folder cannot be used: missing rights, read-only, full.
    DataFolder,
    /// The database is from a newer Segue, foreign, or damaged.
    Database,
    /// Another process runs this export.
    Busy,
    /// The user canceled.
    Canceled,
    /// What was asked for is older than the retention time, and was dropped.
    PastRetention,
    /// The object was changed elsewhere since it was read.
    ChangedElsewhere,
    /// The plan that was looked at is not the plan any more.
    PlanChanged,
    /// The account lets people be mailed again who had opted out.
    OptOutUndone,
    /// The numbers of a run do not add up.
    CountsDisagree,
    /// A defect in Segue.
    Internal,
}

/// The error that leaves the engine.
#[derive(Debug, Clone, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// The stable code.
    pub code: Code,
    /// What happened, what was sent and what was not: one sentence, for people.
    pub message: String,
    /// What to do about it; empty where the message says it all.
    pub help: String,
    /// Whether the same call may succeed later without a change.
    pub retryable: bool,
}

/// What every fallible operation of the engine returns.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error with this code and sentence, not retryable, without help.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: String::new(), retryable: false }
    }

    /// The same error with a next step for the person.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The same error, marked as one that may pass by itself.
    #[must_use]
    pub fn retryable(mut self) -> Self {
        self.retryable = true;
        self
    }

    /// What a run that ended with it keeps: its code, by which programs and other languages know it, then its
    /// words.
    #[must_use]
    pub fn reason(&self) -> String {
        let code = serde_json::to_value(self.code);
        let code = code.as_ref().ok().and_then(serde_json::Value::as_str).unwrap_or("internal");
        let blank = if self.help.is_empty() { "" } else { " " };
        format!("{code}: {}{blank}{}", self.message, self.help)
    }

    /// A defect in Segue: `what` names the broken expectation, without personal data.
    pub fn internal(what: impl std::fmt::Display) -> Self {
        Self::new(Code::Internal, format!("Something in Segue is broken: {what}."))
            .help("Nothing more was sent. Please report this with the diagnostics.")
    }

    /// No object of this kind and name.
    pub fn not_found(kind: &str, name: &str) -> Self {
        Self::new(Code::NotFound, format!("There is no {kind} called “{name}”."))
            .help(format!("See the names with `segue {kind} list`; they are compared exactly."))
    }

    /// The name is taken by another object of this kind.
    pub fn name_taken(kind: &str, name: &str) -> Self {
        Self::new(Code::NameTaken, format!("There is already a {kind} called “{name}”; nothing was changed."))
            .help("Choose another name.")
    }
}
