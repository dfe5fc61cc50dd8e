//! What runs next by itself and whether schedules are paused, as the tray says it. Asked of the engine, and only
//! while there is a tray to say it in.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};
use tauri::{AppHandle, Manager, Runtime};

use crate::words::Spoken;
use crate::{Engine, tray};

/// What the schedules depend on, by the names that the engine has for it.
const DEPENDS_ON: [&str; 4] = ["schedules", "exports", "settings", "runs"];
/// The engine is asked at most so often: many things may change at once.
const REST: Duration = Duration::from_secs(2);

/// What is known of it.
#[derive(Default)]
pub(crate) struct Ahead(Mutex<State>);

#[derive(Default)]
struct State {
    home: Home,
    turn: Turn,
}

/// Whether the engine is being asked.
#[derive(Clone, Copy, Default, PartialEq)]
enum Turn {
    #[default]
    Rests,
    Asks,
    /// And something changed meanwhile.
    AsksAgain,
}

/// What the engine says of it, in its answer to `home`.
#[derive(Clone, Default, Deserialize)]
struct Home {
    next: Vec<Upcoming>,
    paused: bool,
}

#[derive(Clone, Deserialize)]
struct Upcoming {
    export: Option<Named>,
    at: Timestamp,
}

#[derive(Clone, Deserialize)]
struct Named {
    name: String,
}

impl Ahead {
    /// Whether schedules are paused.
    pub(crate) fn paused(&self) -> bool {
        self.state().home.paused
    }

    /// What runs next, in words.
    pub(crate) fn say(&self, words: &Spoken) -> String {
        let Some(Upcoming { export, at }) = self.state().home.next.first().cloned() else {
            return words.say("tray.next_none", &[]);
        };
        let what = export.map_or_else(|| words.say("tray.refresh", &[]), |export| export.name);
        words.say("tray.next", &[("what", &what), ("when", &clock(at, words))])
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The day and the time by the clock of this computer. Nothing recurs less than once a week, so a day of the
/// week says which.
fn clock(at: Timestamp, words: &Spoken) -> String {
    let at = at.to_zoned(TimeZone::system());
    let day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let day = usize::try_from(at.weekday().to_monday_zero_offset()).ok().and_then(|place| day.get(place));
    let day = words.say(&format!("day.{}", day.unwrap_or(&"mon")), &[]);
    format!("{day} {:02}:{:02}", at.hour(), at.minute())
}

/// Takes notice of an event `{event, data}`.
pub(crate) fn heard<R: Runtime>(app: &AppHandle<R>, event: &Value) {
    let what = event.pointer("/data/what").and_then(Value::as_array);
    let touched = what.into_iter().flatten().filter_map(Value::as_str).any(|noun| DEPENDS_ON.contains(&noun));
    if touched || event["event"] == "run_ended" {
        look(app);
    }
}

/// Asks the engine, and the tray says what it answers.
pub(crate) fn look<R: Runtime>(app: &AppHandle<R>) {
    if !tray::is_there(app) {
        return;
    }
    let ahead = app.state::<Ahead>();
    {
        let mut state = ahead.state();
        if state.turn != Turn::Rests {
            state.turn = Turn::AsksAgain;
            return;
        }
        state.turn = Turn::Asks;
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        loop {
            let answer = app.state::<Engine>().ask_for("home", &json!({})).await;
            // An engine that does not answer now has said so to the page; the tray says what it knew.
            if let Ok(home) = answer.map(Home::deserialize)
                && let Ok(home) = home
            {
                app.state::<Ahead>().state().home = home;
                tray::refresh(&app);
            }
            tokio::time::sleep(REST).await;
            let ahead = app.state::<Ahead>();
            let mut state = ahead.state();
            if state.turn == Turn::Asks {
                state.turn = Turn::Rests;
                return;
            }
            state.turn = Turn::Asks;
        }
    });
}
