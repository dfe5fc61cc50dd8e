//! `POST /contact` and `POST /contacts`.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::json;

use super::refuse;
use crate::account::{self, Account};
use crate::contents::{Contents, Row};
use crate::faults::{BadRow, BulkList, Faults, Pick};
use crate::outcome::{Form, Outcome};
use crate::wire::Reply;

/// More rows than this are 400 (`destination-api.md` 2.4).
const MOST: usize = 100;

pub(super) fn one(
    account: &mut Account,
    faults: &Faults,
    contents: Contents<'_>,
    drop: Option<&Pick>,
) -> Outcome {
    let Some(row) = contents.rows.into_iter().next() else {
        return refuse(400, "contact is missing");
    };
    let email = row.text("Email").unwrap_or_default().to_owned();
    if let Err(reason) = account.check(&row, faults) {
        return Outcome { refused: some(email), ..refuse(400, &reason) };
    }
    let dropped = drop.is_some_and(|pick| pick.has(0, &account::key(&email)));
    let id = store(account, faults, row, !dropped, true);
    Outcome {
        applied: !dropped,
        refused: if dropped { some(email.clone()) } else { Vec::new() },
        named: vec![(email, id.clone())],
        ..Outcome::told(Reply::json(200, &json!({"contact_id": id})))
    }
}

pub(super) fn bulk(
    account: &mut Account,
    faults: &Faults,
    contents: Contents<'_>,
    drop: Option<&Pick>,
) -> Outcome {
    let rows = contents.rows;
    if rows.len() > MOST {
        let message = format!("{} contacts are too many, the most is {MOST}", rows.len());
        return refuse(400, &message);
    }
    let mut bad = None;
    let mut refused = Vec::new();
    let mut good = Vec::with_capacity(rows.len());
    for (index, row) in rows.into_iter().enumerate() {
        match account.check(&row, faults) {
            Ok(()) => good.push((index, row)),
            Err(reason) => {
                refused.extend(row.text("Email").map(str::to_owned));
                bad.get_or_insert(reason);
            }
        }
    }
    if let (Some(reason), BadRow::RefusesAll) = (&bad, faults.bad_row) {
        return Outcome { refused, ..refuse(400, reason) };
    }
    let mut named = Vec::with_capacity(good.len());
    let mut applied = false;
    let honour_list = faults.bulk_list == BulkList::Honoured;
    for (index, row) in good {
        let email = row.text("Email").unwrap_or_default().to_owned();
        let dropped = drop.is_some_and(|pick| pick.has(index, &account::key(&email)));
        let id = store(account, faults, row, !dropped, honour_list);
        applied |= !dropped;
        if dropped {
            refused.push(email.clone());
        }
        named.push((email, id));
    }
    match (bad, faults.bad_row) {
        (Some(reason), BadRow::RefusesPart) => Outcome { applied, refused, ..refuse(400, &reason) },
        _ => {
            let reply = bulk_reply(&named);
            Outcome { reply, applied, form: Form::Map, named, refused }
        }
    }
}

/// The id of the row's contact after it was written, or an invented one for a row that is dropped.
fn store(account: &mut Account, faults: &Faults, row: Row<'_>, really: bool, honour_list: bool) -> String {
    if !really {
        return "person_00000000-0000-0000-0000-000000000000".to_owned();
    }
    let at = account.merge(row, faults, honour_list);
    account.contact(at).map(|contact| contact.id.clone()).unwrap_or_default()
}

fn some(email: String) -> Vec<String> {
    if email.is_empty() { Vec::new() } else { vec![email] }
}

#[derive(Serialize)]
struct Bulk<'a> {
    contact_ids: Vec<&'a str>,
    email_contact_map: Pairs<'a>,
    #[serde(rename = "_removeResultKeys")]
    remove: [&'static str; 1],
}

struct Pairs<'a>(&'a [(String, String)]);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        // A contact without an address has no place in the map.
        for (email, id) in self.0.iter().filter(|(email, _)| !email.is_empty()) {
            map.serialize_entry(email, id)?;
        }
        map.end()
    }
}

/// The recorded form: ids, the map by address as sent, and a key nobody needs
/// (`destination-api.md` 2.1).
pub(crate) fn bulk_reply(named: &[(String, String)]) -> Reply {
    let body = Bulk {
        contact_ids: named.iter().map(|(_, id)| id.as_str()).collect(),
        email_contact_map: Pairs(named),
        remove: ["proposedContacts"],
    };
    Reply::json(200, &body)
}
