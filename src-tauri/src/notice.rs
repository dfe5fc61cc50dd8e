//! What the operating system says when a run ended and there is something to say. Names an export, and
//! nobody.

use serde_json::Value;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_notification::Notification;

use crate::window;
use crate::words::Spoken;

/// A click on a notice shows the window.
///
/// # Errors
/// Where the system has no notices; the page says the same.
pub(crate) fn listen<R: Runtime>(app: &AppHandle<R>) -> tauri_plugin_notification::Result<()> {
    let Some(notices) = app.try_state::<Notification<R>>() else { return Ok(()) };
    let handle = app.clone();
    notices.on_action(move |_| window::show(&handle))
}

/// Something happened; says so if it is a run that ended with something to say.
pub(crate) fn heard<R: Runtime>(app: &AppHandle<R>, event: &Value) {
    let Some(key) = remark(event) else { return };
    let Some(notices) = app.try_state::<Notification<R>>() else { return };
    let words = app.state::<Spoken>();
    let export = event.pointer("/data/export").and_then(Value::as_str).unwrap_or_default();
    let notice = notices
        .builder()
        .title(words.say(&format!("{key}.title"), &[("export", export)]))
        .body(words.say(&format!("{key}.body"), &[]));
    // A system that shows none: the page says the same.
    drop(notice.show());
}

/// The key of the words for an event; `None` where all went well, or where it is not about a run's end.
fn remark(event: &Value) -> Option<&'static str> {
    if event.get("event").and_then(Value::as_str) != Some("run_ended") {
        return None;
    }
    let held = event.pointer("/data/counts/leavers_held").and_then(Value::as_u64).unwrap_or_default();
    match event.pointer("/data/status").and_then(Value::as_str) {
        Some("failed") => Some("notice.failed"),
        Some("completed_with_errors" | "successful") if held > 0 => Some("notice.held"),
        Some("completed_with_errors") => Some("notice.errors"),
        _ => None,
    }
}
