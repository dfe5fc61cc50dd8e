//! The sample: made by one click, the same after a restart, and gone by another.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use segue_bridge::{Customers, Practice, PracticeAccount, PracticeKeys};
use segue_engine::Engine;
use segue_engine::clock::SystemClock;
use segue_engine::error::{Error, Result};
use segue_engine::keychain::Missing;
use segue_engine::model::{ConnectionId, SegmentRule, Status};
use segue_sandbox::Kept;
use serde_json::{Value, json};

use crate::connections::run;
use crate::sheet::Sheets;
use crate::window::Window;

/// Two hundred customers and an account in a folder.
struct Rehearsal {
    folder: PathBuf,
    kept: Kept,
}

impl Rehearsal {
    fn new(data: &Path) -> Self {
        let folder = data.join("sample");
        Self { kept: Kept::new(folder.clone(), Duration::ZERO), folder }
    }

    fn connection(&self) -> Option<ConnectionId> {
        ConnectionId::parse(&std::fs::read_to_string(self.folder.join("connection")).ok()?)
    }
}

#[async_trait]
impl Practice for Rehearsal {
    async fn customers(&self) -> Result<Customers> {
        let mut text =
            "CustomerId,FirstName,LastName,Email,Phone,City,Orders,Spent,Unsubscribed\n".to_owned();
        for nth in 0..200 {
            let city = if nth % 2 == 0 { "Stockholm" } else { "Leeds" };
            let no = if nth % 10 == 0 { "yes" } else { "no" };
            text += &format!(
                "C{nth},F{nth},L{nth},p{nth}@example.com,070,{city},{},{},{no}\n",
                nth % 9,
                nth * 40
            );
        }
        std::fs::create_dir_all(&self.folder).map_err(Error::internal)?;
        let file = self.folder.join("customers.csv");
        std::fs::write(&file, text).map_err(Error::internal)?;
        let segments = [
            ("Stockholm", "City = 'Stockholm'"),
            ("Regulars", "Orders >= 5"),
            ("Big spenders", "Spent >= 5000"),
        ];
        Ok(Customers {
            file,
            segments: segments.map(|(name, rule)| (name.to_owned(), rule.to_owned())).to_vec(),
        })
    }

    async fn start(&self) -> Result<PracticeAccount> {
        let account = self.kept.start().await.map_err(Error::internal)?;
        let connection = self.connection().unwrap_or_default();
        std::fs::write(self.folder.join("connection"), connection.to_string()).map_err(Error::internal)?;
        Ok(PracticeAccount { origin: account.origin, key: account.key.into(), connection })
    }

    async fn remove(&self) -> Result<()> {
        self.kept.remove().await.map_err(Error::internal)
    }

    fn key_of(&self, connection: &str) -> Option<SecretString> {
        let ours = self.connection().is_some_and(|ours| ours.to_string() == connection);
        if ours { self.kept.key().map(SecretString::from) } else { None }
    }
}

/// A program that was started: an engine and its practice account, without any place for keys.
struct Program {
    engine: Engine,
    practice: Arc<Rehearsal>,
    window: Window,
}

impl Program {
    async fn start(data: &Path) -> Self {
        let practice = Arc::new(Rehearsal::new(data));
        let keys = PracticeKeys::new(Arc::new(Missing), Arc::clone(&practice) as Arc<dyn Practice>);
        let engine = Engine::open(data, Arc::new(Sheets), Arc::new(keys), Arc::new(SystemClock)).unwrap();
        let window = Window::open(engine.clone(), data, Some(Arc::clone(&practice) as Arc<_>)).await;
        Self { engine, practice, window }
    }

    async fn ask(&mut self, command: &str) -> Value {
        self.window.ask(command, json!({})).await
    }

