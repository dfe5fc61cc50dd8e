//! Connections: accounts, their keys and the consent to send people there. A key comes in and never goes out.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::model::{Connection, FieldType, Product};
use serde::{Deserialize, Serialize};

use super::{AccountList, Named};

/// A connection in the table.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct ConnectionRow {
    /// The connection; its key is not in it.
    pub connection: Connection,
    /// Whether it is the practice account of the sample.
    pub practice: bool,
    /// Whether a key was ever stored; one that was imported waits for its key.
    pub has_key: bool,
    /// Exports that use it.
    pub used_by: Vec<Named>,
    /// Whether the account took its key, when it was last asked.
    pub key: KeyState,
    /// When that was; `None`: the account was not asked yet.
    pub tested_at: Option<Timestamp>,
}

/// What is known of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// The account accepted it, when it was last asked.
    Accepted,
    /// The account refused it.
    Refused,
    /// There is none.
    Missing,
}

/// A key as it was typed or pasted. It is never printed.
#[derive(Clone, JsonSchema, Deserialize)]
#[serde(transparent)]
pub struct Key(String);

impl Key {
    /// The key without the blanks, line breaks and quotes that come with pasting (U03).
    #[must_use]
    pub fn secret(&self) -> secrecy::SecretString {
        let sticky = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '"' | '\'' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
        };
        secrecy::SecretString::from(self.0.trim_matches(sticky).to_owned())
    }

    /// A password as it was typed: a quote or a blank at its end is part of it.
    #[must_use]
    pub fn password(&self) -> secrecy::SecretString {
        secrecy::SecretString::from(self.0.clone())
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// Tests a key that may not be stored yet: *Connect*.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConnectRequest {
    /// The product.
    pub product: Product,
    /// The region of the account: `global`, `au` or `eu` for Ortto.
    #[serde(default)]
    pub region: Option<String>,
    /// The key.
    pub key: Key,
    /// An origin in place of the vendor's.
    #[serde(default)]
    pub base_url: Option<String>,
    /// Whether the user agreed; without it nothing is asked of anybody.
    pub agree: bool,
}

/// Adds a connection.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConnectionDraft {
    /// Display name.
    pub name: String,
    /// The product.
    pub product: Product,
    /// The region of the account, as when it was tested.
    #[serde(default)]
    pub region: Option<String>,
    /// The key; it is tested again.
    pub key: Key,
    /// An origin in place of the vendor's.
    #[serde(default)]
    pub base_url: Option<String>,
    /// Requests a second; `None`: the product's own.
    #[serde(default)]
    pub rate: Option<u32>,
    /// Contacts that the contract allows.
    #[serde(default)]
    pub contract_size: Option<u64>,
    /// Whether the user agreed to the data privacy statements.
    pub agree: bool,
}

/// Changes settings of a connection; what is left out stays.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConnectionSetRequest {
    /// Its id.
    pub id: String,
    /// Requests a second.
    #[serde(default)]
    pub rate: Option<u32>,
    /// Contacts that the contract allows.
    #[serde(default)]
    pub contract_size: Option<u64>,
}

/// Replaces the key of a connection.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetKeyRequest {
    /// The connection's id.
    pub id: String,
    /// The new key; it is tested first.
    pub key: Key,
    /// Whether the user agrees anew, which another account needs.
    pub agree: bool,
}

/// The fields and lists of an account, as they are now.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct AccountShape {
    /// Fields that can be matched, `Email` first, standard before custom.
    pub fields: Vec<AccountFieldRow>,
    /// Lists by title.
    pub lists: Vec<AccountList>,
}

/// A field that can be matched.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct AccountFieldRow {
    /// How a match names it, for example `FirstName` or `custom:Club level`.
    pub target: String,
    /// The name that people see.
    pub name: String,
    /// Whether the account's users made it.
    pub custom: bool,
    /// Its type.
    pub kind: FieldType,
}
