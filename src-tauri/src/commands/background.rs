//! Segue without its window: whether it stays in the tray, and whether it starts at sign-in.

use std::io;

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager, Runtime};

use crate::keep::Keep;
use crate::{Failure, panel, sign_in, window};

/// The request of `window_keep`.
#[derive(Debug, Deserialize)]
pub(crate) struct KeepRequest {
    /// Whether Segue stays when its window is closed.
    keep: bool,
}

/// The answer of `window_keep`.
#[derive(Debug, Serialize)]
pub(crate) struct Kept {
    /// Whether this desktop shows a tray; where not, the window is made small in place of hidden.
    tray: bool,
}

/// The request of `window_sign_in`.
#[derive(Debug, Deserialize)]
pub(crate) struct SignIn {
    /// Whether Segue starts at sign-in from now on; `None` only asks.
    on: Option<bool>,
}

/// The answer of `window_sign_in`.
#[derive(Debug, Serialize)]
pub(crate) struct SignedIn {
    /// Whether it does.
    on: bool,
    /// Whether that can be known here.
    possible: bool,
    /// Why it is not known or was not set, to end a sentence; empty where all went well.
    trouble: String,
}

/// The user has set whether it stays.
#[tauri::command]
pub(crate) async fn window_keep<R: Runtime>(
    app: AppHandle<R>,
    request: KeepRequest,
) -> Result<Kept, Failure> {
    app.state::<Keep>().set(request.keep);
    let tray = panel::shown().await;
    window::keep(&app, tray);
    Ok(Kept { tray })
}

/// Asks or sets whether it starts at sign-in.
#[tauri::command]
pub(crate) async fn window_sign_in<R: Runtime>(
    app: AppHandle<R>,
    request: SignIn,
) -> Result<SignedIn, Failure> {
    // A file or the registry: not for a thread that answers others.
    let done = tauri::async_runtime::spawn_blocking(move || {
        let set = request.on.map_or(Ok(()), |on| sign_in::set(&app, on));
        (set, sign_in::is_on(&app))
    });
    let (set, is_on) =
        done.await.map_err(|error| Failure::system("The start at sign-in is not known", error))?;
    let possible = is_on.is_ok();
    let error = set.err().or_else(|| is_on.as_ref().err().map(|error| io::Error::other(error.to_string())));
    let trouble = error.map(|error| format!("its entry cannot be read or written: {error}."));
    Ok(SignedIn { on: is_on.unwrap_or(false), possible, trouble: trouble.unwrap_or_default() })
}
