//! A webhook goes out once, whole, and to nobody else.

use std::time::Duration;

use secrecy::SecretString;
use segue_engine::error::{Code, Result};
use segue_engine::model::{NoticeKind, NoticeLanguage};
use segue_engine::notify::webhook::Webhook;
use segue_engine::notify::{tries, words};
use tokio::net::TcpListener;

use super::{notice, servers};

fn to(port: u16) -> Webhook {
    Webhook::parse(&SecretString::from(format!("http://127.0.0.1:{port}/services/secret-7"))).unwrap()
}

#[tokio::test]
async fn a_notice_arrives() {
    let (port, serving) = servers::web(&["200 OK"]).await;
    let body = words::body(&notice(NoticeKind::Failed), NoticeLanguage::En);
    to(port).send(&body).await.unwrap();
    let heard = serving.await.unwrap();
    let (head, sent) = heard[0].split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /services/secret-7 HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("content-type: application/json"), "{head}");
    assert_eq!(serde_json::from_str::<serde_json::Value>(sent).unwrap(), body);
}

/// Sends to a server with these answers, trying again without pauses.
async fn sent_to(answers: &'static [&'static str]) -> (Result<()>, usize) {
    let (port, serving) = servers::web(answers).await;
    let (webhook, body) = (to(port), words::trial_body(NoticeLanguage::En, super::noon()));
    let nothing = |_: Duration| std::future::ready(());
    let went = tries::repeat(&tries::PAUSES, nothing, || webhook.send(&body)).await;
    // All answers were given, or the server would wait still.
    (went, serving.await.unwrap().len())
}

#[tokio::test]
async fn what_may_pass_is_sent_again_and_a_refusal_is_not() {
    let (went, requests) = sent_to(&["503 Busy", "429 Too Many Requests", "204 No Content"]).await;
    assert!(went.is_ok() && requests == 3);
    let (went, requests) = sent_to(&["500 Broken", "502 Bad Gateway", "500 Broken"]).await;
    let error = went.unwrap_err();
    assert_eq!((error.code, requests), (Code::Destination, 3));
    for refusal in [&["404 Not Found"], &["410 Gone"], &["403 Forbidden"]] {
        let (went, _) = sent_to(refusal).await;
        let error = went.unwrap_err();
        assert_eq!((error.code, error.retryable), (Code::Destination, false));
        assert!(!format!("{error:?}").contains("secret-7"), "{error:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let second = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    second.set_nonblocking(true).unwrap();
    let elsewhere = second.local_addr().unwrap();
    let answer = format!("307 Elsewhere\r\nlocation: http://{elsewhere}/secret-7");
    let (port, serving) = servers::web(Vec::leak(vec![&*String::leak(answer)])).await;
    let error = to(port).send(&words::trial_body(NoticeLanguage::En, super::noon())).await.unwrap_err();
    assert_eq!((error.code, error.retryable), (Code::Destination, false));
    assert_eq!(serving.await.unwrap().len(), 1);
    let came = second.accept().map_err(|error| error.kind());
    assert_eq!(came.unwrap_err(), std::io::ErrorKind::WouldBlock, "nobody came to the second address");
}

#[tokio::test]
async fn where_nobody_listens_it_may_pass() {
    let free = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let error = to(port).send(&words::trial_body(NoticeLanguage::En, super::noon())).await.unwrap_err();
    assert_eq!((error.code, error.retryable), (Code::Unreachable, true));
    assert!(!format!("{error:?} {:?}", to(port)).contains("secret-7"));
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_where_it_is_used() {
    let inside = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = inside.local_addr().unwrap().port();
    // A name as any other to us, and this computer to whoever looks it up.
    let webhook = Webhook::parse(&SecretString::from(format!("https://localhost.:{port}/secret-7"))).unwrap();
    let error = webhook.send(&words::trial_body(NoticeLanguage::En, super::noon())).await.unwrap_err();
    assert!(error.message.contains("inner network") || error.message.contains("not found"), "{error:?}");
    assert!(!format!("{error:?}").contains("secret-7"));
}
