//! The one window: how it opens, hides and closes, and what it tells the page.

use serde_json::{Value, json};
use tauri::webview::NewWindowResponse;
use tauri::window::Color;
use tauri::{
    AppHandle, DragDropEvent, Emitter, Manager, Runtime, Url, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, Window, WindowEvent,
};
use tauri_plugin_window_state::StateFlags;

use crate::tray;
use crate::under_way::UnderWay;

/// The window's label, which its permissions name.
const MAIN: &str = "main";
/// The one event that pages hear.
const EVENT: &str = "engine";

/// What is kept of the window: its place and size, not whether it is hidden in the tray.
pub(crate) fn kept() -> StateFlags {
    StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED
}

/// Opens it, unseen until the page has painted.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WebviewWindow<R>> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Segue")
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 700.0)
        .background_color(Color(0xfa, 0xfa, 0xfa, 0xff))
        .visible(false)
        // The page stays the page, whatever is dropped or pressed (U11).
        .on_navigation(is_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    let own = window.clone();
    window.on_window_event(move |event| happened(&own.as_ref().window(), event));
    Ok(window)
}

fn is_page(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    url.scheme() == "tauri" && host == "localhost"
        || host == "tauri.localhost"
        || url.as_str() == "about:blank"
}

/// Shows it, wherever it was.
pub(crate) fn show<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(MAIN) {
        // Each of these may be refused by a window system that knows better.
        drop(window.show());
        drop(window.unminimize());
        drop(window.set_focus());
    }
    tray::leave(app);
}

/// Hides it; a run goes on. Where there is no tray it is only made small.
pub(crate) fn hide<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(MAIN) else { return };
    drop(if tray::enter(app).is_ok() { window.hide() } else { window.minimize() });
}

/// Tells the page.
pub(crate) fn tell<R: Runtime>(app: &AppHandle<R>, event: &Value) {
    // A page that is not there hears nothing, and reads everything again when it is.
    drop(app.emit_to(MAIN, EVENT, event));
}

/// The engine told of something.
pub(crate) fn heard<R: Runtime>(app: &AppHandle<R>, event: &Value) {
    app.state::<UnderWay>().hear(event);
    tray::heard(app, event);
    tell(app, event);
}

fn happened<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let app = window.app_handle();
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            let running = app.state::<UnderWay>().count();
            if running > 0 {
                // The page knows what the user chose once, or asks.
                api.prevent_close();
                tell(app, &json!({ "event": "close_asked", "data": { "running": running } }));
            }
        }
        WindowEvent::DragDrop(drop) => {
            let (event, paths) = match drop {
                DragDropEvent::Enter { .. } => ("files_over", None),
                DragDropEvent::Drop { paths, .. } => ("files_dropped", Some(paths)),
                DragDropEvent::Leave => ("files_left", None),
                _ => return,
            };
            let data = paths.map_or_else(|| json!({}), |paths| json!({ "paths": paths }));
            tell(app, &json!({ "event": event, "data": data }));
        }
        _ => {}
    }
}
