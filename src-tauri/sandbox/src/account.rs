//! The vendor's account: contacts, lists and custom fields, in memory.

mod check;
mod contact;
mod custom;
mod id;
mod lists;
mod merge;
mod page;
mod view;

use std::collections::HashMap;

pub(crate) use contact::Contact;
pub use custom::{CustomField, FieldType};
pub(crate) use lists::{List, Removal};
pub use view::{AccountView, ContactView, ListView};

/// All that the vendor stores.
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// In order of creation; a deleted contact leaves its place empty, so that a bookmark to it
    /// still leads on.
    contacts: Vec<Option<Contact>>,
    by_key: HashMap<String, usize>,
    by_id: HashMap<String, usize>,
    /// In order of creation; a deleted list leaves its place empty.
    lists: Vec<Option<List>>,
    custom: Vec<CustomField>,
    /// Counts the writes; stands for the time in `created_at` and `updated_at`, so that two runs
    /// give the same account.
    tick: u64,
}

/// The form of an address by which contacts are matched (`destination-api.md` 5.1:
/// case-sensitivity is open, lower case is the safe reading).
pub(crate) fn key(email: &str) -> String {
    email.trim().to_lowercase()
}

impl Account {
    /// Where the contact of this id or address is.
    pub(crate) fn find(&self, who: &str) -> Option<usize> {
        let at = self.by_id.get(who).or_else(|| self.by_key.get(&key(who))).copied()?;
        self.contact(at).map(|_| at)
    }

    pub(crate) fn contact(&self, at: usize) -> Option<&Contact> {
        self.contacts.get(at)?.as_ref()
    }

    /// Makes the contact opted out; it stays on its lists (`destination-api.md` 2.3).
    pub(crate) fn unsubscribe(&mut self, at: usize) {
        self.tick += 1;
        if let Some(Some(contact)) = self.contacts.get_mut(at) {
            contact.unsubscribed = true;
            contact.updated = self.tick;
        }
    }

    /// Deletes the contact for good.
    pub(crate) fn delete(&mut self, at: usize) {
        let Some(contact) = self.contacts.get_mut(at).and_then(Option::take) else {
            return;
        };
        self.tick += 1;
        if let Some(email) = &contact.email {
            self.by_key.remove(&key(email));
        }
        for list in contact.lists {
            if let Some(Some(list)) = self.lists.get_mut(list) {
                list.members.remove(&at);
            }
        }
    }

    /// Contacts that are not deleted.
    pub(crate) fn total(&self) -> usize {
        self.contacts.iter().flatten().count()
    }
}
