//! Schedule: when an export, or the system refresh, runs by itself (customer-insights.md 3.3).

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Time, Weekday};
use jiff::{Timestamp, civil};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ExportId, Status};

/// When an export runs by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// With what it runs.
    pub mode: ScheduleMode,
    /// Its own recurrence. Kept while it is not in use, so that switching it on again asks nothing; needed for
    /// `own`.
    pub recurrence: Option<Recurrence>,
}

impl Schedule {
    /// With the system refresh, as a new export has it.
    #[must_use]
    pub fn with_refresh() -> Self {
        Self { mode: ScheduleMode::System, recurrence: None }
    }

    /// The own recurrence, where that is what it runs by.
    #[must_use]
    pub fn own(&self) -> Option<&Recurrence> {
        self.recurrence.as_ref().filter(|_| self.mode == ScheduleMode::Own)
    }
}

/// With what an export runs by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScheduleMode {
    /// With nothing: only when somebody runs it.
    #[default]
    Off,
    /// With the system refresh.
    System,
    /// By its own recurrence.
    Own,
}

/// The system refresh: every audience is read anew, segments are counted anew, and every export whose schedule
/// is [`ScheduleMode::System`] runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemSchedule {
    /// Whether it runs by itself.
    pub on: bool,
    /// When. Kept while it is off; needed while it is on.
    pub recurrence: Option<Recurrence>,
}

impl SystemSchedule {
    /// The recurrence, where it is on.
    #[must_use]
    pub fn active(&self) -> Option<&Recurrence> {
        self.recurrence.as_ref().filter(|_| self.on)
    }
}

/// When something recurs: on days, at times of the clock of a zone.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recurrence {
    /// Every day, or on some days of the week.
    pub every: Every,
    /// The days of the week, each once, Monday first; empty with [`Every::Day`].
    #[serde(default)]
    pub on: Vec<Day>,
    /// The times of day, each once, earliest first: 1 to [`Recurrence::MOST_TIMES`].
    pub at: Vec<TimeOfDay>,
    /// The IANA name of the zone whose clock it goes by, for example `Europe/Stockholm`.
    pub zone: String,
}

impl Recurrence {
    /// At most four times a day, as the mirrored page has it since 2022-09.
    pub const MOST_TIMES: usize = 4;
}

/// How often something recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Every day.
    Day,
    /// Every week, on the days that are named.
    Week,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Day {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Day {
    /// All, Monday first.
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];
}

impl From<Weekday> for Day {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Mon,
            Weekday::Tuesday => Self::Tue,
            Weekday::Wednesday => Self::Wed,
            Weekday::Thursday => Self::Thu,
            Weekday::Friday => Self::Fri,
            Weekday::Saturday => Self::Sat,
            Weekday::Sunday => Self::Sun,
        }
    }
}

/// A time of day to the minute, written `08:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
}

impl TimeOfDay {
    /// The time of this hour, 0 to 23, and minute, 0 to 59; `None` for others.
    #[must_use]
    pub fn new(hour: u8, minute: u8) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self { hour, minute })
    }

    /// The time as a clock shows it.
    #[must_use]
    pub fn time(self) -> Time {
        civil::time(self.hour.cast_signed(), self.minute.cast_signed(), 0, 0)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

impl FromStr for TimeOfDay {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = |part: &str| {
            let two = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            two.then(|| part.parse::<u8>().ok()).flatten()
        };
        text.split_once(':')
            .filter(|(_, minute)| minute.len() == 2)
            .and_then(|(hour, minute)| Self::new(digits(hour)?, digits(minute)?))
            .ok_or_else(|| format!("“{text}” is no time of day: write it as 08:30, from 00:00 to 23:59"))
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl JsonSchema for TimeOfDay {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TimeOfDay".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A time of day to the minute, written `08:30`.",
            "type": "string",
            "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$",
        })
    }
}

/// Whose due time it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// The system refresh.
    System,
    /// An export.
    Export(ExportId),
}

/// Something that was due and is the caller's to do. No other process is given the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Which, in the store.
    pub no: i64,
    /// Whose.
    pub owner: Owner,
    /// The due time. Of several that were missed, the last.
    pub at: Timestamp,
    /// Whether it is done later than it was to be, or stands for several that were missed.
    pub late: bool,
    /// Of an export: whether the system refresh asks for it, and not its own recurrence.
    pub system: bool,
}

/// When things run by themselves next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NextTimes {
    /// The system refresh; `None`: it is off, or paused.
    pub system: Option<Timestamp>,
    /// Each export that runs by itself, by its next time, soonest first.
    pub exports: Vec<(ExportId, Timestamp)>,
}

impl NextTimes {
    /// The soonest of all; `None`: nothing runs by itself.
    #[must_use]
    pub fn soonest(&self) -> Option<Timestamp> {
        self.system.into_iter().chain(self.exports.first().map(|(_, at)| *at)).min()
    }
}

/// A refresh of everything, as it goes or as it went last.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Refresh {
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended; `None`: it goes on, or its process died.
    pub finished_at: Option<Timestamp>,
    /// Its due time; `None`: somebody asked for it.
    pub due_at: Option<Timestamp>,
    /// Whether it is late.
    pub late: bool,
    /// Its audiences, in the order in which they are read.
    pub audiences: Vec<RefreshedAudience>,
}

impl Refresh {
    /// How it went, or goes.
    #[must_use]
    pub fn status(&self) -> Status {
        let states = || self.audiences.iter().map(|one| one.state);
        if self.finished_at.is_none() {
            Status::Processing
        } else if states().any(|state| state == RefreshState::Canceled) {
            Status::Canceled
        } else if states().all(|state| state == RefreshState::Successful) {
            Status::Successful
        } else if states().all(|state| state == RefreshState::Failed) {
            Status::Failed
        } else {
            Status::CompletedWithErrors
        }
    }
}

/// An audience in a refresh: read anew, then its segments counted anew.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct RefreshedAudience {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How far it is.
    pub state: RefreshState,
    /// Profiles, once it was read.
    pub profiles: Option<u64>,
    /// Segments that were counted.
    pub segments: u64,
    /// How long it took, in milliseconds.
    pub millis: u64,
    /// What keeps it from being read or counted, as a code and a sentence; empty where nothing does.
    pub reason: String,
}

/// How far a task of a refresh is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefreshState {
    /// Not begun.
    Queued,
    /// Its files are read.
    Reading,
    /// Its segments are counted.
    Counting,
    /// Done.
    Successful,
    /// It was read; a segment could not be counted.
    CompletedWithErrors,
    /// It could not be read; exports that need it are skipped.
    Failed,
    /// The refresh was canceled before it.
    Canceled,
}
