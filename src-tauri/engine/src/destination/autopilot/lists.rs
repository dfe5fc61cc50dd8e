//! Lists: what there are, making one, who is on one, joining and leaving (destination-api.md 2.1).

use serde::Deserialize;
use serde_json::Value;

use super::super::path;
use super::super::reply::{self, NotFound, Subject};
use super::super::{Answer, List, Made, Method, Reply, Request, Roster};

pub(super) fn all() -> Request {
    path::bare(Method::Get, &["lists"])
}

pub(super) fn read_all(reply: &Reply) -> Answer<Vec<List>> {
    #[derive(Deserialize)]
    struct Body {
        lists: Option<Vec<Entry>>,
    }
    #[derive(Deserialize)]
    struct Entry {
        list_id: String,
        #[serde(alias = "name")]
        title: Option<String>,
    }
    reply::read(reply, NotFound::Stops, |body| {
        // `null` for none is fine, a body that does not speak of lists is not.
        let object: Value = serde_json::from_slice(body).ok()?;
        object.as_object()?.get("lists")?;
        let body: Body = serde_json::from_value(object).ok()?;
        let lists = body.lists.unwrap_or_default();
        Some(
            lists
                .into_iter()
                .map(|entry| List {
                    id: entry.list_id,
                    title: entry.title.unwrap_or_default(),
                    members: None,
                })
                .collect(),
        )
    })
}

pub(super) fn make(title: &str) -> Request {
    let body = serde_json::json!({ "name": title }).to_string();
    // Repeated, it would make a second list of the same name (destination-api.md 2.1).
    Request { method: Method::Post, path: path::join(&["list"]), body: Some(body.into()), repeatable: false }
}

pub(super) fn read_made(title: &str, reply: &Reply) -> Answer<Made> {
    if reply.status == 409 {
        return Answer::Accepted(Made::Exists);
    }
    reply::read(reply, NotFound::Stops, |body| {
        let made: Value = serde_json::from_slice(body).ok()?;
        let id = made.get("list_id")?.as_str().filter(|id| !id.is_empty())?;
        Some(Made::List(List { id: id.to_owned(), title: title.to_owned(), members: None }))
    })
}

pub(super) fn roster(list: &str, bookmark: Option<&str>) -> Request {
    match bookmark {
        Some(bookmark) => path::bare(Method::Get, &["list", list, "contacts", bookmark]),
        None => path::bare(Method::Get, &["list", list, "contacts"]),
    }
}

/// A list that is gone is a 404 with an empty message.
pub(super) fn read_roster(reply: &Reply) -> Answer<Roster> {
    reply::read(reply, NotFound::Misses, roster_body)
}

/// A page of contacts, of a list or of all.
pub(super) fn roster_body(body: &[u8]) -> Option<Roster> {
    let page: Value = serde_json::from_slice(body).ok()?;
    let contacts = match page.get("contacts")? {
        Value::Array(contacts) => contacts.as_slice(),
        Value::Null => &[],
        _ => return None,
    };
    let total = page.get("total_contacts")?;
    let total = total.as_u64().or_else(|| total.as_str()?.parse().ok())?;
    let email =
        |contact: &Value| Some(contact.get("Email").or_else(|| contact.get("email"))?.as_str()?.to_owned());
    let bookmark = page.get("bookmark").and_then(Value::as_str).filter(|text| !text.is_empty());
    Some(Roster {
        total,
        emails: contacts.iter().filter_map(email).collect(),
        bookmark: bookmark.map(str::to_owned),
    })
}

pub(super) fn member(list: &str, email: &str) -> Request {
    path::bare(Method::Get, &["list", list, "contact", email])
}

/// 200 is a member; 404 without a message, or about the contact, is none.
pub(super) fn read_member(reply: &Reply) -> Answer<bool> {
    match reply::read(reply, NotFound::Misses, |body| object(body).map(|_| true)) {
        Answer::Missing { .. } if reply::subject(&reply.body) != Subject::List => Answer::Accepted(false),
        answer => answer,
    }
}

pub(super) fn join(list: &str, email: &str) -> Request {
    path::bare(Method::Post, &["list", list, "contact", email])
}

/// Whether anything changed. A contact that is not there is refused; the list alone is missing.
pub(super) fn read_join(reply: &Reply) -> Answer<bool> {
    match changed(reply) {
        Answer::Missing { text } if reply::subject(&reply.body) == Subject::Contact => {
            Answer::Refused { status: reply.status, text }
        }
        answer => answer,
    }
}

pub(super) fn leave(list: &str, email: &str) -> Request {
    path::bare(Method::Delete, &["list", list, "contact", email])
}

/// Whether anything changed. A contact that is not there is not on the list either.
pub(super) fn read_leave(reply: &Reply) -> Answer<bool> {
    match changed(reply) {
        Answer::Missing { .. } if reply::subject(&reply.body) != Subject::List => Answer::Accepted(false),
        answer => answer,
    }
}

/// 200 with an object, which may say that nothing was modified; or 204, which has no body.
fn changed(reply: &Reply) -> Answer<bool> {
    if reply.status == 204 {
        return Answer::Accepted(true);
    }
    reply::read(reply, NotFound::Misses, |body| {
        object(body).map(|object| object.get("not_modified") != Some(&Value::Bool(true)))
    })
}

/// A JSON object that does not say that something went wrong.
fn object(body: &[u8]) -> Option<serde_json::Map<String, Value>> {
    let object: serde_json::Map<String, Value> = serde_json::from_slice(body).ok()?;
    (!object.contains_key("error")).then_some(object)
}
