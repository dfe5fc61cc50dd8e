//! The key: taken or refused, in no text, and at no other address.

use std::io::ErrorKind;
use std::net::TcpListener;

use segue_engine::destination::{Answer, Stop, StopKind};

use super::answers::{asked, class};
use super::stage::Fault;
use super::trial::Trial;

pub(crate) async fn a_good_key_is_taken_and_a_bad_one_stops(trial: Trial) {
    let product = trial.product();
    let answer = trial.ask(&product.test(), |reply| product.read_test(reply)).await;
    assert_eq!(answer, Answer::Accepted(()), "the account's own key");
    let before = trial.people();
    for key in ["another-key", &trial.stage.key().to_uppercase(), &format!("{}x", trial.stage.key())] {
        let http = trial.with_key(key);
        for asked in asked(product) {
            let answer = (asked.read)(&http.send(&asked.request).await.unwrap());
            assert_eq!(class(&answer), "stop: Key", "{} with a bad key", asked.name);
        }
    }
    assert_eq!(trial.people(), before, "a bad key stores nobody");
}

pub(crate) async fn the_key_is_in_no_text(trial: Trial) {
    let (product, key) = (trial.product(), trial.stage.key());
    let silent = |text: &str, what: &str| assert!(!text.contains(&key), "{what} has the key: {text}");
    silent(&format!("{:?}", trial.http), "Debug of the wire");
    for asked in asked(product) {
        silent(&format!("{:?}", asked.request), asked.name);
        silent(&asked.request.path, asked.name);
        let body = asked.request.body.as_deref().unwrap_or_default();
        silent(&String::from_utf8_lossy(body), asked.name);
        for status in [200, 302, 400, 401, 403, 404, 409, 413, 429, 500, 507] {
            for body in [
                format!("{{\"error\":\"no {key}\",\"message\":\"no {key}\"}}"),
                format!("{{\"error\":{{\"code\":\"{key}\"}},\"details\":[{{\"error\":\"{key}\"}}]}}"),
                format!("<p>{key}{key}</p>"),
            ] {
                assert!(trial.stage.play(Fault::answer(status, body)));
                let reply = trial.send(&asked.request).await;
                silent(&format!("{reply:?}"), "the reply");
                silent(&format!("{:?}", (asked.read)(&reply)), "the answer");
            }
        }
    }
    assert!(trial.stage.play(Fault::Cut));
    let failure = trial.http.send(&product.test()).await.unwrap_err();
    silent(&format!("{failure:?}"), "a failure");
}

pub(crate) async fn the_accounts_words_are_fit_to_be_shown(trial: Trial) {
    let words = format!("\u{1b}[31mno\r\n\u{202e}on\u{0} {}", "å".repeat(9_000));
    let body = serde_json::json!({ "error": words, "message": words }).to_string();
    for asked in asked(trial.product()) {
        for status in [400, 401, 403, 405, 507] {
            assert!(trial.stage.play(Fault::answer(status, body.clone())));
            let text = match (asked.read)(&trial.send(&asked.request).await) {
                Answer::Refused { text, .. } | Answer::Stop(Stop { text, .. }) => text,
                other => panic!("{} with {status}: {other:?}", asked.name),
            };
            let odd = |letter: char| letter.is_control() || letter == '\u{202e}';
            assert!(
                !text.is_empty() && text.chars().count() <= 500,
                "{}: {}",
                asked.name,
                text.chars().count()
            );
            assert!(!text.contains(odd), "{} with {status}: {text:?}", asked.name);
        }
    }
}

pub(crate) async fn nothing_is_followed(trial: Trial) {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let to = format!("http://{}/v1/elsewhere", elsewhere.local_addr().unwrap());
    for asked in asked(trial.product()) {
        for status in [301, 302, 303, 307, 308] {
            let headers = vec![("Location", to.clone())];
            assert!(trial.stage.play(Fault::Answer { status, headers, body: String::new() }));
            match (asked.read)(&trial.send(&asked.request).await) {
                Answer::Stop(Stop { kind: StopKind::Redirect, status: told, .. }) => assert_eq!(told, status),
                other => panic!("{} with {status}: {other:?}", asked.name),
            }
        }
    }
    let came = elsewhere.accept().expect_err("nobody was to come here, with or without the key");
    assert_eq!(came.kind(), ErrorKind::WouldBlock);
}
