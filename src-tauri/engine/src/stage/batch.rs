//! Batch: people who travel with their fields, in bulk calls list by list where a call is about one, never one address
//! twice in a request; those refused before go last, in calls of their own (product.md rule 10).

use super::Digest;
use crate::model::ListId;

/// A person to be put into a bulk call.
#[derive(Debug, Clone, Copy)]
pub struct Batching {
    /// Place in the caller's own list.
    pub at: usize,
    /// The first list they need, if any.
    pub list: Option<ListId>,
    /// Whether the account refused them by name before.
    pub refused_before: bool,
    /// Whether the account may know them by an id of its own: those go in calls of their own.
    pub by_id: bool,
    /// Their fingerprint: the order within a list, and the order of receipts in the store.
    pub address_key: Digest,
    /// About how many bytes their row takes.
    pub bytes: usize,
}

/// A person with their place in the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// Place in the caller's own list.
    pub at: usize,
    /// The bulk call that carries them, from 0.
    pub batch: u32,
}

/// Orders people and divides them into bulk calls of at most `size` people and about `most_bytes`.
#[must_use]
pub fn batches(mut people: Vec<Batching>, size: usize, most_bytes: usize) -> Vec<Planned> {
    let kind = |person: &Batching| (person.refused_before, person.by_id, person.list);
    people.sort_unstable_by_key(|person| (kind(person), person.address_key));
    let mut planned = Vec::with_capacity(people.len());
    let mut batch = 0;
    let mut open = None;
    for person in people {
        open = Some(match open {
            Some((same, count, bytes))
                if same == kind(&person) && count < size && bytes + person.bytes <= most_bytes =>
            {
                (same, count + 1, bytes + person.bytes)
            }
            previous => {
                batch += u32::from(previous.is_some());
                (kind(&person), 1, person.bytes)
            }
        });
        planned.push(Planned { at: person.at, batch });
    }
    planned
}

/// How many bulk calls `people` of one list take.
#[must_use]
pub fn requests_for(people: u64, size: usize) -> u64 {
    people.div_ceil(size.max(1) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn batches_are_a_partition_in_bounds(
            people in proptest::collection::vec((0_u8..4, any::<bool>(), any::<bool>(), any::<[u8; 16]>(), 10_usize..20_000), 0..400),
            size in 1_usize..101,
        ) {
            let given: Vec<Batching> = people.iter().enumerate().map(|(at, (list, refused, by_id, key, bytes))| Batching {
                at, list: (*list > 0).then_some(i64::from(*list)), refused_before: *refused, by_id: *by_id, address_key: *key, bytes: *bytes,
            }).collect();
            let planned = batches(given.clone(), size, 900_000);
            let mut seen: Vec<usize> = planned.iter().map(|person| person.at).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..given.len()).collect::<Vec<_>>(), "everybody once");
            prop_assert!(planned.windows(2).all(|pair| pair[1].batch - pair[0].batch <= 1));
            let count = planned.last().map_or(0, |last| last.batch + 1);
            for batch in 0..count {
                let of: Vec<&Batching> = planned.iter().filter(|person| person.batch == batch).map(|person| &given[person.at]).collect();
                prop_assert!(!of.is_empty() && of.len() <= size);
                prop_assert!(of.iter().all(|person| person.list == of[0].list && person.refused_before == of[0].refused_before && person.by_id == of[0].by_id));
                prop_assert!(of.iter().map(|person| person.bytes).sum::<usize>() <= 900_000);
            }
        }
    }
}
