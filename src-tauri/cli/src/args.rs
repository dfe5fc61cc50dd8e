//! The top of the command line: the global options and the nouns.

use std::env;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};
use segue_engine::error::{Code, Error};

use crate::commands::audience::AudienceCommand;
use crate::commands::audit::AuditCommand;
use crate::commands::completions::CompletionsCommand;
use crate::commands::config::ConfigCommand;
use crate::commands::connection::ConnectionCommand;
use crate::commands::diagnostics::DiagnosticsCommand;
use crate::commands::engine::EngineCommand;
use crate::commands::export::ExportCommand;
use crate::commands::man::ManCommand;
use crate::commands::person::{ForgetCommand, PersonCommand};
use crate::commands::run::RunCommand;
use crate::commands::sandbox::SandboxCommand;
use crate::commands::schedule::ScheduleCommand;
use crate::commands::segment::SegmentCommand;
use crate::commands::tick::TickCommand;
use crate::demo::DemoCommand;
use crate::exit::Exit;
use crate::print::Printer;

const EXAMPLES: &str = "\
Begin here:
  segue demo        see it work, with made-up people and a made-up account

Your own people, to your own account:
  segue audience add files Customers customers.csv
  segue segment add Stockholm --audience Customers --where \"City = 'Stockholm'\"
  segue connection add autopilot Newsletter --agree < key.txt
  segue export add Weekly --connection Newsletter --audience Customers \\
      --match Email=Email --segment Stockholm
  segue export run Weekly

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 completed with errors, 4 canceled,
5 refused before any writing request, 6 another process is running this export.";

/// The heading of the global options, so that they do not stand among a command's own.
const EVERYWHERE: &str = "Everywhere";

/// Exports segments of customer profiles to Autopilot; alone it opens the window.
#[derive(Debug, Parser)]
#[command(name = "segue", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Args {
    /// The folder with Segue's data.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help_heading = EVERYWHERE,
        help = "The folder with Segue's data, instead of the platform's (or SEGUE_DATA_DIR)"
    )]
    pub(crate) data_dir: Option<PathBuf>,
    /// Print JSON for programs instead of words for people
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(crate) json: bool,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// The nouns.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Where profiles come from
    #[command(subcommand)]
    Audience(AudienceCommand),
    /// Named sets of profiles of an audience
    #[command(subcommand)]
    Segment(SegmentCommand),
    /// Accounts to send to
    #[command(subcommand)]
    Connection(ConnectionCommand),
    /// What is sent where: the rows of “My export destinations”
    #[command(subcommand)]
    Export(ExportCommand),
    /// The system refresh: when everything is read anew and exports run by themselves
    Schedule(ScheduleCommand),
    /// Run whatever is due now, then end
    Tick(TickCommand),
    /// What happened: every run, and every person in it
    #[command(subcommand)]
    Run(RunCommand),
    /// Look at one person: what was sent and when, the account's answers, the lists
    Person(PersonCommand),
    /// Forget a person: erase them here, and never send them again
    Forget(ForgetCommand),
    /// The log of every change and every run
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Everything that was set up, as a file: take it to another computer
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Write a file for whoever helps, without secrets and without people
    Diagnostics(DiagnosticsCommand),
    /// Run a made-up Autopilot account on this computer, in memory
    Sandbox(SandboxCommand),
    /// See it work: made-up people, a made-up account and one export
    Demo(DemoCommand),
    /// Serve Segue's window, which starts this itself
    #[command(hide = true)]
    Engine(EngineCommand),
    /// Print what a shell needs to complete commands with the Tab key
    Completions(CompletionsCommand),
    /// Print the manual page, or write those of all commands
    Man(ManCommand),
}

/// Reads the arguments; help, version and wrong words are answered here.
pub(crate) fn parse() -> Result<Args, Exit> {
    let error = match Args::try_parse() {
        Ok(args) => return Ok(args),
        Err(error) => error,
    };
    let is_answer = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if !is_answer && env::args_os().any(|word| word == "--json") {
        Printer::new(true).error(&usage(&error));
    } else {
        // Standard output for help, standard error for errors; a closed one is nobody's loss.
        drop(error.print());
    }
    Err(if is_answer { Exit::Done } else { Exit::Usage })
}

/// Clap's first line is the sentence, the rest is what to do.
fn usage(error: &clap::Error) -> Error {
    let text = error.render().to_string();
    let (first, rest) = text.split_once("\n\n").unwrap_or((&text, ""));
    let message = first.trim().strip_prefix("error: ").unwrap_or(first.trim());
    let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
    Error::new(Code::Usage, message).help(rest.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_command_has_an_about_and_every_deed_an_example() {
        Args::command().debug_assert();
        let mut left: Vec<clap::Command> = Args::command().get_subcommands().cloned().collect();
        while let Some(command) = left.pop() {
            let name = command.get_name().to_owned();
            assert!(command.get_about().is_some(), "{name} says what it does");
            if command.has_subcommands() {
                left.extend(command.get_subcommands().cloned());
            } else {
                let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
                assert!(help.contains("segue "), "{name} shows an example");
            }
        }
    }
}
