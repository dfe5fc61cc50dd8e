//! Known: people whom the account knows by an id of its own go by it, so that what somebody changed by hand is
//! found again and no contact is made twice (destination-api.md 4.8). Each id is looked up before it is used: an id that
//! turns out to be somebody else's is not used, and whoever is gone from the account is not made anew.

use std::collections::{HashMap, HashSet};

use crate::destination::By;
use crate::error::Result;
use crate::model::{Address, ListId};
use crate::stage::Digest;
use crate::store::person::Pending;
use crate::store::{Transaction, receipt};

use super::prepare::accepted;
use super::under_way::Run;

/// Why somebody is left out whom the account has no more.
pub(super) const GONE: &str = "gone_in_account";

/// How people of one call are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// By the account's id, which is theirs.
    Id,
    /// By address, and made where they are not there.
    Address,
    /// By address, since their id is gone: somebody may have made them again by hand. Whoever is not there either is
    /// gone.
    Again,
}

impl How {
    pub(super) fn by(self) -> By {
        if self == Self::Id { By::Id } else { By::Address }
    }

    /// Whether those who are not there are passed over.
    pub(super) fn only_existing(self) -> bool {
        self != Self::Address
    }
}

/// Divides people by how they are found.
///
/// # Errors
/// What stops a run.
pub(super) async fn sort_out(run: &Run, people: Vec<Pending>) -> Result<Vec<(How, Vec<Pending>)>> {
    let alone =
        |people: Vec<Pending>| if people.is_empty() { Vec::new() } else { vec![(How::Address, people)] };
    if run.account.destination.by_id().is_none() || !people.iter().any(|person| person.known) {
        return Ok(alone(people));
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
        return Ok(alone(people));
    }
    let owners = owners(run, &ids).await?;
    let others = known_to_us(run, &owners).await?;
    let (mut by_id, mut again, mut by_address) = (Vec::new(), Vec::new(), Vec::new());
    for mut person in people {
        let Some(id) = person.vendor_id.as_deref() else {
            by_address.push(person);
            continue;
        };
        match owners.get(id) {
            Some(email) if same(email, &person.email) => by_id.push(person),
            // Its contact has another address. Where that is one which we sent, the answers came in another order than
            // we took them, and the id is that person's. Else somebody changed the address by hand, and it is still they.
            Some(email) if key(email).is_none_or(|key| !others.contains(&key)) => by_id.push(person),
            None => {
                person.vendor_id = None;
                again.push(person);
            }
            Some(_) => {
                person.vendor_id = None;
                by_address.push(person);
            }
        }
    }
    if !again.is_empty() {
        again = rejoining(run, again).await?;
    }
    if run.frozen.create_gone {
        by_address.append(&mut again);
        // In the order of the plan, as every call is.
        by_address.sort_by_key(|person| person.seq);
    }
    let parts = [(How::Id, by_id), (How::Again, again), (How::Address, by_address)];
    Ok(parts.into_iter().filter(|(_, people)| !people.is_empty()).collect())
}

/// People whose ids are gone join every list that they were on: whoever is there in their place, or will be, is on
/// none of them.
async fn rejoining(run: &Run, mut people: Vec<Pending>) -> Result<Vec<Pending>> {
    let book = run.ledger.book;
    run.store
        .read(move |conn| {
            for person in &mut people {
                let lists = receipt::lists(conn, book, &person.address_key)?;
                let missing = |list: &ListId| !person.joins.contains(list) && !person.leaves.contains(list);
                let joins: Vec<ListId> = lists.into_iter().filter(missing).collect();
                person.joins.extend(joins);
            }
            Ok(people)
        })
        .await
}

/// Whose ids these are, by what the account says now.
///
/// # Errors
/// What stops a run.
pub(super) async fn owners(run: &Run, ids: &[&str]) -> Result<HashMap<String, String>> {
    let Some(by_id) = run.account.destination.by_id().filter(|_| !ids.is_empty()) else {
        return Ok(HashMap::new());
    };
    let answer = run.account.call(&by_id.owners(ids), |reply| by_id.read_owners(reply)).await?;
    accepted(answer, &run.connection.name, run.account.destination.name(), "whose its ids are")
}

/// The canonical addresses among those of the owners that this export has receipts of.
async fn known_to_us(run: &Run, owners: &HashMap<String, String>) -> Result<HashSet<String>> {
    let keys: Vec<(String, Digest)> = owners
        .values()
        .filter_map(|email| key(email))
        .map(|key| {
            let print = run.fingerprints.of(&key);
            (key, print)
        })
        .collect();
    let book = run.ledger.book;
    run.store
        .read(move |conn| {
            let mut known = HashSet::new();
            for (key, print) in keys {
                if receipt::exists(conn, book, &print)? {
                    known.insert(key);
                }
            }
            Ok(known)
        })
        .await
}

/// The canonical form of an address (product.md rule 1).
pub(super) fn key(email: &str) -> Option<String> {
    Address::parse(email).ok().map(|address| address.key)
}

fn same(one: &str, other: &str) -> bool {
    key(one).is_some_and(|one| key(other) == Some(one))
}

/// Notes that the account has none of what it once accepted of a person: they are on no list, and stay among those
/// who differ until somebody chooses what becomes of them.
pub(super) fn lose(tx: &Transaction<'_>, book: i64, address_key: &[u8]) -> Result<()> {
    receipt::empty(tx, book, address_key)
}
