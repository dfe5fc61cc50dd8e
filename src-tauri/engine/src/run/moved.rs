//! Moved: a known CustomerId with a new address (product.md rule 6). Whoever opted out under the old
//! address is not sent under the new one, for a new contact would be mailed; so the old contact is
//! read first. The old address leaves its lists once the new one is accepted.

use std::collections::{HashMap, HashSet};

use futures::{StreamExt as _, TryStreamExt as _};

use crate::error::{Error, Result};
use crate::stage::{Delta, People, Verdict};
use crate::store::{Store, receipt};

use super::account::Account;
use super::opt_outs;

/// The old address of a person who has a new one.
#[derive(Debug, Clone)]
pub(crate) struct Moved {
    /// `receipt.id` of the old address.
    pub receipt: i64,
    /// The old address, as it was sent.
    pub email: String,
}

/// New people whose CustomerId has a receipt under an address that nobody has any more, by place. Of
/// several such receipts the newest counts.
pub(super) fn find(
    store: &Store,
    book: i64,
    people: &People,
    delta: &Delta,
) -> Result<HashMap<usize, Moved>> {
    let mut moved = HashMap::new();
    if delta.absent.is_empty() {
        return Ok(moved);
    }
    let new: HashMap<&str, usize> = people
        .iter()
        .zip(&delta.verdicts)
        .enumerate()
        .filter(|(_, (_, verdict))| matches!(verdict, Verdict::New { .. }))
        .map(|(at, (person, _))| (person.customer_id, at))
        .collect();
    if new.is_empty() {
        return Ok(moved);
    }
    let absent: HashSet<i64> = delta.absent.iter().copied().collect();
    store.read_blocking(|conn| {
        receipt::each_customer(conn, book, |receipt, customer_id, email| {
            if let Some(at) = new.get(customer_id).filter(|_| absent.contains(&receipt)) {
                let found = Moved { receipt, email: email.to_owned() };
                let newest = moved.entry(*at).or_insert_with(|| found.clone());
                if newest.receipt < receipt {
                    *newest = found;
                }
            }
        })
    })?;
    Ok(moved)
}

/// Those of them whose old contact opted out of mail, by place. A contact that is gone did not.
///
/// # Errors
/// What stops a run.
pub(crate) async fn opted_out(
    account: &Account,
    connection: &str,
    moved: &HashMap<usize, Moved>,
) -> Result<HashSet<usize>> {
    // Owned, so that whoever waits for it may do so on any thread.
    let old: Vec<(usize, String)> = moved.iter().map(|(at, moved)| (*at, moved.email.clone())).collect();
    let asked: Vec<Vec<(usize, String)>> =
        old.chunks(account.destination.abilities().asked.max(1)).map(<[_]>::to_vec).collect();
    let asked = asked.into_iter().map(|part| async move {
        let emails = part.iter().map(|(_, email)| email.clone()).collect();
        let out = opt_outs::among(account, connection, emails).await?;
        Ok::<_, Error>(
            part.into_iter().filter(|(_, email)| out.contains(email)).map(|(at, _)| at).collect::<Vec<_>>(),
        )
    });
    let out: Vec<Vec<usize>> =
        futures::stream::iter(asked).buffer_unordered(account.in_flight()).try_collect().await?;
    Ok(out.into_iter().flatten().collect())
}
