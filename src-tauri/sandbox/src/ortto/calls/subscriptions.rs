//! `POST /v1/person/subscriptions`: who may be written to. Whom nobody knows is absent from the
//! answer: what the vendor does then is not recorded, and so a client has to look who is there.

use serde::Deserialize;
use serde_json::{Value, json};

use super::read;
use crate::ortto::account::Account;
use crate::ortto::refusal::Refusal;
use crate::outcome::Outcome;
use crate::wire::Reply;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Subscriptions {
    people: Vec<Who>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Who {
    person_id: Option<String>,
    email: Option<String>,
    external_id: Option<String>,
}

impl Who {
    /// In the order in which the page says they count.
    fn key(&self) -> Option<(&'static str, &String)> {
        let id = self.person_id.as_ref().map(|id| ("str::person_id", id));
        let email = self.email.as_ref().map(|email| ("str::email", email));
        id.or(email).or_else(|| self.external_id.as_ref().map(|external| ("str::ei", external)))
    }
}

pub(in crate::ortto) fn subscriptions(account: &Account, body: Value) -> Result<Outcome, Refusal> {
    let Subscriptions { people } = read(body)?;
    if people.is_empty() {
        return Err(Refusal::bad("people is empty"));
    }
    let mut found = Vec::with_capacity(people.len());
    for who in &people {
        let (field, value) = who.key().ok_or_else(|| Refusal::bad("A person has no identifier"))?;
        let person = account.look_up(field, &json!(value)).and_then(|at| account.person(at));
        found.extend(person.map(|person| {
            json!({
                "person_status": "merged",
                "person_id": person.id,
                "email": person.email(),
                "subscriptions": [],
                "email_permissions": person.email_permission,
                "sms_permissions": person.sms_permission,
            })
        }));
    }
    Ok(Outcome::told(Reply::json(200, &json!({"people": found}))))
}
