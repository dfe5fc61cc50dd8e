//! Table 3.4: errors.

use rstest::rstest;
use serde_json::{Value, json};

use crate::client::{Answer, KEY, call, raw, sandbox};
use crate::ortto_client::{ask, by_email, merge, people, person, send, statuses, stored};

const PATHS: [&str; 7] = [
    "person/merge",
    "person/get",
    "person/get-by-ids",
    "person/subscriptions",
    "person/custom-field/get",
    "person/custom-field/create",
    "tags/get",
];

/// The form of every error but 429.
fn check_form(answer: &Answer) {
    let body = answer.json();
    assert_eq!(body["code"], json!(answer.status));
    assert!(body["error"].is_string());
    let id = body["request_id"].as_str().unwrap();
    assert_eq!((id.len(), id.matches('-').count()), (36, 4));
}

#[tokio::test]
async fn t3_4_bad_or_missing_key() {
    let sandbox = sandbox(json!({})).await;
    for path in PATHS.iter().take(6).chain(&["person/nowhere"]) {
        for header in ["X-Api-Key: wrong", "autopilotapikey: wrong", &format!("autopilotapikey: {KEY}")] {
            let head = format!(
                "POST /v1/{path} HTTP/1.1\r\n{header}\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{{}}"
            );
            let answer = Answer::parse(&raw(&sandbox, head.as_bytes()).await.unwrap());
            if answer.status == 429 {
                assert!(sandbox.ortto().banned > 0);
                continue;
            }
            assert_eq!(answer.status, 401);
            check_form(&answer);
        }
    }
    assert_eq!(sandbox.ortto().banned, 1, "bad credentials lead to the ban too");
    assert!(sandbox.record().iter().all(|request| !request.key_ok));
}

#[tokio::test]
async fn t3_4_the_key_of_ortto_is_none_of_classic() {
    let sandbox = sandbox(json!({})).await;
    let answer = send(&sandbox, "GET", "lists", "").await;
    assert_eq!(answer.status, 404, "Ortto has no lists");
    check_form(&answer);
    assert_eq!(call(&sandbox, "GET", "/v1/lists", Value::Null).await.status, 200);
}

#[rstest]
#[case("person/upsert")]
#[case("person")]
#[case("person/archive")]
#[case("audience/subscribe")]
#[case("suppression-list/email/add")]
#[case("tags")]
#[tokio::test]
async fn t3_4_unknown_path(#[case] path: &str) {
    let sandbox = sandbox(json!({})).await;
    let answer = ask(&sandbox, path, json!({})).await;
    assert_eq!(answer.status, 404);
    check_form(&answer);
}

#[tokio::test]
async fn t3_4_missing_body() {
    let sandbox = sandbox(json!({})).await;
    for path in PATHS {
        let answer = send(&sandbox, "POST", path, "").await;
        assert_eq!(answer.status, 404, "{path}");
        check_form(&answer);
    }
}

#[tokio::test]
async fn t3_4_wrong_method() {
    let sandbox = sandbox(json!({})).await;
    for (path, method) in PATHS.iter().zip(["GET", "PUT", "DELETE", "PATCH", "GET", "PUT", "GET"]) {
        let answer = send(&sandbox, method, path, "{}").await;
        assert_eq!(answer.status, 405, "{method} {path}");
        check_form(&answer);
    }
}

#[rstest]
#[case("[]")]
#[case("{")]
#[case("null")]
#[case("{\"people\": 7}")]
#[tokio::test]
async fn t3_4_malformed_body(#[case] body: &str) {
    let sandbox = sandbox(json!({})).await;
    let answer = send(&sandbox, "POST", "person/merge", body).await;
    assert_eq!(answer.status, 400);
    check_form(&answer);
}

