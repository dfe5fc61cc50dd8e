//! The tray, where Segue is while its window is closed and a run goes on.

use tauri::menu::{Menu, MenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, Runtime};

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
