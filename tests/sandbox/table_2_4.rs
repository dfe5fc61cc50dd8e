//! Table 2.4: limits. The rate has its own file.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

use crate::client::{bulk, bulk_bytes, connect, get, many, sandbox, stored};

#[tokio::test]
async fn t2_4_bulk_size() {
    let sandbox = sandbox(json!({})).await;
    assert_eq!(bulk(&sandbox, many(101)).await.status, 400);
    assert!(stored(&sandbox).is_empty());
    assert_eq!(bulk(&sandbox, many(100)).await.status, 200);
    assert_eq!(stored(&sandbox).len(), 100);
}

#[tokio::test]
async fn t2_4_page_size() {
    let sandbox = sandbox(json!({})).await;
    let seed = |n| json!({"Email": format!("s{n}@x.example")});
    sandbox.seed((0..250).map(seed).collect()).unwrap();
    let (mut sizes, mut path) = (Vec::new(), "/v1/contacts".to_owned());
    loop {
        let page = get(&sandbox, &path).await.json();
        sizes.push(page["contacts"].as_array().unwrap().len());
        match page.get("bookmark").and_then(Value::as_str) {
            Some(bookmark) => path = format!("/v1/contacts/{bookmark}"),
            None => break,
        }
    }
    assert_eq!(sizes, [100, 100, 50]);
}

/// The vendor: a timed-out request is still carried out.
#[tokio::test]
async fn t2_4_server_time_outs() {
    let sandbox = sandbox(json!({})).await;
    sandbox.set_latency(Duration::from_millis(50));
    let mut stream = connect(&sandbox).await;
    stream.write_all(&bulk_bytes(&["a@x.example"])).await.unwrap();
    // It is in the record while it waits; then the client gives up.
    while !sandbox.record().iter().any(|request| request.complete) {
        tokio::task::yield_now().await;
    }
    assert_eq!((sandbox.open(), stored(&sandbox).len()), (1, 0));
    drop(stream);
    while !sandbox.record()[0].ended {
        tokio::task::yield_now().await;
    }
    assert_eq!(stored(&sandbox), ["a@x.example"]);
    let request = sandbox.record().remove(0);
    assert!(request.applied && !request.reply_written);
    assert_eq!(request.status, None);
}
