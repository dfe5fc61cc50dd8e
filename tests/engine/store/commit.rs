//! Writes that wait together are one commit, and each fails alone.

use std::sync::Arc;
use std::sync::mpsc::channel;

use rusqlite::{Connection, Transaction};
use segue_engine::error::{Code, Error, Result};
use segue_engine::store::{Store, meta};

use super::open;

type Job = Box<dyn FnOnce(&Transaction<'_>) -> Result<()> + Send>;

fn put(tx: &Transaction<'_>, name: &str) -> Result<()> {
    meta::set(tx, name, b"x")
}

fn has(store: &Store, name: &str) -> bool {
    store.read_blocking(|conn| meta::get(conn, name)).unwrap().is_some()
}

/// Holds the writer in a job until all of `jobs` are queued, so that they are one group; returns what
/// each was told, in order.
async fn together(store: &Store, jobs: Vec<Job>) -> Vec<Result<()>> {
    let (entered, inside) = channel();
    let (release, released) = channel::<()>();
    let holder = {
        let store = store.clone();
        std::thread::spawn(move || {
            store.write_blocking(move |_| {
                entered.send(()).unwrap();
                released.recv().unwrap();
                Ok(())
            })
        })
    };
    inside.recv().unwrap();
    let mut answers: Vec<_> = jobs.into_iter().map(|job| Box::pin(store.write(job))).collect();
    // The first poll of a write queues its job.
    for answer in &mut answers {
        let first =
            std::future::poll_fn(|context| std::task::Poll::Ready(answer.as_mut().poll(context))).await;
        assert!(first.is_pending());
    }
    release.send(()).unwrap();
    let mut results = Vec::new();
    for answer in answers {
        results.push(answer.await);
    }
    holder.join().unwrap().unwrap();
    results
}

#[tokio::test(flavor = "current_thread")]
async fn many_jobs_are_one_commit() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let jobs = (0..100).map(|n| -> Job { Box::new(move |tx| put(tx, &format!("job {n}"))) });
    let results = together(&store, jobs.collect()).await;
    assert!(results.iter().all(Result::is_ok));
    assert_eq!(store.commits(), 2, "one of the job that held the writer, one of the hundred");
    assert!((0..100).all(|n| has(&store, &format!("job {n}"))));
}

#[tokio::test(flavor = "current_thread")]
async fn a_job_that_fails_spoils_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let results = together(
        &store,
        vec![
            Box::new(|tx| put(tx, "first")),
            Box::new(|tx| {
                put(tx, "half")?;
                Err(Error::not_found("thing", "it"))
            }),
            Box::new(|tx| {
                put(tx, "stopped")?;
                panic!("a defect")
            }),
            Box::new(|tx| put(tx, "last")),
        ],
    )
    .await;
    assert!(results[0].is_ok() && results[3].is_ok());
    assert_eq!(results[1].as_ref().unwrap_err().code, Code::NotFound);
    assert_eq!(results[2].as_ref().unwrap_err().code, Code::Internal);
    assert!(has(&store, "first") && has(&store, "last") && !has(&store, "half") && !has(&store, "stopped"));
}

#[tokio::test(flavor = "current_thread")]
async fn a_commit_that_fails_is_told_to_all_and_the_next_one_works() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let results = together(
        &store,
        vec![
            Box::new(|tx| put(tx, "innocent")),
            Box::new(|tx| {
                // References are then checked by the commit, which is refused.
                tx.execute_batch("PRAGMA defer_foreign_keys = ON")?;
                tx.execute("INSERT INTO segment VALUES ('s', 's', 'nowhere', '', '')", [])?;
                Ok(())
            }),
        ],
    )
    .await;
    assert!(results.iter().all(Result::is_err));
    assert!(!has(&store, "innocent"));
    store.write(|tx| put(tx, "after")).await.unwrap();
    assert!(has(&store, "after"));
}

#[test]
fn a_full_disk_stores_nothing_and_passes() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let limit = |pages: i64| {
        store.write_blocking(move |tx| {
            Ok(tx.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?)
        })
    };
    let fill = |tx: &Transaction<'_>| meta::set(tx, "large", &vec![7; 4 << 20]);
    limit(1).unwrap();
    let error = store.write_blocking(fill).unwrap_err();
    assert_eq!(error.code, Code::DataFolder);
    assert!(
        error.retryable && error.message.contains("full") && error.message.contains("nothing more was sent")
    );
    assert!(!has(&store, "large"));
    limit(1_000_000).unwrap();
    store.write_blocking(fill).unwrap();
    assert!(has(&store, "large"));
}

#[test]
fn a_lock_of_another_program_is_told_and_passes() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    // Not five seconds, for the test's sake.
    store.write_blocking(|tx| Ok(tx.busy_timeout(std::time::Duration::ZERO)?)).unwrap();
    let path = dir.path().join("segue.db");
    let (locked, wait) = channel();
    let (release, released) = channel::<()>();
    let other = std::thread::spawn(move || {
        let conn = Connection::open(path).unwrap();
        conn.execute_batch("BEGIN IMMEDIATE").unwrap();
        locked.send(()).unwrap();
        released.recv().unwrap();
        conn.execute_batch("ROLLBACK").unwrap();
    });
    wait.recv().unwrap();
    let error = store.write_blocking(|tx| put(tx, "x")).unwrap_err();
    assert_eq!(error.code, Code::Database);
    assert!(error.retryable && error.message.contains("in use by another program"));
    store.read_blocking(meta::install_key).unwrap();
    release.send(()).unwrap();
    other.join().unwrap();
    store.write_blocking(|tx| put(tx, "x")).unwrap();
}

#[tokio::test]
async fn reads_see_one_state_and_cannot_write() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let writer = store.clone();
    let seen = store
        .read(move |conn| {
            let before = meta::get(conn, "x")?;
            writer.write_blocking(|tx| put(tx, "x"))?;
            Ok((before, meta::get(conn, "x")?))
        })
        .await
        .unwrap();
    assert_eq!(seen, (None, None));
    assert!(has(&store, "x"));
    assert!(store.read(|conn| Ok(conn.execute("DELETE FROM meta", [])?)).await.is_err());
}

#[test]
fn the_last_one_closes_cleanly() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let other = Arc::new(store.clone());
    store.write_blocking(|tx| put(tx, "x")).unwrap();
    assert!(has(&store, "x"));
    drop(store);
    assert!(dir.path().join("segue.db-wal").exists());
    drop(other);
    assert!(!dir.path().join("segue.db-wal").exists());
}
