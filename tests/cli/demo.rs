//! `segue demo` from beginning to end.

use crate::harness::{Desk, names};

#[test]
fn it_comes_out_as_it_should_and_leaves_nothing_behind() {
    let desk = Desk::new();
    let done = desk.run(&["demo", "--profiles", "1000", "--json"]);
    let document = done.document();
    assert_eq!(done.code, 0, "{document:#}");
    assert_eq!(document["ok"], true);
    assert_eq!(document["profiles"], 1_003, "about one in a hundred changes: a third of them joins");
    assert!(names(&desk.path(".")).is_empty(), "no temporary folder and no data folder");
}

#[test]
fn it_is_a_story_for_people() {
    let desk = Desk::new();
    let done = desk.run(&["demo", "--profiles", "500"]);
    assert_eq!(done.code, 0, "{done:?}");
    for chapter in 1..=8 {
        assert!(
            done.out.contains(&format!("\n{chapter}. ")) || done.out.starts_with("1. "),
            "chapter {chapter}"
        );
    }
    assert!(done.out.contains("Yes: all"), "the verdict: {}", done.out);
    assert!(done.out.contains("segue audience add files Customers customers.csv"), "how to go on");
    assert!(!done.out.contains("{\""), "no JSON for people");
}
