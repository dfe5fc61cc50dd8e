//! Runs: the row is the truth (architecture.md decision 7).

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::error::{Error, Result};
use crate::model::{Counts, ExportId, Outcome, Person, Run, RunId, Stage, Status};

use super::{from_json, from_word, identity, moment, to_json, to_word};

const COLUMNS_ALL: &str = "
    SELECT id, export_id, export_name, status, reason, trigger, full, late, resumable, started_at, finished_at,
      requests, retries, verified, counts, stage FROM run ORDER BY no DESC";
const BY_ID: &str = "
    SELECT id, export_id, export_name, status, reason, trigger, full, late, resumable, started_at, finished_at,
      requests, retries, verified, counts, stage FROM run WHERE id = ?1";
const INSERT: &str = "
    INSERT INTO run (id, export_id, export_name, account_id, book, status, trigger, full, late, stage, started_at, counts,
      options, due_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
const OPTIONS: &str = "SELECT options FROM run WHERE id = ?1";
const UPDATE: &str = "
    UPDATE run SET status = ?2, reason = ?3, resumable = ?4, stage = ?5, finished_at = ?6, requests = ?7,
      retries = ?8, verified = ?9, counts = ?10 WHERE id = ?1";
const PLANNED: &str = "UPDATE run SET planned_at = ?2, plan = ?3, source_version = ?4 WHERE no = ?1";
const LEDGER: &str = "
    SELECT no, account_id, book, planned_at, plan, source_version FROM run WHERE id = ?1";
const CANCEL: &str = "UPDATE run SET cancel = 1 WHERE id = ?1";
const WANTS_CANCEL: &str = "SELECT cancel FROM run WHERE id = ?1";
const UNFINISHED: &str = "
    SELECT id FROM run WHERE (status IN ('queued', 'processing', 'not_started') OR (status = 'failed' AND resumable = 1))
      AND (?1 IS NULL OR export_id = ?1) ORDER BY no";
const FORGET: &str = "DELETE FROM run WHERE id = ?1 AND planned_at IS NULL";
const OF_DUE: &str = "SELECT id FROM run WHERE export_id = ?1 AND due_at = ?2 ORDER BY no DESC LIMIT 1";
const COUNTS: &str = "SELECT outcome, count(*) FROM person WHERE run = ?1 GROUP BY outcome";
const UNCHANGED: &str = "SELECT coalesce(sum(people), 0) FROM unchanged WHERE run = ?1";
const PEOPLE: &str = "
    SELECT email, customer_id, outcome, reason, answer, fields FROM person
    WHERE run = ?1 AND (?2 IS NULL OR outcome = ?2) ORDER BY seq";
const PARTS: &str = "SELECT receipts FROM unchanged WHERE run = ?1 ORDER BY part";
const RECEIPT: &str = "SELECT email, customer_id, fields FROM receipt WHERE id = ?1";

/// What the ledger knows of a run beside what people see.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// `run.no`.
    pub no: i64,
    /// The account.
    pub account: i64,
    /// The receipts it compares with and writes.
    pub book: i64,
    /// When its plan was committed; `None`: nothing was sent.
    pub planned_at: Option<Timestamp>,
    /// JSON of what it was told to do.
    pub plan: String,
    /// The data that it planned from.
    pub source_version: String,
}

/// What a run was told: as JSON, and the due time that it is begun for, if it is.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// JSON of `run::RunOptions`.
    pub options: String,
    /// The due time.
    pub due: Option<Timestamp>,
}

/// Stores a new run and what it was told; returns its number.
///
/// # Errors
/// Those of the database.
pub fn insert(tx: &Transaction<'_>, run: &Run, told: &Told, account: i64, book: i64) -> Result<i64> {
    tx.execute(
        INSERT,
        (
            run.id.to_string(),
            run.export_id.to_string(),
            &run.export,
            account,
            book,
            to_word(run.status)?,
            to_word(run.trigger)?,
            run.full,
            run.late,
            to_word(run.stage)?,
            run.started_at.to_string(),
            to_json(&run.counts)?,
            &told.options,
            told.due.map(|due| due.to_string()),
        ),
    )?;
    Ok(tx.last_insert_rowid())
}

