//! Retention: what lies longer than the user wants it to is dropped, in steps that nobody waits for.
//! Fingerprints and counts stay (docs/decisions/0012-what-retention-drops.md).

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::clock::BootTime;
use crate::error::{Code, Error, Result};
use crate::model::{RunId, Status};

use super::{from_stored, from_word, identity, lease, meta, moment, unreadable};

const DAYS: &str = "retention_days";
const APPLIED: &str = "retention_applied_at";
const UNTIDY: &str = "retention_untidy";

const OLD_RUNS: &str = "
    SELECT no, id, status, resumable FROM run
    WHERE coalesce(planned_at, started_at) < ?1
      AND (details_dropped_at IS NULL OR EXISTS (SELECT 1 FROM person WHERE person.run = run.no))
    ORDER BY no";
const MARK: &str = "
    UPDATE run SET details_dropped_at = coalesce(details_dropped_at, ?2), resumable = 0,
      options = CASE WHEN json_extract(options, '$.only') <> '' THEN json_set(options, '$.only', '') ELSE options END
    WHERE no = ?1";
const DROP_PEOPLE: &str = "
    DELETE FROM person WHERE run = ?1 AND seq IN (SELECT seq FROM person WHERE run = ?1 ORDER BY seq LIMIT ?2)";
const DROP_UNCHANGED: &str = "DELETE FROM unchanged WHERE run = ?1";
const DROP_REQUESTS: &str = "DELETE FROM attempt WHERE run = ?1";
const DROP_PRESENT: &str = "UPDATE run_list SET present = '[]' WHERE run = ?1";
const DROPPED_AT: &str = "SELECT details_dropped_at FROM run WHERE id = ?1";

const OLD_VALUES: &str = "
    SELECT id, fields FROM receipt WHERE id > ?1 AND has_values = 1 AND accepted_at < ?2 ORDER BY id LIMIT ?3";
const DROP_VALUES: &str = "UPDATE receipt SET fields = ?3, has_values = 0 WHERE id = ?1 AND fields = ?2";
const DROP_ANSWERS: &str = "UPDATE refusal SET answer = '' WHERE last_at < ?1 AND answer <> ''";

const KEPT: &str = "
    SELECT (SELECT count(*) FROM receipt WHERE has_values = 1),
           (SELECT count(DISTINCT export_id) FROM book WHERE EXISTS
             (SELECT 1 FROM receipt WHERE receipt.book = book.id AND has_values = 1)),
           (SELECT count(*) FROM run WHERE details_dropped_at IS NULL),
           (SELECT count(*) FROM forgotten)";

/// How long values are kept where the user did not say (product.md page 10).
pub const DEFAULT_DAYS: u32 = 30;

/// Rows that one step reads or drops: some ten milliseconds of the writer's time.
pub const STEP: usize = 5_000;

/// A run whose details are too old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OldRun {
    /// `run.no`.
    pub no: i64,
    /// Its id.
    pub id: RunId,
    /// Whether it still waits to go on.
    pub open: bool,
}

/// What is kept still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Receipts with values in them.
    pub receipts: u64,
    /// Exports that these belong to.
    pub exports: u64,
    /// Runs with their people and requests.
    pub runs: u64,
    /// People who were forgotten.
    pub forgotten: u64,
}

/// The values of a receipt: `receipt.id` and their JSON.
pub type Values = (i64, String);

/// Days that values are kept; `None`: the user did not say.
///
/// # Errors
/// Those of the database.
pub fn days(conn: &Connection) -> Result<Option<u32>> {
    let Some(text) = text(conn, DAYS)? else { return Ok(None) };
    text.parse().map(Some).map_err(|_| unreadable("the retention time"))
}

/// Stores how many days values are kept.
///
/// # Errors
/// Those of the database.
pub fn set_days(tx: &Transaction<'_>, days: u32) -> Result<()> {
    meta::set(tx, DAYS, days.to_string().as_bytes())
}

