//! After the retention time exports go on as before: nobody is sent again because values were dropped.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use segue_audience::{FileAudiences, Settings};
use segue_engine::Engine;
use segue_engine::clock::{BootTime, Clock, SystemClock};
use segue_engine::keychain::Memory;
use serde_json::json;

use super::harness::{Desk, SandboxProcess};

/// The clock of the machine, 31 days on.
struct Later;

impl Clock for Later {
    fn now(&self) -> Timestamp {
        SystemClock.now() + SignedDuration::from_hours(24 * 31)
    }

    fn boot_time(&self) -> BootTime {
        SystemClock.boot_time()
    }
}

fn pass_a_month(desk: &Desk) -> segue_engine::Dropped {
    let audiences = Arc::new(FileAudiences::new(Settings::default()).unwrap());
    let engine = Engine::open(&desk.data(), audiences, Arc::new(Memory::default()), Arc::new(Later)).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(engine.apply_retention()).unwrap()
}

#[test]
fn an_unchanged_person_stays_unchanged_and_a_changed_one_is_updated() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    let csv = |first: &str| {
        format!(
            "CustomerId,FirstName,Email\n1,{first},anna@example.com\n2,Bo,bo@example.com\n3,Cecilia,\n4,,dag@example.com\n"
        )
    };
    desk.set_up(&csv("Anna"), &sandbox);
    let first = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    let id = first["id"].as_str().unwrap();
    let dropped = pass_a_month(&desk);
    assert_eq!((dropped.runs, dropped.lines, dropped.receipts), (1, 4, 3));

    let person = desk.run(&["person", "anna@example.com"]);
    assert!(person.out.contains("FirstName: past the retention time"), "{person:?}");
    desk.file("customers.csv", &csv("Annika"));
    let people = desk.json(&["export", "preview", "Weekly", "--people", "changed"])["people"].clone();
    assert_eq!(
        people[0]["changes"],
        json!([{"field": "FirstName", "old": null, "new": "Annika"}]),
        "the old value cannot be shown"
    );
    let second = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    let counts = &second["counts"];
    assert_eq!(
        (&counts["created"], &counts["updated"], &counts["unchanged"], &counts["invalid"]),
        (&json!(0), &json!(1), &json!(2), &json!(1)),
        "{second}"
    );
    assert_eq!(second["status"], "successful", "{second}");

    assert_eq!(desk.json(&["run", "show", id]), first, "counts stay");
    for words in [&["run", "people", id][..], &["run", "people", id, "--csv", "old.csv"]] {
        let refused = desk.run(&[words, &["--json"]].concat());
        assert_eq!((refused.code, &refused.error()["code"]), (1, &json!("past_retention")), "{refused:?}");
    }
    assert!(!desk.path("old.csv").exists(), "nothing is written");
    let log = desk.json(&["audit", "list"]);
    assert!(log.to_string().contains("dropped: 4 people of 1 runs, values of 3 receipts"), "{log}");
}
