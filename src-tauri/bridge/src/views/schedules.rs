//! Schedules: the system refresh, the recurrences of exports, and when what runs next.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::model::{Recurrence, Refresh, Schedule};
use serde::{Deserialize, Serialize};

use super::Named;

/// The system refresh, and whether anything runs by itself at all.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct ScheduleView {
    /// Whether it runs by itself.
    pub on: bool,
    /// When; `None`: nobody chose yet.
    pub recurrence: Option<Recurrence>,
    /// The next time; `None`: it is off, or schedules are paused.
    pub next: Option<Timestamp>,
    /// Whether all schedules are paused, those of exports too.
    pub paused: bool,
    /// The zone of this computer, by its IANA name.
    pub zone: String,
    /// Exports that run with it.
    pub exports: u64,
    /// How it went last, or goes.
    pub last: Option<Refresh>,
}

/// Pauses all schedules, or goes on with them. Times that pass meanwhile are not made up for.
#[derive(Debug, Clone, Copy, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PauseRequest {
    /// Whether they are paused from now on.
    pub paused: bool,
}

/// A time zone.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Zone {
    /// Its IANA name.
    pub name: String,
    /// How far its clocks are ahead of UTC now, in minutes. May be negative.
    pub offset: i32,
}

/// Gives exports a schedule.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportScheduleRequest {
    /// The exports' ids: at least one.
    pub exports: Vec<String>,
    /// Whether they run by themselves. Off keeps their recurrences.
    pub run: bool,
    /// The schedule that all get; `None` with `run`: each keeps its own, and those that are off are switched on
    /// by their recurrence, or with the system refresh where they have none.
    pub schedule: Option<Schedule>,
}

/// What runs next.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Upcoming {
    /// The export; `None`: the system refresh.
    pub export: Option<Named>,
    /// When.
    pub at: Timestamp,
}
