//! Compare: what is wanted with what the account last accepted, person by person (product.md rules 5
//! and 6). Receipts are streamed past the people in memory; nothing is held per receipt.

use std::collections::{BTreeMap, HashMap};

use serde_json::value::RawValue;

use crate::model::{ListId, SegmentSet, json_of, parse_lists as parse};

use super::{Digest, Fingerprints, People};

/// Which lists the chosen segments stand for, by place in the export.
#[derive(Debug, Clone)]
pub struct Wanted {
    lists: Vec<ListId>,
    known: HashMap<SegmentSet, (Vec<ListId>, String)>,
}

impl Wanted {
    /// The list of each chosen segment.
    #[must_use]
    pub fn new(lists: Vec<ListId>) -> Self {
        Self { lists, known: HashMap::new() }
    }

    /// The lists of these segments, ascending, and the same as a receipt's JSON.
    pub fn of(&mut self, segments: SegmentSet) -> &(Vec<ListId>, String) {
        let lists = &self.lists;
        self.known.entry(segments).or_insert_with(|| {
            let mut wanted: Vec<ListId> = segments.places().filter_map(|at| lists.get(at).copied()).collect();
            wanted.sort_unstable();
            let json = json_of(&wanted);
            (wanted, json)
        })
    }
}

/// A receipt as it passes by.
#[derive(Debug, Clone, Copy)]
pub struct Holding<'a> {
    /// `receipt.id`.
    pub receipt: i64,
    /// The person.
    pub address_key: Digest,
    /// Fingerprint of the values last accepted.
    pub fingerprint: Digest,
    /// JSON array of the lists that this export put them on.
    pub lists: &'a str,
}

/// What a person needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// No receipt: everything.
    New {
        /// Lists to be put on.
        joins: Vec<ListId>,
    },
    /// A receipt that differs.
    Changed {
        /// `receipt.id`.
        receipt: i64,
        /// Whether the fields go.
        fields: bool,
        /// Lists to be put on.
        joins: Vec<ListId>,
        /// Chosen lists to be taken off: the person moved.
        leaves: Vec<ListId>,
    },
    /// As last accepted.
    Unchanged {
        /// `receipt.id`.
        receipt: i64,
    },
}

/// Somebody with a receipt who is in none of the chosen segments any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaverFound {
    /// `receipt.id`.
    pub receipt: i64,
    /// Chosen lists that our receipt holds them on.
    pub leaves: Vec<ListId>,
}

/// The comparison of all people with all receipts of an export.
#[derive(Debug, Default)]
pub struct Delta {
    /// What each person needs, by place in [`People`].
    pub verdicts: Vec<Verdict>,
    /// Leavers, before policy and guard.
    pub leavers: Vec<LeaverFound>,
    /// `receipt.id` of everybody whose address nobody has any more, on a chosen list or not.
    pub absent: Vec<i64>,
    /// People that our receipts hold on each chosen list.
    pub holders: BTreeMap<ListId, u64>,
}

/// A comparison under way.
pub struct Comparison<'a> {
    people: &'a People,
    wanted: Wanted,
    fingerprints: &'a Fingerprints,
    full: bool,
    found: Vec<Option<Verdict>>,
    closer: Vec<(usize, i64)>,
    delta: Delta,
}

impl<'a> Comparison<'a> {
    /// Begins. `full` sends everybody's fields, changed or not.
    #[must_use]
    pub fn new(people: &'a People, wanted: Wanted, fingerprints: &'a Fingerprints, full: bool) -> Self {
        let holders = wanted.lists.iter().map(|list| (*list, 0)).collect();
        Self {
            people,
            wanted,
            fingerprints,
            full,
            found: vec![None; people.len()],
            closer: Vec::new(),
            delta: Delta { holders, ..Delta::default() },
        }
    }

    /// Takes the next receipt.
    pub fn add(&mut self, holding: &Holding<'_>) {
        let place = self.people.find(&holding.address_key);
        let person = place.and_then(|at| self.people.get(at).map(|person| (at, person)));
        if let Some((at, person)) = person {
            let (wanted, json) = self.wanted.of(person.segments);
            if json == holding.lists {
                for list in wanted {
                    *self.delta.holders.entry(*list).or_default() += 1;
                }
                self.settle(at, holding, person.fields, Vec::new(), Vec::new());
                return;
            }
            let held = parse(holding.lists);
            let joins = wanted.iter().copied().filter(|list| !held.contains(list)).collect();
            let wanted = wanted.clone();
            let leaves = self.chosen(held).into_iter().filter(|list| !wanted.contains(list)).collect();
            self.settle(at, holding, person.fields, joins, leaves);
        } else {
            self.delta.absent.push(holding.receipt);
            let leaves = self.chosen(parse(holding.lists));
            if !leaves.is_empty() {
                self.delta.leavers.push(LeaverFound { receipt: holding.receipt, leaves });
            }
        }
    }

