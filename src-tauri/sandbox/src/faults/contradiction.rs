//! The questions that the vendor's pages answer in two ways, or not at all.

use serde::{Deserialize, Serialize};

/// `POST /list` with a name that exists: AP-2015 says 409, the PHP client's author saw a second
/// list (`destination-api.md` 2.5).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateList {
    /// 409.
    #[default]
    Conflict,
    /// 200 and a second list of the name.
    Second,
}

/// `FirstName` and `LastName` of a contact that has them: AP-2015 keeps them, the blog of July
/// 2015 overwrites (`destination-api.md` 2.3).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Names {
    /// As every other field.
    #[default]
    Overwritten,
    /// What the contact has stays.
    Kept,
}

/// `_autopilot_list` in `POST /contacts`: clients send it, none was seen working
/// (`destination-api.md` 2.6).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkList {
    /// The contacts are put on the list.
    #[default]
    Honoured,
    /// The key does nothing in bulk; in `POST /contact` it still works.
    Ignored,
}

/// One bad row in a bulk call; the vendor's pages are silent (`destination-api.md` 5.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BadRow {
    /// 400, nothing is stored.
    #[default]
    RefusesAll,
    /// 400, and the good rows are stored.
    RefusesPart,
    /// 200, the good rows are stored, the bad one is absent from the map.
    Silent,
}

/// A contact without an address: optional since July 2015 and never de-duplicated
/// (`destination-api.md` 2.3), refused here unless told, since no export may send one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoEmail {
    /// The row is bad.
    #[default]
    Refused,
    /// Each such row makes a new contact.
    Accepted,
}

/// The answer of `DELETE /contact/{id}`: 204 in AP-2015, 200 in later clients
/// (`destination-api.md` 2.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeleteContact {
    /// 204 without a body.
    #[default]
    NoContent,
    /// 200 `{}`.
    Ok,
}

/// `DELETE /list/{id}`: in AP-2015, and in no client since (`destination-api.md` 2.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeleteList {
    /// 204, 403 when in use, 404 when unknown.
    #[default]
    Works,
    /// 405, the method is not there.
    Absent,
}
