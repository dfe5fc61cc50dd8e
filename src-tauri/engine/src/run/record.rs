//! Record: the plan goes into the store in one transaction, before the first writing request
//! (product.md rule 15). From then on the run can be killed and resumed at any instruction.

use std::collections::HashMap;

use crate::error::{Error, Result};
use crate::model::{ListId, Outcome};
use crate::stage::Verdict;
use crate::store::person::{self, NewPerson};
use crate::store::{Transaction, list, receipt};

use super::plan::{Draft, Group, LeaverFate};
use super::prepare::ChosenList;

/// Makes sure that every chosen list has a row, so that plans and receipts can name it, and that no
/// receipt speaks of a list that is gone from the account.
pub(crate) fn list_rows(
    tx: &Transaction<'_>,
    account: i64,
    lists: &mut [ChosenList],
    now: jiff::Timestamp,
) -> Result<()> {
    for chosen in lists {
        if chosen.ours.is_none() {
            chosen.ours = Some(list::insert(
                tx,
                &list::NewList {
                    account,
                    segment: chosen.segment.id,
                    vendor_id: None,
                    title: chosen.title.clone(),
                    made_by_us: chosen.theirs.is_none(),
                    created_at: now,
                },
            )?);
        }
        let Some(ours) = &mut chosen.ours else { continue };
        let theirs = chosen.theirs.as_ref();
        if let Some(theirs) = theirs.filter(|theirs| theirs.title != ours.title) {
            // Renamed in the account: where a call names lists by their titles, it is this one.
            list::retitle(tx, ours.id, &theirs.title)?;
            ours.title.clone_from(&theirs.title);
        }
        if ours.vendor_id.as_deref() == theirs.map(|list| list.id.as_str()) {
            continue;
        }
        if ours.vendor_id.is_some() {
            // It is gone, and nobody is on what takes its place by us.
            receipt::take_off_all(tx, account, ours.id)?;
            list::lose(tx, ours.id)?;
            ours.vendor_id = None;
        }
        if let Some(theirs) = theirs {
            list::replace(tx, ours, &theirs.id, &theirs.title, false)?;
            ours.vendor_id = Some(theirs.id.clone());
        }
    }
    Ok(())
}

/// Writes everybody.
pub(crate) fn plan(tx: &Transaction<'_>, run: i64, draft: &Draft) -> Result<()> {
    let mut seq = 0;
    let mut next = || {
        seq += 1;
        seq
    };
    for planned in &draft.planned {
        write(tx, run, next(), draft, planned.at, Some(planned.batch))?;
    }
    let mut travels = vec![false; draft.groups.len()];
    for planned in &draft.planned {
        if let Some(travels) = travels.get_mut(planned.at) {
            *travels = true;
        }
    }
    let mut unchanged = Vec::new();
    for (at, (verdict, group)) in draft.delta.verdicts.iter().zip(&draft.groups).enumerate() {
        match (group, verdict) {
            (Group::Unchanged, Verdict::Unchanged { receipt }) => unchanged.push(*receipt),
            _ if travels.get(at) == Some(&true) => {}
            _ => write(tx, run, next(), draft, at, None)?,
        }
    }
    person::insert_unchanged(tx, run, unchanged)?;
    for left in draft.people.left_out() {
        let stays = left.outcome == Outcome::Invalid && draft.lost.contains(left.customer_id);
        let answer = match left.winner {
            Some(winner) => format!("{winner} goes instead"),
            None if stays => "address_lost: stays on the lists".to_owned(),
            None => String::new(),
        };
        person::insert(
            tx,
            run,
            &NewPerson {
                seq: next(),
                batch: None,
                customer_id: left.customer_id,
                email: left.email,
                address_key: &[],
                outcome: left.outcome,
                reason: left.reason,
                answer: &answer,
                known: false,
                fields: Some(left.cells).filter(|cells| !cells.is_empty()),
                joins: &[],
                leaves: &[],
                follows: None,
            },
        )?;
    }
    // Those who travel have the first places, in their order.
    let places: HashMap<usize, i64> =
        draft.planned.iter().zip(1..).map(|(planned, seq)| (planned.at, seq)).collect();
    for leaver in &draft.leavers {
        let held = receipt::one(tx, leaver.receipt)?;
        let follows = leaver.follows.and_then(|at| places.get(&at).copied());
        let (outcome, reason) = match leaver.fate {
            LeaverFate::Goes if follows.is_some() => (Outcome::LeaverFailed, "address_changed"),
            LeaverFate::Goes => (Outcome::LeaverFailed, "not_removed_yet"),
            LeaverFate::Kept => (Outcome::LeaverKept, "kept_by_policy"),
            LeaverFate::Held => (Outcome::LeaverHeld, "held_by_guard"),
        };
        person::insert(
            tx,
            run,
            &NewPerson {
                seq: next(),
                batch: None,
                customer_id: &held.customer_id,
                email: &held.email,
                address_key: &held.address_key,
                outcome,
                reason,
                answer: "",
                known: true,
                fields: None,
                joins: &[],
                leaves: &leaver.leaves,
                follows,
            },
        )?;
    }
    Ok(())
}

fn write(
    tx: &Transaction<'_>,
    run: i64,
    seq: i64,
    draft: &Draft,
    at: usize,
    batch: Option<u32>,
) -> Result<()> {
    const NONE: &[ListId] = &[];
    let missing = || Error::internal("the plan names a person who is not there");
    let person = draft.people.get(at).ok_or_else(missing)?;
    let group = draft.groups.get(at).copied().ok_or_else(missing)?;
    let (known, fields, joins, leaves) = match draft.delta.verdicts.get(at).ok_or_else(missing)? {
        Verdict::New { joins } => (false, true, joins.as_slice(), NONE),
        Verdict::Changed { fields, joins, leaves, .. } => {
            (true, *fields, joins.as_slice(), leaves.as_slice())
        }
        Verdict::Unchanged { .. } => (true, false, NONE, NONE),
    };
    let refusal = draft.refusals.get(&person.address_key);
    let (outcome, reason, answer, joins, leaves) = match group {
        Group::Refused => {
            let answer = refusal.map_or("", |refusal| refusal.answer.as_str());
            (Outcome::Rejected, "refused_before", answer, NONE, NONE)
        }
        Group::NotChosen => (Outcome::NotAttempted, "not_chosen", "", NONE, NONE),
        Group::OptedOut => (Outcome::Excluded, "opted_out", "", NONE, NONE),
        _ => (Outcome::NotAttempted, "", "", joins, leaves),
    };
    person::insert(
        tx,
        run,
        &NewPerson {
            seq,
            batch,
            customer_id: person.customer_id,
            email: person.email,
            address_key: &person.address_key,
            outcome,
            reason,
            answer,
            known,
            fields: batch.filter(|_| fields).map(|_| person.fields),
            joins,
            leaves,
            follows: None,
        },
    )
}
