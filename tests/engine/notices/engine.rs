//! Who is told is stored whole or not at all, secrets rest in the keychain, and each change is told once.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use secrecy::{ExposeSecret as _, SecretString};
use segue_engine::error::{Code, Error, Result};
use segue_engine::keychain::{Keychain, Memory, Missing};
use segue_engine::model::{
    Audience, AudienceId, AudienceKind, Export, ExportId, Files, LeaverPolicy, MailSettings, NoticeKind,
    NoticeLanguage, NoticeSettings, Run, SegmentRule, Status, Survey,
};
use segue_engine::notify::{MAIL_KEY, WEBHOOK_KEY, Way};
use segue_engine::source::{Audiences, Source};
use segue_engine::store::run::Told;
use segue_engine::store::{self, Store, receipt};
use segue_engine::{Engine, NewNotices};
use tempfile::TempDir;

use super::logs::Log;
use super::mail::settings as mail_settings;
use super::servers::{self, Answers, WILLING};
use super::{bad_run, noon, run};
use crate::store::Still;

/// No audience is opened here.
struct Nobody;

#[async_trait]
impl Audiences for Nobody {
    async fn open(&self, _: &Audience) -> Result<Arc<dyn Source>> {
        Err(Error::internal("no audience here"))
    }

    async fn versions(&self, _: &Audience, rules: &[SegmentRule]) -> Vec<Option<String>> {
        vec![None; rules.len()]
    }
}

struct Desk {
    dir: TempDir,
    keys: Arc<Memory>,
    engine: Engine,
}

fn engine(dir: &Path, keys: Arc<dyn Keychain>) -> Engine {
    Engine::open(dir, Arc::new(Nobody), keys, Arc::new(Still)).unwrap().acting_as("anna on LAPTOP-7")
}

fn desk() -> Desk {
    let (dir, keys) = (tempfile::tempdir().unwrap(), Arc::new(Memory::default()));
    let engine = engine(dir.path(), Arc::clone(&keys) as Arc<dyn Keychain>);
    Desk { dir, keys, engine }
}

impl Desk {
    fn secret(&self, id: &str) -> Option<String> {
        self.keys.get(id).unwrap().map(|secret| secret.expose_secret().to_owned())
    }
}

fn secret(text: &str) -> Option<SecretString> {
    Some(SecretString::from(text.to_owned()))
}

fn none() -> NewNotices {
    NewNotices {
        desktop: true,
        webhook: false,
        webhook_url: None,
        mail: None,
        mail_password: None,
        language: NoticeLanguage::En,
    }
}

fn both(web: u16, post: u16) -> NewNotices {
    NewNotices {
        webhook: true,
        webhook_url: secret(&format!("http://127.0.0.1:{web}/services/secret-7")),
        mail: Some(mail_settings(post)),
        mail_password: secret("secret-8"),
        ..none()
    }
}

