//! The sample: what it is made of, and how it goes with everything that its runs left behind.

use rusqlite::{Connection, Transaction};

use crate::clock::BootTime;
use crate::error::{Code, Error, Result};
use crate::model::{RunId, Sample};

use super::{from_json, identity, in_use, lease, meta, to_json};

const NAME: &str = "sample";

const STRANGERS: &str = "
    SELECT 'export “' || name || '”' FROM export
    WHERE id <> ?2 AND (audience_id = ?1 OR connection_id = ?3
      OR EXISTS (SELECT 1 FROM export_segment JOIN json_each(?4) ON segment_id = value WHERE export_id = export.id))
    UNION ALL
    SELECT 'segment “' || name || '”' FROM segment
    WHERE audience_id = ?1 AND id NOT IN (SELECT value FROM json_each(?4))
    ORDER BY 1";
const RUNS: &str = "SELECT id FROM run WHERE export_id = ?1";
/// In this order: whatever names a row goes before it.
const FORGET: [&str; 11] = [
    "DELETE FROM person WHERE run IN (SELECT no FROM run WHERE export_id = ?1)",
    "DELETE FROM unchanged WHERE run IN (SELECT no FROM run WHERE export_id = ?1)",
    "DELETE FROM attempt WHERE run IN (SELECT no FROM run WHERE export_id = ?1)",
    "DELETE FROM run_list WHERE run IN (SELECT no FROM run WHERE export_id = ?1)",
    "DELETE FROM lease WHERE export_id = ?1",
    "DELETE FROM run WHERE export_id = ?1",
    "DELETE FROM receipt WHERE book IN (SELECT id FROM book WHERE export_id = ?1)",
    "DELETE FROM refusal WHERE book IN (SELECT id FROM book WHERE export_id = ?1)",
    "DELETE FROM book WHERE export_id = ?1",
    "DELETE FROM export_segment WHERE export_id = ?1",
    "DELETE FROM export WHERE id = ?1",
];
const ACCOUNT: &str = "SELECT account_id FROM connection WHERE id = ?1";
const DROP_CONNECTION: &str = "DELETE FROM connection WHERE id = ?1";
const DROP_SEGMENT: &str = "DELETE FROM segment WHERE id = ?1";
const DROP_AUDIENCE: &str = "DELETE FROM audience WHERE id = ?1";
/// The account's, where nothing else holds it.
const DROP_ACCOUNT: [&str; 3] = [
    "DELETE FROM list WHERE account_id = ?1",
    "DELETE FROM stamp WHERE account_id = ?1",
    "DELETE FROM account WHERE id = ?1",
];
const ACCOUNT_IN_USE: &str = "
    SELECT EXISTS (SELECT 1 FROM connection WHERE account_id = ?1)
        OR EXISTS (SELECT 1 FROM book WHERE account_id = ?1)";

/// What the sample is made of; `None`: there is none.
///
/// # Errors
/// Those of the database.
pub fn get(conn: &Connection) -> Result<Option<Sample>> {
    let Some(bytes) = meta::get(conn, NAME)?.filter(|bytes| !bytes.is_empty()) else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes);
    from_json(&text, "what the sample is made of").map(Some)
}

/// Notes what the sample is made of; in the transaction that makes it.
///
/// # Errors
/// Those of the database.
pub fn set(tx: &Transaction<'_>, sample: &Sample) -> Result<()> {
    meta::set(tx, NAME, to_json(sample)?.as_bytes())
}

/// Removes the sample, with its runs and receipts.
///
/// # Errors
/// `InUse` naming what a user built on it, `Busy` while a run of it is under way, and those of the
/// database.
pub fn delete(tx: &Transaction<'_>, sample: &Sample, now: &BootTime) -> Result<()> {
    let (export, connection) = (sample.export.to_string(), sample.connection.to_string());
    let segments: Vec<String> = sample.segments.iter().map(ToString::to_string).collect();
    check_strangers(tx, sample, &to_json(&segments)?)?;
    check_runs(tx, &export, now)?;
    for sql in FORGET {
        tx.prepare_cached(sql)?.execute([&export])?;
    }
    let mut accounts = tx.prepare_cached(ACCOUNT)?;
    let accounts = accounts.query_map([&connection], |row| row.get::<_, i64>(0))?;
    let accounts = accounts.collect::<rusqlite::Result<Vec<_>>>()?;
    tx.prepare_cached(DROP_CONNECTION)?.execute([&connection])?;
    for account in accounts {
        if !tx.prepare_cached(ACCOUNT_IN_USE)?.query_row([account], |row| row.get(0))? {
            for sql in DROP_ACCOUNT {
                tx.prepare_cached(sql)?.execute([account])?;
            }
        }
    }
    for segment in segments {
        tx.prepare_cached(DROP_SEGMENT)?.execute([segment])?;
    }
    tx.prepare_cached(DROP_AUDIENCE)?.execute([sample.audience.to_string()])?;
    meta::set(tx, NAME, b"")
}

/// Refuses to take away what something of the user's own stands on.
fn check_strangers(tx: &Transaction<'_>, sample: &Sample, segments: &str) -> Result<()> {
    let mut statement = tx.prepare_cached(STRANGERS)?;
    let ids =
        (sample.audience.to_string(), sample.export.to_string(), sample.connection.to_string(), segments);
    let users = statement.query_map(ids, |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    in_use("sample", "Sample data", &users).map_or(Ok(()), Err)
}

fn check_runs(tx: &Transaction<'_>, export: &str, now: &BootTime) -> Result<()> {
    let mut statement = tx.prepare_cached(RUNS)?;
    let runs = statement.query_map([export], |row| row.get::<_, String>(0))?;
    for run in runs.collect::<rusqlite::Result<Vec<_>>>()? {
        if lease::is_alive(tx, identity(RunId::parse(&run))?, &now.boot, now.millis)? {
            return Err(Error::new(Code::Busy, "A run of the sample is under way; nothing was removed.")
                .help("Wait until it is done, or cancel it.")
                .retryable());
        }
    }
    Ok(())
}
