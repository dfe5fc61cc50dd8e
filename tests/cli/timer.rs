//! Entries of the operating system's scheduler. A stand-in for `systemctl` writes down what it is asked.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::harness::{Desk, Done, done, names};

/// Runs `segue schedule …` with a home folder, and a `systemctl` that does this, if there is to be one.
fn run(desk: &Desk, words: &[&str], systemctl: Option<&str>) -> Done {
    let programs = desk.path("programs");
    fs::create_dir_all(&programs).unwrap();
    let program = programs.join("systemctl");
    match systemctl {
        Some(does) => {
            let asked = desk.path("asked");
            fs::write(&program, format!("#!/bin/sh\necho \"$@\" >> '{}'\n{does}\n", asked.display()))
                .unwrap();
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        }
        None => drop(fs::remove_file(&program)),
    }
    let mut command = desk.command(&[&["schedule"], words].concat());
    command.env("PATH", &programs).env("HOME", desk.path("home"));
    done(command)
}

fn units(desk: &Desk) -> PathBuf {
    desk.path("home/.config/systemd/user")
}

fn asked(desk: &Desk) -> String {
    fs::read_to_string(desk.path("asked")).unwrap_or_default()
}

const INSTALL: &[&str] = &["install", "--os"];

#[test]
fn it_is_set_up_twice_and_taken_away_twice() {
    let desk = Desk::new();
    for turn in ["first", "second"] {
        let done = run(&desk, INSTALL, Some("exit 0"));
        assert_eq!(done.code, 0, "{turn}: {done:?}");
        assert!(done.out.contains("systemd starts `segue tick` every five minutes now"), "{done:?}");
        assert!(done.err.contains("timer.env"), "where the passphrase comes from: {done:?}");
        assert!(!done.err.contains("a passphrase for tests"), "{done:?}");
    }
    let service = fs::read_to_string(units(&desk).join("segue.service")).unwrap();
    let line = format!(
        "ExecStart=\"{}\" --data-dir \"{}\" tick",
        env!("CARGO_BIN_EXE_segue"),
        desk.data().display()
    );
    assert!(service.lines().any(|found| found == line), "{line}:\n{service}");
    assert!(!service.contains("a passphrase for tests"), "no secret stands there");
    assert_eq!(asked(&desk), "--user daemon-reload\n--user enable --now segue.timer\n".repeat(2));

    for turn in ["first", "second"] {
        let done = run(&desk, &["uninstall", "--os", "--json"], Some("exit 0"));
        assert_eq!((done.code, &done.document()["installed"]), (0, &false.into()), "{turn}: {done:?}");
        assert_eq!(names(&units(&desk)), Vec::<String>::new());
    }
    assert!(!desk.data().exists(), "no data folder is made for it");
}

#[test]
fn it_does_not_say_that_it_ended_where_systemd_refuses() {
    let desk = Desk::new();
    assert_eq!(run(&desk, INSTALL, Some("exit 0")).code, 0);
    let done = run(&desk, &["uninstall", "--os"], Some("echo 'Access denied.' >&2; exit 1"));
    assert_eq!(done.code, 1, "{done:?}");
    assert!(done.err.contains("systemctl refused (Access denied); the entries are removed, but"), "{done:?}");
    assert_eq!(done.out, "", "{done:?}");
    assert_eq!(names(&units(&desk)), Vec::<String>::new());
    let done = run(&desk, &["uninstall", "--os"], Some("exit 1"));
    assert_eq!(done.code, 0, "there is nothing left to refuse: {done:?}");
}

#[test]
fn without_systemd_it_says_what_to_do_and_leaves_nothing() {
    let desk = Desk::new();
    for (systemctl, says) in [
        (None, "systemctl cannot be started"),
        (
            Some("echo 'Failed to connect to bus.' >&2; exit 1"),
            "systemctl refused (Failed to connect to bus);",
        ),
    ] {
        let done = run(&desk, INSTALL, systemctl);
        assert_ne!(done.code, 0, "{done:?}");
        assert!(done.err.contains(says) && done.err.contains("nothing was set up."), "{done:?}");
        assert!(
            done.err.contains("*/5 * * * * '") && done.err.contains(" tick"),
            "a line for cron: {done:?}"
        );
        assert_eq!(names(&units(&desk)), Vec::<String>::new(), "the files are gone again");
    }
}

#[test]
fn entries_that_work_stay_when_new_ones_are_refused() {
    let desk = Desk::new();
    assert_eq!(run(&desk, INSTALL, Some("exit 0")).code, 0);
    let before = fs::read_to_string(units(&desk).join("segue.service")).unwrap();
    let other = desk.path("other data");
    let words = ["install", "--os", "--data-dir", other.to_str().unwrap()];
    assert_eq!(run(&desk, &words, Some("exit 1")).code, 1);
    assert_eq!(fs::read_to_string(units(&desk).join("segue.service")).unwrap(), before);
    assert_eq!(run(&desk, &words, Some("exit 0")).code, 0);
    let after = fs::read_to_string(units(&desk).join("segue.service")).unwrap();
    assert!(after.contains("/other data\" tick"), "{after}");
}

#[test]
fn the_real_systemd_reads_the_entries() {
    let desk = Desk::new();
    let odd = desk.path("it's 100% $HOME \"x\" \\ ; #");
    let words = ["install", "--os", "--data-dir", odd.to_str().unwrap()];
    assert_eq!(run(&desk, &words, Some("exit 0")).code, 0);
    let verify = std::process::Command::new("systemd-analyze")
        .args(["--user", "verify"])
        .args(["segue.timer", "segue.service"].map(|name| units(&desk).join(name)))
        .env("HOME", desk.path("home"))
        .env("XDG_RUNTIME_DIR", desk.path(""))
        .output();
    // Not every machine that runs tests has it, and not everywhere may it begin.
    let Ok(verify) = verify else { return };
    let said = String::from_utf8_lossy(&verify.stderr);
    assert!(verify.status.success() || said.contains("Failed to initialize manager"), "{said}");
    assert!(!said.contains("segue."), "{said}");
}
