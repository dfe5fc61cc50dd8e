//! `segue sandbox`: its first line, its faults file, its end.

use std::io::Read;

use crate::harness::{Desk, SandboxProcess};

#[test]
fn the_first_line_is_as_promised_and_it_answers() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &["--latency-ms", "1", "--rate", "50"]);
    assert!(sandbox.origin.starts_with("http://127.0.0.1:"), "{}", sandbox.origin);
    assert_eq!(sandbox.key.len(), 32, "{}", sandbox.key);
    assert_eq!(sandbox.account()["contacts"], serde_json::json!([]), "an empty account");
    assert!(!desk.data().exists(), "a sandbox needs no data folder");
}

#[test]
fn a_wrong_faults_file_is_refused_with_its_place() {
    let desk = Desk::new();
    let file = desk.file("faults.json", "{\n  \"fauls\": []\n}\n");
    let done = desk.run(&["sandbox", "--faults", &file]);
    assert_eq!((done.code, done.out.as_str()), (2, ""));
    assert!(done.err.contains("line 2, column 9") && done.err.contains("fauls"), "{}", done.err);
    assert_eq!(done.err.lines().count(), 1, "one sentence: {}", done.err);
}

#[test]
fn a_taken_port_is_said() {
    let desk = Desk::new();
    let first = SandboxProcess::start(&desk, &[]);
    let port = first.origin.rsplit(':').next().unwrap();
    let done = desk.run(&["sandbox", "--port", port]);
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.err.contains(port), "{}", done.err);
}

#[cfg(unix)]
#[test]
fn sigterm_ends_it_quietly() {
    use rustix::process::{Pid, Signal, kill_process};
    let desk = Desk::new();
    let mut sandbox = SandboxProcess::start(&desk, &[]);
    kill_process(Pid::from_child(&sandbox.child), Signal::TERM).unwrap();
    assert_eq!(sandbox.child.wait().unwrap().code(), Some(0));
    let mut err = String::new();
    sandbox.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(err, "", "nothing to say");
}
