//! Faults that answer otherwise than the vendor would.

use rstest::rstest;
use serde_json::{Value, json};

use crate::client::{KEY, bulk, faulty, get, rows, sandbox, stored};

#[rstest]
#[case(json!({"status": 500}), 0)]
#[case(json!({"status": 500, "applied": true}), 1)]
#[case(json!({"answer": {"status": 503, "applied": true}}), 1)]
#[case(json!({"status": 429, "applied": true}), 1)]
#[case(json!({"status": 401}), 0)]
#[case(json!({"status": 202}), 1)]
#[tokio::test]
async fn an_answer_is_given_applied_or_not(#[case] act: Value, #[case] kept: usize) {
    let sandbox = faulty(act.clone()).await;
    let status = act.get("status").or(act.pointer("/answer/status")).unwrap().clone();
    assert_eq!(json!(bulk(&sandbox, rows(&["a@x.example"])).await.status), status);
    assert_eq!(stored(&sandbox).len(), kept);
    let request = sandbox.record().remove(0);
    assert_eq!((request.applied, request.unnamed.len()), (kept == 1, 1));
    assert_eq!(request.fault.as_deref(), Some("answer"));
}

#[tokio::test]
async fn a_body_over_a_length_is_refused_each_time_and_a_shorter_one_is_not() {
    let (long, short) = (rows(&["a@x.example", "b@x.example"]), rows(&["a@x.example"]));
    let most = json!({"contacts": short}).to_string().len();
    let sandbox = sandbox(json!({"faults": [{"on": {"longer": most}, "do": {"status": 413}}]})).await;
    for (body, status) in [(&long, 413), (&short, 200), (&long, 413)] {
        assert_eq!(bulk(&sandbox, body.clone()).await.status, status);
    }
    assert_eq!(stored(&sandbox), ["a@x.example"]);
}

#[tokio::test]
async fn an_answer_has_its_headers_and_body() {
    let act = json!({
        "status": 429, "headers": {"Retry-After": ["1", "9"], "content-type": "text/plain", "X": "a\r\nb"},
        "body": "no, {key}",
    });
    let sandbox = faulty(act).await;
    let answer = get(&sandbox, "/v1/lists").await;
    assert!(answer.head.contains("retry-after: 1\r\nretry-after: 9\r\n"));
    assert!(answer.head.contains("content-type: text/plain") && !answer.head.contains("json"));
    assert!(answer.head.contains("x: a  b\r\n"), "a header cannot end the head");
    assert_eq!(answer.body, format!("no, {KEY}").into_bytes());
}

#[rstest]
#[case(json!({"redirect": {"to": "http://127.0.0.2/x"}}), 302)]
#[case(json!({"redirect": {"status": 307, "to": "http://127.0.0.2/x"}}), 307)]
#[tokio::test]
async fn a_redirect_names_the_place(#[case] act: Value, #[case] status: u16) {
    let sandbox = faulty(act).await;
    let answer = bulk(&sandbox, rows(&["a@x.example"])).await;
    assert_eq!(answer.status, status);
    assert!(answer.head.contains("location: http://127.0.0.2/x\r\n"));
    assert!(stored(&sandbox).is_empty());
}

#[rstest]
#[case("html", 0, "<!DOCTYPE html>")]
#[case("empty", 1, "")]
#[case("null", 1, "null")]
#[case("array", 1, "[]")]
#[tokio::test]
async fn a_200_that_is_no_success(#[case] act: &str, #[case] kept: usize, #[case] start: &str) {
    let sandbox = faulty(json!(act)).await;
    let answer = bulk(&sandbox, rows(&["a@x.example"])).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.starts_with(start.as_bytes()));
    assert_eq!(start.is_empty(), answer.body.is_empty());
    assert_eq!(stored(&sandbox).len(), kept);
    assert_eq!(sandbox.record()[0].unnamed, ["a@x.example"]);
}

#[tokio::test]
async fn a_huge_body_is_valid() {
    let sandbox = faulty(json!("huge_body")).await;
    let answer = bulk(&sandbox, rows(&["a@x.example"])).await;
    assert!(answer.body.len() > 5 * 1024 * 1024);
    assert!(answer.json()["email_contact_map"]["a@x.example"].is_string());
    assert!(sandbox.record()[0].unnamed.is_empty());
}

#[tokio::test]
async fn rules_choose_by_method_path_and_number() {
    let rule = |on: Value, status: u16| json!({"on": on, "do": {"status": status}});
    let faults = json!({"faults": [
        rule(json!({"method": "GET", "path": "/v1/list*", "nth": [2]}), 500),
        rule(json!({"path": "/lists", "from": 3, "every": 2, "times": 1}), 503),
        rule(json!({"path": "/account"}), 403),
    ]});
    let sandbox = sandbox(faults).await;
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(get(&sandbox, "/v1/lists").await.status);
    }
    assert_eq!(statuses, [200, 500, 503, 200, 200]);
    assert_eq!(get(&sandbox, "/v1/account").await.status, 403);
}
