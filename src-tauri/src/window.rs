//! The one window: how it opens, hides and closes, and what it tells the page.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::window::Color;
use tauri::{
    AppHandle, DragDropEvent, Emitter, Manager, Runtime, Url, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, Window, WindowEvent,
};
use tauri_plugin_window_state::StateFlags;

use crate::engine::GONE;
use crate::keep::Keep;
use crate::under_way::UnderWay;
use crate::{ahead, background, notice, panel, tray};

/// The window's label, which its permissions name.
const MAIN: &str = "main";
/// The one event that pages hear.
const EVENT: &str = "engine";

/// What is kept of the window: its place and size, not whether it is hidden in the tray.
pub(crate) fn kept() -> StateFlags {
    StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED
}

/// How long the page may take from its last byte to its first picture. Then it is shown as it is: a window
/// that never comes explains nothing.
const PATIENCE: Duration = Duration::from_secs(5);

/// How far the window is.
#[derive(Default)]
pub(crate) struct Ready {
    /// The page has painted, and so hears what it is told.
    painted: AtomicBool,
    /// It is shown small at first.
    small: AtomicBool,
}

impl Ready {
    fn get(&self) -> bool {
        self.painted.load(Ordering::Relaxed)
    }
}

/// Opens it, unseen until the page has painted.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WebviewWindow<R>> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()));
    #[cfg(feature = "test-hooks")]
    let window = window.initialization_script(include_str!("seen.js"));
    let window = window
        .title("Segue")
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 700.0)
        .background_color(Color(0xfa, 0xfa, 0xfa, 0xff))
        .visible(false)
        // Ctrl with +, - and 0, where the system has no larger text.
        .zoom_hotkeys_enabled(true)
        // The page stays the page, whatever is dropped or pressed (U11).
        .on_navigation(is_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                let app = window.app_handle().clone();
                tauri::async_runtime::spawn(async move {
                    tokio::time::sleep(PATIENCE).await;
                    if !app.state::<Ready>().get() {
                        reveal(&app);
                    }
                });
            }
        })
        .build()?;
    #[cfg(target_os = "linux")]
    lay_out(&window)?;
    let own = window.clone();
    window.on_window_event(move |event| happened(&own.as_ref().window(), event));
    Ok(window)
}

/// Gives the page its size. GTK gives none to what is not shown, and the page would be laid out for a window of no
/// width, without rows, and once more when it is seen.
#[cfg(target_os = "linux")]
fn lay_out<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    use gtk::prelude::{BinExt, Cast, GtkWindowExt, WidgetExt};

    window.with_webview(|view| {
        let whole = view.inner().toplevel().and_then(|widget| widget.downcast::<gtk::Window>().ok());
        if let Some(whole) = whole {
            let (width, height) = whole.size();
            if let Some(inside) = whole.child() {
                inside.show_all();
            }
            whole.size_allocate(&gtk::Allocation::new(0, 0, width, height));
        }
    })
}

/// Whether it is the page in the program itself, by the address that each system's web view has for it.
fn is_page(url: &Url) -> bool {
    let (scheme, host) = if cfg!(windows) { ("http", "tauri.localhost") } else { ("tauri", "localhost") };
    url.scheme() == scheme && url.host_str() == Some(host)
}

/// Opens it made small, where Segue was started without it and there is no tray to open it from.
pub(crate) fn open_small<R: Runtime>(app: &AppHandle<R>) {
    app.state::<Ready>().small.store(true, Ordering::Relaxed);
    open_aside(app);
}

/// Opens it from anywhere: on Windows the main thread would wait for itself.
fn open_aside<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    // Refused where it is being opened already.
    std::thread::spawn(move || drop(open(&app)));
}

/// Whether it is there, seen or not.
pub(crate) fn is_open<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.get_webview_window(MAIN).is_some()
}

/// The page has painted.
pub(crate) fn painted<R: Runtime>(app: &AppHandle<R>) {
    app.state::<Ready>().painted.store(true, Ordering::Relaxed);
    reveal(app);
}

