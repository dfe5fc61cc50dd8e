//! One contact and how it is read (`destination-api.md` 2.2).

use serde_json::{Map, Value, json};

use super::{Account, CustomField};

/// The standard fields, without `unsubscribed`.
const STANDARD: [&str; 22] = [
    "Email",
    "Twitter",
    "FirstName",
    "LastName",
    "Salutation",
    "Company",
    "NumberOfEmployees",
    "Title",
    "Industry",
    "Phone",
    "MobilePhone",
    "Fax",
    "Website",
    "MailingStreet",
    "MailingCity",
    "MailingState",
    "MailingPostalCode",
    "MailingCountry",
    "owner_name",
    "LeadSource",
    "Status",
    "LinkedIn",
];

/// A contact.
#[derive(Debug, Clone, Default)]
pub(crate) struct Contact {
    pub(crate) id: String,
    /// The address as first sent; `None` for a contact without.
    pub(crate) email: Option<String>,
    pub(crate) fields: Vec<(&'static str, Value)>,
    /// Values of custom fields, by the field's place in the account.
    pub(crate) custom: Vec<(usize, Value)>,
    pub(crate) unsubscribed: bool,
    /// Places of its lists in the account.
    pub(crate) lists: Vec<usize>,
    pub(crate) created: u64,
    pub(crate) updated: u64,
}

/// The standard field of this name.
pub(super) fn standard(name: &str) -> Option<&'static str> {
    STANDARD.into_iter().find(|&have| have == name)
}

impl Contact {
    /// Sets a field; `None` clears it.
    pub(super) fn set(&mut self, name: &'static str, value: Option<Value>) {
        put(&mut self.fields, name, value);
    }

    pub(super) fn set_custom(&mut self, field: usize, value: Option<Value>) {
        put(&mut self.custom, field, value);
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(have, _)| *have == name)
    }

    /// The custom values with their fields.
    pub(super) fn custom_values<'a>(
        &'a self,
        account: &'a Account,
    ) -> impl Iterator<Item = (&'a CustomField, &'a Value)> {
        self.custom.iter().filter_map(|(at, value)| Some((account.custom.get(*at)?, value)))
    }
}

fn put<K: PartialEq>(fields: &mut Vec<(K, Value)>, key: K, value: Option<Value>) {
    let at = fields.iter().position(|(have, _)| *have == key);
    match (at, value) {
        (Some(at), Some(value)) => {
            if let Some(entry) = fields.get_mut(at) {
                entry.1 = value;
            }
        }
        (Some(at), None) => {
            fields.remove(at);
        }
        (None, Some(value)) => fields.push((key, value)),
        (None, None) => {}
    }
}

impl Account {
    /// The contact as `GET /contact/{id}` shows it.
    pub(crate) fn read(&self, contact: &Contact) -> Value {
        let mut shown = Map::new();
        if let Some(email) = &contact.email {
            shown.insert("Email".to_owned(), json!(email));
        }
        for (name, value) in &contact.fields {
            shown.insert((*name).to_owned(), value.clone());
        }
        let name = ["FirstName", "LastName"]
            .iter()
            .filter_map(|&part| contact.fields.iter().find(|(have, _)| *have == part))
            .filter_map(|(_, value)| value.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        if !name.is_empty() {
            shown.insert("Name".to_owned(), json!(name));
        }
        let custom: Vec<Value> = contact
            .custom_values(self)
            .filter(|(field, _)| !field.hidden)
            .map(|(field, value)| {
                json!({
                    "kind": field.name,
                    "value": value,
                    "fieldType": field.field_type,
                    "deleted": field.deleted,
                })
            })
            .collect();
        if !custom.is_empty() {
            shown.insert("custom_fields".to_owned(), Value::Array(custom));
        }
        if contact.unsubscribed {
            shown.insert("unsubscribed".to_owned(), json!(true));
        }
        if !contact.lists.is_empty() {
            shown.insert("lists".to_owned(), json!(self.list_ids(&contact.lists)));
        }
        shown.insert("contact_id".to_owned(), json!(contact.id));
        shown.insert("type".to_owned(), json!("contact"));
        shown.insert("api_originated".to_owned(), json!(true));
        shown.insert("created_at".to_owned(), json!(moment(contact.created)));
        shown.insert("updated_at".to_owned(), json!(moment(contact.updated)));
        Value::Object(shown)
    }
}

/// The form of 2017 (`destination-api.md` 2.2), a millisecond a tick from the start of that year;
/// it stays in January, which 2.6 thousand million writes would leave.
fn moment(tick: u64) -> String {
    let (seconds, millis) = (tick / 1000, tick % 1000);
    let day = (seconds / 86_400).min(30) + 1;
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("2017-01-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
}
