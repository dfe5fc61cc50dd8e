//! Runs under way: those that this window began, each on a task of its own, so that no command waits for
//! one and closing the window ends none.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use segue_engine::Engine;
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{ExportId, Progress, Run, RunId, Stage, Status, Trigger};
use segue_engine::run::{Emptying, Observer, RunOptions};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::{Event, Events, Noun};

/// The runs under way of this window. Clones share them.
#[derive(Clone)]
pub(crate) struct UnderWay {
    engine: Engine,
    events: Events,
    stop: CancellationToken,
    tasks: TaskTracker,
    begun: Arc<Mutex<Begun>>,
    ended_one: Arc<Notify>,
}

#[derive(Default)]
struct Begun {
    /// How each run goes, by the number it was begun under.
    going: HashMap<u64, Going>,
    /// Whoever begins a run of an export waits for whoever does so already.
    gates: HashMap<ExportId, Arc<tokio::sync::Mutex<()>>>,
    last: u64,
}

struct Going {
    export: ExportId,
    progress: Option<Progress>,
}

/// What is begun: a run of an export, or one that stopped.
pub(crate) enum Begin {
    /// A new run.
    Export(RunOptions),
    /// A run that died or stopped goes on.
    Resume(RunId),
    /// Everybody comes off the lists of the export; once they are, it is removed.
    Remove,
}

/// Why no run goes on.
#[derive(Debug, Clone)]
pub(crate) struct Refused {
    /// The run, if it stands in the history.
    pub(crate) run: Option<RunId>,
    /// Why.
    pub(crate) error: Error,
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self { run: None, error }
    }
}

/// Until when whoever begins a run waits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Until {
    /// The run stands in the history.
    Begun,
    /// Its plan is committed, so that what refuses it is known.
    Planned,
}

/// How far a run has come, for whoever waits until it has begun.
#[derive(Clone)]
enum Come {
    No,
    Far(RunId, Stage),
    Ended(Box<std::result::Result<Run, Refused>>),
}

impl UnderWay {
    pub(crate) fn new(engine: Engine, events: Events) -> Self {
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        Self { engine, events, stop, tasks, begun: Arc::default(), ended_one: Arc::default() }
    }

    /// Notified whenever a run has ended.
    pub(crate) fn ended_one(&self) -> Arc<Notify> {
        Arc::clone(&self.ended_one)
    }

    /// Begins a run on a task of its own. While one of the export is under way, here or in another
    /// process, its id is the answer: a second click begins nothing (U01).
    ///
    /// # Errors
    /// What refuses a run before it stands in the history.
    pub(crate) async fn begin(
        &self,
        export: ExportId,
        begin: Begin,
        until: Until,
    ) -> std::result::Result<RunId, Refused> {
        let gate = Arc::clone(self.lock().gates.entry(export).or_default());
        let _alone = gate.lock().await;
        if let Some(run) = self.of_export(export).await? {
            return Ok(run);
        }
        let mut come = self.spawn(export, begin);
        let come = come
            .wait_for(|come| match come {
                Come::No => false,
                Come::Far(_, stage) => {
                    until == Until::Begun || !matches!(stage, Stage::Read | Stage::Match | Stage::Compare)
                }
                Come::Ended(_) => true,
            })
            .await
            .map_err(|_| Error::internal("a run ended without a word"))?
            .clone();
        let ended = match come {
            Come::Far(run, _) => return Ok(run),
            Come::No => return Err(Error::internal("a run neither began nor ended").into()),
            Come::Ended(ended) => ended,
        };
        match *ended {
            Ok(run) => Ok(run.id),
            Err(refused) => match self.engine.run_under_way(export).await? {
                // Another process was quicker.
                Some(run) if refused.error.code == Code::Busy => Ok(run),
                _ => Err(refused),
            },
        }
    }

    /// Runs to the end. `busy` while a run of the export is under way, here or in another process.
    pub(crate) async fn to_its_end(&self, export: ExportId, begin: Begin) -> Result<Run> {
        let mut come = {
            let gate = Arc::clone(self.lock().gates.entry(export).or_default());
            let _alone = gate.lock().await;
            if self.of_export(export).await?.is_some() {
                return Err(Error::new(Code::Busy, "A run of this export is under way.").retryable());
            }
            let mut come = self.spawn(export, begin);
            // Whoever begins one next is to find this one.
            if come.wait_for(|come| !matches!(come, Come::No)).await.is_err() {
                return Err(Error::internal("a run ended without a word"));
            }
            come
        };
        let ended = come.wait_for(|come| matches!(come, Come::Ended(_))).await;
        match ended.map(|come| come.clone()) {
            Ok(Come::Ended(ended)) => ended.map_err(|refused| refused.error),
            _ => Err(Error::internal("a run ended without a word")),
        }
    }

