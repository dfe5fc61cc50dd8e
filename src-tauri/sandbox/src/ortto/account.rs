//! Ortto's account: people, custom fields, tags and the suppression list, in memory.

mod field;
mod id;
mod person;
mod tag;
mod value;
mod view;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

pub(super) use field::Field;
pub use field::{DisplayType, NewField};
pub(super) use person::Person;
pub(super) use tag::{ORGANIZATION_TAG, Tag, folded};
pub(super) use value::{fits, is_address};
pub use view::{FieldView, OrttoView, PersonView, TagView};

use super::asked::Call;
use super::merge::Queued;
use crate::account::key;

/// All that Ortto stores.
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// In order of creation; a deleted person leaves the place empty.
    people: Vec<Option<Person>>,
    by_id: HashMap<String, usize>,
    by_email: HashMap<String, usize>,
    by_external: HashMap<String, usize>,
    fields: Vec<Field>,
    /// A tag's id is its place, from 1.
    tags: Vec<Tag>,
    /// Addresses as they are compared.
    suppressed: BTreeSet<String>,
    /// Asynchronous merges that are still to come.
    pub(super) queue: Vec<Queued>,
    /// Requests that were read so far.
    pub(super) turns: u64,
    /// Arrivals by path.
    requests: BTreeMap<String, u64>,
    /// Rows that said `bol::p` or `bol::sp` true.
    pub(super) opt_ins: u64,
    /// People who were opted out of e-mail and were subscribed by a merge.
    pub(super) resubscribed: u64,
}

impl Account {
    /// Counts an arrival, let in or not.
    pub(crate) fn count(&mut self, path: &str) {
        let name = match Call::of_path(path) {
            Some(_) => path.trim_start_matches("/v1/"),
            None => "other",
        };
        *self.requests.entry(name.to_owned()).or_default() += 1;
    }

    /// The person of this id or address.
    pub(crate) fn find(&self, who: &str) -> Option<usize> {
        let at = self.by_id.get(who).or_else(|| self.by_email.get(&key(who))).copied()?;
        self.person(at).map(|_| at)
    }

    pub(super) fn person(&self, at: usize) -> Option<&Person> {
        self.people.get(at)?.as_ref()
    }

    /// The person whose field has this value: what `merge_by` asks.
    pub(super) fn look_up(&self, field: &str, value: &Value) -> Option<usize> {
        let text = value.as_str().unwrap_or_default();
        match field {
            "str::person_id" => self.by_id.get(text).copied(),
            "str::email" => self.by_email.get(&key(text)).copied(),
            "str::ei" => self.by_external.get(text).copied(),
            _ => self.places().find(|(_, one)| one.fields.get(field) == Some(value)).map(|(at, _)| at),
        }
    }

    /// All people with their places, in order of creation.
    pub(super) fn places(&self) -> impl DoubleEndedIterator<Item = (usize, &Person)> {
        self.people.iter().enumerate().filter_map(|(at, one)| Some((at, one.as_ref()?)))
    }

    /// Those who are not archived.
    pub(super) fn live(&self) -> impl DoubleEndedIterator<Item = &Person> {
        self.people.iter().flatten().filter(|one| !one.archived)
    }

    /// Makes a person of nothing yet and returns the place.
    pub(super) fn create(&mut self) -> usize {
        let at = self.people.len();
        let person = Person::new(id::person(at));
        self.by_id.insert(person.id.clone(), at);
        self.people.push(Some(person));
        at
    }

    /// Sets a field, `None` clears it; the tables by address and external id follow.
    pub(super) fn set(&mut self, at: usize, field: &str, value: Option<Value>) {
        let Some(Some(person)) = self.people.get_mut(at) else {
            return;
        };
        let table = match field {
            "str::email" => Some(&mut self.by_email),
            "str::ei" => Some(&mut self.by_external),
            _ => None,
        };
        let form = |value: &Value| {
            let text = value.as_str().unwrap_or_default();
            if field == "str::email" { key(text) } else { text.to_owned() }
        };
        let value = match (field, value) {
            ("str::email", Some(Value::String(email))) => Some(Value::String(email.trim().to_owned())),
            (_, value) => value,
        };
        if let Some(table) = table {
            if let Some(old) = person.fields.get(field) {
                table.remove(&form(old));
            }
            if let Some(new) = &value {
                table.insert(form(new), at);
            }
        }
        match value {
            Some(value) => person.fields.insert(field.to_owned(), value),
            None => person.fields.remove(field),
        };
    }

    pub(super) fn change(&mut self, at: usize, how: impl FnOnce(&mut Person)) {
        if let Some(Some(person)) = self.people.get_mut(at) {
            how(person);
        }
    }

    /// Deletes the person for good.
    pub(super) fn delete(&mut self, at: usize) {
        self.set(at, "str::email", None);
        self.set(at, "str::ei", None);
        if let Some(person) = self.people.get_mut(at).and_then(Option::take) {
            self.by_id.remove(&person.id);
        }
    }

    /// Puts an address on the suppression list (`destination-api.md` 3.5).
    pub(crate) fn suppress(&mut self, email: &str) {
        self.suppressed.insert(key(email));
    }

    /// Takes an address off it; false when it was not on it.
    pub(super) fn unsuppress(&mut self, email: &str) -> bool {
        self.suppressed.remove(&key(email))
    }

    pub(super) fn is_suppressed(&self, email: &str) -> bool {
        self.suppressed.contains(&key(email))
    }
}
