//! A known person with a new address (product.md rule 6).

use serde_json::{Value, json};

use super::harness::{Desk, SandboxProcess, people};

fn stage(profiles: usize) -> (Desk, SandboxProcess) {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(profiles), &sandbox);
    assert_eq!(desk.run(&["export", "run", "Weekly"]).code, 0);
    sandbox.control("DELETE", "record", "");
    (desk, sandbox)
}

fn on_list(sandbox: &SandboxProcess) -> Vec<String> {
    let account = sandbox.account();
    let mut emails: Vec<String> = account["contacts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|contact| contact["lists"] != json!([]))
        .map(|contact| contact["Email"].as_str().unwrap().to_owned())
        .collect();
    emails.sort();
    emails
}

#[test]
fn the_new_address_takes_the_place_of_the_old_one_whatever_the_guard() {
    let (desk, sandbox) = stage(12);
    // All but one: as leavers they would be held.
    let moved = people(12)
        .replace("example.com", "example.org")
        .replace("person7@example.org", "person7@example.com");
    desk.file("customers.csv", &moved);
    let preview = desk.json(&["export", "preview", "Weekly", "--people", "new"]);
    assert_eq!((&preview["new"], &preview["leaving"], &preview["held"]), (&json!(11), &json!(11), &json!(0)));
    assert_eq!(
        preview["people"][0]["changes"][0],
        json!({"field": "Email", "old": "person1@example.com", "new": "person1@example.org"})
    );
    let run = desk.run(&["export", "run", "Weekly", "--json"]);
    assert_eq!(run.code, 0, "{run:?}");
    let run = run.finished();
    assert_eq!(preview["requests"], run["requests"], "the preview counts the questions too");
    let on_list = on_list(&sandbox);
    assert_eq!(on_list.len(), 12);
    assert_eq!(on_list.iter().filter(|email| email.ends_with(".org")).count(), 11, "{on_list:?}");
    let people = desk.json(&["run", "people", run["id"].as_str().unwrap(), "--outcome", "leaver_removed"]);
    assert_eq!(people[0]["reason"], "address_changed", "{people}");
    let next = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!((&next["counts"]["unchanged"], &next["status"]), (&json!(12), &json!("successful")), "{next}");
}

#[test]
fn whoever_opted_out_is_not_mailed_under_the_new_one() {
    let (desk, sandbox) = stage(3);
    sandbox.control("POST", "contacts", r#"[{"Email":"person2@example.com","unsubscribed":true}]"#);
    desk.file("customers.csv", &people(3).replace("person2@example.com", "new2@example.com"));
    let preview = desk.json(&["export", "preview", "Weekly", "--people", "excluded"]);
    assert_eq!((&preview["excluded"], &preview["new"]), (&json!(1), &json!(0)), "{preview}");
    assert_eq!(preview["people"][0]["reason"], "opted_out");
    for turn in 1..=2 {
        let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
        assert_eq!(run["counts"]["excluded"], 1, "run {turn}: {run}");
        assert_eq!(run["counts"]["leavers_removed"], 0, "run {turn}: {run}");
        let people = desk.json(&["run", "people", run["id"].as_str().unwrap(), "--outcome", "excluded"]);
        assert_eq!(
            (&people[0]["reason"], &people[0]["customer_id"]),
            (&json!("opted_out"), &json!("C000002"))
        );
    }
    let sent: Vec<Value> =
        sandbox.record().into_iter().filter(|request| request["method"] != "GET").collect();
    assert!(sent.is_empty(), "nothing was written: {sent:?}");
}

#[test]
fn a_new_address_that_is_refused_leaves_the_old_one_where_it_is() {
    let (desk, sandbox) = stage(3);
    sandbox.control("PUT", "faults", r#"{"bad_row":"silent","bad_addresses":["new2@example.com"]}"#);
    desk.file("customers.csv", &people(3).replace("person2@example.com", "new2@example.com"));
    let run = desk.run(&["export", "run", "Weekly", "--json"]);
    assert_eq!(run.code, 3, "{run:?}");
    assert_eq!(on_list(&sandbox), ["person1@example.com", "person2@example.com", "person3@example.com"]);
    sandbox.control("PUT", "faults", "{}");
    assert_eq!(desk.run(&["export", "run", "Weekly"]).code, 0);
    assert_eq!(on_list(&sandbox), ["new2@example.com", "person1@example.com", "person3@example.com"]);
}
