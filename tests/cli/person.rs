//! One person over exports and runs, forgetting one, and the audit log (product.md rule 14).

use std::io::{BufRead as _, BufReader};

use serde_json::{Value, json};

use super::harness::{Desk, SandboxProcess, names, people};

const CSV: &str = "CustomerId,FirstName,Email\n\
    Q7-0001,Zebulon,zebulon@example.com\nQ7-0002,Twin,ZEBULON@example.com\nC2,Anna,anna@example.com\n";

fn stage() -> (Desk, SandboxProcess) {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(CSV, &sandbox);
    assert_eq!(desk.run(&["export", "run", "Weekly"]).code, 0);
    (desk, sandbox)
}

/// The files below the data folder in which a text stands, as it is or in UTF-16.
fn found_in(desk: &Desk, text: &str) -> Vec<String> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = Vec::new();
    let mut folders = vec![desk.data()];
    while let Some(folder) = folders.pop() {
        for name in names(&folder) {
            let path = folder.join(&name);
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let holds =
                |part: &[u8]| bytes.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part));
            if holds(text.as_bytes()) || holds(&wide) {
                found.push(name);
            }
        }
    }
    found
}

#[test]
fn a_person_is_found_in_any_spelling_with_all_that_was_sent() {
    let (desk, _sandbox) = stage();
    let person = desk.json(&["person", " Zebulon@EXAMPLE.com"]);
    let receipt = &person["receipts"][0];
    assert_eq!(
        (&receipt["export"], &receipt["customer_id"], &receipt["lists"], &receipt["fields"]),
        (&json!("Weekly"), &json!("Q7-0001"), &json!(["Everybody"]), &json!({"FirstName": "Zebulon"})),
        "{person}"
    );
    assert_eq!(person["runs"][0]["outcome"], "created", "{person}");
    assert_eq!(desk.json(&["person", "nobody@example.com"])["receipts"], json!([]));
    assert_eq!(desk.run(&["person", "no address"]).code, 2);
}

#[test]
fn a_forgotten_person_stands_in_no_byte_and_stays_away() {
    let (desk, sandbox) = stage();
    for text in ["zebulon", "Q7-0001", "Q7-0002"] {
        assert!(!found_in(&desk, text).is_empty(), "{text} is there before");
    }
    let done = desk.json(&["forget", "zebulon@example.com"]);
    assert_eq!((&done["lists_left"], &done["accounts"]), (&json!(1), &json!(["News"])), "{done}");
    for text in ["zebulon", "Q7-0001", "Q7-0002"] {
        assert_eq!(found_in(&desk, text), Vec::<String>::new(), "{text} is in no byte");
    }
    let lists = sandbox.account()["lists"].clone();
    assert_eq!(lists[0]["members"], 1, "off the list");
    assert_eq!(sandbox.account()["contacts"].as_array().map(Vec::len), Some(2), "the contact stays");

    sandbox.control("DELETE", "record", "");
    desk.json(&["audience", "refresh", "Customers"]);
    let run = desk.run(&["export", "run", "Weekly", "--full", "--json"]).finished();
    assert_eq!((&run["counts"]["excluded"], &run["counts"]["source"]), (&json!(2), &json!(3)), "{run}");
    let sent: Vec<Value> = sandbox
        .record()
        .into_iter()
        .filter(|request| request["emails"].to_string().to_lowercase().contains("zebulon"))
        .collect();
    assert!(sent.is_empty(), "{sent:?}");
    for text in ["zebulon", "Q7-0001", "Q7-0002"] {
        assert_eq!(found_in(&desk, text), Vec::<String>::new(), "{text} is in no byte of later runs");
    }
    assert_eq!(desk.json(&["person", "zebulon@example.com"])["forgotten"], true);
    let invalid = desk.json(&["run", "people", run["id"].as_str().unwrap(), "--outcome", "excluded"]);
    assert_eq!((&invalid[0]["reason"], &invalid[0]["email"]), (&json!("forgotten"), &json!("")));
}

#[test]
fn whoever_stands_beside_another_in_a_cell_is_forgotten_too() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    let cells =
        ["zebulon@example.com; bo@example.com", "Zeb <ZEBULON@example.com>", "mailto:zebulon@example.com"];
    let rows: String =
        cells.iter().enumerate().map(|(at, cell)| format!("Z{at},Name{at},\"{cell}\"\n")).collect();
    desk.set_up(&format!("CustomerId,FirstName,Email\n{rows}C2,Anna,anna@example.com\n"), &sandbox);
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!((&run["counts"]["invalid"], &run["counts"]["created"]), (&json!(3), &json!(1)), "{run}");
    assert!(!found_in(&desk, "zebulon").is_empty(), "it is there before");
    desk.json(&["forget", "zebulon@example.com"]);
    assert_eq!(found_in(&desk, "zebulon"), Vec::<String>::new(), "they are in no byte");
    let run = desk.run(&["export", "run", "Weekly", "--full", "--json"]).finished();
    assert_eq!((&run["counts"]["excluded"], &run["counts"]["updated"]), (&json!(3), &json!(1)), "{run}");
    assert_eq!(found_in(&desk, "zebulon"), Vec::<String>::new(), "nor of later runs");
}

