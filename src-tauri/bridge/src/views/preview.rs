//! Preview: who would change, before anybody does. The people of a preview stay in the engine; pages ask
//! for them in parts.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::Preview;
use serde::{Deserialize, Serialize};

use super::{Named, Part, PreviewGroup, Search};

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