    /// Tells whoever wants to be told, where a run changed the state of its export.
    pub(crate) async fn tell_notice(&self, run: &Run) {
        match self.engine.take_notice(run).await {
            Ok(Some(notice)) => {
                // The system's own notice first: webhook and mail may take their time.
                if self.engine.notice_settings().await.is_ok_and(|settings| settings.desktop) {
                    self.events.tell(Event::Notice(Box::new(notice.clone())));
                }
                self.engine.deliver_notice(&notice).await;
                self.events.changed(&[Noun::Notices]);
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(code = ?error.code, "It was not found out what is to be told."),
        }
    }

    /// The run of an export that is under way, whoever executes it.
    async fn of_export(&self, export: ExportId) -> Result<Option<RunId>> {
        let ours = self
            .lock()
            .going
            .values()
            .find(|going| going.export == export)
            .and_then(|going| going.progress.as_ref().map(|progress| progress.run));
        match ours {
            Some(run) => Ok(Some(run)),
            None => self.engine.run_under_way(export).await,
        }
    }

    /// How a run of this window goes; `None` where it is not one, or has not begun.
    pub(crate) fn progress(&self, run: RunId) -> Option<Progress> {
        let begun = self.lock();
        let mut ours = begun.going.values().filter_map(|going| going.progress.as_ref());
        ours.find(|progress| progress.run == run).cloned()
    }

    /// Cancels all runs: what is in flight is finished.
    pub(crate) fn stop(&self) {
        self.stop.cancel();
    }

    /// Waits until every run has ended.
    pub(crate) async fn ended(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    fn spawn(&self, export: ExportId, begin: Begin) -> watch::Receiver<Come> {
        let (tell, come) = watch::channel(Come::No);
        let tell = Arc::new(tell);
        let place = {
            let mut begun = self.lock();
            begun.last += 1;
            let place = begun.last;
            begun.going.insert(place, Going { export, progress: None });
            place
        };
        let observer: Arc<dyn Observer> =
            Arc::new(Watcher { runs: self.clone(), place, tell: Arc::clone(&tell) });
        let (runs, engine, cancel) = (self.clone(), self.engine.clone(), self.stop.child_token());
        let work = tokio::spawn(async move {
            match begin {
                Begin::Export(options) => {
                    engine.run_export(&export.to_string(), options, observer, cancel).await
                }
                Begin::Resume(run) => {
                    let ended = engine.resume_run(Some(&run.to_string()), observer, cancel).await?;
                    ended.into_iter().next().ok_or_else(|| Error::not_found("run", &run.to_string()))
                }
                Begin::Remove => remove(&engine, export, observer, cancel).await,
            }
        });
        self.tasks.spawn(async move {
            let ended =
                work.await.unwrap_or_else(|_| Err(Error::internal("a run stopped where it must not")));
            let seen = runs.lock().going.remove(&place).and_then(|going| going.progress);
            let seen = seen.map(|seen| seen.run);
            // What refused a run stands in its row.
            let row = match (&ended, seen) {
                (Ok(run), _) => Some(run.clone()),
                (Err(_), Some(seen)) => runs.engine.run(&seen.to_string()).await.ok(),
                (Err(_), None) => None,
            };
            if let Err(error) = &ended {
                tracing::warn!(code = ?error.code, "A run was refused or stopped.");
            }
            let ended = ended.map_err(|error| Refused { run: seen, error });
            tell.send_replace(Come::Ended(Box::new(ended)));
            if let Some(row) = &row {
                runs.events.tell(Event::RunEnded(Box::new(row.clone())));
            }
            runs.events.changed(&[Noun::Runs, Noun::Exports, Noun::Audit]);
            runs.ended_one.notify_one();
            if let Some(row) = &row {
                runs.tell_notice(row).await;
            }
        });
        come
    }

    fn lock(&self) -> MutexGuard<'_, Begun> {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes everybody off the lists of an export, and then removes it; where somebody stays on one, it stays.
async fn remove(
    engine: &Engine,
    export: ExportId,
    observer: Arc<dyn Observer>,
    cancel: CancellationToken,
) -> Result<Run> {
    let options =
        RunOptions { empty: Some(Emptying::All), trigger: Trigger::Manual, ..RunOptions::default() };
    let run = engine.run_export(&export.to_string(), options, observer, cancel).await?;
    if run.status != Status::Canceled && !run.resumable && run.counts.leavers.failed == 0 {
        engine.remove_export(&export.to_string()).await?;
    }
    Ok(run)
}

/// Watches one run.
struct Watcher {
    runs: UnderWay,
    place: u64,
    tell: Arc<watch::Sender<Come>>,
}

impl Observer for Watcher {
    fn on(&self, progress: &Progress) {
        let mut begun = self.runs.lock();
        let Some(going) = begun.going.get_mut(&self.place) else { return };
        let first = going.progress.as_ref().is_none_or(|before| before.run != progress.run);
        going.progress = Some(progress.clone());
        drop(begun);
        self.tell.send_replace(Come::Far(progress.run, progress.stage));
        self.runs.events.tell(Event::RunProgress(Box::new(progress.clone())));
        if first {
            self.runs.events.changed(&[Noun::Runs, Noun::Exports]);
        }
    }
}
