//! Plan: what a run would do with everybody. A preview shows it, a run freezes it.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::destination::Destination;
use crate::error::Result;
use crate::model::{Address, LeaverPolicy, ListId, Match, OnlyIf, Outcome};
use crate::stage::{
    Batching, Comparison, Delta, Digest, Fingerprints, Holding, LeaverFound, People, Planned, Verdict,
    Wanted, batches,
};
use crate::store::refusal::Refusal;
use crate::store::{Store, receipt};

use super::moved::{self, Moved};
use super::prepare::Prepared;

/// What the run was told, frozen with the plan.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Frozen {
    /// Profiles in the chosen segments by a query of its own.
    pub source: u64,
    /// Lists that the guard holds, in words.
    pub held: Vec<String>,
    /// Whether only some people were tried.
    pub trial: bool,
    /// Whether people whom the account has no more are made anew.
    #[serde(default)]
    pub create_gone: bool,
    /// The warning that the contract may be too small, in words.
    #[serde(default)]
    pub full: Option<String>,
    /// The fields that go, and the key under which each travels.
    pub fields: Vec<crate::model::AccountField>,
    /// The columns that were read.
    #[serde(default)]
    pub columns: Columns,
}

/// The columns that an export reads, under their own names.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Columns {
    /// The key column; `None`: profiles are told apart by their places in a file, and receipts keep none of
    /// them, for the next time somebody else stands there.
    pub key: Option<String>,
    /// Data matching.
    pub matching: Vec<Match>,
    /// The consent condition.
    pub only_if: Option<OnlyIf>,
}

/// What stands in the way of a person, or how they go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// No receipt.
    New,
    /// A receipt that differs.
    Changed,
    /// As last accepted.
    Unchanged,
    /// Refused before, goes again.
    Retry,
    /// Refused twice with the same contents: does not go.
    Refused,
    /// Not among those that this run tries.
    NotChosen,
    /// Has a new address, and opted out under the old one.
    OptedOut,
}

/// Restrictions of a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Limits {
    pub full: bool,
    pub retry_failed: bool,
    pub allow_loss: bool,
    pub only: Option<Digest>,
    pub first: Option<u64>,
}

impl Limits {
    pub(crate) fn trial(&self) -> bool {
        self.only.is_some() || self.first.is_some()
    }
}

/// The plan in memory.
pub(crate) struct Draft {
    pub people: People,
    pub groups: Vec<Group>,
    pub delta: Delta,
    pub planned: Vec<Planned>,
    pub leavers: Vec<Leaver>,
    /// Invalid people who stay on their lists.
    pub lost: HashSet<String>,
    pub refusals: HashMap<Digest, Refusal>,
    /// People joining and leaving each list.
    pub joining: BTreeMap<ListId, u64>,
    pub leaving: BTreeMap<ListId, u64>,
    /// Lists that the guard holds: people that would leave, people our receipts hold.
    pub held: BTreeMap<ListId, (u64, u64)>,
    /// Old addresses of people who have a new one, by place.
    pub moved: HashMap<usize, Moved>,
}

/// People and receipts side by side, before it is decided who goes.
pub(crate) struct Compared {
    /// Old addresses of people who have a new one, by place: whether they opted out is to be asked.
    pub moved: HashMap<usize, Moved>,
    people: People,
    delta: Delta,
    lost: HashSet<String>,
    refusals: HashMap<Digest, Refusal>,
}

/// A leaver after policy and guard.
#[derive(Debug, Clone)]
pub(crate) struct Leaver {
    pub receipt: i64,
    pub leaves: Vec<ListId>,
    pub fate: LeaverFate,
    /// Place of the person whose old address this is: it leaves once the new one is accepted.
    pub follows: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeaverFate {
    Goes,
    Kept,
    Held,
}

impl Draft {
    pub(crate) fn count(&self, group: Group) -> u64 {
        self.groups.iter().filter(|found| **found == group).count() as u64
    }

