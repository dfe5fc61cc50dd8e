//! Lists and who is on them (`destination-api.md` 2.1).

use std::collections::BTreeSet;

use super::{Account, id};

/// A list.
#[derive(Debug, Clone)]
pub(crate) struct List {
    pub(crate) id: String,
    pub(crate) title: String,
    /// Places of the members, in order of their creation.
    pub(crate) members: BTreeSet<usize>,
}

/// How the deletion of a list went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Removal {
    Done,
    InUse,
    Unknown,
}

impl Account {
    pub(crate) fn lists(&self) -> impl Iterator<Item = &List> {
        self.lists.iter().flatten()
    }

    pub(crate) fn find_list(&self, id: &str) -> Option<usize> {
        self.lists.iter().position(|list| list.as_ref().is_some_and(|list| list.id == id))
    }

    /// The first list of this title.
    pub(crate) fn find_title(&self, title: &str) -> Option<usize> {
        self.lists.iter().position(|list| list.as_ref().is_some_and(|list| list.title == title))
    }

    pub(crate) fn list(&self, at: usize) -> Option<&List> {
        self.lists.get(at)?.as_ref()
    }

    /// Makes a list and returns its place; whether the title is free is the caller's question.
    pub(crate) fn create_list(&mut self, title: &str) -> usize {
        self.tick += 1;
        let at = self.lists.len();
        self.lists.push(Some(List {
            id: id::id("contactlist", at),
            title: title.to_owned(),
            members: BTreeSet::new(),
        }));
        at
    }

    pub(crate) fn delete_list(&mut self, id: &str, in_use: &[String]) -> Removal {
        let Some(at) = self.find_list(id) else {
            return Removal::Unknown;
        };
        let Some(slot) = self.lists.get_mut(at) else {
            return Removal::Unknown;
        };
        let Some(list) = slot.take_if(|list| !in_use.iter().any(|u| *u == list.id || *u == list.title))
        else {
            return Removal::InUse;
        };
        self.tick += 1;
        for member in list.members {
            if let Some(Some(contact)) = self.contacts.get_mut(member) {
                contact.lists.retain(|&have| have != at);
            }
        }
        Removal::Done
    }

    /// Puts the contact on the list; false when it was on it.
    pub(crate) fn join(&mut self, list: usize, at: usize) -> bool {
        let (Some(Some(list_there)), Some(Some(contact))) =
            (self.lists.get_mut(list), self.contacts.get_mut(at))
        else {
            return false;
        };
        let joined = list_there.members.insert(at);
        if joined {
            contact.lists.push(list);
        }
        joined
    }

    /// Takes the contact off the list; false when it was not on it.
    pub(crate) fn leave(&mut self, list: usize, at: usize) -> bool {
        let (Some(Some(list_there)), Some(Some(contact))) =
            (self.lists.get_mut(list), self.contacts.get_mut(at))
        else {
            return false;
        };
        contact.lists.retain(|&have| have != list);
        list_there.members.remove(&at)
    }

    pub(crate) fn list_ids(&self, places: &[usize]) -> Vec<&str> {
        places.iter().filter_map(|&at| self.list(at)).map(|list| list.id.as_str()).collect()
    }
}
