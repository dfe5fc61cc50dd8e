//! Find a person, and forget one.

use schemars::JsonSchema;
use serde::Deserialize;

/// Looks for a person over all exports and runs.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonRequest {
    /// The address.
    pub email: String,
}

/// Forgets a person.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForgetRequest {
    /// The address.
    pub email: String,
    /// Whether they stay on the lists that Segue put them on.
    pub keep_lists: bool,
}
