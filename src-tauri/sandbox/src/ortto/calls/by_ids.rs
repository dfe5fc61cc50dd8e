//! `POST /v1/person/get-by-ids`: an object by id; ids that nobody has are absent.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{check_fields, read, usual_fields};
use crate::ortto::account::Account;
use crate::ortto::refusal::Refusal;
use crate::outcome::Outcome;
use crate::wire::Reply;

/// The pages name no limit; 100 is what the engine keeps to (`destination-api.md` 4.6).
const MOST_IDS: usize = 100;
/// `destination-api.md` 3.1.
const MOST_FIELDS: usize = 150;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ByIds {
    contact_ids: Vec<String>,
    fields: Option<Vec<String>>,
}

pub(in crate::ortto) fn by_ids(account: &Account, body: Value) -> Result<Outcome, Refusal> {
    let ByIds { contact_ids, fields } = read(body)?;
    let fields = fields.unwrap_or_else(usual_fields);
    if contact_ids.is_empty() || contact_ids.len() > MOST_IDS {
        return Err(Refusal::bad(format!("contact_ids takes from 1 to {MOST_IDS} ids")));
    }
    if fields.len() > MOST_FIELDS {
        return Err(Refusal::bad(format!("fields takes at most {MOST_FIELDS} ids")));
    }
    check_fields(account, &fields)?;
    let people = contact_ids.iter().filter_map(|id| {
        let at = account.look_up("str::person_id", &json!(id))?;
        Some((id.clone(), account.person(at)?.read(&fields)))
    });
    let contacts: Map<String, Value> = people.collect();
    Ok(Outcome::told(Reply::json(200, &json!({"contacts": contacts}))))
}
