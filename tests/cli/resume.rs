//! A run that died, and what comes after it.

use std::process::Child;

use serde_json::Value;

use super::harness::{Desk, SandboxProcess, people};

/// Bulk calls are neither carried out nor answered.
const HANG: &str =
    r#"{"faults":[{"on":{"method":"POST","path":"/contacts"},"do":{"hang":{"applied":false}}}]}"#;

fn bulk_calls(sandbox: &SandboxProcess) -> usize {
    sandbox.record().iter().filter(|request| request["path"] == "/v1/contacts").count()
}

/// Starts a run that hangs once it has sent somebody.
fn hanging(desk: &Desk, sandbox: &SandboxProcess, words: &[&str]) -> Child {
    under(desk, sandbox, HANG, words)
}

fn under(desk: &Desk, sandbox: &SandboxProcess, faults: &str, words: &[&str]) -> Child {
    sandbox.control("PUT", "faults", faults);
    let before = bulk_calls(sandbox);
    let mut child = desk.command(&[&["export", "run", "Weekly", "--json"], words].concat()).spawn().unwrap();
    while bulk_calls(sandbox) == before {
        assert!(child.try_wait().unwrap().is_none(), "it hangs");
        std::thread::yield_now();
    }
    child
}

/// A run that was killed with a request open, and its id. The account is sound again.
fn died(desk: &Desk, sandbox: &SandboxProcess, words: &[&str]) -> String {
    let mut child = hanging(desk, sandbox, words);
    child.kill().unwrap();
    child.wait().unwrap();
    sandbox.control("PUT", "faults", "{}");
    let run = &desk.json(&["run", "list"])[0];
    assert_eq!(run["status"], "processing", "{run}");
    run["id"].as_str().unwrap().to_owned()
}

fn contacts(sandbox: &SandboxProcess) -> usize {
    sandbox.account()["contacts"].as_array().unwrap().len()
}

fn stage() -> (Desk, SandboxProcess) {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(50), &sandbox);
    (desk, sandbox)
}

#[test]
fn a_plain_run_goes_on_with_it() {
    let (desk, sandbox) = stage();
    let id = died(&desk, &sandbox, &[]);
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!((&run["id"], &run["status"]), (&Value::from(id), &Value::from("successful")), "{run}");
    assert_eq!(contacts(&sandbox), 50);
}

#[test]
fn a_trial_does_not_become_the_whole_run() {
    let (desk, sandbox) = stage();
    let id = died(&desk, &sandbox, &[]);
    let run = desk.run(&["export", "run", "Weekly", "--only", "person7@example.com", "--json"]).finished();
    assert_ne!(run["id"], id, "{run}");
    assert_eq!((run["counts"]["created"].as_u64(), contacts(&sandbox)), (Some(1), 1), "only that one went");
    let old = desk.json(&["run", "show", &id]);
    assert_eq!(old["status"], "canceled", "replaced: {old}");
}

#[test]
fn a_whole_run_does_not_become_the_trial() {
    let (desk, sandbox) = stage();
    died(&desk, &sandbox, &["--first", "3"]);
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!(run["counts"]["created"], 50, "{run}");
}

#[test]
fn a_trial_that_died_is_resumed_as_a_trial_also_after_its_file_changed() {
    let (desk, sandbox) = stage();
    let id = died(&desk, &sandbox, &["--first", "3"]);
    let run = desk.run(&["run", "resume", &id, "--json"]).finished();
    assert_eq!((&run["id"], run["counts"]["created"].as_u64()), (&Value::from(id), Some(3)), "{run}");

    let id = died(&desk, &sandbox, &["--only", "person9@example.com"]);
    desk.file("customers.csv", &people(51));
    let run = desk.run(&["run", "resume", &id, "--json"]).finished();
    assert_ne!(run["id"], id, "planned anew: {run}");
    assert_eq!(run["counts"]["created"], 1, "and still for one person: {run}");
    assert_eq!(contacts(&sandbox), 4);
}

#[test]
fn a_resumed_run_can_be_canceled_from_elsewhere() {
    let (desk, sandbox) = stage();
    let id = died(&desk, &sandbox, &[]);
    // Its request stays open for a while: the run hears of it meanwhile, and waits for that request.
    let closes = HANG.replace("\"applied\"", "\"ms\":2500,\"applied\"");
    let child = under(&desk, &sandbox, &closes, &[]);
    desk.json(&["run", "cancel", &id]);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", String::from_utf8_lossy(&output.stderr));
    let run = desk.json(&["run", "show", &id]);
    assert_eq!(run["status"], "canceled", "{run}");
    assert_eq!(run["counts"]["not_attempted"], 50, "{run}");
}

#[test]
fn an_export_waits_for_another_one_of_its_account_in_line() {
    let (desk, sandbox) = stage();
    desk.json(&["export", "duplicate", "Weekly", "Other"]);
    let mut first = hanging(&desk, &sandbox, &[]);
    let mut second = desk.command(&["export", "run", "Other", "--json"]).spawn().unwrap();
    let queued = loop {
        let runs = desk.json(&["run", "list"]);
        let other = runs.as_array().unwrap().iter().find(|run| run["export"] == "Other").cloned();
        if let Some(run) = other {
            break run;
        }
        assert!(second.try_wait().unwrap().is_none(), "it waits");
    };
    assert_eq!(queued["status"], "queued", "{queued}");
    let third = desk.run(&["export", "run", "Other"]);
    assert_eq!(third.code, 6, "it stands in line already: {third:?}");
    first.kill().unwrap();
    first.wait().unwrap();
    sandbox.control("PUT", "faults", "{}");
    let output = second.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let run = desk.json(&["run", "show", queued["id"].as_str().unwrap()]);
    assert_eq!((&run["status"], &run["counts"]["created"]), (&"successful".into(), &50.into()), "{run}");
}

#[test]
fn a_queued_run_can_be_canceled() {
    let (desk, sandbox) = stage();
    desk.json(&["export", "duplicate", "Weekly", "Other"]);
    let mut first = hanging(&desk, &sandbox, &[]);
    let second = desk.command(&["export", "run", "Other", "--json"]).spawn().unwrap();
    let id = loop {
        let runs = desk.json(&["run", "list"]);
        if let Some(run) = runs.as_array().unwrap().iter().find(|run| run["export"] == "Other") {
            break run["id"].as_str().unwrap().to_owned();
        }
    };
    desk.json(&["run", "cancel", &id]);
    let output = second.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(desk.json(&["run", "show", &id])["status"], "canceled");
    first.kill().unwrap();
    first.wait().unwrap();
}

#[test]
fn a_plan_made_from_another_file_of_members_is_replaced() {
    let (desk, sandbox) = stage();
    let file = desk.file("chosen.csv", "CustomerId\nC000001\nC000002\n");
    desk.json(&["segment", "edit", "Everybody", "--members", &file]);
    let id = died(&desk, &sandbox, &[]);
    desk.file("chosen.csv", "CustomerId\nC000002\nC000003\nC000004\n");
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_ne!(run["id"], Value::from(id), "a new one: {run}");
    assert_eq!(run["counts"]["created"], 3, "by the file as it is now: {run}");

    let id = died(&desk, &sandbox, &["--full"]);
    let resumed = desk.run(&["run", "resume", &id, "--json"]).finished();
    assert_eq!(
        (&resumed["id"], &resumed["status"]),
        (&Value::from(id), &Value::from("successful")),
        "{resumed}"
    );
}
