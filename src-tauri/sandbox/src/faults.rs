//! What a sandbox is told to do otherwise than well.

mod act;
mod contradiction;
mod ortto;
mod rule;
mod schedule;

use serde::{Deserialize, Serialize};

pub use act::{Act, Kind, Pick, Texts};
pub use contradiction::{BadRow, BulkList, DeleteContact, DeleteList, DuplicateList, Names, NoEmail};
pub use ortto::{Busy, MixedBatch, OrttoFaults, Permission};
pub use rule::{On, Rule};
pub(crate) use schedule::Schedule;

use crate::CustomField;

/// Contradictions of the vendor's pages resolved, and faults to play. All keys are optional; an
/// unknown one is refused by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// `POST /list` with a name that exists (`destination-api.md` 2.5).
    pub duplicate_list: DuplicateList,
    /// `FirstName` and `LastName` of a contact that exists (`destination-api.md` 2.3).
    pub names: Names,
    /// `_autopilot_list` in a bulk call (`destination-api.md` 2.6).
    pub bulk_list: BulkList,
    /// One bad row in a bulk call (`destination-api.md` 5.1).
    pub bad_row: BadRow,
    /// A contact without an e-mail address (`destination-api.md` 2.3).
    pub no_email: NoEmail,
    /// What `DELETE /contact/{id}` answers (`destination-api.md` 2.1).
    pub delete_contact: DeleteContact,
    /// Whether `DELETE /list/{id}` exists (`destination-api.md` 2.1).
    pub delete_list: DeleteList,
    /// Addresses that make a row bad, compared trimmed and in lower case; of both APIs.
    pub bad_addresses: Vec<String>,
    /// Lists, by id or title, whose deletion is answered 403 (`destination-api.md` 2.1).
    pub lists_in_use: Vec<String>,
    /// Custom fields the account has.
    pub custom_fields: Vec<CustomField>,
    /// Requests in one second, over [`crate::Settings::rate`].
    pub rate: Option<u32>,
    /// Seconds in `Retry-After` of a 429; the vendor documents none (`destination-api.md` 2.4).
    pub retry_after: Option<u64>,
    /// What stands for Ortto (`destination-api.md` 3).
    pub ortto: OrttoFaults,
    /// Faults to play; the first rule that fires decides.
    pub faults: Vec<Rule>,
}
