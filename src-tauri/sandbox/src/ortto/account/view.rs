//! The whole account at a moment, for tests and the referee.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{Account, DisplayType, Field, Person};
use crate::account::key;

/// A copy of what the Ortto account holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OrttoView {
    /// In order of creation.
    pub people: Vec<PersonView>,
    /// Tags of people, in order of creation.
    pub tags: Vec<TagView>,
    /// Custom fields, in order of creation.
    pub fields: Vec<FieldView>,
    /// The suppression list, sorted.
    pub suppressed: Vec<String>,
    /// Arrivals by path below `/v1/`, let in or not; paths that are not there under `other`.
    pub requests: BTreeMap<String, u64>,
    /// Rows that said `bol::p` or `bol::sp` true and came as far as the account
    /// (`destination-api.md` 4.9: never to be sent).
    pub opt_ins: u64,
    /// How often a merge subscribed a person who was opted out of e-mail, told to or not.
    pub resubscribed: u64,
    /// Asynchronous merges that are still to come.
    pub queued: usize,
    /// How many bans began (`destination-api.md` 3.3).
    pub banned: u64,
}

/// A person in an [`OrttoView`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonView {
    /// Its id.
    pub person_id: String,
    /// Values by field id.
    pub fields: BTreeMap<String, Value>,
    /// Names of its tags, in order of the tags' creation.
    pub tags: Vec<String>,
    /// `bol::p`.
    pub email_permission: bool,
    /// `bol::sp`.
    pub sms_permission: bool,
    /// Whether it is archived.
    pub archived: bool,
}

/// A tag in an [`OrttoView`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TagView {
    /// Its id.
    pub id: usize,
    /// Its name as first written.
    pub name: String,
    /// How many people who are not archived have it.
    pub count: u64,
    /// How many of them are subscribed to e-mail.
    pub subscribers: u64,
}

/// A custom field in an [`OrttoView`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its type.
    pub display_type: DisplayType,
    /// What a select field can have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<String>>,
}

impl OrttoView {
    /// The person of this address.
    #[must_use]
    pub fn person(&self, email: &str) -> Option<&PersonView> {
        let wanted = key(email);
        let is = |one: &&PersonView| one.email().is_some_and(|email| key(email) == wanted);
        self.people.iter().find(is)
    }
}

impl PersonView {
    /// Its address.
    #[must_use]
    pub fn email(&self) -> Option<&str> {
        self.fields.get("str::email").and_then(Value::as_str)
    }
}

impl Account {
    /// A copy of all; bans are counted elsewhere.
    pub(crate) fn view(&self, banned: u64) -> OrttoView {
        let name = |id: &usize| Some(self.tags.get(id.checked_sub(1)?)?.name.clone());
        let person = |one: &Person| PersonView {
            person_id: one.id.clone(),
            fields: one.fields.clone(),
            tags: one.tags.iter().filter_map(name).collect(),
            email_permission: one.email_permission,
            sms_permission: one.sms_permission,
            archived: one.archived,
        };
        let tags = self.tags.iter().zip(self.tag_counts()).map(|(tag, (count, subscribers))| TagView {
            id: tag.id,
            name: tag.name.clone(),
            count,
            subscribers,
        });
        let field = |one: &Field| FieldView {
            id: one.id.clone(),
            name: one.name.clone(),
            display_type: one.display_type,
            values: one.values.clone(),
        };
        OrttoView {
            people: self.people.iter().flatten().map(person).collect(),
            tags: tags.collect(),
            fields: self.fields.iter().map(field).collect(),
            suppressed: self.suppressed.iter().cloned().collect(),
            requests: self.requests.clone(),
            opt_ins: self.opt_ins,
            resubscribed: self.resubscribed,
            queued: self.queue.len(),
            banned,
        }
    }
}
