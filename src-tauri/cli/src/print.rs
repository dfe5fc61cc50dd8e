//! The only place that writes to standard output and standard error.
//!
//! For people by default; with `--json` one document a command, or one object a line for a run.
//! When the reader of standard output has gone, what follows is dropped without a word: a run that
//! is under way finishes and keeps its exit code.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use schemars::JsonSchema;
use segue_engine::error::{Code, Error, Result};
use serde::Serialize;

/// Where a command's words go.
#[derive(Debug, Clone)]
pub(crate) struct Printer {
    json: bool,
    /// Whether the reader of standard output has gone.
    deaf: Arc<AtomicBool>,
}

/// An error as `--json` prints it on standard error.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ErrorEvent<'a> {
    /// `error`.
    event: &'static str,
    /// What went wrong, for programs.
    code: Code,
    /// What happened, what was sent and what was not.
    message: &'a str,
    /// What to do about it; may be empty.
    help: &'a str,
}

impl Printer {
    /// A printer for people, or for programs.
    pub(crate) fn new(json: bool) -> Self {
        Self { json, deaf: Arc::default() }
    }

    /// Whether the reader is a program.
    pub(crate) fn json(&self) -> bool {
        self.json
    }

    /// A command's one answer: the document with `--json`, whose schema stands in docs/json, else the
    /// words.
    pub(crate) fn answer<T: Serialize + JsonSchema>(
        &self,
        document: &T,
        words: impl FnOnce() -> String,
    ) -> Result<()> {
        if self.json { self.document(document) } else { self.words(&words()) }
    }

    /// One JSON object on one line.
    pub(crate) fn document<T: Serialize + JsonSchema>(&self, document: &T) -> Result<()> {
        let text = serde_json::to_string(document)
            .map_err(|error| Error::internal(format!("an answer has no JSON form ({error})")))?;
        self.out(&text)
    }

    /// Words for people on standard output; nothing with `--json`.
    pub(crate) fn words(&self, text: &str) -> Result<()> {
        if self.json { Ok(()) } else { self.out(&plain(text)) }
    }

    /// A line on standard output as it is, flushed, in both forms: what scripts wait for.
    pub(crate) fn raw(&self, text: &str) -> Result<()> {
        self.out(text)
    }

    /// A remark beside the answer, on standard error; nothing with `--json`.
    pub(crate) fn note(&self, text: &str) {
        if !self.json {
            err(&plain(text));
        }
    }

    /// An error, on standard error.
    pub(crate) fn error(&self, error: &Error) {
        let Error { code, message, help, .. } = error;
        if self.json {
            let event = ErrorEvent { event: "error", code: *code, message, help };
            if let Ok(text) = serde_json::to_string(&event) {
                err(&text);
            }
            return;
        }
        err(&format!("error: {}", plain(message)));
        if !help.is_empty() {
            err(&plain(help));
        }
    }

    fn out(&self, text: &str) -> Result<()> {
        if self.deaf.load(Ordering::Relaxed) {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        match writeln!(out, "{text}").and_then(|()| out.flush()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.deaf.store(true, Ordering::Relaxed);
                Ok(())
            }
            Err(error) => Err(Error::new(
                Code::Internal,
                format!("The answer could not be written to standard output: {error}."),
            )
            .help("Nothing else went wrong; look at where the output goes.")),
        }
    }
}

/// Writes to standard error; a closed one is nobody's loss.
fn err(text: &str) {
    drop(writeln!(io::stderr().lock(), "{text}"));
}

/// The text without control characters, so that a cell of somebody's file cannot steer a terminal.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_does_not_reach_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\nc"), "a\u{fffd}[2Jb\nc");
    }
}
