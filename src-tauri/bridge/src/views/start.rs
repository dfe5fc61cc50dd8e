//! The start of the window, its settings, the sample, Home and the search over everything.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::model::Run;
use serde::{Deserialize, Serialize};

use super::{Named, Search, Totals, Upcoming};

/// What a page needs to know before it shows anything.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Start {
    /// Segue's version.
    pub version: String,
    /// The data folder.
    pub data_dir: String,
    /// The account of the operating system that runs act under, for example `anna on LAPTOP-7`.
    pub user: String,
    /// Where keys are kept.
    pub key_store: KeyStore,
    /// Whether there is no audience, connection or export yet.
    pub empty: bool,
    /// The sample, if it is there.
    pub sample: Option<Sample>,
    /// Settings of the window.
    pub settings: Settings,
}

/// Where keys are kept, and whether that works.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct KeyStore {
    /// Which kind.
    pub kind: KeyStoreKind,
    /// Why no key can be kept, as a sentence; empty where it works.
    pub trouble: String,
}

/// A kind of key store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyStoreKind {
    /// That of the operating system.
    System,
    /// An encrypted file in the data folder.
    File,
    /// None: connections cannot be added.
    Missing,
}

/// Settings of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The language; `None`: that of the operating system.
    pub language: Option<Language>,
    /// Light, dark or high contrast.
    pub theme: Theme,
    /// What closing the window does while a run is under way.
    pub close: Close,
    /// Whether Segue stays in the tray when the window is closed, so that schedules are kept.
    pub tray: bool,
    /// Whether the navigation is folded to icons.
    pub narrow_navigation: bool,
}

/// A language of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    En,
    /// Swedish.
    Sv,
}

/// How the window looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the operating system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast.
    HighContrast,
}

/// What closing the window does while a run is under way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Close {
    /// Asks.
    #[default]
    Ask,
    /// The window goes to the tray.
    Tray,
    /// Segue ends, and the run is finished without a window.
    Quit,
}

/// The sample: made-up customers and a practice account in Segue.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Sample {
    /// Its audience.
    pub audience: Named,
    /// Its connection, to the practice account.
    pub connection: Named,
    /// Its export; `None` where it was removed.
    pub export: Option<Named>,
}

/// The four cards of Home.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Home {
    /// The last five runs.
    pub runs: Vec<Run>,
    /// What runs next, soonest first: at most five.
    pub next: Vec<Upcoming>,
    /// Whether all schedules are paused.
    pub paused: bool,
    /// Segments, those used by exports first, at most five.
    pub segments: Vec<HomeSegment>,
    /// What waits for a decision, newest first.
    pub waiting: Vec<Waiting>,
    /// Exports, audiences and connections in all.
    pub totals: Totals,
}

/// A segment on Home.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct HomeSegment {
    /// The segment.
    pub segment: Named,
    /// Members; `None`: not counted yet.
    pub members: Option<u64>,
    /// How many more or fewer than seven days ago; `None`: not known. May be negative.
    pub change: Option<i64>,
}

/// Something that waits for a decision of the user.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Waiting {
    /// What.
    pub kind: WaitingKind,
    /// The export.
    pub export: Named,
    /// Its run.
    pub run: String,
    /// Since when.
    pub since: Timestamp,
    /// People whom it is about: held leavers, or people not sent.
    pub people: u64,
}

/// A kind of waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingKind {
    /// The guard holds removals.
    Held,
    /// The account refused the key.
    KeyRefused,
    /// A run stopped and can go on.
    Resumable,
    /// A run failed.
    Failed,
}

/// Looks for anything by its name.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindRequest {
    /// A piece of the name.
    pub search: Search,
}
