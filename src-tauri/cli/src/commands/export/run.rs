//! `segue export run`: runs one export, or all of them one after the other.

use std::sync::Arc;

use clap::Args;
use segue_engine::Engine;
use segue_engine::error::Result;
use segue_engine::model::Trigger;
use segue_engine::run::{Emptying, Observer, RunOptions};

use crate::commands::run::finished;
use crate::exit::Exit;
use crate::host::Host;
use crate::progress::Unwatched;
use crate::table::count;
use crate::{interrupt, progress};

/// What stands under `export run --help`.
pub(super) const HELP: &str = "\
Ctrl-C once finishes the requests in flight and ends with 4. A run that died goes on with the next.

Examples:
  segue export run Weekly
  segue export run Weekly --first 10
  segue export run --all --json";

/// The words of `export run`.
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// Name or id
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    name: Option<String>,
    /// Run every export; the exit code is the highest of theirs
    #[arg(long)]
    all: bool,
    /// Send everybody, changed or not
    #[arg(long)]
    full: bool,
    /// Send again whom the account refused twice
    #[arg(long)]
    retry_failed: bool,
    /// Take off leavers although a list loses many at once
    #[arg(long)]
    allow_loss: bool,
    /// Have lists that are gone from the account made anew
    #[arg(long)]
    new_lists: bool,
    /// Make people anew who were deleted in the account (they are left out otherwise)
    #[arg(long)]
    create_gone: bool,
    /// Only the person of this address
    #[arg(long, value_name = "EMAIL", conflicts_with_all = ["first", "all"])]
    only: Option<String>,
    /// Only the first N people
    #[arg(long, value_name = "N", conflicts_with = "all", value_parser = clap::value_parser!(u64).range(1..))]
    first: Option<u64>,
}

/// Takes everybody off whom the export put on these lists, as a run of its own. `None`: done, go on;
/// else how it ended, and nothing else is to be done.
pub(super) async fn empty(
    host: &Host,
    engine: &Engine,
    name: &str,
    wanted: Emptying,
) -> Result<Option<Exit>> {
    interrupt::announce(&host.stop, &host.print);
    // Held until the end: dropping it flushes.
    let _log = host.log();
    let observer: Arc<dyn Observer> =
        if host.print.json() { Arc::new(Unwatched) } else { progress::observer(&host.print) };
    let options = RunOptions { empty: Some(wanted), ..RunOptions::default() };
    let run = engine.run_export(name, options, observer, host.stop.clone()).await?;
    if Exit::of_run(&run) == Exit::Done {
        host.print
            .note(&format!("{} taken off.", count(run.counts.leavers.removed, "person was", "people were")));
        return Ok(None);
    }
    finished(host, &run).map(Some)
}

impl RunArgs {
    /// Runs.
    pub(super) async fn run(self, host: &Host) -> Result<Exit> {
        let engine = host.engine()?;
        interrupt::announce(&host.stop, &host.print);
        // Held until the end: dropping it flushes.
        let _log = host.log();
        match &self.name {
            Some(name) => self.one(host, &engine, name).await,
            None => self.every(host, &engine).await,
        }
    }

    async fn every(&self, host: &Host, engine: &Engine) -> Result<Exit> {
        let exports = engine.exports().await?;
        if exports.is_empty() {
            host.print.words("There is no export to run.")?;
        }
        let mut exit = Exit::Done;
        for export in exports {
            if host.stop.is_cancelled() {
                return Ok(exit.max(Exit::Canceled));
            }
            // One that fails does not keep the others from running.
            let ended = self.one(host, engine, &export.id.to_string()).await.unwrap_or_else(|error| {
                host.print.error(&error);
                Exit::of_error(&error)
            });
            exit = exit.max(ended);
        }
        Ok(exit)
    }

    async fn one(&self, host: &Host, engine: &Engine, name: &str) -> Result<Exit> {
        let observer = progress::observer(&host.print);
        let run = engine.run_export(name, self.options(), observer, host.stop.clone()).await?;
        let exit = finished(host, &run);
        // After the answer: a webhook or a mail server may take its time.
        engine.tell_of(&run).await;
        exit
    }

    fn options(&self) -> RunOptions {
        RunOptions {
            full: self.full,
            retry_failed: self.retry_failed,
            allow_loss: self.allow_loss,
            new_lists: self.new_lists,
            create_gone: self.create_gone,
            only: self.only.clone(),
            first: self.first,
            trigger: Trigger::CommandLine,
            ..RunOptions::default()
        }
    }
}
