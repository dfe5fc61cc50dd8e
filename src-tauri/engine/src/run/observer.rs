//! Progress: throttled snapshots of a run under way, for whoever watches.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::model::{Counts, Outcome, Progress, Run, RunId, Stage};

/// Whoever watches a run: a progress bar, a window, a test.
pub trait Observer: Send + Sync {
    /// Takes a snapshot; called at most ten times a second, and at each new stage.
    fn on(&self, progress: &Progress);
}

/// Between two snapshots of one stage.
const PACE: Duration = Duration::from_millis(100);
/// In any second, whatever happens.
const MOST: usize = 10;

/// The running numbers of a run. The truth is in the store; these are for the eye.
pub struct Watch {
    run: RunId,
    export: String,
    observer: Arc<dyn Observer>,
    requests: Arc<AtomicU64>,
    state: Mutex<State>,
}

struct State {
    stage: Stage,
    done: u64,
    total: u64,
    counts: Counts,
    waiting: String,
    began: Instant,
    /// When the last snapshots were given, oldest first.
    told: VecDeque<Instant>,
}

impl Watch {
    /// Watches this run; `requests` counts what its account sends.
    pub(crate) fn new(run: &Run, observer: Arc<dyn Observer>, requests: Arc<AtomicU64>) -> Self {
        let state = State {
            stage: Stage::Read,
            done: 0,
            total: 0,
            counts: run.counts,
            waiting: String::new(),
            began: Instant::now(),
            told: VecDeque::with_capacity(MOST),
        };
        Self { run: run.id, export: run.export.clone(), observer, requests, state: Mutex::new(state) }
    }

    /// A new stage with so many steps.
    pub(crate) fn stage(&self, stage: Stage, total: u64) {
        self.change(true, |state| {
            state.stage = stage;
            state.done = 0;
            state.total = total;
            state.began = Instant::now();
        });
    }

    /// The numbers as the plan has them.
    pub(crate) fn counts(&self, counts: Counts) {
        self.change(false, |state| state.counts = counts);
    }

    /// People who moved from one class to another.
    pub(crate) fn moved(&self, from: Outcome, to: Outcome, people: u64) {
        self.change(false, |state| {
            let left = state.counts.of(from);
            *left = left.saturating_sub(people);
            *state.counts.of(to) += people;
            state.done += people;
        });
    }

    /// What the run waits for, in words; empty when it goes on.
    pub(crate) fn waiting(&self, what: &str) {
        self.change(!what.is_empty(), |state| what.clone_into(&mut state.waiting));
    }

    fn change(&self, now: bool, change: impl FnOnce(&mut State)) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut state);
        let too_soon = state.told.back().is_some_and(|told| told.elapsed() < PACE);
        let too_many =
            state.told.len() == MOST && state.told.front().is_some_and(|told| told.elapsed().as_secs() < 1);
        if too_many || (too_soon && !now) {
            return;
        }
        if state.told.len() == MOST {
            state.told.pop_front();
        }
        state.told.push_back(Instant::now());
        let seconds = state.began.elapsed().as_secs_f64();
        let per_second = if seconds > 0.2 { state.done as f64 / seconds } else { 0.0 };
        let left = state.total.saturating_sub(state.done);
        let seconds_left = (per_second > 0.0).then(|| (left as f64 / per_second).ceil() as u64);
        let progress = Progress {
            run: self.run,
            export: self.export.clone(),
            stage: state.stage,
            done: state.done,
            total: state.total,
            requests: self.requests.load(Ordering::Relaxed),
            per_second,
            seconds_left,
            waiting: state.waiting.clone(),
            counts: state.counts,
        };
        drop(state);
        self.observer.on(&progress);
    }
}
