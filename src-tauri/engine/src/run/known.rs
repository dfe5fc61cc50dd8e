//! Known: people whom the account knows by an id of its own go by it, so that what somebody changed by hand is
//! found again and no contact is made twice (destination-api.md 4.8). Each id is looked up before it is used: whoever
//! is gone from the account is left out and not made anew, and an id that is somebody else's is not used.

use std::collections::HashMap;

use crate::destination::By;
use crate::error::Result;
use crate::model::{Address, Outcome};
use crate::store::person::{self, Pending};
use crate::store::{Transaction, receipt};

use super::deliver::Part;
use super::prepare::accepted;
use super::under_way::Run;

/// Why somebody is left out whom the account has no more.
pub(super) const GONE: &str = "gone_in_account";

/// Divides people into those who go by the account's ids and those who go by their addresses; settles those who
/// are gone. By address first, in the order of a stack.
pub(super) async fn sort_out(run: &Run, people: Vec<Pending>) -> Result<Vec<Part>> {
    let whole = |people: Vec<Pending>| {
        if people.is_empty() { Vec::new() } else { vec![Part { by: By::Address, people }] }
    };
    if run.account.destination.by_id().is_none() || !people.iter().any(|person| person.known) {
        return Ok(whole(people));
    }
    let book = run.ledger.book;
    let people = run
        .store
        .read(move |conn| {
            let mut people = people;
            for person in people.iter_mut().filter(|person| person.known) {
                person.vendor_id = receipt::vendor_id(conn, book, &person.address_key)?;
            }
            Ok(people)
        })
        .await?;
    let ids: Vec<&str> = people.iter().filter_map(|person| person.vendor_id.as_deref()).collect();
    if ids.is_empty() {
        return Ok(whole(people));
    }
    let owners = owners(run, &ids).await?;
    let (mut by_id, mut by_address, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for mut person in people {
        match person.vendor_id.as_deref().map(|id| owners.get(id)) {
            Some(Some(email)) if same(email, &person.email) => by_id.push(person),
            Some(None) if !run.frozen.create_gone => gone.push(person),
            // Never known, somebody else's by now, or to be made anew.
            _ => {
                person.vendor_id = None;
                by_address.push(person);
            }
        }
    }
    leave_out(run, gone).await?;
    let parts = [Part { by: By::Id, people: by_id }, Part { by: By::Address, people: by_address }];
    Ok(parts.into_iter().filter(|part| !part.people.is_empty()).collect())
}

/// Whose ids these are, by what the account says now.
pub(super) async fn owners(run: &Run, ids: &[&str]) -> Result<HashMap<String, String>> {
    let Some(by_id) = run.account.destination.by_id() else { return Ok(HashMap::new()) };
    let answer = run.account.call(&by_id.owners(ids), |reply| by_id.read_owners(reply)).await?;
    accepted(answer, &run.connection.name, run.account.destination.name(), "whose its ids are")
}

/// Whether two texts are the same address (product.md rule 1).
pub(super) fn same(one: &str, other: &str) -> bool {
    matches!((Address::parse(one), Address::parse(other)), (Ok(one), Ok(other)) if one.key == other.key)
}

async fn leave_out(run: &Run, gone: Vec<Pending>) -> Result<()> {
    if gone.is_empty() {
        return Ok(());
    }
    let (no, book, count) = (run.ledger.no, run.ledger.book, gone.len() as u64);
    run.store
        .write(move |tx| {
            for person in &gone {
                lose(tx, book, &person.address_key)?;
                person::settle(tx, no, person.seq, Outcome::Excluded, GONE, "")?;
            }
            Ok(())
        })
        .await?;
    run.watch.moved(Outcome::NotAttempted, Outcome::Excluded, count);
    Ok(())
}

/// Notes that the account has none of what it once accepted of a person: they are on no list, and stay among those
/// who differ until somebody chooses what becomes of them.
pub(super) fn lose(tx: &Transaction<'_>, book: i64, address_key: &[u8]) -> Result<()> {
    receipt::empty(tx, book, address_key)
}
