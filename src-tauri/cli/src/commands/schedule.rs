//! `segue schedule`: the system refresh, and the entries of the operating system that keep schedules going
//! while no window is open.

pub(crate) mod flags;
pub(crate) mod os;
pub(crate) mod show;

use clap::{Args, Subcommand};
use segue_engine::error::Result;
use segue_engine::model::SystemSchedule;

use crate::exit::Exit;
use crate::host::Host;

use flags::RecurrenceFlags;
use show::Shown;

/// The words of `schedule`.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
The system refresh reads every audience anew, counts the segments anew, and runs every export whose
schedule is --system. Without flags it is shown. Times that passed while the computer slept are made
up for once, at the next chance.

Examples:
  segue schedule
  segue schedule --every day --at 06:00 --at 13:00 --zone Europe/Stockholm
  segue schedule --every week --on Mon,Thu --at 08:30
  segue schedule --off
  segue schedule install --os"
)]
pub(crate) struct ScheduleCommand {
    #[command(subcommand)]
    entries: Option<EntriesCommand>,
    /// Never by itself; its times are kept for later
    #[arg(long, conflicts_with_all = flags::NAMES)]
    off: bool,
    #[command(flatten)]
    recurrence: RecurrenceFlags,
}

/// What is done with the entries of the operating system.
#[derive(Debug, Subcommand)]
enum EntriesCommand {
    /// Have this computer look every five minutes for what is due
    #[command(after_help = os::INSTALL_HELP)]
    Install {
        /// In the scheduler of the operating system: systemd, launchd or the Task Scheduler
        #[arg(long, required = true)]
        os: bool,
    },
    /// Take that away again
    #[command(after_help = "Example:\n  segue schedule uninstall --os")]
    Uninstall {
        /// From the scheduler of the operating system
        #[arg(long, required = true)]
        os: bool,
    },
}

impl ScheduleCommand {
    /// Does it.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        match self.entries {
            Some(EntriesCommand::Install { os }) => {
                debug_assert!(os, "clap asks for it");
                os::install(host)
            }
            Some(EntriesCommand::Uninstall { os }) => {
                debug_assert!(os, "clap asks for it");
                os::uninstall(host)
            }
            None => host.unless_stopped(self.schedule(host)).await,
        }
    }

    async fn schedule(self, host: &Host) -> Result<Exit> {
        let wanted = self.recurrence.recurrence()?;
        let engine = host.engine()?;
        let changed = self.off || wanted.is_some();
        if changed {
            let known = engine.system_schedule().await?;
            let recurrence = wanted.or(known.recurrence);
            engine.set_system_schedule(SystemSchedule { on: !self.off, recurrence }).await?;
        }
        let shown = Shown::from(engine.schedule_state().await?);
        host.print.answer(&shown, || shown.words())?;
        if changed && shown.on() {
            host.print.note(show::WHO_LOOKS);
        }
        Ok(Exit::Done)
    }
}
