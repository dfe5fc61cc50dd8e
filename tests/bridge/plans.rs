//! A run from a preview does exactly what that showed, or nothing.

use serde_json::json;

use crate::window::Place;

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_changed_sends_nothing() {
    let place = Place::new(40).await;
    let mut window = place.window().await;
    let export = window.ask("export_save", place.draft("Weekly", &["All"]).await).await["id"].clone();
    let preview = window.ask("preview_make", json!({ "id": export })).await;
    place.customers.change(|rows| rows[7][2] = "Somebody".to_owned());
    place.sandbox.clear_record();
    let begun = window.ask("preview_run", json!({ "token": preview["token"] })).await;
    assert_eq!(begun["error"]["code"], "plan_changed", "{begun}");
    let ended = window.event("run_ended", |_| true).await;
    assert_eq!((&ended["id"], &ended["status"]), (&begun["run"], &json!("failed")));
    assert!(place.sandbox.account().contacts.is_empty(), "nobody was sent");
    assert!(place.sandbox.record().iter().all(|request| request.method == "GET"), "nothing was written");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guard_may_be_told_to_let_the_leavers_of_a_preview_pass() {
    let place = Place::new(40).await;
    let mut window = place.window().await;
    let export = window.ask("export_save", place.draft("Weekly", &["All"]).await).await["id"].clone();
    window.run(&export).await;
    place.customers.change(|rows| rows.truncate(10));
    let ended = window.run(&export).await;
    assert_eq!(ended["counts"]["leavers_held"], 30, "{ended}");
    let rows = window.ask("export_list", json!({})).await;
    assert_eq!(rows[0]["held"], json!([{ "title": "All", "members": 40, "leaving": 30 }]));
    let detail = window.ask("run_get", json!({ "id": ended["id"] })).await;
    assert_eq!(detail["held"], rows[0]["held"]);
    window.ask("export_keep_held", json!({ "id": export })).await;
    assert_eq!(window.ask("export_list", json!({})).await[0]["held"], json!([]), "it was decided");

    let preview = window.ask("preview_make", json!({ "id": export })).await;
    assert_eq!((&preview["preview"]["held"], &preview["first_run"]), (&json!(30), &json!(false)));
    let begun = window.ask("preview_run", json!({ "token": preview["token"], "allow_loss": true })).await;
    let ended = window.event("run_ended", |ended| ended["id"] == begun["run"]).await;
    assert_eq!(ended["counts"]["leavers_removed"], 30, "{ended}");
    let error = window.try_ask("export_keep_held", json!({ "id": export })).await.unwrap_err();
    assert_eq!(error["code"], "usage", "nobody is held any more");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_previews_are_kept() {
    let place = Place::new(3).await;
    let mut window = place.window().await;
    let export = window.ask("export_save", place.draft("Weekly", &["All"]).await).await["id"].clone();
    let mut tokens = Vec::new();
    for _ in 0..3 {
        tokens.push(window.ask("preview_make", json!({ "id": export })).await["token"].clone());
    }
    let people = |token| json!({ "token": token, "group": "new", "part": { "offset": 0, "limit": 1 } });
    let error = window.try_ask("preview_people", people(tokens[0].clone())).await.unwrap_err();
    assert_eq!(error["code"], "not_found");
    for token in &tokens[1..] {
        assert_eq!(window.ask("preview_people", people(token.clone())).await["total"], 3);
    }
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_above_the_limit_says_by_how_many() {
    let place = Place::new(30).await;
    let mut window = place.window().await;
    let mut draft = place.draft("Weekly", &["All"]).await;
    draft["limit"] = json!(20);
    let export = window.ask("export_save", draft).await["id"].clone();
    let preview = window.ask("preview_make", json!({ "id": export })).await;
    assert_eq!(preview["over_limit"], 20);
    let ended = window.run(&export).await;
    assert_eq!(ended["status"], "failed");
    let detail = window.ask("run_get", json!({ "id": ended["id"] })).await;
    assert_eq!(detail["over_limit"], json!({ "addresses": 30, "limit": 20 }), "{detail}");
    window.close().await;
}
