//! `segue run`: what happened.

mod people;
mod show;

use std::path::PathBuf;

use clap::Subcommand;
use schemars::JsonSchema;
use segue_engine::error::Result;
use segue_engine::model::Run;
use serde::Serialize;

use crate::answers::{Canceled, Written};
use crate::exit::Exit;
use crate::host::Host;
use crate::{interrupt, progress, report};

use people::Class;

/// The deeds.
#[derive(Debug, Subcommand)]
pub(crate) enum RunCommand {
    /// List the runs, newest first
    #[command(after_help = "Example:\n  segue run list")]
    List,
    /// Show a run
    #[command(after_help = "Example:\n  segue run show 01980c5e-7c1a-7000-8000-000000000000")]
    Show {
        /// The run's id
        id: String,
    },
    /// List the people of a run: what became of each, why, and what the account said
    #[command(after_help = "\
With --csv they become a fix list: the columns that the export read, under their own names, then
outcome, reason, answer and suggestion (anna@gmail.com for anna@gamil.com). Mend the addresses and
add the file as an audience. Only you can read it. A cell that begins with = + - @ or a tab has an
apostrophe in front, so that no spreadsheet takes it for a formula; take it out where it was not.

Examples:
  segue run people 01980c5e-7c1a-7000-8000-000000000000 --outcome invalid
  segue run people 01980c5e-7c1a-7000-8000-000000000000 --outcome invalid --csv fix.csv")]
    People {
        /// The run's id
        id: String,
        /// Only those of this class
        #[arg(long, value_name = "CLASS")]
        outcome: Option<Class>,
        /// Write them to a CSV file, a fix list (below)
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
    },
    /// Stop a run, also one of another process; what is in flight is finished
    #[command(after_help = "Example:\n  segue run cancel 01980c5e-7c1a-7000-8000-000000000000")]
    Cancel {
        /// The run's id
        id: String,
    },
    /// Go on with a run that died or failed, or with all such runs
    #[command(
        after_help = "Examples:\n  segue run resume\n  segue run resume 01980c5e-7c1a-7000-8000-000000000000"
    )]
    Resume {
        /// The run's id
        id: Option<String>,
    },
}

/// The last line of a run with `--json`.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Finished<'a> {
    /// `finished`.
    event: &'static str,
    /// How it ended.
    run: &'a Run,
}

impl RunCommand {
    /// Does it.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        match self {
            Self::Resume { id } => resume(host, id.as_deref()).await,
            other => host.unless_stopped(other.look(host)).await,
        }
    }

    async fn look(self, host: &Host) -> Result<Exit> {
        let engine = host.engine()?;
        match self {
            Self::List => {
                let runs = engine.runs().await?;
                host.print.answer(&runs, || show::list(&runs))?;
            }
            Self::Show { id } => {
                let run = engine.run(&id).await?;
                host.print.answer(&run, || show::whole(&run))?;
            }
            Self::People { id, outcome, csv: None } => {
                let people = engine.run_people(&id, outcome.map(Into::into)).await?;
                host.print.answer(&people, || people::table(&people))?;
            }
            Self::People { id, outcome, csv: Some(file) } => {
                let list = engine.fix_list(&id, outcome.map(Into::into)).await?;
                people::write(&file, &list)?;
                let rows = list.rows.len() as u64;
                let written = Written { segment: None, file: &file, rows };
                host.print.answer(&written, || people::written(&file, rows))?;
            }
            Self::Cancel { id } => {
                engine.cancel_run(&id).await?;
                host.print.answer(&Canceled { canceled: &id }, || {
                    "The run is asked to stop; it finishes the requests in flight first.".to_owned()
                })?;
            }
            Self::Resume { id } => return resume(host, id.as_deref()).await,
        }
        Ok(Exit::Done)
    }
}

async fn resume(host: &Host, id: Option<&str>) -> Result<Exit> {
    let engine = host.engine()?;
    interrupt::announce(&host.stop, &host.print);
    // Held until the end: dropping it flushes.
    let _log = host.log();
    let observer = progress::observer(&host.print);
    let runs = engine.resume_run(id, observer, host.stop.clone()).await?;
    if runs.is_empty() {
        host.print.words("There is no run to go on with.")?;
    }
    let mut exit = Exit::Done;
    for run in &runs {
        exit = exit.max(finished(host, run)?);
    }
    Ok(exit)
}

/// Prints how a run ended, and gives its exit code.
pub(crate) fn finished(host: &Host, run: &Run) -> Result<Exit> {
    host.print.answer(&Finished { event: "finished", run }, || report::report(run))?;
    Ok(Exit::of_run(run))
}
