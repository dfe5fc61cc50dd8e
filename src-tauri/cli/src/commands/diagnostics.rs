//! `segue diagnostics`: what whoever helps needs to know, and nothing that is nobody's business.

use std::path::PathBuf;

use clap::Args;
use directories::BaseDirs;
use segue_engine::error::Result;

use crate::exit::Exit;
use crate::host::Host;

/// The words of `diagnostics`.
#[derive(Debug, Args)]
#[command(after_help = "\
In it: the version and the system, sizes, the state of the database, what is set up and what has run -
by ids and numbers - and the log of the last days. Not in it: API keys, addresses, CustomerIds, names
that you gave, the text of rules, what an account answered. Look at it before you send it.

Example:
  segue diagnostics segue-diagnostics.zip")]
pub(crate) struct DiagnosticsCommand {
    /// The file to write; it must not be there yet
    #[arg(value_name = "FILE.zip")]
    file: PathBuf,
}

impl DiagnosticsCommand {
    /// Does it.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        let home = BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
        let written = host.engine()?.diagnostics(&self.file, home.as_deref()).await?;
        host.print.answer(&written, || {
            let entries: Vec<String> = written.entries.iter().map(|entry| format!("  {entry}")).collect();
            format!("The diagnostics are in {}:\n{}", written.file.display(), entries.join("\n"))
        })?;
        Ok(Exit::Done)
    }
}
