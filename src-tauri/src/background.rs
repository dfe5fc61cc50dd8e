//! The start without a window, as at sign-in: the engine and its schedules, and the tray to open the window from.

use std::env;
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use tauri::{AppHandle, Manager, Runtime};

use crate::keep::Keep;
use crate::words::{Language, Spoken};
use crate::{Engine, panel, tray, window};

/// The word that starts Segue without a window.
pub(crate) const HIDDEN: &str = "--hidden";
/// At sign-in the panel may come after Segue: it is looked for so often, a second apart.
const LOOKS: usize = 10;
/// How long an engine that cannot be started is left alone before it is tried again.
const REST: Duration = Duration::from_secs(60);

/// What the engine says of the settings, in its answer to `app_start`.
#[derive(Deserialize)]
struct Start {
    settings: Settings,
}

#[derive(Deserialize)]
struct Settings {
    language: Option<Language>,
    tray: bool,
}

/// Whether this program was started so.
pub(crate) fn is_asked() -> bool {
    env::args_os().skip(1).any(|word| word == HIDDEN)
}

/// Starts so. Where no tray is shown the window opens after all, made small.
pub(crate) fn start<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        dress(&app).await;
        if comes().await {
            let own = app.clone();
            // Refused only while the program ends.
            drop(app.run_on_main_thread(move || {
                if tray::enter(&own).is_err() {
                    window::open_small(&own);
                }
            }));
        } else {
            window::open_small(&app);
        }
    });
}

/// Language and tray, which the page tells where there is one.
async fn dress<R: Runtime>(app: &AppHandle<R>) {
    let answer = app.state::<Engine>().ask_for("app_start", &json!({})).await;
    // Without an answer it is as if nothing was set yet; the engine's trouble is the page's to tell.
    let settings = answer.ok().and_then(|answer| Start::deserialize(answer).ok()).map(|start| start.settings);
    let language = settings.as_ref().and_then(|settings| settings.language).unwrap_or_else(|| {
        let locale = sys_locale::get_locale().unwrap_or_default();
        if locale.starts_with("sv") { Language::Sv } else { Language::En }
    });
    app.state::<Spoken>().set(language);
    app.state::<Keep>().set(settings.is_some_and(|settings| settings.tray));
}

/// Whether a panel with a tray is there, or comes soon.
async fn comes() -> bool {
    for _ in 1..LOOKS {
        if panel::shown().await {
            return true;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    panel::shown().await
}

/// The engine ended while nobody may be looking: it is started again, for the schedules. A page in sight does so
/// by asking.
pub(crate) fn revive<R: Runtime>(app: &AppHandle<R>) {
    if window::is_open(app) && !app.state::<Keep>().on() {
        return;
    }
    let engine = app.state::<Engine>().inner().clone();
    tauri::async_runtime::spawn(async move {
        while !engine.open().await {
            tokio::time::sleep(REST).await;
        }
    });
}
