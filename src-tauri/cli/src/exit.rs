//! Exit codes, as cli.md promises them to scripts. Numbers live here and nowhere else.

use std::process::ExitCode;

use segue_engine::error::{Code, Error};
use segue_engine::model::{Run, Status};

use crate::words;

/// How a command ended; ordered, since `--all` reports the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Done, or nothing to do.
    Done = 0,
    /// Failed.
    Failed = 1,
    /// The command is wrong.
    Usage = 2,
    /// Somebody was not sent, or a list could not be verified.
    WithErrors = 3,
    /// The user stopped it.
    Canceled = 4,
    /// Refused before any writing request.
    Refused = 5,
    /// Another process is running this export.
    Busy = 6,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl Exit {
    /// The exit of an error.
    pub(crate) fn of_error(error: &Error) -> Self {
        Self::of_code(error.code)
    }

    fn of_code(code: Code) -> Self {
        match code {
            Code::Usage
            | Code::NotFound
            | Code::NameTaken
            | Code::InUse
            | Code::BadPredicate
            | Code::BadUrl => Self::Usage,
            Code::NoConsent | Code::OverLimit | Code::BadMatching | Code::ListTaken => Self::Refused,
            Code::Busy => Self::Busy,
            Code::Canceled => Self::Canceled,
            _ => Self::Failed,
        }
    }

    /// The exit of a run, by its status; a failed run's reason may say that it was refused.
    pub(crate) fn of_run(run: &Run) -> Self {
        match run.status {
            // What could not be read was not sent; without such a reason there was nothing to do.
            Status::Skipped if words::code_of(&run.reason).is_some() => Self::Failed,
            Status::Successful | Status::Skipped => Self::Done,
            Status::CompletedWithErrors => Self::WithErrors,
            Status::Canceled => Self::Canceled,
            // Another run of the account has not let go: this one did not begin.
            Status::Queued | Status::NotStarted => Self::Busy,
            Status::Processing => Self::Failed,
            Status::Failed => match words::code_of(&run.reason) {
                Some("over_limit" | "no_consent" | "bad_matching" | "list_taken") => Self::Refused,
                Some("busy") => Self::Busy,
                _ => Self::Failed,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_promised_number_is_reached() {
        let number = |code| Exit::of_code(code) as u8;
        assert_eq!(number(Code::KeyRefused), 1, "a refused key is a failure");
        assert_eq!(number(Code::NotFound), 2, "a wrong name is wrong usage");
        assert_eq!(number(Code::Canceled), 4, "Ctrl-C");
        assert_eq!(number(Code::OverLimit), 5, "refused before any writing request");
        assert_eq!(number(Code::NoConsent), 5, "refused before any writing request");
        assert_eq!(number(Code::Busy), 6, "another process");
    }

    #[test]
    fn all_reports_the_highest() {
        assert_eq!([Exit::Done, Exit::WithErrors, Exit::Failed].into_iter().max(), Some(Exit::WithErrors));
    }
}
