//! Audiences whose memberships stand in a file of their own.

use serde_json::{Value, json};

use super::harness::{Desk, SandboxProcess, people};

fn desk(memberships: &str) -> Desk {
    let desk = Desk::new();
    desk.file("people.csv", "CustomerId,City\n1,Solna\n2,Umeå\n3,Solna\n");
    desk.file("memberships.csv", memberships);
    desk
}

const ADD: &[&str] =
    &["audience", "add", "files", "Customers", "people.csv", "--memberships", "memberships.csv"];

fn names(desk: &Desk) -> Vec<String> {
    let listed = desk.json(&["segment", "list"]);
    listed.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_name_in_the_file_is_a_segment_and_follows_it() {
    let desk = desk("CustomerId,Segment\n1,VIP\n2,VIP\n3,=1+1\n9,=1+1\n");
    let added = desk.json(ADD);
    let file = desk.path("memberships.csv").display().to_string();
    assert_eq!(added["kind"]["memberships"], json!(file));
    assert_eq!(added["survey"]["segments"], json!(["VIP", "=1+1"]));
    assert!(desk.run(&["audience", "show", "Customers"]).out.contains("memberships of 2 segments"));
    assert_eq!(names(&desk), ["=1+1", "VIP"]);
    let listed = &desk.json(&["segment", "list"])[0];
    assert_eq!(
        (&listed["kind"], &listed["membership"], &listed["file"], &listed["audience"]),
        (&json!("membership"), &json!("=1+1"), &json!(file), &json!("Customers"))
    );
    let counted = desk.json(&["segment", "count", "=1+1"]);
    assert_eq!((&counted["members"], &counted["not_in_audience"]), (&json!(1), &json!(1)), "{counted}");

    // New ones come with the next refresh; one that is gone stays, with nobody in it.
    desk.json(&["segment", "rename", "VIP", "Best"]);
    desk.json(&["segment", "add", "New", "--audience", "Customers", "--where", "true"]);
    desk.file(
        "memberships.csv",
        "CustomerId,Segments\n1,\"[\"\"VIP\"\",\"\"New\"\"]\"\n3,\"[\"\"New\"\"]\"\n",
    );
    desk.json(&["audience", "refresh", "Customers"]);
    assert_eq!(names(&desk), ["=1+1", "Best", "New", "New (Customers)"]);
    let members = |name: &str| desk.json(&["segment", "count", name])["members"].clone();
    assert_eq!((members("Best"), members("=1+1")), (json!(1), json!(0)));
    assert_eq!((members("New"), members("New (Customers)")), (json!(3), json!(2)));
    desk.json(&["audience", "refresh", "Customers"]);
    assert_eq!(names(&desk).len(), 4, "a second time nothing is new");

    for (words, expected) in [
        (&["segment", "remove", "Best"][..], "names the segment “Best”; nothing was removed."),
        (&["segment", "edit", "Best", "--where", "true"], "memberships.csv; nothing was changed."),
    ] {
        let done = desk.run(words);
        assert_eq!(done.code, 2, "{done:?}");
        assert!(done.err.contains(expected), "{}", done.err);
    }
    desk.json(&["segment", "remove", "=1+1"]);
    desk.json(&["segment", "remove", "New"]);
    desk.json(&["audience", "remove", "Customers"]);
    assert_eq!(names(&desk), Vec::<String>::new(), "they went with their audience");
}

#[test]
fn what_cannot_be_added_changes_nothing() {
    let desk = desk("CustomerId,Segment\n1,VIP\n2,\n");
    let said = desk.run(ADD);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains("memberships.csv” has a segment without a name in line 3."), "{}", said.err);
    desk.file("memberships.csv", "CustomerId,Segment\n1,Other\n2,VIP\n");
    desk.json(&["audience", "add", "files", "Others", "people.csv"]);
    desk.json(&["segment", "add", "VIP", "--audience", "Others", "--where", "true"]);
    let said = desk.run(ADD);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.err.contains("There is already a segment called “VIP”; nothing was changed."),
        "{}",
        said.err
    );
    desk.file("people.csv", "Id,City\n1,Solna\n");
    let said = desk.run(ADD);
    assert_eq!(said.code, 5, "{said:?}");
    assert!(said.err.contains("Name the column that identifies a profile with --key."), "{}", said.err);
    assert_eq!(desk.json(&["audience", "list"]).as_array().map(Vec::len), Some(1));
    assert_eq!(names(&desk), ["VIP"]);
    // With a key they refer to it by its own name.
    desk.file("memberships.csv", "id,Segment\n1,Other\n");
    desk.json(&[ADD, &["--key", "Id"]].concat());
    assert_eq!(desk.json(&["segment", "count", "Other"])["members"], 1);
}

#[test]
fn an_export_of_a_segment_that_is_named_no_more_takes_nobody_off() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(30), &sandbox);
    let write = |segment: &str, from: usize| {
        let rows: String = (from..=20).map(|id| format!("C{id:06},{segment}\n")).collect();
        desk.file("memberships.csv", &format!("CustomerId,Segment\nC000030,Another\n{rows}"))
    };
    let file = write("VIP", 1);
    desk.json(&["audience", "add", "files", "Members", "customers.csv", "--memberships", &file]);
    let words = ["export", "add", "Daily", "--connection", "News", "--audience", "Members"];
    desk.json(&[&words[..], &["--match", "Email=Email", "--segment", "VIP"]].concat());
    let run = |code: i32| {
        let done = desk.run(&["export", "run", "Daily", "--json"]);
        assert_eq!(done.code, code, "{done:?}");
        done.finished()["counts"].clone()
    };
    assert_eq!(run(0)["created"], 20);
    write("VIP", 3);
    let counts = run(0);
    assert_eq!((&counts["unchanged"], &counts["leavers_removed"]), (&json!(18), &json!(2)), "{counts}");
    write("Vip", 3);
    let counts = run(3);
    assert_eq!((&counts["source"], &counts["leavers_held"]), (&json!(0), &json!(18)), "{counts}");
    let done = desk.run(&["audience", "remove", "Members"]);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("used by export “Daily”; nothing was removed."), "{}", done.err);
    assert!(names(&desk).contains(&"VIP".to_owned()));
    let kinds: Vec<Value> =
        desk.json(&["segment", "list", "--audience", "Members"]).as_array().unwrap().clone();
    assert!(kinds.iter().all(|one| one["kind"] == "membership"), "{kinds:?}");
}
