//! What the page asks: the engine's commands go to the engine as they are, the window's own are answered
//! here. Whether the page may ask at all was decided before, by the permissions.

use serde_json::value::RawValue;
use tauri::ipc::{Invoke, InvokeBody};
use tauri::{Manager, Runtime};

use crate::{Engine, Failure, commands, names};

/// Answers every command.
pub(crate) fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    let own: Box<dyn Fn(Invoke<R>) -> bool + Send + Sync> = Box::new(tauri::generate_handler![
        commands::background::window_keep,
        commands::background::window_sign_in,
        commands::files::window_open_files,
        commands::files::window_save_file,
        commands::reveal::window_reveal,
        commands::frame::window_close,
        commands::frame::window_locale,
        commands::frame::window_ready,
        commands::frame::window_words,
    ]);
    move |invoke| {
        if names::ENGINE.contains(&invoke.message.command()) { forward(invoke) } else { own(invoke) }
    }
}

fn forward<R: Runtime>(invoke: Invoke<R>) -> bool {
    let command = invoke.message.command().to_owned();
    let engine = invoke.message.webview_ref().state::<Engine>().inner().clone();
    let request = request(&command, invoke.message.payload());
    invoke.resolver.respond_async(async move {
        let asked = match request {
            Ok(request) => engine.ask(&command, &request).await,
            Err(failure) => Err(failure),
        };
        asked.map_err(|failure| tauri::ipc::InvokeError(serde_json::to_value(failure).unwrap_or_default()))
    });
    true
}

/// The argument `request`, as text.
fn request(command: &str, body: &InvokeBody) -> Result<Box<RawValue>, Failure> {
    let missing = || Failure::usage(format!("{command} takes one argument, `request`."));
    let InvokeBody::Json(arguments) = body else { return Err(missing()) };
    let request = arguments.get("request").ok_or_else(missing)?;
    serde_json::value::to_raw_value(request).map_err(|_| missing())
}
