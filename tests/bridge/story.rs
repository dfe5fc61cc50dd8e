//! The whole way of a window: add, preview, run, people, reasons.

use serde_json::{Value, json};

use crate::window::Place;

const ALL: &str = "2000-01-01T00:00:00Z";

fn part(offset: u64, limit: u64) -> Value {
    json!({ "offset": offset, "limit": limit })
}

#[tokio::test(flavor = "multi_thread")]
async fn from_an_empty_list_to_the_people_of_a_run() {
    let place = Place::new(30).await;
    place.customers.change(|rows| {
        rows[1][1] = "p2@gamil.com".to_owned();
        rows[2][1] = "nobody".to_owned();
        rows[3][1] = "P1@Example.com".to_owned();
    });
    let mut window = place.window().await;
    let draft = place.draft("Weekly", &["Stockholm", "Umeå"]).await;
    let mut total = draft.clone();
    let ids: Vec<Value> = draft["segments"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
    total =
        json!({ "audience": total["audience"].take(), "email": "Email", "segments": ids, "only_if": null });
    let total = window.ask("export_total", total).await;
    assert_eq!(
        (&total["memberships"], &total["profiles"], &total["addresses"]),
        (&json!(30), &json!(30), &json!(28))
    );
    assert_eq!(
        total["each"][1],
        json!({ "id": ids[1], "members": 3, "only_here": 3, "without": 25 }),
        "Umeå"
    );

    let export = window.ask("export_save", draft).await;
    let id = export["id"].clone();
    let rows = window.ask("export_list", json!({})).await;
    assert_eq!(
        (&rows[0]["last_run"], &rows[0]["forecast"]),
        (&Value::Null, &Value::Null),
        "saving runs nothing"
    );
    assert_eq!(rows[0]["segments"][1]["name"], "Umeå");

    let preview = window.ask("preview_make", json!({ "id": id })).await;
    assert_eq!(
        (&preview["preview"]["new"], &preview["preview"]["invalid"]),
        (&json!(28), &json!(1)),
        "{preview}"
    );
    assert_eq!((&preview["first_run"], &preview["over_limit"]), (&json!(true), &Value::Null));
    assert_eq!(preview["fields"], json!(["FirstName", "LastName"]));
    let token = preview["token"].clone();
    let found = window
        .ask(
            "preview_people",
            json!({ "token": token, "group": "new", "search": "FIRST20", "part": part(0, 10) }),
        )
        .await;
    assert_eq!(found["total"], 1, "a value, not the name of a field: {found}");
    let person = &found["rows"][0];
    assert_eq!((&person["email"], &person["name"]), (&json!("p20@example.com"), &json!("First20 Last20")));
    assert_eq!(person["changes"][0], json!({ "field": "FirstName", "old": null, "new": "First20" }));
    assert_eq!(person["joins"], json!(["Umeå"]));
    let last = window
        .ask("preview_people", json!({ "token": token, "group": "source", "part": part(25, 10) }))
        .await;
    assert_eq!((last["rows"].as_array().unwrap().len(), &last["total"]), (5, &json!(30)));
    let rows = window.ask("export_list", json!({})).await;
    assert_eq!((&rows[0]["forecast"]["new"], &rows[0]["forecast"]["outdated"]), (&json!(28), &json!(false)));

    let begun = window.ask("preview_run", json!({ "token": token })).await;
    let run = begun["run"].clone();
    assert!(run.is_string() && begun["error"].is_null(), "{begun}");
    let ended = window.event("run_ended", |ended| ended["id"] == run).await;
    assert_eq!((&ended["status"], &ended["counts"]["created"]), (&json!("successful"), &json!(28)));
    window.event("run_progress", |progress| progress["run"] == run).await;

    let detail = window.ask("run_get", json!({ "id": run })).await;
    assert_eq!(detail["started_by"], "anna on LAPTOP-7");
    assert_eq!((&detail["run"]["trigger"], &detail["connection"]), (&json!("manual"), &json!("Newsletter")));
    assert_eq!(
        detail["lists"][1],
        json!({ "title": "Umeå", "before": 0, "after": 3, "joined": 3, "left": 0 }),
        "{detail}"
    );
    let mut reasons = window.ask("run_reasons", json!({ "id": run })).await;
    let reasons = reasons.as_array_mut().unwrap();
    reasons.sort_by_key(|reason| reason["outcome"].to_string());
    assert_eq!(
        *reasons,
        [
            json!({ "outcome": "created", "reason": "", "people": 28 }),
            json!({ "outcome": "duplicate", "reason": "same_address", "people": 1 }),
            json!({ "outcome": "invalid", "reason": "malformed_email", "people": 1 }),
        ]
    );
    let people = window
        .ask(
            "run_people",
            json!({ "run": run, "outcome": "created", "search": "GAMIL", "part": part(0, 10) }),
        )
        .await;
    assert_eq!(people["rows"][0]["suggestion"], "p2@gmail.com", "{people}");

    let requests = window.ask("run_requests", json!({ "run": run })).await;
    let said = requests.to_string();
    assert!(said.contains("@e….com") && !said.contains("p20@"), "{said}");
    let requests = window.ask("run_requests", json!({ "run": run, "reveal": true })).await;
    assert!(requests.to_string().contains("@example.com"), "{requests}");

    let file = place.folder.path().join("fix.csv");
    let written = window.ask("run_download", json!({ "run": run, "outcome": "invalid", "path": file })).await;
    assert_eq!(written["rows"], 1);
    assert!(std::fs::read_to_string(&file).unwrap().contains("\"nobody\""));
    let file = place.folder.path().join("new.csv");
    let written =
        window.ask("preview_download", json!({ "token": token, "group": "new", "path": file })).await;
    assert_eq!(written["rows"], 28);
    assert!(std::fs::read_to_string(&file).unwrap().contains("\"FirstName (now)\""));

    let zone = "Europe/Stockholm";
    let days = json!({ "from": "2000-01-01", "to": "2199-12-31", "zone": zone });
    let days = window.ask("run_days", days).await;
    assert_eq!((&days[0]["runs"], &days[0]["created"]), (&json!(1), &json!(28)), "{days}");
    let record = window.ask("person_find", json!({ "email": "P20@example.com" })).await;
    assert_eq!(record["receipts"][0]["lists"], json!(["Umeå"]));
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_run_says_unchanged_and_pages_them() {
    let place = Place::new(1_200).await;
    let mut window = place.window().await;
    let export = window.ask("export_save", place.draft("Weekly", &["All"]).await).await["id"].clone();
    window.run(&export).await;
    place.customers.change(|rows| {
        rows[0][2] = "Åsa".to_owned();
        rows.truncate(1_150);
    });
    let rows = window.ask("export_list", json!({})).await;
    assert!(rows[0]["forecast"].is_null(), "it was never reckoned");
    let forecast = window.ask("export_forecast", json!({ "id": export })).await;
    assert_eq!(
        (&forecast["changed"], &forecast["leaving"], &forecast["new"]),
        (&json!(1), &json!(50), &json!(0))
    );
    let preview = window.ask("preview_make", json!({ "id": export })).await;
    let changed = window
        .ask(
            "preview_people",
            json!({ "token": preview["token"], "group": "changed", "field": "FirstName", "part": part(0, 10) }),
        )
        .await;
    assert_eq!(
        changed["rows"][0]["changes"],
        json!([{ "field": "FirstName", "old": "First1", "new": "Åsa" }])
    );
    let by_other =
        json!({ "token": preview["token"], "group": "changed", "field": "LastName", "part": part(0, 10) });
    assert_eq!(window.ask("preview_people", by_other).await["total"], 0);
    let leaving = window
        .ask("preview_people", json!({ "token": preview["token"], "group": "leaving", "part": part(0, 1) }))
        .await;
    assert_eq!(
        (&leaving["total"], &leaving["rows"][0]["leaves"]),
        (&json!(50), &json!(["All"])),
        "{leaving}"
    );

    let ended = window.run(&export).await;
    assert_eq!(
        (&ended["counts"]["unchanged"], &ended["counts"]["updated"], &ended["counts"]["leavers_removed"]),
        (&json!(1_149), &json!(1), &json!(50))
    );
    let run = ended["id"].clone();
    let page = |offset, limit| json!({ "run": run, "outcome": "unchanged", "part": part(offset, limit) });
    let first = window.ask("run_people", page(0, 500)).await;
    assert_eq!((first["rows"].as_array().unwrap().len(), &first["total"]), (500, &json!(1_149)));
    let last = window.ask("run_people", page(1_100, 500)).await;
    assert_eq!(last["rows"].as_array().unwrap().len(), 49);
    let all = window.ask("run_people", json!({ "run": run, "part": part(50, 10) })).await;
    assert_eq!(all["total"], 1_200, "the other classes first, then those unchanged");
    assert_eq!(
        (&all["rows"][0]["outcome"], &all["rows"][1]["outcome"]),
        (&json!("leaver_removed"), &json!("unchanged"))
    );
    let found = window.ask("run_people", json!({ "run": run, "search": "P114", "part": part(0, 100) })).await;
    let mut emails: Vec<&str> =
        found["rows"].as_array().unwrap().iter().map(|row| row["email"].as_str().unwrap()).collect();
    emails.sort_unstable();
    assert_eq!(emails.len(), 11, "p114 and p1140 to p1149: {emails:?}");
    let rows = window.ask("export_list", json!({})).await;
    assert_eq!(rows[0]["forecast"]["outdated"], true, "a run has been since");

    let list = |request: Value| request;
    let runs = window.ask("run_list", list(json!({ "part": part(0, 1) }))).await;
    assert_eq!((&runs["total"], &runs["rows"][0]["id"]), (&json!(2), &run), "newest first");
    for (filter, total) in [
        (
            json!({ "export": export, "statuses": ["successful"], "search": "WEEK", "since": ALL, "part": part(0, 9) }),
            2,
        ),
        (json!({ "statuses": ["failed", "canceled"], "part": part(0, 9) }), 0),
        (json!({ "search": "no such", "part": part(0, 9) }), 0),
        (json!({ "since": "2999-01-01T00:00:00Z", "part": part(0, 9) }), 0),
        (json!({ "export": "another", "part": part(0, 9) }), 0),
    ] {
        assert_eq!(window.ask("run_list", filter.clone()).await["total"], total, "{filter}");
    }
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_makes_one_run() {
    let place = Place::new(200).await;
    place.sandbox.set_latency(std::time::Duration::from_millis(100));
    let mut window = place.window().await;
    let export = window.ask("export_save", place.draft("Weekly", &["All"]).await).await["id"].clone();
    let first = window.post("export_run", json!({ "exports": [export] })).await;
    let second = window.post("export_run", json!({ "exports": [export] })).await;
    let first = window.reply(first).await.unwrap();
    let second = window.reply(second).await.unwrap();
    assert_eq!(first["runs"][0]["run"], second["runs"][0]["run"], "one run");
    let run = first["runs"][0]["run"].clone();
    let rows = window.ask("export_list", json!({})).await;
    assert_eq!(rows[0]["progress"]["run"], run, "{rows}");
    // Another window of the same folder sees it as well, and begins none.
    let mut other = place.window().await;
    let rows = other.ask("export_list", json!({})).await;
    assert_eq!(rows[0]["progress"]["run"], run, "{rows}");
    let third = other.ask("export_run", json!({ "exports": [export] })).await;
    assert_eq!(third["runs"][0]["run"], run, "{third}");
    window.event("run_ended", |ended| ended["id"] == run).await;
    let runs = window.ask("run_list", json!({ "part": part(0, 9) })).await;
    assert_eq!(runs["total"], 1);
    other.close().await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_window_leaves_its_run_to_end() {
    let place = Place::new(200).await;
    place.sandbox.set_latency(std::time::Duration::from_millis(50));
    let mut window = place.window().await;
    let export = window.ask("export_save", place.draft("Weekly", &["All"]).await).await["id"].clone();
    window.ask("export_run", json!({ "exports": [export] })).await;
    let said = window.close().await;
    let ended = said.iter().find(|line| line["event"] == "run_ended").expect("it ended");
    assert_eq!(ended["data"]["status"], "successful");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_before_it_begins_is_told_at_once() {
    let place = Place::new(3).await;
    let mut window = place.window().await;
    let export = window.ask("export_save", place.draft("Weekly", &["All"]).await).await["id"].clone();
    window.ask("export_detach", json!({ "id": export })).await;
    let begun = window.ask("export_run", json!({ "exports": [export, "gone"] })).await;
    assert_eq!(begun["runs"][0]["error"]["code"], "no_consent", "{begun}");
    assert!(begun["runs"][0]["run"].is_null());
    assert_eq!(begun["runs"][1]["error"]["code"], "not_found", "{begun}");
    window.close().await;
}
