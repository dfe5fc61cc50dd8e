//! The limit and the guard (product.md rules 3 and 6).

use serde_json::Value;

use super::harness::{Desk, SandboxProcess, people};

fn writes(sandbox: &SandboxProcess) -> usize {
    sandbox.record().iter().filter(|request| request["method"] != "GET").count()
}

#[test]
fn one_too_many_sends_nobody() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(100_001), &sandbox);
    let done = desk.run(&["export", "run", "Weekly", "--json"]);
    assert_eq!(done.code, 5, "refused before any writing request: {done:?}");
    assert_eq!(done.error()["code"], "over_limit");
    let message = done.error()["message"].to_string();
    assert!(message.contains("100001") && message.contains("1 more"), "says by how many: {message}");
    assert_eq!(writes(&sandbox), 0, "no list and nobody");
}

#[test]
fn rows_beyond_the_limit_go_where_addresses_are_within() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    let csv = format!("{}C200000,Twin,PERSON1@example.com\n", people(100_000));
    desk.set_up(&csv, &sandbox);
    let done = desk.run(&["export", "run", "Weekly", "--json"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let counts = &done.finished()["counts"];
    assert_eq!((&counts["created"], &counts["duplicate"]), (&Value::from(100_000), &Value::from(1)));
}

#[test]
fn an_emptied_segment_is_held_until_it_is_let_through() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(40), &sandbox);
    assert_eq!(desk.run(&["export", "run", "Weekly"]).code, 0);
    desk.file("customers.csv", "CustomerId,FirstName,Email\nC9,New,new@example.com\n");
    let held = desk.run(&["export", "run", "Weekly", "--json"]);
    assert_eq!(held.code, 3, "{held:?}");
    let run = held.finished();
    let reason = run["reason"].as_str().unwrap();
    assert!(
        reason.contains("Everybody") && reason.contains("40 of 40"),
        "names it and both numbers: {reason}"
    );
    assert_eq!(run["counts"]["leavers_held"], 40);
    assert_eq!(sandbox.account()["lists"][0]["members"], 41, "nobody was taken off, the joiner went");
    desk.file("customers.csv", "CustomerId,FirstName,Email\nC8,Other,other@example.com\n");
    let through = desk.run(&["export", "run", "Weekly", "--allow-loss", "--json"]);
    assert_eq!(through.code, 0, "{through:?}");
    assert_eq!(through.finished()["counts"]["leavers_removed"], 41);
    assert_eq!(sandbox.account()["lists"][0]["members"], 1);
    assert_eq!(sandbox.account()["contacts"].as_array().unwrap().len(), 42, "no contact is deleted");
}
