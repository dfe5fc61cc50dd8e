//! Unique: one person an address. Of several profiles with one address the one with the smallest
//! CustomerId (byte by byte) wins, or the first row where rows are told apart by their place; the
//! others are duplicates, and the person belongs to the segments of all of them (product.md rule 2).

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use crate::model::{Outcome, SegmentSet};

use super::{Digest, IdentityHash};

/// Everybody of the chosen segments, in one arena: about 50 bytes a person beside their text.
#[derive(Debug, Default)]
pub struct People {
    text: String,
    rows: Vec<Row>,
    left_out: Vec<LeftOutRow>,
    reasons: Vec<String>,
    by_address: HashMap<Digest, u32, IdentityHash>,
    beyond: HashSet<Digest, IdentityHash>,
    limit: usize,
    keep_left_out: bool,
    by_place: bool,
    counts: LeftOutCounts,
}

#[derive(Debug, Default, Clone, Copy)]
struct LeftOutCounts {
    invalid: u64,
    duplicate: u64,
    excluded: u64,
    /// Profiles whose address is beyond the limit.
    beyond: u64,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    start: u32,
    customer: u32,
    email: u32,
    fields: u32,
    address_key: Digest,
    segments: SegmentSet,
}

#[derive(Debug, Clone, Copy)]
struct LeftOutRow {
    start: u32,
    customer: u32,
    email: u32,
    cells: u32,
    reason: u16,
    outcome: Outcome,
    winner: Option<u32>,
}

/// A person of the chosen segments who can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonView<'a> {
    /// The winning profile.
    pub customer_id: &'a str,
    /// The address as the source has it, trimmed.
    pub email: &'a str,
    /// JSON object of the mapped values.
    pub fields: &'a str,
    /// Keyed fingerprint of the canonical address.
    pub address_key: Digest,
    /// The segments of all profiles with this address.
    pub segments: SegmentSet,
}

/// A profile that is not sent, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut<'a> {
    /// The profile.
    pub customer_id: &'a str,
    /// The address cell as it stands, trimmed.
    pub email: &'a str,
    /// JSON object of the mapped cells; empty where they are not kept.
    pub cells: &'a str,
    /// Invalid, duplicate or excluded.
    pub outcome: Outcome,
    /// Reason code.
    pub reason: &'a str,
    /// For a duplicate: the CustomerId that goes instead.
    pub winner: Option<&'a str>,
}

impl People {
    /// Nobody yet. `limit` is the most distinct addresses to keep: beyond it they are only counted,
    /// since the run will be refused. Without
    /// `keep_left_out` duplicates and excluded are only counted too.
    #[must_use]
    pub fn new(limit: u64, keep_left_out: bool) -> Self {
        Self { limit: usize::try_from(limit).unwrap_or(usize::MAX), keep_left_out, ..Self::default() }
    }

    /// The same for profiles whose CustomerId is their row's place in the file: places are compared as
    /// numbers, so that the first row wins.
    #[must_use]
    pub fn by_place(self) -> Self {
        Self { by_place: true, ..self }
    }

    /// Whether the first of two profiles with one address wins.
    fn wins(&self, one: &str, other: &str) -> bool {
        // Places are numbers without leading zeros.
        let order = if self.by_place { one.len().cmp(&other.len()) } else { Ordering::Equal };
        order.then_with(|| one.as_bytes().cmp(other.as_bytes())).is_lt()
    }

    /// Adds a profile that can be sent.
    pub fn add(&mut self, person: PersonView<'_>) {
        if let Some(&at) = self.by_address.get(&person.address_key) {
            self.counts.duplicate += 1;
            let held = self.view(at);
            let wins = self.wins(person.customer_id, held.customer_id);
            let segments = SegmentSet(held.segments.0 | person.segments.0);
            if self.keep_left_out {
                let loser = if wins { held } else { person };
                let texts = [loser.customer_id, loser.email, loser.fields].map(str::to_owned);
                let texts = texts.each_ref().map(String::as_str);
                self.push_left_out(texts, Outcome::Duplicate, "same_address", Some(at));
            }
            if wins {
                let row = self.push_text(&person, segments);
                if let Some(place) = self.rows.get_mut(at as usize) {
                    *place = row;
                }
            } else if let Some(row) = self.rows.get_mut(at as usize) {
                row.segments = segments;
            }
            return;
        }
        if self.rows.len() >= self.limit {
            self.beyond.insert(person.address_key);
            self.counts.beyond += 1;
            return;
        }
        let at = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let row = self.push_text(&person, person.segments);
        self.rows.push(row);
        self.by_address.insert(person.address_key, at);
    }

    /// Whether those left out are kept, with their cells.
    #[must_use]
    pub fn keeps_left_out(&self) -> bool {
        self.keep_left_out
    }

    /// Adds a profile that is not sent. `cells`: JSON object of its mapped cells, or empty.
    pub fn leave_out(&mut self, customer_id: &str, email: &str, cells: &str, outcome: Outcome, reason: &str) {
        match outcome {
            Outcome::Excluded => self.counts.excluded += 1,
            _ => self.counts.invalid += 1,
        }
        // Who is invalid is always kept: they may hold a receipt, and then do not leave (rule 6).
        if self.keep_left_out || outcome == Outcome::Invalid {
            self.push_left_out([customer_id, email, cells], outcome, reason, None);
        }
    }

    /// Distinct valid addresses, those beyond the limit counted.
    #[must_use]
    pub fn distinct(&self) -> u64 {
        (self.rows.len() + self.beyond.len()) as u64
    }

    /// People who can be sent, at most the limit.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nobody can be sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Profiles seen, whatever their fate.
    #[must_use]
    pub fn profiles(&self) -> u64 {
        self.rows.len() as u64
            + self.counts.beyond
            + self.counts.invalid
            + self.counts.duplicate
            + self.counts.excluded
    }

