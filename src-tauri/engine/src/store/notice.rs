//! Notices: who is told, how the last tries went, and what was last told of each export. No secret is here.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::error::Result;
use crate::model::{ExportId, NoticeSettings, NoticeTries, RunId};

use super::{from_json, from_stored, meta, to_json, to_stored};

const SETTINGS: &str = "notice_settings";
const TRIES: &str = "notice_tries";

const TOLD: &str = "SELECT run_id, state FROM noticed WHERE export_id = ?1";
const SET_TOLD: &str = "
    INSERT INTO noticed (export_id, run_id, state) VALUES (?1, ?2, ?3)
    ON CONFLICT (export_id) DO UPDATE SET run_id = excluded.run_id, state = excluded.state";
const NEWER: &str = "
    SELECT EXISTS (SELECT 1 FROM run WHERE id = ?2 AND no > (SELECT no FROM run WHERE id = ?1))";
/// A run that tried only some people, or took people off lists, says nothing of how many are usual.
const PEOPLE_BEFORE: &str = "
    SELECT json_extract(counts, '$.source') FROM run
    WHERE export_id = ?1 AND no < (SELECT no FROM run WHERE id = ?2)
      AND planned_at IS NOT NULL AND finished_at IS NOT NULL AND json_extract(options, '$.only') IS NULL
      AND json_extract(options, '$.first') IS NULL AND json_extract(options, '$.empty') IS NULL
    ORDER BY no DESC LIMIT ?3";

/// Who is told.
///
/// # Errors
/// Those of the database.
pub fn settings(conn: &Connection) -> Result<NoticeSettings> {
    Ok(read(conn, SETTINGS, "who is told of exports")?.unwrap_or_default())
}

/// Changes who is told.
///
/// # Errors
/// Those of the database.
pub fn set_settings(tx: &Transaction<'_>, settings: &NoticeSettings) -> Result<()> {
    meta::set(tx, SETTINGS, to_json(settings)?.as_bytes())
}

/// How the last tries went.
///
/// # Errors
/// Those of the database.
pub fn tries(conn: &Connection) -> Result<NoticeTries> {
    Ok(read(conn, TRIES, "how notices went")?.unwrap_or_default())
}

/// Changes what is known of the last tries.
///
/// # Errors
/// Those of the database.
pub fn change_tries(tx: &Transaction<'_>, change: impl FnOnce(&mut NoticeTries)) -> Result<()> {
    let mut tries = tries(tx)?;
    change(&mut tries);
    meta::set(tx, TRIES, to_json(&tries)?.as_bytes())
}

/// What was last told of an export: after which run, and as what it stood then. `None`: nothing yet.
///
/// # Errors
/// Those of the database.
pub fn told(conn: &Connection, export: ExportId) -> Result<Option<(String, String)>> {
    let found = conn
        .prepare_cached(TOLD)?
        .query_row([export.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found)
}

/// Keeps what was told of an export.
///
/// # Errors
/// Those of the database.
pub fn set_told(tx: &Transaction<'_>, export: ExportId, run: RunId, state: &str) -> Result<()> {
    tx.prepare_cached(SET_TOLD)?.execute((export.to_string(), run.to_string(), state))?;
    Ok(())
}

/// Whether the second run began after the first.
///
/// # Errors
/// Those of the database.
pub fn is_newer(conn: &Connection, run: RunId, other: &str) -> Result<bool> {
    Ok(conn.prepare_cached(NEWER)?.query_row((run.to_string(), other), |row| row.get(0))?)
}

/// How many people were in the segments in up to so many runs of an export before this one, newest first.
///
/// # Errors
/// Those of the database.
pub fn people_before(conn: &Connection, export: ExportId, run: RunId, most: usize) -> Result<Vec<u64>> {
    let mut statement = conn.prepare_cached(PEOPLE_BEFORE)?;
    let people = statement
        .query_and_then((export.to_string(), run.to_string(), to_stored(most as u64)?), |row| {
            from_stored(row.get(0)?)
        })?;
    people.collect()
}

/// A fact of the installation that is JSON.
fn read<T: serde::de::DeserializeOwned>(conn: &Connection, name: &str, what: &str) -> Result<Option<T>> {
    let found = meta::get(conn, name)?;
    found.map(|bytes| from_json(&String::from_utf8_lossy(&bytes), what)).transpose()
}
