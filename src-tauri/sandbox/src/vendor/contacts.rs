//! Reading, deleting and opting out of contacts.

use serde_json::json;

use super::refuse;
use crate::account::{Account, CustomField};
use crate::faults::{DeleteContact, Faults};
use crate::outcome::Outcome;
use crate::wire::Reply;

/// Whether the text is an id or an address at all; if not the vendor answers 400
/// (`destination-api.md` 2.5).
fn is_well_formed(who: &str) -> bool {
    let address = who.rsplit_once('@').is_some_and(|(left, right)| !left.is_empty() && !right.is_empty());
    !who.contains(char::is_whitespace) && (who.starts_with("person_") || address)
}

/// The place of the contact, or the refusal.
pub(super) fn find(account: &Account, who: &str) -> Result<usize, Outcome> {
    if !is_well_formed(who) {
        return Err(refuse(400, "The contact id or email is malformed"));
    }
    account.find(who).ok_or_else(|| refuse(404, "The contact does not exist"))
}

pub(super) fn page(account: &Account, bookmark: Option<&str>) -> Outcome {
    match account.page(None, bookmark) {
        Some(page) => Outcome::told(Reply::json(200, &account.read_page(&page))),
        None => refuse(400, "The bookmark is malformed"),
    }
}

pub(super) fn read(account: &Account, who: &str) -> Outcome {
    match find(account, who) {
        Ok(at) => {
            let shown = account.contact(at).map(|contact| account.read(contact));
            Outcome::told(Reply::json(200, &shown))
        }
        Err(refusal) => refusal,
    }
}

pub(super) fn delete(account: &mut Account, faults: &Faults, who: &str) -> Outcome {
    match find(account, who) {
        Ok(at) => {
            account.delete(at);
            Outcome::stored(match faults.delete_contact {
                DeleteContact::NoContent => Reply::bare(204),
                DeleteContact::Ok => Reply::json(200, &json!({})),
            })
        }
        Err(refusal) => refusal,
    }
}

pub(super) fn unsubscribe(account: &mut Account, who: &str) -> Outcome {
    match find(account, who) {
        Ok(at) => {
            account.unsubscribe(at);
            Outcome::stored(Reply::json(200, &json!({})))
        }
        Err(refusal) => refusal,
    }
}

/// A bare array; the shape was never recorded (`destination-api.md` 2.1).
pub(super) fn custom_fields(account: &Account) -> Outcome {
    let fields: Vec<&CustomField> = account.custom_fields().collect();
    Outcome::told(Reply::json(200, &fields))
}
