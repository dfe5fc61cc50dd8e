//! Digest: tells one plan from another, so that a run does what its preview showed or nothing. The order
//! of people is no part of it, nor are the ids of lists, which a preview does not know yet, nor whether the
//! guard was told to let leavers pass.

use std::collections::BTreeMap;

use blake3::Hasher;

use crate::model::ListId;
use crate::stage::Verdict;

use super::plan::{Draft, Group, LeaverFate};
use super::prepare::Prepared;

/// The digest of a plan.
pub(crate) fn of(draft: &Draft, prepared: &Prepared) -> String {
    let titles: BTreeMap<ListId, &str> = prepared
        .lists
        .iter()
        .enumerate()
        .map(|(place, list)| (list.id(place), list.title.as_str()))
        .collect();
    let mut sum = Sum { titles, items: 0, total: 0 };
    for (at, (verdict, group)) in draft.delta.verdicts.iter().zip(&draft.groups).enumerate() {
        let Some(person) = draft.people.get(at) else { continue };
        let (joins, fields, receipt) = match verdict {
            Verdict::New { joins } => (joins.as_slice(), true, None),
            Verdict::Changed { receipt, fields, joins, .. } => (joins.as_slice(), *fields, Some(*receipt)),
            Verdict::Unchanged { .. } => continue,
        };
        // Somebody who would only be taken off lists counts with those lists, as the guard has it.
        if receipt.is_some() && !fields && joins.is_empty() {
            continue;
        }
        let mut item = sum.item(b'p');
        text(&mut item, person.customer_id);
        text(&mut item, person.email);
        item.update(&[word(*group), u8::from(fields)]);
        item.update(&receipt.unwrap_or_default().to_le_bytes());
        if fields {
            text(&mut item, person.fields);
        }
        sum.add(item, joins);
    }
    for left in draft.people.left_out() {
        let mut item = sum.item(b'x');
        text(&mut item, left.customer_id);
        text(&mut item, left.reason);
        sum.add(item, &[]);
    }
    for leaver in &draft.leavers {
        let mut item = sum.item(b'l');
        item.update(&leaver.receipt.to_le_bytes());
        item.update(&[u8::from(leaver.fate == LeaverFate::Kept), u8::from(leaver.follows.is_some())]);
        sum.add(item, &[]);
    }
    let mut off = draft.leaving.clone();
    for (list, (leave, _)) in &draft.held {
        *off.entry(*list).or_default() += leave;
    }
    for (list, leave) in off {
        let mut item = sum.item(b'o');
        item.update(&leave.to_le_bytes());
        sum.add(item, &[list]);
    }
    let mut whole = Hasher::new();
    whole.update(&sum.total.to_le_bytes()).update(&sum.items.to_le_bytes());
    whole.update(&draft.people.profiles().to_le_bytes());
    whole.finalize().to_hex().to_string()
}

/// The sum over the digests of items, which is the same in any order.
struct Sum<'a> {
    titles: BTreeMap<ListId, &'a str>,
    items: u64,
    total: u128,
}

impl Sum<'_> {
    fn item(&self, kind: u8) -> Hasher {
        let mut item = Hasher::new();
        item.update(&[kind]);
        item
    }

    fn add(&mut self, mut item: Hasher, lists: &[ListId]) {
        let mut titles: Vec<&str> =
            lists.iter().map(|list| self.titles.get(list).copied().unwrap_or_default()).collect();
        titles.sort_unstable();
        titles.into_iter().for_each(|title| text(&mut item, title));
        let mut half = [0; 16];
        half.copy_from_slice(item.finalize().as_bytes().split_at(16).0);
        self.total = self.total.wrapping_add(u128::from_le_bytes(half));
        self.items += 1;
    }
}

/// With its length, so that two texts are never taken for two others.
fn text(item: &mut Hasher, text: &str) {
    item.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
}

fn word(group: Group) -> u8 {
    match group {
        Group::New => 0,
        Group::Changed => 1,
        Group::Unchanged => 2,
        Group::Retry => 3,
        Group::Refused => 4,
        Group::NotChosen => 5,
        Group::OptedOut => 6,
    }
}
