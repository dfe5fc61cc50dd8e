//! What is due is done while the window is open or in the tray: somebody looks at least every half minute, so
//! that a computer that slept is noticed soon (C03), and at the next due time itself.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::SignedDuration;
use segue_engine::error::Result;
use segue_engine::model::{Due, ExportId, Owner, Refresh, Run, RunId};
use segue_engine::run::RunOptions;
use segue_engine::{Engine, RunDue};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::under_way::{Begin, UnderWay};
use crate::{Event, Events, Noun};

/// The longest that nobody looks.
const PAUSE: Duration = Duration::from_secs(30);

/// The schedules of this window. Clones share them.
#[derive(Clone)]
pub(crate) struct Schedules {
    engine: Engine,
    events: Events,
    runs: UnderWay,
    tasks: TaskTracker,
    stop: CancellationToken,
    look: Arc<Notify>,
    pause: Duration,
}

impl Schedules {
    /// Those of this engine; with `pause` in place of half a minute where a test's clock runs.
    pub(crate) fn new(engine: Engine, events: Events, runs: UnderWay, pause: Option<Duration>) -> Self {
        Self {
            engine,
            events,
            look: runs.ended_one(),
            runs,
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
            pause: pause.unwrap_or(PAUSE),
        }
    }

    /// Has somebody look at once: a schedule is another. Whenever a run of this window ends somebody looks too, as
    /// a due time may wait for it.
    pub(crate) fn look(&self) {
        self.look.notify_one();
    }

    /// Nothing more is begun.
    pub(crate) fn stop(&self) {
        self.stop.cancel();
    }

    /// Waits until what was begun has ended.
    pub(crate) async fn ended(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Looks until it is stopped. Whoever waits for what was begun waits for this as well.
    pub(crate) async fn keep(self) {
        let tasks = self.tasks.clone();
        tasks.track_future(self.look_on()).await;
    }

    async fn look_on(self) {
        while !self.stop.is_cancelled() {
            match self.engine.take_due().await {
                Ok(due) if due.is_empty() => {}
                Ok(due) => self.begin(due),
                // The next look finds it.
                Err(error) => tracing::warn!(code = ?error.code, "What is due could not be looked at."),
            }
            let pause = self.until_next().await;
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.look.notified() => {}
                () = self.stop.cancelled() => {}
            }
        }
    }

    /// How long until something is due, and at most the pause.
    async fn until_next(&self) -> Duration {
        let Ok(next) = self.engine.next_times().await else { return self.pause };
        let left = next.soonest().map(|at| at.duration_since(self.engine.now()));
        left.and_then(|left| Duration::try_from(left.max(SignedDuration::from_millis(1))).ok())
            .map_or(self.pause, |left| left.min(self.pause))
    }

    fn begin(&self, due: Vec<Due>) {
        let own = self.clone();
        self.tasks.spawn(async move {
            own.events.changed(&[Noun::Schedules]);
            let refreshes = due.iter().any(|due| due.owner == Owner::System);
            let carried_out = own.engine.carry_out(due, &own, &own.stop).await;
            let refreshed = refreshes && carried_out.is_ok();
            match carried_out {
                // A run told of itself when it ended, and is not told of twice; what never ran is told of here.
                Ok(ended) => {
                    for run in ended.into_iter().filter_map(|one| one.run.ok()) {
                        own.runs.tell_notice(&run).await;
                    }
                }
                Err(error) => tracing::warn!(code = ?error.code, "What was due was not carried out."),
            }
            own.events.changed(&[
                Noun::Schedules,
                Noun::Audiences,
                Noun::Segments,
                Noun::Exports,
                Noun::Runs,
                Noun::Audit,
            ]);
            // After a refresh its exports are due. What could not be begun waits for the next look, or for the
            // end of a run.
            if refreshed {
                own.look();
            }
        });
    }
}

#[async_trait]
impl RunDue for Schedules {
    async fn run(&self, export: ExportId, options: RunOptions) -> Result<Run> {
        self.runs.to_its_end(export, Begin::Export(options)).await
    }

    async fn resume(&self, run: RunId, export: ExportId) -> Result<Run> {
        self.runs.to_its_end(export, Begin::Resume(run)).await
    }

    fn refreshing(&self, refresh: &Refresh) {
        self.events.tell(Event::Refresh(Box::new(refresh.clone())));
        self.events.changed(&[Noun::Schedules]);
    }
}
