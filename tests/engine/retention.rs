//! Values past the retention time are dropped; fingerprints and counts stay (docs/decisions/0012).

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use segue_engine::clock::{BootTime, Clock};
use segue_engine::error::{Code, Error, Result};
use segue_engine::keychain::Memory;
use segue_engine::model::{
    Audience, Counts, ExportId, Outcome, Run, RunId, SegmentRule, Stage, Status, Trigger,
};
use segue_engine::source::{Audiences, Source};
use segue_engine::stage::{Fingerprints, changed_fields};
use segue_engine::store::lease::{self, Holder};
use segue_engine::store::person::{self, NewPerson};
use segue_engine::store::receipt::{self, Accepted};
use segue_engine::store::run::Told;
use segue_engine::store::{Store, Transaction, refusal, run};
use segue_engine::{Dropped, Engine, Retention};

const FIELDS: &str = r#"{"City":"Sundbyberg","FirstName":"Zebulon"}"#;
/// More than two steps.
const PEOPLE: i64 = 11_000;

/// A clock that stands still, so many days after the first of March.
struct Day(i64);

impl Clock for Day {
    fn now(&self) -> Timestamp {
        moment(self.0)
    }

    fn boot_time(&self) -> BootTime {
        BootTime { boot: "boot".to_owned(), millis: 1_000_000 }
    }
}

fn moment(day: i64) -> Timestamp {
    let first: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
    first + SignedDuration::from_hours(24 * day)
}

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

fn engine(dir: &Path, day: i64) -> Engine {
    let keys = Arc::new(Memory::default());
    Engine::open(dir, Arc::new(Nobody), keys, Arc::new(Day(day))).unwrap().acting_as("anna on LAPTOP-7")
}

fn new_run(status: Status) -> Run {
    Run {
        id: RunId::new(),
        export_id: ExportId::new(),
        export: "Weekly".to_owned(),
        status,
        reason: String::new(),
        trigger: Trigger::CommandLine,
        full: false,
        late: false,
        resumable: false,
        started_at: moment(0),
        finished_at: status.is_final().then(|| moment(0)),
        requests: 2,
        retries: 0,
        verified: Some(true),
        counts: Counts { source: PEOPLE as u64, created: PEOPLE as u64, ..Counts::default() },
        stage: Stage::Done,
    }
}

