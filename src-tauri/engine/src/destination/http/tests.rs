//! The wire against a socket that answers what it is told, octet by octet.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use rstest::rstest;
use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// A server that answers each connection's first request with these octets, then closes.
async fn answering(octets: impl Into<Vec<u8>>) -> (Http, Arc<Mutex<Vec<String>>>) {
    let octets: Vec<u8> = octets.into();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut heard = vec![0; 65536];
            let length = socket.read(&mut heard).await.unwrap();
            log.lock().unwrap().push(String::from_utf8_lossy(&heard[..length]).into_owned());
            // The client may have hung up: a refusal of its own.
            socket.write_all(&octets).await.ok();
        }
    });
    (http(&format!("http://127.0.0.1:{port}")), seen)
}

fn http(origin: &str) -> Http {
    Http::new(Origin::parse(origin).unwrap(), "autopilotapikey", SecretString::from(KEY), 8).unwrap()
}

fn request(method: Method, path: &str, body: Option<&'static str>) -> Request {
    Request { method, path: path.to_owned(), body: body.map(Bytes::from), repeatable: true }
}

fn whole(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len()).into_bytes()
}

#[tokio::test]
async fn a_reply_comes_whole_and_the_request_says_little() {
    let (http, seen) = answering(whole(
        "200 OK",
        "Date: Mon, 01 Jan 2024 00:00:00 GMT\r\nRetry-After: 1\r\nRetry-After: 2\r\n",
        "{}",
    ))
    .await;
    let reply = http.send(&request(Method::Post, "/v1/contacts", Some("{\"contacts\":[]}"))).await.unwrap();
    assert_eq!((reply.status, &reply.body[..]), (200, &b"{}"[..]));
    assert_eq!(reply.retry_after, ["1", "2"]);
    assert_eq!(reply.date.as_deref(), Some("Mon, 01 Jan 2024 00:00:00 GMT"));
    let sent = seen.lock().unwrap()[0].to_ascii_lowercase();
    assert!(sent.starts_with("post /v1/contacts http/1.1\r\n"), "{sent}");
    assert!(sent.contains(&format!("autopilotapikey: {KEY}\r\n")), "{sent}");
    assert!(sent.contains("accept-encoding: identity\r\n"), "{sent}");
    assert!(sent.contains("content-length: 15\r\n"), "{sent}");
    assert!(sent.contains(concat!("user-agent: segue/", env!("CARGO_PKG_VERSION"), "\r\n")), "{sent}");
    assert!(!sent.contains("referer") && !sent.contains("cookie"), "{sent}");
}

#[tokio::test]
async fn a_post_without_a_body_has_its_length_once() {
    let (http, seen) = answering(whole("200 OK", "", "{}")).await;
    http.send(&request(Method::Post, "/v1/list/a%20b/contact/x%40y.se", None)).await.unwrap();
    let sent = seen.lock().unwrap()[0].to_ascii_lowercase();
    assert!(sent.starts_with("post /v1/list/a%20b/contact/x%40y.se http/1.1\r\n"), "{sent}");
    assert_eq!(sent.matches("content-length: 0\r\n").count(), 1, "{sent}");
}

