//! Bad input: one clear sentence and what to do, the exit code of cli.md, and nothing changed - neither
//! the data folder nor the account. The sentences are one snapshot, to be read aloud.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use super::harness::{Desk, Done, SandboxProcess, done, people};

/// Every file of the data folder with its bytes, but for the journal, which SQLite makes and drops at
/// will; `None` where there is no folder.
fn contents(folder: &Path) -> Option<BTreeMap<String, Vec<u8>>> {
    let entries = std::fs::read_dir(folder).ok()?.flatten();
    let files = entries.filter(|entry| entry.path().is_file());
    Some(
        files
            .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
            .filter(|(name, _)| !name.ends_with("-wal") && !name.ends_with("-shm"))
            .map(|(name, path)| (name, std::fs::read(path).unwrap()))
            .collect(),
    )
}

/// What people read, without what differs from machine to machine.
struct Book<'a> {
    desk: &'a Desk,
    sandbox: &'a SandboxProcess,
    text: String,
}

impl Book<'_> {
    fn note(&mut self, case: &str, done: &Done) {
        let folder = self.desk.path("").display().to_string();
        // A run tells its progress first.
        let from = done.err.find("error: ").unwrap_or_default();
        let said = done.err.split_at(from).1.replace(folder.trim_end_matches('/'), "[desk]");
        let said = said.replace(&self.sandbox.origin, "[sandbox]");
        assert_eq!(done.out, "", "{case}: nothing on standard output");
        assert!(said.starts_with("error: "), "{case}: {said}");
        assert!(said.trim_end().lines().count() <= 2, "{case}: a sentence and what to do: {said}");
        assert!(!said.contains("not-the-key") && !said.contains(&self.sandbox.key), "{case}: no key");
        self.text.push_str(&format!("## {case}\nexit {}\n{said}\n", done.code));
    }
}

#[test]
fn each_gets_its_sentence_and_changes_nothing() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    let mut book = Book { desk: &desk, sandbox: &sandbox, text: String::new() };
    desk.file("empty.csv", "");
    std::fs::write(desk.path("binary.csv"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0\xff\xfe\0").unwrap();
    desk.file("ragged.csv", "CustomerId,Email\n1,a@b.se\n2,b@b.se,x\n");
    desk.file("twice.csv", "CustomerId,Email\n1,a@b.se\n2,c@b.se\n1,b@b.se\n");
    std::fs::create_dir(desk.path("cdm")).unwrap();
    desk.file(
        "cdm/model.json",
        r#"{"entities":[{"name":"Customer","attributes":[{"name":"CustomerId","dataType":"string"}],
            "partitions":[{"name":"Customer_1","location":"https://account.example.com/box/Customer_1.csv"}]}]}"#,
    );
    desk.file("lines.ndjson", "{\"CustomerId\":\"1\",\"Email\":\"a@b.se\"}\n");
    let files = |name| ["audience", "add", "files", "X", name];
    let connect = |url| ["connection", "add", "autopilot", "S", "--agree", "--base-url", url];
    let fresh = [
        ("a file that is not there", &files("nowhere.csv")[..]),
        ("an empty file", &files("empty.csv")),
        ("a binary file", &files("binary.csv")),
        ("a ragged file", &files("ragged.csv")),
        ("a CustomerId twice", &files("twice.csv")),
        ("a CDM folder without its files", &files("cdm")),
        ("a delimiter for lines of JSON", &[&files("lines.ndjson")[..], &["--delimiter", ";"]].concat()),
        ("a refused key", &connect(&sandbox.origin)),
        ("a host that is down", &connect("http://127.0.0.1:9")),
        ("http to another computer", &connect("http://example.com")),
        ("no consent", &["connection", "add", "autopilot", "S", "--base-url", &sandbox.origin]),
    ];
    // With a data folder that is not there yet, and with one that is in use.
    for turn in 1..=2 {
        let before = contents(&desk.data());
        for (case, words) in fresh {
            let asked = sandbox.record().len();
            let done = desk.run_with_key(words, "not-the-key");
            assert!(contents(&desk.data()) == before, "{case}: the data folder is as it was");
            let asks = usize::from(case == "a refused key");
            assert_eq!(sandbox.record().len(), asked + asks, "{case}: only a key is ever tried");
            if turn == 1 {
                book.note(case, &done);
            }
        }
        if turn == 1 {
            assert_eq!(before, None, "nothing was made");
            desk.set_up(&people(5), &sandbox);
        }
    }

    let export =
        ["export", "add", "W", "--connection", "News", "--audience", "Customers", "--segment", "Everybody"];
    let segment = |predicate| ["segment", "add", "Y", "--audience", "Customers", "--where", predicate];
    let set_up = [
        ("an unknown column in --match", [&export[..], &["--match", "Email=Mail"]].concat()),
        (
            "a field that the account has not",
            [&export[..], &["--match", "Email=Email", "--match", "Shoe=FirstName"]].concat(),
        ),
        ("an unknown column in --where", segment("Town = 'x'").to_vec()),
        ("a bad predicate", segment("FirstName = ").to_vec()),
        ("a sub-query", segment("FirstName IN (SELECT Email FROM customer)").to_vec()),
        ("a function that is not on the list", segment("random() > 0.5").to_vec()),
    ];
    let (before, asked) = (contents(&desk.data()), sandbox.record().len());
    for (case, words) in &set_up {
        book.note(case, &desk.run(words));
        assert!(contents(&desk.data()) == before, "{case}: the data folder is as it was");
    }
    let no_store = {
        let mut command = desk.command(&["export", "run", "Weekly"]);
        command.env_remove("SEGUE_KEYCHAIN").env_remove("SEGUE_PASSPHRASE");
        // Not the key store of whoever runs the tests.
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        done(command)
    };
    book.note("no key store", &no_store);
    assert!(contents(&desk.data()) == before, "no key store: the data folder is as it was");
    let wrong_passphrase = {
        let mut command = desk.command(&["export", "run", "Weekly"]);
        command.env("SEGUE_PASSPHRASE", "another one");
        done(command)
    };
    book.note("another passphrase", &wrong_passphrase);
    assert!(contents(&desk.data()) == before, "another passphrase: the data folder is as it was");

    // The schema's version stands in the octets 60 to 63 of an SQLite file.
    let database = desk.data().join("segue.db");
    let sound = std::fs::read(&database).unwrap();
    let mut newer = sound.clone();
    newer[60..64].copy_from_slice(&999_u32.to_be_bytes());
    std::fs::write(&database, &newer).unwrap();
    let before = contents(&desk.data());
    book.note("a database of a newer Segue", &desk.run(&["export", "run", "Weekly"]));
    assert!(contents(&desk.data()) == before, "a newer database: the data folder is as it was");
    std::fs::write(&database, &sound).unwrap();
    assert_eq!(sandbox.record().len(), asked, "nothing went out");

    book.note("a second process on the same export", &second_process(&desk, &sandbox));
    insta::assert_snapshot!(book.text);
}

