//! Faults below HTTP.

use rstest::rstest;
use segue_sandbox::{Request, Sandbox};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::client::{bulk_bytes, connect, faulty, raw, request, stored, text};

/// The first request once the sandbox is done with it.
async fn ended(sandbox: &Sandbox) -> Request {
    loop {
        if let Some(request) = sandbox.record().into_iter().next().filter(|request| request.ended) {
            return request;
        }
        tokio::task::yield_now().await;
    }
}

fn body_of(reply: &[u8]) -> &[u8] {
    let end = reply.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    &reply[end..]
}

fn promised(reply: &[u8]) -> usize {
    let text = text(reply).to_lowercase();
    text.split("content-length: ").nth(1).unwrap().split("\r\n").next().unwrap().parse().unwrap()
}

#[rstest]
#[case(json!("reset_before"), false, 0)]
#[case(json!({"reset_before": {"applied": true}}), false, 0)]
#[case(json!("reset_after"), true, 1)]
#[case(json!({"reset_after": {"applied": false}}), true, 0)]
#[tokio::test]
async fn a_reset(#[case] act: Value, #[case] complete: bool, #[case] kept: usize) {
    let sandbox = faulty(act).await;
    let error = raw(&sandbox, &bulk_bytes(&["a@x.example"])).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    let request = ended(&sandbox).await;
    assert_eq!((request.complete, request.applied), (complete, kept == 1));
    assert_eq!((request.status, request.reply_written), (None, false));
    assert_eq!(stored(&sandbox).len(), kept);
}

#[rstest]
#[case(json!({"hang": {"ms": 1}}), 1)]
#[case(json!({"hang": {"ms": 1, "applied": false}}), 0)]
#[tokio::test]
async fn a_hang_that_closes(#[case] act: Value, #[case] kept: usize) {
    let sandbox = faulty(act).await;
    assert_eq!(raw(&sandbox, &bulk_bytes(&["a@x.example"])).await.unwrap(), b"");
    assert_eq!(stored(&sandbox).len(), kept);
    assert_eq!(ended(&sandbox).await.status, None);
}

#[tokio::test]
async fn a_hang_until_the_client_gives_up() {
    let sandbox = faulty(json!("hang")).await;
    let mut stream = connect(&sandbox).await;
    stream.write_all(&bulk_bytes(&["a@x.example"])).await.unwrap();
    while stored(&sandbox).is_empty() {
        tokio::task::yield_now().await;
    }
    assert!(!sandbox.record()[0].ended);
    drop(stream);
    let request = ended(&sandbox).await;
    assert!(request.applied && !request.reply_written);
}

#[tokio::test]
async fn a_slow_body_comes_byte_by_byte_and_whole() {
    let sandbox = faulty(json!({"slow_body": {"ms": 1}})).await;
    let reply = raw(&sandbox, &bulk_bytes(&["a@x.example"])).await.unwrap();
    let body = body_of(&reply);
    assert_eq!(body.len(), promised(&reply));
    let request = ended(&sandbox).await;
    assert!(request.reply_written);
    let took = request.t_reply_ms.unwrap() - request.t_ms;
    assert!(took >= f64::from(u32::try_from(body.len()).unwrap()), "{took} ms");
}

#[tokio::test]
async fn a_truncated_body_is_shorter_than_promised() {
    let sandbox = faulty(json!("truncate")).await;
    let reply = raw(&sandbox, &bulk_bytes(&["a@x.example"])).await.unwrap();
    assert!(body_of(&reply).len() < promised(&reply));
    let request = ended(&sandbox).await;
    assert!(request.applied && !request.reply_written);
    assert_eq!(request.status, Some(200));
}

#[tokio::test]
async fn a_cut_chunked_body_has_no_last_chunk() {
    let sandbox = faulty(json!("chunked_cut")).await;
    let reply = text(&raw(&sandbox, &bulk_bytes(&["a@x.example"])).await.unwrap());
    assert!(reply.contains("Transfer-Encoding: chunked") && reply.contains("email_contact_map"));
    assert!(!reply.ends_with("0\r\n\r\n"));
    assert!(!ended(&sandbox).await.reply_written);
}

#[tokio::test]
async fn an_endless_body_ends_with_the_client() {
    let sandbox = faulty(json!("endless_body")).await;
    let mut stream = connect(&sandbox).await;
    stream.write_all(&bulk_bytes(&["a@x.example"])).await.unwrap();
    let mut much = vec![0; 6 * 1024 * 1024];
    stream.read_exact(&mut much).await.unwrap();
    drop(stream);
    let request = ended(&sandbox).await;
    assert!(request.applied && !request.reply_written);
}

#[tokio::test]
async fn a_reply_comes_twice() {
    let sandbox = faulty(json!("double_reply")).await;
    let reply = text(&raw(&sandbox, &bulk_bytes(&["a@x.example"])).await.unwrap());
    assert_eq!(reply.matches("HTTP/1.1 200 OK").count(), 2);
}

#[tokio::test]
async fn an_informational_head_comes_first() {
    let sandbox = faulty(json!("interim")).await;
    let reply = text(&raw(&sandbox, &bulk_bytes(&["a@x.example"])).await.unwrap());
    assert!(reply.starts_with("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n"));
    assert!(ended(&sandbox).await.reply_written);
}

#[tokio::test]
async fn an_idle_connection_is_closed_unannounced() {
    let sandbox = faulty(json!({"close_idle": {"ms": 1}})).await;
    let reply = raw(&sandbox, &request("GET", "/v1/lists", "", "keep-alive")).await.unwrap();
    assert!(text(&reply).starts_with("HTTP/1.1 200") && !text(&reply).contains("Connection: close"));
}
