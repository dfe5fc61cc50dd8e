//! One person and how a call reads it (`destination-api.md` 3.2).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// A person.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: String,
    /// By field id, without the permissions.
    pub(crate) fields: BTreeMap<String, Value>,
    /// Ids of tags.
    pub(crate) tags: BTreeSet<usize>,
    /// `bol::p`.
    pub(crate) email_permission: bool,
    /// `bol::sp`.
    pub(crate) sms_permission: bool,
    pub(crate) archived: bool,
}

impl Person {
    /// A new person is subscribed to e-mail and not to SMS (`destination-api.md` 3.2).
    pub(super) fn new(id: String) -> Person {
        Person {
            id,
            fields: BTreeMap::new(),
            tags: BTreeSet::new(),
            email_permission: true,
            sms_permission: false,
            archived: false,
        }
    }

    /// `{"id", "fields"}` with those of the fields asked for that have a value.
    pub(crate) fn read(&self, fields: &[String]) -> Value {
        let shown: Map<String, Value> =
            fields.iter().filter_map(|field| Some((field.clone(), self.value(field)?))).collect();
        json!({"id": self.id, "fields": shown})
    }

    pub(crate) fn value(&self, field: &str) -> Option<Value> {
        match field {
            "str::id" | "str::person_id" => Some(json!(self.id)),
            "bol::p" => Some(json!(self.email_permission)),
            "bol::sp" => Some(json!(self.sms_permission)),
            "u4s::t" if self.tags.is_empty() => None,
            "u4s::t" => Some(json!(self.tags)),
            _ => self.fields.get(field).cloned(),
        }
    }

    pub(crate) fn email(&self) -> Option<&str> {
        self.fields.get("str::email").and_then(Value::as_str)
    }
}