    pub(crate) fn leavers_of(&self, fate: LeaverFate) -> u64 {
        self.leavers.iter().filter(|leaver| leaver.fate == fate).count() as u64
    }
}

/// Compares people with receipts. Reads the receipts on this thread.
pub(crate) fn compare(
    store: &Store,
    book: Option<i64>,
    prepared: &Prepared,
    people: People,
    limits: &Limits,
) -> Result<Compared> {
    let ids: Vec<ListId> = prepared.lists.iter().enumerate().map(|(place, list)| list.id(place)).collect();
    let prints: &Fingerprints = &prepared.fingerprints;
    let mut comparison = Comparison::new(&people, Wanted::new(ids), prints, limits.full);
    let mut refusals = HashMap::new();
    if let Some(book) = book {
        store.read_blocking(|conn| {
            receipt::each(conn, book, |receipt, address_key, fingerprint, lists| {
                comparison.add(&Holding { receipt, address_key, fingerprint, lists });
            })?;
            for (nth, receipt) in comparison.closer().into_iter().enumerate() {
                comparison.look(nth, &receipt::fields(conn, receipt)?);
            }
            refusals = crate::store::refusal::all(conn, book)?;
            Ok(())
        })?;
    }
    let mut delta = comparison.finish();
    let lost = keep_invalid(store, prepared, &people, &mut delta)?;
    // A row's place in the file says nothing of who stands there.
    let mut moved = match book {
        Some(book) if prepared.key.is_some() => moved::find(store, book, &people, &delta)?,
        _ => HashMap::new(),
    };
    if let Some(only) = limits.only {
        moved.retain(|at, _| people.get(*at).is_some_and(|person| person.address_key == only));
    }
    Ok(Compared { moved, people, delta, lost, refusals })
}

/// Decides who goes; `opted_out` are the places of those who have a new address and opted out under
/// the old one.
pub(crate) fn decide(
    compared: Compared,
    opted_out: &HashSet<usize>,
    prepared: &Prepared,
    destination: &dyn Destination,
    limits: &Limits,
) -> Draft {
    let Compared { moved, people, mut delta, lost, refusals } = compared;
    let mut groups = group(&people, &delta, &refusals, &prepared.fingerprints, limits);
    for at in opted_out {
        if let Some(group) = groups.get_mut(*at) {
            *group = Group::OptedOut;
        }
    }
    let old = old_addresses(&mut delta, &moved, &groups);
    let (mut leavers, mut leaving, held) = guard(prepared, &mut delta, &groups, limits);
    for leaver in old {
        for list in &leaver.leaves {
            *leaving.entry(*list).or_default() += 1;
        }
        leavers.push(leaver);
    }
    // A mover whose removals are all held or kept has nothing left to be done.
    for (verdict, group) in delta.verdicts.iter_mut().zip(&mut groups) {
        if let Verdict::Changed { receipt, fields: false, joins, leaves } = verdict
            && joins.is_empty()
            && leaves.is_empty()
        {
            *verdict = Verdict::Unchanged { receipt: *receipt };
            *group = Group::Unchanged;
        }
    }
    let abilities = destination.abilities();
    let mut joining = BTreeMap::new();
    let mut travelling = Vec::new();
    for (at, (verdict, group)) in delta.verdicts.iter().zip(&groups).enumerate() {
        if !matches!(group, Group::New | Group::Changed | Group::Retry) {
            continue;
        }
        let (joins, fields, known) = match verdict {
            Verdict::New { joins } => (joins, true, false),
            Verdict::Changed { joins, fields, .. } => (joins, *fields, true),
            Verdict::Unchanged { .. } => continue,
        };
        for list in joins {
            *joining.entry(*list).or_insert(0) += 1;
        }
        if (fields || abilities.all_lists)
            && let Some(person) = people.get(at)
        {
            travelling.push(Batching {
                at,
                list: joins.first().copied().filter(|_| !abilities.all_lists),
                refused_before: *group == Group::Retry,
                by_id: known && destination.by_id().is_some(),
                address_key: person.address_key,
                bytes: person.fields.len() + person.email.len() + 120,
            });
        }
    }
    let planned = batches(travelling, abilities.batch, abilities.bytes);
    Draft { people, groups, delta, planned, leavers, lost, refusals, joining, leaving, held, moved }
}

/// Takes old addresses of people who have a new one out of the leavers: neither policy nor guard is
/// about them, since the person stays. They leave if the new address goes, and else stay.
fn old_addresses(delta: &mut Delta, moved: &HashMap<usize, Moved>, groups: &[Group]) -> Vec<Leaver> {
    let by_receipt: HashMap<i64, usize> = moved.iter().map(|(at, moved)| (moved.receipt, *at)).collect();
    let mut old = Vec::new();
    delta.leavers.retain_mut(|leaver| {
        let Some(at) = by_receipt.get(&leaver.receipt).copied() else { return true };
        if matches!(groups.get(at), Some(Group::New | Group::Retry)) {
            old.push(Leaver {
                receipt: leaver.receipt,
                leaves: std::mem::take(&mut leaver.leaves),
                fate: LeaverFate::Goes,
                follows: Some(at),
            });
        }
        false
    });
    old
}

/// Somebody who is still in a segment but cannot be sent now is invalid (`address_lost`), no leaver:
/// they stay on their lists (product.md rule 6). They are known by their CustomerId; where that is only
/// a row's place, by an address that is usable beside a value that is not. Returns the profiles.
fn keep_invalid(
    store: &Store,
    prepared: &Prepared,
    people: &People,
    delta: &mut Delta,
) -> Result<HashSet<String>> {
    let mut invalid: HashMap<Vec<u8>, Vec<&str>> = HashMap::new();
    for left in people.left_out().filter(|left| left.outcome == Outcome::Invalid) {
        let who = if prepared.key.is_some() {
            left.customer_id.as_bytes().to_vec()
        } else if let Ok(address) = Address::parse(left.email) {
            prepared.fingerprints.of(&address.key).to_vec()
        } else {
            continue;
        };
        invalid.entry(who).or_default().push(left.customer_id);
    }
    let mut lost = HashSet::new();
    if invalid.is_empty() || delta.leavers.is_empty() {
        return Ok(lost);
    }
    let mut leavers = Vec::with_capacity(delta.leavers.len());
    store.read_blocking(|conn| {
        for leaver in std::mem::take(&mut delta.leavers) {
            let held = receipt::one(conn, leaver.receipt)?;
            let who = if prepared.key.is_some() { held.customer_id.as_bytes() } else { &held.address_key };
            match invalid.get(who) {
                Some(profiles) => lost.extend(profiles.iter().map(|profile| (*profile).to_owned())),
                None => leavers.push(leaver),
            }
        }
        Ok(())
    })?;
    delta.leavers = leavers;
    Ok(lost)
}

fn group(
    people: &People,
    delta: &Delta,
    refusals: &HashMap<Digest, Refusal>,
    prints: &Fingerprints,
    limits: &Limits,
) -> Vec<Group> {
    let mut first = limits.first.unwrap_or(u64::MAX);
    people
        .iter()
        .zip(&delta.verdicts)
        .map(|(person, verdict)| {
            let group = match verdict {
                Verdict::Unchanged { .. } => return Group::Unchanged,
                Verdict::New { .. } => Group::New,
                Verdict::Changed { .. } => Group::Changed,
            };
            if limits.only.is_some_and(|only| only != person.address_key) || first == 0 {
                return Group::NotChosen;
            }
            let group = match refusals.get(&person.address_key) {
                None => group,
                Some(refusal)
                    if refusal.times >= 2
                        && !limits.retry_failed
                        && refusal.contents == prints.of(person.fields) =>
                {
                    return Group::Refused;
                }
                Some(_) => Group::Retry,
            };
            first = first.saturating_sub(1);
            group
        })
        .collect()
}

type Guarded = (Vec<Leaver>, BTreeMap<ListId, u64>, BTreeMap<ListId, (u64, u64)>);

/// Policy and guard (product.md rule 6): a list is held if it would become empty, or lose more than
/// the export's percentage and at least 10 of the people our receipts hold there.
fn guard(prepared: &Prepared, delta: &mut Delta, groups: &[Group], limits: &Limits) -> Guarded {
    let mut leaving: BTreeMap<ListId, u64> = BTreeMap::new();
    let found: Vec<LeaverFound> =
        if limits.trial() { Vec::new() } else { std::mem::take(&mut delta.leavers) };
    if prepared.export.leavers == LeaverPolicy::Keep {
        for verdict in &mut delta.verdicts {
            if let Verdict::Changed { leaves, .. } = verdict {
                leaves.clear();
            }
        }
        let kept = found.into_iter().map(|leaver| Leaver {
            receipt: leaver.receipt,
            leaves: Vec::new(),
            fate: LeaverFate::Kept,
            follows: None,
        });
        return (kept.collect(), leaving, BTreeMap::new());
    }
    let movers = delta.verdicts.iter().zip(groups).filter_map(|(verdict, group)| match verdict {
        Verdict::Changed { leaves, .. } if matches!(group, Group::Changed | Group::Retry) => Some(leaves),
        _ => None,
    });
    for list in found.iter().map(|leaver| &leaver.leaves).chain(movers).flatten() {
        *leaving.entry(*list).or_default() += 1;
    }
    let mut held = BTreeMap::new();
    if !limits.allow_loss {
        for (list, leave) in &leaving {
            let holders = delta.holders.get(list).copied().unwrap_or(0);
            let empties = *leave >= holders;
            let share =
                leave.saturating_mul(100) > holders.saturating_mul(u64::from(prepared.export.max_loss));
            if empties || (share && *leave >= 10) {
                held.insert(*list, (*leave, holders));
            }
        }
    }
    leaving.retain(|list, _| !held.contains_key(list));
    for verdict in &mut delta.verdicts {
        if let Verdict::Changed { leaves, .. } = verdict {
            leaves.retain(|list| !held.contains_key(list));
        }
    }
    let leavers = found
        .into_iter()
        .map(|leaver| {
            let any_held = leaver.leaves.iter().any(|list| held.contains_key(list));
            let leaves = leaver.leaves.into_iter().filter(|list| !held.contains_key(list)).collect();
            let fate = if any_held { LeaverFate::Held } else { LeaverFate::Goes };
            Leaver { receipt: leaver.receipt, leaves, fate, follows: None }
        })
        .collect();
    (leavers, leaving, held)
}
