//! Bad input: one clear sentence, the exit code of cli.md, and nothing changed - neither the data
//! folder nor the account.

use std::collections::BTreeMap;
use std::path::Path;

use super::harness::{Desk, SandboxProcess, people};

/// Every file of the data folder with its bytes, but for the lock, the journal and the logs.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.path().is_file());
    files
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
        .filter(|(name, _)| !name.ends_with("-wal") && !name.ends_with("-shm") && !name.ends_with(".lock"))
        .map(|(name, path)| (name, std::fs::read(path).unwrap()))
        .collect()
}

#[test]
fn each_gets_its_sentence_and_changes_nothing() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(5), &sandbox);
    desk.file("empty.csv", "");
    desk.file("binary.csv", "\u{1}\u{2}\0\0\u{3}PNG\0\0\0");
    desk.file("ragged.csv", "CustomerId,Email\n1,a@b.se\n2,b@b.se,x\n");
    desk.file("twice.csv", "CustomerId,Email\n1,a@b.se\n2,c@b.se\n1,b@b.se\n");
    let files = ["audience", "add", "files", "X"];
    let segment = ["segment", "add", "Y", "--audience", "Customers", "--where"];
    let connect = ["connection", "add", "autopilot", "S", "--agree", "--base-url"];
    let export =
        ["export", "add", "W", "--connection", "News", "--audience", "Customers", "--segment", "Everybody"];
    let cases: [(&[&str], &[&str], i32, &str); 13] = [
        (&files, &["nowhere.csv"], 1, "nowhere.csv cannot be read"),
        (&files, &["empty.csv"], 1, "is empty"),
        (&files, &["binary.csv"], 1, "is not a text file"),
        (&files, &["ragged.csv"], 1, "has 3 cells in line 3 where 2 are expected"),
        (&files, &["twice.csv"], 1, "stands twice, in lines 2 and 4"),
        (&export, &["--match", "Email=Mail"], 5, "no column “Mail”"),
        (&segment, &["Town = 'x'"], 2, "no column “Town” (line 1, column 1)"),
        (&segment, &["FirstName = "], 2, "an expression is missing"),
        (&segment, &["FirstName IN (SELECT Email FROM customer)"], 2, "sub-queries are not possible"),
        (&connect, &[&sandbox.origin], 1, "refused the API key"),
        (&connect, &["http://127.0.0.1:9"], 1, "cannot be reached"),
        (&connect, &["http://example.com"], 2, "http is taken only for this computer"),
        (&connect[..4], &["--base-url", &sandbox.origin], 5, "Nobody agreed"),
    ];
    let before = contents(&desk.data());
    let writes = |sandbox: &SandboxProcess| {
        sandbox.record().iter().filter(|request| request["method"] != "GET").count()
    };
    for (words, more, code, sentence) in cases {
        let done = desk.run_with_key(&[words, more].concat(), "not-the-key");
        assert_eq!(done.code, code, "{words:?} {more:?}: {done:?}");
        assert!(done.err.contains(sentence), "{words:?} {more:?} says: {}", done.err);
        assert_eq!(done.err.trim_end().lines().count(), 2, "a sentence and what to do: {}", done.err);
        assert!(contents(&desk.data()) == before, "{words:?} {more:?} leaves the data folder as it was");
    }
    assert_eq!(writes(&sandbox), 0);
}

#[test]
fn a_second_process_on_the_same_export_is_told() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(5), &sandbox);
    sandbox.control(
        "PUT",
        "faults",
        r#"{"faults":[{"on":{"method":"POST","path":"/contacts"},"do":"hang"}]}"#,
    );
    let mut first = desk.command(&["export", "run", "Weekly", "--json"]).spawn().unwrap();
    while !sandbox.record().iter().any(|request| request["path"] == "/v1/contacts") {
        assert!(first.try_wait().unwrap().is_none(), "the first hangs");
        std::thread::yield_now();
    }
    let second = desk.run(&["export", "run", "Weekly"]);
    assert_eq!(second.code, 6, "{second:?}");
    assert!(second.err.contains("Another process is running “Weekly”"), "{second:?}");
    first.kill().unwrap();
    first.wait().unwrap();
    sandbox.control("PUT", "faults", "{}");
    let after = desk.run(&["export", "run", "Weekly", "--json"]);
    assert_eq!((after.code, after.finished()["counts"]["created"].as_u64()), (0, Some(5)), "{after:?}");
}
