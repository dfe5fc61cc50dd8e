//! The lines between window and engine, one JSON object each.

use schemars::JsonSchema;
use segue_engine::model::{Notice, Progress, Refresh, Run};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Failure;

/// The version of the protocol; both programs are always of one version, and a window that finds another
/// says so instead of guessing.
pub const PROTOCOL: u32 = 1;

/// What the window asks.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Names the answer; chosen by the window.
    pub id: u64,
    /// The command.
    pub command: String,
    /// Its request.
    pub request: Value,
}

/// What the engine says.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Say {
    /// The first line.
    Hello {
        /// Who speaks.
        hello: Hello,
    },
    /// An answer; they may come in any order.
    Answer {
        /// The id of what was asked.
        id: u64,
        /// The answer.
        answer: Value,
    },
    /// Something cannot be done.
    Failed {
        /// The id of what was asked.
        id: u64,
        /// Why.
        error: Failure,
    },
    /// Something happened.
    Event(Event),
}

/// Who speaks.
#[derive(Debug, Clone, Serialize)]
pub struct Hello {
    /// Segue's version.
    pub version: String,
    /// [`PROTOCOL`].
    pub protocol: u32,
}

/// Something happened. Events may be lost or late: pages read again what they show, and count nothing.
#[derive(Debug, Clone, JsonSchema, Serialize)]
#[serde(tag = "event", content = "data", rename_all = "snake_case")]
pub enum Event {
    /// A run of this process goes on; at most ten a second.
    RunProgress(Box<Progress>),
    /// A run of this process ended.
    RunEnded(Box<Run>),
    /// A refresh of everything goes on, or ended.
    Refresh(Box<Refresh>),
    /// An export changed its state, and the user wants to be told.
    Notice(Box<Notice>),
    /// Something was changed, by this window or by the command line.
    Changed(Changed),
}

/// What was changed.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Changed {
    /// Kinds of objects.
    pub what: Vec<Noun>,
}

impl Noun {
    /// Every kind.
    pub(crate) const ALL: [Self; 9] = [
        Self::Audiences,
        Self::Audit,
        Self::Connections,
        Self::Exports,
        Self::Notices,
        Self::Runs,
        Self::Schedules,
        Self::Segments,
        Self::Settings,
    ];
}

/// A kind of object, for pages that show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Noun {
    /// Audiences.
    Audiences,
    /// The audit log.
    Audit,
    /// Connections.
    Connections,
    /// Exports.
    Exports,
    /// Who is told of what, and how that went.
    Notices,
    /// Runs and their people.
    Runs,
    /// The system refresh, and whether schedules are paused.
    Schedules,
    /// Segments and their counts.
    Segments,
    /// Settings of the window.
    Settings,
}
