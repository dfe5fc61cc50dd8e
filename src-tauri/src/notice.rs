//! What the operating system says: of an export that changed its state, when the engine finds that worth a word,
//! and where Segue went when its window was closed. Names an export, and nobody.

use serde::Deserialize;
use serde_json::Value;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_notification::Notification;

use crate::keep::Keep;
use crate::window;
use crate::words::{Spoken, number};

/// What a notice of the engine may be about; words are there for these.
const KINDS: [&str; 6] = ["failed", "skipped", "waiting", "errors", "people_changed", "recovered"];

/// A notice, as far as it is shown.
#[derive(Deserialize)]
struct Notice {
    kind: String,
    export: String,
    people: u64,
    before: u64,
    not_done: u64,
}

/// A click on a notice shows the window.
///
/// # Errors
/// Where the system has no notices; the page says the same.
pub(crate) fn listen<R: Runtime>(app: &AppHandle<R>) -> tauri_plugin_notification::Result<()> {
    let Some(notices) = app.try_state::<Notification<R>>() else { return Ok(()) };
    let handle = app.clone();
    notices.on_action(move |_| window::show(&handle))
}

/// Something happened; says so if it is a notice.
pub(crate) fn heard<R: Runtime>(app: &AppHandle<R>, event: &Value) {
    if event["event"] != "notice" {
        return;
    }
    let Ok(notice) = Notice::deserialize(&event["data"]) else { return };
    if !KINDS.contains(&notice.kind.as_str()) {
        return;
    }
    let values = [
        ("export", notice.export.as_str()),
        ("count", &number(notice.not_done)),
        ("people", &number(notice.people)),
        ("before", &number(notice.before)),
    ];
    say(app, &format!("notice.{}", notice.kind), &values);
}

/// The window went to the tray, where Segue stays; says so the first time.
pub(crate) fn hidden<R: Runtime>(app: &AppHandle<R>) {
    let keep = app.state::<Keep>();
    if keep.on() && keep.is_first() {
        say(app, "tray.kept", &[]);
    }
}

fn say<R: Runtime>(app: &AppHandle<R>, key: &str, values: &[(&str, &str)]) {
    let Some(notices) = app.try_state::<Notification<R>>() else { return };
    let words = app.state::<Spoken>();
    let notice = notices
        .builder()
        .title(words.say(&format!("{key}.title"), values))
        .body(words.say(&format!("{key}.body"), values));
    // A system that shows none: the page says the same.
    drop(notice.show());
}
