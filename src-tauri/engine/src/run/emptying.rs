//! Emptying: everybody whom an export put on lists comes off them, because the user takes a segment out
//! or removes the export and wants nobody left behind (product.md rule 4). It is a run like any other:
//! planned, committed, resumable, verified. No contact is deleted.

use std::collections::BTreeMap;

use crate::destination::List;
use crate::error::{Code, Error, Result};
use crate::model::{self, ListId, Outcome, Stage, parse_lists};
use crate::store::person::{self, NewPerson};
use crate::store::run_list::Before;
use crate::store::{self, Store, receipt};

use super::account::Account;
use super::freeze::Place;
use super::options::Emptying;
use super::plan::Frozen;
use super::prepare::{Rows, check_consent, roster_size};

/// Plans to take off everybody whom the export's receipts hold on these lists, and commits the plan.
///
/// # Errors
/// What refuses the run; nobody was taken off then.
pub(super) async fn freeze(
    store: &Store,
    rows: &Rows,
    account: &Account,
    row: &mut model::Run,
    place: Place,
    wanted: &Emptying,
) -> Result<Frozen> {
    check_consent(&rows.connection)?;
    let (account_id, name) = (rows.account_id, rows.connection.name.as_str());
    let (lists, holders) = {
        let wanted = wanted.clone();
        store
            .read(move |conn| {
                let mut lists = store::list::all(conn, account_id)?;
                lists.retain(|list| wanted.is_about(list.segment) && list.vendor_id.is_some());
                let mut holders: Vec<(i64, Vec<ListId>)> = Vec::new();
                receipt::each(conn, place.book, |receipt, _, _, held| {
                    let mut held = parse_lists(held);
                    held.retain(|list| lists.iter().any(|one| one.id == *list));
                    if !held.is_empty() {
                        holders.push((receipt, held));
                    }
                })?;
                Ok((lists, holders))
            })
            .await?
    };
    let mut leaving: BTreeMap<ListId, u64> = BTreeMap::new();
    for list in holders.iter().flat_map(|(_, held)| held) {
        *leaving.entry(*list).or_default() += 1;
    }
    let there = if leaving.is_empty() { Vec::new() } else { super::lists::read(account, name).await? };
    let mut before = Vec::new();
    for list in lists.iter().filter(|list| leaving.contains_key(&list.id)) {
        let vendor = list.vendor_id.as_deref().unwrap_or_default();
        let there = there.iter().find(|one| one.id == vendor);
        let size = match there {
            Some(List { members: Some(members), .. }) => *members,
            Some(list) => roster_size(account, list, name).await?,
            None => return Err(gone(&list.title)),
        };
        before.push(Before { list: list.id, size, present: Vec::new(), exact: true });
    }
    // As a trial: a plain run of the export never goes on with it.
    let frozen = Frozen { trial: true, ..Frozen::default() };
    let plan = serde_json::to_string(&frozen).map_err(Error::internal)?;
    let (version, now) = (rows.audience.survey.version.clone(), store.clock().now());
    row.stage = Stage::Leavers;
    let mut update = row.clone();
    row.counts = store
        .write(move |tx| {
            for ((receipt, held), seq) in holders.into_iter().zip(1..) {
                let one = receipt::one(tx, receipt)?;
                person::insert(
                    tx,
                    place.no,
                    &NewPerson {
                        seq,
                        batch: None,
                        customer_id: &one.customer_id,
                        email: &one.email,
                        address_key: &one.address_key,
                        outcome: Outcome::LeaverFailed,
                        reason: "not_removed_yet",
                        answer: "",
                        known: true,
                        fields: None,
                        joins: &[],
                        leaves: &held,
                        follows: None,
                    },
                )?;
            }
            for before in &before {
                store::run_list::insert(tx, place.no, before)?;
            }
            store::run::planned(tx, place.no, now, &plan, &version)?;
            update.counts = store::run::counts(tx, place.no)?;
            store::run::update(tx, &update)?;
            Ok(update.counts)
        })
        .await?;
    Ok(frozen)
}

fn gone(title: &str) -> Error {
    Error::new(
        Code::ListGone,
        format!(
            "The list “{title}” is gone from the account, so nobody can be taken off it; nothing was sent."
        ),
    )
    .help("Leave people where they are, or restore the list in the account.")
}
