//! The calls but `person/merge`, one file each (`destination-api.md` 3.1).

mod by_ids;
mod custom_field;
mod get;
mod get_filter;
mod subscriptions;
mod tags;

use serde::de::DeserializeOwned;
use serde_json::Value;

pub(super) use by_ids::by_ids;
pub(super) use custom_field::{create_field, custom_fields};
pub(super) use get::get;
pub(super) use subscriptions::subscriptions;
pub(super) use tags::tags;

use super::account::Account;
use super::refusal::Refusal;

/// The body in the form that the call takes.
fn read<T: DeserializeOwned>(body: Value) -> Result<T, Refusal> {
    serde_json::from_value(body).map_err(|error| Refusal::bad(format!("The body is malformed: {error}")))
}

/// Refuses to show what is no field.
fn check_fields(account: &Account, fields: &[String]) -> Result<(), Refusal> {
    match fields.iter().find(|id| !account.is_readable(id)) {
        Some(unknown) => Err(Refusal::bad(format!("fields has an unknown field: {unknown}"))),
        None => Ok(()),
    }
}

/// What is shown of a person when nothing is asked for; which fields that are is not recorded.
fn usual_fields() -> Vec<String> {
    ["str::email", "str::first", "str::last"].map(str::to_owned).to_vec()
}
