//! Lists and their members.

use serde_json::{Value, json};

use super::refusal::refuse_without_message;
use super::{contacts, refuse};
use crate::account::{Account, Removal};
use crate::faults::{DeleteList, DuplicateList, Faults};
use crate::outcome::Outcome;
use crate::wire::Reply;

pub(super) fn all(account: &Account) -> Outcome {
    let lists: Vec<Value> =
        account.lists().map(|list| json!({"list_id": list.id, "title": list.title})).collect();
    Outcome::told(Reply::json(200, &json!({"lists": lists})))
}

pub(super) fn create(account: &mut Account, faults: &Faults, name: Option<&str>) -> Outcome {
    let Some(name) = name.filter(|name| !name.trim().is_empty()) else {
        return refuse(400, "name is missing");
    };
    let taken = account.lists().any(|list| list.title == name);
    if taken && faults.duplicate_list == DuplicateList::Conflict {
        return refuse(409, "A list of this name exists");
    }
    let at = account.create_list(name);
    let id = account.list(at).map(|list| list.id.as_str());
    Outcome::stored(Reply::json(200, &json!({"list_id": id, "title": name})))
}

pub(super) fn delete(account: &mut Account, faults: &Faults, list: &str) -> Outcome {
    if faults.delete_list == DeleteList::Absent {
        return refuse(405, "DELETE is not allowed here");
    }
    match account.delete_list(list, &faults.lists_in_use) {
        Removal::Done => Outcome::stored(Reply::bare(204)),
        Removal::InUse => refuse(403, "The list is in use"),
        Removal::Unknown => refuse(404, "The list does not exist"),
    }
}

pub(super) fn roster(account: &Account, list: &str, bookmark: Option<&str>) -> Outcome {
    let Some(at) = account.find_list(list) else {
        // The one 404 whose message is there and empty (destination-api.md 2.5).
        return refuse(404, "");
    };
    match account.page(Some(at), bookmark) {
        Some(page) => Outcome::told(Reply::json(200, &account.read_page(&page))),
        None => refuse(400, "The bookmark is malformed"),
    }
}

fn find(account: &Account, list: &str, who: &str) -> Result<(usize, usize), Outcome> {
    let list = account.find_list(list).ok_or_else(|| refuse(404, "The list does not exist"))?;
    Ok((list, contacts::find(account, who)?))
}

pub(super) fn is_member(account: &Account, list: &str, who: &str) -> Outcome {
    match find(account, list, who) {
        Ok((list, at)) if account.list(list).is_some_and(|list| list.members.contains(&at)) => {
            Outcome::told(Reply::json(200, &json!({})))
        }
        Ok(_) => refuse_without_message(404),
        Err(refusal) => refusal,
    }
}

pub(super) fn join(account: &mut Account, list: &str, who: &str) -> Outcome {
    match find(account, list, who) {
        Ok((list, at)) => changed(account.join(list, at)),
        Err(refusal) => refusal,
    }
}

pub(super) fn leave(account: &mut Account, list: &str, who: &str) -> Outcome {
    match find(account, list, who) {
        Ok((list, at)) => changed(account.leave(list, at)),
        Err(refusal) => refusal,
    }
}

/// `{}`, or that there was nothing to change; both were carried out.
fn changed(changed: bool) -> Outcome {
    let body = if changed { json!({}) } else { json!({"not_modified": true}) };
    Outcome::stored(Reply::json(200, &body))
}
