//! Progress of a run, for whoever watches: a bar on a terminal, lines elsewhere, JSON for programs.

mod bar;
mod lines;

use std::sync::Arc;

use schemars::JsonSchema;
use segue_engine::model::Progress;
use segue_engine::run::Observer;
use serde::Serialize;

use crate::print::Printer;
use crate::table::{duration, number};
use crate::words;

/// The observer that fits the reader. Keep it until the run has ended: dropping clears a bar.
pub(crate) fn observer(print: &Printer) -> Arc<dyn Observer> {
    use std::io::IsTerminal;
    if print.json() {
        Arc::new(Events(print.clone()))
    } else if std::io::stderr().is_terminal() {
        Arc::new(bar::Bar::new())
    } else {
        Arc::new(lines::Lines::new(print.clone()))
    }
}

/// The observer for one of several runs at the same time: lines that name the export, and no bar.
pub(crate) fn observer_of_several(print: &Printer) -> Arc<dyn Observer> {
    if print.json() { Arc::new(Events(print.clone())) } else { Arc::new(lines::Lines::new(print.clone())) }
}

/// Nobody watches.
pub(crate) struct Unwatched;

impl Observer for Unwatched {
    fn on(&self, _: &Progress) {}
}

/// One JSON object a line; the engine calls at most ten times a second.
struct Events(Printer);

/// A snapshot of a run, as `--json` prints it.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Event<'a> {
    /// `progress`.
    event: &'static str,
    #[serde(flatten)]
    progress: &'a Progress,
}

impl Observer for Events {
    fn on(&self, progress: &Progress) {
        // A full disk behind standard output is reported when the result is printed.
        drop(self.0.document(&Event { event: "progress", progress }));
    }
}

/// What stands behind the counts: requests, rate, time left, or what is waited for.
fn details(progress: &Progress) -> String {
    if !progress.waiting.is_empty() {
        return progress.waiting.clone();
    }
    let mut parts = Vec::new();
    if progress.requests > 0 {
        parts.push(format!("{} requests", number(progress.requests)));
    }
    if progress.per_second >= 0.05 {
        parts.push(format!("{:.1} a second", progress.per_second));
    }
    if let Some(seconds) = progress.seconds_left {
        parts.push(format!("about {} left", duration(seconds)));
    }
    parts.join(", ")
}

/// The stage with its steps, where they are known.
fn steps(progress: &Progress) -> String {
    let stage = words::stage(progress.stage);
    match (progress.done, progress.total) {
        (0, 0) => stage.to_owned(),
        (done, 0) => format!("{stage}: {}", number(done)),
        (done, total) => format!("{stage}: {} of {}", number(done), number(total)),
    }
}
