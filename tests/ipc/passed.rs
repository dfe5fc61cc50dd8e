//! What a page may ask arrives as it was sent.

use segue_desktop::{ENGINE, OWN};
use serde_json::{Value, json};

use crate::stage::{app, call, echo, engine, main_window};

#[test]
fn every_command_of_the_engine_arrives_as_it_was_sent() {
    let app = app(engine(echo).0);
    let window = main_window(&app);
    for (place, command) in ENGINE.iter().enumerate() {
        let request =
            json!({ "id": format!("n° {place}"), "nested": { "empty": null, "list": [1, 2.5, "å\n"] } });
        let heard = call(&window, command, json!({ "request": request })).unwrap();
        assert_eq!(heard, json!({ "command": command, "request": request }), "{command}");
    }
}

#[test]
fn every_command_of_the_window_answers() {
    let app = app(engine(echo).0);
    let window = main_window(&app);
    let asked = |command: &str| match command {
        "window_close" => json!({ "choice": "tray" }),
        "window_open_files" => json!({ "kind": "data" }),
        "window_reveal" => json!({ "what": "data_folder" }),
        "window_save_file" => json!({ "name": "people.csv", "kind": "csv" }),
        "window_words" => json!({ "language": "sv" }),
        _ => json!({}),
    };
    for command in OWN.iter().filter(|command| needs_no_desktop(command)) {
        let answer = call(&window, command, json!({ "request": asked(command) }));
        assert!(answer.is_ok(), "{command}: {answer:?}");
        let wrong = call(&window, command, json!({ "request": 7 }));
        assert!(wrong.is_err(), "{command} takes a number for a request");
    }
}

/// The tray needs a desktop; without the hooks of tests, so do dialogs and files.
fn needs_no_desktop(command: &str) -> bool {
    let native = ["window_open_files", "window_save_file", "window_reveal"];
    command != "window_close" && (cfg!(feature = "test-hooks") || !native.contains(&command))
}

#[test]
fn an_error_of_the_engine_is_an_object_with_a_code() {
    fn refuse(ask: &Value) -> Option<Value> {
        let error =
            json!({ "code": "not_found", "message": "There is none.", "help": "", "retryable": false });
        Some(json!({ "id": ask["id"], "error": error }))
    }
    let app = app(engine(refuse).0);
    let error = call(&main_window(&app), "export_get", json!({ "request": { "id": "x" } })).unwrap_err();
    assert_eq!(error["code"], "not_found");
    assert_eq!(error["message"], "There is none.");
}
