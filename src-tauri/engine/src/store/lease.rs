//! Leases: one run of an account at a time, over processes (architecture.md decision 7).

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::error::Result;
use crate::model::{ExportId, RunId};

use super::identity;

/// After this long without a heartbeat a lease is nobody's.
pub const STALE_AFTER_MS: i64 = 60_000;

const GET: &str = "
    SELECT run_id, export_id, pid, pid_started, boot, heartbeat FROM lease WHERE account_id = ?1";
const PUT: &str = "
    INSERT INTO lease (account_id, run_id, export_id, pid, pid_started, boot, heartbeat)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    ON CONFLICT (account_id) DO UPDATE SET run_id = excluded.run_id, export_id = excluded.export_id, pid = excluded.pid,
      pid_started = excluded.pid_started, boot = excluded.boot, heartbeat = excluded.heartbeat";
const BEAT: &str = "
    UPDATE lease SET heartbeat = ?5 WHERE account_id = ?1 AND run_id = ?2 AND pid = ?3 AND boot = ?4";
const RELEASE: &str = "DELETE FROM lease WHERE account_id = ?1 AND run_id = ?2 AND pid = ?3 AND boot = ?4";

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

/// Takes the account's lease, unless a living process has it for another run.
///
/// # Errors
/// Those of the database.
pub fn acquire(tx: &Transaction<'_>, account: i64, wish: &Holder, now_ms: i64) -> Result<Claim> {
    if let Some((holder, heartbeat)) = read(tx, account)?
        && holder != *wish
        && holds(&holder, heartbeat, &wish.boot, now_ms)
    {
        return Ok(Claim::HeldBy(holder));
    }
    tx.prepare_cached(PUT)?.execute((
        account,
        wish.run.to_string(),
        wish.export.to_string(),
        wish.pid,
        &wish.pid_started,
        &wish.boot,
        now_ms,
    ))?;
    Ok(Claim::Acquired)
}

/// Says that the holder lives, at least every 20 s; false if the lease is no longer theirs, and then
/// the run sends nothing more.
///
/// # Errors
/// Those of the database.
pub fn heartbeat(tx: &Transaction<'_>, account: i64, holder: &Holder, now_ms: i64) -> Result<bool> {
    let run = holder.run.to_string();
    Ok(tx.prepare_cached(BEAT)?.execute((account, run, holder.pid, &holder.boot, now_ms))? == 1)
}

/// Gives the lease back; does nothing if it is no longer the holder's.
///
/// # Errors
/// Those of the database.
pub fn release(tx: &Transaction<'_>, account: i64, holder: &Holder) -> Result<()> {
    tx.prepare_cached(RELEASE)?.execute((account, holder.run.to_string(), holder.pid, &holder.boot))?;
    Ok(())
}

/// The living holder of an account's lease.
///
/// # Errors
/// Those of the database.
pub fn holder(conn: &Connection, account: i64, boot: &str, now_ms: i64) -> Result<Option<Holder>> {
    let found = read(conn, account)?;
    Ok(found.and_then(|(holder, heartbeat)| holds(&holder, heartbeat, boot, now_ms).then_some(holder)))
}

fn holds(holder: &Holder, heartbeat: i64, boot: &str, now_ms: i64) -> bool {
    let fresh = (0..=STALE_AFTER_MS).contains(&now_ms.saturating_sub(heartbeat));
    fresh && holder.boot == boot && lives(holder)
}

#[cfg(target_os = "linux")]
fn lives(holder: &Holder) -> bool {
    process_started(holder.pid).is_some_and(|started| started == holder.pid_started)
}

// Elsewhere the heartbeat alone decides.
#[cfg(not(target_os = "linux"))]
fn lives(_holder: &Holder) -> bool {
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

fn read(conn: &Connection, account: i64) -> Result<Option<(Holder, i64)>> {
    let row = conn.prepare_cached(GET)?.query_row([account], from_row).optional()?;
    // A row that cannot be read is nobody's: the next holder writes over it.
    Ok(row.and_then(Result::ok))
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Result<(Holder, i64)>> {
    let (run, export): (String, String) = (row.get(0)?, row.get(1)?);
    let (pid, pid_started, boot, heartbeat) = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
    Ok(identity(RunId::parse(&run).zip(ExportId::parse(&export)))
        .map(|(run, export)| (Holder { run, export, pid, pid_started, boot }, heartbeat)))
}
