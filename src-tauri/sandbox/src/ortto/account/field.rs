//! Fields: the standard ones and the account's own (`destination-api.md` 3.2).

use serde::{Deserialize, Serialize};

use super::Account;
use crate::ortto::Refusal;

/// The standard fields that can be written. `bol::p` and `bol::sp` are the permissions.
const STANDARD: [&str; 18] = [
    "str::email",
    "str::first",
    "str::last",
    "str::ei",
    "phn::phone",
    "geo::city",
    "geo::region",
    "geo::country",
    "str::postal",
    "dtz::b",
    "str::language",
    "bol::gdpr",
    "bol::p",
    "bol::sp",
    "str::u-ctx",
    "str::s-ctx",
    "str::soi-ctx",
    "str::soo-ctx",
];

/// Fields that are read only; `u4s::t` are the tags' ids.
const READ_ONLY: [&str; 3] = ["str::id", "str::person_id", "u4s::t"];

/// Custom fields an account may have; by plan 100 to 200 (`destination-api.md` 3.2).
const MOST: usize = 100;

/// The types of custom fields (`destination-api.md` 3.2, and the page of custom-field/create).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisplayType {
    /// Text of up to 255 characters.
    Text,
    /// Text of up to 4,000 characters.
    LargeText,
    /// An address.
    Email,
    /// An address of a page.
    Link,
    /// One of some values.
    SingleSelect,
    /// Some of some values.
    MultiSelect,
    /// A whole number.
    Integer,
    /// A number, as thousandths.
    Decimal,
    /// An amount, as thousandths.
    Currency,
    /// An amount with its currency, as thousandths.
    Price,
    /// A day.
    Date,
    /// A moment.
    Time,
    /// True or false.
    Bool,
    /// A telephone number.
    Phone,
    /// A place.
    Geo,
    /// An object.
    Object,
}

impl DisplayType {
    /// What the ids of its fields begin with.
    fn prefix(self) -> &'static str {
        match self {
            DisplayType::Text | DisplayType::Email | DisplayType::Link | DisplayType::SingleSelect => "str",
            DisplayType::LargeText => "txt",
            DisplayType::Integer | DisplayType::Decimal | DisplayType::Currency | DisplayType::Price => "int",
            DisplayType::Date => "dtz",
            DisplayType::Time => "tme",
            DisplayType::Bool => "bol",
            DisplayType::Phone => "phn",
            DisplayType::MultiSelect => "sst",
            DisplayType::Geo => "geo",
            DisplayType::Object => "obj",
        }
    }

    fn is_select(self) -> bool {
        matches!(self, DisplayType::SingleSelect | DisplayType::MultiSelect)
    }
}

/// A custom field to make: the body of `person/custom-field/create` (`destination-api.md` 3.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewField {
    /// Its type.
    #[serde(rename = "type")]
    pub display_type: DisplayType,
    /// Its name.
    pub name: String,
    /// What a select field can have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<String>>,
    /// Whether changes are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub track_changes: Option<bool>,
}

/// A custom field of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) id: String,
    /// The last part of the id.
    pub(crate) kebab: String,
    pub(crate) name: String,
    pub(crate) display_type: DisplayType,
    /// Of select fields.
    pub(crate) values: Option<Vec<String>>,
    pub(crate) tracked: bool,
}

impl Account {
    pub(crate) fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The custom field of this id.
    pub(crate) fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// Whether a merge may write the field.
    pub(crate) fn is_writable(&self, id: &str) -> bool {
        STANDARD.contains(&id) || self.field(id).is_some()
    }

    /// Whether a call may ask for the field.
    pub(crate) fn is_readable(&self, id: &str) -> bool {
        READ_ONLY.contains(&id) || self.is_writable(id)
    }

    /// Makes a field and returns its place. Names are unique (`destination-api.md` 3.1); that two
    /// that make one id are a conflict too is inferred.
    pub(crate) fn define(&mut self, new: NewField) -> Result<&Field, Refusal> {
        let NewField { display_type, name, values, track_changes } = new;
        let name = name.trim().to_owned();
        let kebab = kebab(&name);
        if kebab.is_empty() {
            return Err(Refusal::bad("name is missing"));
        }
        let tracked = track_changes.unwrap_or(false);
        match &values {
            Some(values) if values.is_empty() || values.iter().any(|value| value.trim().is_empty()) => {
                return Err(Refusal::bad("values are missing"));
            }
            None if display_type.is_select() => return Err(Refusal::bad("values are missing")),
            Some(_) if !display_type.is_select() => {
                return Err(Refusal::bad("values are for single_select and multi_select"));
            }
            _ => {}
        }
        if tracked && display_type == DisplayType::MultiSelect {
            return Err(Refusal::bad("changes of a multi_select cannot be tracked"));
        }
        let id = format!("{}:cm:{kebab}", display_type.prefix());
        let taken = |field: &Field| field.id == id || field.name.to_lowercase() == name.to_lowercase();
        if self.fields.iter().any(taken) {
            return Err(Refusal::new(409, "A field of this name exists"));
        }
        if self.fields.len() >= MOST {
            return Err(Refusal::bad(format!("There are {MOST} custom fields, which is the most")));
        }
        self.fields.push(Field { id, kebab, name, display_type, values, tracked });
        self.fields.last().ok_or_else(|| Refusal::new(500, "The field was lost"))
    }

    /// Deletes a custom field; false when there is none of this id. What people have of it stays
    /// unseen.
    pub(crate) fn undefine(&mut self, id: &str) -> bool {
        let before = self.fields.len();
        self.fields.retain(|field| field.id != id);
        self.fields.len() < before
    }
}

/// Words in lower case with a `-` between them, as recorded.
fn kebab(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_kebabs() {
        assert_eq!(kebab("Test Field 1762382978"), "test-field-1762382978");
        assert_eq!(kebab(" NPS (new)_Rating "), "nps-new-rating");
        assert_eq!(kebab("--"), "");
    }
}
