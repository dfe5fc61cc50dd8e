//! Parts of long lists: what a page costs does not grow with the run.

use segue_engine::error::Result;
use segue_engine::model::{
    Counts, ExportId, Outcome, PeopleQuery, Run, RunFacts, RunId, RunQuery, Stage, Status, Trigger,
};
use segue_engine::store::person::{self, NewPerson};
use segue_engine::store::receipt::{self, Accepted};
use segue_engine::store::run::Told;
use segue_engine::store::{Store, Transaction, run, run_facts, run_page};

use super::open;

const PEOPLE: i64 = 100_000;

fn new_run(export: &str, status: Status) -> Run {
    Run {
        id: RunId::new(),
        export_id: ExportId::new(),
        export: export.to_owned(),
        status,
        reason: String::new(),
        trigger: Trigger::Manual,
        full: false,
        late: false,
        resumable: false,
        started_at: "2026-03-01T12:00:00Z".parse().unwrap(),
        finished_at: None,
        requests: 0,
        retries: 0,
        verified: None,
        counts: Counts::default(),
        stage: Stage::Done,
    }
}

/// An account, and a run of it; its number and its book.
fn begun(tx: &Transaction<'_>, run: &Run) -> Result<(i64, i64)> {
    tx.execute("INSERT OR IGNORE INTO account (id, created_at) VALUES (1, '2026-03-01T12:00:00Z')", [])?;
    let book = receipt::book(tx, run.export_id, 1)?;
    let told = Told { options: "{}".to_owned(), due: None };
    Ok((run::insert(tx, run, &told, 1, book)?, book))
}

fn query(offset: u64, limit: u64) -> PeopleQuery {
    PeopleQuery { offset, limit, ..PeopleQuery::default() }
}

fn emails(store: &Store, no: i64, query: &PeopleQuery) -> (Vec<String>, u64) {
    let (people, total) = store.read_blocking(|conn| run_page::people(conn, no, query)).unwrap();
    (people.into_iter().map(|person| person.email).collect(), total)
}

#[test]
fn a_page_of_unchanged_people_unpacks_and_looks_up_its_own_only() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let no = store
        .write_blocking(|tx| {
            let (no, book) = begun(tx, &new_run("Weekly", Status::Successful))?;
            // Only those of the page have a receipt at all, and only their part can be unpacked.
            for n in 50_101..=50_110_i64 {
                tx.execute(
                    "INSERT INTO receipt (id, book, address_key, email, customer_id, vendor_id, lists, fields, fingerprint, accepted_at, run_id)
                     VALUES (?1, ?2, ?3, ?4, ?5, '', '[]', '{}', x'', '', '')",
                    (n, book, n.to_le_bytes(), format!("P{n}@example.com"), n.to_string()),
                )?;
            }
            person::insert_unchanged(tx, no, (1..=PEOPLE).collect())?;
            tx.execute("UPDATE unchanged SET receipts = x'' WHERE part <> 5", [])?;
            Ok(no)
        })
        .unwrap();
    let (found, total) = emails(&store, no, &query(50_100, 10));
    assert_eq!((found.len(), total), (10, PEOPLE as u64));
    assert_eq!((found[0].as_str(), found[9].as_str()), ("P50101@example.com", "P50110@example.com"));
    let searched = PeopleQuery { search: "p50105@".to_owned(), ..query(0, 10) };
    assert_eq!(emails(&store, no, &searched), (vec!["P50105@example.com".to_owned()], 1));
    let rejected = PeopleQuery { outcome: Some(Outcome::Rejected), ..query(0, 10) };
    assert_eq!(emails(&store, no, &rejected).1, 0, "nobody unchanged was rejected");
}