    /// Those of a receipt's lists that belong to segments which are still chosen: unticking a
    /// segment leaves people where they are (rule 4). Counts the holders on the way.
    fn chosen(&mut self, held: Vec<ListId>) -> Vec<ListId> {
        held.into_iter()
            .filter(|list| {
                self.delta.holders.get_mut(list).is_some_and(|holders| {
                    *holders += 1;
                    true
                })
            })
            .collect()
    }

    fn settle(
        &mut self,
        at: usize,
        holding: &Holding<'_>,
        fields: &str,
        joins: Vec<ListId>,
        leaves: Vec<ListId>,
    ) {
        let differs = self.full || self.fingerprints.of(fields) != holding.fingerprint;
        if differs && !self.full {
            self.closer.push((at, holding.receipt));
        }
        if let Some(found) = self.found.get_mut(at) {
            *found = Some(Verdict::Changed { receipt: holding.receipt, fields: differs, joins, leaves });
        }
    }

    /// Receipts whose values must be looked at one by one, since the fingerprint over all differs:
    /// `receipt.id`, each to be answered by [`Comparison::look`].
    #[must_use]
    pub fn closer(&self) -> Vec<i64> {
        self.closer.iter().map(|(_, receipt)| *receipt).collect()
    }

    /// Compares the values of the nth receipt of [`Comparison::closer`] field by field: a field that
    /// is not sent now (unmapped, a blank that is skipped) is no change.
    pub fn look(&mut self, nth: usize, accepted: &str) {
        let Some((at, _)) = self.closer.get(nth).copied() else { return };
        let now = self.people.get(at).map_or("{}", |person| person.fields);
        let changed = !changed_fields(now, accepted, self.fingerprints).is_empty();
        if let Some(Some(Verdict::Changed { fields, .. })) = self.found.get_mut(at) {
            *fields = changed;
        }
    }

    /// Ends the comparison.
    #[must_use]
    pub fn finish(mut self) -> Delta {
        let mut delta = std::mem::take(&mut self.delta);
        for (person, found) in self.people.iter().zip(self.found) {
            delta.verdicts.push(match found {
                None => Verdict::New { joins: self.wanted.of(person.segments).0.clone() },
                Some(Verdict::Changed { receipt, fields: false, joins, leaves })
                    if joins.is_empty() && leaves.is_empty() =>
                {
                    Verdict::Unchanged { receipt }
                }
                Some(verdict) => verdict,
            });
        }
        delta
    }
}

/// The targets whose value now differs from the one last accepted. Both are JSON objects of values;
/// an accepted value may be `{"fp": …}` where the value itself was dropped.
#[must_use]
pub fn changed_fields(now: &str, accepted: &str, fingerprints: &Fingerprints) -> Vec<String> {
    type Object<'a> = BTreeMap<String, &'a RawValue>;
    let (Ok(now), Ok(accepted)) =
        (serde_json::from_str::<Object<'_>>(now), serde_json::from_str::<Object<'_>>(accepted))
    else {
        // What cannot be read cannot be taken for the same.
        return vec![String::new()];
    };
    now.iter()
        .filter(|(target, value)| match accepted.get(*target) {
            None => true,
            Some(before) if before.get() == value.get() => false,
            Some(before) => {
                #[derive(serde::Deserialize)]
                struct Dropped {
                    fp: String,
                }
                serde_json::from_str::<Dropped>(before.get())
                    .map_or(true, |dropped| dropped.fp != fingerprints.of_field(target, value.get()))
            }
        })
        .map(|(target, _)| target.clone())
        .collect()
}

