//! When things run by themselves, as it is set up and shown.

use serde_json::{Value, json};

use super::harness::{Desk, SandboxProcess, people};

fn stage() -> (Desk, SandboxProcess) {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(3), &sandbox);
    (desk, sandbox)
}

#[test]
fn the_system_refresh_is_switched_on_shown_and_switched_off() {
    let (desk, _sandbox) = stage();
    let shown = desk.json(&["schedule"]);
    assert_eq!(shown, json!({"on": false, "recurrence": null, "next": null, "paused": false, "exports": 1}));

    let words = ["schedule", "--every", "week", "--on", "thu,Mon", "--at", "17:00", "--at", "8:30"];
    let on = desk.json(&[&words[..], &["--zone", "europe/stockholm"]].concat());
    let wanted =
        json!({"every": "week", "on": ["mon", "thu"], "at": ["08:30", "17:00"], "zone": "Europe/Stockholm"});
    assert_eq!((&on["on"], &on["recurrence"]), (&json!(true), &wanted), "{on}");
    assert!(on["next"].is_string(), "{on}");
    assert_eq!(desk.json(&["schedule"]), on, "shown as it was set");
    let said = desk.run(&["schedule"]).out;
    assert!(
        said.contains("runs every Monday and Thursday at 08:30 and 17:00 (Europe/Stockholm).")
            && said.contains("1 export runs with it."),
        "{said}"
    );

    let off = desk.json(&["schedule", "--off"]);
    assert_eq!((&off["on"], &off["next"]), (&json!(false), &Value::Null), "{off}");
    assert_eq!(off["recurrence"], wanted, "its times are kept");
    let zone = desk.json(&["schedule", "--every", "day", "--at", "06:00"])["recurrence"]["zone"].clone();
    assert_eq!(zone, "UTC", "without --zone, that of the computer");
}

#[test]
fn an_export_has_a_schedule_of_its_own_goes_with_the_system_or_with_nothing() {
    let (desk, _sandbox) = stage();
    let new = desk.json(&["export", "show", "Weekly"]);
    assert_eq!(new["schedule"], json!({"mode": "system", "recurrence": null}), "{new}");
    assert_eq!(new["next_run"], Value::Null, "the system refresh is off");

    let words = ["export", "schedule", "Weekly", "--every", "day", "--at", "08:30", "--zone", "Asia/Kolkata"];
    let own = desk.json(&words);
    let recurrence = json!({"every": "day", "on": [], "at": ["08:30"], "zone": "Asia/Kolkata"});
    assert_eq!(own["schedule"], json!({"mode": "own", "recurrence": recurrence}), "{own}");
    assert!(own["next_run"].as_str().unwrap().ends_with("T03:00:00Z"), "08:30 in India: {own}");
    assert_eq!(desk.json(&["export", "list"])[0], own, "one form everywhere");
    let said = desk.run(&["export", "show", "Weekly"]).out;
    assert!(said.contains("runs every day at 08:30 (Asia/Kolkata); next: "), "{said}");

    for (flag, mode) in [("--off", "off"), ("--system", "system")] {
        let shown = desk.json(&["export", "schedule", "Weekly", flag]);
        assert_eq!(shown["schedule"], json!({"mode": mode, "recurrence": recurrence}), "its times are kept");
        assert_eq!(shown["next_run"], Value::Null, "{shown}");
    }
    desk.json(&["schedule", "--every", "day", "--at", "06:00", "--zone", "UTC"]);
    let with = desk.json(&["export", "show", "Weekly"]);
    assert!(with["next_run"].as_str().unwrap().ends_with("T06:00:00Z"), "the next of the system: {with}");
    let copy = desk.json(&["export", "duplicate", "Weekly", "Second"]);
    assert_eq!(copy["schedule"]["mode"], "off", "a copy runs when somebody wants it to: {copy}");
}

#[test]
fn flags_that_do_not_go_together_are_wrong_usage_and_change_nothing() {
    let (desk, _sandbox) = stage();
    let before = desk.json(&["export", "show", "Weekly"]);
    let weekly = ["export", "schedule", "Weekly"];
    let five = ["--at", "01:00", "--at", "02:00", "--at", "03:00", "--at", "04:00", "--at", "05:00"];
    for flags in [
        &[][..],
        &["--off", "--system"],
        &["--off", "--every", "day", "--at", "08:30"],
        &["--system", "--at", "08:30"],
        &["--off", "--zone", "UTC"],
        &["--every", "day"],
        &["--every", "week", "--at", "08:30"],
        &["--every", "day", "--on", "Mon", "--at", "08:30"],
        &["--every", "week", "--on", "Mon,Someday", "--at", "08:30"],
        &["--every", "day", "--at", "25:00"],
        &["--every", "day", "--at", "08:30", "--zone", "Mars/Olympus"],
        &[&["--every", "day"][..], &five].concat(),
    ] {
        let done = desk.run(&[&weekly[..], flags, &["--json"]].concat());
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{flags:?}: {done:?}");
        assert_eq!(done.error()["code"], "usage", "{flags:?}");
    }
    assert_eq!(desk.json(&["export", "show", "Weekly"]), before, "nothing was changed");
    assert_eq!(desk.run(&["export", "schedule", "Nobody", "--off"]).code, 2);
    for words in [&["schedule", "install"][..], &["schedule", "--off", "--every", "day", "--at", "08:30"]] {
        assert_eq!(desk.run(words).code, 2, "{words:?}");
    }
}

#[test]
fn run_all_of_the_command_line_runs_what_is_off_as_well() {
    let (desk, _sandbox) = stage();
    desk.json(&["export", "schedule", "Weekly", "--off"]);
    let run = desk.run(&["export", "run", "--all", "--json"]).finished();
    assert_eq!((&run["trigger"], &run["counts"]["created"]), (&json!("command_line"), &json!(3)), "{run}");
}
