//! The tray, where Segue is while its window is closed and a run goes on, and what it says when a run ends.

use serde_json::Value;
use tauri::menu::{Menu, MenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_notification::NotificationExt;

use crate::under_way::UnderWay;
use crate::window;
use crate::words::Spoken;

const ID: &str = "segue";
const OPEN: &str = "open";
const QUIT: &str = "quit";

/// Goes there.
pub(crate) fn enter<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let menu = menu(app)?;
    let mut tray = TrayIconBuilder::with_id(ID).tooltip("Segue").menu(&menu).on_menu_event(|app, event| {
        match event.id().as_ref() {
            OPEN => window::show(app),
            QUIT => app.exit(0),
            _ => {}
        }
    });
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(app).map(drop)
}

/// Leaves it.
pub(crate) fn leave<R: Runtime>(app: &AppHandle<R>) {
    drop(app.remove_tray_by_id(ID));
}

/// Its words are others now: another language, or another number of runs.
pub(crate) fn refresh<R: Runtime>(app: &AppHandle<R>) {
    if let Some(tray) = app.tray_by_id(ID)
        && let Ok(menu) = menu(app)
    {
        drop(tray.set_menu(Some(menu)));
    }
}

fn menu<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Menu<R>> {
    let words = app.state::<Spoken>();
    let running = words.count("tray.running", app.state::<UnderWay>().count());
    Menu::with_items(
        app,
        &[
            &MenuItem::with_id(app, OPEN, words.say("tray.open", &[]), true, None::<&str>)?,
            &MenuItem::with_id(app, "running", running, false, None::<&str>)?,
            &MenuItem::with_id(app, QUIT, words.say("tray.quit", &[]), true, None::<&str>)?,
        ],
    )
}

/// A run ended: the menu counts again, and the system says so where there is something to say.
pub(crate) fn heard<R: Runtime>(app: &AppHandle<R>, event: &Value) {
    if event.get("event").and_then(Value::as_str) != Some("run_ended") {
        return;
    }
    refresh(app);
    let Some(run) = event.get("data") else { return };
    let words = app.state::<Spoken>();
    let export = run.get("export").and_then(Value::as_str).unwrap_or_default();
    let Some(key) = remark(run) else { return };
    let notice = app
        .notification()
        .builder()
        .title(words.say(&format!("{key}.title"), &[("export", export)]))
        .body(words.say(&format!("{key}.body"), &[("export", export)]));
    // A system without notifications: the page says the same.
    drop(notice.show());
}

/// What there is to say of a run that ended: nothing where all went well.
fn remark(run: &Value) -> Option<&'static str> {
    let held = run.pointer("/counts/leavers_held").and_then(Value::as_u64).unwrap_or_default();
    match run.get("status").and_then(Value::as_str) {
        Some("failed") => Some("notice.failed"),
        Some("completed_with_errors") if held > 0 => Some("notice.held"),
        Some("completed_with_errors") => Some("notice.errors"),
        _ => None,
    }
}
