//! Lists shared by exports, and lists that are emptied on the way out (product.md rule 4).

use serde_json::{Value, json};

use super::harness::{Desk, SandboxProcess, people};

fn stage() -> (Desk, SandboxProcess) {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(30), &sandbox);
    let half = "CustomerId <= 'C000015'";
    desk.json(&["segment", "add", "Half", "--audience", "Customers", "--where", half]);
    desk.json(&["export", "edit", "Weekly", "--segment", "Half"]);
    assert_eq!(desk.run(&["export", "run", "Weekly"]).code, 0);
    (desk, sandbox)
}

fn members(sandbox: &SandboxProcess) -> Vec<(Value, Value)> {
    let account = sandbox.account();
    let mut lists: Vec<(Value, Value)> = account["lists"]
        .as_array()
        .unwrap()
        .iter()
        .map(|list| (list["title"].clone(), list["members"].clone()))
        .collect();
    lists.sort_by_key(|(title, _)| title.to_string());
    lists
}

#[test]
fn a_dropped_segment_leaves_people_where_they_are_unless_asked_otherwise() {
    let (desk, sandbox) = stage();
    desk.json(&["export", "edit", "Weekly", "--drop-segment", "Half"]);
    assert_eq!(desk.run(&["export", "run", "Weekly"]).code, 0);
    assert_eq!(members(&sandbox), [(json!("Everybody"), json!(30)), (json!("Half"), json!(15))]);
    desk.json(&["export", "edit", "Weekly", "--segment", "Half"]);
    let edited = desk.json(&["export", "edit", "Weekly", "--drop-segment", "Half", "--empty-lists"]);
    assert_eq!(edited["segments"].as_array().map(Vec::len), Some(1), "{edited}");
    assert_eq!(members(&sandbox), [(json!("Everybody"), json!(30)), (json!("Half"), json!(0))]);
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!((&run["status"], &run["counts"]["unchanged"]), (&json!("successful"), &json!(30)), "{run}");
}

#[test]
fn a_shared_list_keeps_whom_another_export_holds_there() {
    let (desk, sandbox) = stage();
    desk.json(&["export", "duplicate", "Weekly", "Second"]);
    desk.json(&["export", "edit", "Second", "--drop-segment", "Everybody"]);
    assert_eq!(desk.run(&["export", "run", "Second"]).code, 0);
    let run = desk.json(&["export", "remove", "Weekly", "--empty-lists"]);
    assert_eq!(run["removed"], "Weekly");
    assert_eq!(members(&sandbox), [(json!("Everybody"), json!(0)), (json!("Half"), json!(15))]);
    assert_eq!(desk.json(&["export", "list"]).as_array().map(Vec::len), Some(1));
    assert_eq!(sandbox.account()["contacts"].as_array().map(Vec::len), Some(30), "no contact is deleted");
}

#[test]
fn an_export_stays_where_its_lists_could_not_be_emptied() {
    let (desk, sandbox) = stage();
    sandbox.control(
        "PUT",
        "faults",
        r#"{"faults":[{"on":{"method":"DELETE","path":"/list/*","nth":[3]},"do":{"status":400}}]}"#,
    );
    let done = desk.run(&["export", "remove", "Weekly", "--empty-lists", "--json"]);
    assert_eq!(done.code, 3, "{done:?}");
    assert_eq!(done.finished()["counts"]["leavers_failed"], 1);
    assert_eq!(desk.json(&["export", "list"]).as_array().map(Vec::len), Some(1), "nothing was removed");
    desk.json(&["export", "remove", "Weekly", "--empty-lists"]);
    assert_eq!(members(&sandbox), [(json!("Everybody"), json!(0)), (json!("Half"), json!(0))]);
}
