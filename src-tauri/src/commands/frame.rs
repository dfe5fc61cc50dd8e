//! The frame of the window: shown, closed, and its language.

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager, Runtime};

use super::Nothing;
use crate::words::{Language, Spoken};
use crate::{menu_bar, tray, window};

/// What happens to a window that is closed while runs are under way.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Choice {
    /// It goes to the tray.
    Tray,
    /// Segue ends; the engine finishes the runs.
    Quit,
}

/// The request of `window_close`.
#[derive(Debug, Deserialize)]
pub(crate) struct Close {
    choice: Choice,
}

/// The request of `window_words`.
#[derive(Debug, Deserialize)]
pub(crate) struct Words {
    language: Language,
}

/// The answer of `window_locale`.
#[derive(Debug, Serialize)]
pub(crate) struct Locale {
    locale: String,
}

/// The page has painted: the window may be seen.
#[tauri::command]
pub(crate) fn window_ready<R: Runtime>(app: AppHandle<R>, request: Nothing) {
    let Nothing {} = request;
    window::painted(&app);
}

/// Closes it, as the user chose.
#[tauri::command]
pub(crate) fn window_close<R: Runtime>(app: AppHandle<R>, request: Close) {
    match request.choice {
        Choice::Tray => window::hide(&app),
        Choice::Quit => app.exit(0),
    }
}

/// The locale of the operating system.
#[tauri::command]
pub(crate) fn window_locale(request: Nothing) -> Locale {
    let Nothing {} = request;
    Locale { locale: sys_locale::get_locale().unwrap_or_else(|| "en".to_owned()) }
}

/// The page speaks this language now.
#[tauri::command]
pub(crate) fn window_words<R: Runtime>(app: AppHandle<R>, request: Words) {
    app.state::<Spoken>().set(request.language);
    tray::refresh(&app);
    menu_bar::refresh(&app);
}
