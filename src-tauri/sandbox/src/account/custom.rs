//! Custom fields: `"<type>--<Name With Spaces As -->"` (`destination-api.md` 2.2).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Account;

/// The types of custom fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// True or false.
    Boolean,
    /// ISO 8601.
    Date,
}

/// A custom field of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomField {
    /// Its name, with spaces.
    pub name: String,
    /// Its type.
    #[serde(rename = "fieldType")]
    pub field_type: FieldType,
    /// Whether it was deleted; such a field is still read on contacts.
    #[serde(default)]
    pub deleted: bool,
    /// A field that nobody defined: contacts hold it, the account does not show it
    /// (`destination-api.md` 5.1).
    #[serde(skip)]
    pub hidden: bool,
}

impl FieldType {
    fn named(name: &str) -> Option<FieldType> {
        Some(match name {
            "string" => FieldType::String,
            "integer" => FieldType::Integer,
            "float" => FieldType::Float,
            "boolean" => FieldType::Boolean,
            "date" => FieldType::Date,
            _ => return None,
        })
    }

    /// Whether the value is of this type.
    pub(super) fn fits(self, value: &Value) -> bool {
        match self {
            FieldType::String => value.is_string(),
            FieldType::Integer => value.is_i64() || value.is_u64(),
            FieldType::Float => value.is_number(),
            FieldType::Boolean => value.is_boolean(),
            FieldType::Date => value.as_str().is_some_and(is_date),
        }
    }
}

/// The type and name in a key; `None` when it is not of the form.
pub(super) fn parse(key: &str) -> Option<(FieldType, String)> {
    let (kind, name) = key.split_once("--")?;
    let name = name.replace("--", " ");
    if name.trim().is_empty() {
        return None;
    }
    Some((FieldType::named(kind)?, name))
}

/// A calendar date, alone or with a time after `T`. The time is not read closely: what the vendor
/// accepts there is not documented.
fn is_date(text: &str) -> bool {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let number = |part: Option<&str>, length: usize| {
        part.filter(|part| part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|part| part.parse::<u32>().ok())
    };
    number(parts.next(), 4).is_some()
        && number(parts.next(), 2).is_some_and(|month| (1..=12).contains(&month))
        && number(parts.next(), 2).is_some_and(|day| (1..=31).contains(&day))
        && parts.next().is_none()
        && time.is_none_or(|time| time.contains(':'))
}

impl Account {
    /// Defines a field, or changes the one of the name.
    pub(crate) fn define(&mut self, field: CustomField) {
        let same = |have: &&mut CustomField| {
            have.name == field.name && (!have.hidden || have.field_type == field.field_type)
        };
        match self.custom.iter_mut().find(same) {
            Some(have) => *have = field,
            None => self.custom.push(field),
        }
    }

    /// The fields the account shows.
    pub(crate) fn custom_fields(&self) -> impl Iterator<Item = &CustomField> {
        self.custom.iter().filter(|field| !field.hidden)
    }

    /// The type that the account has for a field of this name, if it was defined.
    pub(super) fn defined(&self, name: &str) -> Option<FieldType> {
        self.custom_fields().find(|field| field.name == name).map(|field| field.field_type)
    }

    /// Where the field is; one that nobody defined is entered hidden.
    pub(super) fn field(&mut self, field_type: FieldType, name: String) -> usize {
        let same = |have: &CustomField| have.name == name && have.field_type == field_type;
        self.custom.iter().position(same).unwrap_or_else(|| {
            self.custom.push(CustomField { name, field_type, deleted: false, hidden: true });
            self.custom.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read() {
        assert_eq!(parse("string--Test--Field"), Some((FieldType::String, "Test Field".into())));
        for bad in ["string", "text--A", "string--", "--A", "String--A"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn dates_are_iso_8601() {
        for good in ["2017-01-14", "2017-01-14T03:16:19.000Z"] {
            assert!(is_date(good), "{good}");
        }
        for bad in ["", "14.1.2017", "2017-13-01", "2017-01-32", "2017-1-1", "2017-01-01Tx"] {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
