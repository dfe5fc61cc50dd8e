//! The rate at the sandbox's door: over restarts and with two processes (reliability.md I8).

use super::harness::{Desk, SandboxProcess, people};

/// The most requests that arrived in any second.
fn most_in_a_second(sandbox: &SandboxProcess) -> usize {
    let times: Vec<f64> = sandbox.record().iter().filter_map(|request| request["t_ms"].as_f64()).collect();
    times
        .iter()
        .map(|from| times.iter().filter(|at| **at >= *from && **at < from + 1_000.0).count())
        .max()
        .unwrap_or(0)
}

fn refused_as_too_fast(sandbox: &SandboxProcess) -> usize {
    sandbox.record().iter().filter(|request| request["status"] == 429).count()
}

fn at_twenty(sandbox: &SandboxProcess, desk: &Desk, profiles: usize) {
    desk.set_up(&people(profiles), sandbox);
    desk.json(&["connection", "set", "News", "--rate", "20"]);
}

#[test]
fn over_a_restart() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &["--rate", "20"]);
    at_twenty(&sandbox, &desk, 6_000);
    let mut first = desk.command(&["export", "run", "Weekly", "--json"]).spawn().unwrap();
    while sandbox.record().len() < 30 {
        assert!(first.try_wait().unwrap().is_none(), "the run takes longer than thirty requests");
        std::thread::yield_now();
    }
    first.kill().unwrap();
    first.wait().unwrap();
    let done = desk.run(&["export", "run", "Weekly", "--json"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(done.finished()["counts"]["created"], 6_000);
    assert!(most_in_a_second(&sandbox) <= 20, "{}", most_in_a_second(&sandbox));
    assert_eq!(refused_as_too_fast(&sandbox), 0);
}

#[test]
fn with_two_processes() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &["--rate", "20"]);
    at_twenty(&sandbox, &desk, 2_500);
    desk.json(&["export", "duplicate", "Weekly", "Other"]);
    let first = desk.command(&["export", "run", "Weekly", "--json"]).spawn().unwrap();
    let second = desk.run(&["export", "run", "Other", "--json"]);
    let first = first.wait_with_output().unwrap();
    assert_eq!((first.status.code(), second.code), (Some(0), 0), "{second:?}");
    assert!(most_in_a_second(&sandbox) <= 20, "{}", most_in_a_second(&sandbox));
    assert_eq!(refused_as_too_fast(&sandbox), 0);
}