#[test]
fn every_change_and_every_run_is_in_the_log_and_the_log_cannot_be_changed_unseen() {
    let (desk, _sandbox) = stage();
    desk.json(&["export", "rename", "Weekly", "Monthly"]);
    let log = desk.json(&["audit", "list"]);
    let actions: Vec<&str> =
        log.as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(
        actions,
        [
            "audience added",
            "segment added",
            "connection added, consent given",
            "export added",
            "export run",
            "export renamed"
        ]
    );
    assert!(log[0]["actor"].as_str().unwrap().starts_with("anna on "), "{log}");
    assert!(!log.to_string().contains("example.com"), "nobody is named: {log}");
    assert_eq!(log[4]["detail"], "successful: 2 created, 0 updated, 0 taken off");

    // Whoever writes to the file itself is found out.
    let database = desk.data().join("segue.db");
    let mut bytes = std::fs::read(&database).unwrap();
    let at = bytes.windows(14).position(|window| window == b"export renamed").unwrap();
    bytes[at..at + 14].copy_from_slice(b"export removed");
    std::fs::write(&database, bytes).unwrap();
    let done = desk.run(&["audit", "list", "--json"]);
    assert_eq!((done.code, &done.error()["code"]), (1, &json!("database")), "{done:?}");
    assert!(done.error()["message"].as_str().unwrap().contains("entry 6"), "{done:?}");
}

#[test]
fn nobody_is_forgotten_while_a_run_is_under_way() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(5), &sandbox);
    sandbox.control(
        "PUT",
        "faults",
        r#"{"faults":[{"on":{"method":"POST","path":"/contacts"},"do":{"hang":{"applied":false}}}]}"#,
    );
    let mut run = desk.command(&["export", "run", "Weekly", "--json"]).spawn().unwrap();
    while !sandbox.record().iter().any(|request| request["path"] == "/v1/contacts") {
        assert!(run.try_wait().unwrap().is_none(), "it hangs");
        std::thread::yield_now();
    }
    assert_eq!(desk.run(&["forget", "person1@example.com"]).code, 6);
    run.kill().unwrap();
    run.wait().unwrap();
    // The run that died would still have sent them.
    assert_eq!(desk.run(&["forget", "person1@example.com"]).code, 0);
    sandbox.control("PUT", "faults", "{}");
    let run = desk.run(&["run", "resume", "--json"]).finished();
    assert_eq!(
        (&run["counts"]["created"], &run["counts"]["excluded"], &run["counts"]["source"]),
        (&json!(4), &json!(1), &json!(5)),
        "{run}"
    );
}

#[test]
fn a_run_that_begins_while_somebody_is_forgotten_waits() {
    let (desk, sandbox) = stage();
    sandbox.control("DELETE", "record", "");
    sandbox.control(
        "PUT",
        "faults",
        r#"{"faults":[{"on":{"path":"/list/*"},"do":{"hang":{"applied":false}}}]}"#,
    );
    let mut forget = desk.command(&["forget", "zebulon@example.com"]).spawn().unwrap();
    while sandbox.record().is_empty() {
        assert!(forget.try_wait().unwrap().is_none(), "it asks the account first");
        std::thread::yield_now();
    }
    let mut run = desk.command(&["export", "run", "Weekly", "--full", "--json"]).spawn().unwrap();
    let out = BufReader::new(run.stdout.take().unwrap());
    let mut lines = out.lines().map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap());
    let first = lines.find(|event| event["event"] == "finished" || event["waiting"] != "").unwrap();
    assert_eq!(first["event"], "progress", "it waits: {first}");
    let writes = |request: &Value| request["path"] == "/v1/contacts";
    assert!(!sandbox.record().iter().any(writes), "and sends nobody");
    // What hangs goes on hanging; the run is to be answered.
    sandbox.control("PUT", "faults", "{}");
    // Whoever forgets died, and nobody is forgotten: the run has its turn.
    forget.kill().unwrap();
    forget.wait().unwrap();
    let last = lines.last().unwrap();
    assert_eq!(
        (run.wait().unwrap().code(), &last["run"]["status"]),
        (Some(0), &json!("successful")),
        "{last}"
    );
}
