//! Lists: those that are missing are made, by their exact title, never a second one (product.md rule
//! 4, reliability.md A10, A11, I25).

use std::sync::Arc;

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
    let destination = Arc::clone(&run.account.destination);
    let find = |there: &[List], title: &str| {
        there.iter().find(|list| destination.same_title(&list.title, title)).cloned()
    };
    let mut there = if run.resumed { read(&run.account, &run.connection.name).await? } else { Vec::new() };
    for ours in missing {
        let mut found = find(&there, &ours.title);
        if found.is_none() {
            // Where it makes itself, it does so once somebody is put on it.
            let Some(request) = destination.make_list(&ours.title) else { continue };
            let answer =
                run.account.call(&request, |reply| destination.read_made(&ours.title, reply)).await?;
            found = match answer {
                Answer::Accepted(Made::List(list)) => Some(list),
                Answer::Accepted(Made::Exists) | Answer::Unknown { .. } => {
                    there = read(&run.account, &run.connection.name).await?;
                    find(&there, &ours.title)
                }
                answer => {
                    accepted(answer, &run.connection.name, destination.name(), "a new list")?;
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

/// Learns the ids of lists that made themselves when somebody was put on them, and returns all lists.
pub(super) async fn learn(run: &Run) -> Result<Vec<List>> {
    let there = read(&run.account, &run.connection.name).await?;
    let account_id = run.ledger.account;
    let ours = run.store.read(move |conn| store::list::all(conn, account_id)).await?;
    for ours in ours.into_iter().filter(|ours| ours.vendor_id.is_none() && run.lists.contains_key(&ours.id)) {
        let same = |list: &&List| run.account.destination.same_title(&list.title, &ours.title);
        let Some(made) = there.iter().find(same).cloned() else { continue };
        run.store.write(move |tx| store::list::replace(tx, &ours, &made.id, &made.title, true)).await?;
    }
    Ok(there)
}

/// The lists of an account.
pub(super) async fn read(account: &Account, connection: &str) -> Result<Vec<List>> {
    let answer =
        account.call(&account.destination.lists(), |reply| account.destination.read_lists(reply)).await?;
    accepted(answer, connection, account.destination.name(), "its lists")
}