/// It may be seen from now on.
fn reveal<R: Runtime>(app: &AppHandle<R>) {
    if !app.state::<Ready>().small.swap(false, Ordering::Relaxed) {
        show(app);
        return;
    }
    on_main(app, |_, window| {
        drop(window.minimize());
        drop(window.show());
    });
}

/// Shows it, wherever it was; opens it where Segue was started without it.
pub(crate) fn show<R: Runtime>(app: &AppHandle<R>) {
    if !is_open(app) {
        open_aside(app);
        return;
    }
    on_main(app, |app, window| {
        // Each of these may be refused by a window system that knows better.
        drop(window.show());
        drop(window.unminimize());
        drop(window.set_focus());
        if !app.state::<Keep>().on() {
            tray::leave(app);
        }
    });
}

/// Hides it; schedules and runs go on. Where no tray is shown it is only made small.
pub(crate) fn hide<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let tray = panel::shown().await;
        on_main(&app, move |app, window| {
            if tray && tray::enter(app).is_ok() {
                drop(window.hide());
                notice::hidden(app);
            } else {
                drop(window.minimize());
            }
        });
    });
}

/// Whether Segue stays is set anew. While it does it is in the tray all the time, if one is shown.
pub(crate) fn keep<R: Runtime>(app: &AppHandle<R>, tray: bool) {
    on_main(app, move |app, window| {
        if app.state::<Keep>().on() {
            if tray {
                // Where it is refused, the window is made small when it is closed.
                drop(tray::enter(app));
            }
        } else if window.is_visible().unwrap_or(true) {
            tray::leave(app);
        }
    });
}

/// Windows and the tray belong to the main thread; who calls may be the bus or a notice.
fn on_main<R: Runtime>(
    app: &AppHandle<R>,
    act: impl FnOnce(&AppHandle<R>, &WebviewWindow<R>) + Send + 'static,
) {
    let own = app.clone();
    // Refused only while the program ends.
    drop(app.run_on_main_thread(move || {
        if let Some(window) = own.get_webview_window(MAIN) {
            act(&own, &window);
        }
    }));
}

/// Tells the page.
pub(crate) fn tell<R: Runtime>(app: &AppHandle<R>, event: &Value) {
    // A page that is not there hears nothing, and reads everything again when it is.
    drop(app.emit_to(MAIN, EVENT, event));
}

/// The engine told of something.
pub(crate) fn heard<R: Runtime>(app: &AppHandle<R>, event: &Value) {
    if app.state::<UnderWay>().hear(event) {
        tray::refresh(app);
    }
    ahead::heard(app, event);
    notice::heard(app, event);
    if event["event"] == GONE {
        background::revive(app);
        // What was under way is no more; pages read again, and that starts the engine.
        tell(app, &json!({ "event": "changed", "data": { "what": ["runs", "exports"] } }));
    } else {
        tell(app, event);
    }
}

/// What a test does to the window, which has no pointer and no frame: `segue-desktop --test-drop PATH ...` drops
/// files on it, `segue-desktop --test-close` closes it.
#[cfg(feature = "test-hooks")]
pub(crate) fn done_by_test<R: Runtime>(app: &AppHandle<R>, words: &[String]) {
    match words.get(1..) {
        Some([mark, paths @ ..]) if mark == "--test-drop" => {
            tell(app, &json!({ "event": "files_dropped", "data": { "paths": paths } }));
        }
        Some([mark]) if mark == "--test-close" => on_main(app, |_, window| drop(window.close())),
        _ => {}
    }
}

fn happened<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let app = window.app_handle();
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            let running = app.state::<UnderWay>().count();
            if app.state::<Keep>().on() {
                api.prevent_close();
                hide(app);
            } else if running > 0 {
                api.prevent_close();
                if app.state::<Ready>().get() {
                    // The page knows what the user chose once, or asks.
                    tell(app, &json!({ "event": "close_asked", "data": { "running": running } }));
                } else {
                    hide(app);
                }
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