    /// Nothing of it is left but what is on the disk.
    async fn end(self) {
        self.window.close().await;
        self.practice.kept.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_is_the_same_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let mut program = Program::start(data.path()).await;
    assert_eq!(program.ask("app_start").await["empty"], true);
    // Two clicks are one.
    let first = program.window.post("sample_add", json!({})).await;
    let second = program.window.post("sample_add", json!({})).await;
    let mut answers = Vec::new();
    while answers.len() < 2 {
        let mut line = program.window.line().await.unwrap();
        if line["id"] == first || line["id"] == second {
            answers.push(line["answer"].take());
        }
    }
    let [second, first] = [answers.pop().unwrap(), answers.pop().unwrap()];
    assert_eq!(first, second);
    assert_eq!(
        (&first["audience"]["name"], &first["export"]["name"]),
        (&json!("Sample customers"), &json!("Sample export"))
    );
    let start = program.ask("app_start").await;
    assert_eq!((&start["empty"], &start["sample"]), (&json!(false), &first));
    let segments = program.window.ask("segment_list", json!({ "part": { "offset": 0, "limit": 9 } })).await;
    assert_eq!((&segments["total"], &segments["rows"][2]["members"]), (&json!(3), &json!(100)), "counted");
    assert_eq!(program.ask("connection_list").await[0]["practice"], true);
    assert_eq!(program.ask("audience_list").await[0]["sample"], true);
    let done = run(&program.engine, "Sample export").await.unwrap();
    assert_eq!((done.status, done.verified), (Status::Successful, Some(true)));
    let sent = done.counts.created;
    let account = program.practice.kept.account().await.unwrap();
    assert_eq!(account.contacts.len() as u64, sent);
    let origin = program.ask("connection_list").await[0]["connection"]["origin"].clone();
    program.end().await;

    let mut program = Program::start(data.path()).await;
    assert_eq!(program.ask("app_start").await["sample"], first);
    assert_eq!(
        program.ask("connection_list").await[0]["connection"]["origin"],
        origin,
        "on the port of before"
    );
    let again = run(&program.engine, "Sample export").await.unwrap();
    assert_eq!((again.counts.created, again.counts.updated, again.counts.unchanged), (0, 0, sent));
    assert_eq!(program.practice.kept.account().await.unwrap(), account, "as it was left");
    program.end().await;

    // Somebody else has the port now: the connection follows, without consent anew.
    let port = origin.as_str().unwrap().rsplit(':').next().unwrap();
    let taken = std::net::TcpListener::bind(format!("127.0.0.1:{port}")).unwrap();
    let mut program = Program::start(data.path()).await;
    program.ask("app_start").await;
    assert_ne!(program.ask("connection_list").await[0]["connection"]["origin"], origin);
    assert_eq!(run(&program.engine, "Sample export").await.unwrap().counts.unchanged, sent);
    drop(taken);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_goes_whatever_it_is_called_by_now() {
    let data = tempfile::tempdir().unwrap();
    let mut program = Program::start(data.path()).await;
    let sample = program.ask("sample_add").await;
    run(&program.engine, "Sample export").await.unwrap();
    program.engine.rename_export("Sample export", "Mine").await.unwrap();
    program.engine.rename_audience("Sample customers", "Everybody").await.unwrap();
    program.engine.rename_segment("Stockholm", "The capital").await.unwrap();
    program.engine.rename_connection("Practice account", "Play").await.unwrap();
    program.engine.add_segment("My own", "Everybody", &SegmentRule::condition("true")).await.unwrap();
    let error = program.window.try_ask("sample_remove", json!({})).await.unwrap_err();
    assert!(
        error["code"] == "in_use" && error["message"].as_str().unwrap().contains("segment “My own”"),
        "{error}"
    );
    assert_eq!(
        program.ask("app_start").await["sample"]["connection"]["id"],
        sample["connection"]["id"],
        "nothing was removed"
    );
    program.engine.remove_segment("My own").await.unwrap();
    program.ask("sample_remove").await;
    let start = program.ask("app_start").await;
    assert_eq!((&start["empty"], &start["sample"]), (&json!(true), &Value::Null));
    assert_eq!(
        program.ask("home").await["totals"],
        json!({ "audiences": 0, "segments": 0, "connections": 0, "exports": 0, "runs": 0 })
    );
    assert!(!data.path().join("sample").exists());
    program.ask("sample_remove").await;
    for table in [
        "person",
        "unchanged",
        "attempt",
        "run_list",
        "receipt",
        "refusal",
        "book",
        "list",
        "stamp",
        "lease",
        "account",
        "segment_count",
        "segment_size",
    ] {
        assert_eq!(rows(data.path(), table).await, 0, "{table}");
    }
    program.ask("sample_add").await;
    assert_eq!(run(&program.engine, "Sample export").await.unwrap().counts.unchanged, 0, "begun anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn taken_names_are_left_alone_and_leftovers_cleared() {
    let data = tempfile::tempdir().unwrap();
    let mut program = Program::start(data.path()).await;
    let own = data.path().join("own.csv");
    std::fs::write(&own, "CustomerId,City\n1,Stockholm\n").unwrap();
    let draft = json!({ "id": null, "name": "Sample customers", "paths": [own] });
    program.window.ask("audience_save", draft).await;
    program
        .engine
        .add_segment("Stockholm", "Sample customers", &SegmentRule::condition("true"))
        .await
        .unwrap();
    // What a process left that was killed before the sample was stored.
    program.practice.customers().await.unwrap();
    std::fs::write(data.path().join("sample/account.log"), "half a li").unwrap();
    let sample = program.ask("sample_add").await;
    assert_eq!(sample["audience"]["name"], "Sample customers (Sample customers)");
    assert_eq!(program.engine.segments(None).await.unwrap().len(), 4);
    // Its connection can be removed by hand only with its export; then adding makes all of it anew.
    program.engine.remove_export("Sample export").await.unwrap();
    assert_eq!(program.ask("app_start").await["sample"]["export"], Value::Null);
    program.engine.remove_connection("Practice account").await.unwrap();
    assert_eq!(program.ask("app_start").await["sample"], Value::Null);
    let anew = program.ask("sample_add").await;
    assert_ne!(anew["audience"]["id"], sample["audience"]["id"]);
    assert_eq!(program.engine.audiences().await.unwrap().len(), 2);
    assert!(run(&program.engine, "Sample export").await.unwrap().counts.created > 0);
}

/// Every table that names runs, receipts or accounts is emptied when the sample goes: one that is added to
/// the schema later must be thought of.
#[tokio::test(flavor = "multi_thread")]
async fn no_table_is_forgotten() {
    let data = tempfile::tempdir().unwrap();
    drop(Program::start(data.path()).await);
    let store = segue_engine::store::Store::open(data.path(), Arc::new(SystemClock)).unwrap();
    let sql = "SELECT DISTINCT m.name FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
               WHERE f.\"table\" IN ('run', 'book', 'account', 'export', 'connection', 'segment', 'audience')
                 AND f.on_delete <> 'CASCADE' ORDER BY 1";
    let names = store
        .read(move |conn| {
            let mut statement = conn.prepare(sql)?;
            let names = statement.query_map([], |row| row.get::<_, String>(0))?;
            Ok(names.collect::<std::result::Result<Vec<_>, _>>()?)
        })
        .await
        .unwrap();
    let known = [
        "attempt",
        "book",
        "connection",
        "export",
        "export_segment",
        "list",
        "person",
        "receipt",
        "refusal",
        "run",
        "run_list",
        "segment",
        "unchanged",
    ];
    assert_eq!(names, known, "see store/sample.rs");
}

async fn rows(data: &Path, table: &str) -> i64 {
    let store = segue_engine::store::Store::open(data, Arc::new(SystemClock)).unwrap();
    let sql = format!("SELECT count(*) FROM {table}");
    store.read(move |conn| Ok(conn.query_row(&sql, [], |row| row.get(0))?)).await.unwrap()
}
