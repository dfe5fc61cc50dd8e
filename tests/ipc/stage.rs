//! A window that nobody sees, and an engine that says what it heard.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use segue_desktop::{Engine, Lines, context, shell};
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex};

/// What an engine says to a command; `None`: it ends.
pub(crate) type Says = fn(&Value) -> Option<Value>;

/// Says what it heard.
pub(crate) fn echo(ask: &Value) -> Option<Value> {
    Some(json!({ "id": ask["id"], "answer": { "command": ask["command"], "request": ask["request"] } }))
}

/// An engine in this process, and how often it was started.
pub(crate) fn engine(says: Says) -> (Engine, Arc<AtomicUsize>) {
    let starts = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&starts);
    let connect = move || -> io::Result<Lines> {
        counter.fetch_add(1, Ordering::SeqCst);
        let (ours, theirs) = duplex(1 << 16);
        tauri::async_runtime::spawn(serve(theirs, says));
        let (from, to) = tokio::io::split(ours);
        Ok(Lines { from: Box::new(from), to: Box::new(to) })
    };
    (Engine::new(connect), starts)
}

async fn serve(pipe: DuplexStream, says: Says) {
    let (from, mut to) = tokio::io::split(pipe);
    let mut lines = BufReader::new(from).lines();
    to.write_all(b"{\"hello\":{\"version\":\"0.1.0\",\"protocol\":1}}\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let Some(said) = says(&serde_json::from_str(&line).unwrap()) else { return };
        to.write_all(format!("{said}\n").as_bytes()).await.unwrap();
    }
}

/// The app over this engine.
pub(crate) fn app(engine: Engine) -> App<MockRuntime> {
    let mut app = shell(mock_builder(), engine).build(context()).unwrap();
    // The window is opened when the app is set up, which on the mock runtime nothing else does.
    #[expect(deprecated, reason = "it is not called in a loop here")]
    app.run_iteration(|_, _| {});
    app
}

/// The window with the permissions.
pub(crate) fn main_window(app: &App<MockRuntime>) -> WebviewWindow<MockRuntime> {
    app.get_webview_window("main").expect("the shell opens its window")
}

/// A window without any.
pub(crate) fn other_window(app: &App<MockRuntime>) -> WebviewWindow<MockRuntime> {
    WebviewWindowBuilder::new(app, "other", WebviewUrl::App("index.html".into())).build().unwrap()
}

/// Calls a command with these arguments, as a page does.
pub(crate) fn call(window: &WebviewWindow<MockRuntime>, command: &str, body: Value) -> Result<Value, Value> {
    let url = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: url.parse().unwrap(),
        body: InvokeBody::Json(body),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(|answer| answer.deserialize().unwrap())
}
