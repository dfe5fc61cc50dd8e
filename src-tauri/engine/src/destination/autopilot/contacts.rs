//! Contacts: what the account says of a bulk call, of one contact, and of how many there are
//! (destination-api.md 2.1).

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::pairs::Pairs;
use super::super::path;
use super::super::reply::{self, NotFound};
use super::super::{Answer, Method, Reply, Request, Row, RowAnswer};
use super::lists;

/// One answer for each address, by the map of the reply: HTTP 200 is no answer for anybody whom the
/// map does not name (A20), and a map that names none of them is not about this call (N17).
pub(super) fn read_bulk(rows: &[Row<'_>], reply: &Reply) -> Answer<Vec<RowAnswer>> {
    let answer = reply::read(reply, NotFound::Stops, |body| said(std::str::from_utf8(body).ok()?));
    reply::by_address(rows, answer)
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
        let answer = row_answer(value);
        let key = reply::canonical(&email, &mut key);
        match said.get(key) {
            Some(known) if rank(known) >= rank(&answer) => {}
            _ => {
                said.insert(key.to_owned(), answer);
            }
        }
    }
    Some(said)
}

/// An id, in text or figures, or none (A22, A23); anything else is no confirmation.
fn row_answer(value: &RawValue) -> RowAnswer {
    let taken = |id| RowAnswer::Taken { id, word: "" };
    match serde_json::from_str(value.get()) {
        Ok(Value::String(id)) if !id.is_empty() => taken(Some(id)),
        Ok(Value::Number(id)) => taken(Some(id.to_string())),
        Ok(Value::Null | Value::String(_)) => taken(None),
        Ok(value @ Value::Object(_)) => reply::words(&value)
            .map_or_else(RowAnswer::not_confirmed, |words| RowAnswer::Refused(reply::clean(words))),
        _ => RowAnswer::not_confirmed(),
    }
}

fn rank(answer: &RowAnswer) -> u8 {
    match answer {
        RowAnswer::Taken { id: None, .. } => 1,
        RowAnswer::Taken { id: Some(_), .. } => 2,
        _ => 0,
    }
}

pub(super) fn one(email: &str) -> Request {
    path::bare(Method::Get, &["contact", email])
}

/// Whether the contact opted out of mail; one that is not there did not.
pub(super) fn read_opted_out(reply: &Reply) -> Answer<Vec<bool>> {
    match reply::read(reply, NotFound::Misses, opted_out) {
        Answer::Missing { .. } => Answer::Accepted(vec![false]),
        answer => answer,
    }
}

fn opted_out(body: &[u8]) -> Option<Vec<bool>> {
    let contact: Value = serde_json::from_slice(body).ok()?;
    contact.get("contact_id")?.as_str().filter(|id| !id.is_empty())?;
    // Both letter cases are documented; whatever might mean an opt-out is one (product.md, rule 7).
    let said = |key: &str| match contact.get(key) {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::String(word)) => {
            !matches!(word.trim().to_ascii_lowercase().as_str(), "" | "false" | "no" | "0")
        }
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        Some(_) => true,
    };
    Some(vec![said("unsubscribed") || said("Unsubscribed")])
}

pub(super) fn all() -> Request {
    path::bare(Method::Get, &["contacts"])
}

pub(super) fn read_total(reply: &Reply) -> Answer<u64> {
    reply::read(reply, NotFound::Stops, |body| lists::roster_body(body).map(|page| page.total))
}
