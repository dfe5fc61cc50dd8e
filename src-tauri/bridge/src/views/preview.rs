//! Preview: who would change, before anybody does. The people of a preview stay in the engine; pages ask
//! for them in parts.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::{Change, Preview};
use serde::{Deserialize, Serialize};

use super::{Named, Part, Search};

/// A preview. It is kept until two others were made, or Segue ends.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct PreviewView {
    /// Names it in the requests below.
    pub token: String,
    /// The export.
    pub export: Named,
    /// The connection.
    pub connection: Named,
    /// When it was compared.
    pub compared_at: Timestamp,
    /// Requests a second that are allowed; 0: no limit of ours.
    pub rate: u32,
    /// Whether this would be the export's first run.
    pub first_run: bool,
    /// The limit of the export, where its people are more than that.
    pub over_limit: Option<u64>,
    /// Fields that are sent, as the account names them.
    pub fields: Vec<String>,
    /// The numbers and the lists.
    pub preview: Preview,
}

/// A group of people of a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PreviewGroup {
    /// Everybody in the segments.
    Source,
    /// Cannot be sent.
    Invalid,
    /// Another profile of the same address goes.
    Duplicate,
    /// Left out on purpose.
    Excluded,
    /// No receipt yet.
    New,
    /// Differ from what was last accepted.
    Changed,
    /// As last accepted.
    Unchanged,
    /// Refused before.
    Retry,
    /// Leave.
    Leaving,
    /// Leave, but are held by the guard.
    Held,
}

/// Asks for people of a preview.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviewPeopleRequest {
    /// The preview.
    pub token: String,
    /// The group.
    pub group: PreviewGroup,
    /// A piece of the address, the CustomerId or a value.
    #[serde(default)]
    pub search: Search,
    /// Only people for whom this field changes.
    #[serde(default)]
    pub field: Option<String>,
    /// Which part.
    pub part: Part,
}

/// A person of a preview.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct PreviewRow {
    /// The group.
    pub group: PreviewGroup,
    /// The address as the source has it.
    pub email: String,
    /// First and last name as they would be sent; empty where they are not.
    pub name: String,
    /// The CustomerId.
    pub customer_id: String,
    /// Why, as a reason code; may be empty.
    pub reason: String,
    /// Fields that change, or for a new person those that are sent.
    pub changes: Vec<Change>,
    /// Titles of lists that they would be put on.
    pub joins: Vec<String>,
    /// Titles of lists that they would be taken off.
    pub leaves: Vec<String>,
}

/// Writes a group of a preview to a CSV file.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviewDownloadRequest {
    /// The preview.
    pub token: String,
    /// The group.
    pub group: PreviewGroup,
    /// The file's absolute path.
    pub path: String,
}

/// Runs exactly the plan of a preview, or refuses with `plan_changed`.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviewRunRequest {
    /// The preview.
    pub token: String,
    /// Leavers go past the guard, this once.
    #[serde(default)]
    pub allow_loss: bool,
}
