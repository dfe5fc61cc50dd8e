//! A preview that is kept, so that a page can look through its people and run exactly its plan.

use std::collections::HashSet;
use std::sync::OnceLock;

use serde_json::{Map, Value};

use crate::error::Result;
use crate::model::{Connection, Export, ListId, Outcome, Target};
use crate::run::{Draft, Group, LeaverFate, Prepared, plan_digest};
use crate::stage::{Verdict, changed_fields};
use crate::store::{Store, receipt};

use super::preview::{Change, Preview};

/// A group of people of a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PreviewGroup {
    /// Everybody in the segments.
    Source,
    /// Cannot be sent.
    Invalid,
    /// Another profile of the same address goes.
    Duplicate,
    /// Left out on purpose.
    Excluded,
    /// No receipt yet.
    New,
    /// Differ from what was last accepted.
    Changed,
    /// As last accepted.
    Unchanged,
    /// Refused before.
    Retry,
    /// Leave.
    Leaving,
    /// Leave, but are held by the guard.
    Held,
}

/// Which people of a preview are asked for.
#[derive(Debug, Clone)]
pub struct PreviewQuery {
    /// The group.
    pub group: PreviewGroup,
    /// A piece of the address, the CustomerId or a value that would be sent, in any letters.
    pub search: String,
    /// Only people for whom this field changes.
    pub field: Option<String>,
    /// The first row, from 0.
    pub offset: usize,
    /// How many rows.
    pub limit: usize,
}

/// A person of a preview, whole.
#[derive(Debug, Clone)]
pub struct PreviewedPerson {
    /// The group.
    pub group: PreviewGroup,
    /// The address.
    pub email: String,
    /// First and last name as they would be sent; empty where they are not.
    pub name: String,
    /// The profile.
    pub customer_id: String,
    /// Why, as a reason code.
    pub reason: String,
    /// Fields that change; of somebody who is new, those that are sent.
    pub changes: Vec<Change>,
    /// Titles of lists that they would be put on.
    pub joins: Vec<String>,
    /// Titles of lists that they would be taken off.
    pub leaves: Vec<String>,
}

/// A preview with its people.
pub struct KeptPreview {
    store: Store,
    preview: Preview,
    draft: Draft,
    prepared: Prepared,
    digest: String,
    first_run: bool,
    /// Everybody of it, in the order of pages.
    rows: Vec<Row>,
    /// Address and CustomerId of leavers, by place among the leavers.
    left: Vec<(String, String)>,
    /// People whose values differ, each with the fields that do: found when they are first asked for.
    differing: OnceLock<Vec<(usize, HashSet<String>)>>,
}

/// A person by place.
#[derive(Debug, Clone, Copy)]
struct Row {
    group: PreviewGroup,
    place: Place,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    LeftOut(usize),
    Person(usize),
    Leaver(usize),
}

impl KeptPreview {
    /// Keeps a plan. Reads the receipts of leavers on this thread.
    pub(super) fn new(
        store: Store,
        preview: Preview,
        draft: Draft,
        prepared: Prepared,
        book: Option<i64>,
    ) -> Result<Self> {
        let mut rows = Vec::new();
        for (at, left) in draft.people.left_out().enumerate() {
            let group = match left.outcome {
                Outcome::Duplicate => PreviewGroup::Duplicate,
                Outcome::Excluded => PreviewGroup::Excluded,
                _ => PreviewGroup::Invalid,
            };
            rows.push(Row { group, place: Place::LeftOut(at) });
        }
        for (at, group) in draft.groups.iter().enumerate() {
            let group = match group {
                Group::New => PreviewGroup::New,
                Group::OptedOut => PreviewGroup::Excluded,
                Group::Changed => PreviewGroup::Changed,
                Group::Unchanged => PreviewGroup::Unchanged,
                Group::Retry | Group::Refused => PreviewGroup::Retry,
                Group::NotChosen => continue,
            };
            rows.push(Row { group, place: Place::Person(at) });
        }
        for (at, leaver) in draft.leavers.iter().enumerate() {
            let group = match leaver.fate {
                LeaverFate::Goes => PreviewGroup::Leaving,
                LeaverFate::Kept => continue,
                LeaverFate::Held => PreviewGroup::Held,
            };
            rows.push(Row { group, place: Place::Leaver(at) });
        }
        let (left, first_run) = store.read_blocking(|conn| {
            let mut left = Vec::with_capacity(draft.leavers.len());
            for leaver in &draft.leavers {
                let held = receipt::one(conn, leaver.receipt)?;
                left.push((held.email, held.customer_id));
            }
            let first = match book {
                Some(book) => !receipt::any(conn, book)?,
                None => true,
            };
            Ok((left, first))
        })?;
        let digest = plan_digest(&draft, &prepared);
        let differing = OnceLock::new();
        Ok(Self { store, preview, draft, prepared, digest, first_run, rows, left, differing })
    }

