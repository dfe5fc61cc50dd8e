//! Fields of an account and the matching of columns to them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The type of a field of the account (destination-api.md 2.2, 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// True or false.
    Boolean,
    /// A day or moment, ISO 8601.
    Date,
    /// Text of several lines.
    LongText,
    /// A number with at most three decimals.
    Decimal,
    /// A moment with its time zone.
    Time,
    /// A telephone number with its country code.
    Phone,
    /// A place: city, region or country.
    Place,
    /// One of the field's choices.
    Choice,
    /// Some of the field's choices.
    Choices,
}

/// A field of the account by name, as `--match` writes it: `FirstName`, or `custom:NAME`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, JsonSchema, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
#[schemars(with = "String")]
pub enum Target {
    /// A field that every account has.
    Standard(String),
    /// A field that the account's users made.
    Custom(String),
}

impl Target {
    /// The target of every export: the address.
    pub const EMAIL: &'static str = "Email";

    /// Whether it is written so, without writing it.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        match self {
            Self::Standard(name) => name == text,
            Self::Custom(name) => text.strip_prefix("custom:") == Some(name),
        }
    }

    /// Whether this is the address.
    #[must_use]
    pub fn is_email(&self) -> bool {
        matches!(self, Self::Standard(name) if name == Self::EMAIL)
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Standard(name) => f.write_str(name),
            Self::Custom(name) => write!(f, "custom:{name}"),
        }
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.to_string()
    }
}

impl From<String> for Target {
    fn from(text: String) -> Self {
        match text.strip_prefix("custom:") {
            Some(name) => Self::Custom(name.to_owned()),
            None => Self::Standard(text),
        }
    }
}

/// A field that the account has, with the key under which it travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountField {
    /// How `--match` names it.
    pub target: Target,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// The key in a request, for example `FirstName`, `integer--NPS--Rating` or `str:cm:shoe-size`.
    pub key: String,
    /// What may be chosen, where the type is one of choices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
}

impl AccountField {
    /// A field without choices.
    #[must_use]
    pub fn new(target: Target, kind: FieldType, key: String) -> Self {
        Self { target, kind, key, choices: Vec::new() }
    }
}

/// What a blank cell does (product.md page 3).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blank {
    /// The field is not sent.
    #[default]
    Skip,
    /// The field is cleared in the account.
    Clear,
}

/// What a value that does not fit its field does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unfit {
    /// The profile is invalid.
    #[default]
    Invalid,
    /// The field is left out, the profile goes.
    LeaveOut,
}

/// One line of data matching: a column goes to a field.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// The field of the account.
    pub target: Target,
    /// The column of `customer`, as the survey names it.
    pub column: String,
    /// What a blank cell does.
    #[serde(default)]
    pub blank: Blank,
    /// What a value that does not fit does.
    #[serde(default)]
    pub unfit: Unfit,
}
