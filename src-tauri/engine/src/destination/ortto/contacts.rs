//! Contacts: who opted out, whose ids these are, and how many people there are (destination-api.md 3.1).

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::super::{Answer, Reply, Request};
use super::fields::EMAIL;
use super::lists;
use super::post::post;
use super::words;
use crate::model::Address;

/// Asks for what these people permit.
pub(super) fn opted_out(emails: &[&str]) -> Request {
    let people: Vec<Value> = emails.iter().map(|email| json!({ "email": email })).collect();
    post(&["person", "subscriptions"], json!({ "people": people }).to_string())
}

/// For each address whether its person opted out of mail; whoever is not there did not.
///
/// An entry is of whom it names by address, which those recorded do. What entries without one say counts as
/// far as it needs no order, which nobody vouches for: that none of them opted out, or all. Anything else is
/// [`Answer::Unnamed`]; asked for one address at a time it is always clear whose answer it is.
pub(super) fn read_opted_out(emails: &[&str], reply: &Reply) -> Answer<Vec<bool>> {
    match words::read(reply, permissions) {
        Answer::Accepted(said) => attribute(emails, &said).map_or(Answer::Unnamed, Answer::Accepted),
        answer => answer.map(|_| Vec::new()),
    }
}

/// What one entry says: of which address, if it names one, and whether that person opted out.
struct Permission {
    email: Option<String>,
    opted_out: bool,
}

fn permissions(body: &[u8]) -> Option<Vec<Permission>> {
    let body: Value = serde_json::from_slice(body).ok()?;
    array(body.get("people")?)?.iter().map(permission).collect()
}

fn permission(entry: &Value) -> Option<Permission> {
    let entry = entry.as_object()?;
    let email = entry.get("email").and_then(Value::as_str).filter(|email| !email.trim().is_empty());
    let known = entry.get("person_id").is_some_and(|id| !id.is_null() && id != "");
    let opted_out = match entry.get("email_permissions") {
        // Who is not in the account has no id; who is in it permits it or does not.
        None | Some(Value::Null) => known,
        Some(said) => !permits(said),
    };
    Some(Permission { email: email.map(canonical), opted_out })
}

/// Whatever might mean an opt-out is one (product.md, rule 7).
fn permits(said: &Value) -> bool {
    match said {
        Value::Bool(yes) => *yes,
        Value::String(word) => {
            matches!(word.trim().to_ascii_lowercase().as_str(), "true" | "yes" | "1" | "subscribed")
        }
        Value::Number(number) => number.as_u64() == Some(1),
        _ => false,
    }
}

fn attribute(emails: &[&str], said: &[Permission]) -> Option<Vec<bool>> {
    let (named, unnamed): (Vec<&Permission>, Vec<&Permission>) =
        said.iter().partition(|entry| entry.email.is_some());
    let mut by_email: HashMap<&str, bool> = HashMap::new();
    for entry in named {
        if let Some(email) = &entry.email {
            *by_email.entry(email).or_default() |= entry.opted_out;
        }
    }
    let asked: Vec<String> = emails.iter().map(|email| canonical(email)).collect();
    let open: HashSet<&str> =
        asked.iter().map(String::as_str).filter(|email| !by_email.contains_key(email)).collect();
    // Entries that name somebody else than those asked for may be of those still open.
    let strange = by_email.iter().filter(|(email, _)| !asked.iter().any(|asked| asked == *email));
    let rest: Vec<bool> =
        unnamed.iter().map(|entry| entry.opted_out).chain(strange.map(|(_, opted_out)| *opted_out)).collect();
    let none = rest.iter().all(|opted_out| !opted_out);
    let all = rest.iter().all(|opted_out| *opted_out) && rest.len() >= open.len();
    let of_rest = match (none || open.is_empty(), all || open.len() == 1) {
        (true, _) => false,
        (false, true) => true,
        (false, false) => return None,
    };
    Some(asked.iter().map(|email| by_email.get(email.as_str()).copied().unwrap_or(of_rest)).collect())
}

/// The canonical form, or the text itself where it is no address.
fn canonical(email: &str) -> String {
    let mut key = String::new();
    match Address::parse_into(email, &mut key) {
        Ok(_) => key,
        Err(_) => email.to_owned(),
    }
}

/// Asks for one person, since the answer says along with it how many there are.
pub(super) fn all() -> Request {
    post(&["person", "get"], json!({ "limit": 1, "fields": [EMAIL] }).to_string())
}

pub(super) fn read_total(reply: &Reply) -> Answer<u64> {
    words::read(reply, |body| {
        let body: Value = serde_json::from_slice(body).ok()?;
        lists::count(body.get("meta")?.get("total_contacts")?)
    })
}

/// Asks whose ids these are.
pub(super) fn owners(ids: &[&str]) -> Request {
    post(&["person", "get-by-ids"], json!({ "contact_ids": ids, "fields": [EMAIL] }).to_string())
}

/// Address by id: `contacts` is an object by id, and an array or null where there is nobody.
pub(super) fn read_owners(reply: &Reply) -> Answer<HashMap<String, String>> {
    words::read(reply, |body| {
        let body: Value = serde_json::from_slice(body).ok()?;
        Some(match body.get("contacts")? {
            Value::Object(contacts) => contacts
                .iter()
                .filter(|(_, contact)| contact.is_object())
                .map(|(id, contact)| (id.clone(), email_of(contact).unwrap_or_default().to_owned()))
                .collect(),
            contacts => array(contacts)?
                .iter()
                .filter_map(|contact| {
                    let id = contact.get("id")?.as_str()?;
                    Some((id.to_owned(), email_of(contact).unwrap_or_default().to_owned()))
                })
                .collect(),
        })
    })
}

/// The address of a person as `person/get` and `person/get-by-ids` tell of them.
pub(super) fn email_of(contact: &Value) -> Option<&str> {
    contact.get("fields")?.get(EMAIL)?.as_str().filter(|email| !email.trim().is_empty())
}

/// An array, or null for an empty one, as the account writes it (destination-api.md 4.12).
pub(super) fn array(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(entries) => Some(entries),
        Value::Null => Some(&[]),
        _ => None,
    }
}
