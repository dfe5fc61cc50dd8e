//! Table 2.1, the rows about contacts.

use serde_json::json;

use crate::client::{bulk, call, delete, get, many, post, rows, sandbox, stored};

#[tokio::test]
async fn t2_1_post_contact() {
    let sandbox = sandbox(json!({})).await;
    let first = post(&sandbox, "/v1/contact", json!({"contact": {"Email": "a@x.example"}})).await;
    assert_eq!(first.status, 200);
    let id = first.json()["contact_id"].as_str().unwrap().to_owned();
    assert!(id.starts_with("person_"));
    // Create or update by Email.
    let again = post(&sandbox, "/v1/contact", json!({"contact": {"Email": " A@X.example"}})).await;
    assert_eq!(again.json()["contact_id"], json!(id));
    assert_eq!(stored(&sandbox), ["a@x.example"]);
}

#[tokio::test]
async fn t2_1_post_contacts_bulk() {
    let sandbox = sandbox(json!({})).await;
    let answer = bulk(&sandbox, rows(&["A@x.example", "b@x.example"])).await;
    assert_eq!(answer.status, 200);
    let body = answer.json();
    // The map's keys are the addresses as sent.
    assert_eq!(body["email_contact_map"]["A@x.example"], body["contact_ids"][0]);
    assert_eq!(body["email_contact_map"]["b@x.example"], body["contact_ids"][1]);
    assert_eq!(body["contact_ids"].as_array().unwrap().len(), 2);
    assert!(body["_removeResultKeys"].is_array());
    // 100 is the most.
    assert_eq!(bulk(&sandbox, many(100)).await.status, 200);
    assert_eq!(bulk(&sandbox, many(101)).await.status, 400);
}

#[tokio::test]
async fn t2_1_get_contacts() {
    let sandbox = sandbox(json!({})).await;
    assert_eq!(get(&sandbox, "/v1/contacts").await.json(), json!({"contacts": [], "total_contacts": 0}));
    bulk(&sandbox, many(100)).await;
    let full = get(&sandbox, "/v1/contacts").await.json();
    assert_eq!(full["contacts"].as_array().unwrap().len(), 100);
    assert_eq!(full.get("bookmark"), None, "a full last page is a last page");
    bulk(&sandbox, rows(&["z@x.example"])).await;
    let first = get(&sandbox, "/v1/contacts").await.json();
    assert_eq!(first["total_contacts"], 101);
    let bookmark = first["bookmark"].as_str().unwrap();
    assert!(bookmark.starts_with("person_"));
    // A deleted contact still leads on.
    delete(&sandbox, &format!("/v1/contact/{bookmark}")).await;
    let last = get(&sandbox, &format!("/v1/contacts/{bookmark}")).await.json();
    assert_eq!(last["contacts"][0]["Email"], "z@x.example");
    assert_eq!(last.get("bookmark"), None);
    assert_eq!(get(&sandbox, "/v1/contacts/person_x").await.status, 400);
}

#[tokio::test]
async fn t2_1_get_contact() {
    let sandbox = sandbox(json!({})).await;
    let id = sandbox.seed(vec![json!({"Email": "a+b/c@x.example"})]).unwrap().remove(0);
    let by_id = get(&sandbox, &format!("/v1/contact/{id}")).await;
    assert_eq!((by_id.status, by_id.json()["Email"].clone()), (200, json!("a+b/c@x.example")));
    let by_email = get(&sandbox, "/v1/contact/A%2Bb%2Fc%40x.example").await;
    assert_eq!(by_email, by_id);
    assert_eq!(get(&sandbox, "/v1/contact/b@x.example").await.status, 404);
}

#[tokio::test]
async fn t2_1_delete_contact() {
    let sandbox = sandbox(json!({})).await;
    let gone_ids = sandbox.seed(vec![json!({"Email": "a@x.example", "lists": ["l"]})]).unwrap();
    let gone = delete(&sandbox, "/v1/contact/a@x.example").await;
    assert_eq!((gone.status, gone.body.len()), (204, 0));
    assert!(!gone.head.contains("content-length"));
    assert_eq!(delete(&sandbox, "/v1/contact/a@x.example").await.status, 404);
    assert_eq!(sandbox.account().lists[0].members, 0);
    // The deletion is permanent: the address comes back as another contact.
    let ids = sandbox.seed(vec![json!({"Email": "a@x.example"})]).unwrap();
    assert_eq!(ids.len(), 1);
    assert_ne!(ids, gone_ids);
    assert_eq!(stored(&sandbox), ["a@x.example"]);
}

#[tokio::test]
async fn t2_1_post_unsubscribe() {
    let sandbox = sandbox(json!({})).await;
    sandbox.seed(vec![json!({"Email": "a@x.example"})]).unwrap();
    let answer = call(&sandbox, "POST", "/v1/contact/a@x.example/unsubscribe", json!(null)).await;
    assert_eq!((answer.status, answer.json()), (200, json!({})));
    assert_eq!(get(&sandbox, "/v1/contact/a@x.example").await.json()["unsubscribed"], true);
    let unknown = post(&sandbox, "/v1/contact/b@x.example/unsubscribe", json!(null)).await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn t2_1_get_custom_fields() {
    let fields = json!([{"name": "NPS Rating", "fieldType": "integer"}]);
    let sandbox = sandbox(json!({"custom_fields": fields})).await;
    let body = get(&sandbox, "/v1/contacts/custom_fields").await.json();
    assert_eq!(body, json!([{"name": "NPS Rating", "fieldType": "integer", "deleted": false}]));
}

#[tokio::test]
async fn t2_1_get_account_segments_triggers() {
    let sandbox = sandbox(json!({})).await;
    assert!(get(&sandbox, "/v1/account").await.json().is_object());
    assert_eq!(get(&sandbox, "/v1/smart_segments").await.json(), json!({"segments": []}));
    assert_eq!(get(&sandbox, "/v1/smart_segments/s/contacts").await.status, 404);
    assert_eq!(get(&sandbox, "/v1/triggers").await.json(), json!({"triggers": []}));
    let trigger = post(&sandbox, "/v1/trigger/1/contact/a@x.example", json!(null)).await;
    assert_eq!(trigger.status, 404);
}
