//! `POST /v1/tags/get`: a bare array of all, without pages (`destination-api.md` 3.1).

use serde::Deserialize;
use serde_json::{Value, json};

use super::read;
use crate::ortto::account::{Account, ORGANIZATION_TAG, folded};
use crate::ortto::refusal::Refusal;
use crate::outcome::Outcome;
use crate::wire::Reply;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tags {
    q: Option<String>,
}

/// Tags of people and, as recorded, of organizations: `type` tells them apart, ids do not.
pub(in crate::ortto) fn tags(account: &Account, body: Value) -> Result<Outcome, Refusal> {
    let Tags { q } = read(body)?;
    let wanted = folded(&q.unwrap_or_default());
    let is_wanted = |name: &str| folded(name).contains(&wanted);
    let counted = account.tags().iter().zip(account.tag_counts());
    let mut shown: Vec<Value> = counted
        .filter(|(tag, _)| is_wanted(&tag.name))
        .map(|(tag, (count, subscribers))| {
            json!({"id": tag.id, "name": tag.name, "count": count, "subscribers": subscribers, "type": ""})
        })
        .collect();
    if is_wanted(ORGANIZATION_TAG) {
        shown.push(json!({"id": 1, "name": ORGANIZATION_TAG, "count": 1, "type": "organization"}));
    }
    Ok(Outcome::told(Reply::json(200, &shown)))
}
