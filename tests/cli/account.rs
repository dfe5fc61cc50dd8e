//! A new key of the same account, and of another one (product.md rule 13).

use serde_json::json;

use super::harness::{Desk, SandboxProcess, people};

/// An export that has run, its account, and another account.
fn stage() -> (Desk, SandboxProcess, SandboxProcess) {
    let desk = Desk::new();
    let (one, other) = (SandboxProcess::start(&desk, &[]), SandboxProcess::start(&desk, &[]));
    desk.set_up(&people(5), &one);
    assert_eq!(desk.run(&["export", "run", "Weekly"]).code, 0);
    (desk, one, other)
}

fn connect(desk: &Desk, name: &str, sandbox: &SandboxProcess) {
    let words =
        ["connection", "add", "autopilot", name, "--agree", "--base-url", &sandbox.origin, "--rate", "0"];
    let added = desk.run_with_key(&words, &sandbox.key);
    assert_eq!(added.code, 0, "{added:?}");
}

#[test]
fn an_attached_connection_of_another_account_begins_anew() {
    let (desk, one, other) = stage();
    connect(&desk, "Other", &other);
    desk.json(&["export", "attach", "Weekly", "--connection", "Other"]);
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!(run["counts"]["created"], 5, "a first run: {run}");
    // Back again: the receipts of the first account still hold.
    desk.json(&["export", "attach", "Weekly", "--connection", "News"]);
    let back = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!(back["counts"]["unchanged"], 5, "{back}");
    assert_eq!(one.account()["lists"][0]["members"], 5);
}

#[test]
fn a_connection_made_anew_for_the_same_account_knows_its_people() {
    let (desk, one, _) = stage();
    desk.json(&["export", "detach", "Weekly"]);
    desk.json(&["connection", "remove", "News"]);
    connect(&desk, "Again", &one);
    desk.json(&["export", "attach", "Weekly", "--connection", "Again"]);
    desk.file("customers.csv", &people(4));
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!(
        (&run["counts"]["unchanged"], &run["counts"]["leavers_removed"]),
        (&json!(4), &json!(1)),
        "as if nothing had happened: {run}"
    );
}

#[test]
fn a_key_of_another_account_needs_consent_anew() {
    let (desk, one, _) = stage();
    // The account's lists are gone: for all that can be seen, it is another one.
    let id = one.account()["lists"][0]["list_id"].as_str().unwrap().to_owned();
    one.control("DELETE", &format!("lists/{id}"), "");
    let refused = desk.run_with_key(&["connection", "set-key", "News", "--json"], &one.key);
    assert_eq!(refused.code, 5, "{refused:?}");
    assert!(refused.error()["message"].as_str().unwrap().contains("another account"), "{refused:?}");
    let agreed = desk.run_with_key(&["connection", "set-key", "News", "--agree", "--json"], &one.key);
    assert_eq!(agreed.code, 0, "{agreed:?}");
    assert!(agreed.document()["consent"].is_object(), "{agreed:?}");
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!(run["counts"]["created"], 5, "a first run: {run}");
}
