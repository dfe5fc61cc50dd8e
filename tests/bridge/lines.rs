//! Lines: whatever comes in is answered, and nothing of it ends the engine.

use serde_json::json;

use crate::window::Place;

#[tokio::test(flavor = "multi_thread")]
async fn broken_lines_are_answered_and_passed_over() {
    let place = Place::new(3).await;
    let mut window = place.window().await;
    for (line, id) in [
        (&b"{"[..], 0),
        (b"[]", 0),
        (br#"{"id":7,"command":"export_list"}"#, 7),
        (br#"{"id":8,"command":"export_list","request":{},"more":1}"#, 8),
        (b"\xff\xfe", 0),
    ] {
        window.send(line).await;
        let said = window.line().await.unwrap();
        assert_eq!((&said["id"], &said["error"]["code"]), (&json!(id), &json!("usage")), "{said}");
    }
    window.send(b"").await;
    window.send(&vec![b'x'; 9 * 1024 * 1024]).await;
    let said = window.line().await.unwrap();
    assert!(said["error"]["message"].as_str().unwrap().contains("8 MB"), "{said}");
    let error = window.try_ask("open_the_pod_bay_doors", json!({})).await.unwrap_err();
    assert_eq!(error["code"], "usage");
    let error = window.try_ask("run_get", json!({ "id": 5 })).await.unwrap_err();
    assert!(error["message"].as_str().unwrap().contains("`id`"), "{error}");
    assert_eq!(window.ask("export_list", json!({})).await, json!([]));
    assert!(window.close().await.is_empty(), "nothing is left to be said");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_changes_is_told() {
    let place = Place::new(3).await;
    let mut window = place.window().await;
    // The first look has been made when the command is answered behind it; another engine writes then.
    window.ask("export_list", json!({})).await;
    place.engine().rename_connection("Newsletter", "Weekly mail").await.unwrap();
    let changed = window.event("changed", |data| data["what"].as_array().unwrap().len() > 5).await;
    assert!(changed["what"].as_array().unwrap().contains(&json!("connections")), "{changed}");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_ends_a_run_that_is_under_way() {
    let place = Place::new(600).await;
    place.sandbox.set_latency(std::time::Duration::from_millis(200));
    let mut window = place.window().await;
    let export = window.ask("export_save", place.draft("Weekly", &["All"]).await).await["id"].clone();
    window.ask("export_run", json!({ "exports": [export] })).await;
    window.stop.cancel();
    let ended = window.event("run_ended", |_| true).await;
    assert_eq!(ended["status"], "canceled", "{ended}");
    while window.line().await.is_some() {}
}
