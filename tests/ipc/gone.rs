//! An engine that stops.

use std::sync::atomic::Ordering;

use serde_json::{Value, json};

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