/// The values that an account accepted, each replaced by its fingerprint: what [`changed_fields`] compares
/// with once they are past the retention time. `None` where it is no JSON object.
#[must_use]
pub fn dropped_fields(accepted: &str, fingerprints: &Fingerprints) -> Option<String> {
    let accepted: BTreeMap<String, &RawValue> = serde_json::from_str(accepted).ok()?;
    let mut dropped = BTreeMap::new();
    for (target, value) in accepted {
        let value = if value.get().starts_with('{') {
            value.to_owned()
        } else {
            let fp = fingerprints.of_field(&target, value.get());
            RawValue::from_string(format!(r#"{{"fp":"{fp}"}}"#)).ok()?
        };
        dropped.insert(target, value);
    }
    serde_json::to_string(&dropped).ok()
}

#[cfg(test)]
mod tests {
    use super::super::PersonView;
    use super::*;

    fn fingerprints() -> Fingerprints {
        Fingerprints::new([7; 32])
    }

    /// One person with `now` in segments 0 and 1 (lists 10, 20), against one receipt.
    fn check(now: &str, accepted: &str, lists: &str, full: bool) -> Verdict {
        let prints = fingerprints();
        let mut people = People::new(10, true);
        people.add(PersonView {
            customer_id: "1",
            email: "a@b.se",
            fields: now,
            address_key: [1; 16],
            segments: SegmentSet(0b11),
        });
        let mut comparison = Comparison::new(&people, Wanted::new(vec![20, 10, 30]), &prints, full);
        comparison.add(&Holding {
            receipt: 5,
            address_key: [1; 16],
            fingerprint: prints.of(accepted),
            lists,
        });
        for nth in 0..comparison.closer().len() {
            comparison.look(nth, accepted);
        }
        comparison.finish().verdicts.remove(0)
    }

    fn changed(fields: bool, joins: &[i64], leaves: &[i64]) -> Verdict {
        Verdict::Changed { receipt: 5, fields, joins: joins.to_vec(), leaves: leaves.to_vec() }
    }

    #[test]
    fn only_what_differs_is_sent() {
        let same = r#"{"FirstName":"Åsa"}"#;
        assert_eq!(check(same, same, "[10,20]", false), Verdict::Unchanged { receipt: 5 });
        assert_eq!(check(same, same, "[10,20]", true), changed(true, &[], &[]), "full sends all");
        assert_eq!(check(r#"{"FirstName":"Eva"}"#, same, "[10,20]", false), changed(true, &[], &[]));
        assert_eq!(
            check("{}", same, "[10,20]", false),
            Verdict::Unchanged { receipt: 5 },
            "a blank that is skipped, or an unmapped field, is no change"
        );
        assert_eq!(
            check(r#"{"City":"Umeå","FirstName":"Åsa"}"#, same, "[10,20]", false),
            changed(true, &[], &[]),
            "mapping a field changes those who have a value"
        );
        assert_eq!(check(same, same, "[10]", false), changed(false, &[20], &[]));
        assert_eq!(check(same, same, "[10,20,30]", false), changed(false, &[], &[30]), "moved");
        assert_eq!(
            check(same, same, "[10,20,99]", false),
            Verdict::Unchanged { receipt: 5 },
            "the list of a segment that is not chosen any more is left alone"
        );
    }

    #[test]
    fn dropped_values_compare_by_fingerprint() {
        let prints = fingerprints();
        let accepted = format!(r#"{{"FirstName":{{"fp":"{}"}}}}"#, prints.of_field("FirstName", "\"Åsa\""));
        assert!(changed_fields(r#"{"FirstName":"Åsa"}"#, &accepted, &prints).is_empty());
        assert_eq!(changed_fields(r#"{"FirstName":"Eva"}"#, &accepted, &prints), ["FirstName"]);

        let sent = r#"{"A":"å\n","B":null,"C":1.50,"D":true}"#;
        let dropped = dropped_fields(sent, &prints).unwrap();
        assert!(changed_fields(sent, &dropped, &prints).is_empty(), "each as it was sent: {dropped}");
        assert_eq!(changed_fields(r#"{"B":"x","C":1.5,"D":true}"#, &dropped, &prints), ["B", "C"]);
        assert_eq!(dropped_fields(&dropped, &prints).as_ref(), Some(&dropped), "once is enough");
        assert_eq!(dropped_fields("[]", &prints), None);
    }

    #[test]
    fn leavers_are_those_on_chosen_lists_only() {
        let prints = fingerprints();
        let people = People::new(10, true);
        let mut comparison = Comparison::new(&people, Wanted::new(vec![10, 20]), &prints, false);
        for (receipt, lists) in [(1, "[10]"), (2, "[]"), (3, "[99]"), (4, "[10,20]")] {
            let key = [receipt as u8; 16];
            comparison.add(&Holding { receipt, address_key: key, fingerprint: [0; 16], lists });
        }
        let delta = comparison.finish();
        assert_eq!(
            delta.leavers,
            [LeaverFound { receipt: 1, leaves: vec![10] }, LeaverFound { receipt: 4, leaves: vec![10, 20] }]
        );
        assert_eq!(delta.holders, BTreeMap::from([(10, 2), (20, 1)]));
        assert_eq!(delta.absent, [1, 2, 3, 4], "also those who are on no chosen list");
    }
}
