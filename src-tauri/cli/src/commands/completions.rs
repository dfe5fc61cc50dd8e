//! `segue completions`: words for the Tab key.

use clap::{Args, CommandFactory};
use clap_complete::Shell;
use segue_engine::error::{Error, Result};

use crate::args;
use crate::exit::Exit;
use crate::host::Host;

/// The words of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  segue completions bash > ~/.local/share/bash-completion/completions/segue
  segue completions zsh > ~/.zfunc/_segue
  segue completions fish > ~/.config/fish/completions/segue.fish
  segue completions powershell >> $PROFILE")]
pub(crate) struct CompletionsCommand {
    /// The shell
    shell: Shell,
}

impl CompletionsCommand {
    /// Prints the script.
    pub(crate) fn run(&self, host: &Host) -> Result<Exit> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut args::Args::command(), "segue", &mut script);
        let script =
            String::from_utf8(script).map_err(|_| Error::internal("a completion script is not UTF-8"))?;
        host.print.raw(script.trim_end())?;
        Ok(Exit::Done)
    }
}
