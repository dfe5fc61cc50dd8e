//! Progress as lines on standard error: one at each stage, and one every few seconds.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use segue_engine::model::{Progress, Stage};
use segue_engine::run::Observer;

use super::{details, steps};
use crate::print::Printer;

/// Between two lines of one stage.
const QUIET: Duration = Duration::from_secs(3);

/// The lines, and when the last was written.
pub(super) struct Lines {
    print: Printer,
    last: Mutex<Option<(Stage, Instant)>>,
}

impl Lines {
    pub(super) fn new(print: Printer) -> Self {
        Self { print, last: Mutex::new(None) }
    }

    fn is_due(&self, stage: Stage) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let due = last.is_none_or(|(before, at)| before != stage || at.elapsed() >= QUIET);
        if due {
            *last = Some((stage, Instant::now()));
        }
        due
    }
}

impl Observer for Lines {
    fn on(&self, progress: &Progress) {
        if progress.stage == Stage::Done || !self.is_due(progress.stage) {
            return;
        }
        let (steps, details) = (steps(progress), details(progress));
        let separator = if details.is_empty() { "" } else { ", " };
        self.print.note(&format!("{}: {steps}{separator}{details}", progress.export));
    }
}
