//! The log: there after a run, for its owner only, and without keys or people.

use crate::harness::{Desk, SandboxProcess, names, people};

#[test]
fn a_run_writes_one_without_keys_or_people() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(20), &sandbox);
    let folder = desk.data().join("logs");
    assert!(!folder.exists(), "setting up writes no log");
    assert_eq!(desk.run(&["export", "run", "Weekly"]).code, 0);

    let logs = names(&folder);
    assert_eq!(logs.len(), 1, "one file a day: {logs:?}");
    for name in logs {
        let file = folder.join(name);
        let text = std::fs::read_to_string(&file).unwrap();
        for line in text.lines() {
            let event: Result<serde_json::Value, _> = serde_json::from_str(line);
            assert!(event.is_ok(), "JSON lines: {line}");
        }
        for secret in [sandbox.key.as_str(), "person1@", "example.com", "Name1", "a passphrase for tests"] {
            assert!(!text.contains(secret), "{secret} in the log:\n{text}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
            assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        }
    }
}

#[test]
fn a_log_that_cannot_be_opened_stops_nothing() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(3), &sandbox);
    std::fs::write(desk.data().join("logs"), "in the way").unwrap();
    assert_eq!(desk.run(&["export", "run", "Weekly"]).code, 0);
}
