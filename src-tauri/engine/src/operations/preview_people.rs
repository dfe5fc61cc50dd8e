//! The people of a preview that is kept: in parts, searched, and each with what would be done with them.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::Result;
use crate::model::{ListId, Outcome, Target};
use crate::run::{Group, LeaverFate, Prepared};
use crate::stage::{Verdict, changed_fields};
use crate::store::receipt;

use super::preview::Change;
use super::preview_kept::{KeptPreview, Place, Row};

/// A group of people of a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

impl PreviewGroup {
    /// The word in JSON and in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Invalid => "invalid",
            Self::Duplicate => "duplicate",
            Self::Excluded => "excluded",
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Retry => "retry",
            Self::Leaving => "leaving",
            Self::Held => "held",
        }
    }

    /// Where a profile is shown that is not sent.
    pub(super) fn of_left_out(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Duplicate => Self::Duplicate,
            Outcome::Excluded => Self::Excluded,
            _ => Self::Invalid,
        }
    }

    /// Where a person is shown, if at all.
    pub(super) fn of_person(group: Group) -> Option<Self> {
        Some(match group {
            Group::New => Self::New,
            Group::OptedOut => Self::Excluded,
            Group::Changed => Self::Changed,
            Group::Unchanged => Self::Unchanged,
            Group::Retry | Group::Refused => Self::Retry,
            Group::NotChosen => return None,
        })
    }

    /// Where somebody is shown who left, if at all.
    pub(super) fn of_leaver(fate: LeaverFate) -> Option<Self> {
        match fate {
            LeaverFate::Goes => Some(Self::Leaving),
            LeaverFate::Kept => None,
            LeaverFate::Held => Some(Self::Held),
        }
    }
}

/// Why a person stands where they do, as a reason code; `moved`: the address is another one than before.
pub(super) fn reason(group: Group, moved: bool) -> &'static str {
    match group {
        Group::New if moved => "address_changed",
        Group::OptedOut => "opted_out",
        Group::Retry => "refused_once",
        Group::Refused => "refused_before",
        _ => "",
    }
}

/// Why somebody who left stands there.
pub(super) const HELD: &str = "held_by_guard";

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
#[derive(Debug, Clone, JsonSchema, Serialize)]
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

impl KeptPreview {
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
        let has = |text: &str| text.to_lowercase().contains(needle);
        if has(email) || has(customer_id) {
            return true;
        }
        // Most have it nowhere, which the text as a whole tells, unless JSON writes the piece otherwise.
        let as_it_stands = !needle.contains(|c: char| matches!(c, '"' | '\\') || c.is_control());
        if as_it_stands && !has(values) {
            return false;
        }
        // The names of fields are in the text as well: only values count.
        object(values).values().any(|value| has(&words(value)))
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
                    HELD.clone_into(&mut person.reason);
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
        person.reason = group.map_or("", |group| reason(*group, moved.is_some())).to_owned();
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
