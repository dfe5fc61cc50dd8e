//! `segue tick`: runs whatever is due now, then ends. What the scheduler of the operating system starts.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use clap::Args;
use segue_engine::error::{Error, Result};
use segue_engine::model::{ExportId, Refresh, RefreshState, RefreshedAudience, Run, RunId};
use segue_engine::run::RunOptions;
use segue_engine::{Ended, Engine, RunDue};

use crate::commands::run::finished;
use crate::exit::Exit;
use crate::host::Host;
use crate::table::{count, moment};
use crate::{interrupt, progress, words};

/// The words of `tick`.
#[derive(Debug, Args)]
#[command(after_help = "\
Runs that died go on first; then the system refresh and the exports whose time has come, those of
one account one after the other. Times that passed meanwhile are one run, marked late; with a window
open too, each due time still is one run. The exit code is the highest of theirs, 1 where an
audience cannot be read. Ctrl-C once finishes the requests in flight and ends with 4.

Examples:
  segue tick
  segue schedule install --os       have it done every five minutes")]
pub(crate) struct TickCommand {}

impl TickCommand {
    /// Runs what is due.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        let engine = host.engine()?;
        interrupt::announce(&host.stop, &host.print);
        // Held until the end: dropping it flushes.
        let _log = host.log();
        let watch = Watch { host, engine: &engine, seen: Mutex::default() };
        let ended = engine.tick(&watch, &host.stop).await?;
        let nothing = ended.is_empty() && watch.refreshed().is_none();
        let mut exit = watch.refreshed().unwrap_or(Exit::Done);
        for Ended { run, .. } in ended {
            exit = exit.max(match run {
                Ok(run) => watch.tell(&run)?,
                Err(error) => {
                    host.print.error(&error);
                    Exit::of_error(&error)
                }
            });
        }
        if host.stop.is_cancelled() {
            return Ok(exit.max(Exit::Canceled));
        }
        if nothing {
            host.print.words(&next(&engine).await?)?;
        }
        Ok(exit)
    }
}

/// What is said when nothing is due.
async fn next(engine: &Engine) -> Result<String> {
    if engine.schedule_state().await?.paused {
        return Ok("Nothing is due; schedules are paused.".to_owned());
    }
    let times = engine.next_times().await?;
    let first = times.system.into_iter().chain(times.exports.iter().map(|(_, at)| *at)).min();
    Ok(match first {
        Some(at) => format!("Nothing is due; next: {}.", moment(at)),
        None => "Nothing is due; nothing runs by itself (see segue export schedule --help).".to_owned(),
    })
}

/// Runs what the engine says is due, and tells how it went as soon as it has.
struct Watch<'a> {
    host: &'a Host,
    engine: &'a Engine,
    seen: Mutex<Seen>,
}

/// What was seen so far.
#[derive(Default)]
struct Seen {
    /// Runs that were printed.
    runs: HashSet<RunId>,
    /// Audiences of the refresh, as they were last.
    audiences: HashMap<String, RefreshState>,
}

impl Watch<'_> {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Prints a run, the first time it is asked to; its exit code each time.
    fn tell(&self, run: &Run) -> Result<Exit> {
        let new = self.seen().runs.insert(run.id);
        if new { finished(self.host, run) } else { Ok(Exit::of_run(run)) }
    }

    /// The exit code by the audiences; `None` where none was refreshed.
    fn refreshed(&self) -> Option<Exit> {
        self.seen().audiences.values().map(|state| exit_of(*state)).max()
    }
}

#[async_trait]
impl RunDue for Watch<'_> {
    async fn run(&self, export: ExportId, options: RunOptions) -> Result<Run> {
        let observer = progress::observer_of_several(&self.host.print);
        let run =
            self.engine.run_export(&export.to_string(), options, observer, self.host.stop.clone()).await?;
        self.tell(&run)?;
        Ok(run)
    }

    async fn resume(&self, run: RunId, _: ExportId) -> Result<Run> {
        let observer = progress::observer_of_several(&self.host.print);
        let runs = self.engine.resume_run(Some(&run.to_string()), observer, self.host.stop.clone()).await?;
        let run = runs.into_iter().next().ok_or_else(|| Error::internal("a run that died is not there"))?;
        self.tell(&run)?;
        Ok(run)
    }

    fn refreshing(&self, refresh: &Refresh) {
        let mut seen = self.seen();
        for audience in &refresh.audiences {
            let before = seen.audiences.insert(audience.id.clone(), audience.state);
            if before != Some(audience.state)
                && let Some(line) = line(audience)
            {
                self.host.print.note(&line);
            }
        }
    }
}

fn exit_of(state: RefreshState) -> Exit {
    match state {
        RefreshState::Failed => Exit::Failed,
        RefreshState::CompletedWithErrors => Exit::WithErrors,
        RefreshState::Canceled => Exit::Canceled,
        _ => Exit::Done,
    }
}

/// What an audience of a refresh comes to; `None` while there is nothing to say.
fn line(audience: &RefreshedAudience) -> Option<String> {
    let RefreshedAudience { name, state, segments, reason, .. } = audience;
    let reason = words::reason(reason);
    match state {
        RefreshState::Queued | RefreshState::Counting => None,
        RefreshState::Reading => Some(format!("{name}: reading")),
        RefreshState::Successful => {
            let profiles = count(audience.profiles.unwrap_or_default(), "profile", "profiles");
            Some(format!("{name}: {profiles}, {} counted", count(*segments, "segment", "segments")))
        }
        RefreshState::CompletedWithErrors => {
            Some(format!("{name}: a segment could not be counted. {reason}"))
        }
        RefreshState::Canceled => Some(format!("{name}: not read, as the refresh was canceled")),
        RefreshState::Failed => {
            Some(format!("{name}: could not be read, and its exports were skipped. {reason}"))
        }
    }
}
