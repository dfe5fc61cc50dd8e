//! `segue export`: what is sent where.

pub(crate) mod preview;
mod run;
mod schedule;
mod settings;
pub(crate) mod show;

use clap::Subcommand;
use segue_engine::error::Result;
use segue_engine::model::Export;
use segue_engine::run::Emptying;
use segue_engine::{Engine, NewExport};

use crate::answers::Removed;
use crate::exit::Exit;
use crate::host::Host;

use preview::Group;
use run::RunArgs;
use schedule::ScheduleArgs;
use settings::{AddSettings, EditSettings};
use show::Shown;

/// The deeds.
#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// Add an export; nothing is sent by adding
    #[command(after_help = settings::ADD_HELP)]
    Add {
        /// The export's name
        name: String,
        /// The account: name or id of a connection
        #[arg(long, value_name = "C")]
        connection: String,
        /// The audience: name or id
        #[arg(long, value_name = "A")]
        audience: String,
        #[command(flatten)]
        settings: AddSettings,
    },
    /// Change an export; what is not named stays
    #[command(after_help = settings::EDIT_HELP)]
    Edit {
        /// Name or id
        name: String,
        #[command(flatten)]
        settings: EditSettings,
    },
    /// List the exports
    #[command(after_help = "Example:\n  segue export list")]
    List,
    /// Show an export
    #[command(after_help = "Example:\n  segue export show Weekly")]
    Show {
        /// Name or id
        name: String,
    },
    /// Rename an export
    #[command(after_help = "Example:\n  segue export rename Weekly Monthly")]
    Rename {
        /// Name or id
        name: String,
        /// The new name
        new: String,
    },
    /// Copy an export, without its history
    #[command(after_help = "Example:\n  segue export duplicate Weekly \"Weekly, second\"")]
    Duplicate {
        /// Name or id
        name: String,
        /// The copy's name
        new: String,
    },
    /// Take the connection off an export, which then cannot run
    #[command(after_help = "Example:\n  segue export detach Weekly")]
    Detach {
        /// Name or id
        name: String,
    },
    /// Give an export a connection
    #[command(after_help = "Example:\n  segue export attach Weekly --connection Newsletter")]
    Attach {
        /// Name or id
        name: String,
        /// The account: name or id of a connection
        #[arg(long, value_name = "C")]
        connection: String,
    },
    /// Remove an export; people stay on their lists
    #[command(
        after_help = "Examples:\n  segue export remove Weekly\n  segue export remove Weekly --empty-lists"
    )]
    Remove {
        /// Name or id
        name: String,
        /// Take everybody off their lists whom this export put there, first
        #[arg(long)]
        empty_lists: bool,
    },
    /// Show what a run would do; writes nothing to the account
    #[command(after_help = preview::HELP)]
    Preview {
        /// Name or id
        name: String,
        /// List the people of a group, with what changes
        #[arg(long, value_name = "GROUP")]
        people: Option<Group>,
    },
    /// Say when an export runs by itself
    #[command(after_help = schedule::HELP)]
    Schedule(ScheduleArgs),
    /// Run an export, or all of them
    #[command(after_help = run::HELP)]
    Run(RunArgs),
}

impl ExportCommand {
    /// Does it.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        match self {
            // A run hears of Ctrl-C itself, to finish what is in flight.
            Self::Run(run) => run.run(host).await,
            Self::Edit { name, settings } if settings.empty_lists => {
                let engine = host.engine()?;
                let dropped = engine.chosen_segments(&name, &settings.drop_segment).await?;
                if let Some(exit) = run::empty(host, &engine, &name, Emptying::Of(dropped)).await? {
                    return Ok(exit);
                }
                drop(engine);
                host.unless_stopped(Self::Edit { name, settings }.change(host)).await
            }
            Self::Remove { name, empty_lists: true } => {
                let engine = host.engine()?;
                if let Some(exit) = run::empty(host, &engine, &name, Emptying::All).await? {
                    return Ok(exit);
                }
                drop(engine);
                host.unless_stopped(Self::Remove { name, empty_lists: false }.change(host)).await
            }
            other => host.unless_stopped(other.change(host)).await,
        }
    }

    async fn change(self, host: &Host) -> Result<Exit> {
        let engine = host.engine()?;
        match self {
            Self::Add { name, connection, audience, settings } => {
                let settings = settings.settings(&segments(&engine).await?);
                let new = NewExport { name, connection, audience, settings };
                let export = engine.add_export(new).await?;
                tell(host, &engine, export, show::added).await?;
            }
            Self::Edit { name, settings } => {
                let settings = settings.settings(&segments(&engine).await?);
                let export = engine.edit_export(&name, settings).await?;
                tell(host, &engine, export, show::whole).await?;
            }
            Self::List => {
                let (times, mut all) = (engine.next_times().await?, Vec::new());
                for export in engine.exports().await? {
                    all.push(Shown::new(&engine, export, &times).await?);
                }
                host.print.answer(&all, || show::list(&all))?;
            }
            Self::Show { name } => {
                tell(host, &engine, engine.export(&name).await?, show::whole).await?;
            }
            Self::Rename { name, new } => {
                let export = engine.rename_export(&name, &new).await?;
                tell(host, &engine, export, |e| format!("“{name}” is now “{}”.", e.name)).await?;
            }
            Self::Duplicate { name, new } => {
                let export = engine.duplicate_export(&name, &new).await?;
                tell(host, &engine, export, |e| {
                    format!("“{}” is a copy of “{name}”, without its history.", e.name)
                })
                .await?;
            }
            Self::Detach { name } => {
                let export = engine.detach_export(&name).await?;
                tell(host, &engine, export, |e| {
                    format!(
                        "“{}” has no connection now and does not run; people stay on their lists.",
                        e.name
                    )
                })
                .await?;
            }
            Self::Attach { name, connection } => {
                let export = engine.attach_export(&name, &connection).await?;
                tell(host, &engine, export, |e| format!("“{}” goes through “{connection}” now.", e.name))
                    .await?;
            }
            Self::Remove { name, .. } => {
                engine.remove_export(&name).await?;
                host.print.answer(&Removed { removed: &name }, || {
                    format!("“{name}” is removed; the people it sent stay in the account.")
                })?;
            }
            Self::Preview { name, people } => {
                // Held until the end: dropping it flushes.
                let _log = host.log();
                let preview = engine.preview(&name, people.map(Into::into)).await?;
                host.print.answer(&preview, || preview::words(&name, &preview))?;
            }
            Self::Schedule(schedule) => {
                let export = schedule.set(&engine).await?;
                tell(host, &engine, export, show::whole).await?;
            }
            Self::Run(run) => return run.run(host).await,
        }
        Ok(Exit::Done)
    }
}

/// The names of all segments.
async fn segments(engine: &Engine) -> Result<Vec<String>> {
    Ok(engine.segments(None).await?.into_iter().map(|segment| segment.name).collect())
}

async fn tell(
    host: &Host,
    engine: &Engine,
    export: Export,
    words: impl FnOnce(&Shown) -> String,
) -> Result<()> {
    let shown = Shown::new(engine, export, &engine.next_times().await?).await?;
    host.print.answer(&shown, || words(&shown))
}
