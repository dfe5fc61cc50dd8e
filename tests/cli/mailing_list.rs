//! A plain mailing list: addresses without a CustomerId. A row's place says nothing of who stands there.

use serde_json::{Value, json};

use super::harness::{Desk, SandboxProcess};

const EXPORT: &[&str] = &["export", "add", "Weekly", "--connection", "News", "--audience", "List"];

/// A desk whose export `Weekly` has sent these lines, with these words of `export add` beside.
fn stage(lines: &[&str], words: &[&str]) -> (Desk, SandboxProcess) {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    let file = write(&desk, lines);
    desk.json(&["audience", "add", "files", "List", &file]);
    desk.json(&["segment", "add", "Everybody", "--audience", "List", "--where", "true"]);
    let connect = ["connection", "add", "autopilot", "News", "--agree", "--base-url", &sandbox.origin];
    let connected = desk.run_with_key(&[&connect[..], &["--rate", "0"]].concat(), &sandbox.key);
    assert_eq!(connected.code, 0, "{connected:?}");
    desk.json(&[EXPORT, &["--segment", "Everybody"], words].concat());
    let run = desk.run(&["export", "run", "Weekly"]);
    assert_eq!(run.code, 0, "{run:?}");
    sandbox.control("DELETE", "record", "");
    (desk, sandbox)
}

fn write(desk: &Desk, lines: &[&str]) -> String {
    desk.file("list.csv", &format!("{}\n", lines.join("\n")))
}

fn run(desk: &Desk) -> Value {
    desk.run(&["export", "run", "Weekly", "--json"]).finished()
}

fn people(desk: &Desk, run: &Value, outcome: &str) -> Vec<Value> {
    let id = run["id"].as_str().unwrap();
    desk.json(&["run", "people", id, "--outcome", outcome]).as_array().unwrap().clone()
}

fn column(people: &[Value], key: &str) -> Vec<String> {
    people.iter().map(|one| one[key].as_str().unwrap().to_owned()).collect()
}

/// Addresses in the bodies of all writing requests.
fn written(sandbox: &SandboxProcess) -> String {
    let record = sandbox.record();
    let writing = record.iter().filter(|request| request["method"] != "GET");
    writing.map(Value::to_string).collect()
}

fn addresses(count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("p{n:02}@example.com")).collect()
}

#[test]
fn one_more_on_top_and_one_less_in_the_middle_touches_nobody_else() {
    let addresses = addresses(12);
    // Without a line of names.
    let mut lines: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let (desk, sandbox) = stage(&lines, &["--match", "Email=Column1"]);
    // Were places identities, these would be the old addresses of others, and their opt-outs theirs.
    sandbox.control("POST", "contacts", r#"[{"Email":"p06@example.com","unsubscribed":true}]"#);
    lines.insert(0, "new@example.com");
    lines.retain(|line| *line != "p06@example.com");
    write(&desk, &lines);

    let preview = desk.json(&["export", "preview", "Weekly", "--people", "new"]);
    assert_eq!(
        (&preview["new"], &preview["changed"], &preview["leaving"], &preview["unchanged"]),
        (&json!(1), &json!(0), &json!(1), &json!(11)),
        "{preview}"
    );
    let run = run(&desk);
    assert_eq!((&run["status"], &run["verified"]), (&json!("successful"), &json!(true)), "{run}");
    let counts = &run["counts"];
    assert_eq!((&counts["created"], &counts["updated"]), (&json!(1), &json!(0)), "{counts}");
    assert_eq!((&counts["unchanged"], &counts["excluded"]), (&json!(11), &json!(0)), "{counts}");
    assert_eq!(counts["leavers_removed"], 1, "{counts}");
    assert_eq!(column(&people(&desk, &run, "created"), "email"), ["new@example.com"]);
    let leavers = people(&desk, &run, "leaver_removed");
    assert_eq!(column(&leavers, "email"), ["p06@example.com"]);
    assert_eq!(column(&leavers, "reason"), [""], "not an old address of anybody");
    let written = written(&sandbox);
    for address in addresses.iter().filter(|address| *address != "p06@example.com") {
        assert!(!written.contains(address.as_str()), "{address} is not touched: {written}");
    }
}

#[test]
fn whoever_stands_where_somebody_stood_is_not_who_left() {
    let addresses = addresses(12);
    let mut lines: Vec<&str> = std::iter::once("Email").chain(addresses.iter().map(String::as_str)).collect();
    let (desk, _sandbox) = stage(&lines, &["--match", "Email=Email"]);
    // Row 4 is somebody else now, whose address is of no use; who stood there is gone.
    lines[4] = "not an address";
    write(&desk, &lines);
    let run = run(&desk);
    assert_eq!(
        (&run["counts"]["invalid"], &run["counts"]["leavers_removed"]),
        (&json!(1), &json!(1)),
        "{run}"
    );
    let invalid = people(&desk, &run, "invalid");
    assert_eq!(
        (column(&invalid, "customer_id"), column(&invalid, "answer")),
        (vec!["4".into()], vec!["".into()])
    );
}

#[test]
fn a_value_that_does_not_fit_takes_nobody_off_their_list() {
    let addresses = addresses(12);
    let line = |address: &String| format!("{address},Ann");
    let mut lines: Vec<String> =
        std::iter::once("Email,Name".to_owned()).chain(addresses.iter().map(line)).collect();
    let borrowed: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (desk, _sandbox) = stage(&borrowed, &["--match", "Email=Email", "--match", "FirstName=Name"]);
    lines[3] = format!("P03@example.com,{}", "x".repeat(70_000));
    lines.insert(1, "new@example.com,Eva".to_owned());
    let borrowed: Vec<&str> = lines.iter().map(String::as_str).collect();
    write(&desk, &borrowed);
    let run = run(&desk);
    let counts = &run["counts"];
    assert_eq!((&counts["invalid"], &counts["leavers_removed"]), (&json!(1), &json!(0)), "{run}");
    assert_eq!((&counts["created"], &counts["unchanged"]), (&json!(1), &json!(11)), "{run}");
    assert_eq!(column(&people(&desk, &run, "invalid"), "answer"), ["address_lost: stays on the lists"]);
}

#[test]
fn of_rows_with_one_address_the_first_goes_and_receipts_keep_no_place() {
    let mut lines: Vec<String> = addresses(12);
    lines[10] = "P02@Example.com".to_owned();
    let mut borrowed: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (desk, _sandbox) = stage(&borrowed, &["--match", "Email=Column1"]);
    let first = desk.json(&["run", "list"])[0].clone();
    let duplicates = people(&desk, &first, "duplicate");
    assert_eq!(column(&duplicates, "customer_id"), ["11"], "row 2 stands before row 11");
    assert_eq!(column(&duplicates, "answer"), ["2 goes instead"]);
    let person = desk.json(&["person", "p02@example.com"]);
    assert_eq!(
        (&person["receipts"][0]["customer_id"], &person["receipts"][0]["email"]),
        (&json!(""), &json!("p02@example.com"))
    );
    // The other row goes instead now: the same person, nothing to send.
    borrowed.remove(1);
    write(&desk, &borrowed);
    let run = run(&desk);
    assert_eq!((&run["counts"]["unchanged"], &run["counts"]["source"]), (&json!(11), &json!(11)), "{run}");
    assert_eq!(run["counts"]["leavers_removed"], 0, "{run}");
}