    /// The numbers and the lists.
    #[must_use]
    pub fn preview(&self) -> &Preview {
        &self.preview
    }

    /// The export as it was previewed.
    #[must_use]
    pub fn export(&self) -> &Export {
        &self.prepared.export
    }

    /// The connection.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.prepared.connection
    }

    /// When people were compared with the receipts.
    #[must_use]
    pub fn compared_at(&self) -> jiff::Timestamp {
        self.prepared.as_of
    }

    /// Names the plan: a run that is told it does exactly this, or nothing.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Whether nobody was sent by this export to this account yet.
    #[must_use]
    pub fn first_run(&self) -> bool {
        self.first_run
    }

    /// The limit of the export, where its people are more than that.
    #[must_use]
    pub fn over_limit(&self) -> Option<u64> {
        let limit = self.prepared.export.limit;
        (self.draft.people.distinct() > limit).then_some(limit)
    }

    /// Fields that are sent beside the address, as the account names them.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let targets = self.prepared.export.matching.iter().map(|matched| &matched.target);
        targets.filter(|target| !target.is_email()).map(ToString::to_string).collect()
    }

    /// A part of the people, and how many fit in all. Blocks: it reads receipts.
    ///
    /// # Errors
    /// Those of the database.
    pub fn people(&self, query: &PreviewQuery) -> Result<(Vec<PreviewedPerson>, u64)> {
        let needle = query.search.trim().to_lowercase();
        let differ = match &query.field {
            Some(field) => Some(self.differ_in(field)?),
            None => None,
        };
        let fits = |row: &&Row| {
            let in_group = match query.group {
                PreviewGroup::Source => !matches!(row.place, Place::Leaver(_)),
                group => row.group == group,
            };
            let differs = differ.as_ref().is_none_or(|differ| match row.place {
                Place::Person(at) => differ.contains(&at),
                Place::LeftOut(_) | Place::Leaver(_) => false,
            });
            in_group && differs && (needle.is_empty() || self.holds(row.place, &needle))
        };
        let (mut total, mut rows) = (0_u64, Vec::new());
        for row in self.rows.iter().filter(fits) {
            if total >= query.offset as u64 && rows.len() < query.limit {
                rows.push(self.person(*row)?);
            }
            total += 1;
        }
        Ok((rows, total))
    }

    /// Whether this piece is in what a person is known by, or in a value.
    fn holds(&self, place: Place, needle: &str) -> bool {
        let (email, customer_id, values) = match place {
            Place::LeftOut(at) => match self.draft.people.left_out_at(at) {
                Some(left) => (left.email, left.customer_id, left.cells),
                None => return false,
            },
            Place::Person(at) => match self.draft.people.get(at) {
                Some(person) => (person.email, person.customer_id, person.fields),
                None => return false,
            },
            Place::Leaver(at) => match self.left.get(at) {
                Some((email, customer_id)) => (email.as_str(), customer_id.as_str(), ""),
                None => return false,
            },
        };
        let has = |text: &str| contains(text, needle);
        has(email)
            || has(customer_id)
            // The names of fields are in the text as well: only values count.
            || (!values.is_empty() && object(values).values().any(|value| has(&words(value))))
    }

    /// The places of those for whom a field changes.
    fn differ_in(&self, field: &str) -> Result<HashSet<usize>> {
        let differing = match self.differing.get() {
            Some(differing) => differing,
            None => {
                let found = self.find_differing()?;
                self.differing.get_or_init(|| found)
            }
        };
        Ok(differing.iter().filter(|(_, fields)| fields.contains(field)).map(|(at, _)| *at).collect())
    }

    fn find_differing(&self) -> Result<Vec<(usize, HashSet<String>)>> {
        let mut differing = Vec::new();
        self.store.read_blocking(|conn| {
            for (at, (verdict, group)) in self.draft.delta.verdicts.iter().zip(&self.draft.groups).enumerate()
            {
                let Some(person) = self.draft.people.get(at) else { continue };
                let goes = matches!(group, Group::New | Group::Changed | Group::Retry | Group::Refused);
                let fields = match verdict {
                    Verdict::New { .. } if goes => {
                        object(person.fields).into_iter().map(|(key, _)| key).collect()
                    }
                    Verdict::Changed { receipt, fields: true, .. } if goes => {
                        let accepted =
                            receipt::known_fields(conn, *receipt)?.unwrap_or_else(|| "{}".to_owned());
                        changed_fields(person.fields, &accepted, &self.prepared.fingerprints)
                            .into_iter()
                            .collect()
                    }
                    _ => continue,
                };
                differing.push((at, fields));
            }
            Ok(())
        })?;
        Ok(differing)
    }

    fn person(&self, Row { group, place }: Row) -> Result<PreviewedPerson> {
        let mut person = PreviewedPerson {
            group,
            email: String::new(),
            name: String::new(),
            customer_id: String::new(),
            reason: String::new(),
            changes: Vec::new(),
            joins: Vec::new(),
            leaves: Vec::new(),
        };
        match place {
            Place::LeftOut(at) => {
                if let Some(left) = self.draft.people.left_out_at(at) {
                    left.email.clone_into(&mut person.email);
                    left.customer_id.clone_into(&mut person.customer_id);
                    left.reason.clone_into(&mut person.reason);
                    person.name = name(&object(left.cells));
                }
            }
            Place::Leaver(at) => {
                if let Some((email, customer_id)) = self.left.get(at) {
                    email.clone_into(&mut person.email);
                    customer_id.clone_into(&mut person.customer_id);
                }
                if let Some(leaver) = self.draft.leavers.get(at) {
                    person.leaves = self.titles(&leaver.leaves);
                    if leaver.follows.is_some() {
                        "address_changed".clone_into(&mut person.reason);
                    }
                }
                if group == PreviewGroup::Held {
                    "held_by_guard".clone_into(&mut person.reason);
                }
            }
            Place::Person(at) => self.fill(&mut person, at)?,
        }
        Ok(person)
    }

    /// What a person of the segments would be sent.
    fn fill(&self, person: &mut PreviewedPerson, at: usize) -> Result<()> {
        let Some(view) = self.draft.people.get(at) else { return Ok(()) };
        let now = object(view.fields);
        view.email.clone_into(&mut person.email);
        view.customer_id.clone_into(&mut person.customer_id);
        person.name = name(&now);
        let group = self.draft.groups.get(at);
        let moved = self.draft.moved.get(&at);
        person.reason = match group {
            Some(Group::New) if moved.is_some() => "address_changed",
            Some(Group::OptedOut) => "opted_out",
            Some(Group::Retry) => "refused_once",
            Some(Group::Refused) => "refused_before",
            _ => "",
        }
        .to_owned();
        let stays = matches!(group, Some(Group::OptedOut | Group::Refused));
        match self.draft.delta.verdicts.get(at) {
            Some(Verdict::New { joins }) => {
                if let Some(old) = moved {
                    person.changes.push(Change {
                        field: Target::EMAIL.to_owned(),
                        old: Some(old.email.clone()),
                        new: Some(view.email.to_owned()),
                    });
                }
                let sent = now.iter().map(|(field, value)| Change {
                    field: field.clone(),
                    old: None,
                    new: Some(words(value)),
                });
                person.changes.extend(sent);
                person.joins = if stays { Vec::new() } else { self.titles(joins) };
            }
            Some(Verdict::Changed { receipt, fields, joins, leaves }) => {
                if *fields {
                    let accepted = self.store.read_blocking(|conn| receipt::known_fields(conn, *receipt))?;
                    person.changes = changes(&self.prepared, &accepted.unwrap_or_default(), view.fields);
                }
                if !stays {
                    person.joins = self.titles(joins);
                    person.leaves = self.titles(leaves);
                }
            }
            Some(Verdict::Unchanged { .. }) | None => {}
        }
        Ok(())
    }

    fn titles(&self, lists: &[ListId]) -> Vec<String> {
        let mut chosen = self.prepared.lists.iter().enumerate();
        let mut titles: Vec<String> = chosen
            .by_ref()
            .filter(|(place, list)| lists.contains(&list.id(*place)))
            .map(|(_, list)| list.title.clone())
            .collect();
        titles.sort();
        titles
    }
}

/// The fields that differ from what was last accepted, each with both values.
pub(super) fn changes(prepared: &Prepared, accepted: &str, now: &str) -> Vec<Change> {
    let (old, new) = (object(accepted), object(now));
    changed_fields(now, accepted, &prepared.fingerprints)
        .into_iter()
        .map(|field| Change {
            old: old.get(&field).filter(|value| !value.is_object()).map(words),
            new: new.get(&field).map(words),
            field,
        })
        .collect()
}

fn object(json: &str) -> Map<String, Value> {
    serde_json::from_str(json).unwrap_or_default()
}

fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn name(values: &Map<String, Value>) -> String {
    let part = |field| values.get(field).and_then(Value::as_str).filter(|part| !part.is_empty());
    [part("FirstName"), part("LastName")].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Whether a text holds a piece that is in small letters, in any letters.
fn contains(text: &str, needle: &str) -> bool {
    text.to_lowercase().contains(needle)
}