/// A run of this day with people whom the account accepted, and one whom it refused.
fn planned(tx: &Transaction<'_>, run: &Run, account: i64, people: i64, day: i64) -> Result<()> {
    let book = receipt::book(tx, run.export_id, account)?;
    let told = Told { options: r#"{"only":"zebulon0@example.com"}"#.to_owned(), due: None };
    let no = run::insert(tx, run, &told, account, book)?;
    run::planned(tx, no, moment(day), r#"{"source":0,"held":[],"trial":false,"fields":[]}"#, "1")?;
    run::update(tx, run)?;
    let prints = Fingerprints::new([1; 32]);
    for seq in 1..=people {
        let email = format!("zebulon{seq}@example.com");
        let address_key = prints.of(&email);
        let open = run.status == Status::Processing;
        person::insert(
            tx,
            no,
            &NewPerson {
                seq,
                batch: Some(1),
                customer_id: &format!("Q7-{seq}"),
                email: &email,
                address_key: &address_key,
                outcome: if open { Outcome::NotAttempted } else { Outcome::Created },
                reason: "",
                answer: "Sundbyberg is no city",
                known: false,
                fields: Some(FIELDS),
                joins: &[],
                leaves: &[],
                follows: None,
            },
        )?;
        let accepted = Accepted {
            book,
            address_key: &address_key,
            email: &email,
            customer_id: &format!("Q7-{seq}"),
            vendor_id: "",
            fields: FIELDS,
            fingerprint: &prints.of(FIELDS),
        };
        receipt::accept(tx, &accepted, run.id, moment(day))?;
    }
    refusal::add(tx, book, &[9; 16], &[8; 16], "Sundbyberg is no city", moment(day))?;
    Ok(())
}

async fn store_of(dir: &Path, runs: Vec<(Run, i64, i64)>) -> Store {
    let store = Store::open(dir, Arc::new(Day(0))).unwrap();
    store
        .write(move |tx| {
            tx.execute("INSERT INTO account (created_at) VALUES ('2026-03-01T12:00:00Z')", [])?;
            let account = tx.last_insert_rowid();
            for (run, people, day) in &runs {
                planned(tx, run, account, *people, *day)?;
            }
            Ok(())
        })
        .await
        .unwrap();
    store
}

fn stands_in(dir: &Path, text: &str) -> bool {
    ["segue.db", "segue.db-wal"].iter().any(|name| {
        let bytes = std::fs::read(dir.join(name)).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn details_go_in_steps_and_fingerprints_and_counts_stay() {
    let dir = tempfile::tempdir().unwrap();
    let (old, young) = (new_run(Status::Successful), new_run(Status::Successful));
    let store = store_of(dir.path(), vec![(old.clone(), PEOPLE, 0), (young.clone(), 3, 20)]).await;
    let before = store.read(|conn| receipt::fields(conn, 1)).await.unwrap();
    assert!(stands_in(dir.path(), "Sundbyberg is no city"));

    let early = engine(dir.path(), 29).apply_retention().await.unwrap();
    assert_eq!(early, Dropped::default(), "not yet");
    let engine = engine(dir.path(), 31);
    assert_eq!(engine.retention().await.unwrap(), Retention { days: 30 });
    let (lines, receipts) = (PEOPLE as u64, PEOPLE as u64);
    assert_eq!(
        engine.apply_retention().await.unwrap(),
        Dropped { runs: 1, lines, receipts, answers: 1 },
        "the old ones"
    );

    let id = old.id.to_string();
    for refused in [engine.run_people(&id, None).await.err(), engine.fix_list(&id, None).await.err()] {
        let error = refused.unwrap();
        assert_eq!(error.code, Code::PastRetention);
        assert!(error.message.contains("past the retention time") && error.message.contains("2026-04-01"));
    }
    assert_eq!(engine.run(&id).await.unwrap(), old, "counts and status stay");
    assert_eq!(engine.run_people(&young.id.to_string(), None).await.unwrap().len(), 3, "young ones stay");

    let prints = Fingerprints::new(store.read(segue_engine::store::meta::install_key).await.unwrap());
    let after = store.read(|conn| receipt::fields(conn, 1)).await.unwrap();
    assert!(!after.contains("Zebulon") && before.contains("Zebulon"), "{after}");
    assert!(changed_fields(FIELDS, &after, &prints).is_empty(), "the same is no change");
    assert_eq!(
        changed_fields(r#"{"City":"Solna","FirstName":"Zebulon"}"#, &after, &prints),
        ["City"],
        "another value is one"
    );
    let log = engine.audit_log().await.unwrap();
    let last = log.last().unwrap();
    assert_eq!((last.action.as_str(), last.actor.as_str()), ("retention applied", "anna on LAPTOP-7"));
    assert_eq!(last.detail, "dropped: 11000 people of 1 runs, values of 11000 receipts, 1 answers");

    assert_eq!(engine.apply_retention().await.unwrap(), Dropped::default(), "nothing is left to drop");
    assert_eq!(engine.audit_log().await.unwrap().len(), log.len(), "and nothing to write down");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_dropped_is_left_in_the_file() {
    let dir = tempfile::tempdir().unwrap();
    drop(store_of(dir.path(), vec![(new_run(Status::Successful), 2_000, 0)]).await);
    let engine = engine(dir.path(), 31);
    for text in ["Sundbyberg", "Zebulon", "zebulon0@"] {
        assert!(stands_in(dir.path(), text), "{text} is there before");
    }
    engine.apply_retention().await.unwrap();
    for text in ["Sundbyberg", "Zebulon", "zebulon0@"] {
        assert!(!stands_in(dir.path(), text), "{text} is in no byte");
    }
    assert!(stands_in(dir.path(), "zebulon7@example.com"), "who has a receipt is still known by address");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_died_is_closed_and_one_that_lives_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (dead, alive) = (new_run(Status::Processing), new_run(Status::Processing));
    let store = store_of(dir.path(), vec![(dead.clone(), 2, 0), (alive.clone(), 2, 0)]).await;
    let pid = std::process::id();
    let holder = Holder {
        run: alive.id,
        export: alive.export_id,
        pid,
        pid_started: lease::process_started(pid).unwrap_or_default(),
        boot: "boot".to_owned(),
    };
    store.write(move |tx| lease::acquire(tx, 1, &holder, 1_000_000)).await.unwrap();
    let engine = engine(dir.path(), 31);
    assert_eq!(engine.apply_retention().await.unwrap().runs, 1);
    let closed = engine.run(&dead.id.to_string()).await.unwrap();
    assert_eq!((closed.status, closed.resumable), (Status::Canceled, false));
    assert_eq!(closed.counts.not_attempted, 2, "counted before they went");
    assert_eq!(engine.run_people(&alive.id.to_string(), None).await.unwrap().len(), 2);
    assert!(stands_in(dir.path(), "Zebulon"), "the file is rewritten once no run is under way");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_is_set_within_reason_and_holds_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let run = new_run(Status::Successful);
    drop(store_of(dir.path(), vec![(run.clone(), 2, 0)]).await);
    let engine = engine(dir.path(), 10);
    for days in [0, 3_651] {
        assert_eq!(engine.set_retention(days).await.unwrap_err().code, Code::Usage);
    }
    assert_eq!(engine.retention().await.unwrap().days, 30);
    assert_eq!(engine.run_people(&run.id.to_string(), None).await.unwrap().len(), 2);
    assert_eq!(engine.set_retention(7).await.unwrap().lines, 2);
    assert_eq!(engine.retention().await.unwrap().days, 7);
    let log = engine.audit_log().await.unwrap();
    let changed = &log[log.len() - 2];
    assert_eq!((changed.action.as_str(), changed.detail.as_str()), ("retention changed", "7 days"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_at_details_sees_none_that_are_too_old() {
    let dir = tempfile::tempdir().unwrap();
    let run = new_run(Status::Successful);
    drop(store_of(dir.path(), vec![(run.clone(), 2, 0)]).await);
    let id = run.id.to_string();
    assert_eq!(engine(dir.path(), 5).run_people(&id, None).await.unwrap().len(), 2);
    // The clock was put forward once, and back: what was looked through then is looked through again.
    assert_eq!(engine(dir.path(), 40).run_people(&id, None).await.unwrap_err().code, Code::PastRetention);
    let store = Store::open(dir.path(), Arc::new(Day(0))).unwrap();
    let next = new_run(Status::Successful);
    let insert = next.clone();
    store.write(move |tx| planned(tx, &insert, 1, 2, 0)).await.unwrap();
    let id = next.id.to_string();
    assert_eq!(engine(dir.path(), 39).run_people(&id, None).await.unwrap_err().code, Code::PastRetention);
}
