//! Wrong words, wrong files and refused keys: exit codes, messages, and nothing changed.

use crate::harness::{Desk, SandboxProcess, names, people};

#[test]
fn wrong_words_exit_2_in_the_form_that_was_asked_for() {
    let desk = Desk::new();
    let plain = desk.run(&["export", "run"]);
    assert_eq!(plain.code, 2);
    assert!(plain.err.starts_with("error: "), "{}", plain.err);
    let json = desk.run(&["--json", "export", "run"]);
    assert_eq!((json.code, json.out.as_str()), (2, ""));
    assert_eq!(json.error()["code"], "usage");
    assert!(json.error()["message"].as_str().is_some_and(|m| m.contains("<NAME>")), "{}", json.err);
    assert!(json.error()["help"].is_string(), "what to do: {}", json.err);
    assert!(!desk.data().exists(), "the data folder is as it was");
}

#[test]
fn a_file_that_is_not_there_leaves_the_data_folder_as_it_was() {
    let desk = Desk::new();
    let done = desk.run(&["audience", "add", "files", "A", "nothing.csv", "--json"]);
    assert_eq!(done.code, 1);
    assert_eq!(done.error()["code"], "bad_file");
    assert!(!desk.data().exists(), "no folder is made");
}

#[test]
fn an_unknown_name_exits_2() {
    let desk = Desk::new();
    for noun in ["audience", "export", "run"] {
        let done = desk.run(&[noun, "show", "nothing", "--json"]);
        assert_eq!(done.code, 2, "{done:?}");
        assert_eq!(done.error()["code"], "not_found", "{done:?}");
    }
}

#[test]
fn a_key_is_wanted_and_never_asked_for() {
    let desk = Desk::new();
    let done = desk.run(&["connection", "add", "autopilot", "News", "--agree"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("SEGUE_API_KEY"), "it says how: {}", done.err);
    assert!(!desk.data().exists(), "the data folder is as it was");
}

#[test]
fn without_agreement_exit_5_and_with_a_refused_key_exit_1() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    let add = ["connection", "add", "autopilot", "News", "--base-url", &sandbox.origin, "--json"];
    let refused = desk.run_with_key(&add, &sandbox.key);
    assert_eq!(refused.code, 5, "no consent: {refused:?}");
    assert_eq!(refused.error()["code"], "no_consent");
    assert!(sandbox.record().is_empty(), "nothing went out before consent");

    let wrong = desk.run_with_key(&[&add[..], &["--agree"]].concat(), "0123456789abcdef0123456789abcdef");
    assert_eq!(wrong.code, 1, "a refused key: {wrong:?}");
    assert_eq!(wrong.error()["code"], "key_refused");
    assert!(!format!("{wrong:?}").contains("0123456789abcdef"), "no key is ever printed");
    assert_eq!(desk.json(&["connection", "list"]), serde_json::json!([]), "nothing is stored");
}

#[test]
fn without_a_place_for_keys_it_stops_and_explains() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    let mut command =
        desk.command(&["connection", "add", "autopilot", "News", "--agree", "--base-url", &sandbox.origin]);
    command.env("SEGUE_API_KEY", &sandbox.key).env_remove("SEGUE_KEYCHAIN").env_remove("SEGUE_PASSPHRASE");
    // Not the key store of whoever runs the tests.
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    let output = command.output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("SEGUE_KEYCHAIN=file") && err.contains("SEGUE_PASSPHRASE"), "{err}");
}

#[test]
fn a_new_key_is_not_tried_before_there_is_a_place_for_it() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(3), &sandbox);
    let asked = sandbox.record().len();
    let mut command = desk.command(&["connection", "set-key", "News"]);
    command.env("SEGUE_API_KEY", &sandbox.key).env_remove("SEGUE_KEYCHAIN").env_remove("SEGUE_PASSPHRASE");
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    let output = command.output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("nothing was sent"), "{err}");
    assert_eq!(sandbox.record().len(), asked, "and that is true");
}

#[test]
fn what_is_in_use_is_not_removed_and_the_users_are_named() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(3), &sandbox);
    for words in [
        ["audience", "remove", "Customers"],
        ["segment", "remove", "Everybody"],
        ["connection", "remove", "News"],
    ] {
        let done = desk.run(&words);
        assert_eq!(done.code, 2, "{done:?}");
        let named = ["Weekly", "Everybody"].iter().any(|user| done.err.contains(user));
        assert!(named, "it names who uses it: {}", done.err);
    }
}

#[test]
fn keys_and_data_are_for_their_owner_only() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(3), &sandbox);
    let files = names(&desk.data());
    assert!(!files.is_empty());
    for name in files {
        let bytes = std::fs::read(desk.data().join(&name)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(&sandbox.key), "no key in {name}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(desk.data()).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "others cannot look into the data folder");
    }
}
