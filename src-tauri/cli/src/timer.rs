//! The scheduler of the operating system: what has it start `segue tick` every five minutes. The texts are
//! made the same way on every system, so that tests see all three.

mod carry_out;
mod launchd;
mod quote;
mod systemd;
mod task_scheduler;

use std::ffi::OsString;
use std::path::PathBuf;

use segue_engine::error::{Code, Error, Result};

pub(crate) use carry_out::{Trouble, install, uninstall};

/// A scheduler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheduler {
    /// Timers of the user, on Linux.
    Systemd,
    /// Agents of the user, on macOS.
    Launchd,
    /// Tasks of the user, on Windows.
    Windows,
}

impl Scheduler {
    /// That of this computer.
    pub(crate) fn here() -> Self {
        if cfg!(windows) {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::Launchd
        } else {
            Self::Systemd
        }
    }

    /// Its name, for people and programs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Systemd => "systemd",
            Self::Launchd => "launchd",
            Self::Windows => "Task Scheduler",
        }
    }

    /// The entries of a job.
    pub(crate) fn plan(self, job: &Job) -> Plan {
        match self {
            Self::Systemd => systemd::plan(job),
            Self::Launchd => launchd::plan(job),
            Self::Windows => task_scheduler::plan(job),
        }
    }
}

/// What is to be started, and where its entries go. All is text: a path that is none cannot stand in an entry.
#[derive(Debug)]
pub(crate) struct Job {
    /// This program.
    program: String,
    /// The data folder.
    data_dir: String,
    /// The folder of the entries, below the user's own.
    folder: PathBuf,
    /// The number of the user; 0 where users have none.
    user: u32,
}

impl Job {
    /// The job of this program, data folder and user.
    ///
    /// # Errors
    /// `usage` where a path has characters that no entry can hold.
    pub(crate) fn new(program: PathBuf, data_dir: PathBuf, folder: PathBuf, user: u32) -> Result<Self> {
        Ok(Self { program: text(program)?, data_dir: text(data_dir)?, folder, user })
    }

    /// A line for cron, which does the same where none of the schedulers can.
    pub(crate) fn cron_line(&self) -> String {
        let (program, data_dir) = (quote::cron(&self.program), quote::cron(&self.data_dir));
        format!("*/5 * * * * {program} --data-dir {data_dir} tick")
    }

    /// The words of the command, as a person types them.
    pub(crate) fn command(&self) -> String {
        format!("{} --data-dir {} tick", quote::windows(&self.program), quote::windows(&self.data_dir))
    }
}

fn text(path: PathBuf) -> Result<String> {
    path.into_os_string().into_string().ok().filter(|text| !text.chars().any(char::is_control)).ok_or_else(
        || {
            Error::new(
                Code::Usage,
                "The path of Segue or of its data folder has characters that no scheduler takes; nothing was set up.",
            )
            .help("Move it to a folder with a plain name, or name another with --data-dir.")
        },
    )
}

/// What is written and what is carried out.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The files, with what stands in them.
    pub(crate) files: Vec<(PathBuf, Vec<u8>)>,
    /// What is carried out once they are there.
    install: Vec<Step>,
    /// What says whether there is anything to take away; where it is not asked, the files do.
    there: Option<Step>,
    /// What is carried out before they go.
    uninstall: Vec<Step>,
    /// What is carried out after they are gone.
    gone: Vec<Step>,
    /// Whether the scheduler keeps its own copy, so that the files go once it has.
    copied: bool,
}

/// A program that is carried out.
#[derive(Debug)]
struct Step {
    program: &'static str,
    words: Vec<OsString>,
    /// Whether a refusal stops what follows. Where it does not, what is undone may not be there.
    must: bool,
}

impl Step {
    fn must<const N: usize>(program: &'static str, words: [&str; N]) -> Self {
        Self { program, words: words.map(OsString::from).to_vec(), must: true }
    }

    fn may<const N: usize>(program: &'static str, words: [&str; N]) -> Self {
        Self { must: false, ..Self::must(program, words) }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn job(program: &str, data_dir: &str, folder: &str) -> Job {
        Job::new(program.into(), data_dir.into(), folder.into(), 501).unwrap()
    }

    /// The texts and steps of a plan, to be read.
    fn shown(plan: &Plan) -> String {
        let mut text = String::new();
        for (path, bytes) in &plan.files {
            let contents = bytes.strip_prefix(b"\xff\xfe").map_or_else(
                || String::from_utf8(bytes.clone()).unwrap(),
                |wide| {
                    let units: Vec<u16> =
                        wide.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
                    String::from_utf16(&units).unwrap().replace("\r\n", "\n")
                },
            );
            writeln!(text, "=== {}\n{contents}", path.display().to_string().replace('\\', "/")).unwrap();
        }
        for (title, steps) in [
            ("install", plan.install.as_slice()),
            ("there", plan.there.as_slice()),
            ("uninstall", plan.uninstall.as_slice()),
            ("gone", plan.gone.as_slice()),
        ] {
            for step in steps {
                let words: Vec<_> =
                    step.words.iter().map(|word| word.to_string_lossy().replace('\\', "/")).collect();
                let may = if step.must { "" } else { " (may be refused)" };
                writeln!(text, "{title}: {} {}{may}", step.program, words.join(" ")).unwrap();
            }
        }
        text
    }

    /// Beside those of tests/cli.
    fn snapshot(name: &str, text: &str) {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../../tests/cli/snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.bind(|| insta::assert_snapshot!(format!("timer__{name}"), text));
    }

    #[test]
    fn the_entries_of_every_scheduler() {
        let plain = job("/usr/bin/segue", "/home/anna/.local/share/segue", "/home/anna/.config/systemd/user");
        snapshot("systemd", &shown(&Scheduler::Systemd.plan(&plain)));
        let plain = job(
            "/Applications/Segue.app/Contents/MacOS/segue",
            "/Users/anna/Library/Application Support/segue",
            "/Users/anna/Library/LaunchAgents",
        );
        snapshot("launchd", &shown(&Scheduler::Launchd.plan(&plain)));
        let plain = job(
            r"C:\Program Files\Segue\segue.exe",
            r"C:\Users\anna\AppData\Local\segue",
            r"C:\Users\anna\AppData\Local\segue",
        );
        snapshot("task_scheduler", &shown(&Scheduler::Windows.plan(&plain)));
    }

    #[test]
    fn odd_paths_stand_quoted_in_every_entry() {
        let odd = job(r#"/opt/a "b" & 50%/$HOME\segue"#, "/data/it's <Å> 100 %$x;#", "/entries");
        let lines: Vec<String> = [Scheduler::Systemd, Scheduler::Launchd, Scheduler::Windows]
            .into_iter()
            .flat_map(|scheduler| {
                let text = shown(&scheduler.plan(&odd));
                let named = |line: &&str| {
                    ["ExecStart", "opt", "data", "Arguments"].iter().any(|word| line.contains(word))
                };
                text.lines().filter(named).map(str::to_owned).collect::<Vec<_>>()
            })
            .chain([odd.cron_line()])
            .collect();
        snapshot("odd_paths", &lines.join("\n"));
    }

    #[test]
    fn a_path_that_no_entry_can_hold_is_refused() {
        let refused = Job::new("/usr/bin/segue".into(), "/data\nExecStart=/bin/x".into(), "/".into(), 0);
        assert_eq!(refused.unwrap_err().code, Code::Usage);
    }
}
