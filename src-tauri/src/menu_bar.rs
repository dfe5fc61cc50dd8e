//! The menu bar where the system has one for every program, which is macOS. Its items are shortcuts of the
//! page, told to it as `{event: "menu", data: {action}}`; editing and the window are the system's own.

use serde_json::json;
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem as System, Submenu};
use tauri::{AppHandle, Manager, Runtime};

use crate::window;
use crate::words::Spoken;

/// What the ids of its items begin with; the tray has others.
const MARK: &str = "menu:";

/// Passes its items on to the page.
pub(crate) fn listen<R: Runtime>(app: &AppHandle<R>) {
    app.on_menu_event(|app, event| {
        if let Some(action) = event.id().as_ref().strip_prefix(MARK) {
            window::show(app);
            window::tell(app, &json!({ "event": "menu", "data": { "action": action } }));
        }
    });
}

/// Writes it anew, in the language that is spoken now.
pub(crate) fn refresh<R: Runtime>(app: &AppHandle<R>) {
    if cfg!(target_os = "macos")
        && let Ok(menu) = menu(app)
    {
        // Without it the system's own stays, which has editing and the end.
        drop(app.set_menu(menu));
    }
}

fn menu<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<Menu<R>> {
    let words = app.state::<Spoken>();
    let say = |key: &str| words.say(&format!("menu.{key}"), &[]);
    let item = |action: &str, keys: Option<&str>| {
        MenuItem::with_id(app, format!("{MARK}{action}"), say(action), true, keys)
    };
    let line = || System::separator(app);
    let submenu = |title: &str| Submenu::new(app, title, true);

    let segue = submenu("Segue")?;
    segue.append_items(&[
        &item("about", None)?,
        &line()?,
        &item("settings", Some("Cmd+,"))?,
        &line()?,
        &System::hide(app, Some(&say("hide")))?,
        &System::hide_others(app, Some(&say("hide_others")))?,
        &System::show_all(app, Some(&say("show_all")))?,
        &line()?,
        &System::quit(app, Some(&say("quit")))?,
    ])?;
    let export = submenu(&say("export"))?;
    export.append_items(&[
        &item("new", None)?,
        &item("run", None)?,
        &item("preview", None)?,
        &line()?,
        &item("search", None)?,
        &line()?,
        &System::close_window(app, Some(&say("close")))?,
    ])?;
    let edit = submenu(&say("edit"))?;
    edit.append_items(&[
        &System::undo(app, Some(&say("undo")))?,
        &System::redo(app, Some(&say("redo")))?,
        &line()?,
        &System::cut(app, Some(&say("cut")))?,
        &System::copy(app, Some(&say("copy")))?,
        &System::paste(app, Some(&say("paste")))?,
        &System::select_all(app, Some(&say("select_all")))?,
    ])?;
    let view = submenu(&say("window"))?;
    view.append_items(&[
        &System::minimize(app, Some(&say("minimize")))?,
        &System::fullscreen(app, Some(&say("fullscreen")))?,
    ])?;
    let help = submenu(&say("help_menu"))?;
    help.append_items(&[&item("help", None)?, &item("shortcuts", None)?])?;
    Menu::with_items(app, &[&segue, &export, &edit, &view, &help])
}
