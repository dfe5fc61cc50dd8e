//! Connection: an account at a destination, and the consent to send people there.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ConnectionId;

/// Which product a connection speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Product {
    /// Classic Autopilot (destination-api.md section 2).
    Autopilot,
    /// Ortto, what Autopilot is today (destination-api.md section 3).
    Ortto,
}

/// A connection as it is stored. The key is in the keychain under the id, never here.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Connection {
    /// Identity.
    pub id: ConnectionId,
    /// Display name, unique among connections.
    pub name: String,
    /// The product.
    #[serde(rename = "type")]
    pub product: Product,
    /// Origin that requests go to: scheme, host, port; no path.
    pub origin: String,
    /// Requests a second; 0 for no limit of ours (loopback only).
    pub rate: u32,
    /// The contacts that the contract allows, if the user entered it.
    pub contract_size: Option<u64>,
    /// Keyed fingerprint of the API key: tells whether two connections hold the same one. `None`: it was
    /// imported, and waits for its key.
    #[serde(skip)]
    pub key_fingerprint: Option<String>,
    /// Who agreed to what and when.
    pub consent: Option<Consent>,
    /// The identity that runs act under: the account of the operating system.
    pub export_user: String,
    /// Whether `_autopilot_list` in a bulk call puts people on the list, asked once (issue of
    /// destination-api.md 5.1).
    pub membership: Membership,
    /// When it was added.
    pub created_at: Timestamp,
}

/// Consent to send personal data to a connection's origin (product.md page 2).
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Consent {
    /// When it was given.
    pub given_at: Timestamp,
    /// The account of the operating system that gave it.
    pub given_by: String,
    /// Version of the statements that were shown.
    pub statements: String,
    /// The origin it holds for.
    pub origin: String,
}

/// How people are put on lists of a classic account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Membership {
    /// Not known yet: the next bulk call with a list asks.
    #[default]
    Unknown,
    /// `_autopilot_list` in a bulk call is honoured.
    Bulk,
    /// It is not: one call for each person and list.
    PerMember,
}
