//! Faults of the bulk reply's map.

use segue_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::client::{bulk, faulty, get, post, rows, stored};

const THREE: [&str; 3] = ["a@x.example", "b@x.example", "c@x.example"];

/// The reply to three good rows, and the addresses the record says it leaves out.
async fn three(act: Value) -> (Sandbox, Value, Vec<String>) {
    let sandbox = faulty(act).await;
    let answer = bulk(&sandbox, rows(&THREE)).await;
    assert_eq!(answer.status, 200);
    let unnamed = sandbox.record().remove(0).unnamed;
    (sandbox, answer.json(), unnamed)
}

fn keys(body: &Value) -> Vec<String> {
    body["email_contact_map"].as_object().unwrap().keys().cloned().collect()
}

#[tokio::test]
async fn no_map() {
    let (sandbox, body, unnamed) = three(json!("no_map")).await;
    assert_eq!(body.get("email_contact_map"), None);
    assert_eq!(body["contact_ids"].as_array().unwrap().len(), 3);
    assert_eq!((stored(&sandbox).len(), unnamed.len()), (3, 3));
}

#[tokio::test]
async fn foreign_map() {
    let (sandbox, body, unnamed) = three(json!("foreign_map")).await;
    assert_eq!(keys(&body).len(), 3);
    assert!(keys(&body).iter().all(|key| key.starts_with("stranger")));
    assert_eq!((stored(&sandbox).len(), unnamed.len()), (3, 3));
}

#[tokio::test]
async fn map_case() {
    let (_, body, unnamed) = three(json!("map_case")).await;
    assert!(keys(&body).contains(&" A@X.EXAMPLE ".to_owned()));
    assert!(unnamed.is_empty(), "named all the same");
}

#[tokio::test]
async fn map_missing() {
    let (sandbox, body, unnamed) = three(json!("map_missing")).await;
    assert_eq!((keys(&body).len(), stored(&sandbox).len()), (2, 3));
    assert_eq!(unnamed, ["a@x.example"]);
    let (_, _, unnamed) = three(json!({"map_missing": {"first": 2}})).await;
    assert_eq!(unnamed, ["a@x.example", "b@x.example"]);
    let (_, body, unnamed) = three(json!({"map_missing": {"emails": ["C@x.example"]}})).await;
    assert_eq!((unnamed, body["contact_ids"].as_array().unwrap().len()), (vec!["c@x.example".into()], 2));
}

#[tokio::test]
async fn map_null() {
    let (_, body, unnamed) = three(json!("map_null")).await;
    assert!(body["email_contact_map"].as_object().unwrap().values().all(Value::is_null));
    assert!(unnamed.is_empty());
}

#[tokio::test]
async fn map_twice() {
    let sandbox = faulty(json!("map_twice")).await;
    let answer = bulk(&sandbox, rows(&THREE)).await;
    let text = String::from_utf8(answer.body).unwrap();
    assert_eq!(text.matches("\"a@x.example\":").count(), 2);
}

#[tokio::test]
async fn extra_keys() {
    let (_, body, unnamed) = three(json!("extra_keys")).await;
    assert!(body.get("a_new_key").is_some() && body["warnings"].is_null());
    assert_eq!(body["email_contact_map"]["a@x.example"], body["contact_ids"][2]);
    assert!(unnamed.is_empty());
}

#[tokio::test]
async fn drop_rows() {
    let (sandbox, body, unnamed) = three(json!({"drop_rows": {"emails": ["b@x.example"]}})).await;
    assert_eq!(keys(&body), THREE);
    assert!(unnamed.is_empty());
    assert_eq!(stored(&sandbox), ["a@x.example", "c@x.example"]);
    let request = sandbox.record().remove(0);
    assert_eq!((request.refused, request.applied), (vec!["b@x.example".to_owned()], true));
    // Also in the single call, where nothing is left to be stored.
    let sandbox = faulty(json!("drop_rows")).await;
    let answer = post(&sandbox, "/v1/contact", json!({"contact": {"Email": "a@x.example"}})).await;
    assert_eq!((answer.status, stored(&sandbox).len()), (200, 0));
    assert!(!sandbox.record()[0].applied);
}

#[tokio::test]
async fn a_reply_without_a_map_is_left_alone() {
    for act in ["no_map", "foreign_map", "map_case", "map_missing", "map_null", "map_twice", "extra_keys"] {
        let sandbox = faulty(json!(act)).await;
        assert_eq!(get(&sandbox, "/v1/lists").await.json(), json!({"lists": []}));
    }
}