/// What a second process is told while the first one waits for the account.
fn second_process(desk: &Desk, sandbox: &SandboxProcess) -> Done {
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
    let asked = sandbox.record().len();
    let second = desk.run(&["export", "run", "Weekly"]);
    assert_eq!(second.code, 6, "{second:?}");
    assert_eq!(sandbox.record().len(), asked, "the second asks the account nothing");
    first.kill().unwrap();
    first.wait().unwrap();
    sandbox.control("PUT", "faults", "{}");
    let after = desk.run(&["export", "run", "Weekly", "--json"]);
    assert_eq!((after.code, after.finished()["counts"]["created"].as_u64()), (0, Some(5)), "{after:?}");
    second
}

/// A command with a disk of its own below the data folder: `script` mounts it. Needs no superuser.
#[cfg(target_os = "linux")]
fn with_disk(desk: &Desk, script: &str, words: &[&str]) -> Done {
    let own = desk.command(words);
    let mut command = Command::new("unshare");
    let namespaces = if rustix::process::geteuid().is_root() { "-m" } else { "-Urm" };
    command.args([namespaces, "sh", "-ec", &format!("{script}; exec \"$@\"")]);
    command.arg("sh").arg(own.get_program()).args(own.get_args());
    command.current_dir(desk.path("")).env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    command.env("DATA", desk.data());
    for (name, value) in own.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command.stdin(std::process::Stdio::null());
    done(command)
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_read_only_or_full_gets_its_sentence() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    let mut book = Book { desk: &desk, sandbox: &sandbox, text: String::new() };
    desk.set_up(&people(30_000), &sandbox);
    let (before, asked) = (contents(&desk.data()), sandbox.record().len());
    let run = ["export", "run", "Weekly"];

    let read_only = "mount --bind \"$DATA\" \"$DATA\"; mount -o remount,bind,ro \"$DATA\"";
    book.note("a read-only data folder", &with_disk(&desk, read_only, &run));
    let new = ["audience", "add", "files", "X", "customers.csv", "--data-dir", "data/new"];
    book.note("a data folder that cannot be made", &with_disk(&desk, read_only, &new));
    assert!(contents(&desk.data()) == before, "the data folder is as it was");
    assert_eq!(sandbox.record().len(), asked, "nothing was asked");

    // Room for the run's row, and not for its plan of 30,000 people.
    let full =
        "cp -a \"$DATA\" copy; mount -t tmpfs -o size=3m,mode=700 tmpfs \"$DATA\"; cp -a copy/. \"$DATA\"";
    let done = with_disk(&desk, full, &run);
    book.note("a full disk", &done);
    assert!(contents(&desk.data()) == before, "the data folder is as it was");
    assert!(sandbox.record().iter().all(|request| request["method"] == "GET"), "nobody was sent");
    insta::assert_snapshot!(book.text);
}
