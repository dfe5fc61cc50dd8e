//! An engine that stops.

use std::io;
use std::sync::atomic::Ordering;
use std::sync::mpsc::channel;
use std::thread::spawn;

use segue_desktop::Engine;
use serde_json::{Value, json};
use tauri::Listener;

use crate::stage::{app, call, engine, main_window};

/// Answers `find`, and ends at anything else.
fn dies(ask: &Value) -> Option<Value> {
    (ask["command"] == "find").then(|| json!({ "id": ask["id"], "answer": "here" }))
}

#[test]
fn a_call_that_was_open_is_answered_and_the_next_one_starts_it_again() {
    let (engine, starts) = engine(dies);
    let app = app(engine);
    let window = main_window(&app);
    assert_eq!(call(&window, "find", json!({ "request": {} })).unwrap(), "here");
    let error = call(&window, "home", json!({ "request": {} })).unwrap_err();
    assert_eq!(error["code"], "engine_gone");
    assert_eq!(error["retryable"], true);
    assert_eq!(call(&window, "find", json!({ "request": {} })).unwrap(), "here", "it was started again");
    assert_eq!(starts.load(Ordering::SeqCst), 2);
}

#[test]
fn it_is_not_started_for_ever() {
    let (engine, starts) = engine(dies);
    let app = app(engine);
    let window = main_window(&app);
    for _ in 0..6 {
        let error = call(&window, "home", json!({ "request": {} })).unwrap_err();
        assert_eq!(error["code"], "engine_gone");
    }
    assert_eq!(starts.load(Ordering::SeqCst), 3, "starts within a minute");
}

/// Says that it is of another version, whatever it is asked.
fn other(_: &Value) -> Option<Value> {
    Some(json!({ "hello": { "version": "9.0.0", "protocol": 2 } }))
}

#[test]
fn an_engine_of_another_version_is_named_as_that() {
    let (engine, _) = engine(other);
    let app = app(engine);
    let error = call(&main_window(&app), "home", json!({ "request": {} })).unwrap_err();
    assert_eq!(error["code"], "engine_gone");
    assert!(error["message"].as_str().unwrap().contains("another version"), "{error}");
    assert_eq!(error["retryable"], false);
}

/// Tells of a run that goes on, and dies when it is asked for anything else.
fn dies_in_mid_run(ask: &Value) -> Option<Value> {
    (ask["command"] == "export_run").then(|| json!({ "event": "run_progress", "data": { "run": "r1" } }))
}

#[test]
fn the_page_reads_again_what_was_under_way_in_an_engine_that_died() {
    let (engine, _) = engine(dies_in_mid_run);
    let app = app(engine);
    let window = main_window(&app);
    let (heard, events) = channel();
    window.listen("engine", move |event| {
        heard.send(serde_json::from_str::<Value>(event.payload()).unwrap()).unwrap();
    });
    // It is never answered while the engine lives; both calls end with it.
    let asking = window.clone();
    let run = spawn(move || call(&asking, "export_run", json!({ "request": {} })));
    assert_eq!(events.recv().unwrap()["event"], "run_progress");
    call(&window, "home", json!({ "request": {} })).unwrap_err();
    let changed = events.recv().unwrap();
    assert_eq!(changed, json!({ "event": "changed", "data": { "what": ["runs", "exports"] } }));
    assert_eq!(run.join().unwrap().unwrap_err()["code"], "engine_gone");
}

#[test]
fn who_starts_it_again_for_the_schedules_knows_when_to_stop() {
    let engine = Engine::new(|| Err(io::Error::other("there is no such program")));
    assert!(!tauri::async_runtime::block_on(engine.open()), "it is tried again later");
    engine.close();
    assert!(tauri::async_runtime::block_on(engine.open()), "none is wanted any more");
}
