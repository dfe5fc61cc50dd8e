//! Leases: one run of an account at a time, over processes (architecture.md decision 7). Whoever
//! waits stands in line, first come first served, and an export stands there once.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::error::Result;
use crate::model::{ExportId, RunId};

use super::identity;

/// After this long without a heartbeat a lease is nobody's.
pub const STALE_AFTER_MS: i64 = 60_000;
/// In place of an account: all of them. Whoever has this lease is alone.
pub const EVERY_ACCOUNT: i64 = 0;

// 0 is `EVERY_ACCOUNT`: it stands in the line of each, and each in its.
const LINE: &str = "
    SELECT run_id, export_id, pid, pid_started, boot, heartbeat FROM lease
    WHERE account_id IN (?1, 0) OR ?1 = 0 ORDER BY no";
const OF_RUN: &str = "
    SELECT run_id, export_id, pid, pid_started, boot, heartbeat FROM lease WHERE run_id = ?1";
const EVERY: &str = "SELECT run_id, export_id, pid, pid_started, boot, heartbeat FROM lease";
const PUT: &str = "
    INSERT INTO lease (account_id, run_id, export_id, held, pid, pid_started, boot, heartbeat)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    ON CONFLICT (run_id) DO UPDATE SET held = excluded.held, heartbeat = excluded.heartbeat";
const BEAT: &str = "UPDATE lease SET heartbeat = ?4 WHERE run_id = ?1 AND pid = ?2 AND boot = ?3";
const RELEASE: &str = "DELETE FROM lease WHERE run_id = ?1 AND pid = ?2 AND boot = ?3";
const BECOME: &str = "UPDATE lease SET run_id = ?4 WHERE run_id = ?1 AND pid = ?2 AND boot = ?3";
const BURY: &str = "DELETE FROM lease WHERE run_id = ?1";

/// Who holds a lease, and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The run.
    pub run: RunId,
    /// Its export.
    pub export: ExportId,
    /// The process.
    pub pid: u32,
    /// When the process started, in the system's own words; empty where the system does not tell.
    pub pid_started: String,
    /// The boot that the process belongs to.
    pub boot: String,
}

/// What became of the wish for a lease.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is the caller's.
    Acquired,
    /// It is another's.
    HeldBy(Holder),
}

/// Takes the account's lease, unless a living process has it or stands in line before; then the
/// caller stands in line, and asks again at least every 20 s. Another run of the same export that
/// lives is told of first, and nobody is put in line behind that.
///
/// # Errors
/// Those of the database.
pub fn acquire(tx: &Transaction<'_>, account: i64, wish: &Holder, now_ms: i64) -> Result<Claim> {
    let mut before = Vec::new();
    let mut passed = false;
    for (holder, heartbeat) in line(tx, account)? {
        if holder == *wish {
            passed = true;
        } else if !holds(&holder, heartbeat, &wish.boot, now_ms) {
            tx.prepare_cached(BURY)?.execute([holder.run.to_string()])?;
        } else if holder.export == wish.export {
            return Ok(Claim::HeldBy(holder));
        } else if !passed {
            before.push(holder);
        }
    }
    tx.prepare_cached(PUT)?.execute((
        account,
        wish.run.to_string(),
        wish.export.to_string(),
        before.is_empty(),
        wish.pid,
        &wish.pid_started,
        &wish.boot,
        now_ms,
    ))?;
    Ok(before.into_iter().next().map_or(Claim::Acquired, Claim::HeldBy))
}

/// Says that the holder lives, at least every 20 s; false if the lease is no longer theirs, and then
/// the run sends nothing more.
///
/// # Errors
/// Those of the database.
pub fn heartbeat(tx: &Transaction<'_>, holder: &Holder, now_ms: i64) -> Result<bool> {
    Ok(tx.prepare_cached(BEAT)?.execute((holder.run.to_string(), holder.pid, &holder.boot, now_ms))? == 1)
}

/// The holder goes on with another run of the same export; false if the lease is no longer theirs.
///
/// # Errors
/// Those of the database.
pub fn becomes(tx: &Transaction<'_>, holder: &Holder, run: RunId) -> Result<bool> {
    let (old, new) = (holder.run.to_string(), run.to_string());
    Ok(tx.prepare_cached(BECOME)?.execute((old, holder.pid, &holder.boot, new))? == 1)
}

