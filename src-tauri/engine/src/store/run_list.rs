//! List sizes before a run and after it, for verification (cli.md, `verified`).

use rusqlite::{Connection, Transaction};

use crate::error::Result;
use crate::model::ListId;

const INSERT: &str = "
    INSERT INTO run_list (run, list, before, present, exact) VALUES (?1, ?2, ?3, ?4, ?5)";
const OF_RUN: &str = "SELECT list, before, exact FROM run_list WHERE run = ?1";
const WHOLE: &str = "SELECT list, before, present, exact FROM run_list WHERE run = ?1";
const AFTER: &str = "UPDATE run_list SET after = ?3 WHERE run = ?1 AND list = ?2";
const PRESENT: &str = "
    SELECT count(*) FROM run_list, json_each(run_list.present) AS key
    JOIN person ON person.run = run_list.run AND person.address_key = unhex(key.value)
    WHERE run_list.run = ?1 AND run_list.list = ?2
      AND EXISTS (SELECT 1 FROM json_each(person.joined) AS joined WHERE joined.value = ?2)";

/// A list before a run.
#[derive(Debug, Clone)]
pub struct Before {
    /// The list.
    pub list: ListId,
    /// People on it.
    pub size: u64,
    /// Joiners who were on it already without a receipt of ours: hex of their address keys.
    pub present: Vec<String>,
    /// Whether that is all of them; otherwise the list is not verified.
    pub exact: bool,
}

/// Stores a list's size before the run.
///
/// # Errors
/// Those of the database.
pub fn insert(tx: &Transaction<'_>, run: i64, before: &Before) -> Result<()> {
    let present = super::to_json(&before.present)?;
    tx.execute(INSERT, (run, before.list, super::to_stored(before.size)?, present, before.exact))?;
    Ok(())
}

/// The lists of a run: list, size before, whether the overlap is known.
///
/// # Errors
/// Those of the database.
pub fn of_run(conn: &Connection, run: i64) -> Result<Vec<(ListId, i64, bool)>> {
    let mut statement = conn.prepare_cached(OF_RUN)?;
    let lists = statement.query_map([run], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(lists.collect::<rusqlite::Result<_>>()?)
}

/// The lists of a run as they were before it, with those who were on them already.
///
/// # Errors
/// Those of the database.
pub fn whole(conn: &Connection, run: i64) -> Result<Vec<Before>> {
    let mut statement = conn.prepare_cached(WHOLE)?;
    let lists = statement.query_and_then([run], |row| {
        Ok(Before {
            list: row.get(0)?,
            size: u64::try_from(row.get::<_, i64>(1)?).unwrap_or_default(),
            present: super::from_json(&row.get::<_, String>(2)?, "who was on a list")?,
            exact: row.get(3)?,
        })
    })?;
    lists.collect()
}

/// Stores a list's size after the run.
///
/// # Errors
/// Those of the database.
pub fn set_after(tx: &Transaction<'_>, run: i64, list: ListId, size: u64) -> Result<()> {
    tx.execute(AFTER, (run, list, super::to_stored(size)?))?;
    Ok(())
}

/// People put on a list in this run who were on it already.
///
/// # Errors
/// Those of the database.
pub fn joined_already(conn: &Connection, run: i64, list: ListId) -> Result<i64> {
    Ok(conn.prepare_cached(PRESENT)?.query_row((run, list), |row| row.get(0))?)
}
