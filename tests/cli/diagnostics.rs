//! The diagnostics hold ids and numbers, and nothing of anybody, whatever went wrong before.

use std::process::Command;

use serde_json::{Value, json};

use super::harness::{Desk, SandboxProcess};

/// The parts of a zip file, unpacked by another program.
fn unpacked(desk: &Desk, file: &str) -> Vec<(String, String)> {
    let script = "import sys,zipfile,json\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n\
        print(json.dumps([[n,z.read(n).decode()] for n in z.namelist()]))";
    let output = Command::new("python3").args(["-c", script]).arg(desk.path(file)).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn part(parts: &[(String, String)], name: &str) -> Value {
    let (_, text) =
        parts.iter().find(|(found, _)| found == name).unwrap_or_else(|| panic!("{name} is in it"));
    serde_json::from_str(text).unwrap()
}

#[test]
fn no_canary_is_in_it() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    // Names that a user gives, people, values, and words of the account that repeat them.
    desk.set_up(
        "CustomerId,FirstName,Email\nCANARYID1,Canaryname,canary1@canary.example\nCANARYID2,Canaryname,canary2@canary.example\n\
         CANARYID3,Canaryname,canary3 at canary\n",
        &sandbox,
    );
    let file = desk.file("canaryfile.csv", "CanaryColumn,Email\nx,canary4@canary.example\n");
    desk.json(&["audience", "add", "files", "CanaryAudience", &file]);
    let words = ["segment", "add", "CanarySegment", "--audience", "CanaryAudience"];
    desk.json(&[&words[..], &["--where", "\"CanaryColumn\" = 'CanaryValue'"]].concat());
    desk.json(&[
        "export",
        "edit",
        "Weekly",
        "--segment",
        "Everybody=CanaryList",
        "--only-if",
        "FirstName=Canaryname",
    ]);
    desk.json(&["export", "rename", "Weekly", "CanaryExport"]);
    desk.json(&["connection", "rename", "News", "CanaryConnection"]);
    sandbox.control(
        "PUT",
        "faults",
        r#"{"faults":[{"on":{"method":"POST","path":"/contacts"},"do":{"status":400,"body":"canary1@canary.example is Canaryname, CANARYID1"}}]}"#,
    );
    let failed = desk.run(&["export", "run", "CanaryExport", "--json"]);
    assert_ne!(failed.code, 0, "the account says no: {failed:?}");
    sandbox.control("PUT", "faults", "{}");
    let tried = desk.run(&["export", "run", "CanaryExport", "--full", "--only", "canary1@canary.example"]);
    assert_eq!(tried.code, 3, "only some: {tried:?}");
    assert_ne!(desk.run(&["export", "run", "canary9@canary.example"]).code, 0);
    desk.json(&["forget", "canary2@canary.example"]);
    desk.run_with_key(&["connection", "set-key", "CanaryConnection"], "canarykey");

    let written = desk.json(&["diagnostics", "for-help.zip"]);
    let parts = unpacked(&desk, "for-help.zip");
    let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(written["entries"], json!(names));
    assert!(names[4].starts_with("logs/segue.") && parts[4].1.contains("A run ended."), "{names:?}");
    let folder = desk.path("").display().to_string();
    for (name, text) in &parts {
        let small = text.to_lowercase();
        for canary in ["canary", "zebulon", "anna", "weekly", "customers", "everybody", "@", "127.0.0.1"] {
            assert!(!small.contains(canary), "{canary} in {name}: {text}");
        }
        assert!(!text.contains(&sandbox.key), "no key in {name}");
    }
    // Not the home folder either.
    let mut command = desk.command(&["diagnostics", "again.zip"]);
    command.env("HOME", folder.trim_end_matches('/'));
    assert_eq!(super::harness::done(command).code, 0);
    let about = part(&unpacked(&desk, "again.zip"), "about.json");
    assert_eq!(about["data_folder"], "~/data", "{about}");

    let database = part(&parts, "database.json");
    assert_eq!(
        (&database["check"], &database["audit_verified"]),
        (&json!(["ok"]), &json!(true)),
        "{database}"
    );
    assert_eq!((&database["rows"]["audience"], &database["rows"]["forgotten"]), (&json!(2), &json!(1)));
    assert!(database["audit"]["export run"].as_u64() >= Some(1), "{database}");
    let settings = part(&parts, "settings.json");
    assert_eq!(settings["connections"][0]["account_at"], "this_computer", "{settings}");
    assert_eq!(settings["segments"][0]["kind"], "where", "{settings}");
    assert_eq!(settings["exports"][0]["own_titles"], 1, "{settings}");
    let runs = part(&parts, "runs.json");
    assert_eq!(runs.as_array().map(Vec::len), desk.json(&["run", "list"]).as_array().map(Vec::len));
    assert_eq!(runs[0]["counts"]["source"], 3, "{runs}");
}

#[test]
fn a_changed_audit_log_is_told_and_a_file_that_is_there_stays() {
    let desk = Desk::new();
    desk.file("customers.csv", "CustomerId,Email\n1,a@example.com\n");
    desk.json(&["audience", "add", "files", "Customers", "customers.csv"]);
    let database = desk.data().join("segue.db");
    let mut bytes = std::fs::read(&database).unwrap();
    let at = bytes.windows(14).position(|window| window == b"audience added").unwrap();
    bytes[at..at + 14].copy_from_slice(b"audience eaten");
    std::fs::write(&database, bytes).unwrap();
    desk.json(&["diagnostics", "d.zip"]);
    assert_eq!(part(&unpacked(&desk, "d.zip"), "database.json")["audit_verified"], false);

    let theirs = desk.file("theirs.zip", "PK\u{3}\u{4} theirs");
    assert_eq!(desk.run(&["diagnostics", &theirs]).code, 1);
    assert_eq!(std::fs::read_to_string(theirs).unwrap(), "PK\u{3}\u{4} theirs");
}
