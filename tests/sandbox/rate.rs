//! The rate limit at the door. Only what cannot depend on the machine's speed is asserted here;
//! the window itself is tested with set times in `src/rate.rs`.

use std::time::Duration;

use segue_sandbox::{Sandbox, Settings};
use serde_json::json;

use crate::client::{call, get, sandbox};

#[tokio::test]
async fn over_the_limit_is_429_without_retry_after() {
    let sandbox = sandbox(json!({"rate": 3})).await;
    let refused = loop {
        let answer = get(&sandbox, "/v1/lists").await;
        if answer.status != 200 {
            break answer;
        }
    };
    assert_eq!(refused.status, 429);
    assert!(!refused.head.contains("retry-after"));
    let mut record = sandbox.record();
    let last = record.pop().unwrap();
    assert_eq!((last.fault.as_deref(), last.applied), (Some("rate"), false));
    // Just the three that fill the second were admitted in it.
    let within = record.iter().filter(|request| last.t_ms - request.t_ms < 1000.0).count();
    assert_eq!(within, 3);
}

#[tokio::test]
async fn retry_after_is_sent_when_told() {
    let sandbox = sandbox(json!({"rate": 0, "retry_after": 7})).await;
    assert!(get(&sandbox, "/v1/lists").await.head.contains("retry-after: 7\r\n"));
}

#[tokio::test]
async fn a_refused_arrival_stores_nothing_and_no_rule_counts_it() {
    let faults = json!({"rate": 0, "faults": [{"on": {"nth": [1]}, "do": {"status": 503}}]});
    let sandbox = sandbox(faults).await;
    let body = json!({"contacts": [{"Email": "a@x.example"}]});
    assert_eq!(call(&sandbox, "POST", "/v1/contacts", body).await.status, 429);
    assert!(sandbox.account().contacts.is_empty());
    call(&sandbox, "GET", "/_sandbox/open", json!(null)).await;
    assert_eq!(sandbox.record().len(), 1, "control is outside of the rate and of the record");
}

#[tokio::test]
async fn the_window_opens_again() {
    let settings = Settings { rate: Some(1), ..Settings::default() };
    let sandbox = Sandbox::start(settings).await.unwrap();
    let head =
        format!("GET /v1/lists HTTP/1.1\r\nautopilotapikey: {}\r\nConnection: close\r\n\r\n", sandbox.key());
    let mut refused = 0;
    let mut taken = 0;
    while taken < 2 {
        let reply = crate::client::raw(&sandbox, head.as_bytes()).await.unwrap();
        if reply.starts_with(b"HTTP/1.1 200") { taken += 1 } else { refused += 1 }
    }
    let times: Vec<f64> = sandbox
        .record()
        .iter()
        .filter(|request| request.status == Some(200))
        .map(|request| request.t_ms)
        .collect();
    assert!(refused > 0);
    assert!(times[1] - times[0] >= Duration::from_secs(1).as_secs_f64() * 1000.0 - 0.001);
}