fn stands_in(dir: &Path, text: &str) -> bool {
    ["segue.db", "segue.db-wal"].iter().any(|file| {
        let bytes = std::fs::read(dir.join(file)).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[tokio::test]
async fn secrets_rest_in_the_keychain_alone() {
    let (desk, log) = (desk(), Log::new());
    assert_eq!(desk.engine.notice_settings().await.unwrap(), NoticeSettings::default());
    let settings = desk.engine.set_notices(both(4010, 2525)).await.unwrap();
    assert_eq!(settings.webhook.as_ref().unwrap().host, "127.0.0.1");
    assert_eq!(desk.engine.notice_settings().await.unwrap(), settings);
    assert!(desk.engine.has_mail_password().await.unwrap());
    let kept = (desk.secret(WEBHOOK_KEY), desk.secret(MAIL_KEY));
    assert_eq!(
        kept,
        (Some("http://127.0.0.1:4010/services/secret-7".to_owned()), Some("secret-8".to_owned()))
    );

    // What is not typed again stays.
    let again = NewNotices {
        webhook_url: secret(" "),
        mail_password: None,
        language: NoticeLanguage::Sv,
        ..both(1, 2525)
    };
    assert_eq!(desk.engine.set_notices(again).await.unwrap().language, NoticeLanguage::Sv);
    assert_eq!((desk.secret(WEBHOOK_KEY), desk.secret(MAIL_KEY)), kept);

    let entries = desk.engine.audit_log().await.unwrap();
    assert_eq!(entries.iter().filter(|entry| entry.action == "notices changed").count(), 2);
    let shown = format!("{entries:?} {:?}", both(1, 2));
    for secret in ["secret-7", "secret-8"] {
        assert!(
            !stands_in(desk.dir.path(), secret) && !shown.contains(secret) && !log.text().contains(secret)
        );
    }
    let configuration = desk.dir.path().join("configuration.json");
    desk.engine.export_configuration(&configuration).await.unwrap();
    let exported = std::fs::read_to_string(configuration).unwrap();
    assert!(!exported.contains("127.0.0.1") && !exported.contains("example.com"), "{exported}");

    desk.engine.set_notices(none()).await.unwrap();
    assert_eq!(
        (desk.secret(WEBHOOK_KEY), desk.secret(MAIL_KEY)),
        (None, None),
        "who is not told has no secrets"
    );
    assert!(!desk.engine.has_mail_password().await.unwrap());
}

#[tokio::test]
async fn what_cannot_be_used_changes_nothing() {
    let desk = desk();
    desk.engine.set_notices(both(4010, 2525)).await.unwrap();
    let before = desk.engine.notice_settings().await.unwrap();
    let elsewhere = MailSettings { server: "localhost".to_owned(), ..mail_settings(2525) };
    let another = MailSettings { user: "eve".to_owned(), ..mail_settings(2525) };
    let nobody = MailSettings { to: Vec::new(), ..mail_settings(2525) };
    for (bad, code) in [
        (NewNotices { webhook_url: secret("http://hooks.example.com/secret-9"), ..both(1, 2) }, Code::BadUrl),
        (NewNotices { mail: Some(nobody), ..both(1, 2) }, Code::Usage),
        // A password is for the server and the name that it was typed for.
        (NewNotices { mail: Some(elsewhere), mail_password: None, ..both(1, 2) }, Code::Usage),
        (NewNotices { mail: Some(another), mail_password: secret(""), ..both(1, 2) }, Code::Usage),
    ] {
        assert_eq!(desk.engine.set_notices(bad).await.unwrap_err().code, code);
        assert_eq!(desk.engine.notice_settings().await.unwrap(), before);
        assert_eq!(desk.secret(WEBHOOK_KEY).unwrap(), "http://127.0.0.1:4010/services/secret-7");
        assert_eq!(desk.secret(MAIL_KEY).unwrap(), "secret-8");
    }
    let fresh = self::desk();
    let missing = NewNotices { webhook: true, ..none() };
    assert_eq!(fresh.engine.set_notices(missing).await.unwrap_err().code, Code::Usage);
    let missing = NewNotices { mail: Some(mail_settings(2525)), ..none() };
    assert_eq!(fresh.engine.set_notices(missing).await.unwrap_err().code, Code::Usage);
    assert_eq!(fresh.engine.audit_log().await.unwrap().len(), 0);
}

#[tokio::test]
async fn without_a_place_for_secrets_the_desktop_can_be_told_still() {
    let dir = tempfile::tempdir().unwrap();
    let engine = engine(dir.path(), Arc::new(Missing));
    let error = engine.set_notices(both(4010, 2525)).await.unwrap_err();
    assert_eq!(error.code, Code::NoKeyStore);
    assert_eq!(engine.notice_settings().await.unwrap(), NoticeSettings::default());
    let silent = NewNotices { desktop: false, ..none() };
    assert!(!engine.set_notices(silent).await.unwrap().desktop);
}

#[tokio::test]
async fn a_trial_goes_once_and_how_it_went_is_kept() {
    let (desk, log) = (desk(), Log::new());
    for way in [Way::Webhook, Way::Mail] {
        assert_eq!(desk.engine.test_notice(way).await.unwrap_err().code, Code::Usage);
    }
    let (web, web_heard) = servers::web(&["200 OK", "500 Broken"]).await;
    let (post, post_heard) = servers::post(Answers { auth: "535 no", ..WILLING }, 1).await;
    desk.engine.set_notices(both(web, post)).await.unwrap();
    desk.engine.test_notice(Way::Webhook).await.unwrap();
    let tries = desk.engine.notice_tries().await.unwrap();
    let tried = tries.webhook.unwrap();
    assert_eq!((tried.at, tried.trouble.as_str(), tries.mail), (noon(), "", None));

    let error = desk.engine.test_notice(Way::Webhook).await.unwrap_err();
    assert_eq!(desk.engine.notice_tries().await.unwrap().webhook.unwrap().trouble, error.message);
    assert_eq!(desk.engine.test_notice(Way::Mail).await.unwrap_err().code, Code::KeyRefused);
    let tries = desk.engine.notice_tries().await.unwrap();
    assert!(tries.mail.unwrap().trouble.contains("refused the user name or the password"));
    assert_eq!(web_heard.await.unwrap().len(), 2, "a trial that fails is not tried again");
    assert_eq!(post_heard.await.unwrap().len(), 1);

    for hidden in ["secret-7", "secret-8", "example.com"] {
        assert!(!log.text().contains(hidden), "{}", log.text());
    }
    assert!(log.text().contains("A notice did not go out."));
    // How it went says nothing of another address.
    desk.engine.set_notices(both(web, 2525)).await.unwrap();
    let tries = desk.engine.notice_tries().await.unwrap();
    assert_eq!((tries.webhook, tries.mail), (None, None));
}

/// An export, stored.
fn export(dir: &Path) -> ExportId {
    let audience = Audience {
        id: AudienceId::new(),
        name: "Customers".to_owned(),
        kind: AudienceKind::Files(Files::default()),
        survey: Survey::default(),
        created_at: noon(),
        refreshed_at: noon(),
    };
    let export = Export {
        id: ExportId::new(),
        name: "Weekly".to_owned(),
        connection: None,
        audience: audience.id,
        matching: Vec::new(),
        segments: Vec::new(),
        only_if: None,
        leavers: LeaverPolicy::Keep,
        limit: Export::LIMIT,
        max_loss: Export::MAX_LOSS,
        created_at: noon(),
        schedule: segue_engine::model::Schedule::default(),
    };
    let id = export.id;
    let store = Store::open(dir, Arc::new(Still)).unwrap();
    store
        .write_blocking(move |tx| {
            store::audience::insert(tx, &audience)?;
            store::export::insert(tx, &export)
        })
        .unwrap();
    id
}

/// A run of it that ended, stored with what it was told.
fn ended(dir: &Path, run: Run, options: &'static str) -> Run {
    let (store, stored) = (Store::open(dir, Arc::new(Still)).unwrap(), run.clone());
    store
        .write_blocking(move |tx| {
            tx.execute("INSERT INTO account (created_at) VALUES ('2026-03-01T12:00:00Z')", [])?;
            let account = tx.last_insert_rowid();
            let book = receipt::book(tx, stored.export_id, account)?;
            let told = Told { options: options.to_owned(), due: None };
            let no = store::run::insert(tx, &stored, &told, account, book)?;
            store::run::planned(tx, no, noon(), "{}", "1")?;
            store::run::update(tx, &stored)
        })
        .unwrap();
    run
}

#[tokio::test]
async fn a_change_is_taken_once_whoever_asks() {
    let desk = desk();
    let export = export(desk.dir.path());
    let second = engine(desk.dir.path(), Arc::new(Memory::default()));
    let told = async |run: Run, options: &'static str| {
        let run = ended(desk.dir.path(), run, options);
        let (one, other) = tokio::join!(desk.engine.take_notice(&run), second.take_notice(&run));
        let told: Vec<_> =
            [one.unwrap(), other.unwrap()].into_iter().flatten().map(|notice| notice.kind).collect();
        told
    };
    for (status, people, options, kinds) in [
        (Status::Successful, 100, "{}", vec![]),
        (Status::Failed, 100, "{}", vec![NoticeKind::Failed]),
        (Status::Failed, 100, "{}", vec![]),
        // These say nothing of the export.
        (Status::Successful, 1, r#"{"first":1}"#, vec![]),
        (Status::Successful, 1, r#"{"only":"anna@example.com"}"#, vec![]),
        (Status::CompletedWithErrors, 0, r#"{"empty":"all"}"#, vec![]),
        (Status::Canceled, 100, "{}", vec![]),
        (Status::Successful, 100, "{}", vec![NoticeKind::Recovered]),
        (Status::Successful, 10, "{}", vec![NoticeKind::PeopleChanged]),
        (Status::Successful, 10, "{}", vec![]),
    ] {
        let run = run(export, status, people);
        assert_eq!(told(run, options).await, kinds, "{status:?} {people} {options}");
    }
    // An older run that ends after a newer one is no news.
    let older = ended(desk.dir.path(), bad_run(export), "{}");
    assert_eq!(told(run(export, Status::Successful, 20), "{}").await, []);
    assert_eq!(desk.engine.take_notice(&older).await.unwrap(), None);
    // Nor is the last run of an export that is gone.
    let gone = ended(desk.dir.path(), bad_run(ExportId::new()), "{}");
    assert_eq!(desk.engine.take_notice(&gone).await.unwrap(), None);
}

#[tokio::test]
async fn a_notice_is_delivered_both_ways_at_once() {
    let desk = desk();
    let export = export(desk.dir.path());
    let (web, web_heard) = servers::web(&["200 OK"]).await;
    let (post, post_heard) = servers::post(WILLING, 1).await;
    desk.engine.set_notices(NewNotices { language: NoticeLanguage::Sv, ..both(web, post) }).await.unwrap();
    let run = ended(desk.dir.path(), bad_run(export), "{}");
    let notice = desk.engine.take_notice(&run).await.unwrap().unwrap();
    // A host need not wait for it.
    let engine = desk.engine.clone();
    tokio::spawn(async move { engine.deliver_notice(&notice).await }).await.unwrap();
    let tries = desk.engine.notice_tries().await.unwrap();
    assert!(tries.webhook.unwrap().trouble.is_empty() && tries.mail.unwrap().trouble.is_empty());
    let request = web_heard.await.unwrap().remove(0);
    assert!(request.contains("väntar") || request.contains("togs bort"), "{request}");
    assert!(request.contains(r#""not_done":10"#), "{request}");
    let letter = post_heard.await.unwrap().remove(0);
    assert!(letter.contains(&format!("Message-ID: <{}-", run.id)), "{letter}");
}

#[tokio::test]
async fn a_refusal_is_noted_and_fails_nothing() {
    let (desk, log) = (desk(), Log::new());
    let export = export(desk.dir.path());
    let (web, web_heard) = servers::web(&["404 Not Found"]).await;
    let url = secret(&format!("http://127.0.0.1:{web}/services/secret-7"));
    desk.engine.set_notices(NewNotices { webhook: true, webhook_url: url, ..none() }).await.unwrap();
    let run = ended(desk.dir.path(), bad_run(export), "{}");
    let notice = desk.engine.take_notice(&run).await.unwrap().unwrap();
    desk.engine.deliver_notice(&notice).await;
    assert_eq!(web_heard.await.unwrap().len(), 1);
    let trouble = desk.engine.notice_tries().await.unwrap().webhook.unwrap().trouble;
    assert!(trouble.contains("refused the notice (404)"), "{trouble}");
    // A secret that was taken out of the key store is missed in words.
    desk.keys.delete(WEBHOOK_KEY).unwrap();
    desk.engine.deliver_notice(&notice).await;
    let trouble = desk.engine.notice_tries().await.unwrap().webhook.unwrap().trouble;
    assert!(trouble.contains("not in the key store"), "{trouble}");
    assert!(!log.text().contains("secret-7") && !log.text().contains("Weekly"), "{}", log.text());
}
