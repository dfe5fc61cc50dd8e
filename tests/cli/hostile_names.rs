//! Names that mean something elsewhere (T26): shown as they are or refused, and never anything else.

use serde_json::{Value, json};

use super::harness::{Desk, SandboxProcess, names};

/// Names that are kept as they are. One stands between quotes in a column too.
const KEPT: [&str; 13] = [
    "<img src=x onerror=alert(1)>",
    "{{7*7}}",
    "👩‍👩‍👧 Åsa",
    "__proto__",
    "constructor",
    "CON",
    "../x",
    "/etc/passwd",
    "=1+1",
    "'; DROP TABLE segment; --",
    "%s%n",
    "$(touch pwned)",
    "null",
];

#[test]
fn what_is_kept_is_shown_and_sent_as_it_is() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    let header: String = KEPT.map(|name| format!(",\"{}\"", name.replace('"', "\"\""))).concat();
    let cells = ",x".repeat(KEPT.len());
    let file = desk.file("c.csv", &format!("CustomerId,Email{header}\nC1,anna@example.com{cells}\n"));
    for (place, name) in KEPT.into_iter().enumerate() {
        desk.json(&["audience", "add", "files", name, &file]);
        let column = name.replace('"', "\"\"");
        desk.json(&["segment", "add", name, "--audience", name, "--where", &format!("\"{column}\" = 'x'")]);
        if place == 0 {
            let words = ["connection", "add", "autopilot", "N", "--agree", "--base-url", &sandbox.origin];
            assert_eq!(desk.run_with_key(&[&words[..], &["--rate", "0"]].concat(), &sandbox.key).code, 0);
        }
        desk.json(&["connection", "rename", if place == 0 { "N" } else { KEPT[place - 1] }, name]);
        let words =
            ["export", "add", name, "--connection", name, "--audience", name, "--match", "Email=Email"];
        let matching = format!("LastName={name}");
        desk.json(&[&words[..], &["--match", &matching, "--segment", name]].concat());
        let run = desk.run(&["export", "run", name, "--json"]);
        assert_eq!((run.code, &run.finished()["export"]), (0, &json!(name)), "{run:?}");
        assert_eq!(desk.json(&["export", "show", name])["segments"][0]["list"], name);
    }
    for noun in ["audience", "segment", "export"] {
        let listed = desk.json(&[noun, "list"]);
        let mut shown: Vec<&str> =
            listed.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        let mut wanted = KEPT.to_vec();
        shown.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(shown, wanted, "{noun}");
        assert_eq!(desk.run(&[noun, "list"]).code, 0);
    }
    let account = sandbox.account();
    let titles: Vec<&Value> =
        account["lists"].as_array().unwrap().iter().map(|list| &list["title"]).collect();
    assert_eq!(titles, KEPT, "the lists are called so");
    assert_eq!(account["contacts"][0]["LastName"], "x");
    let beside = names(desk.path("").as_path());
    assert!(beside.iter().all(|name| ["data", "c.csv"].contains(&name.as_str())), "{beside:?}");
    let inside = names(&desk.data());
    assert!(!inside.iter().any(|file| KEPT.iter().any(|name| file.contains(name))), "{inside:?}");
}

#[test]
fn what_is_no_name_is_refused_and_changes_nothing() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up("CustomerId,FirstName,Email\nC1,Anna,anna@example.com\n", &sandbox);
    let file = desk.path("customers.csv");
    let before = desk.json(&["audit", "list"]);
    let long = "x".repeat(10_000);
    for name in ["", " ", "\u{3000}", long.as_str(), "a\nb", "a\u{1b}[2Jb", "\u{7}"] {
        for words in [
            vec!["audience", "add", "files", name, file.to_str().unwrap()],
            vec!["segment", "add", name, "--audience", "Customers", "--where", "true"],
            vec!["segment", "rename", "Everybody", name],
            vec!["connection", "rename", "News", name],
            vec!["export", "rename", "Weekly", name],
            vec!["export", "duplicate", "Weekly", name],
        ] {
            let done = desk.run(&[&words[..], &["--json"]].concat());
            assert_eq!((done.code, &done.error()["code"]), (2, &json!("usage")), "{words:?}: {done:?}");
            assert!(!done.err.contains('\u{1b}') && done.err.len() < 1_000, "{words:?}");
        }
    }
    assert_eq!(desk.json(&["audit", "list"]), before, "nothing was changed");
}
