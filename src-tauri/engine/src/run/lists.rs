//! Lists: those that are missing are made, by their exact title, never a second one (product.md rule
//! 4, reliability.md A10, A11, I25).

use crate::destination::{Answer, List, Made};
use crate::error::{Code, Error, Result};
use crate::store;

use super::account::Account;
use super::prepare::accepted;
use super::under_way::Run;

/// Makes every list of the run that the account does not have yet. A resumed run comes through here
/// too, so titles are looked up first: a list made by a request whose answer was lost is found.
pub(crate) async fn make_missing(run: &Run) -> Result<()> {
    let account_id = run.ledger.account;
    let missing: Vec<_> = run
        .store
        .read(move |conn| store::list::all(conn, account_id))
        .await?
        .into_iter()
        .filter(|list| {
            list.vendor_id.is_none()
                && run.export.segments.iter().any(|chosen| chosen.segment == list.segment)
        })
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut there = if run.resumed { read(&run.account, &run.connection.name).await? } else { Vec::new() };
    for ours in missing {
        let mut found = there.iter().find(|list| list.title == ours.title).cloned();
        if found.is_none() {
            let destination = &run.account.destination;
            let request = destination.make_list(&ours.title);
            let answer =
                run.account.call(&request, |reply| destination.read_made(&ours.title, reply)).await?;
            found = match answer {
                Answer::Accepted(Made::List(list)) => Some(list),
                Answer::Accepted(Made::Exists) | Answer::Unknown { .. } => {
                    there = read(&run.account, &run.connection.name).await?;
                    there.iter().find(|list| list.title == ours.title).cloned()
                }
                answer => {
                    accepted(answer, &run.connection.name, "a new list")?;
                    None
                }
            };
        }
        let Some(list) = found else {
            return Err(Error::new(
                Code::Destination,
                format!("The list “{}” could not be made in the account; nobody was sent.", ours.title),
            )
            .help("Make it in the account by hand, then run the export again.")
            .retryable());
        };
        run.store.write(move |tx| store::list::replace(tx, &ours, &list.id, &list.title, true)).await?;
    }
    Ok(())
}

async fn read(account: &Account, connection: &str) -> Result<Vec<List>> {
    let answer =
        account.call(&account.destination.lists(), |reply| account.destination.read_lists(reply)).await?;
    accepted(answer, connection, "its lists")
}
