//! Schedules: the system refresh, how it went last, and until when each schedule was looked through.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::model::{ExportId, Refresh, Schedule, SystemSchedule};

use super::{from_json, identity, meta, moment, to_json};

const SYSTEM: &str = "system_schedule";
const PAUSED: &str = "schedules_paused";
const REFRESH: &str = "refresh";
const CANCEL: &str = "refresh_cancel";

const SET: &str = "UPDATE export SET schedule = ?2, looked_at = ?3 WHERE id = ?1";
const LOOKED: &str = "UPDATE export SET looked_at = ?2 WHERE id = ?1";
const ALL_LOOKED: &str = "UPDATE export SET looked_at = ?1";
const ALL: &str = "SELECT id, schedule, looked_at FROM export";

/// The system refresh as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored {
    schedule: SystemSchedule,
    looked_at: Timestamp,
}

/// The system refresh, and until when it was looked through; `None`: nobody chose yet.
///
/// # Errors
/// Those of the database.
pub fn system(conn: &Connection) -> Result<Option<(SystemSchedule, Timestamp)>> {
    let stored: Option<Stored> = fact(conn, SYSTEM)?;
    Ok(stored.map(|stored| (stored.schedule, stored.looked_at)))
}

/// The system refresh that somebody chose.
///
/// # Errors
/// Those of the database.
pub fn chosen(conn: &Connection) -> Result<Option<SystemSchedule>> {
    Ok(system(conn)?.map(|(schedule, _)| schedule))
}

/// Stores the system refresh, looked through until this moment.
///
/// # Errors
/// Those of the database.
pub fn set_system(tx: &Transaction<'_>, schedule: &SystemSchedule, looked_at: Timestamp) -> Result<()> {
    set_fact(tx, SYSTEM, &Stored { schedule: schedule.clone(), looked_at })
}

/// Gives an export a schedule, looked through until this moment.
///
/// # Errors
/// Those of the database.
pub fn set(tx: &Transaction<'_>, export: ExportId, schedule: &Schedule, looked_at: Timestamp) -> Result<()> {
    tx.prepare_cached(SET)?.execute((export.to_string(), to_json(schedule)?, looked_at.to_string()))?;
    Ok(())
}

/// The schedule of an export, and until when it was looked through; `None`: never.
pub type Looked = (ExportId, Schedule, Option<Timestamp>);

/// Those of all exports. One that cannot be read is left out and logged.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &Connection) -> Result<Vec<Looked>> {
    super::readable(conn, ALL, [], "schedule", |row| {
        let id = identity(ExportId::parse(&row.get::<_, String>(0)?))?;
        let schedule = from_json(&row.get::<_, String>(1)?, "the schedule of an export")?;
        let looked_at = row.get::<_, Option<String>>(2)?.map(|at| moment(&at)).transpose()?;
        Ok((id, schedule, looked_at))
    })
}

/// The schedule of an export was looked through until this moment.
///
/// # Errors
/// Those of the database.
pub fn looked(tx: &Transaction<'_>, export: ExportId, at: Timestamp) -> Result<()> {
    tx.prepare_cached(LOOKED)?.execute((export.to_string(), at.to_string()))?;
    Ok(())
}

/// Every schedule was looked through until this moment: what came due before is not made up for.
///
/// # Errors
/// Those of the database.
pub fn all_looked(tx: &Transaction<'_>, at: Timestamp) -> Result<()> {
    tx.prepare_cached(ALL_LOOKED)?.execute([at.to_string()])?;
    match system(tx)? {
        Some((schedule, _)) => set_system(tx, &schedule, at),
        None => Ok(()),
    }
}

/// Whether all schedules are paused.
///
/// # Errors
/// Those of the database.
pub fn paused(conn: &Connection) -> Result<bool> {
    Ok(fact(conn, PAUSED)?.unwrap_or(false))
}

/// Pauses all, or goes on.
///
/// # Errors
/// Those of the database.
pub fn set_paused(tx: &Transaction<'_>, paused: bool) -> Result<()> {
    set_fact(tx, PAUSED, &paused)
}

/// The refresh that goes on or was last; `None`: there was none.
///
/// # Errors
/// Those of the database.
pub fn refresh(conn: &Connection) -> Result<Option<Refresh>> {
    fact(conn, REFRESH)
}

/// Stores how a refresh goes.
///
/// # Errors
/// Those of the database.
pub fn set_refresh(tx: &Transaction<'_>, refresh: &Refresh) -> Result<()> {
    set_fact(tx, REFRESH, refresh)
}

/// The number of the due refresh that somebody wants canceled.
///
/// # Errors
/// Those of the database.
pub fn canceled(conn: &Connection) -> Result<Option<i64>> {
    fact(conn, CANCEL)
}

/// Asks whoever carries out this refresh to cancel it.
///
/// # Errors
/// Those of the database.
pub fn ask_cancel(tx: &Transaction<'_>, due: i64) -> Result<()> {
    set_fact(tx, CANCEL, &due)
}

fn fact<T: serde::de::DeserializeOwned>(conn: &Connection, name: &str) -> Result<Option<T>> {
    let bytes = meta::get(conn, name)?;
    bytes.map(|bytes| from_json(&String::from_utf8_lossy(&bytes), name)).transpose()
}

fn set_fact<T: Serialize>(tx: &Transaction<'_>, name: &str, value: &T) -> Result<()> {
    meta::set(tx, name, to_json(value)?.as_bytes())
}
