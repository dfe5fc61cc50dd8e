//! Schedules as the window sees them: set, shown, and runs that come by themselves.

use std::time::Duration;

use segue_engine::clock::Clock as _;
use serde_json::{Value, json};

use crate::hands::{Hands, hours, minutes};
use crate::window::{Place, Window};

fn daily(at: &[&str]) -> Value {
    json!({ "every": "day", "on": [], "at": at, "zone": "Europe/Stockholm" })
}

fn own(at: &[&str]) -> Value {
    json!({ "mode": "own", "recurrence": daily(at) })
}

fn with(exports: &[&Value], run: bool, schedule: &Value) -> Value {
    json!({ "exports": exports, "run": run, "schedule": schedule })
}

/// A window half a minute before 08:00 in Stockholm, and an export that is due then every day.
async fn before_eight(customers: usize) -> (Hands, Place, Window, Value) {
    let hands = Hands::at("2026-03-10T06:59:30Z");
    let place = Place::with_hands(customers, &hands).await;
    let id = json!(place.export("Daily").await);
    let mut window = place.window().await;
    window.ask("export_schedule", with(&[&id], true, &own(&["08:00"]))).await;
    (hands, place, window, id)
}

async fn row(window: &mut Window, id: &Value) -> Value {
    let rows = window.ask("export_list", json!({})).await;
    rows.as_array().unwrap().iter().find(|row| row["id"] == *id).unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn schedules_are_set_and_shown() {
    let hands = Hands::at("2026-03-10T07:00:00Z");
    let place = Place::with_hands(3, &hands).await;
    let (one, other) = (json!(place.export("One").await), json!(place.export("Other").await));
    let mut window = place.window().await;

    let view = window.ask("schedule_get", json!({})).await;
    assert_eq!(
        (&view["on"], &view["recurrence"], &view["exports"]),
        (&json!(false), &Value::Null, &json!(2))
    );
    let wanted = json!({ "on": true, "recurrence": daily(&["14:30", "06:00"]) });
    let view = window.ask("schedule_set", wanted).await;
    assert_eq!(view["recurrence"]["at"], json!(["06:00", "14:30"]), "in order");
    assert_eq!(view["next"], "2026-03-10T13:30:00Z");
    let shown = row(&mut window, &one).await;
    assert_eq!((&shown["schedule"]["mode"], &shown["next_run"]), (&json!("system"), &view["next"]));
    assert_eq!(shown["pending"], false);

    window.ask("export_schedule", with(&[&one, &other, &one], true, &own(&["09:00"]))).await;
    assert_eq!(row(&mut window, &other).await["next_run"], "2026-03-10T08:00:00Z");
    let home = window.ask("home", json!({})).await;
    let next: Vec<&Value> =
        home["next"].as_array().unwrap().iter().map(|next| &next["export"]["name"]).collect();
    assert_eq!(next, [&json!("One"), &json!("Other"), &Value::Null], "{home}");
    window.ask("export_schedule", with(&[&one], false, &Value::Null)).await;
    let shown = row(&mut window, &one).await;
    assert_eq!((&shown["schedule"]["mode"], &shown["next_run"]), (&json!("off"), &Value::Null));
    assert_eq!(shown["schedule"]["recurrence"], daily(&["09:00"]), "kept");
    window.ask("export_schedule", with(&[&one, &other], true, &Value::Null)).await;
    assert_eq!(row(&mut window, &one).await["next_run"], "2026-03-10T08:00:00Z");

    let paused = window.ask("schedule_pause", json!({ "paused": true })).await;
    assert_eq!((&paused["paused"], &paused["next"]), (&json!(true), &Value::Null));
    assert_eq!(row(&mut window, &one).await["next_run"], Value::Null);
    let home = window.ask("home", json!({})).await;
    assert_eq!((&home["paused"], &home["next"]), (&json!(true), &json!([])));
    window.ask("schedule_pause", json!({ "paused": false })).await;

    let zones = window.ask("zone_list", json!({})).await;
    let stockholm = zones.as_array().unwrap().iter().find(|zone| zone["name"] == "Europe/Stockholm");
    assert_eq!(stockholm.unwrap()["offset"], 60);

    for (command, wrong) in [
        ("schedule_set", json!({ "on": true, "recurrence": null })),
        (
            "schedule_set",
            json!({ "on": true, "recurrence": daily(&["1:00", "2:00", "3:00", "4:00", "5:00"]) }),
        ),
        ("export_schedule", with(&[], true, &Value::Null)),
        ("export_schedule", with(&[&one], true, &json!({ "mode": "own", "recurrence": daily(&[]) }))),
        (
            "export_schedule",
            json!({ "exports": [one], "run": true, "schedule": {
            "mode": "own", "recurrence": { "every": "day", "on": [], "at": ["08:00"], "zone": "Mars/Olympus" } } }),
        ),
    ] {
        assert_eq!(window.try_ask(command, wrong.clone()).await.unwrap_err()["code"], "usage", "{wrong}");
    }
    let gone = with(&[&one, &json!("gone")], false, &Value::Null);
    assert_eq!(window.try_ask("export_schedule", gone).await.unwrap_err()["code"], "not_found");
    assert_eq!(row(&mut window, &one).await["schedule"]["mode"], "own", "all of them or none");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_due_run_comes_by_itself() {
    let (hands, _place, mut window, id) = before_eight(3).await;
    hands.pass(minutes(1));
    let run = window.event("run_ended", |_| true).await;
    assert_eq!((&run["export_id"], &run["status"]), (&id, &json!("successful")), "{run}");
    assert_eq!((&run["trigger"], &run["late"]), (&json!("schedule"), &json!(false)));
    hands.pass(hours(49));
    let run = window.event("run_ended", |_| true).await;
    assert_eq!((&run["trigger"], &run["late"]), (&json!("schedule"), &json!(true)));
    assert_eq!(row(&mut window, &id).await["next_run"], "2026-03-13T07:00:00Z");
    let said = window.close().await;
    assert!(said.iter().all(|line| line["event"] != "run_ended"), "two days are one run");
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_refreshed_on_demand() {
    let hands = Hands::at("2026-03-10T07:00:00Z");
    let place = Place::with_hands(3, &hands).await;
    let id = json!(place.export("With the refresh").await);
    let mut window = place.window().await;
    place.customers.change(|rows| rows.truncate(2));
    window.ask("refresh_now", json!({})).await;
    let refresh = window.event("refresh", |refresh| !refresh["finished_at"].is_null()).await;
    assert_eq!(refresh["audiences"][0]["state"], "successful", "{refresh}");
    assert_eq!((&refresh["audiences"][0]["profiles"], &refresh["due_at"]), (&json!(2), &Value::Null));
    let run = window.event("run_ended", |run| run["export_id"] == id).await;
    assert_eq!((&run["trigger"], &run["counts"]["created"]), (&json!("system_refresh"), &json!(2)));
    let status = window.ask("system_status", json!({})).await;
    assert_eq!(status["refresh"], refresh);
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_comes_during_a_run_is_one_run_afterwards() {
    let (hands, place, mut window, id) = before_eight(3).await;
    place.sandbox.set_latency(Duration::from_millis(200));
    let begun = window.ask("export_run", json!({ "exports": [id] })).await;
    hands.pass(minutes(1) / 2);
    let manual = begun["runs"][0]["run"].clone();
    while row(&mut window, &id).await["pending"] != true {
        let runs = window.ask("run_get", json!({ "id": manual })).await;
        assert_eq!(runs["run"]["finished_at"], Value::Null, "it was not seen while the run went on");
    }
    place.sandbox.set_latency(Duration::ZERO);
    let first = window.event("run_ended", |_| true).await;
    assert_eq!((&first["id"], &first["trigger"]), (&manual, &json!("manual")));
    let second = window.event("run_ended", |_| true).await;
    assert_eq!((&second["trigger"], &second["late"]), (&json!("schedule"), &json!(false)));
    assert_eq!(row(&mut window, &id).await["pending"], false);
    window.close().await;
    assert_eq!(place.engine().runs().await.unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_told_once_that_it_fails_and_once_that_it_is_well() {
    let (hands, place, mut window, id) = before_eight(3).await;
    for (lost, told) in [(false, None), (true, Some("failed")), (true, None), (false, Some("recovered"))] {
        place.customers.lose(lost.then_some("Customers"));
        hands.pass_to(hands.now() + hours(24));
        let run = window.event("run_ended", |_| true).await;
        assert_eq!(run["status"], if lost { "failed" } else { "successful" }, "{run}");
        if let Some(kind) = told {
            let notice = window.event("notice", |_| true).await;
            assert_eq!((&notice["kind"], &notice["export_id"]), (&json!(kind), &id), "{notice}");
            assert_eq!((&notice["run"], &notice["export"]), (&run["id"], &json!("Daily")));
        }
    }
    let said = window.close().await;
    assert!(said.iter().all(|line| line["event"] != "notice"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_due_is_finished_when_the_window_closes() {
    let (hands, place, mut window, _) = before_eight(3).await;
    place.sandbox.set_latency(Duration::from_millis(50));
    hands.pass(minutes(1));
    window.event("run_progress", |_| true).await;
    let said = window.close().await;
    let ended = said.iter().find(|line| line["event"] == "run_ended").expect("it ended");
    assert_eq!(
        (&ended["data"]["status"], &ended["data"]["trigger"]),
        (&json!("successful"), &json!("schedule"))
    );
    assert!(!place.engine().is_due().await.unwrap());
}
