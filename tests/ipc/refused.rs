//! What a page may not ask, and what nobody can.

use segue_desktop::{ENGINE, OWN};
use serde_json::{Value, json};

use crate::stage::{app, call, echo, engine, main_window, other_window};

#[test]
fn no_command_is_open_to_a_window_without_the_permission() {
    let app = app(engine(echo).0);
    let other = other_window(&app);
    for command in ENGINE.iter().chain(OWN) {
        let error = call(&other, command, json!({ "request": {} })).unwrap_err();
        let said = error.as_str().unwrap_or_default();
        assert!(said.contains("not allowed"), "{command} is open to any window: {error}");
    }
}

#[test]
fn a_command_that_there_is_not_is_refused() {
    let app = app(engine(echo).0);
    let window = main_window(&app);
    for command in ["export_lists", "plugin:fs|read_file", "plugin:shell|execute", "", "__proto__"] {
        let answer = call(&window, command, json!({ "request": {} }));
        assert!(answer.is_err(), "{command:?} answers {answer:?}");
    }
}

#[test]
fn a_request_that_is_none_is_refused_in_words() {
    let app = app(engine(echo).0);
    let window = main_window(&app);
    for body in [json!({}), json!([]), json!(null), json!("request"), json!({ "Request": {} })] {
        let error = call(&window, "export_list", body.clone()).unwrap_err();
        assert_eq!(error["code"], "usage", "{body}: {error}");
    }
}

#[test]
fn a_request_of_fifty_megabytes_does_not_reach_the_engine() {
    fn never(ask: &Value) -> Option<Value> {
        panic!("the engine was asked {}", ask["command"])
    }
    let app = app(engine(never).0);
    let long = "x".repeat(50 << 20);
    let error = call(&main_window(&app), "find", json!({ "request": { "search": long } })).unwrap_err();
    assert_eq!(error["code"], "usage", "{error}");
}