/// Stores where a run is.
///
/// # Errors
/// Those of the database.
pub fn update(tx: &Transaction<'_>, run: &Run) -> Result<()> {
    tx.prepare_cached(UPDATE)?.execute((
        run.id.to_string(),
        to_word(run.status)?,
        &run.reason,
        run.resumable,
        to_word(run.stage)?,
        run.finished_at.map(|at| at.to_string()),
        super::to_stored(run.requests)?,
        super::to_stored(run.retries)?,
        run.verified,
        to_json(&run.counts)?,
    ))?;
    Ok(())
}

/// Stores that the plan is complete: from now on the run can be resumed.
///
/// # Errors
/// Those of the database.
pub fn planned(tx: &Transaction<'_>, no: i64, at: Timestamp, plan: &str, version: &str) -> Result<()> {
    tx.execute(PLANNED, (no, at.to_string(), plan, version))?;
    Ok(())
}

/// What a run was told, as JSON.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn options(conn: &Connection, id: RunId) -> Result<String> {
    let found = conn.prepare_cached(OPTIONS)?.query_row([id.to_string()], |row| row.get(0)).optional()?;
    found.ok_or_else(|| Error::not_found("run", &id.to_string()))
}

/// Drops a run that never had a plan, if it is there.
///
/// # Errors
/// Those of the database.
pub fn forget_unplanned(tx: &Transaction<'_>, id: RunId) -> Result<()> {
    tx.execute(FORGET, [id.to_string()])?;
    Ok(())
}

/// The ledger's side of a run.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn ledger(conn: &Connection, id: RunId) -> Result<Ledger> {
    let found = conn
        .prepare_cached(LEDGER)?
        .query_row([id.to_string()], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get::<_, Option<String>>(3)?,
                row.get(4)?,
                row.get(5)?,
            ))
        })
        .optional()?;
    let (no, account, book, planned_at, plan, source_version) =
        found.ok_or_else(|| Error::not_found("run", &id.to_string()))?;
    let planned_at = planned_at.map(|at| moment(&at)).transpose()?;
    Ok(Ledger { no, account, book, planned_at, plan, source_version })
}

/// All runs, newest first.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &Connection) -> Result<Vec<Run>> {
    conn.prepare_cached(COLUMNS_ALL)?.query_and_then([], from_row)?.collect()
}

/// One run.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn by_id(conn: &Connection, id: &str) -> Result<Run> {
    let mut statement = conn.prepare_cached(BY_ID)?;
    let mut rows = statement.query_and_then([id], from_row)?;
    rows.next().unwrap_or_else(|| Err(Error::not_found("run", id)))
}

/// The run that was begun for this due time of an export; the last one, where it was planned anew.
///
/// # Errors
/// Those of the database.
pub fn of_due(conn: &Connection, export: ExportId, due: Timestamp) -> Result<Option<Run>> {
    let key = (export.to_string(), due.to_string());
    let id: Option<String> = conn.prepare_cached(OF_DUE)?.query_row(key, |row| row.get(0)).optional()?;
    id.map(|id| by_id(conn, &id)).transpose()
}

/// Runs that began and did not end for good, oldest first; of one export or of all.
///
/// # Errors
/// Those of the database.
pub fn unfinished(conn: &Connection, export: Option<ExportId>) -> Result<Vec<RunId>> {
    let mut statement = conn.prepare_cached(UNFINISHED)?;
    let ids = statement.query_and_then([export.map(|id| id.to_string())], |row| {
        identity(RunId::parse(&row.get::<_, String>(0)?))
    })?;
    ids.collect()
}

/// Asks the process that executes a run to cancel it.
///
/// # Errors
/// Those of the database.
pub fn ask_cancel(tx: &Transaction<'_>, id: RunId) -> Result<()> {
    tx.execute(CANCEL, [id.to_string()])?;
    Ok(())
}

