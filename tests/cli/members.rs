//! Segments as files that name their members.

use serde_json::json;

use super::harness::{Desk, SandboxProcess, people};

#[test]
fn a_file_of_members_is_added_shown_counted_and_changed() {
    let desk = Desk::new();
    let customers = desk.file("people.csv", "CustomerId,City\n01,Solna\n1,Umeå\n2,Solna\n");
    desk.json(&["audience", "add", "files", "Customers", &customers]);
    let file = desk.file("vips.csv", "\u{feff}customerid;City\n01;Solna\n2;Solna\n77;Kiruna\n");
    // From another folder's view: what is kept is the absolute path.
    let added = desk.json(&["segment", "add", "VIPs", "--audience", "Customers", "--members", "vips.csv"]);
    assert_eq!(
        (&added["kind"], &added["file"], &added["key"]),
        (&json!("members"), &json!(file), &json!(null))
    );
    assert_eq!(desk.json(&["segment", "list"])[0]["file"], json!(file));
    let counted = desk.json(&["segment", "count", "VIPs"]);
    assert_eq!((&counted["members"], &counted["not_in_audience"]), (&json!(2), &json!(1)), "{counted}");
    let said = desk.run(&["segment", "count", "VIPs"]).out;
    assert_eq!(said, "2 profiles. The file names 1 id more that no profile has.\n");

    // Read again, as it is now.
    desk.file("vips.csv", "CustomerId\n1\n");
    assert_eq!(desk.json(&["segment", "count", "VIPs"])["members"], 1);
    desk.json(&["segment", "download", "VIPs", "out.csv"]);
    let out = std::fs::read_to_string(desk.path("out.csv")).unwrap();
    assert_eq!(out, "\u{feff}\"CustomerId\",\"City\"\r\n\"1\",\"Umeå\"\r\n");

    let other = desk.file("other.csv", "Member\n2\n");
    let edited = desk.json(&["segment", "edit", "VIPs", "--members", &other, "--key", "Member"]);
    assert_eq!((&edited["file"], &edited["key"]), (&json!(other), &json!("Member")));
    assert_eq!(desk.json(&["segment", "count", "VIPs"])["members"], 1);
    desk.json(&["segment", "edit", "VIPs", "--where", "true"]);
    let counted = desk.json(&["segment", "count", "VIPs"]);
    assert_eq!((&counted["members"], &counted["not_in_audience"]), (&json!(3), &json!(null)), "{counted}");
}

#[test]
fn what_cannot_be_used_changes_nothing() {
    let desk = Desk::new();
    let customers = desk.file("people.csv", "CustomerId,City\n1,Solna\n");
    let list = desk.file("list.csv", "a@example.com\n");
    desk.json(&["audience", "add", "files", "Customers", &customers]);
    desk.json(&["audience", "add", "files", "List", &list]);
    let file = desk.file("m.csv", "Email\na@example.com\n");
    for (words, code, expected) in [
        (&["Customers", "--members", "gone.csv"][..], 1, "gone.csv cannot be read"),
        (&["Customers", "--members", &file], 5, "m.csv” has no column “CustomerId” with the ids"),
        (&["Customers", "--where", "true", "--key", "City"], 2, "cannot be used with"),
        (&["Customers", "--key", "City"], 2, "required arguments were not provided"),
        (&["Customers", "--members", &file, "--where", "true"], 2, "cannot be used with"),
        (&["List", "--members", &file, "--key", "Email"], 5, "have no ids, only places in their file"),
    ] {
        let done = desk.run(&[&["segment", "add", "X", "--audience"], words].concat());
        assert_eq!(done.code, code, "{done:?}");
        assert!(done.err.contains(expected), "{}", done.err);
    }
    assert_eq!(desk.json(&["segment", "list"]), json!([]), "nothing was added");
}

#[test]
fn a_run_takes_the_file_as_it_is_and_is_refused_when_it_is_gone() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(20), &sandbox);
    let ids = |from: usize, to: usize| {
        let ids: String = (from..=to).map(|id| format!("C{id:06}\n")).collect();
        desk.file("chosen.csv", &format!("CustomerId\n{ids}Nobody\n"))
    };
    let file = ids(1, 12);
    desk.json(&["segment", "add", "Chosen", "--audience", "Customers", "--members", &file]);
    desk.json(&["export", "edit", "Weekly", "--segment", "Chosen", "--drop-segment", "Everybody"]);
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!((&run["counts"]["source"], &run["counts"]["created"]), (&json!(12), &json!(12)), "{run}");

    ids(2, 14);
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    let counts = &run["counts"];
    assert_eq!((&counts["created"], &counts["unchanged"]), (&json!(2), &json!(11)), "{run}");
    assert_eq!((&counts["leavers_removed"], &run["verified"]), (&json!(1), &json!(true)), "{run}");

    std::fs::remove_file(&file).unwrap();
    sandbox.control("DELETE", "record", "");
    for words in
        [&["export", "run", "Weekly"][..], &["export", "preview", "Weekly"], &["segment", "count", "Chosen"]]
    {
        let done = desk.run(words);
        assert_eq!(done.code, 1, "{done:?}");
        assert!(done.err.contains("chosen.csv” is not there."), "{}", done.err);
    }
    assert!(sandbox.record().iter().all(|request| request["method"] == "GET"), "nothing was written");
}
