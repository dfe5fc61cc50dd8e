//! What a run of each export would do, as it was last reckoned.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction};

use crate::error::Result;
use crate::model::{ExportId, Forecast};

use super::{from_stored, identity, moment, readable, to_stored};

const ALL: &str = "SELECT export_id, version, new, changed, leaving, invalid, at FROM forecast";
const PUT: &str = "
    INSERT OR REPLACE INTO forecast (export_id, version, new, changed, leaving, invalid, at)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS (SELECT 1 FROM export WHERE id = ?1)";
const LATEST: &str = "
    SELECT coalesce((SELECT id || status || coalesce(finished_at, '') FROM run WHERE export_id = ?1 ORDER BY no DESC LIMIT 1), '')
      || ' ' || (SELECT count(*) FROM forgotten)";

/// A forecast, and what it is true for.
#[derive(Debug, Clone)]
pub struct Known {
    /// The export.
    pub export: ExportId,
    /// Digest of data, settings and receipts.
    pub version: [u8; 32],
    /// The forecast.
    pub forecast: Forecast,
}

/// The forecasts of all exports that were ever reckoned.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &Connection) -> Result<HashMap<ExportId, Known>> {
    let all = readable(conn, ALL, [], "forecast", from_row)?;
    Ok(all.into_iter().map(|known| (known.export, known)).collect())
}

/// Keeps a forecast in place of the one before; none of an export that was removed meanwhile.
///
/// # Errors
/// Those of the database.
pub fn put(tx: &Transaction<'_>, known: &Known) -> Result<()> {
    let Known { export, version, forecast } = known;
    tx.prepare_cached(PUT)?.execute((
        export.to_string(),
        version,
        to_stored(forecast.new)?,
        to_stored(forecast.changed)?,
        to_stored(forecast.leaving)?,
        to_stored(forecast.invalid)?,
        forecast.at.to_string(),
    ))?;
    Ok(())
}

/// What changes with the receipts of an export: its last run, and who is forgotten.
///
/// # Errors
/// Those of the database.
pub fn receipts_version(conn: &Connection, export: ExportId) -> Result<String> {
    Ok(conn.prepare_cached(LATEST)?.query_row([export.to_string()], |row| row.get(0))?)
}

fn from_row(row: &Row<'_>) -> Result<Known> {
    let at: Timestamp = moment(&row.get::<_, String>(6)?)?;
    Ok(Known {
        export: identity(ExportId::parse(&row.get::<_, String>(0)?))?,
        version: row.get(1)?,
        forecast: Forecast {
            new: from_stored(row.get(2)?)?,
            changed: from_stored(row.get(3)?)?,
            leaving: from_stored(row.get(4)?)?,
            invalid: from_stored(row.get(5)?)?,
            at,
        },
    })
}
