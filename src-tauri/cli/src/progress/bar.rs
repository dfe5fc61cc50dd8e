//! A progress bar on standard error, with counts, rate and time left.

use indicatif::{ProgressBar, ProgressStyle};
use segue_engine::model::{Progress, Stage};
use segue_engine::run::Observer;

use super::{details, steps};

/// The bar; it leaves no trace when it is dropped.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new() -> Self {
        let bar = ProgressBar::no_length();
        // The template is ours and constant; were it wrong, the plain bar would show.
        if let Ok(style) = ProgressStyle::with_template("{prefix} {bar:30} {percent:>3} %  {wide_msg}") {
            bar.set_style(style.progress_chars("━╸─"));
        }
        Self(bar)
    }
}

impl Observer for Bar {
    fn on(&self, progress: &Progress) {
        if progress.stage == Stage::Done {
            self.0.finish_and_clear();
            return;
        }
        self.0.set_length(progress.total.max(1));
        self.0.set_position(progress.done);
        self.0.set_prefix(steps(progress));
        self.0.set_message(details(progress));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
