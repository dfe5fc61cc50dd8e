//! The filters of `person/get` that the sandbox knows; others are refused by name.

use serde_json::Value;

use crate::account::key;
use crate::ortto::account::{Account, Person};
use crate::ortto::refusal::Refusal;

/// A condition on people.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filter {
    /// `{"$u4s::is": {"field_id": "u4s::t", "value": <tag id>}}`, recorded in audiences
    /// (`destination-api.md` 3.1).
    Tag(usize),
    /// `{"$str::is": {"field_id", "value"}}`.
    Is(String, String),
    /// `{"$has_any_value": {"field_id"}}`.
    HasAny(String),
    /// `{"$and": [...]}`.
    And(Vec<Filter>),
    /// `{"$or": [...]}`.
    Or(Vec<Filter>),
}

impl Filter {
    pub(super) fn read(account: &Account, value: &Value) -> Result<Filter, Refusal> {
        let mut entries = value.as_object().into_iter().flatten();
        let (Some((name, of)), None) = (entries.next(), entries.next()) else {
            return Err(Refusal::bad("filter takes one condition"));
        };
        let all = || -> Result<Vec<Filter>, Refusal> {
            let parts = of.as_array().filter(|parts| !parts.is_empty());
            let parts = parts.ok_or_else(|| Refusal::bad(format!("{name} takes conditions")))?;
            parts.iter().map(|part| Filter::read(account, part)).collect()
        };
        let field = || -> Result<String, Refusal> {
            let id = of.get("field_id").and_then(Value::as_str).filter(|id| account.is_readable(id));
            id.map(str::to_owned).ok_or_else(|| Refusal::bad(format!("{name} has no known field_id")))
        };
        let wrong = || Refusal::bad(format!("{name} has no value of its type"));
        match name.as_str() {
            "$and" => Ok(Filter::And(all()?)),
            "$or" => Ok(Filter::Or(all()?)),
            "$has_any_value" => Ok(Filter::HasAny(field()?)),
            "$str::is" => {
                let value = of.get("value").and_then(Value::as_str).ok_or_else(wrong)?;
                Ok(Filter::Is(field()?, value.to_owned()))
            }
            "$u4s::is" if field()? == "u4s::t" => {
                let id = of.get("value").and_then(Value::as_u64).and_then(|id| id.try_into().ok());
                id.map(Filter::Tag).ok_or_else(wrong)
            }
            _ => Err(Refusal::bad(format!("filter has an unknown condition: {name}"))),
        }
    }

    pub(super) fn takes(&self, person: &Person) -> bool {
        match self {
            Filter::Tag(id) => person.tags.contains(id),
            Filter::Is(field, value) if field == "str::email" => {
                person.email().is_some_and(|email| key(email) == key(value))
            }
            Filter::Is(field, value) => person.value(field).is_some_and(|have| have == value.as_str()),
            Filter::HasAny(field) => person.value(field).is_some(),
            Filter::And(parts) => parts.iter().all(|part| part.takes(person)),
            Filter::Or(parts) => parts.iter().any(|part| part.takes(person)),
        }
    }
}
