//! The end points under `/_sandbox/ortto`; the list is on the crate's front page.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::account::{Account, NewField, fits};
use super::merge::{Row, seed};
use crate::Error;
use crate::control::{complaint, ok, read};
use crate::shared::State;
use crate::wire::{Reply, percent};

/// A person as a seed: a row of a merge, and what no merge can say.
#[derive(Deserialize)]
struct Seed {
    #[serde(default)]
    archived: bool,
    #[serde(flatten)]
    row: Map<String, Value>,
}

/// `PUT ortto/people/{who}`: what somebody does to a person by hand; what is absent stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    email: Option<String>,
    archived: Option<bool>,
    email_permission: Option<bool>,
    sms_permission: Option<bool>,
    fields: Option<Map<String, Value>>,
}

/// Answers a control request; `rest` is the path below `/_sandbox/ortto`.
pub(crate) fn answer(state: &mut State, method: &str, rest: &str, body: &[u8]) -> Reply {
    let mut segments = rest.trim_start_matches('/').splitn(2, '/');
    let what = segments.next().unwrap_or_default();
    let which = segments.next().and_then(percent::decode);
    let done = match (method, what, which.as_deref()) {
        ("GET", "", None) => Ok(Reply::json(200, &state.accounts.ortto.view(state.ban.begun()))),
        ("POST", "people", None) => read::<Vec<Value>>(body).and_then(|people| {
            let ids = state.accounts.ortto.seed(people).map_err(|error| error.to_string())?;
            Ok(Reply::json(200, &json!({"person_ids": ids})))
        }),
        ("PUT", "people", Some(who)) => match state.accounts.ortto.find(who) {
            Some(at) => read::<Change>(body)
                .and_then(|change| state.accounts.ortto.change_by_hand(at, change))
                .map(|()| ok()),
            None => return complaint(404, "there is no such person"),
        },
        ("DELETE", "people", Some(who)) => return found(state.accounts.ortto.remove(who), "person"),
        ("POST", "suppressed", None) => read::<Vec<String>>(body).map(|emails| {
            emails.iter().for_each(|email| state.accounts.ortto.suppress(email));
            ok()
        }),
        ("DELETE", "suppressed", Some(email)) => {
            return found(state.accounts.ortto.unsuppress(email), "suppressed address");
        }
        ("POST", "fields", None) => read::<Vec<NewField>>(body).and_then(|fields| {
            let define = |field| match state.accounts.ortto.define(field) {
                Ok(field) => Ok(field.id.clone()),
                Err(refusal) => Err(refusal.to_string()),
            };
            let ids = fields.into_iter().map(define).collect::<Result<Vec<String>, String>>()?;
            Ok(Reply::json(200, &json!({"field_ids": ids})))
        }),
        ("DELETE", "fields", Some(id)) => return found(state.accounts.ortto.undefine(id), "custom field"),
        ("POST", "settle", None) => {
            state.accounts.ortto.settle_all();
            Ok(ok())
        }
        _ => return complaint(404, "there is no such control end point"),
    };
    done.unwrap_or_else(|reason| complaint(400, &reason))
}

fn found(found: bool, what: &str) -> Reply {
    if found { ok() } else { complaint(404, &format!("there is no such {what}")) }
}

impl Account {
    /// Puts people in the account past its door and returns their ids. Only the form of the rows
    /// counts, and neither the suppression list nor faults.
    pub(crate) fn seed(&mut self, people: Vec<Value>) -> Result<Vec<String>, Error> {
        let (opt_ins, resubscribed) = (self.opt_ins, self.resubscribed);
        let mut ids = Vec::with_capacity(people.len());
        for (index, person) in people.into_iter().enumerate() {
            let refuse = |reason: String| Error::Seed { index, reason };
            let Seed { archived, row } =
                serde_json::from_value(person).map_err(|error| refuse(error.to_string()))?;
            let row: Row =
                serde_json::from_value(Value::Object(row)).map_err(|error| refuse(error.to_string()))?;
            let at = seed(self, row).map_err(refuse)?;
            self.change(at, |person| person.archived = archived);
            ids.extend(self.person(at).map(|person| person.id.clone()));
        }
        // Those count what clients do.
        (self.opt_ins, self.resubscribed) = (opt_ins, resubscribed);
        Ok(ids)
    }

    /// Deletes the person of this id or address; false when there is none.
    pub(crate) fn remove(&mut self, who: &str) -> bool {
        let found = self.find(who);
        if let Some(at) = found {
            self.delete(at);
        }
        found.is_some()
    }

    fn change_by_hand(&mut self, at: usize, change: Change) -> Result<(), String> {
        let Change { email, archived, email_permission, sms_permission, fields } = change;
        let mut fields = fields.unwrap_or_default();
        fields.extend(email.map(|email| ("str::email".to_owned(), json!(email))));
        for (id, value) in &fields {
            if matches!(id.as_str(), "bol::p" | "bol::sp") || !self.is_writable(id) {
                return Err(format!("{id} is no field"));
            }
            fits(id, self.field(id), value).map_err(|reason| format!("{id}: {reason}"))?;
            let key = matches!(id.as_str(), "str::email" | "str::ei");
            if key && self.look_up(id, value).is_some_and(|owner| owner != at) {
                return Err(format!("{id} belongs to another person"));
            }
        }
        for (id, value) in fields {
            self.set(at, &id, Some(value).filter(|value| !value.is_null()));
        }
        self.change(at, |person| {
            person.archived = archived.unwrap_or(person.archived);
            person.email_permission = email_permission.unwrap_or(person.email_permission);
            person.sms_permission = sms_permission.unwrap_or(person.sms_permission);
        });
        Ok(())
    }
}
