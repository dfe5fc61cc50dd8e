//! A third destination, made by steps 3 and 4 of CONTRIBUTING.md: Pigeon, which nobody sells. It has flocks where
//! others have lists. They are made by hand and named in rows by number, all that somebody joins and leaves at once;
//! a bulk call is answered by address, and there are no ids and no calls for one person.

mod account;
mod stage;
mod wire;

use std::collections::HashSet;

use segue_engine::destination::reply::by_address;
use segue_engine::destination::{
    Abilities, Answer, Call, Destination, List, Made, Misfit, Reply, Request, Roster, Row, RowAnswer, broken,
    value,
};
use segue_engine::error::Result;
use segue_engine::model::{AccountField, FieldType, Target};
use serde_json::{Map, Value, json};

pub(crate) use stage::Loft;

use self::wire::{clean, get, post, read, texts};
use super::trial::canonical;

/// A Pigeon account.
pub(crate) struct Pigeon;

impl Destination for Pigeon {
    fn name(&self) -> &'static str {
        "Pigeon"
    }
    fn origins(&self) -> &'static [(&'static str, &'static str)] {
        &[("loft", "https://api.pigeon.example")]
    }
    fn rate(&self) -> u32 {
        5
    }
    fn abilities(&self) -> Abilities {
        Abilities {
            batch: 25,
            bytes: 100_000,
            in_flight: 1,
            page: 10,
            asked: 7,
            all_lists: true,
            sized_lists: true,
            later: false,
            may_undo_opt_outs: false,
        }
    }
    fn key_header(&self) -> &'static str {
        "pigeon-key"
    }

    fn lists(&self) -> Request {
        get("/v1/flocks".to_owned())
    }
    fn read_lists(&self, reply: &Reply) -> Answer<Vec<List>> {
        read(reply, |body| body.get("flocks")?.as_array()?.iter().map(flock).collect())
    }
    fn make_list(&self, title: &str) -> Option<Request> {
        Some(Request { repeatable: false, ..post("/v1/flocks", &json!({ "title": title })) })
    }
    fn read_made(&self, _title: &str, reply: &Reply) -> Answer<Made> {
        match reply.status {
            409 => Answer::Accepted(Made::Exists),
            _ => read(reply, |body| flock(body).map(Made::List)),
        }
    }

    fn fields(&self) -> Request {
        get("/v1/traits".to_owned())
    }
    fn read_fields(&self, reply: &Reply) -> Answer<Vec<AccountField>> {
        read(reply, |body| {
            let customs = body.get("traits")?.as_array()?.iter().filter_map(custom);
            let standard = STANDARD.map(|(name, key)| {
                AccountField::new(Target::Standard(name.to_owned()), FieldType::Text, key.to_owned())
            });
            Some(standard.into_iter().chain(customs).collect())
        })
    }

    fn roster(&self, list: &List, bookmark: Option<&str>) -> Request {
        let number: u64 = list.id.parse().unwrap_or_default();
        get(format!("/v1/flocks/{number}/birds/{}", bookmark.unwrap_or("0")))
    }
    fn read_roster(&self, reply: &Reply) -> Answer<Roster> {
        read(reply, |body| {
            let bookmark = body.get("next").and_then(Value::as_u64).map(|next| next.to_string());
            Some(Roster { total: body.get("size")?.as_u64()?, emails: texts(body.get("birds")?)?, bookmark })
        })
    }

    fn upsert(&self, call: &Call<'_>, fields: &[AccountField]) -> Result<Request> {
        let birds = call.rows.iter().map(|row| self.bird(row, fields)).collect::<Result<Vec<_>>>()?;
        Ok(post("/v1/birds", &json!({ "only_known": call.only_existing, "birds": birds })))
    }
    fn read_upsert(&self, call: &Call<'_>, reply: &Reply) -> Answer<Vec<RowAnswer>> {
        let said = read(reply, |body| {
            let said = body.get("said")?.as_object()?.iter();
            said.map(|(email, word)| Some((canonical(email), told(word.as_str()?)))).collect()
        });
        by_address(call.rows, said)
    }

    fn opted_out(&self, emails: &[&str]) -> Request {
        post("/v1/silent", &json!({ "of": emails }))
    }
    fn read_opted_out(&self, emails: &[&str], reply: &Reply) -> Answer<Vec<bool>> {
        read(reply, |body| {
            let silent: HashSet<String> =
                texts(body.get("silent")?)?.iter().map(|email| canonical(email)).collect();
            Some(emails.iter().map(|email| silent.contains(&canonical(email))).collect())
        })
    }

    fn contacts(&self) -> Request {
        get("/v1/count".to_owned())
    }
    fn read_contacts(&self, reply: &Reply) -> Answer<u64> {
        read(reply, |body| body.get("birds")?.as_u64())
    }

    fn value(&self, cell: &str, field: &AccountField) -> std::result::Result<Box<str>, Misfit> {
        match field.kind {
            FieldType::Text => value::text(cell, 10_000),
            FieldType::Integer => value::integer(cell),
            FieldType::Boolean => value::boolean(cell),
            _ => value::misfit("unknown_type"),
        }
    }
    fn unusable(&self, target: &Target) -> Option<String> {
        match target {
            Target::Standard(name) if STANDARD.iter().any(|(known, _)| known == name) => None,
            Target::Custom(name) if !name.trim().is_empty() => None,
            other => Some(format!("Segue cannot send “{other}”; nobody is ever opted in or out.")),
        }
    }
}

const STANDARD: [(&str, &str); 3] = [(Target::EMAIL, "email"), ("FirstName", "first"), ("LastName", "last")];

impl Pigeon {
    fn bird(&self, row: &Row<'_>, fields: &[AccountField]) -> Result<Value> {
        let mut traits = Map::new();
        for (name, value) in row.values()? {
            let mut fields = fields.iter().filter(|field| self.unusable(&field.target).is_none());
            let field = fields.find(|field| field.target.is(&name)).ok_or_else(broken)?;
            traits.insert(field.key.clone(), json!(value));
        }
        if row.joins.iter().any(|list| row.leaves.contains(list)) {
            return Err(broken());
        }
        let number = |list: &&List| list.id.parse::<u64>().map_err(|_| broken());
        let flocks = |lists: &[&List]| lists.iter().map(number).collect::<Result<Vec<u64>>>();
        let (into, out_of) = (flocks(row.joins)?, flocks(row.leaves)?);
        Ok(json!({ "email": row.email, "traits": traits, "into": into, "out_of": out_of }))
    }
}

fn flock(flock: &Value) -> Option<List> {
    let (id, title) = (flock.get("number")?.as_u64()?.to_string(), flock.get("title")?.as_str()?.to_owned());
    Some(List { id, title, members: flock.get("size").and_then(Value::as_u64) })
}

fn custom(entry: &Value) -> Option<AccountField> {
    let kind = match entry.get("kind")?.as_str()? {
        "words" => FieldType::Text,
        "number" => FieldType::Integer,
        "yes_no" => FieldType::Boolean,
        _ => return None,
    };
    let name = entry.get("name")?.as_str()?.to_owned();
    Some(AccountField::new(Target::Custom(name.clone()), kind, format!("own.{name}")))
}

/// What is said of one person.
fn told(word: &str) -> RowAnswer {
    match word {
        "hatched" => RowAnswer::Taken { id: None, word: "hatched" },
        "fed" => RowAnswer::Taken { id: None, word: "fed" },
        "stranger" => RowAnswer::Absent,
        "barred" => RowAnswer::Suppressed(clean(word)),
        _ => RowAnswer::Refused(clean(word)),
    }
}
