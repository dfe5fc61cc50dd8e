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
        // Whether it stays is tried in the window: the tray needs a desktop.
        "window_keep" => json!({ "keep": false }),
        "window_open_files" => json!({ "kind": "data" }),
        "window_reveal" => json!({ "what": "data_folder" }),
        "window_save_file" => json!({ "name": "people.csv", "kind": "csv" }),
        // Asks only: what starts at sign-in is for the user of this computer to say.
        "window_sign_in" => json!({ "on": null }),
        "window_words" => json!({ "language": "sv" }),
        _ => json!({}),
    };
    for command in OWN.iter().filter(|command| needs_no_desktop(command)) {
        let answer = call(&window, command, json!({ "request": asked(command) }));
        assert!(answer.is_ok(), "{command}: {answer:?}");
    }
}

/// The tray needs a desktop; without the hooks of tests, so do dialogs and files.
fn needs_no_desktop(command: &str) -> bool {
    let native = ["window_open_files", "window_save_file", "window_reveal"];
    command != "window_close" && (cfg!(feature = "test-hooks") || !native.contains(&command))
}

#[test]
fn no_command_of_the_window_takes_what_it_does_not_know() {
    let app = app(engine(echo).0);
    let window = main_window(&app);
    for command in OWN {
        for wrong in [json!(7), json!("close"), json!([1]), json!(null)] {
            let answer = call(&window, command, json!({ "request": wrong }));
            assert!(answer.is_err(), "{command} takes {wrong} for a request: {answer:?}");
        }
    }
    for (command, wrong) in [
        ("window_close", json!({ "choice": "stay" })),
        ("window_keep", json!({ "keep": "yes" })),
        ("window_keep", json!({})),
        ("window_sign_in", json!({ "on": 1 })),
        ("window_open_files", json!({ "kind": "keys" })),
        ("window_reveal", json!({ "what": "https://example.com" })),
        ("window_reveal", json!({ "what": "file", "path": "/etc/passwd" })),
        ("window_reveal", json!({ "what": "file" })),
        ("window_words", json!({ "language": "../sv" })),
    ] {
        let answer = call(&window, command, json!({ "request": wrong }));
        assert!(answer.is_err(), "{command} takes {wrong}: {answer:?}");
    }
}

#[test]
fn whether_segue_stays_and_starts_is_answered_in_the_form_that_the_page_reads() {
    let app = app(engine(echo).0);
    let window = main_window(&app);
    let kept = call(&window, "window_keep", json!({ "request": { "keep": false } })).unwrap();
    assert!(kept["tray"].is_boolean(), "{kept}");
    let starts = call(&window, "window_sign_in", json!({ "request": { "on": null } })).unwrap();
    assert!(starts["on"].is_boolean() && starts["trouble"].is_string(), "{starts}");
    assert_eq!(starts["possible"], starts["trouble"] == "", "what cannot be done is explained: {starts}");
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
