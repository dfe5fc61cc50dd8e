//! `segue export schedule`: when an export runs by itself.

use clap::{ArgGroup, Args};
use segue_engine::error::{Error, Result};
use segue_engine::model::{Export, Schedule, ScheduleMode};
use segue_engine::{Engine, ScheduleChange};

use crate::commands::schedule::flags::{self, RecurrenceFlags};

/// What stands under `export schedule --help`.
pub(super) const HELP: &str = "\
A new export runs with the system refresh. Times that passed while the computer slept are made up
for once, at the next chance. Leave 30 to 60 minutes between exports to one account.

Examples:
  segue export schedule Weekly --system
  segue export schedule Weekly --every week --on Mon,Tue --at 08:30 --zone Europe/Stockholm
  segue export schedule Weekly --every day --at 06:00 --at 13:00
  segue export schedule Weekly --off";

/// The words of `export schedule`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("mode").args(["off", "system", "every"]).required(true))]
pub(crate) struct ScheduleArgs {
    /// Name or id
    name: String,
    /// Only when somebody runs it; its times are kept for later
    #[arg(long, conflicts_with_all = flags::NAMES)]
    off: bool,
    /// With the system refresh (segue schedule)
    #[arg(long, conflicts_with_all = flags::NAMES)]
    system: bool,
    #[command(flatten)]
    recurrence: RecurrenceFlags,
}

impl ScheduleArgs {
    /// Gives it to the export.
    pub(super) async fn set(self, engine: &Engine) -> Result<Export> {
        let own = self.recurrence.recurrence()?;
        let export = engine.export(&self.name).await?;
        let change = match (self.system, own) {
            (true, _) => {
                // The times are kept, so that going back to them asks nothing.
                let recurrence = export.schedule.recurrence.clone();
                ScheduleChange::Set(Schedule { mode: ScheduleMode::System, recurrence })
            }
            (false, Some(own)) => {
                ScheduleChange::Set(Schedule { mode: ScheduleMode::Own, recurrence: Some(own) })
            }
            (false, None) => ScheduleChange::Off,
        };
        let changed = engine.set_export_schedules(&[export.id.to_string()], change).await?;
        changed.into_iter().next().ok_or_else(|| Error::internal("a changed schedule belongs to no export"))
    }
}
