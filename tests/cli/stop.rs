//! Ctrl-C, and a reader who goes away.

#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::harness::{Desk, SandboxProcess, people};

/// Starts the run and reads on until a fifth of 5,000 people are through, and others in flight.
fn under_way(desk: &Desk) -> (Child, BufReader<ChildStdout>) {
    let mut child = desk.command(&["export", "run", "Weekly", "--json"]).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while out.read_line(&mut line).unwrap() > 0 {
        let event: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(event["event"], "progress", "the run sends on: {event}");
        if event["counts"]["created"].as_u64().is_some_and(|created| created >= 1_000) {
            break;
        }
        line.clear();
    }
    (child, out)
}

#[test]
fn ctrl_c_finishes_what_is_in_flight_and_exits_4() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &["--latency-ms", "400"]);
    desk.set_up(&people(5_000), &sandbox);
    // Paced, so that the requests in flight end one after the other.
    desk.json(&["connection", "set", "News", "--rate", "20"]);
    let (child, out) = under_way(&desk);
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let last = out.lines().last().unwrap().unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", String::from_utf8_lossy(&output.stderr));
    let last: Value = serde_json::from_str(&last).unwrap();
    let run = &last["run"];
    assert_eq!(run["status"], "canceled", "{run}");
    let created = run["counts"]["created"].as_u64().unwrap();
    assert!(created > 0 && created < 5_000, "some went: {run}");
    assert_eq!(run["counts"]["not_attempted"], 5_000 - created, "and the others did not: {run}");
    sandbox.quiet();
    let held = sandbox.account()["contacts"].as_array().unwrap().len() as u64;
    assert_eq!(held, created, "what the account holds is what is said: nothing in flight was dropped");
    let open = sandbox.record().iter().filter(|request| request["reply_written"] == false).count();
    assert_eq!(open, 0, "every request was answered");
}

#[test]
fn a_key_that_is_refused_in_mid_run_stops_it_and_forgets_nobody() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &["--latency-ms", "400"]);
    desk.set_up(&people(5_000), &sandbox);
    desk.json(&["connection", "set", "News", "--rate", "20"]);
    sandbox.control(
        "PUT",
        "faults",
        r#"{"faults":[{"on":{"method":"POST","path":"/contacts","nth":[12]},"do":{"status":401}}]}"#,
    );
    let done = desk.run(&["export", "run", "Weekly", "--json"]);
    assert_eq!(done.code, 1, "{done:?}");
    let run = done.finished();
    assert_eq!((&run["status"], &run["resumable"]), (&"failed".into(), &true.into()), "{run}");
    let created = run["counts"]["created"].as_u64().unwrap();
    sandbox.quiet();
    let held = sandbox.account()["contacts"].as_array().unwrap().len() as u64;
    assert_eq!(held, created, "whoever was in flight was heard");
    let refused = sandbox.record().iter().position(|request| request["status"] == 401).unwrap();
    // 38 more would have gone; what was on the wire, or left before a slow answer was read, may have.
    assert!(sandbox.record().len() - refused <= 16, "nothing but what was in flight came after");
    let rest = desk.run(&["run", "resume", "--json"]).finished();
    assert_eq!(rest["counts"]["created"], 5_000, "{rest}");
    let rows: usize = sandbox
        .record()
        .iter()
        .filter(|request| request["path"] == "/v1/contacts" && request["status"] == 200)
        .map(|request| request["emails"].as_array().unwrap().len())
        .sum();
    assert_eq!(rows, 5_000, "nobody was sent twice");
}

#[test]
fn a_reader_who_goes_away_does_not_stop_a_run() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &["--latency-ms", "20"]);
    desk.set_up(&people(1_000), &sandbox);
    let mut child = desk.command(&["export", "run", "Weekly", "--json"]).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.stderr, b"", "quietly");
    assert_eq!(sandbox.account()["contacts"].as_array().map(Vec::len), Some(1_000), "everybody went");
}
