//! Lists: a segment is a tag, which makes itself once somebody is put on it (destination-api.md 3.1).

use serde_json::{Value, json};

use super::super::{Answer, List, Reply, Request, Roster};
use super::contacts::{array, email_of};
use super::fields::{EMAIL, TAGS};
use super::post::post;
use super::words;

/// People on a page of a roster: the most that the account gives, and over it only 50.
pub(super) const PAGE: u64 = 500;

/// The longest title of a tag, in characters (destination-api.md 5.2).
const TITLE_MOST: usize = 100;

pub(super) fn all() -> Request {
    post(&["tags", "get"], "{}")
}

/// The tags of people; those of organizations have ids of their own that may be the same. The whole answer is
/// an array, or null where there is none.
pub(super) fn read_all(reply: &Reply) -> Answer<Vec<List>> {
    words::read(reply, |body| {
        let body: Value = serde_json::from_slice(body).ok()?;
        array(&body)?.iter().filter(|tag| of_people(tag)).map(tag).collect()
    })
}

fn of_people(tag: &Value) -> bool {
    match tag.get("type") {
        None | Some(Value::Null) => true,
        Some(kind) => kind == "",
    }
}

/// A tag; one without an id makes the answer unreadable, since it might be one of ours.
fn tag(tag: &Value) -> Option<List> {
    let id = match tag.get("id")? {
        Value::Number(id) => id.to_string(),
        Value::String(id) if !id.trim().is_empty() => id.clone(),
        _ => return None,
    };
    let title = tag.get("name").and_then(Value::as_str).unwrap_or_default();
    Some(List { id, title: title.to_owned(), members: tag.get("count").and_then(count) })
}

/// A number of people, in figures or text.
pub(super) fn count(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// Tags are compared without letter case: whether the account does is not known, and two that differ in that
/// alone are one to people (destination-api.md 5.2).
pub(super) fn same_title(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

pub(super) fn unusable_title(title: &str) -> Option<String> {
    let title = title.trim();
    if title.is_empty() {
        Some("A tag has a name.".to_owned())
    } else if title.chars().count() > TITLE_MOST {
        Some(format!("The name of a tag has at most {TITLE_MOST} characters."))
    } else if title.chars().any(char::is_control) {
        Some("The name of a tag has no tab, line break or other control character.".to_owned())
    } else {
        None
    }
}

/// Asks for a page of the people with a tag, by the filter that the account's own audiences have. The bookmark
/// is `OFFSET` or `OFFSET:CURSOR`.
pub(super) fn roster(list: &List, bookmark: Option<&str>) -> Request {
    let tag = list.id.parse::<u64>().map_or_else(|_| Value::from(list.id.as_str()), Value::from);
    let bookmark = bookmark.unwrap_or("0");
    let (offset, cursor) = bookmark.split_once(':').unwrap_or((bookmark, ""));
    let mut body = json!({
        "limit": PAGE,
        "fields": [EMAIL],
        "filter": { "$u4s::is": { "field_id": TAGS, "value": tag } },
        "offset": offset.parse::<u64>().unwrap_or_default(),
    });
    if let (Some(body), false) = (body.as_object_mut(), cursor.is_empty()) {
        body.insert("cursor_id".to_owned(), Value::from(cursor));
    }
    post(&["person", "get"], body.to_string())
}

pub(super) fn read_roster(reply: &Reply) -> Answer<Roster> {
    words::read(reply, page)
}

fn page(body: &[u8]) -> Option<Roster> {
    let page: Value = serde_json::from_slice(body).ok()?;
    let contacts = array(page.get("contacts")?)?;
    let number = |key: &str| page.get(key).and_then(count);
    let offset = number("offset").unwrap_or_default();
    let end = offset.saturating_add(contacts.len() as u64);
    // A page with nobody on it is the last one, whatever it says: the next would be the same.
    let more = page.get("has_more") == Some(&Value::Bool(true)) && !contacts.is_empty();
    let bookmark = match (more, number("next_offset").unwrap_or(end)) {
        (false, _) => None,
        // Round in circles.
        (true, next) if next <= offset => return None,
        (true, next) => Some(match page.get("cursor_id").and_then(Value::as_str) {
            Some(cursor) if !cursor.is_empty() => format!("{next}:{cursor}"),
            _ => next.to_string(),
        }),
    };
    // `total_contacts` is of the whole account and says nothing of a tag.
    let total = match page.get("meta").and_then(|meta| meta.get("total_matches")).and_then(count) {
        Some(total) => total,
        None if bookmark.is_none() => end,
        None => return None,
    };
    let emails = contacts.iter().filter_map(email_of).map(str::to_owned).collect();
    Some(Roster { total, emails, bookmark })
}
