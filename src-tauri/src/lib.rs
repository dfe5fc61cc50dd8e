//! The shell: a window around the page, and lines to the engine, which is the program `segue` in the same
//! folder (docs/decisions/0017). It knows no audience, export or run; what the page asks goes to the engine
//! as it is, and what the engine answers goes back.
//!
//! Deliberately absent: the engine, SQL, the network, and any file but those that the user chose.

#[path = "../commands.rs"]
mod names;

mod ahead;
mod background;
mod commands;
mod engine;
mod failure;
mod forward;
mod keep;
mod menu_bar;
mod notice;
mod panel;
mod program;
mod sign_in;
mod tray;
mod under_way;
mod window;
mod words;

use std::process::ExitCode;

use tauri::{App, Builder, Context, Manager, RunEvent, Runtime};

pub use engine::{Connect, Engine, Lines};
pub use failure::Failure;
pub use names::{ENGINE, OWN};

/// Runs the window until it is closed for good.
#[must_use]
pub fn run() -> ExitCode {
    program::choose_graphics();
    let builder = Builder::default()
        // First, so that a second window ends before it does anything. Of its arguments one is looked at: who is
        // started without a window wants none.
        .plugin(tauri_plugin_single_instance::init(|app, words, _| {
            if !words.iter().any(|word| word == background::HIDDEN) {
                window::show(app);
            }
            #[cfg(feature = "test-hooks")]
            window::done_by_test(app, &words);
        }))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(window::kept()).build());
    let engine = Engine::new(program::start);
    match shell(builder, engine).build(context()) {
        Ok(app) => {
            app.run(|app, event| match event {
                // The last window is gone, and nobody chose to quit.
                RunEvent::ExitRequested { code: None, api, .. } if app.state::<keep::Keep>().on() => {
                    api.prevent_exit();
                }
                // A click on the dock.
                #[cfg(target_os = "macos")]
                RunEvent::Reopen { .. } => window::show(app),
                // The engine hears the end of its input, and ends when its runs have.
                RunEvent::Exit => app.state::<Engine>().close(),
                _ => {}
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            // There is no window to say it in.
            drop(std::io::Write::write_all(
                &mut std::io::stderr(),
                format!("Segue's window cannot be opened: {error}.\n").as_bytes(),
            ));
            ExitCode::FAILURE
        }
    }
}

/// The shell over any runtime: state, commands and the window. Tests give their own runtime and engine.
#[must_use]
pub fn shell<R: Runtime>(builder: Builder<R>, engine: Engine) -> Builder<R> {
    builder
        .manage(engine)
        .manage(words::Spoken::default())
        .manage(under_way::UnderWay::default())
        .manage(window::Ready::default())
        .manage(keep::Keep::default())
        .manage(ahead::Ahead::default())
        .manage(tray::Lines::<R>::default())
        .manage(commands::files::Handed::default())
        .invoke_handler(forward::handler())
        .setup(|app| set_up(app).map_err(Into::into))
}

/// The context of the program: configuration, permissions and the page, which is in the program once.
#[must_use]
pub fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}

fn set_up<R: Runtime>(app: &mut App<R>) -> tauri::Result<()> {
    let engine = app.state::<Engine>().inner().clone();
    let handle = app.handle().clone();
    engine.tell(move |event| window::heard(&handle, &event));
    menu_bar::listen(app.handle());
    tray::listen(app.handle());
    menu_bar::refresh(app.handle());
    // Without notices of the system the page says the same.
    drop(notice::listen(app.handle()));
    // Before the page asks: both start at the same time.
    tauri::async_runtime::spawn(async move { engine.open().await });
    if background::is_asked() {
        background::start(app.handle());
        return Ok(());
    }
    window::open(app.handle()).map(drop)
}
