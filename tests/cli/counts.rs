//! Counts of segments: all of an audience at once, kept until data or rule are others.

use serde_json::{Value, json};

use crate::harness::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    write(&desk, 3);
    desk.json(&["audience", "add", "files", "Customers", "people.csv"]);
    desk
}

/// So many people, one of Umeå and the others of Solna.
fn write(desk: &Desk, people: usize) {
    let rows: String = (2..=people).map(|id| format!("{id},Solna,{id}\n")).collect();
    desk.file("people.csv", &format!("CustomerId,City,Orders\n1,Umeå,1\n{rows}"));
}

fn add(desk: &Desk, name: &str, predicate: &str) {
    desk.json(&["segment", "add", name, "--audience", "Customers", "--where", predicate]);
}

fn count(desk: &Desk, name: &str) -> Value {
    desk.json(&["segment", "count", name])
}

/// Name, members and whether they are outdated, of all.
fn listed(desk: &Desk) -> Value {
    let listed = desk.json(&["segment", "list"]);
    let listed = listed.as_array().unwrap().iter();
    listed.map(|one| json!([one["name"], one["members"], one["outdated"]])).collect()
}

#[test]
fn counting_one_counts_all_that_are_of_older_data() {
    let desk = desk();
    add(&desk, "Solna", "City = 'Solna'");
    add(&desk, "Umeå", "City = 'Umeå'");
    assert_eq!(listed(&desk), json!([["Solna", null, null], ["Umeå", null, null]]));
    assert!(desk.run(&["segment", "list"]).out.contains("not yet"));
    let first = count(&desk, "Solna");
    assert_eq!(listed(&desk), json!([["Solna", 2, false], ["Umeå", 1, false]]));
    assert_eq!(count(&desk, "Solna"), first, "it is known, and when it was counted");

    write(&desk, 5);
    assert_eq!(listed(&desk), json!([["Solna", 2, true], ["Umeå", 1, true]]), "nothing is read for the list");
    assert!(desk.run(&["segment", "list"]).out.contains("of older data"));
    assert_eq!(count(&desk, "Umeå")["members"], 1);
    assert_eq!(listed(&desk), json!([["Solna", 4, false], ["Umeå", 1, false]]));

    desk.json(&["segment", "edit", "Umeå", "--where", "true"]);
    assert_eq!(listed(&desk)[1], json!(["Umeå", null, null]), "another rule was never counted");
    desk.json(&["segment", "rename", "Solna", "Town"]);
    assert_eq!(listed(&desk)[0], json!(["Town", 4, false]));

    write(&desk, 6);
    desk.json(&["audience", "refresh", "Customers"]);
    assert_eq!(listed(&desk), json!([["Town", 5, false], ["Umeå", 6, false]]));
    std::fs::remove_file(desk.path("people.csv")).unwrap();
    assert_eq!(listed(&desk), json!([["Town", 5, true], ["Umeå", 6, true]]), "the file is gone");
    desk.json(&["segment", "remove", "Town"]);
    assert_eq!(listed(&desk), json!([["Umeå", 6, true]]));
}

#[test]
fn a_rule_that_reckons_from_now_is_counted_each_time() {
    let desk = desk();
    add(&desk, "Ever", "Orders > 0");
    add(&desk, "Today", "now() > TIMESTAMP '2020-01-01 00:00:00'");
    let (ever, today) = (count(&desk, "Ever"), count(&desk, "Today"));
    assert_eq!((&ever["members"], &today["members"]), (&json!(3), &json!(3)));
    assert_eq!(count(&desk, "Ever"), ever);
    assert_ne!(count(&desk, "Today")["counted_at"], today["counted_at"]);
}

#[test]
fn a_file_of_members_has_a_version_of_its_own() {
    let desk = desk();
    let file = desk.file("vips.csv", "CustomerId\n1\n9\n");
    desk.json(&["segment", "add", "VIPs", "--audience", "Customers", "--members", &file]);
    add(&desk, "Solna", "City = 'Solna'");
    count(&desk, "Solna");
    let vips = &desk.json(&["segment", "list"])[1];
    assert_eq!((&vips["members"], &vips["not_in_audience"]), (&json!(1), &json!(1)), "{vips}");
    desk.file("vips.csv", "CustomerId\n1\n2\n");
    assert_eq!(listed(&desk), json!([["Solna", 2, false], ["VIPs", 1, true]]));
    std::fs::remove_file(&file).unwrap();
    write(&desk, 4);
    assert_eq!(count(&desk, "Solna")["members"], 3, "the file of another segment is not asked for");
    assert_eq!(listed(&desk), json!([["Solna", 3, false], ["VIPs", 1, true]]));
}

#[test]
fn one_that_cannot_be_counted_keeps_no_other_from_it() {
    let desk = desk();
    add(&desk, "A", "City = 'Umeå'");
    add(&desk, "Broken", "substr(City, 1, Orders - 2) = 'x'");
    add(&desk, "C", "City = 'Solna'");
    add(&desk, "Gone", "Orders > 1");
    let done = desk.run(&["segment", "count", "Broken"]);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("cannot be computed"), "{}", done.err);
    assert_eq!(listed(&desk)[1], json!(["Broken", null, null]));
    assert_eq!(listed(&desk)[2], json!(["C", 2, false]), "it was counted along");
    desk.file("people.csv", "CustomerId,City\n1,Umeå\n2,Umeå\n");
    assert_eq!(count(&desk, "A")["members"], 2, "a column that others need is gone");
    assert_eq!(listed(&desk)[3], json!(["Gone", 2, true]));
}

#[test]
fn more_segments_than_an_export_may_have_are_counted_too() {
    let desk = Desk::new();
    desk.file("people.csv", "CustomerId\n1\n2\n");
    let rows: String = (0..300).map(|segment| format!("{},S{segment:03}\n", segment % 3)).collect();
    desk.file("memberships.csv", &format!("CustomerId,Segment\n{rows}"));
    desk.json(&["audience", "add", "files", "Customers", "people.csv", "--memberships", "memberships.csv"]);
    assert_eq!(count(&desk, "S007")["members"], 1);
    let expected: Vec<Value> =
        (0..300).map(|segment| json!([format!("S{segment:03}"), u8::from(segment % 3 > 0), false])).collect();
    assert_eq!(listed(&desk), json!(expected));
}