/// Gives the lease back, or the place in line; does nothing if it is no longer the holder's.
///
/// # Errors
/// Those of the database.
pub fn release(tx: &Transaction<'_>, holder: &Holder) -> Result<()> {
    tx.prepare_cached(RELEASE)?.execute((holder.run.to_string(), holder.pid, &holder.boot))?;
    Ok(())
}

/// Whether a living process executes this run or waits with it.
///
/// # Errors
/// Those of the database.
pub fn is_alive(conn: &Connection, run: RunId, boot: &str, now_ms: i64) -> Result<bool> {
    let mut statement = conn.prepare_cached(OF_RUN)?;
    let found = statement.query_row([run.to_string()], from_row).optional()?;
    Ok(found.is_some_and(|row| row.is_ok_and(|(holder, beat)| holds(&holder, beat, boot, now_ms))))
}

/// The run of this export that a living process executes or waits with.
///
/// # Errors
/// Those of the database.
pub fn alive_of(conn: &Connection, export: ExportId, boot: &str, now_ms: i64) -> Result<Option<RunId>> {
    let mut statement = conn.prepare_cached(EVERY)?;
    let rows = statement.query_map([], from_row)?.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut alive = rows
        .into_iter()
        .filter_map(Result::ok)
        .filter(|(holder, beat)| holder.export == export && holds(holder, *beat, boot, now_ms));
    Ok(alive.next().map(|(holder, _)| holder.run))
}

/// Whether a living process executes any run or waits with one.
///
/// # Errors
/// Those of the database.
pub fn any_alive(conn: &Connection, boot: &str, now_ms: i64) -> Result<bool> {
    let mut statement = conn.prepare_cached(EVERY)?;
    let rows = statement.query_map([], from_row)?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(rows.into_iter().filter_map(Result::ok).any(|(holder, beat)| holds(&holder, beat, boot, now_ms)))
}

fn holds(holder: &Holder, heartbeat: i64, boot: &str, now_ms: i64) -> bool {
    let fresh = (0..=STALE_AFTER_MS).contains(&now_ms.saturating_sub(heartbeat));
    fresh && holder.boot == boot && lives(holder)
}

fn lives(holder: &Holder) -> bool {
    process_lives(holder.pid, &holder.pid_started)
}

/// Whether the process of this number is the one that started then. Elsewhere than on Linux it is taken to live:
/// there a heartbeat has to tell.
#[cfg(target_os = "linux")]
pub(super) fn process_lives(pid: u32, started: &str) -> bool {
    process_started(pid).is_some_and(|found| found == started)
}

/// Whether the process of this number is the one that started then. Elsewhere than on Linux it is taken to live:
/// there a heartbeat has to tell.
#[cfg(not(target_os = "linux"))]
pub(super) fn process_lives(_pid: u32, _started: &str) -> bool {
    true
}

/// When a process started, so that a number given out anew is not taken for the old process; `None`
/// if there is no such process or the system does not tell.
#[must_use]
pub fn process_started(pid: u32) -> Option<String> {
    // The name of the program, in parentheses, may hold anything; the start time is the 20th field
    // after it (proc(5)).
    let stat = std::fs::read(format!("/proc/{pid}/stat")).ok()?;
    let stat = String::from_utf8_lossy(&stat);
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_ascii_whitespace();
    // A zombie runs nothing any more.
    if matches!(fields.next()?, "Z" | "X") {
        return None;
    }
    fields.nth(18).map(str::to_owned)
}

/// Everybody who holds or waits; a row that cannot be read is nobody's.
fn line(conn: &Connection, account: i64) -> Result<Vec<(Holder, i64)>> {
    let mut statement = conn.prepare_cached(LINE)?;
    let rows = statement.query_map([account], from_row)?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(rows.into_iter().filter_map(Result::ok).collect())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Result<(Holder, i64)>> {
    let (run, export): (String, String) = (row.get(0)?, row.get(1)?);
    let (pid, pid_started, boot, heartbeat) = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
    Ok(identity(RunId::parse(&run).zip(ExportId::parse(&export)))
        .map(|(run, export)| (Holder { run, export, pid, pid_started, boot }, heartbeat)))
}
