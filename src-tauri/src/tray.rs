//! The tray, where Segue is while its window is closed: what goes on, what runs next, and the little that can be
//! done without a window.

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use tauri::menu::{Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, Runtime};

use crate::ahead::{self, Ahead};
use crate::under_way::UnderWay;
use crate::words::Spoken;
use crate::{Engine, Failure, window};

const ID: &str = "segue";
const OPEN: &str = "open";
const STATE: &str = "state";
const NEXT: &str = "next";
const RUN_ALL: &str = "run_all";
const PAUSE: &str = "pause";
const QUIT: &str = "quit";

/// The lines of its menu with their words. On Linux a menu cannot be replaced, so its lines are given others.
pub(crate) struct Lines<R: Runtime>(Mutex<Vec<Line<R>>>);

struct Line<R: Runtime> {
    id: &'static str,
    item: MenuItem<R>,
    says: String,
}

impl<R: Runtime> Default for Lines<R> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

/// Hears what is chosen in its menu. Once: each tray that hears for itself goes on when it is left.
pub(crate) fn listen<R: Runtime>(app: &AppHandle<R>) {
    app.on_menu_event(|app, event| match event.id().as_ref() {
        OPEN => window::show(app),
        RUN_ALL => act(app, run_all),
        PAUSE => act(app, pause),
        QUIT => app.exit(0),
        _ => {}
    });
}

/// Whether Segue is there.
pub(crate) fn is_there<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.tray_by_id(ID).is_some()
}

/// Goes there, if it is not. On the main thread.
pub(crate) fn enter<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    if is_there(app) {
        return Ok(());
    }
    let (menu, lines) = menu(app)?;
    let mut tray = TrayIconBuilder::with_id(ID).tooltip("Segue").menu(&menu);
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(app)?;
    *app.state::<Lines<R>>().0.lock().unwrap_or_else(PoisonError::into_inner) = lines;
    ahead::look(app);
    Ok(())
}

/// Leaves it.
pub(crate) fn leave<R: Runtime>(app: &AppHandle<R>) {
    drop(app.remove_tray_by_id(ID));
    app.state::<Lines<R>>().0.lock().unwrap_or_else(PoisonError::into_inner).clear();
}

/// Its words may be others now.
pub(crate) fn refresh<R: Runtime>(app: &AppHandle<R>) {
    let own = app.clone();
    // The menu belongs to the main thread. Refused only while the program ends.
    drop(app.run_on_main_thread(move || {
        let state = own.state::<Lines<R>>();
        let mut lines = state.0.lock().unwrap_or_else(PoisonError::into_inner);
        for line in &mut *lines {
            let says = says(&own, line.id);
            if says != line.says && line.item.set_text(&says).is_ok() {
                line.says = says;
            }
        }
    }));
}

/// What a line says now.
fn says<R: Runtime>(app: &AppHandle<R>, id: &str) -> String {
    let words = app.state::<Spoken>();
    let ahead = app.state::<Ahead>();
    let say = |key: &str| words.say(key, &[]);
    match id {
        OPEN => say("tray.open"),
        STATE => match app.state::<UnderWay>().count() {
            0 => say("tray.state_idle"),
            runs => words.count("tray.running", runs),
        },
        NEXT if ahead.paused() => say("tray.paused"),
        NEXT => ahead.say(&words),
        RUN_ALL => say("tray.run_all"),
        PAUSE if ahead.paused() => say("tray.resume"),
        PAUSE => say("tray.pause"),
        _ => say("tray.quit"),
    }
}

fn menu<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<(Menu<R>, Vec<Line<R>>)> {
    let menu = Menu::new(app)?;
    let mut lines = Vec::new();
    for (place, part) in [&[OPEN][..], &[STATE, NEXT], &[RUN_ALL, PAUSE], &[QUIT]].into_iter().enumerate() {
        if place > 0 {
            menu.append(&PredefinedMenuItem::separator(app)?)?;
        }
        for &id in part {
            let says = says(app, id);
            let chosen = id != STATE && id != NEXT;
            let item = MenuItem::with_id(app, id, &says, chosen, None::<&str>)?;
            menu.append(&item)?;
            lines.push(Line { id, item, says });
        }
    }
    Ok((menu, lines))
}

/// Does something that the engine is asked for. Where it cannot be done the window shows itself: it says why.
fn act<R, Done>(app: &AppHandle<R>, what: impl FnOnce(AppHandle<R>) -> Done)
where
    R: Runtime,
    Done: Future<Output = Result<(), Failure>> + Send + 'static,
{
    let own = app.clone();
    let done = what(app.clone());
    tauri::async_runtime::spawn(async move {
        if done.await.is_err() {
            window::show(&own);
        }
    });
}

/// Runs every export that runs by itself; the others run when somebody chooses them.
async fn run_all<R: Runtime>(app: AppHandle<R>) -> Result<(), Failure> {
    let engine = app.state::<Engine>().inner().clone();
    let rows = engine.ask_for("export_list", &json!({})).await?;
    let scheduled = |row: &&Value| row.pointer("/schedule/mode").is_some_and(|mode| mode != "off");
    let exports: Vec<&Value> =
        rows.as_array().into_iter().flatten().filter(scheduled).map(|row| &row["id"]).collect();
    if exports.is_empty() {
        return Err(Failure::usage("No export runs by itself; nothing was run."));
    }
    let started = engine.ask_for("export_run", &json!({ "exports": exports })).await?;
    let runs = started["runs"].as_array();
    match runs.into_iter().flatten().find(|run| !run["error"].is_null()) {
        Some(_) => Err(Failure::usage("An export cannot be run.")),
        None => Ok(()),
    }
}

/// Pauses schedules, or goes on with them.
async fn pause<R: Runtime>(app: AppHandle<R>) -> Result<(), Failure> {
    let paused = !app.state::<Ahead>().paused();
    app.state::<Engine>().ask_for("schedule_pause", &json!({ "paused": paused })).await?;
    ahead::look(&app);
    Ok(())
}
