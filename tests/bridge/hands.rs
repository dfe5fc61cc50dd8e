//! A clock that the test sets, whoever does what is due by it, and chance that comes again.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use segue_engine::clock::{BootTime, Clock};
use segue_engine::error::Result;
use segue_engine::model::{ExportId, Progress, Recurrence, Refresh, Run, RunId, Schedule, ScheduleMode};
use segue_engine::run::{Observer, RunOptions};
use segue_engine::{Ended, Engine, RunDue};
use serde_json::json;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_util::sync::CancellationToken;

/// The hands of a clock. Clones are the same clock.
#[derive(Clone)]
pub(crate) struct Hands(Arc<Mutex<(Timestamp, i64)>>);

impl Hands {
    /// They stand at this moment until somebody moves them.
    pub(crate) fn at(moment: &str) -> Self {
        Self(Arc::new(Mutex::new((moment.parse().unwrap(), 1_000_000))))
    }

    /// Time passes, awake or asleep.
    pub(crate) fn pass(&self, time: SignedDuration) {
        let mut hands = self.0.lock().unwrap();
        hands.0 += time;
        hands.1 += i64::try_from(time.as_millis()).unwrap();
    }

    /// Time passes until this moment.
    pub(crate) fn pass_to(&self, moment: Timestamp) {
        self.pass(moment.duration_since(self.now()));
    }

    /// Somebody sets the time of day; no time passes.
    pub(crate) fn set(&self, by: SignedDuration) {
        self.0.lock().unwrap().0 += by;
    }
}

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        self.0.lock().unwrap().0
    }

    fn boot_time(&self) -> BootTime {
        BootTime { boot: "boot".to_owned(), millis: self.0.lock().unwrap().1 }
    }
}

pub(crate) fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

pub(crate) fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

/// Every day at these times of a zone.
pub(crate) fn daily(at: &[&str], zone: &str) -> Recurrence {
    serde_json::from_value(json!({ "every": "day", "on": [], "at": at, "zone": zone })).unwrap()
}

/// By its own recurrence.
pub(crate) fn own(recurrence: Recurrence) -> Schedule {
    Schedule { mode: ScheduleMode::Own, recurrence: Some(recurrence) }
}

/// Does what is due, and keeps what it was told.
pub(crate) struct Doer {
    pub(crate) engine: Engine,
    pub(crate) observer: Arc<dyn Observer>,
    told: UnboundedSender<Refresh>,
}

struct Nobody;

impl Observer for Nobody {
    fn on(&self, _: &Progress) {}
}

impl Doer {
    pub(crate) fn new(engine: Engine) -> Self {
        Self::telling(engine).0
    }

    /// One that tells how a refresh goes.
    pub(crate) fn telling(engine: Engine) -> (Self, UnboundedReceiver<Refresh>) {
        let (told, refreshes) = unbounded_channel();
        (Self { engine, observer: Arc::new(Nobody), told }, refreshes)
    }

    /// Does whatever is due.
    pub(crate) async fn tick(&self) -> Vec<Ended> {
        self.engine.tick(self, &CancellationToken::new()).await.unwrap()
    }
}

#[async_trait]
impl RunDue for Doer {
    async fn run(&self, export: ExportId, options: RunOptions) -> Result<Run> {
        let (id, cancel) = (export.to_string(), CancellationToken::new());
        self.engine.run_export(&id, options, Arc::clone(&self.observer), cancel).await
    }

    async fn resume(&self, run: RunId, _: ExportId) -> Result<Run> {
        let (id, cancel) = (run.to_string(), CancellationToken::new());
        let ended = self.engine.resume_run(Some(&id), Arc::clone(&self.observer), cancel).await?;
        Ok(ended.into_iter().next().expect("the run that was asked for"))
    }

    fn refreshing(&self, refresh: &Refresh) {
        self.told.send(refresh.clone()).ok();
    }
}

/// Chance, the same for a seed (splitmix64).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    /// A number in a range, signed.
    pub(crate) fn within(&mut self, from: i64, to: i64) -> i64 {
        from + i64::try_from(self.below(u64::try_from(to - from).unwrap())).unwrap()
    }
}