    /// Profiles left out: invalid, duplicate, excluded.
    #[must_use]
    pub fn left_out_counts(&self) -> (u64, u64, u64) {
        (self.counts.invalid, self.counts.duplicate, self.counts.excluded)
    }

    /// The people, in the order in which they were first seen.
    pub fn iter(&self) -> impl Iterator<Item = PersonView<'_>> {
        self.rows.iter().map(|row| self.view_row(row))
    }

    /// The person at this place.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<PersonView<'_>> {
        self.rows.get(at).map(|row| self.view_row(row))
    }

    /// Where the person with this address is.
    #[must_use]
    pub fn find(&self, address_key: &Digest) -> Option<usize> {
        self.by_address.get(address_key).map(|at| *at as usize)
    }

    /// Those left out, if they were kept.
    pub fn left_out(&self) -> impl Iterator<Item = LeftOut<'_>> {
        self.left_out.iter().map(|row| self.left_out_row(row))
    }

    /// Somebody left out, by place among those.
    #[must_use]
    pub fn left_out_at(&self, at: usize) -> Option<LeftOut<'_>> {
        self.left_out.get(at).map(|row| self.left_out_row(row))
    }

    fn left_out_row(&self, row: &LeftOutRow) -> LeftOut<'_> {
        LeftOut {
            customer_id: self.slice(row.start, row.customer),
            email: self.slice(row.start + row.customer, row.email),
            cells: self.slice(row.start + row.customer + row.email, row.cells),
            outcome: row.outcome,
            reason: self.reasons.get(usize::from(row.reason)).map_or("", String::as_str),
            winner: row.winner.map(|at| self.view(at).customer_id),
        }
    }

    /// Keeps CustomerId, address and cells of somebody left out.
    fn push_left_out(
        &mut self,
        [customer, email, cells]: [&str; 3],
        outcome: Outcome,
        reason: &str,
        winner: Option<u32>,
    ) {
        let known = self.reasons.iter().position(|known| known == reason);
        let reason = known.unwrap_or_else(|| {
            self.reasons.push(reason.to_owned());
            self.reasons.len() - 1
        });
        let start = self.offset();
        self.text.push_str(customer);
        self.text.push_str(email);
        self.text.push_str(cells);
        self.left_out.push(LeftOutRow {
            start,
            customer: length(customer),
            email: length(email),
            cells: length(cells),
            reason: u16::try_from(reason).unwrap_or(u16::MAX),
            outcome,
            winner,
        });
    }

    fn push_text(&mut self, person: &PersonView<'_>, segments: SegmentSet) -> Row {
        let start = self.offset();
        self.text.push_str(person.customer_id);
        self.text.push_str(person.email);
        self.text.push_str(person.fields);
        Row {
            start,
            customer: length(person.customer_id),
            email: length(person.email),
            fields: length(person.fields),
            address_key: person.address_key,
            segments,
        }
    }

    fn offset(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }

    fn view(&self, at: u32) -> PersonView<'_> {
        self.rows.get(at as usize).map_or(
            PersonView {
                customer_id: "",
                email: "",
                fields: "",
                address_key: Digest::default(),
                segments: SegmentSet::default(),
            },
            |row| self.view_row(row),
        )
    }

    fn view_row(&self, row: &Row) -> PersonView<'_> {
        PersonView {
            customer_id: self.slice(row.start, row.customer),
            email: self.slice(row.start + row.customer, row.email),
            fields: self.slice(row.start + row.customer + row.email, row.fields),
            address_key: row.address_key,
            segments: row.segments,
        }
    }

    fn slice(&self, start: u32, length: u32) -> &str {
        self.text.get(start as usize..(start + length) as usize).unwrap_or("")
    }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person<'a>(customer_id: &'a str, key: u8, segment: usize) -> PersonView<'a> {
        let mut segments = SegmentSet::default();
        segments.insert(segment);
        PersonView { customer_id, email: "a@b.se", fields: "{}", address_key: [key; 16], segments }
    }

    #[test]
    fn smallest_customer_id_wins_whatever_the_order_and_segments_join() {
        for order in [["1", "2", "3"], ["3", "1", "2"], ["2", "3", "1"]] {
            let mut people = People::new(10, true);
            for id in order {
                people.add(person(id, 7, id.parse().unwrap()));
            }
            assert_eq!(people.len(), 1);
            let one = people.get(0).unwrap();
            assert_eq!(one.customer_id, "1");
            assert_eq!(one.segments, SegmentSet(0b1110), "segments of all of them");
            let mut losers: Vec<_> = people.left_out().map(|left| left.customer_id).collect();
            losers.sort_unstable();
            assert_eq!(losers, ["2", "3"]);
            assert!(people.left_out().all(|left| left.winner == Some("1")));
            assert_eq!(people.profiles(), 3);
        }
    }

    #[test]
    fn of_rows_told_apart_by_place_the_first_wins() {
        for order in [["2", "10"], ["10", "2"]] {
            let mut people = People::new(10, true).by_place();
            order.iter().for_each(|place| people.add(person(place, 7, 0)));
            assert_eq!(people.get(0).unwrap().customer_id, "2", "places are numbers: {order:?}");
        }
    }

    #[test]
    fn beyond_the_limit_addresses_are_counted_once() {
        let mut people = People::new(2, false);
        for (id, key) in [("1", 1), ("2", 2), ("3", 3), ("4", 3), ("5", 4), ("6", 1)] {
            people.add(person(id, key, 0));
        }
        assert_eq!(people.distinct(), 4);
        assert_eq!(people.profiles(), 6);
    }
}
