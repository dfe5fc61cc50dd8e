//! Table 2.5: errors.

use rstest::rstest;
use serde_json::{Value, json};

use crate::client::{KEY, bulk, call, get, post, raw, sandbox, stored, text};

#[tokio::test]
async fn t2_5_header_missing() {
    let sandbox = sandbox(json!({})).await;
    let reply = raw(&sandbox, b"GET /v1/lists HTTP/1.1\r\nConnection: close\r\n\r\n").await.unwrap();
    let reply = text(&reply);
    assert!(reply.starts_with("HTTP/1.1 400 Bad Request"));
    assert!(reply.contains(r#""error":"Bad Request""#) && reply.contains("autopilotapikey"));
}

#[tokio::test]
async fn t2_5_bad_key() {
    let sandbox = sandbox(json!({})).await;
    for path in ["/v1/lists", "/v1/nowhere"] {
        let head = format!("GET {path} HTTP/1.1\r\nAutopilotApiKey: {KEY}0\r\nConnection: close\r\n\r\n");
        let reply = text(&raw(&sandbox, head.as_bytes()).await.unwrap());
        assert!(reply.starts_with("HTTP/1.1 401 Unauthorized"));
    }
    assert!(sandbox.record().iter().all(|request| !request.key_ok));
}

#[rstest]
#[case("/v1/contact/nobody")]
#[case("/v1/contact/a%20b@x.example")]
#[case("/v1/contact/@x.example")]
#[case("/v1/contact/a@")]
#[case("/v1/contact/%4")]
#[tokio::test]
async fn t2_5_malformed_id(#[case] path: &str) {
    let sandbox = sandbox(json!({})).await;
    assert_eq!(get(&sandbox, path).await.status, 400);
}

#[tokio::test]
async fn t2_5_contact_unknown() {
    let sandbox = sandbox(json!({})).await;
    for who in ["no@x.example", "person_0"] {
        let answer = get(&sandbox, &format!("/v1/contact/{who}")).await;
        assert_eq!(answer.status, 404);
        assert_eq!(answer.json()["error"], "Not Found");
    }
}

#[tokio::test]
async fn t2_5_list_unknown() {
    let sandbox = sandbox(json!({})).await;
    let roster = get(&sandbox, "/v1/list/contactlist_a%20b/contacts").await;
    assert_eq!((roster.status, roster.message().as_deref()), (404, Some("")));
    let member = get(&sandbox, "/v1/list/contactlist_a%20b/contact/a@x.example").await;
    assert_eq!(member.status, 404);
    assert!(!member.message().unwrap().is_empty());
}

#[tokio::test]
async fn t2_5_more_than_100_in_bulk() {
    let sandbox = sandbox(json!({})).await;
    let answer = bulk(&sandbox, crate::client::many(101)).await;
    assert_eq!((answer.status, answer.json()["error"].clone()), (400, json!("Bad Request")));
}

#[tokio::test]
async fn t2_5_list_name_exists() {
    let sandbox = sandbox(json!({})).await;
    sandbox.create_list("l");
    assert_eq!(post(&sandbox, "/v1/list", json!({"name": "l"})).await.status, 409);
    assert_eq!(post(&sandbox, "/v1/list", json!({"name": "L"})).await.status, 200, "exact title");
}

#[tokio::test]
async fn t2_5_too_fast() {
    let sandbox = sandbox(json!({"rate": 0})).await;
    let answer = get(&sandbox, "/v1/lists").await;
    assert_eq!((answer.status, answer.json()["error"].clone()), (429, json!("Too Many Requests")));
}

#[rstest]
#[case::no_address(json!({"Phone": "1"}))]
#[case::null_address(json!({"Email": null}))]
#[case::no_at(json!({"Email": "nobody"}))]
#[case::number_for_address(json!({"Email": 7}))]
#[case::number_for_text(json!({"Email": "b@x.example", "Phone": 7}))]
#[case::text_for_integer(json!({"Email": "b@x.example", "custom": {"integer--N": "7"}}))]
#[case::float_for_integer(json!({"Email": "b@x.example", "custom": {"integer--N": 7.5}}))]
#[case::bad_date(json!({"Email": "b@x.example", "custom": {"date--D": "yesterday"}}))]
#[case::bad_custom_key(json!({"Email": "b@x.example", "custom": {"N": 7}}))]
#[case::other_type_than_defined(json!({"Email": "b@x.example", "custom": {"string--N": "7"}}))]
#[case::custom_no_object(json!({"Email": "b@x.example", "custom": []}))]
#[case::unsubscribed_text(json!({"Email": "b@x.example", "unsubscribed": "no"}))]
#[case::no_object(json!(7))]
#[case::bad_address(json!({"Email": " BAD@x.example"}))]
#[tokio::test]
async fn t2_5_bad_row(#[case] row: Value) {
    let faults = json!({
        "custom_fields": [{"name": "N", "fieldType": "integer"}],
        "bad_addresses": ["bad@X.example "],
    });
    let sandbox = sandbox(faults).await;
    let answer = bulk(&sandbox, json!([{"Email": "a@x.example"}, row.clone()])).await;
    assert_eq!(answer.status, 400);
    assert!(!answer.message().unwrap().is_empty());
    assert!(stored(&sandbox).is_empty());
    assert_eq!(post(&sandbox, "/v1/contact", json!({"contact": row})).await.status, 400);
}

/// Silent in the pages: stored, and not shown.
#[tokio::test]
async fn t2_5_unknown_custom_field() {
    let sandbox = sandbox(json!({})).await;
    let row = json!({"Email": "a@x.example", "custom": {"string--Un--Known": "v"}});
    assert_eq!(bulk(&sandbox, json!([row])).await.status, 200);
    let contact = sandbox.account().contacts.remove(0);
    assert_eq!((contact.hidden["Un Known"].clone(), contact.custom.len()), (json!("v"), 0));
    assert_eq!(get(&sandbox, "/v1/contact/a@x.example").await.json().get("custom_fields"), None);
    assert_eq!(get(&sandbox, "/v1/contacts/custom_fields").await.json(), json!([]));
}

#[tokio::test]
async fn t2_5_unknown_path_and_method() {
    let sandbox = sandbox(json!({})).await;
    assert_eq!(get(&sandbox, "/v1/nowhere").await.status, 404);
    assert_eq!(get(&sandbox, "/contacts").await.status, 404);
    assert_eq!(call(&sandbox, "PUT", "/v1/contacts", json!({})).await.status, 405);
    assert_eq!(get(&sandbox, "/v1/list").await.status, 405);
}

#[rstest]
#[case("")]
#[case("[]")]
#[case("{\"contacts\":{}}")]
#[case("{\"contacts\":[")]
#[tokio::test]
async fn t2_5_malformed_body(#[case] body: &str) {
    let sandbox = sandbox(json!({})).await;
    let request = crate::client::request("POST", "/v1/contacts", body, "close");
    assert!(text(&raw(&sandbox, &request).await.unwrap()).starts_with("HTTP/1.1 400 "));
}
