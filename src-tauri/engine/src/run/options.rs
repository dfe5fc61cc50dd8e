//! Options: how a run is to go, as the store keeps it with the run.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::model::{SegmentId, Trigger};
use crate::store::run::Told;

/// How a run is to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunOptions {
    /// Send all, changed or not.
    pub full: bool,
    /// Send those again who were refused for good.
    pub retry_failed: bool,
    /// Let leavers go past the guard, this once.
    pub allow_loss: bool,
    /// Have lists that are gone from the account made anew.
    pub new_lists: bool,
    /// Make people anew whom the account has no more.
    pub create_gone: bool,
    /// Only this address.
    pub only: Option<String>,
    /// Only the first so many.
    pub first: Option<u64>,
    /// Instead of all that: take everybody off whom the export put on lists.
    pub empty: Option<Emptying>,
    /// Only if this is the plan still: the digest of a preview.
    pub plan: Option<String>,
    /// What began it.
    pub trigger: Trigger,
    /// The due time that it is begun for; `None`: somebody began it.
    pub due: Option<Timestamp>,
    /// Whether it begins later than it was due, or stands for several times that were missed.
    pub late: bool,
}

/// Which lists of an export are emptied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Emptying {
    /// All that it ever filled.
    All,
    /// Those of these segments.
    Of(Vec<SegmentId>),
}

impl Emptying {
    pub(super) fn is_about(&self, segment: SegmentId) -> bool {
        match self {
            Self::All => true,
            Self::Of(segments) => segments.contains(&segment),
        }
    }
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            full: false,
            retry_failed: false,
            allow_loss: false,
            new_lists: false,
            create_gone: false,
            only: None,
            first: None,
            empty: None,
            plan: None,
            trigger: Trigger::CommandLine,
            due: None,
            late: false,
        }
    }
}

impl RunOptions {
    /// Whether nothing special is asked for: then a run that died goes on instead.
    pub(super) fn is_plain(&self) -> bool {
        *self == Self { trigger: self.trigger, due: self.due, late: self.late, ..Self::default() }
    }

    /// The same as the store keeps it, for a run that is planned anew after it died.
    pub(crate) fn told(&self) -> Result<Told> {
        Ok(Told { options: serde_json::to_string(self).map_err(Error::internal)?, due: self.due })
    }
}
