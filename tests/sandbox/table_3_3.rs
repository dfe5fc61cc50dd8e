//! Table 3.3: limits.

use std::time::Duration;

use serde_json::json;
use tokio::io::AsyncWriteExt;

use crate::client::{connect, get, sandbox};
use crate::ortto_client::{ask, by_email, bytes, merge, people, send, with};

#[tokio::test]
async fn t3_3_too_fast_has_its_seconds_in_the_body_and_no_header() {
    let sandbox = sandbox(json!({"rate": 0, "retry_after": 7, "ortto": {"try_in_seconds": 10}})).await;
    let answer = merge(&sandbox, people(&["a@x.example"])).await;
    assert_eq!(answer.status, 429);
    assert!(!answer.head.contains("retry-after"));
    let error = answer.json()["error"].clone();
    assert_eq!((&error["code"], &error["try-in-seconds"]), (&json!("rate-limit"), &json!(10)));
    assert!(error["message"].is_string());
    let request = sandbox.record().pop().unwrap();
    assert_eq!((request.fault.as_deref(), request.applied), (Some("rate"), false));
}

#[tokio::test]
async fn t3_3_each_api_has_its_own_door() {
    let sandbox = sandbox(json!({"rate": 1})).await;
    let statuses =
        [ask(&sandbox, "tags/get", json!({})).await.status, get(&sandbox, "/v1/lists").await.status];
    assert_eq!(statuses, [200, 200]);
}

#[tokio::test]
async fn t3_3_fifteen_bad_requests_are_a_ban() {
    let sandbox = sandbox(json!({})).await;
    for n in 0..15 {
        assert_eq!(sandbox.ortto().banned, 0, "after {n}");
        assert_eq!(ask(&sandbox, "person/get", json!({"bad": true})).await.status, 400);
    }
    let answer = ask(&sandbox, "tags/get", json!({})).await;
    assert_eq!(answer.status, 429, "whatever is asked");
    let seconds = answer.json()["error"]["try-in-seconds"].as_u64().unwrap();
    assert!((1..=15).contains(&seconds));
    assert_eq!(sandbox.record().pop().unwrap().fault.as_deref(), Some("ban"));
    assert_eq!(sandbox.ortto().banned, 1);
    assert_eq!(get(&sandbox, "/v1/lists").await.status, 200, "classic knows no ban");
}

#[tokio::test]
async fn t3_3_a_ban_ends() {
    let sandbox = sandbox(json!({"ortto": {"ban_seconds": 1}})).await;
    while sandbox.ortto().banned == 0 {
        ask(&sandbox, "nowhere", json!({})).await;
        send(&sandbox, "GET", "tags/get", "").await;
    }
    assert_eq!(ask(&sandbox, "tags/get", json!({})).await.status, 429);
    while ask(&sandbox, "tags/get", json!({})).await.status == 429 {
        tokio::task::yield_now().await;
    }
    assert_eq!(ask(&sandbox, "tags/get", json!({})).await.status, 200);
}

#[tokio::test]
async fn t3_3_bad_keys_and_faults_count_and_429_does_not() {
    let sandbox = sandbox(json!({"faults": [{"do": {"status": 429}}]})).await;
    for _ in 0..20 {
        assert_eq!(ask(&sandbox, "tags/get", json!({})).await.status, 429);
    }
    assert_eq!(sandbox.ortto().banned, 0);
    sandbox.set_faults(serde_json::from_value(json!({"faults": [{"do": {"status": 403}}]})).unwrap());
    for _ in 0..15 {
        ask(&sandbox, "tags/get", json!({})).await;
    }
    assert_eq!(sandbox.ortto().banned, 1);
}

#[tokio::test]
async fn t3_3_2_mb_a_payload() {
    let sandbox = sandbox(json!({})).await;
    let body = |bytes: usize| {
        let body = by_email(people(&["a@x.example"])).to_string();
        format!("{body}{}", " ".repeat(bytes - body.len()))
    };
    assert_eq!(send(&sandbox, "POST", "person/merge", &body(2_000_000)).await.status, 200);
    let answer = send(&sandbox, "POST", "person/merge", &body(2_000_001)).await;
    assert_eq!((answer.status, answer.json()["code"].clone()), (413, json!(413)));
}

#[tokio::test]
async fn t3_3_synchronous_merges_at_once() {
    for (busy, status) in [("too_many", 429), ("unavailable", 503)] {
        let sandbox = sandbox(json!({"ortto": {"concurrency": 1, "busy": busy}})).await;
        assert_eq!(merge(&sandbox, people(&["b@x.example"])).await.status, 200);
        assert_eq!(merge(&sandbox, people(&["b@x.example"])).await.status, 200, "one after the other");
        sandbox.set_latency(Duration::from_secs(600));
        let mut first = connect(&sandbox).await;
        let body = by_email(people(&["a@x.example"])).to_string();
        first.write_all(&bytes("POST", "person/merge", &body)).await.unwrap();
        while !sandbox.record().iter().any(|request| request.complete && !request.ended) {
            tokio::task::yield_now().await;
        }
        sandbox.set_latency(Duration::ZERO);
        // It is open from when it was read; a moment later it has its turn.
        while merge(&sandbox, people(&["b@x.example"])).await.status == 200 {}
        let second = merge(&sandbox, people(&["b@x.example"])).await;
        assert_eq!(second.status, status);
        assert_eq!(sandbox.record().pop().unwrap().fault.as_deref(), Some("busy"));
        // Neither an asynchronous one nor one by the person's id is of that kind.
        let asynchronous = with(by_email(people(&["c@x.example"])), "async", json!(true));
        assert_eq!(ask(&sandbox, "person/merge", asynchronous).await.status, 200);
        let id = sandbox.ortto().people[0].person_id.clone();
        let by_id = json!({"people": [{"fields": {"str::person_id": id}}], "merge_by": ["str::person_id"]});
        assert_eq!(ask(&sandbox, "person/merge", by_id).await.status, 200);
    }
}

#[tokio::test]
async fn t3_3_synchronous_merges_fail_until_an_asynchronous_one() {
    let sandbox = sandbox(json!({"ortto": {"async_only": 2, "busy": "unavailable"}})).await;
    let mut seen = Vec::new();
    for email in ["a@x.example", "b@x.example", "c@x.example", "d@x.example"] {
        seen.push(merge(&sandbox, people(&[email])).await.status);
    }
    assert_eq!(seen, [200, 200, 503, 503]);
    let id = sandbox.ortto().people[0].person_id.clone();
    let by_id = json!({"people": [{"fields": {"str::person_id": id}}], "merge_by": ["str::person_id"]});
    assert_eq!(ask(&sandbox, "person/merge", by_id).await.status, 200, "by the person's id it goes on");
    let asynchronous = with(by_email(people(&["c@x.example"])), "async", json!(true));
    assert_eq!(ask(&sandbox, "person/merge", asynchronous).await.status, 200);
    assert_eq!(merge(&sandbox, people(&["d@x.example"])).await.status, 200);
}
