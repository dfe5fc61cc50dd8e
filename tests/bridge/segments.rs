//! Segments: the table, what a save refuses, and rules that are not saved.

use std::time::Instant;

use segue_engine::model::{Segment, SegmentId, SegmentRule};
use segue_engine::{ExportSettings, NewExport};
use serde_json::{Value, json};

use crate::window::{Place, Window};

async fn list(window: &mut Window, more: Value) -> Value {
    let mut request = json!({ "part": { "offset": 0, "limit": 100 } });
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    window.ask("segment_list", request).await
}

fn names(page: &Value) -> Vec<&str> {
    page["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

fn of<'a>(page: &'a Value, name: &str) -> &'a Value {
    page["rows"].as_array().unwrap().iter().find(|row| row["name"] == name).unwrap()
}

fn rule(predicate: &str) -> Value {
    json!({ "kind": "where", "predicate": predicate })
}

async fn add_export(place: &Place, name: &str, segments: &[&str]) {
    let settings = ExportSettings {
        matching: vec![("Email".to_owned(), "Email".to_owned())],
        segments: segments.iter().map(|name| ((*name).to_owned(), None)).collect(),
        ..ExportSettings::default()
    };
    let new = NewExport {
        name: name.to_owned(),
        connection: "Newsletter".to_owned(),
        audience: "Customers".to_owned(),
        settings,
    };
    place.engine().add_export(new).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_searched_sorted_and_cut() {
    let place = Place::new(30).await;
    add_export(&place, "Weekly", &["Umeå", "All"]).await;
    add_export(&place, "daily", &["All"]).await;
    let mut window = place.window().await;
    let page = list(&mut window, json!({})).await;
    assert_eq!((names(&page), &page["total"]), (vec!["All", "Stockholm", "Umeå"], &json!(3)));
    let users: Vec<&str> = of(&page, "All")["used_by"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| user["name"].as_str().unwrap())
        .collect();
    assert_eq!(users, ["daily", "Weekly"]);
    assert_eq!(of(&page, "Stockholm")["used_by"], json!([]));
    assert_eq!((&of(&page, "All")["members"], &of(&page, "All")["outdated"]), (&Value::Null, &json!(false)));
    let page = list(&mut window, json!({ "search": "UMEÅ" })).await;
    assert_eq!((names(&page), &page["total"]), (vec!["Umeå"], &json!(1)));
    assert_eq!(list(&mut window, json!({ "search": "100%_" })).await["total"], 0);
    let page = window.ask("segment_list", json!({ "part": { "offset": 1, "limit": 1 } })).await;
    assert_eq!((names(&page), &page["total"]), (vec!["Stockholm"], &json!(3)));
    assert_eq!(list(&mut window, json!({ "audience": "nobody" })).await["total"], 0);
    let audience = of(&list(&mut window, json!({})).await, "All")["audience"]["id"].clone();
    assert_eq!(
        list(&mut window, json!({ "audience": audience, "descending": true })).await["rows"][0]["name"],
        "Umeå"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_are_kept_by_day_and_known_to_be_old() {
    let place = Place::new(30).await;
    let mut window = place.window().await;
    let page = list(&mut window, json!({})).await;
    let (umea, all) = (of(&page, "Umeå")["id"].clone(), of(&page, "All")["id"].clone());
    window.ask("segment_refresh", json!({ "ids": [umea, all] })).await;
    let page = list(&mut window, json!({ "sort": "members", "descending": true })).await;
    assert_eq!(names(&page), ["All", "Umeå", "Stockholm"], "not counted comes last, whatever the way");
    assert_eq!((&page["rows"][0]["members"], &page["rows"][1]["members"]), (&json!(30), &json!(3)));
    assert_eq!(page["rows"][0]["outdated"], false);
    place.customers.change(|rows| rows.truncate(10));
    let page = list(&mut window, json!({})).await;
    assert_eq!((&of(&page, "All")["members"], &of(&page, "All")["outdated"]), (&json!(30), &json!(true)));
    window.ask("segment_refresh", json!({ "ids": [all] })).await;
    let detail = window.ask("segment_get", json!({ "id": all })).await;
    assert_eq!((&detail["row"]["members"], &detail["row"]["outdated"]), (&json!(10), &json!(false)));
    let sizes = window.ask("segment_sizes", json!({ "id": all })).await;
    assert_eq!(sizes.as_array().unwrap().len(), 1, "one a day: {sizes}");
    assert_eq!(sizes[0]["members"], 10, "the last");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_elses_change_is_overwritten() {
    let place = Place::new(30).await;
    let (mut one, mut other) = (place.window().await, place.window().await);
    let seen = one.ask("segment_get", json!({ "id": "Umeå" })).await;
    let draft = |name: &str, predicate: &str, version: &Value| {
        json!({ "id": seen["row"]["id"], "version": version, "name": name,
                "audience": seen["row"]["audience"]["id"], "rule": rule(predicate) })
    };
    let saved = other.ask("segment_save", draft("North", "City = 'Luleå'", &seen["version"])).await;
    assert_ne!(saved["version"], seen["version"]);
    let error = one.try_ask("segment_save", draft("South", "true", &seen["version"])).await.unwrap_err();
    assert_eq!(error["code"], "changed_elsewhere");
    let error = one.try_ask("segment_save", draft("South", "true", &Value::Null)).await.unwrap_err();
    assert_eq!(error["code"], "changed_elsewhere", "no version is none");
    let now = one.ask("segment_get", json!({ "id": seen["row"]["id"] })).await;
    assert_eq!((&now["row"]["name"], &now["rule"]["predicate"]), (&json!("North"), &json!("City = 'Luleå'")));
    let error = one.try_ask("segment_save", draft("North", "Nonsense", &now["version"])).await.unwrap_err();
    assert_eq!(error["code"], "bad_predicate");
    let error = one.try_ask("segment_save", draft("All", "true", &now["version"])).await.unwrap_err();
    assert_eq!(error["code"], "name_taken");
    let mut moved = draft("North", "true", &now["version"]);
    moved["audience"] = json!("another");
    assert_eq!(one.try_ask("segment_save", moved).await.unwrap_err()["code"], "usage");
    let new =
        json!({ "id": null, "version": null, "name": "New", "audience": "Customers", "rule": rule("true") });
    let added = one.ask("segment_save", new).await;
    assert_eq!((&added["row"]["kind"], &added["row"]["used_by"]), (&json!("where"), &json!([])));
    let renamed = one.ask("segment_rename", json!({ "id": added["row"]["id"], "name": "Newer" })).await;
    assert_eq!(renamed["row"]["name"], "Newer");
    one.ask("segment_remove", json!({ "id": added["row"]["id"] })).await;
    assert_eq!(list(&mut one, json!({})).await["total"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_export_uses_is_not_removed() {
    let place = Place::new(3).await;
    add_export(&place, "Weekly", &["All"]).await;
    let mut window = place.window().await;
    let error = window.try_ask("segment_remove", json!({ "id": "All" })).await.unwrap_err();
    assert_eq!(error["code"], "in_use");
    assert!(error["message"].as_str().unwrap().contains("Weekly"), "{error}");
    assert_eq!(list(&mut window, json!({})).await["total"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_looked_at_before_it_is_saved() {
    let place = Place::new(300).await;
    place.customers.change(|rows| {
        rows[0][1] = "no address".to_owned();
        rows[1][1] = String::new();
    });
    let mut window = place.window().await;
    let ask = |predicate: &str| json!({ "audience": "Customers", "rule": rule(predicate), "email": "Email" });
    let count = window.ask("rule_count", ask("City = 'Stockholm'")).await;
    let wanted = json!({ "members": 270, "of": 300, "with_email": 268, "not_in_audience": null });
    assert_eq!(count, wanted);
    let without = json!({ "audience": "Customers", "rule": rule("true") });
    assert_eq!(window.ask("rule_count", without.clone()).await["with_email"], Value::Null);
    let mut unknown = without.clone();
    unknown["email"] = json!("Mail");
    assert_eq!(window.try_ask("rule_count", unknown).await.unwrap_err()["code"], "bad_matching");
    assert_eq!(window.try_ask("rule_count", ask("Town = 'X'")).await.unwrap_err()["code"], "bad_predicate");
    let members = window.ask("rule_members", without).await;
    assert_eq!((&members["total"], members["rows"].as_array().unwrap().len()), (&json!(300), 100));
    assert_eq!(members["columns"], json!(["CustomerId", "Email", "FirstName", "LastName", "City"]));
    assert_eq!(members["rows"][1], json!(["2", null, "First2", "Last2", "Stockholm"]));
    let file = place.folder.path().join("umea.csv");
    let written = window.ask("segment_download", json!({ "id": "Umeå", "path": file })).await;
    assert_eq!(written, json!({ "path": file, "rows": 30 }));
    assert_eq!(std::fs::read_to_string(file).unwrap().lines().count(), 31);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_segments_are_as_quick_as_ten() {
    let place = Place::new(3).await;
    let engine = place.engine();
    let audience = engine.audience("Customers").await.unwrap().id;
    let store = segue_engine::store::Store::open(
        place.folder.path(),
        std::sync::Arc::new(segue_engine::clock::SystemClock),
    )
    .unwrap();
    let created_at = jiff::Timestamp::UNIX_EPOCH;
    let many = move |tx: &segue_engine::store::Transaction<'_>| {
        (0..10_000).try_for_each(|nth| {
            let (id, name) = (SegmentId::new(), format!("Segment {nth:05} åäö"));
            let rule = SegmentRule::condition("true");
            segue_engine::store::segment::insert(tx, &Segment { id, name, audience, rule, created_at })
        })
    };
    store.write(many).await.unwrap();
    let mut window = place.window().await;
    list(&mut window, json!({})).await;
    let begun = Instant::now();
    let page = list(&mut window, json!({ "search": "segment 099", "descending": true })).await;
    let took = begun.elapsed();
    assert_eq!((&page["total"], &page["rows"][0]["name"]), (&json!(100), &json!("Segment 09999 åäö")));
    // Without optimisation and beside other tests; one question a row would take many seconds.
    assert!(took.as_millis() < 1_000, "{took:?}");
}