#[tokio::test]
async fn t3_4_unknown_field_and_no_other_person() {
    let sandbox = sandbox(json!({})).await;
    let answer = merge(&sandbox, json!([person("a@x.example", json!({"str::no_such": "x"}))])).await;
    assert_eq!(answer.status, 400);
    check_form(&answer);
    let reason = "failed to validate field str::no_such in schema: str::no_such: Object not found";
    let body = answer.json();
    assert_eq!(body["error"], format!("No valid contacts provided ({reason})"));
    assert_eq!(body["details"], json!([{"status": "invalid", "error": reason}]), "as recorded");
}

#[tokio::test]
async fn t3_4_details_have_every_row() {
    let sandbox = sandbox(json!({"ortto": {"suppressed": ["s@x.example"]}})).await;
    let rows = json!([{"fields": {"str::email": "x"}}, {"fields": {"str::email": "s@x.example"}}]);
    let answer = merge(&sandbox, rows).await;
    let details = answer.json()["details"].clone();
    assert_eq!((answer.status, details.as_array().unwrap().len()), (400, 2));
    assert_eq!((&details[0]["status"], &details[1]["status"]), (&json!("invalid"), &json!("suppressed")));
    let request = sandbox.record().pop().unwrap();
    assert_eq!((request.refused, request.applied), (vec!["x".into(), "s@x.example".into()], false));
}

#[tokio::test]
async fn t3_4_suppressed_and_no_other_person() {
    let sandbox = sandbox(json!({"ortto": {"suppressed": ["S@x.example"]}})).await;
    let answer = merge(&sandbox, people(&["s@X.example"])).await;
    assert_eq!(answer.status, 400);
    let body = answer.json();
    assert_eq!(body["error"], "No valid contacts provided (Email is suppressed)");
    assert_eq!(body["details"], json!([{"status": "suppressed", "error": "Email is suppressed"}]));
    assert!(stored(&sandbox).is_empty());
}

#[tokio::test]
async fn t3_4_suppressed_and_there_already() {
    let sandbox = sandbox(json!({})).await;
    sandbox.seed_ortto(vec![person("s@x.example", json!({}))]).unwrap();
    sandbox.suppress_ortto("s@x.example");
    assert_eq!(statuses(&merge(&sandbox, people(&["s@x.example"])).await), ["merged"]);
}

#[tokio::test]
async fn t3_4_mixed_batch() {
    for (told, status, kept) in [("partial", 200, 2), ("refuses_all", 400, 0)] {
        let sandbox = sandbox(json!({"ortto": {"mixed": told, "suppressed": ["s@x.example"]}})).await;
        let answer =
            merge(&sandbox, people(&["a@x.example", "s@x.example", "no address", "c@x.example"])).await;
        assert_eq!((answer.status, stored(&sandbox).len()), (status, kept), "{told}");
        let request = sandbox.record().pop().unwrap();
        assert_eq!(request.refused, ["s@x.example", "no address"]);
        if status == 200 {
            assert_eq!(statuses(&answer), ["created", "suppressed", "invalid", "created"]);
            assert_eq!(request.unnamed, ["s@x.example", "no address"]);
        } else {
            assert_eq!(answer.json()["details"].as_array().unwrap().len(), 2);
        }
    }
}

#[tokio::test]
async fn t3_4_contact_limit() {
    let sandbox = sandbox(json!({"ortto": {"contact_limit": 2}})).await;
    assert_eq!(merge(&sandbox, people(&["a@x.example", "b@x.example"])).await.status, 200);
    let answer = merge(&sandbox, people(&["a@x.example", "c@x.example"])).await;
    assert_eq!(answer.status, 507);
    check_form(&answer);
    assert_eq!(stored(&sandbox).len(), 2);
    assert_eq!(merge(&sandbox, people(&["a@x.example"])).await.status, 200, "it makes nobody");
}

#[tokio::test]
async fn t3_4_request_ids_differ() {
    let sandbox = sandbox(json!({})).await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        let body = json!({"people": [], "merge_by": ["str::email"]});
        ids.push(ask(&sandbox, "person/merge", body).await.json()["request_id"].clone());
    }
    assert_ne!(ids[0], ids[1]);
    assert_eq!(merge(&sandbox, by_email(json!([]))).await.status, 400);
}
