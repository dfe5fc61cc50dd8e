//! Saving: whole, once, and never over somebody else's change.

use serde_json::json;

use crate::window::Place;

#[tokio::test(flavor = "multi_thread")]
async fn nobodys_change_is_overwritten_unseen() {
    let place = Place::new(3).await;
    let mut window = place.window().await;
    let saved = window.ask("export_save", place.draft("Weekly", &["All"]).await).await;
    let mut draft = place.draft("Weekly mail", &["Stockholm", "All"]).await;
    draft["id"] = saved["id"].clone();
    let error = window.try_ask("export_save", draft.clone()).await.unwrap_err();
    assert_eq!(error["code"], "usage", "an edit without the version that was seen");
    draft["version"] = saved["version"].clone();
    let edited = window.ask("export_save", draft.clone()).await;
    assert_eq!((&edited["name"], &edited["id"]), (&json!("Weekly mail"), &saved["id"]));
    assert_eq!(edited["segments"][1]["name"], "All");
    assert_ne!(edited["version"], saved["version"]);
    let error = window.try_ask("export_save", draft).await.unwrap_err();
    assert_eq!(error["code"], "changed_elsewhere", "it is an older version now");
    assert_eq!(window.ask("export_get", json!({ "id": saved["id"] })).await, edited, "nothing was stored");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_in_words() {
    let place = Place::new(3).await;
    let mut window = place.window().await;
    let good = place.draft("Weekly", &["All"]).await;
    for (field, value, code) in [
        ("name", json!("  "), "usage"),
        ("connection", json!("no such"), "not_found"),
        ("segments", json!([]), "bad_matching"),
        ("segments", json!([good["segments"][0], good["segments"][0]]), "bad_matching"),
        ("matching", json!([]), "bad_matching"),
        ("matching", json!([good["matching"][0], good["matching"][1], good["matching"][1]]), "bad_matching"),
        ("matching", json!([{ "target": "Email", "column": "Mejl" }]), "bad_matching"),
        ("max_loss", json!(101), "usage"),
        ("limit", json!(0), "usage"),
        ("limit", json!("many"), "usage"),
    ] {
        let mut draft = good.clone();
        draft[field] = value;
        let error = window.try_ask("export_save", draft).await.unwrap_err();
        assert_eq!(error["code"], code, "{field}: {error}");
    }
    assert_eq!(window.ask("export_list", json!({})).await, json!([]), "nothing was stored");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_segments_that_are_given_up_are_emptied_by_the_next_run() {
    let place = Place::new(30).await;
    let mut window = place.window().await;
    let saved = window.ask("export_save", place.draft("Weekly", &["Stockholm", "Umeå"]).await).await;
    let export = saved["id"].clone();
    window.run(&export).await;
    let mut draft = place.draft("Weekly", &["Stockholm"]).await;
    draft["id"] = export.clone();
    draft["version"] = saved["version"].clone();
    draft["empty"] = json!([saved["segments"][1]["id"]]);
    window.ask("export_save", draft).await;
    let on_list = |title: &str| {
        let account = place.sandbox.account();
        account.lists.iter().find(|list| list.title == title).map_or(0, |list| list.members)
    };
    assert_eq!(on_list("Umeå"), 3, "saving runs nothing");
    let begun = window.ask("export_run", json!({ "exports": [export] })).await;
    let emptied = begun["runs"][0]["run"].clone();
    window.event("run_ended", |ended| ended["id"] != emptied).await;
    assert_eq!((on_list("Umeå"), on_list("Stockholm")), (0, 27));
    let detail = window.ask("run_get", json!({ "id": emptied })).await;
    assert_eq!((&detail["emptying"], &detail["run"]["counts"]["leavers_removed"]), (&json!(true), &json!(3)));
    window.run(&export).await;
    let runs = window.ask("run_list", json!({ "part": { "offset": 0, "limit": 9 } })).await;
    assert_eq!(runs["total"], 4, "it is emptied once");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_goes_once_its_lists_are_empty() {
    let place = Place::new(20).await;
    let mut window = place.window().await;
    let export = window.ask("export_save", place.draft("Weekly", &["All"]).await).await["id"].clone();
    window.run(&export).await;
    window.ask("export_remove", json!({ "id": export, "empty_lists": true })).await;
    window.event("run_ended", |ended| ended["counts"]["leavers_removed"] == 20).await;
    assert_eq!(window.ask("export_list", json!({})).await, json!([]));
    assert!(place.sandbox.account().lists.iter().all(|list| list.members == 0));
    window.close().await;
}
