//! `segue person` and `segue forget`: one person over all exports and runs.

use clap::Args;
use segue_engine::Forgotten;
use segue_engine::error::Result;
use segue_engine::model::PersonRecord;

use crate::exit::Exit;
use crate::host::Host;
use crate::table::{Head, Table, count, moment};
use crate::words;

/// The words of `person`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  segue person anna@example.com")]
pub(crate) struct PersonCommand {
    /// The address, in any letter case
    email: String,
}

/// The words of `forget`.
#[derive(Debug, Args)]
#[command(after_help = "\
The address is excluded from every later run. Segue cannot delete the contact in the account: do that
there. Your own files are not changed.

Examples:
  segue forget anna@example.com
  segue forget anna@example.com --keep-lists")]
pub(crate) struct ForgetCommand {
    /// The address, in any letter case
    email: String,
    /// Leave the person on the lists of the account
    #[arg(long)]
    keep_lists: bool,
}

impl PersonCommand {
    /// Does it.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        let person = host.engine()?.person(&self.email).await?;
        host.print.answer(&person, || record(&person))?;
        Ok(Exit::Done)
    }
}

impl ForgetCommand {
    /// Does it.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        let engine = host.engine()?;
        let forgotten = engine.forget(&self.email, self.keep_lists).await?;
        host.print.answer(&forgotten, || erased(&forgotten))?;
        Ok(Exit::Done)
    }
}

fn record(person: &PersonRecord) -> String {
    if person.forgotten {
        return "This person asked to be forgotten: nothing is known, and nothing is sent.".to_owned();
    }
    if person.receipts.is_empty() && person.runs.is_empty() {
        return "Nothing is known of this person: no export has sent them.".to_owned();
    }
    let mut text = String::new();
    for receipt in &person.receipts {
        let export = receipt.export.as_deref().unwrap_or("an export that was removed");
        let lists = if receipt.lists.is_empty() {
            "on no list of Segue's".to_owned()
        } else {
            format!("on {}", receipt.lists.join(", "))
        };
        let when = moment(receipt.accepted_at);
        text.push_str(&format!("“{export}”: last accepted {when} as {}, {lists}.\n", receipt.email));
        for (target, value) in receipt.fields.as_object().into_iter().flatten() {
            // What is left of a value that was dropped: {"fp": …}.
            let value =
                if value.is_object() { "past the retention time".to_owned() } else { value.to_string() };
            text.push_str(&format!("  {target}: {value}\n"));
        }
    }
    let mut table = Table::new(&[
        Head::Text("Run"),
        Head::Text("Export"),
        Head::Text("Outcome"),
        Head::Text("Why"),
        Head::Text("The account's answer"),
    ]);
    for run in &person.runs {
        table.row([
            moment(run.started_at),
            run.export.clone(),
            words::outcome(run.outcome).to_owned(),
            words::reason(&run.reason),
            run.answer.clone(),
        ]);
    }
    format!("{text}\n{table}")
}

fn erased(forgotten: &Forgotten) -> String {
    let mut text = format!(
        "The person is forgotten: {} and {} of runs are erased, and the address is excluded from now on.",
        count(forgotten.receipts, "receipt", "receipts"),
        count(forgotten.lines, "line", "lines"),
    );
    if forgotten.lists_left > 0 {
        text.push_str(&format!(" They are off {}.", count(forgotten.lists_left, "list", "lists")));
    }
    if !forgotten.accounts.is_empty() {
        text.push_str(&format!(
            "\nThe contact itself is still in the account of {}: delete it there.",
            forgotten.accounts.join(", ")
        ));
    }
    text
}
