//! Writing a row over what the account has (`destination-api.md` 2.3).

use serde_json::Value;

use super::check::is_blank;
use super::{Account, Contact, contact, custom, id, key};
use crate::contents::Row;
use crate::{Faults, Names};

impl Account {
    /// Creates or updates the contact of a row that was checked, and returns its place. Fields
    /// sent overwrite, fields not sent stay.
    pub(crate) fn merge(&mut self, row: Row<'_>, faults: &Faults, honour_list: bool) -> usize {
        self.tick += 1;
        let at = self.place(row.text("Email"));
        let mut renamed = None;
        let mut list = None;
        for (name, value) in row.fields {
            match (name.as_ref(), value) {
                // It is the key, and stays as it was first written.
                ("Email", _) => {}
                ("custom", Value::Object(values)) => {
                    for (name, value) in values {
                        self.merge_custom(at, &name, value);
                    }
                }
                ("unsubscribed" | "Unsubscribed", Value::Bool(told)) => {
                    self.change(at, |contact| contact.unsubscribed = told);
                }
                ("_autopilot_list", Value::String(id)) => list = Some(id),
                ("_NewEmail", Value::String(new)) => renamed = Some(new),
                (name, value) => {
                    if let Some(name) = contact::standard(name) {
                        let kept = faults.names == Names::Kept && matches!(name, "FirstName" | "LastName");
                        let value = Some(value).filter(|value| !is_blank(value));
                        self.change(at, |contact| {
                            if !(kept && contact.has(name)) {
                                contact.set(name, value);
                            }
                        });
                    }
                }
            }
        }
        if let Some(new) = renamed {
            self.rename(at, &new);
        }
        // Of an id nobody knows the vendor's pages say nothing: the contact is taken, on no list.
        if let Some(list) = list.filter(|_| honour_list).and_then(|id| self.find_list(&id)) {
            self.join(list, at);
        }
        at
    }

    /// The place of the contact of this address; without an address always a new one.
    fn place(&mut self, email: Option<&str>) -> usize {
        let key = email.map(key);
        if let Some(&at) = key.as_ref().and_then(|key| self.by_key.get(key)) {
            return at;
        }
        let at = self.contacts.len();
        let contact = Contact {
            id: id::id("person", at),
            email: email.map(|email| email.trim().to_owned()),
            created: self.tick,
            updated: self.tick,
            ..Contact::default()
        };
        self.by_id.insert(contact.id.clone(), at);
        if let Some(key) = key {
            self.by_key.insert(key, at);
        }
        self.contacts.push(Some(contact));
        at
    }

    fn merge_custom(&mut self, at: usize, name: &str, value: Value) {
        if let Some((field_type, name)) = custom::parse(name) {
            let field = self.field(field_type, name);
            let value = Some(value).filter(|value| !is_blank(value));
            self.change(at, |contact| contact.set_custom(field, value));
        }
    }

    fn rename(&mut self, at: usize, new: &str) {
        let old = self.contact(at).and_then(|contact| contact.email.as_deref()).map(key);
        if let Some(old) = old {
            self.by_key.remove(&old);
        }
        self.by_key.insert(key(new), at);
        self.change(at, |contact| contact.email = Some(new.trim().to_owned()));
    }

    fn change(&mut self, at: usize, how: impl FnOnce(&mut Contact)) {
        let tick = self.tick;
        if let Some(Some(contact)) = self.contacts.get_mut(at) {
            contact.updated = tick;
            how(contact);
        }
    }
}
