//! `POST /v1/person/custom-field/get` and `.../create`, in the recorded forms.

use serde::Deserialize;
use serde_json::{Value, json};

use super::read;
use crate::ortto::account::{Account, Field, NewField};
use crate::ortto::refusal::Refusal;
use crate::outcome::Outcome;
use crate::wire::Reply;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

pub(in crate::ortto) fn custom_fields(account: &Account, body: Value) -> Result<Outcome, Refusal> {
    let Nothing {} = read(body)?;
    let fields: Vec<Value> = account.fields().iter().map(shown).collect();
    Ok(Outcome::told(Reply::json(200, &json!({"fields": fields}))))
}

fn shown(field: &Field) -> Value {
    let mut shown = json!({
        "id": field.id,
        "name": field.name,
        "display_type": field.display_type,
        "liquid_name": format!("people.custom.{}", field.kebab),
    });
    if let (Some(values), Some(shown)) = (&field.values, shown.as_object_mut()) {
        shown.insert("dic_items".to_owned(), json!(values));
    }
    json!({"field": shown, "tracked_value": field.tracked})
}

pub(in crate::ortto) fn create_field(account: &mut Account, body: Value) -> Result<Outcome, Refusal> {
    let new: NewField = read(body)?;
    let field = account.define(new)?;
    let mut made = json!({"name": field.name, "field_id": field.id, "display_type": field.display_type});
    if let (Some(values), Some(made)) = (&field.values, made.as_object_mut()) {
        made.insert("values".to_owned(), json!(values));
    }
    Ok(Outcome::stored(Reply::json(200, &made)))
}
