//! `segue tick`: whatever is due, once. The clock is a file.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::harness::{Desk, Done, SandboxProcess, done, people};

/// 2026-03-02, a Monday, at 00:00 UTC.
const MONDAY: i64 = 1_772_409_600;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// A desk whose clock stands where it is put.
struct Stage {
    desk: Desk,
    sandbox: SandboxProcess,
    now: i64,
}

impl Stage {
    fn new() -> Self {
        let desk = Desk::new();
        let sandbox = SandboxProcess::start(&desk, &[]);
        desk.set_up(&people(3), &sandbox);
        Self { desk, sandbox, now: MONDAY }
    }

    /// Runs it to its end, at this stage's time.
    fn run(&self, words: &[&str]) -> Done {
        done(self.command(words))
    }

    /// The same, still to be started.
    fn command(&self, words: &[&str]) -> Command {
        // In one step: a program under way looks at it too.
        let new = self.desk.file("clock.new", &self.now.to_string());
        let clock = self.desk.path("clock");
        std::fs::rename(new, &clock).unwrap();
        let mut command = self.desk.command(words);
        command.env("SEGUE_TEST_CLOCK", clock);
        command
    }

    fn tick(&self) -> Done {
        self.run(&["tick", "--json"])
    }

    /// The runs of a tick that is done.
    fn ended(&self) -> Vec<Value> {
        let done = self.tick();
        assert_eq!(done.code, 0, "{done:?}");
        let lines = done.lines().into_iter();
        lines.filter(|line| line["event"] == "finished").map(|line| line["run"].clone()).collect()
    }

    fn set(&self, words: &[&str]) {
        let done = self.run(words);
        assert_eq!(done.code, 0, "{words:?}: {done:?}");
    }
}

#[test]
fn a_due_time_is_one_run_and_missed_ones_are_one_that_is_late() {
    let mut stage = Stage::new();
    stage.set(&["export", "schedule", "Weekly", "--every", "day", "--at", "08:30", "--zone", "UTC"]);
    let nothing = stage.run(&["tick"]);
    assert_eq!(nothing.code, 0, "{nothing:?}");
    assert_eq!(nothing.out, "Nothing is due; next: 2026-03-02 08:30.\n");
    assert_eq!(stage.tick().out, "", "no document for programs");

    stage.now += 8 * HOUR + 30 * 60;
    let runs = stage.ended();
    assert_eq!(runs.len(), 1, "{runs:?}");
    assert_eq!(
        [&runs[0]["trigger"], &runs[0]["late"], &runs[0]["counts"]["created"]],
        [&json!("schedule"), &json!(false), &json!(3)],
    );
    assert_eq!(stage.ended(), Vec::<Value>::new(), "once");

    stage.now += 3 * DAY + HOUR;
    let runs = stage.ended();
    assert_eq!(runs.len(), 1, "three times were missed: {runs:?}");
    assert_eq!(runs[0]["late"], true, "{runs:?}");
    assert_eq!(stage.ended(), Vec::<Value>::new(), "once");
    let said = stage.run(&["run", "show", runs[0]["id"].as_str().unwrap()]).out;
    assert!(said.contains("begun by its own schedule (late)"), "{said}");
}

#[test]
fn the_system_refresh_reads_anew_and_runs_what_goes_with_it() {
    let mut stage = Stage::new();
    stage.set(&["schedule", "--every", "week", "--on", "Mon", "--at", "06:00", "--zone", "UTC"]);
    stage.desk.file("customers.csv", &people(5));
    stage.now += 6 * HOUR;
    let done = stage.run(&["tick"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert!(done.err.contains("Customers: 5 profiles, 1 segment counted"), "{done:?}");
    assert!(done.out.contains("“Weekly” is done: 5 people were sent"), "{done:?}");
    let runs = stage.desk.json(&["run", "list"]);
    assert_eq!(
        (&runs[0]["trigger"], runs.as_array().unwrap().len()),
        (&json!("system_refresh"), 1),
        "{runs}"
    );
    let shown = stage.run(&["schedule"]).out;
    assert!(shown.contains("Last: 2026-03-02 06:00 (Successful)."), "{shown}");
}

#[test]
fn an_audience_that_cannot_be_read_fails_the_tick_and_skips_its_exports() {
    let mut stage = Stage::new();
    stage.set(&["schedule", "--every", "day", "--at", "06:00", "--zone", "UTC"]);
    std::fs::remove_file(stage.desk.path("customers.csv")).unwrap();
    stage.now += 6 * HOUR;
    let done = stage.tick();
    assert_eq!(done.code, 1, "{done:?}");
    let run = done.finished();
    assert_eq!((&run["status"], &run["trigger"]), (&json!("skipped"), &json!("system_refresh")), "{run}");
    let said = stage.run(&["run", "show", run["id"].as_str().unwrap()]).out;
    assert!(said.contains("“Weekly” was skipped, and nobody was sent: "), "{said}");
    assert_eq!(stage.sandbox.account()["contacts"], json!([]));
    assert_eq!(stage.tick().code, 0, "until the next time");
}

#[test]
fn the_highest_exit_code_is_that_of_the_tick() {
    let mut stage = Stage::new();
    stage.set(&["export", "duplicate", "Weekly", "Wrong"]);
    stage.set(&["export", "edit", "Wrong", "--limit", "1"]);
    for name in ["Weekly", "Wrong"] {
        stage.set(&["export", "schedule", name, "--every", "day", "--at", "08:30", "--zone", "UTC"]);
    }
    stage.now += 9 * HOUR;
    let done = stage.tick();
    assert_eq!(done.code, 5, "one is refused, the other runs: {done:?}");
    assert_eq!(stage.sandbox.account()["contacts"].as_array().unwrap().len(), 3);
}

#[test]
fn of_the_window_and_ticks_at_once_one_runs_what_is_due() {
    const ROUNDS: usize = 6;
    let mut stage = Stage::new();
    stage.set(&["export", "schedule", "Weekly", "--every", "day", "--at", "08:30", "--zone", "UTC"]);
    stage.set(&["schedule", "--every", "day", "--at", "20:30", "--zone", "UTC"]);
    stage.set(&["export", "duplicate", "Weekly", "With the refresh"]);
    stage.set(&["export", "schedule", "With the refresh", "--system"]);
    // What the window starts: it looks every second under the clock of a test.
    let mut window = stage
        .command(&["engine", "--stdio"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    stage.now += 8 * HOUR + 30 * 60;
    for round in 1..=ROUNDS {
        let ticks: Vec<_> =
            (0..3).map(|_| stage.command(&["tick"]).stdout(Stdio::null()).spawn().unwrap()).collect();
        for mut tick in ticks {
            assert!(tick.wait().unwrap().success(), "round {round}");
        }
        // Whoever took it has brought it to its end.
        let runs = loop {
            let runs = stage.desk.json(&["run", "list"]);
            let ended = runs.as_array().unwrap().iter().filter(|run| run["status"] == "successful").count();
            if ended >= round {
                break runs;
            }
        };
        assert_eq!(runs.as_array().unwrap().len(), round, "{runs}");
        stage.now += DAY / 2;
    }
    drop(window.stdin.take());
    assert!(window.wait().unwrap().success());
    let runs = stage.desk.json(&["run", "list"]);
    let of = |trigger: &str| runs.as_array().unwrap().iter().filter(|run| run["trigger"] == trigger).count();
    assert_eq!((of("schedule"), of("system_refresh")), (ROUNDS / 2, ROUNDS / 2), "{runs}");
}
