//! A letter goes to those who are to have it, says who it is from, and keeps its secrets.

use secrecy::SecretString;
use segue_engine::error::{Code, Result};
use segue_engine::model::{MailSecurity, MailSettings, NoticeKind, NoticeLanguage};
use segue_engine::notify::mail::{Letter, check, send};
use segue_engine::notify::words;

use super::servers::{self, Answers, WILLING};
use super::{noon, notice};

pub(super) fn settings(port: u16) -> MailSettings {
    MailSettings {
        server: "127.0.0.1".to_owned(),
        port,
        security: MailSecurity::None,
        user: "segue".to_owned(),
        from: "segue@example.com".to_owned(),
        to: vec!["anna@example.com".to_owned(), "bo@example.org".to_owned()],
    }
}

fn letter() -> Letter {
    let message = words::message(&notice(NoticeKind::Failed), NoticeLanguage::Sv);
    Letter { id: "run-7".to_owned(), at: noon(), message }
}

async fn sent_to(answers: Answers) -> (Result<()>, String) {
    let (port, serving) = servers::post(answers, 1).await;
    let password = SecretString::from("secret-7".to_owned());
    let went = send(&settings(port), Some(&password), &letter()).await;
    (went, serving.await.unwrap().remove(0))
}

#[tokio::test]
async fn a_letter_arrives() {
    let (went, heard) = sent_to(WILLING).await;
    went.unwrap();
    let lines: Vec<&str> = heard.lines().collect();
    for said in [
        "MAIL FROM:<segue@example.com>",
        "RCPT TO:<anna@example.com>",
        "RCPT TO:<bo@example.org>",
        "Date: Sun, 01 Mar 2026 12:00:00 +0000",
        "Message-ID: <run-7@example.com>",
        "Auto-Submitted: auto-generated",
        "To: anna@example.com, bo@example.org",
    ] {
        assert!(lines.iter().any(|line| line.starts_with(said)), "{said}\n{heard}");
    }
    assert!(!lines.iter().any(|line| line.starts_with("Bcc")), "a name makes no header:\n{heard}");
    assert!(lines[1].starts_with("AUTH PLAIN "), "{heard}");
    assert!(lines[0].starts_with("EHLO [127.0.0.1]"), "the computer's name stays here: {heard}");
}

#[tokio::test]
async fn what_a_server_refuses_is_told_without_its_words() {
    for (answers, code, retryable) in [
        (Answers { auth: "535 no secret-7", ..WILLING }, Code::KeyRefused, false),
        (Answers { auth: "454 later", ..WILLING }, Code::Destination, true),
        (Answers { receiver: "550 no anna@example.com", ..WILLING }, Code::Destination, false),
        (Answers { receiver: "451 later", ..WILLING }, Code::Destination, true),
    ] {
        let (went, heard) = sent_to(answers).await;
        let error = went.unwrap_err();
        assert_eq!((error.code, error.retryable), (code, retryable), "{error:?}");
        let said = format!("{error:?}");
        assert!(!said.contains("secret-7") && !said.contains("anna@"), "{said}");
        assert!(!heard.contains("DATA"), "no letter went: {heard}");
    }
}

#[tokio::test]
async fn no_password_and_no_letter_go_out_in_clear_where_tls_was_asked_for() {
    for security in [MailSecurity::StartTls, MailSecurity::Tls] {
        let (port, serving) = servers::post(WILLING, 1).await;
        let password = SecretString::from("secret-7".to_owned());
        let settings = MailSettings { security, ..settings(port) };
        let error = send(&settings, Some(&password), &letter()).await.unwrap_err();
        assert!(!error.retryable, "{error:?}");
        let heard = serving.await.unwrap().remove(0);
        assert!(!heard.contains("AUTH") && !heard.contains("DATA"), "{heard:?}");
    }
}

#[test]
fn settings_are_checked_field_by_field() {
    let well = settings(2525);
    let spaced = MailSettings {
        server: " LOCALHOST ".to_owned(),
        from: " segue@example.com".to_owned(),
        ..well.clone()
    };
    let plain = check(&spaced).unwrap();
    assert_eq!((plain.server.as_str(), plain.from.as_str()), ("localhost", "segue@example.com"));
    let to = |to: &[&str]| to.iter().map(|to| (*to).to_owned()).collect::<Vec<_>>();
    for (bad, code, named) in [
        (MailSettings { port: 0, ..well.clone() }, Code::Usage, "port"),
        (MailSettings { server: String::new(), ..well.clone() }, Code::BadUrl, "mail server"),
        (MailSettings { server: "10.0.0.1".to_owned(), ..well.clone() }, Code::BadUrl, "mail server"),
        (MailSettings { server: "mail.example.com".to_owned(), ..well.clone() }, Code::BadUrl, "TLS"),
        (MailSettings { user: "a\r\nb".to_owned(), ..well.clone() }, Code::Usage, "user name"),
        (MailSettings { from: "anna".to_owned(), ..well.clone() }, Code::Usage, "sender"),
        (MailSettings { from: "a@b.se\r\nBcc: c@d.se".to_owned(), ..well.clone() }, Code::Usage, "sender"),
        (MailSettings { to: vec![], ..well.clone() }, Code::Usage, "receivers"),
        (MailSettings { to: to(&["anna@example.com"; 11]), ..well.clone() }, Code::Usage, "receivers"),
        (MailSettings { to: to(&["anna@example.com", "b o"]), ..well.clone() }, Code::Usage, "receiver"),
    ] {
        let error = check(&bad).unwrap_err();
        assert_eq!(error.code, code, "{bad:?}");
        assert!(error.message.contains(named), "{named}: {}", error.message);
        assert!(!error.message.contains("anna@example.com,"), "{}", error.message);
    }
}
