//! Admin: the audit log, retention, the configuration as a file, diagnostics, and what ran last.

use serde_json::{Value, json};

use crate::audiences::Desk;
use crate::window::Place;

fn page(search: &str, offset: u64, limit: u64) -> Value {
    json!({ "search": search, "part": { "offset": offset, "limit": limit } })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_is_searched_and_cut() {
    let place = Place::new(3).await;
    let mut window = place.window().await;
    let all = window.ask("audit_list", page("", 0, 500)).await;
    assert_eq!(all["rows"][0]["action"], "connection added, consent given", "the newest first");
    let total = all["total"].as_u64().unwrap();
    assert_eq!(all["rows"].as_array().unwrap().len() as u64, total);
    let last = window.ask("audit_list", page("", total - 1, 10)).await;
    assert_eq!(
        (last["rows"].as_array().unwrap().len(), &last["rows"][0]["action"]),
        (1, &json!("audience added"))
    );
    let found = window.ask("audit_list", page("UMEÅ", 0, 10)).await;
    assert_eq!((&found["total"], &found["rows"][0]["subject"]), (&json!(1), &json!("Umeå")));
    assert_eq!(window.ask("audit_list", page("ANNA ON", 0, 1)).await["total"], total, "who did it");
    assert_eq!(window.ask("audit_list", page("%", 0, 1)).await["total"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_entry_is_not_shown_as_if_it_was_true() {
    let place = Place::new(3).await;
    let sql = "DROP TRIGGER audit_is_not_changed; UPDATE audit SET actor = 'nobody' WHERE subject = 'Umeå'";
    let store = segue_engine::store::Store::open(
        place.folder.path(),
        std::sync::Arc::new(segue_engine::clock::SystemClock),
    )
    .unwrap();
    store.write(|tx| Ok(tx.execute_batch(sql)?)).await.unwrap();
    let mut window = place.window().await;
    let error = window.try_ask("audit_list", page("umeå", 0, 10)).await.unwrap_err();
    assert_eq!(error["code"], "database");
    assert_eq!(window.ask("audit_list", page("stockholm", 0, 10)).await["total"], 1, "the others hold");
}

#[tokio::test(flavor = "multi_thread")]
async fn retention_is_set_and_told() {
    let place = Place::new(3).await;
    let mut window = place.window().await;
    let wanted = json!({ "days": 30, "receipts": 0, "exports": 0, "runs": 0, "forgotten": 0 });
    assert_eq!(window.ask("retention_get", json!({})).await, wanted);
    assert_eq!(window.ask("retention_set", json!({ "days": 7 })).await["days"], 7);
    assert_eq!(window.ask("retention_get", json!({})).await["days"], 7);
    let error = window.try_ask("retention_set", json!({ "days": 0 })).await.unwrap_err();
    assert_eq!(
        (&error["code"], &window.ask("retention_get", json!({})).await["days"]),
        (&json!("usage"), &json!(7))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_configuration_goes_from_one_place_to_another() {
    let desk = Desk::new().await;
    let mut window = desk.window().await;
    window.ask("audience_save", desk.draft(&Value::Null, "Customers", "customers.csv", None)).await;
    desk.use_it("Customers").await;
    let file = desk.path("segue.json");
    let written = window.ask("config_export", json!({ "path": file })).await;
    assert_eq!(written, json!({ "path": file, "rows": 4 }), "one of each");
    assert!(!std::fs::read_to_string(&file).unwrap().contains(desk.sandbox.key()), "without keys");
    desk.engine().remove_export("Weekly").await.unwrap();
    window.ask("connection_remove", json!({ "id": "C" })).await;
    let imported = window.ask("config_import", json!({ "path": file })).await;
    assert_eq!((&imported["needs_key"], &imported["unchanged"]), (&json!(["C"]), &json!(2)));
    let list = window.ask("connection_list", json!({})).await;
    assert_eq!((&list[0]["key"], &list[0]["has_key"]), (&json!("missing"), &json!(false)));
    assert_eq!(list[0]["tested_at"], Value::Null);
    let zip = desk.path("help.zip");
    let written = window.ask("diagnostics", json!({ "path": zip })).await;
    assert_eq!(written["bytes"], std::fs::metadata(&zip).unwrap().len());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ran_last_is_told_of_everything() {
    let place = Place::new(3).await;
    let mut window = place.window().await;
    let status = window.ask("system_status", json!({})).await;
    assert_eq!(status["audiences"][0]["audience"]["name"], "Customers");
    assert_eq!((&status["audiences"][0]["profiles"], &status["exports"]), (&json!(3), &json!([])));
}
