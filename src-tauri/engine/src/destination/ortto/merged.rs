//! Merged: what the account says of the people of a bulk call (destination-api.md 3.1, 3.4, 4.6).
//!
//! Entries name people by the account's ids, never by address, and nobody vouches for their order or number.

use std::collections::HashMap;

use serde_json::Value;

use super::super::{Answer, By, Call, Reply, RowAnswer, reply};
use super::contacts::array;
use super::words;

/// One entry of `people` or `details`.
struct Said {
    /// The id that it names.
    id: Option<String>,
    /// What it says; `None` where that cannot be read.
    answer: Option<RowAnswer>,
}

/// By ids, one answer for each row in the order sent. By addresses, the answers as they come, for only the
/// owners of the ids tell whose they are.
pub(super) fn read(call: &Call<'_>, reply: &Reply) -> Answer<Vec<RowAnswer>> {
    if let Some(answer) = refused_by_name(call, reply) {
        return answer;
    }
    match words::read(reply, |body| people(body, call.later)) {
        Answer::Accepted(said) => attribute(call, &said),
        answer => answer.map(|_| Vec::new()),
    }
}

/// A 400 that says something of people: of each, or else of the call as a whole. It is about them and not about
/// the contract, whatever words their fields have in them.
fn refused_by_name(call: &Call<'_>, reply: &Reply) -> Option<Answer<Vec<RowAnswer>>> {
    if reply.status != 400 {
        return None;
    }
    let body: Value = serde_json::from_slice(&reply.body).ok()?;
    let details = words::details(&body);
    if details.is_empty() {
        return None;
    }
    let text = words::text(&reply.body);
    if details.len() != call.rows.len() {
        return Some(Answer::Refused { status: reply.status, text });
    }
    let request = words::request_id(&body);
    let answers = details.iter().map(|entry| match said(entry, request).answer {
        Some(answer @ (RowAnswer::Refused(_) | RowAnswer::Suppressed(_))) => answer,
        _ => RowAnswer::Refused(text.clone()),
    });
    Some(Answer::Accepted(answers.collect()))
}

/// The entries of a 200; where it is carried out later there need not be any.
fn people(body: &[u8], later: bool) -> Option<Vec<Said>> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let object = body.as_object()?;
    if object.get("error").is_some_and(is_said) {
        return None;
    }
    let request = words::request_id(&body);
    match object.get("people").and_then(array) {
        Some(people) => Some(people.iter().map(|entry| said(entry, request)).collect()),
        None => later.then(Vec::new),
    }
}

fn said(entry: &Value, request: Option<&str>) -> Said {
    let id = match entry.get("person_id") {
        Some(Value::String(id)) if !id.trim().is_empty() => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    let status = entry.get("status").and_then(Value::as_str).unwrap_or_default().trim().to_ascii_lowercase();
    let error = entry.get("error").filter(|error| is_said(error));
    let why = || {
        let words = error.and_then(reply::words);
        words::traced(words.unwrap_or(&status), request)
    };
    let taken = |word| id.is_some().then(|| RowAnswer::Taken { id: id.clone(), word });
    let answer = match status.as_str() {
        "suppressed" => Some(RowAnswer::Suppressed(why())),
        "invalid" => Some(RowAnswer::Refused(why())),
        "created" => taken("created"),
        "merged" => taken("merged"),
        _ if error.is_some() => Some(RowAnswer::Refused(why())),
        "" => None,
        _ => taken(""),
    };
    Said { id, answer }
}

/// Whether an `error` is one.
fn is_said(error: &Value) -> bool {
    !(error.is_null() || error == &Value::Bool(false) || error == "")
}

fn attribute(call: &Call<'_>, said: &[Said]) -> Answer<Vec<RowAnswer>> {
    let people = call.rows.len();
    let whole = said.len() == people && said.iter().all(|entry| entry.answer.is_some());
    let answer = match call.by {
        _ if people == 0 => Answer::Accepted(Vec::new()),
        _ if call.later && !whole => Answer::Unnamed,
        // Nobody is there, which is an answer where nobody was to be made.
        By::Address if said.is_empty() && call.only_existing => Answer::Accepted(Vec::new()),
        By::Id if said.is_empty() && call.only_existing => Answer::Accepted(vec![RowAnswer::Absent; people]),
        By::Address if said.iter().any(|entry| entry.answer.is_some()) => {
            let answers = said.iter().map(|entry| entry.answer.clone());
            Answer::Accepted(answers.map(|answer| answer.unwrap_or_else(RowAnswer::not_confirmed)).collect())
        }
        By::Address => Answer::Unnamed,
        By::Id => by_id(call, said),
    };
    match answer {
        // It is carried out later, and may say nothing yet.
        Answer::Unnamed if call.later => Answer::Accepted(vec![RowAnswer::Later; people]),
        answer => answer,
    }
}

/// One answer for each row, by the ids that are named; those without an id go to the rows that are left as far
/// as it cannot be otherwise.
fn by_id(call: &Call<'_>, said: &[Said]) -> Answer<Vec<RowAnswer>> {
    let rows: HashMap<&str, usize> =
        call.rows.iter().enumerate().filter_map(|(row, person)| Some((person.id?, row))).collect();
    let mut answers: Vec<Option<RowAnswer>> = vec![None; call.rows.len()];
    let mut nameless: Vec<Option<&RowAnswer>> = Vec::new();
    let (mut heard, mut strange, mut in_order) = (false, false, said.len() == call.rows.len());
    for (place, entry) in said.iter().enumerate() {
        let Some(id) = &entry.id else {
            heard |= entry.answer.is_some();
            nameless.push(entry.answer.as_ref());
            continue;
        };
        let Some(&row) = rows.get(id.as_str()) else {
            // Somebody else, or one of these under another id.
            (strange, in_order) = (true, false);
            continue;
        };
        heard |= entry.answer.is_some();
        in_order &= row == place;
        if let Some(slot) = answers.get_mut(row) {
            let answer = entry.answer.clone().unwrap_or_else(RowAnswer::not_confirmed);
            // Of two entries for one person the better counts (A22).
            if slot.as_ref().is_none_or(|known| rank(&answer) > rank(known)) {
                *slot = Some(answer);
            }
        }
    }
    if !heard {
        return Answer::Unnamed;
    }
    let open = answers.iter().filter(|answer| answer.is_none()).count();
    let alike = nameless.first().copied().flatten().filter(|first| {
        !strange && nameless.len() == open && nameless.iter().all(|answer| *answer == Some(*first))
    });
    let absent = call.only_existing && nameless.is_empty() && !strange;
    let settled = answers.into_iter().enumerate().map(|(row, answer)| {
        let left = || match (alike, said.get(row)) {
            _ if absent => Some(RowAnswer::Absent),
            (Some(answer), _) => Some(answer.clone()),
            (None, Some(entry)) if in_order && entry.id.is_none() => entry.answer.clone(),
            _ => None,
        };
        answer.or_else(left).unwrap_or_else(RowAnswer::not_confirmed)
    });
    Answer::Accepted(settled.collect())
}

fn rank(answer: &RowAnswer) -> u8 {
    match answer {
        RowAnswer::Taken { word: "", .. } => 1,
        RowAnswer::Taken { .. } => 2,
        _ => 0,
    }
}
