//! Stopped: the sentences of a run that cannot go on - what happened, what was sent and what was not, and
//! what to do.

use crate::destination::{Stop, StopKind};
use crate::error::{Code, Error};
use crate::model::Status;

/// What a run is that ended with this error, and the reason that it keeps.
pub(super) fn ended(error: &Error) -> (Status, String) {
    match error.code {
        Code::Canceled => (Status::Canceled, error.message.clone()),
        _ => (Status::Failed, error.reason()),
    }
}

/// The account does not answer, and patience is over.
pub(super) fn no_answer(connection: &str, why: &str) -> Error {
    Error::new(Code::Unreachable, format!("The account of “{connection}” does not answer: {why}."))
        .help(
            "What was accepted so far is kept. Run the export again once the network or the service is back.",
        )
        .retryable()
}

/// Three whole answers in a row were not the account's (N16, A31).
pub(super) fn somebody_else(connection: &str) -> Error {
    Error::new(
        Code::Destination,
        format!("Something else answers in place of the account of “{connection}”, so nothing more was sent."),
    )
    .help("Check the network (a sign-in page of a guest network answers like this) and the base URL; what was accepted so far is kept.")
    .retryable()
}

/// The error of a canceled run.
pub(crate) fn canceled() -> Error {
    Error::new(Code::Canceled, "The run was canceled; what was accepted so far is kept.")
}

/// The error of an answer that stops a run.
pub(crate) fn stopped(stop: &Stop, connection: &str, product: &str) -> Error {
    let words = if stop.text.is_empty() { String::new() } else { format!(" It says: {}", stop.text) };
    let (code, message, help) = match stop.kind {
        StopKind::Key => (
            Code::KeyRefused,
            format!("The account refused the API key of “{connection}”."),
            "Copy the key again from the account's settings, then `segue connection set-key`.",
        ),
        StopKind::Forbidden => (
            Code::Destination,
            format!(
                "The account of “{connection}” does not allow this: it may have expired, or the user who made the key has left."
            ),
            "Ask whoever administers the account.",
        ),
        StopKind::Contract => (
            Code::Destination,
            format!("The account of “{connection}” says that its contract has no room for more contacts."),
            "Make room in the account or enlarge the contract, then run the export again: it goes on from here.",
        ),
        StopKind::Retired => (
            Code::Destination,
            format!(
                "There is no {product} at the address of “{connection}”: the service may have been retired, or the account is elsewhere."
            ),
            "Check type, region and base URL of the connection. Newer Autopilot accounts are Ortto accounts.",
        ),
        StopKind::Redirect => (
            Code::Destination,
            format!(
                "The address of “{connection}” points somewhere else; Segue does not follow, so that neither key nor people go to another place."
            ),
            "Check the base URL and the network (a sign-in page of a guest network answers like this).",
        ),
        StopKind::Proxy => (
            Code::Destination,
            "The proxy wants a sign-in.".to_owned(),
            "Sign in to the proxy, or ask whoever runs the network.",
        ),
        StopKind::Certificate => (
            Code::Destination,
            format!(
                "The certificate of the account of “{connection}” is not valid for it, so nothing was sent."
            ),
            "Check the computer's date and the network; do not go on over this network until it is clear.",
        ),
        StopKind::Other => (
            Code::Destination,
            format!(
                "The account of “{connection}” answered in a way that stops the run (HTTP {}).",
                stop.status
            ),
            "Run the export again later; it goes on from here.",
        ),
    };
    Error::new(code, format!("{message}{words}")).help(help)
}