/// What is kept still.
///
/// # Errors
/// Those of the database.
pub fn kept(conn: &Connection) -> Result<Kept> {
    let numbers: [i64; 4] = conn
        .prepare_cached(KEPT)?
        .query_row([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?;
    let [receipts, exports, runs, forgotten] = numbers;
    Ok(Kept {
        receipts: from_stored(receipts)?,
        exports: from_stored(exports)?,
        runs: from_stored(runs)?,
        forgotten: from_stored(forgotten)?,
    })
}

/// When everything was last looked through.
///
/// # Errors
/// Those of the database.
pub fn applied_at(conn: &Connection) -> Result<Option<Timestamp>> {
    text(conn, APPLIED)?.map(|text| moment(&text)).transpose()
}

/// Notes that everything was looked through.
///
/// # Errors
/// Those of the database.
pub fn set_applied_at(tx: &Transaction<'_>, now: Timestamp) -> Result<()> {
    meta::set(tx, APPLIED, now.to_string().as_bytes())
}

/// Whether something was dropped since the file was last rewritten.
///
/// # Errors
/// Those of the database.
pub fn is_untidy(conn: &Connection) -> Result<bool> {
    Ok(text(conn, UNTIDY)?.as_deref() == Some("1"))
}

/// Notes whether something was dropped since the file was last rewritten.
///
/// # Errors
/// Those of the database.
pub fn set_untidy(tx: &Transaction<'_>, untidy: bool) -> Result<()> {
    meta::set(tx, UNTIDY, if untidy { b"1" } else { b"0" })
}

/// Runs planned before this moment that have details, except those that a living process executes.
///
/// # Errors
/// Those of the database.
pub fn old_runs(conn: &Connection, before: Timestamp, boot: &BootTime) -> Result<Vec<OldRun>> {
    let mut statement = conn.prepare_cached(OLD_RUNS)?;
    let found = statement.query_and_then([before.to_string()], |row| -> Result<OldRun> {
        let status: Status = from_word(row.get(2)?, "status of a run")?;
        let open = !status.is_final() || row.get(3)?;
        Ok(OldRun { no: row.get(0)?, id: identity(RunId::parse(&row.get::<_, String>(1)?))?, open })
    })?;
    let mut runs = found.collect::<Result<Vec<_>>>()?;
    let mut alive = Vec::new();
    for run in &runs {
        if lease::is_alive(conn, run.id, &boot.boot, boot.millis)? {
            alive.push(run.no);
        }
    }
    runs.retain(|run| !alive.contains(&run.no));
    Ok(runs)
}

/// Drops people, requests and answers of a run, at most [`STEP`] people; returns how many. Fewer than
/// that: it is done. From the first step on nobody sees the rest.
///
/// # Errors
/// Those of the database.
pub fn drop_details(tx: &Transaction<'_>, no: i64, now: Timestamp) -> Result<usize> {
    tx.prepare_cached(MARK)?.execute((no, now.to_string()))?;
    set_untidy(tx, true)?;
    let people = tx.prepare_cached(DROP_PEOPLE)?.execute((no, i64::try_from(STEP).unwrap_or(i64::MAX)))?;
    if people < STEP {
        tx.prepare_cached(DROP_UNCHANGED)?.execute([no])?;
        tx.prepare_cached(DROP_REQUESTS)?.execute([no])?;
        tx.prepare_cached(DROP_PRESENT)?.execute([no])?;
    }
    Ok(people)
}

/// Refuses to show the people of a run whose details were dropped.
///
/// # Errors
/// `PastRetention` where they were, `NotFound`, and those of the database.
pub fn check_details(conn: &Connection, id: RunId) -> Result<()> {
    let found: Option<Option<String>> =
        conn.prepare_cached(DROPPED_AT)?.query_row([id.to_string()], |row| row.get(0)).optional()?;
    let Some(at) = found.ok_or_else(|| Error::not_found("run", &id.to_string()))? else { return Ok(()) };
    let day = at.split('T').next().unwrap_or_default();
    Err(Error::new(
        Code::PastRetention,
        format!("The people of the run {id} are past the retention time: its details were dropped on {day}."),
    )
    .help("Its counts are kept: see `segue run show ID`. Receipts go on to hold: nobody is sent again because of this."))
}

/// Receipts after this one whose values were accepted before this moment; at most [`STEP`].
///
/// # Errors
/// Those of the database.
pub fn old_values(conn: &Connection, after: i64, before: Timestamp) -> Result<Vec<Values>> {
    let most = i64::try_from(STEP).unwrap_or(i64::MAX);
    let mut statement = conn.prepare_cached(OLD_VALUES)?;
    let found =
        statement.query_map((after, before.to_string(), most), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Puts fingerprints in the place of the values of receipts, unless new ones were accepted since they
/// were read; returns of how many.
///
/// # Errors
/// Those of the database.
pub fn drop_values(tx: &Transaction<'_>, receipts: &[(Values, String)]) -> Result<usize> {
    let mut statement = tx.prepare_cached(DROP_VALUES)?;
    let mut dropped = 0;
    for ((id, before), after) in receipts {
        dropped += statement.execute((id, before, after))?;
    }
    set_untidy(tx, true)?;
    Ok(dropped)
}

/// Drops what the account said of people whom it refused before this moment; returns of how many.
///
/// # Errors
/// Those of the database.
pub fn drop_answers(tx: &Transaction<'_>, before: Timestamp) -> Result<usize> {
    let dropped = tx.prepare_cached(DROP_ANSWERS)?.execute([before.to_string()])?;
    if dropped > 0 {
        set_untidy(tx, true)?;
    }
    Ok(dropped)
}

fn text(conn: &Connection, name: &str) -> Result<Option<String>> {
    let bytes = meta::get(conn, name)?;
    bytes.map(|bytes| String::from_utf8(bytes).map_err(|_| unreadable(name))).transpose()
}
