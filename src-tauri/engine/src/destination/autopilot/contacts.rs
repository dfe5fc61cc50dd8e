//! Contacts: what the account says of a bulk call, of one contact, and of how many there are
//! (destination-api.md 2.1).

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::{Answer, Contact, Method, Reply, Request, RowAnswer};
use super::lists;
use super::pairs::Pairs;
use super::path;
use super::reply::{self, NotFound};
use crate::model::Address;

const NOT_CONFIRMED: &str = "not confirmed by the account";

/// One answer for each address, by the map of the reply: HTTP 200 is no answer for anybody whom the
/// map does not name (A20), and a map that names none of them is not about this call (N17).
pub(super) fn read_bulk(emails: &[&str], reply: &Reply) -> Answer<Vec<RowAnswer>> {
    let answer = reply::read(reply, NotFound::Stops, |body| {
        let text = std::str::from_utf8(body).ok()?;
        let said = said(text)?;
        let mut key = String::new();
        let answers: Vec<Option<RowAnswer>> =
            emails.iter().map(|email| said.get(canonical(email, &mut key)).cloned()).collect();
        if !emails.is_empty() && answers.iter().all(Option::is_none) {
            return Some(Vec::new());
        }
        let missing = || RowAnswer::Refused(NOT_CONFIRMED.to_owned());
        Some(answers.into_iter().map(|answer| answer.unwrap_or_else(missing)).collect())
    });
    match answer {
        Answer::Accepted(rows) if rows.len() != emails.len() => Answer::Unnamed,
        answer => answer,
    }
}

/// What the map says, by canonical address (A21). Of two members of one address the better counts (A22).
fn said(text: &str) -> Option<HashMap<String, RowAnswer>> {
    #[derive(Deserialize)]
    struct Body<'a> {
        #[serde(borrow)]
        email_contact_map: Pairs<'a>,
    }
    let body: Body<'_> = serde_json::from_str(text).ok()?;
    let Pairs(pairs) = body.email_contact_map;
    let mut said = HashMap::with_capacity(pairs.len());
    let mut key = String::new();
    for (email, value) in pairs {
        let answer = row(value);
        let key = canonical(&email, &mut key);
        match said.get(key) {
            Some(known) if rank(known) >= rank(&answer) => {}
            _ => {
                said.insert(key.to_owned(), answer);
            }
        }
    }
    Some(said)
}

/// The canonical form, or the text itself where it is no address.
fn canonical<'a>(email: &'a str, key: &'a mut String) -> &'a str {
    match Address::parse_into(email, key) {
        Ok(_) => key,
        Err(_) => email,
    }
}

/// An id, in text or figures, or none (A22, A23); anything else is no confirmation.
fn row(value: &RawValue) -> RowAnswer {
    match serde_json::from_str(value.get()) {
        Ok(Value::String(id)) if !id.is_empty() => RowAnswer::Taken(Some(id)),
        Ok(Value::Number(id)) => RowAnswer::Taken(Some(id.to_string())),
        Ok(Value::Null | Value::String(_)) => RowAnswer::Taken(None),
        Ok(value @ Value::Object(_)) => {
            RowAnswer::Refused(reply::words(&value).map_or_else(|| NOT_CONFIRMED.to_owned(), reply::clean))
        }
        _ => RowAnswer::Refused(NOT_CONFIRMED.to_owned()),
    }
}

fn rank(answer: &RowAnswer) -> u8 {
    match answer {
        RowAnswer::Refused(_) => 0,
        RowAnswer::Taken(None) => 1,
        RowAnswer::Taken(Some(_)) => 2,
    }
}

pub(super) fn one(email: &str) -> Request {
    path::bare(Method::Get, &["contact", email])
}

pub(super) fn read_one(reply: &Reply) -> Answer<Option<Contact>> {
    match reply::read(reply, NotFound::Misses, |body| contact(body).map(Some)) {
        Answer::Missing { .. } => Answer::Accepted(None),
        answer => answer,
    }
}

fn contact(body: &[u8]) -> Option<Contact> {
    let contact: Value = serde_json::from_slice(body).ok()?;
    let text = |key: &str| {
        contact.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    // Both letter cases are documented; whatever might mean an opt-out is one (product.md, rule 7).
    let opted_out = |key: &str| match contact.get(key) {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::String(word)) => {
            !matches!(word.trim().to_ascii_lowercase().as_str(), "" | "false" | "no" | "0")
        }
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        Some(_) => true,
    };
    Some(Contact {
        id: text("contact_id")?,
        unsubscribed: opted_out("unsubscribed") || opted_out("Unsubscribed"),
        first_name: text("FirstName"),
        last_name: text("LastName"),
    })
}

pub(super) fn all() -> Request {
    path::bare(Method::Get, &["contacts"])
}

pub(super) fn read_total(reply: &Reply) -> Answer<u64> {
    reply::read(reply, NotFound::Stops, |body| lists::roster_body(body).map(|page| page.total))
}
