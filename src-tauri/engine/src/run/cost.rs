//! Cost: the requests that a plan takes, all counted, so that a preview tells the true time.

use std::collections::BTreeMap;

use crate::destination::Destination;
use crate::model::{ListId, Membership};
use crate::stage::{Planned, Verdict, requests_for};

use super::plan::{Draft, Group};
use super::prepare::Prepared;
use super::{opt_outs, verify};

/// People of one call who show whether bulk calls put people on lists.
pub(super) const PROBES: usize = 3;

/// The requests that a plan takes, all counted: what was asked to plan, lists to be made, people,
/// further lists, removals, and the sizes read back. `kept`: the account was seen to keep opt-outs.
pub(crate) fn requests(draft: &Draft, prepared: &Prepared, destination: &dyn Destination, kept: bool) -> u64 {
    let abilities = destination.abilities();
    let bulk = draft.planned.last().map_or(0, |last| u64::from(last.batch) + 1);
    let there = prepared.lists.iter().filter(|list| list.theirs.is_some()).count() as u64;
    let made = prepared.lists.len() as u64 - there;
    let touched = prepared
        .lists
        .iter()
        .enumerate()
        .filter(|(place, list)| {
            let id = list.id(*place);
            draft.joining.contains_key(&id) || draft.leaving.contains_key(&id)
        })
        .count() as u64;
    let moved = requests_for(draft.moved.len() as u64, abilities.asked);
    let asked = 2 + moved + u64::from(prepared.connection.contract_size.is_some());
    let pages = verify::pages(prepared, draft, abilities.page);
    if abilities.all_lists {
        let leave = draft.leavers.iter().filter(|leaver| !leaver.leaves.is_empty()).count() as u64;
        let leaves = requests_for(leave, abilities.batch);
        // Whoever leaves is known, so their ids are asked about as well.
        let looked_up = if destination.by_id().is_some() { by_id(draft) + leaves } else { 0 };
        let sized = u64::from(touched > 0);
        let watched = if abilities.may_undo_opt_outs {
            opt_outs::questions(bulk as usize, leaves as usize, kept)
        } else {
            0
        };
        return asked + pages + watched + looked_up + bulk + leaves + sized;
    }
    let places = match prepared.connection.membership {
        Membership::PerMember => draft.joining.values().sum(),
        Membership::Bulk => further(draft, abilities.batch),
        Membership::Unknown => match asking(draft, prepared) {
            None => draft.joining.values().sum(),
            Some(asking) => asking + further(draft, abilities.batch),
        },
    };
    let leaves = draft.leaving.values().sum::<u64>();
    asked + there + pages + made + bulk + places + leaves + touched
}

/// Questions whose the account's ids are: one for each call with people it knows, and one to see the order in which
/// it answers about others.
fn by_id(draft: &Draft) -> u64 {
    let known =
        |planned: &Planned| matches!(draft.delta.verdicts.get(planned.at), Some(Verdict::Changed { .. }));
    let mut calls = 0;
    let mut others = false;
    for call in draft.planned.chunk_by(|one, other| one.batch == other.batch) {
        let any = call.iter().any(known);
        calls += u64::from(any);
        others |= !any && call.len() > 1;
    }
    calls + u64::from(others)
}

/// Who goes, with the lists they join and whether their fields go.
fn goers(draft: &Draft) -> impl Iterator<Item = (&Vec<ListId>, bool)> {
    draft.delta.verdicts.iter().zip(&draft.groups).filter_map(|(verdict, group)| {
        if !matches!(group, Group::New | Group::Changed | Group::Retry) {
            return None;
        }
        match verdict {
            Verdict::New { joins } => Some((joins, true)),
            Verdict::Changed { joins, fields, .. } => Some((joins, *fields)),
            Verdict::Unchanged { .. } => None,
        }
    })
}

/// Bulk calls for the lists that do not travel with the fields.
fn further(draft: &Draft, size: usize) -> u64 {
    let mut further: BTreeMap<ListId, u64> = BTreeMap::new();
    for (joins, fields) in goers(draft) {
        for list in joins.iter().skip(usize::from(fields)) {
            *further.entry(*list).or_default() += 1;
        }
    }
    further.values().map(|people| requests_for(*people, size)).sum()
}

/// What it takes to learn whether bulk calls put people on lists: the first call with three people
/// shows it, those before it get calls of their own. `None`: no call has three.
fn asking(draft: &Draft, prepared: &Prepared) -> Option<u64> {
    let first_list = |planned: &Planned| match draft.delta.verdicts.get(planned.at) {
        Some(Verdict::New { joins } | Verdict::Changed { joins, .. }) => joins.first().copied(),
        _ => None,
    };
    let mut before = 0;
    for call in draft.planned.chunk_by(|one, other| one.batch == other.batch) {
        let Some(list) = call.first().and_then(first_list) else { continue };
        if call.len() < PROBES {
            before += call.len() as u64;
            continue;
        }
        let empty = prepared.lists.iter().enumerate().any(|(at, one)| one.id(at) == list && one.members == 0);
        return Some(before + if empty { 1 } else { 2 } * PROBES as u64);
    }
    None
}