/// Whether somebody asked to cancel the run.
///
/// # Errors
/// Those of the database.
pub fn cancel_wanted(conn: &Connection, id: RunId) -> Result<bool> {
    let found =
        conn.prepare_cached(WANTS_CANCEL)?.query_row([id.to_string()], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or(false))
}

/// The numbers of a run as its people stand; `source` is left to the caller.
///
/// # Errors
/// Those of the database.
pub fn counts(conn: &Connection, no: i64) -> Result<Counts> {
    let mut counts = Counts::default();
    let mut statement = conn.prepare_cached(COUNTS)?;
    let mut rows = statement.query([no])?;
    while let Some(row) = rows.next()? {
        let word: String = row.get(0)?;
        let outcome = Outcome::parse(&word).ok_or_else(|| Error::internal("a person has no class"))?;
        *counts.of(outcome) = super::from_stored(row.get(1)?)?;
    }
    let unchanged = conn.prepare_cached(UNCHANGED)?.query_row([no], |row| row.get(0))?;
    counts.unchanged += super::from_stored(unchanged)?;
    Ok(counts)
}

/// People of a run, of one class or of all; unchanged people last. `take` gets each with the JSON object
/// of their values: what was to be sent, what stands in the cells of somebody left out, or what the
/// account accepted of somebody unchanged; `None` where none are known.
///
/// # Errors
/// Those of the database.
pub fn each_person(
    conn: &Connection,
    no: i64,
    outcome: Option<Outcome>,
    mut take: impl FnMut(Person, Option<&str>),
) -> Result<()> {
    let mut statement = conn.prepare_cached(PEOPLE)?;
    let mut rows = statement.query((no, outcome.map(Outcome::word)))?;
    while let Some(row) = rows.next()? {
        let word: String = row.get(2)?;
        let person = Person {
            email: row.get(0)?,
            customer_id: row.get(1)?,
            outcome: Outcome::parse(&word).ok_or_else(|| Error::internal("a person has no class"))?,
            reason: row.get(3)?,
            answer: row.get(4)?,
        };
        take(person, row.get_ref(5)?.as_str_or_null().map_err(rusqlite::Error::from)?);
    }
    if outcome.is_none_or(|outcome| outcome == Outcome::Unchanged) {
        let mut parts = conn.prepare_cached(PARTS)?;
        let mut rows = parts.query([no])?;
        while let Some(row) = rows.next()? {
            let part: Vec<u8> = row.get(0)?;
            for receipt in super::person::unpack(&part) {
                let found = conn
                    .prepare_cached(RECEIPT)?
                    .query_row([receipt], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))
                    .optional()?;
                if let Some((email, customer_id, fields)) = found {
                    let (reason, answer) = (String::new(), String::new());
                    let outcome = Outcome::Unchanged;
                    take(Person { email, customer_id, outcome, reason, answer }, Some(&fields));
                }
            }
        }
    }
    Ok(())
}

/// A run from the first sixteen columns of a row, as [`BY_ID`] has them.
pub(super) fn from_row(row: &Row<'_>) -> Result<Run> {
    Ok(Run {
        id: identity(RunId::parse(&row.get::<_, String>(0)?))?,
        export_id: identity(ExportId::parse(&row.get::<_, String>(1)?))?,
        export: row.get(2)?,
        status: from_word::<Status>(row.get(3)?, "status of a run")?,
        reason: row.get(4)?,
        trigger: from_word(row.get(5)?, "trigger of a run")?,
        full: row.get(6)?,
        late: row.get(7)?,
        resumable: row.get(8)?,
        started_at: moment(&row.get::<_, String>(9)?)?,
        finished_at: row.get::<_, Option<String>>(10)?.map(|at| moment(&at)).transpose()?,
        requests: super::from_stored(row.get(11)?)?,
        retries: super::from_stored(row.get(12)?)?,
        verified: row.get(13)?,
        counts: from_json(&row.get::<_, String>(14)?, "counts of a run")?,
        stage: from_word::<Stage>(row.get(15)?, "stage of a run")?,
    })
}
