//! `POST /v1/person/get`: people by the page (`destination-api.md` 3.1).

use serde::Deserialize;
use serde_json::{Value, json};

use super::get_filter::Filter;
use super::{check_fields, read, usual_fields};
use crate::mix::mix;
use crate::ortto::account::{Account, Person};
use crate::ortto::refusal::Refusal;
use crate::outcome::Outcome;
use crate::wire::Reply;

/// A page when none is asked for, or one over the most (`destination-api.md` 3.1).
const USUAL: usize = 50;
const MOST: usize = 500;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Get {
    limit: Option<usize>,
    offset: Option<usize>,
    cursor_id: Option<String>,
    fields: Option<Vec<String>>,
    sort_by_field_id: Option<String>,
    #[serde(default)]
    sort_order: Order,
    filter: Option<Value>,
    q: Option<String>,
    #[serde(default, rename = "type")]
    kind: Which,
}

#[derive(Default, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Order {
    #[default]
    Asc,
    Desc,
}

/// `type`: the words of the page are not among what we have; these two are inferred.
#[derive(Default, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Which {
    #[default]
    Person,
    ArchivedContact,
}

pub(in crate::ortto) fn get(account: &Account, body: Value) -> Result<Outcome, Refusal> {
    let asked: Get = read(body)?;
    let fields = asked.fields.clone().unwrap_or_else(usual_fields);
    check_fields(account, &fields)?;
    let filter = asked.filter.as_ref().map(|filter| Filter::read(account, filter)).transpose()?;
    let limit = match asked.limit {
        Some(0) => return Err(Refusal::bad("limit is from 1 to 500")),
        Some(limit) if limit <= MOST => limit,
        _ => USUAL,
    };
    let begun = match &asked.cursor_id {
        Some(cursor) => position(cursor).ok_or_else(|| Refusal::bad("cursor_id is not valid"))?,
        None => 0,
    };
    let offset = asked.offset.unwrap_or(begun);
    let matches = matches(account, &asked, filter.as_ref())?;
    let page: Vec<Value> =
        matches.iter().skip(offset).take(limit).map(|person| person.read(&fields)).collect();
    let next = offset.saturating_add(page.len());
    let meta = json!({
        "total_contacts": account.live().count(),
        "total_organizations": 0,
        "total_matches": matches.len(),
        "total_subscribers": matches.iter().filter(|person| person.email_permission).count(),
    });
    let body = json!({
        "contacts": if page.is_empty() { Value::Null } else { Value::Array(page) },
        "meta": meta,
        "offset": offset,
        "next_offset": next,
        "cursor_id": cursor(next),
        "has_more": next < matches.len(),
    });
    Ok(Outcome::told(Reply::json(200, &body)))
}

/// The newest first, as recorded, unless it is sorted.
fn matches<'a>(
    account: &'a Account,
    asked: &Get,
    filter: Option<&Filter>,
) -> Result<Vec<&'a Person>, Refusal> {
    let archived = asked.kind == Which::ArchivedContact;
    let words = asked.q.as_deref().unwrap_or_default().to_lowercase();
    let mut matches: Vec<&Person> = account
        .places()
        .rev()
        .map(|(_, person)| person)
        .filter(|person| person.archived == archived)
        .filter(|person| filter.is_none_or(|filter| filter.takes(person)))
        .filter(|person| words.is_empty() || has_words(person, &words))
        .collect();
    if let Some(field) = &asked.sort_by_field_id {
        check_fields(account, std::slice::from_ref(field))?;
        matches.sort_by_key(|person| person.value(field).map(|value| value.to_string().to_lowercase()));
        if asked.sort_order == Order::Desc {
            matches.reverse();
        }
    }
    Ok(matches)
}

fn has_words(person: &Person, words: &str) -> bool {
    usual_fields()
        .iter()
        .filter_map(|field| person.fields.get(field))
        .filter_map(Value::as_str)
        .any(|text| text.to_lowercase().contains(words))
}

/// A cursor that goes on at this offset: 24 hex digits as recorded, of which the first 16 vouch for
/// the rest.
fn cursor(offset: usize) -> String {
    let offset = u32::try_from(offset).unwrap_or(u32::MAX);
    format!("{:016x}{offset:08x}", mix(u64::from(offset)))
}

fn position(of: &str) -> Option<usize> {
    let offset = u32::from_str_radix(of.get(16..)?, 16).ok()?;
    let offset = usize::try_from(offset).ok()?;
    (cursor(offset) == of).then_some(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_tells_its_offset_and_others_nothing() {
        assert_eq!(cursor(50).len(), 24);
        assert_eq!(position(&cursor(50)), Some(50));
        for bad in ["", "å", "000000000000000000000032", "x"] {
            assert_eq!(position(bad), None, "{bad}");
        }
    }
}
