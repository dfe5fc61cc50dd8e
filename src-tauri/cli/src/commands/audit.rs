//! `segue audit`: every change and every run.

use clap::Subcommand;
use segue_engine::error::Result;

use crate::exit::Exit;
use crate::host::Host;
use crate::table::{Head, Table, moment};

/// The deeds.
#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// List every change and every run, oldest first; fails where somebody has changed the log
    #[command(after_help = "Example:\n  segue audit list")]
    List,
}

impl AuditCommand {
    /// Does it.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        let Self::List = self;
        let entries = host.engine()?.audit_log().await?;
        host.print.answer(&entries, || {
            let mut table = Table::new(&[
                Head::Text("When"),
                Head::Text("Who"),
                Head::Text("What"),
                Head::Text("To what"),
                Head::Text("More"),
            ]);
            for entry in &entries {
                table.row([
                    moment(entry.at),
                    entry.actor.clone(),
                    entry.action.clone(),
                    entry.subject.clone(),
                    entry.detail.clone(),
                ]);
            }
            if entries.is_empty() { "Nothing has been changed yet.".to_owned() } else { table.to_string() }
        })?;
        Ok(Exit::Done)
    }
}
