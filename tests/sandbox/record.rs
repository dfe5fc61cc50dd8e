//! The record (`reliability.md` 3.2).

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

use crate::client::{bulk, bulk_bytes, connect, delete, get, post, raw, rows, sandbox};

#[tokio::test]
async fn a_bulk_request_is_told_in_full() {
    let sandbox = sandbox(json!({})).await;
    let list = sandbox.create_list("l");
    let row = |email: &str| json!({"Email": email, "custom": {"string--A--B": "x"}, "_autopilot_list": list});
    bulk(&sandbox, json!([row("B@x.example"), row("a@x.example")])).await;
    let text = get(&sandbox, "/_sandbox/record").await.body;
    let lines: Vec<Value> =
        String::from_utf8(text).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1);
    let line = &lines[0];
    let expected = json!({
        "seq": 1, "conn": 1, "method": "POST", "path": "/v1/contacts",
        "emails": ["B@x.example", "a@x.example"], "list_id": list,
        "fields": ["Email", "_autopilot_list", "string--A--B"], "opt_ins": 0,
        "complete": true, "fault": null, "applied": true, "refused": [], "unnamed": [],
        "status": 200, "reply_written": true, "key_ok": true, "ended": true,
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&line[name], value, "{name}");
    }
    assert_eq!(line["body_hash"].as_str().unwrap().len(), 16);
    assert_eq!(line["row_hashes"].as_array().unwrap().len(), 2);
    assert!(line["body_len"].as_u64().unwrap() > 100);
    assert!(line["t_reply_ms"].as_f64() >= line["t_ms"].as_f64());
}

#[tokio::test]
async fn paths_give_contact_and_list_and_reads_store_nothing() {
    let sandbox = sandbox(json!({})).await;
    get(&sandbox, "/v1/list/contactlist_a%20b/contact/a%2Bb%40x.example").await;
    let request = sandbox.record().remove(0);
    assert_eq!(request.emails, ["a+b@x.example"]);
    assert_eq!(request.list_id.as_deref(), Some("contactlist_a b"));
    assert!(!request.applied && request.unnamed.is_empty());
}

#[tokio::test]
async fn equal_bodies_and_rows_have_equal_hashes() {
    let sandbox = sandbox(json!({})).await;
    for emails in [&["a@x.example", "b@x.example"][..], &["a@x.example", "b@x.example"], &["b@x.example"]] {
        bulk(&sandbox, rows(emails)).await;
    }
    let record = sandbox.record();
    assert_eq!(record[0].body_hash, record[1].body_hash);
    assert_ne!(record[0].body_hash, record[2].body_hash);
    assert_eq!(record[0].row_hashes[1], record[2].row_hashes[0]);
}

#[tokio::test]
async fn clearing_goes_on_counting() {
    let sandbox = sandbox(json!({})).await;
    get(&sandbox, "/v1/lists").await;
    assert_eq!(delete(&sandbox, "/_sandbox/record").await.status, 200);
    assert!(sandbox.record().is_empty());
    get(&sandbox, "/v1/lists").await;
    assert_eq!(sandbox.record()[0].seq, 2);
}

#[tokio::test]
async fn a_request_cut_short_is_not_complete_and_not_applied() {
    let sandbox = sandbox(json!({})).await;
    let bytes = bulk_bytes(&["a@x.example"]);
    let mut stream = connect(&sandbox).await;
    stream.write_all(&bytes[..bytes.len() - 1]).await.unwrap();
    drop(stream);
    while !sandbox.record().first().is_some_and(|request| request.ended) {
        tokio::task::yield_now().await;
    }
    let request = sandbox.record().remove(0);
    assert!(!request.complete && !request.applied && request.status.is_none());
    assert!(sandbox.account().contacts.is_empty());
}

#[tokio::test]
async fn kept_alive_requests_share_a_connection() {
    let sandbox = sandbox(json!({})).await;
    let one = crate::client::request("GET", "/v1/lists", "", "keep-alive");
    let mut two = one.clone();
    two.extend(crate::client::request("GET", "/v1/lists", "", "close"));
    let replies = raw(&sandbox, &two).await.unwrap();
    assert_eq!(crate::client::text(&replies).matches("HTTP/1.1 200").count(), 2);
    let record = sandbox.record();
    assert_eq!((record.len(), record[0].conn), (2, record[1].conn));
}

#[tokio::test]
async fn chunked_and_expecting_bodies_are_read() {
    let sandbox = sandbox(json!({})).await;
    let key = sandbox.key();
    let body = r#"{"contact":{"Email":"a@x.example"}}"#;
    let (left, right) = body.split_at(10);
    let chunked = format!(
        "POST /v1/contact HTTP/1.1\r\nautopilotapikey: {key}\r\nExpect: 100-continue\r\n\
         Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n\
         {:x}\r\n{left}\r\n{:x};x=y\r\n{right}\r\n0\r\n\r\n",
        left.len(),
        right.len()
    );
    let reply = crate::client::text(&raw(&sandbox, chunked.as_bytes()).await.unwrap());
    assert!(reply.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"));
    assert_eq!(sandbox.record()[0].body_len, body.len());
    post(&sandbox, "/v1/contact", json!({"contact": {"Email": "a@x.example"}})).await;
    let record = sandbox.record();
    assert_eq!(record[0].body_hash, record[1].body_hash);
}
