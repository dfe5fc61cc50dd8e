//! Send stamps: when requests left for an account, by the boot-time clock, so that the pace holds
//! over restarts and processes (architecture.md decision 6).

use rusqlite::{Connection, Transaction};

use crate::clock::BootTime;
use crate::error::Result;

/// Stamps older than this are of no use to any limiter.
pub const KEEP_MS: i64 = 60_000;

const RECENT: &str = "
    SELECT millis, pid FROM stamp WHERE account_id = ?1 AND millis >= ?3 AND boot = ?2 ORDER BY millis";
const OTHER_BOOT: &str = "SELECT EXISTS (SELECT 1 FROM stamp WHERE account_id = ?1 AND boot <> ?2)";
const INSERT: &str = "INSERT INTO stamp (account_id, boot, millis, pid) VALUES (?1, ?2, ?3, ?4)";
const PRUNE: &str = "DELETE FROM stamp WHERE account_id = ?1 AND millis < ?2 AND boot = ?3";
const PRUNE_BOOTS: &str = "DELETE FROM stamp WHERE account_id = ?1 AND boot <> ?2";

/// When a request left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Boot-time milliseconds.
    pub millis: i64,
    /// Whether this process sent it.
    pub own: bool,
}

/// The stamps of the last `window_ms` before `now`, oldest first. Those in the future, reserved by
/// another process, are among them.
///
/// # Errors
/// Those of the database.
pub fn recent(
    conn: &Connection,
    account: i64,
    now: &BootTime,
    window_ms: i64,
    pid: u32,
) -> Result<Vec<Stamp>> {
    let mut statement = conn.prepare_cached(RECENT)?;
    let since = now.millis.saturating_sub(window_ms);
    let stamps = statement.query_map((account, &now.boot, since), |row| {
        Ok(Stamp { millis: row.get(0)?, own: row.get::<_, u32>(1)? == pid })
    })?;
    Ok(stamps.collect::<rusqlite::Result<_>>()?)
}

/// Whether the newest stamps may be of another boot, whose clock says nothing about now: then one
/// full window is waited out before the first request.
///
/// # Errors
/// Those of the database.
pub fn of_another_boot(conn: &Connection, account: i64, boot: &str) -> Result<bool> {
    Ok(conn.prepare_cached(OTHER_BOOT)?.query_row((account, boot), |row| row.get(0))?)
}

/// Stores when requests leave.
///
/// # Errors
/// Those of the database.
pub fn insert(tx: &Transaction<'_>, account: i64, boot: &str, pid: u32, millis: &[i64]) -> Result<()> {
    let mut statement = tx.prepare_cached(INSERT)?;
    for millis in millis {
        statement.execute((account, boot, millis, pid))?;
    }
    Ok(())
}

/// Deletes stamps of this boot that are older than a minute.
///
/// # Errors
/// Those of the database.
pub fn prune(tx: &Transaction<'_>, account: i64, now: &BootTime) -> Result<()> {
    tx.prepare_cached(PRUNE)?.execute((account, now.millis.saturating_sub(KEEP_MS), &now.boot))?;
    Ok(())
}

/// Deletes the stamps of other boots, once a window was waited out after them.
///
/// # Errors
/// Those of the database.
pub fn forget_other_boots(tx: &Transaction<'_>, account: i64, boot: &str) -> Result<()> {
    tx.prepare_cached(PRUNE_BOOTS)?.execute((account, boot))?;
    Ok(())
}
