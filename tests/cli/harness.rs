//! A desk to work at: a data folder of its own, the program `segue`, and sandboxes beside it. The
//! environment is empty but for what is set here, so that no test sees the machine's own data.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::schema;

/// A data folder, a place for files, and the program.
pub(crate) struct Desk {
    folder: TempDir,
}

/// What a command did.
#[derive(Debug)]
pub(crate) struct Done {
    /// Exit code; -1 when a signal ended it.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Desk {
    /// A new one; nothing is in it.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The data folder; it need not exist.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The path of a file beside the data folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file beside the data folder, and gives its path as text.
    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The program with these words, not started yet.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_segue"));
        command
            .args(words)
            .current_dir(self.folder.path())
            .env_clear()
            .env("SEGUE_DATA_DIR", self.data())
            .env("SEGUE_KEYCHAIN", "file")
            .env("SEGUE_PASSPHRASE", "a passphrase for tests")
            .env("TMPDIR", self.folder.path())
            .env("USER", "anna")
            .env("TZ", "UTC")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, words: &[&str]) -> Done {
        done(self.command(words))
    }

    /// Runs it to its end with this API key.
    pub(crate) fn run_with_key(&self, words: &[&str], key: &str) -> Done {
        let mut command = self.command(words);
        command.env("SEGUE_API_KEY", key);
        done(command)
    }

    /// Runs it with `--json`, wants success, and reads its one document.
    pub(crate) fn json(&self, words: &[&str]) -> Value {
        let done = self.run(&[words, &["--json"]].concat());
        assert_eq!(done.code, 0, "{words:?} is done: {done:?}");
        done.document()
    }

    /// An audience, a segment of all, a connection to the sandbox and the export `Weekly`.
    pub(crate) fn set_up(&self, csv: &str, sandbox: &SandboxProcess) {
        self.set_up_for("autopilot", csv, sandbox);
    }

    /// The same, with a connection to its account of this product.
    pub(crate) fn set_up_for(&self, product: &str, csv: &str, sandbox: &SandboxProcess) {
        let file = self.file("customers.csv", csv);
        self.json(&["audience", "add", "files", "Customers", &file]);
        self.json(&[
            "segment",
            "add",
            "Everybody",
            "--audience",
            "Customers",
            "--where",
            "CustomerId IS NOT NULL",
        ]);
        let words =
            ["connection", "add", product, "News", "--agree", "--base-url", &sandbox.origin, "--rate", "0"];
        let added = self.run_with_key(&words, &sandbox.key);
        assert_eq!(added.code, 0, "the sandbox takes its own key: {added:?}");
        self.json(&[
            "export",
            "add",
            "Weekly",
            "--connection",
            "News",
            "--audience",
            "Customers",
            "--match",
            "Email=Email",
            "--match",
            "FirstName=FirstName",
            "--segment",
            "Everybody",
        ]);
    }
}

impl Done {
    /// The one document on standard output.
    pub(crate) fn document(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("one JSON document ({error}): {self:?}"))
    }

    /// The objects on standard output, one a line.
    pub(crate) fn lines(&self) -> Vec<Value> {
        let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|_| panic!("JSON, not {line:?}"));
        self.out.lines().map(read).collect()
    }

    /// The run in the last line.
    pub(crate) fn finished(&self) -> Value {
        let last = self.lines().pop().unwrap_or_else(|| panic!("a line: {self:?}"));
        assert_eq!(last["event"], "finished", "the last line: {self:?}");
        last["run"].clone()
    }

    /// The error event on standard error.
    pub(crate) fn error(&self) -> Value {
        let line = self.err.lines().last().unwrap_or_default();
        let event: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("an error event: {self:?}"));
        assert_eq!(event["event"], "error", "{self:?}");
        event
    }
}

/// `segue sandbox` in a process of its own; dropping kills it.
pub(crate) struct SandboxProcess {
    pub(crate) child: Child,
    pub(crate) origin: String,
    pub(crate) key: String,
}

impl SandboxProcess {
    /// Starts it on a free port, with these words beside.
    pub(crate) fn start(desk: &Desk, words: &[&str]) -> Self {
        let mut child = desk.command(&[&["sandbox"], words].concat()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let said =
            first.trim_end().strip_prefix("listening on ").and_then(|rest| rest.split_once(", API key "));
        let (origin, key) = said.unwrap_or_else(|| panic!("the promised first line, not {first:?}"));
        Self { origin: origin.to_owned(), key: key.to_owned(), child }
    }

    /// Asks its control interface, `/_sandbox/…`.
    pub(crate) fn control(&self, method: &str, path: &str, body: &str) -> String {
        let address = self.origin.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} /_sandbox/{path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )
        .unwrap();
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).unwrap();
        let reply = String::from_utf8(reply).unwrap();
        assert!(reply.starts_with("HTTP/1.1 200"), "{method} {path} {body}: {reply}");
        reply.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
    }

    /// Every vendor request since the start.
    pub(crate) fn record(&self) -> Vec<Value> {
        self.control("GET", "record", "").lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    /// Waits until it is done with every request: it carries out what it has received, also when the
    /// client has gone.
    pub(crate) fn quiet(&self) {
        while !self.control("GET", "open", "").contains("\"open\":0") {
            std::thread::yield_now();
        }
    }

    /// What the account holds.
    pub(crate) fn account(&self) -> Value {
        serde_json::from_str(&self.control("GET", "account", "")).unwrap()
    }
}

impl Drop for SandboxProcess {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// `people` made-up profiles with the columns `CustomerId`, `FirstName` and `Email`.
pub(crate) fn people(people: usize) -> String {
    let mut csv = String::from("CustomerId,FirstName,Email\n");
    for id in 1..=people {
        csv.push_str(&format!("C{id:06},Name{id},person{id}@example.com\n"));
    }
    csv
}

/// The names in a folder; none where there is no folder.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// Runs a command to its end; what it prints as JSON fits its schema.
pub(crate) fn done(mut command: Command) -> Done {
    let output = command.output().unwrap();
    let done = Done {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    };
    let words: Vec<String> = command.get_args().map(|word| word.to_string_lossy().into_owned()).collect();
    schema::hold(&words, &done);
    done
}