#[test]
fn pages_and_reasons_of_a_hundred_thousand_add_up() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let (id, no) = store
        .write_blocking(|tx| {
            let run = new_run("Weekly", Status::Successful);
            let (no, book) = begun(tx, &run)?;
            let mut unchanged = Vec::new();
            for seq in 1..=PEOPLE {
                let (email, key) =
                    (format!("åsa{seq}@example.com"), u128::from(seq.unsigned_abs()).to_le_bytes());
                let customer_id = seq.to_string();
                if seq % 2 == 0 {
                    let accepted = Accepted {
                        book,
                        address_key: &key,
                        email: &email,
                        customer_id: &customer_id,
                        vendor_id: "",
                        fields: "{}",
                        fingerprint: &[0; 16],
                    };
                    receipt::accept(tx, &accepted, run.id, run.started_at)?;
                    unchanged.push(tx.last_insert_rowid());
                    continue;
                }
                let (outcome, reason) =
                    if seq % 5 == 0 { (Outcome::Invalid, "malformed_email") } else { (Outcome::Created, "") };
                person::insert(
                    tx,
                    no,
                    &NewPerson {
                        seq,
                        batch: None,
                        customer_id: &customer_id,
                        email: &email,
                        address_key: &key,
                        outcome,
                        reason,
                        answer: "",
                        known: false,
                        fields: None,
                        joins: &[],
                        leaves: &[],
                        follows: None,
                    },
                )?;
            }
            person::insert_unchanged(tx, no, unchanged)?;
            Ok((run.id, no))
        })
        .unwrap();
    let reasons = store.read_blocking(|conn| run_page::reasons(conn, no)).unwrap();
    assert_eq!(reasons.iter().map(|reason| reason.people).sum::<u64>(), PEOPLE as u64);
    assert_eq!((reasons[0].outcome, reasons[0].people), (Outcome::Created, 40_000));
    let page = emails(&store, no, &query(49_999, 2));
    assert_eq!(page.0, ["åsa99999@example.com", "åsa2@example.com"], "from one kind into the other");
    assert_eq!(page.1, PEOPLE as u64);
    let invalid = PeopleQuery { reason: Some("malformed_email".to_owned()), ..query(9_999, 500) };
    assert_eq!(emails(&store, no, &invalid), (vec!["åsa99995@example.com".to_owned()], 10_000));
    let searched = PeopleQuery { search: "ÅSA9999".to_owned(), ..query(0, 500) };
    assert_eq!(emails(&store, no, &searched).1, 11, "9999 and 99990 to 99999, changed or not");
    let latest = store.read_blocking(|conn| run_facts::get(conn, id)).unwrap();
    assert_eq!(latest, (no, RunFacts::default()));
}

#[test]
fn runs_are_filtered_and_paged_newest_first() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let (weekly, newest) = store
        .write_blocking(|tx| {
            let mut ids = Vec::new();
            for n in 0..1_000 {
                let status = if n % 10 == 0 { Status::Failed } else { Status::Successful };
                let run = new_run(if n % 2 == 0 { "Veckobrev ÅÄÖ" } else { "Daily" }, status);
                begun(tx, &run)?;
                run::update(tx, &run)?;
                ids.push((run.export_id, run.id));
            }
            Ok((ids[0].0, ids[999].1))
        })
        .unwrap();
    let page = |query: RunQuery| store.read_blocking(|conn| run_page::runs(conn, &query)).unwrap();
    let all = page(RunQuery { limit: 500, ..RunQuery::default() });
    assert_eq!((all.0.len(), all.1, all.0[0].id), (500, 1_000, newest));
    let rest = page(RunQuery { limit: 500, offset: 990, ..RunQuery::default() });
    assert_eq!((rest.0.len(), rest.1), (10, 1_000));
    let failed = page(RunQuery { statuses: vec![Status::Failed], limit: 5, ..RunQuery::default() });
    assert_eq!((failed.0.len(), failed.1), (5, 100));
    let searched = page(RunQuery { search: "åäö".to_owned(), limit: 1, ..RunQuery::default() });
    assert_eq!((searched.0[0].export.as_str(), searched.1), ("Veckobrev ÅÄÖ", 500));
    let of_one = page(RunQuery { export: Some(weekly.to_string()), limit: 9, ..RunQuery::default() });
    assert_eq!(of_one.1, 1);
}
