//! From a file to an account: the five commands, what they print, and what they cost the second
//! time.

use serde_json::{Value, json};

use crate::harness::{Desk, SandboxProcess, people};

/// Five people to send, one without an address, one twice.
fn customers() -> String {
    let mut csv = people(5);
    csv.push_str("C000006,Blank,\nC000007,Twin,PERSON1@example.com\n");
    csv
}

#[test]
fn what_goes_what_does_not_and_only_changes_the_second_time() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&customers(), &sandbox);

    let preview = desk.json(&["export", "preview", "Weekly"]);
    assert_eq!(
        [&preview["source"], &preview["new"], &preview["invalid"], &preview["duplicate"]],
        [&json!(7), &json!(5), &json!(1), &json!(1)],
        "{preview}"
    );
    assert_eq!(preview["lists"][0]["title"], "Everybody");
    assert_eq!(sandbox.account()["contacts"], json!([]), "a preview writes nothing");

    let run = desk.run(&["export", "run", "Weekly", "--json"]);
    assert_eq!(run.code, 0, "{run:?}");
    let finished = run.finished();
    assert_eq!(finished["status"], "successful");
    assert_eq!(finished["trigger"], "command_line");
    assert_eq!(finished["counts"]["created"], 5);
    assert_eq!(finished["counts"]["source"], 7);
    assert!(run.lines().iter().rev().skip(1).all(|line| line["event"] == "progress"), "{run:?}");
    assert_eq!(sandbox.account()["contacts"].as_array().map(Vec::len), Some(5));

    desk.file("customers.csv", &customers().replace("Name3", "Nadja"));
    let second = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!(second["counts"]["updated"], 1, "{second}");
    assert_eq!(second["counts"]["unchanged"], 4, "{second}");
}

#[test]
fn a_preview_shows_the_requests_that_the_run_takes() {
    // The first list carries three people or more, or nobody can show how people get on it.
    for profiles in [2, 5, 250] {
        let desk = Desk::new();
        let sandbox = SandboxProcess::start(&desk, &[]);
        desk.set_up(&people(profiles), &sandbox);
        let where_ = format!("FirstName < 'Name{}'", profiles / 2);
        desk.json(&["segment", "add", "Half", "--audience", "Customers", "--where", &where_]);
        desk.json(&["export", "edit", "Weekly", "--segment", "Half"]);
        for turn in ["first", "second", "third"] {
            if turn == "second" {
                desk.file("customers.csv", &people(profiles + 1).replace("Name1,", "Eva,"));
            }
            let preview = desk.json(&["export", "preview", "Weekly"]);
            let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
            assert_eq!(run["status"], "successful", "{run}");
            assert_eq!(
                preview["requests"], run["requests"],
                "{profiles} profiles, {turn} run: {preview} {run}"
            );
        }
    }
}

#[test]
fn a_contract_that_is_too_small_warns_and_stops_nobody() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(10), &sandbox);
    desk.json(&["connection", "set", "News", "--contract-size", "10"]);
    assert_eq!(desk.json(&["export", "preview", "Weekly"])["notes"], json!([]));
    assert_eq!(desk.run(&["export", "run", "Weekly", "--json"]).finished()["reason"], "");
    desk.file("customers.csv", &people(12));
    let words = "The account holds 10 contacts; with 2 new ones it may hold 12, and its contract allows 10";
    assert_eq!(desk.json(&["export", "preview", "Weekly"])["notes"], json!([words]));
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!(
        (&run["status"], &run["reason"]),
        (&json!("successful"), &json!(format!("{words}."))),
        "{run}"
    );
}

#[test]
fn a_run_has_every_promised_key_and_adds_up() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&customers(), &sandbox);
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    for key in [
        "id",
        "export",
        "status",
        "reason",
        "trigger",
        "full",
        "late",
        "resumable",
        "started_at",
        "finished_at",
        "requests",
        "retries",
        "verified",
        "counts",
    ] {
        assert!(run.get(key).is_some(), "{key} in {run}");
    }
    let count = |key: &str| run["counts"][key].as_u64().unwrap_or_else(|| panic!("{key} in {run}"));
    let sum: u64 =
        ["created", "updated", "unchanged", "invalid", "duplicate", "excluded", "rejected", "not_attempted"]
            .map(count)
            .iter()
            .sum();
    assert_eq!(count("source"), sum, "{run}");
    for leavers in ["leavers_removed", "leavers_kept", "leavers_held", "leavers_failed"] {
        assert_eq!(count(leavers), 0, "{run}");
    }
    let id = run["id"].as_str().unwrap();
    assert_eq!(desk.json(&["run", "show", id]), run, "the same run, the same words");
    assert_eq!(desk.json(&["run", "list"])[0]["id"], run["id"]);
}

#[test]
fn every_person_has_a_fate_in_the_list_and_in_the_file() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&customers(), &sandbox);
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    let id = run["id"].as_str().unwrap();
    let everybody = desk.json(&["run", "people", id]);
    assert_eq!(everybody.as_array().map(Vec::len), Some(7), "{everybody}");
    let invalid = desk.json(&["run", "people", id, "--outcome", "invalid"]);
    assert_eq!(invalid[0]["customer_id"], "C000006", "{invalid}");
    for key in ["email", "customer_id", "outcome", "reason", "answer"] {
        assert!(invalid[0].get(key).is_some_and(Value::is_string), "{key} in {invalid}");
    }
    let file = desk.path("people.csv");
    let written = desk.json(&["run", "people", id, "--csv", file.to_str().unwrap()]);
    assert_eq!(written["rows"], 7);
    let csv = std::fs::read_to_string(&file).unwrap();
    assert_eq!(csv.lines().count(), 8, "a header and seven people:\n{csv}");
}

#[test]
fn people_read_sentences_and_tables() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&customers(), &sandbox);
    let run = desk.run(&["export", "run", "Weekly"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.out.contains("“Weekly” is done: 5 people were sent (5 new, 0 changed), 2 did not go."),
        "{}",
        run.out
    );
    assert!(run.out.contains("= profiles in the segments"), "a table that adds up: {}", run.out);
    assert!(run.out.contains("segue run people"), "what to do: {}", run.out);
    assert!(!run.out.contains('{'), "no JSON for people: {}", run.out);
}

#[test]
fn all_runs_every_export() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(3), &sandbox);
    desk.json(&["export", "duplicate", "Weekly", "Second"]);
    let run = desk.run(&["export", "run", "--all", "--json"]);
    assert_eq!(run.code, 0, "{run:?}");
    let finished = run.lines().iter().filter(|line| line["event"] == "finished").count();
    assert_eq!(finished, 2, "one for each export: {run:?}");
}

#[test]
fn an_export_over_its_limit_is_refused_before_anything_is_written() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(5), &sandbox);
    desk.json(&["export", "edit", "Weekly", "--limit", "4"]);
    let run = desk.run(&["export", "run", "Weekly", "--json"]);
    assert_eq!(run.code, 5, "{run:?}");
    assert_eq!(sandbox.account()["contacts"], json!([]), "nobody went");
}
