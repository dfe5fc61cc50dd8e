//! The whole account at a moment, for tests and the referee.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{Account, CustomField};

/// A copy of what the account holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccountView {
    /// In order of creation.
    pub contacts: Vec<ContactView>,
    /// In order of creation.
    pub lists: Vec<ListView>,
    /// The fields that the account shows.
    pub custom_fields: Vec<CustomField>,
}

/// A contact in an [`AccountView`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContactView {
    /// Its id.
    pub contact_id: String,
    /// Its address as first written.
    #[serde(rename = "Email")]
    pub email: Option<String>,
    /// The other standard fields that it has.
    #[serde(flatten)]
    pub fields: BTreeMap<String, Value>,
    /// Values of defined custom fields.
    pub custom: BTreeMap<String, Value>,
    /// Values of custom fields that nobody defined; the vendor's API does not show them.
    pub hidden: BTreeMap<String, Value>,
    /// Whether it opted out.
    pub unsubscribed: bool,
    /// Ids of its lists, in the order it joined them.
    pub lists: Vec<String>,
}

/// A list in an [`AccountView`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListView {
    /// Its id.
    pub list_id: String,
    /// Its title.
    pub title: String,
    /// How many contacts are on it.
    pub members: usize,
}

impl AccountView {
    /// The contact of this address.
    #[must_use]
    pub fn contact(&self, email: &str) -> Option<&ContactView> {
        let wanted = super::key(email);
        let is = |one: &&ContactView| one.email.as_deref().is_some_and(|e| super::key(e) == wanted);
        self.contacts.iter().find(is)
    }
}

impl Account {
    pub(crate) fn view(&self) -> AccountView {
        let contact = |one: &super::Contact| {
            let values = |hidden: bool| {
                one.custom_values(self)
                    .filter(|(field, _)| field.hidden == hidden)
                    .map(|(field, value)| (field.name.clone(), value.clone()))
                    .collect()
            };
            ContactView {
                contact_id: one.id.clone(),
                email: one.email.clone(),
                fields: one.fields.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect(),
                custom: values(false),
                hidden: values(true),
                unsubscribed: one.unsubscribed,
                lists: self.list_ids(&one.lists).into_iter().map(str::to_owned).collect(),
            }
        };
        let list = |one: &super::List| ListView {
            list_id: one.id.clone(),
            title: one.title.clone(),
            members: one.members.len(),
        };
        AccountView {
            contacts: self.contacts.iter().flatten().map(contact).collect(),
            lists: self.lists().map(list).collect(),
            custom_fields: self.custom_fields().cloned().collect(),
        }
    }
}
