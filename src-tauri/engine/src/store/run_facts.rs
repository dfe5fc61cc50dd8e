//! What is kept of a run beside its numbers, and what pages show of one run or of the last of each export.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::clock::BootTime;
use crate::error::{Error, Result};
use crate::model::{
    ConnectionId, Counts, ExportId, LatestRun, ListId, Progress, Run, RunFacts, RunId, RunList, Stage,
};

use super::{from_json, from_stored, identity, lease, moment, person, run, to_json};

const SET: &str = "UPDATE run SET facts = ?2 WHERE no = ?1";
const GET: &str = "SELECT no, facts FROM run WHERE id = ?1";
const LATEST: &str = "
    SELECT id, export_id, export_name, status, reason, trigger, full, late, resumable, started_at, finished_at,
      requests, retries, verified, counts, stage, facts FROM run
    WHERE no IN (SELECT max(no) FROM run GROUP BY export_id)";
const LATEST_OF: &str = "SELECT no, facts FROM run WHERE export_id = ?1 ORDER BY no DESC LIMIT 1";
const BESIDE: &str = "
    SELECT account_id, options, plan, planned_at, details_dropped_at, facts,
      EXISTS (SELECT 1 FROM export WHERE export.id = run.export_id) FROM run WHERE id = ?1";
const CONNECTION: &str = "
    SELECT id, name FROM connection WHERE account_id = ?1 ORDER BY created_at LIMIT 1";
const LISTS: &str = "
    SELECT run_list.list, list.title, run_list.before, run_list.after FROM run_list JOIN list ON list.id = run_list.list
    WHERE run = ?1 ORDER BY list.title";
const REQUESTS: &str = "SELECT count(*) FROM attempt WHERE run = ?1";

/// Keeps the facts of a run in place of those before.
///
/// # Errors
/// Those of the database.
pub fn set(tx: &Transaction<'_>, no: i64, facts: &RunFacts) -> Result<()> {
    tx.prepare_cached(SET)?.execute((no, to_json(facts)?))?;
    Ok(())
}

/// The number of a run, and its facts.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn get(conn: &Connection, id: RunId) -> Result<(i64, RunFacts)> {
    let found: Option<(i64, String)> = conn
        .prepare_cached(GET)?
        .query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (no, facts) = found.ok_or_else(|| Error::not_found("run", &id.to_string()))?;
    Ok((no, from_json(&facts, "the facts of a run")?))
}

/// The number of the last run of an export, and its facts; `None`: it never ran.
///
/// # Errors
/// Those of the database.
pub fn latest_of(conn: &Connection, export: ExportId) -> Result<Option<(i64, RunFacts)>> {
    let found: Option<(i64, String)> = conn
        .prepare_cached(LATEST_OF)?
        .query_row([export.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found.map(|(no, facts)| Ok((no, from_json(&facts, "the facts of a run")?))).transpose()
}

/// The last run of each export that ever ran.
///
/// # Errors
/// Those of the database.
pub fn latest(conn: &Connection, now: &BootTime) -> Result<Vec<LatestRun>> {
    let from_row = |row: &Row<'_>| -> Result<(Run, RunFacts)> {
        Ok((run::from_row(row)?, from_json(&row.get::<_, String>(16)?, "the facts of a run")?))
    };
    let rows: Vec<(Run, RunFacts)> =
        conn.prepare_cached(LATEST)?.query_and_then([], from_row)?.collect::<Result<_>>()?;
    rows.into_iter()
        .map(|(run, facts)| Ok(LatestRun { progress: progress(conn, &run, now)?, run, facts }))
        .collect()
}

/// How a run goes that a living process executes or waits with, as its people stand; `None` where it ended
/// or died.
///
/// # Errors
/// Those of the database.
pub fn progress(conn: &Connection, run: &Run, now: &BootTime) -> Result<Option<Progress>> {
    if run.status.is_final() || !lease::is_alive(conn, run.id, &now.boot, now.millis)? {
        return Ok(None);
    }
    let (no, _) = get(conn, run.id)?;
    let planned = !matches!(run.stage, Stage::Read | Stage::Match | Stage::Compare);
    let requests: i64 = conn.prepare_cached(REQUESTS)?.query_row([no], |row| row.get(0))?;
    let counts =
        if planned { Counts { source: run.counts.source, ..run::counts(conn, no)? } } else { run.counts };
    let open = |counts: &Counts| counts.not_attempted + counts.leavers.failed;
    let total = open(&run.counts);
    Ok(Some(Progress {
        run: run.id,
        export: run.export.clone(),
        stage: run.stage,
        done: total.saturating_sub(open(&counts)),
        total,
        requests: from_stored(requests)?,
        per_second: 0.0,
        seconds_left: None,
        waiting: String::new(),
        counts,
    }))
}

/// What the store knows of a run beside its row.
#[derive(Debug, Clone)]
pub struct Beside {
    /// What is kept beside its numbers.
    pub facts: RunFacts,
    /// JSON of what it was told.
    pub options: String,
    /// JSON of its plan; `{}` where there is none.
    pub plan: String,
    /// When that was committed.
    pub planned_at: Option<jiff::Timestamp>,
    /// When its people and requests were dropped.
    pub details_dropped_at: Option<jiff::Timestamp>,
    /// Whether its export is there still.
    pub export_exists: bool,
    /// A connection to its account.
    pub connection: Option<(ConnectionId, String)>,
}

/// What the store knows of a run beside its row.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn beside(conn: &Connection, id: RunId) -> Result<Beside> {
    let at = |text: Option<String>| text.map(|at| moment(&at)).transpose();
    let mut statement = conn.prepare_cached(BESIDE)?;
    let mut rows = statement.query([id.to_string()])?;
    let row = rows.next()?.ok_or_else(|| Error::not_found("run", &id.to_string()))?;
    let account: i64 = row.get(0)?;
    let connection: Option<(String, String)> = conn
        .prepare_cached(CONNECTION)?
        .query_row([account], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let connection = connection
        .map(|(id, name)| Ok::<_, Error>((identity(ConnectionId::parse(&id))?, name)))
        .transpose()?;
    Ok(Beside {
        options: row.get(1)?,
        plan: row.get(2)?,
        planned_at: at(row.get(3)?)?,
        details_dropped_at: at(row.get(4)?)?,
        facts: from_json(&row.get::<_, String>(5)?, "the facts of a run")?,
        export_exists: row.get(6)?,
        connection,
    })
}

/// The lists that a run touched, by title.
///
/// # Errors
/// Those of the database.
pub fn lists(conn: &Connection, no: i64) -> Result<Vec<RunList>> {
    let touched: BTreeMap<ListId, (i64, i64)> =
        person::touched(conn, no)?.into_iter().map(|(list, joined, gone)| (list, (joined, gone))).collect();
    let mut statement = conn.prepare_cached(LISTS)?;
    let lists = statement.query_and_then([no], |row| {
        let (joined, left) = touched.get(&row.get(0)?).copied().unwrap_or_default();
        let size = |size: Option<i64>| size.map(from_stored).transpose();
        Ok(RunList {
            title: row.get(1)?,
            before: size(row.get(2)?)?,
            after: size(row.get(3)?)?,
            joined: from_stored(joined)?,
            left: from_stored(left)?,
        })
    })?;
    lists.collect()
}
