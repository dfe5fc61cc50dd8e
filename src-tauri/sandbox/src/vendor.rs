//! What the vendor does with a request (`destination-api.md` 2.1 and 2.5).

mod contacts;
mod lists;
mod refusal;
mod write;

use serde_json::json;

use crate::account::Account;
use crate::api::Key;
use crate::contents::Contents;
use crate::faults::{Faults, Pick};
use crate::outcome::Outcome;
use crate::route::{Astray, Route};
use crate::wire::Reply;

pub(crate) use refusal::refuse;
pub(crate) use write::bulk_reply;

/// A request as the vendor reads it.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) method: &'a str,
    pub(crate) route: Result<&'a Route, Astray>,
    pub(crate) key: Key,
    pub(crate) contents: Contents<'a>,
}

/// Carries the request out. Rows in `drop` are answered for and not stored.
pub(crate) fn carry_out(
    account: &mut Account,
    faults: &Faults,
    call: Call<'_>,
    drop: Option<&Pick>,
) -> Outcome {
    match call.key {
        Key::Missing => {
            return refuse(400, "The request is missing the header: autopilotapikey");
        }
        Key::Wrong => return refuse(401, "The key in autopilotapikey is not valid"),
        Key::Right => {}
    }
    let route = match call.route {
        Ok(route) => route,
        Err(Astray::Malformed) => return refuse(400, "The path is malformed"),
        Err(Astray::Unknown) => return refuse(404, "There is no such path"),
    };
    if let Some(reason) = &call.contents.malformed
        && call.method == "POST"
    {
        return refuse(400, &format!("The body is malformed: {reason}"));
    }
    match (call.method, route) {
        ("POST", Route::Contact) => write::one(account, faults, call.contents, drop),
        ("POST", Route::Contacts(None)) => write::bulk(account, faults, call.contents, drop),
        ("GET", Route::Contacts(bookmark)) => contacts::page(account, bookmark.as_deref()),
        ("GET", Route::OneContact(who)) => contacts::read(account, who),
        ("DELETE", Route::OneContact(who)) => contacts::delete(account, faults, who),
        ("POST", Route::Unsubscribe(who)) => contacts::unsubscribe(account, who),
        ("GET", Route::CustomFields) => contacts::custom_fields(account),
        ("GET", Route::Lists) => lists::all(account),
        ("POST", Route::List) => lists::create(account, faults, call.contents.name.as_deref()),
        ("DELETE", Route::OneList(list)) => lists::delete(account, faults, list),
        ("GET", Route::Roster(list, bookmark)) => lists::roster(account, list, bookmark.as_deref()),
        ("GET", Route::Member(list, who)) => lists::is_member(account, list, who),
        ("POST", Route::Member(list, who)) => lists::join(account, list, who),
        ("DELETE", Route::Member(list, who)) => lists::leave(account, list, who),
        // The shape is unknown (destination-api.md 2.1); it serves to test a key.
        ("GET", Route::Account) => Outcome::told(Reply::json(200, &json!({"name": "Sandbox"}))),
        ("GET", Route::Segments) => Outcome::told(Reply::json(200, &json!({"segments": []}))),
        ("GET", Route::Triggers) => Outcome::told(Reply::json(200, &json!({"triggers": []}))),
        ("GET", Route::SegmentRoster) => refuse(404, "The segment does not exist"),
        ("POST", Route::Trigger) => refuse(404, "The trigger does not exist"),
        _ => refuse(405, &format!("{} is not allowed here", call.method)),
    }
}
