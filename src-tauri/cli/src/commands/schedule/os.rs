//! `segue schedule install --os` and `uninstall --os`.

use std::env;
use std::path::{Path, PathBuf};

use directories::BaseDirs;
use schemars::JsonSchema;
use segue_engine::error::{Code, Error, Result};
use serde::Serialize;

use crate::exit::Exit;
use crate::host::Host;
use crate::timer::{self, Job, Plan, Scheduler, Trouble};

/// What stands under `schedule install --help`.
pub(super) const INSTALL_HELP: &str = "\
Schedules then go on while no window is open, for this data folder: `segue tick` is started every
five minutes by a timer of your systemd on Linux, an agent on macOS, a task on Windows, as long as
you are signed in. No key is written there; with SEGUE_KEYCHAIN=file it says how `segue tick` gets
its passphrase. Once more replaces the entries.

Example:
  segue schedule install --os";

/// The document: entries that were set up, or taken away.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Entries<'a> {
    /// `systemd`, `launchd` or `Task Scheduler`.
    scheduler: &'static str,
    /// Whether the entries are there now.
    installed: bool,
    /// The data folder that is looked after.
    data_dir: &'a Path,
}

/// Sets them up.
pub(super) fn install(host: &Host) -> Result<Exit> {
    let (scheduler, data_dir) = (Scheduler::here(), host.data_dir()?);
    let job = job(scheduler, &data_dir)?;
    let plan = scheduler.plan(&job);
    timer::install(&plan).map_err(|trouble| {
        told(&trouble, "nothing was set up").help(match scheduler {
            Scheduler::Windows => {
                format!("In the Task Scheduler, make a task that runs every 5 minutes: {}", job.command())
            }
            _ => format!("Without it cron does the same, with this line (crontab -e): {}", job.cron_line()),
        })
    })?;
    let entries = Entries { scheduler: scheduler.name(), installed: true, data_dir: &data_dir };
    host.print.answer(&entries, || installed(scheduler, &plan, &data_dir))?;
    if env::var_os("SEGUE_KEYCHAIN").is_some_and(|value| value == "file") {
        host.print.note(&passphrase(scheduler)?);
    }
    Ok(Exit::Done)
}

/// Takes them away.
pub(super) fn uninstall(host: &Host) -> Result<Exit> {
    let (scheduler, data_dir) = (Scheduler::here(), host.data_dir()?);
    let plan = scheduler.plan(&job(scheduler, &data_dir)?);
    timer::uninstall(&plan).map_err(|trouble| {
        let left = match (&trouble, scheduler) {
            (Trouble::File(..), _) => "the entries may still be there",
            (_, Scheduler::Windows) => "the task is still there",
            _ => "the entries are removed, but it goes on until you sign out",
        };
        told(&trouble, left)
    })?;
    let entries = Entries { scheduler: scheduler.name(), installed: false, data_dir: &data_dir };
    host.print.answer(&entries, || {
        format!(
            "{} starts Segue no more; schedules go on while the window is open or in the tray.",
            scheduler.name()
        )
    })?;
    Ok(Exit::Done)
}

fn job(scheduler: Scheduler, data_dir: &Path) -> Result<Job> {
    let program = env::current_exe()
        .map_err(|error| Error::internal(format!("the place of this program is not known ({error})")))?;
    Job::new(program, data_dir.to_owned(), folder(scheduler)?, user())
}

/// Where the scheduler looks for entries; the Task Scheduler is given its one from a folder for a moment.
fn folder(scheduler: Scheduler) -> Result<PathBuf> {
    let base = dirs()?;
    Ok(match scheduler {
        Scheduler::Systemd => base.config_dir().join("systemd").join("user"),
        Scheduler::Launchd => base.home_dir().join("Library").join("LaunchAgents"),
        Scheduler::Windows => env::temp_dir(),
    })
}

fn dirs() -> Result<BaseDirs> {
    BaseDirs::new().ok_or_else(|| {
        Error::new(Code::Usage, "There is no home folder, so no scheduler can be set up; nothing was.")
    })
}

#[cfg(unix)]
fn user() -> u32 {
    rustix::process::getuid().as_raw()
}

#[cfg(not(unix))]
fn user() -> u32 {
    0
}

fn installed(scheduler: Scheduler, plan: &Plan, data_dir: &Path) -> String {
    let mut text = format!(
        "{} starts `segue tick` every five minutes now, for {}.",
        scheduler.name(),
        data_dir.display()
    );
    if scheduler == Scheduler::Systemd {
        text.push_str("\nIt does while you are signed in; to have it go on after: loginctl enable-linger");
    }
    if scheduler != Scheduler::Windows {
        let files = plan.files.iter().map(|(path, _)| format!("\n  {}", path.display()));
        text.extend(files);
    }
    text
}

/// How `segue tick` gets at keys in a file.
fn passphrase(scheduler: Scheduler) -> Result<String> {
    let (unknown, name) = ("Your keys are in a file (SEGUE_KEYCHAIN=file), and", scheduler.name());
    Ok(match scheduler {
        Scheduler::Systemd => format!(
            "{unknown} {name} does not know its passphrase: write the lines SEGUE_KEYCHAIN=file and \
             SEGUE_PASSPHRASE=… to {}, readable by you alone (chmod 600).",
            dirs()?.config_dir().join("segue").join("timer.env").display()
        ),
        _ => format!(
            "{unknown} {name} does not know its passphrase: scheduled runs fail until the keys are in the key \
             store of the system (unset SEGUE_KEYCHAIN, then segue connection set-key)."
        ),
    })
}

fn told(trouble: &Trouble, so: &str) -> Error {
    match trouble {
        Trouble::File(path, error) => {
            Error::new(Code::DataFolder, format!("{} cannot be changed ({error}); {so}.", path.display()))
        }
        Trouble::Missing(program, error) => {
            Error::new(Code::Usage, format!("{program} cannot be started ({error}); {so}."))
        }
        Trouble::Refused(program, said) => {
            Error::new(Code::Internal, format!("{program} refused ({said}); {so}."))
        }
    }
}