#[rstest]
#[case::redirect(whole("302 Found", "Location: http://127.0.0.1:1/steal\r\n", ""), 302, "")]
#[case::redirect_with_body(whole("307 Temporary Redirect", "Location: /v1/other\r\n", "moved"), 307, "moved")]
#[case::no_content(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(), 204, "")]
#[case::informational_first(b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".to_vec(), 200, "{}")]
#[case::refusal_cut_off(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 100\r\n\r\nno".to_vec(), 401, "no")]
#[case::refusal_compressed(whole("400 Bad Request", "Content-Encoding: gzip\r\n", "xx"), 400, "")]
#[case::key_echoed(whole("401 Unauthorized", "", &format!("key {KEY} is bad")), 401, "key [key] is bad")]
#[case::surplus(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\n\r\n".to_vec(), 200, "{}")]
#[tokio::test]
async fn any_status_is_a_reply(#[case] octets: Vec<u8>, #[case] status: u16, #[case] body: &str) {
    let (http, seen) = answering(octets).await;
    let reply = http.send(&request(Method::Get, "/v1/lists", None)).await.unwrap();
    assert_eq!((reply.status, String::from_utf8_lossy(&reply.body).as_ref()), (status, body));
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[rstest]
#[case::nothing(Vec::new())]
#[case::half_a_head(b"HTTP/1.1 200 O".to_vec())]
#[case::not_http(b"220 mail.example ESMTP\r\n".to_vec())]
#[case::truncated(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}".to_vec())]
#[case::chunks_cut(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n".to_vec())]
#[case::compressed(whole("200 OK", "Content-Encoding: gzip\r\n", "{}"))]
#[case::longer_than_the_cap(whole("200 OK", "", &"x".repeat(BODY_CAP + 1)))]
#[tokio::test]
async fn after_the_request_went_out_the_outcome_is_unknown(#[case] octets: Vec<u8>) {
    let (http, seen) = answering(octets).await;
    let failure = http.send(&request(Method::Get, "/v1/lists?secret=1", None)).await.unwrap_err();
    assert!(matches!(failure, Failure::Unknown { .. }), "{failure:?}");
    assert!(!failure.why().contains("127.0.0.1") && !failure.why().contains("secret"), "{failure:?}");
    assert_eq!(seen.lock().unwrap().len(), 1, "sent once");
    assert_eq!(failure.stop(), None);
}

#[tokio::test]
async fn the_cap_itself_is_taken() {
    let (http, _) = answering(whole("200 OK", "", &"x".repeat(BODY_CAP))).await;
    assert_eq!(http.send(&request(Method::Get, "/v1/lists", None)).await.unwrap().body.len(), BODY_CAP);
}

#[tokio::test]
async fn a_closed_port_is_not_sent() {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let failure =
        http(&format!("http://localhost:{port}")).send(&request(Method::Get, "/", None)).await.unwrap_err();
    assert_eq!(failure, Failure::NotSent { why: "the host refused the connection".to_owned() });
}

#[tokio::test]
async fn an_unknown_host_is_not_sent() {
    let failure = http("https://host.invalid").send(&request(Method::Get, "/", None)).await.unwrap_err();
    assert!(matches!(failure, Failure::NotSent { .. }), "{failure:?}");
}

#[tokio::test]
async fn a_path_that_is_not_final_is_not_sent() {
    let (http, seen) = answering(whole("200 OK", "", "{}")).await;
    for path in
        ["/v1/list/../contact", "/v1/list/%2e%2e/contact", "/v1/a b", "/v1/\u{e5}", "@evil/", "/a#b c"]
    {
        let failure = http.send(&request(Method::Get, path, None)).await.unwrap_err();
        assert!(matches!(failure, Failure::NotSent { .. }), "{path}");
    }
    assert!(seen.lock().unwrap().is_empty());
}

#[test]
fn a_key_that_cannot_be_a_header_is_refused() {
    for key in ["", " ", "a b", "a\r\nHost: evil", "nyckel-\u{e5}", "a\u{0}"] {
        let made = Http::new(
            Origin::parse("http://127.0.0.1:1").unwrap(),
            "autopilotapikey",
            SecretString::from(key),
            1,
        );
        let error = made.expect_err("refused");
        assert_eq!(error.code, Code::KeyRefused);
        assert!(!error.message.contains("evil"));
    }
}

#[tokio::test]
async fn nothing_shows_the_key() {
    let http = http("http://127.0.0.1:1");
    let shown = format!("{http:?} {:?}", http.build(&request(Method::Get, "/v1/lists", None)).unwrap());
    assert!(!shown.contains(KEY), "{shown}");
}
