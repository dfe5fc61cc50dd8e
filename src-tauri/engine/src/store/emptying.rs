//! Segments that an export gave up and whose lists its next run empties (product.md rule 4).

use rusqlite::{Connection, Transaction};

use crate::error::Result;
use crate::model::{Export, ExportId, SegmentId};

use super::identity;

const ADD: &str = "INSERT OR IGNORE INTO emptying (export_id, segment_id) VALUES (?1, ?2)";
const DROP: &str = "DELETE FROM emptying WHERE export_id = ?1 AND segment_id = ?2";
const OF: &str = "SELECT segment_id FROM emptying WHERE export_id = ?1 ORDER BY segment_id";

/// Keeps that the lists of these segments are to be emptied, and of none that the export has chosen.
///
/// # Errors
/// Those of the database.
pub fn keep(tx: &Transaction<'_>, export: &Export, empty: &[SegmentId]) -> Result<()> {
    for segment in empty {
        tx.prepare_cached(ADD)?.execute((export.id.to_string(), segment.to_string()))?;
    }
    let chosen: Vec<SegmentId> = export.segments.iter().map(|chosen| chosen.segment).collect();
    drop(tx, export.id, &chosen)
}

/// Forgets that the lists of these segments are to be emptied.
///
/// # Errors
/// Those of the database.
pub fn drop(tx: &Transaction<'_>, export: ExportId, segments: &[SegmentId]) -> Result<()> {
    for segment in segments {
        tx.prepare_cached(DROP)?.execute((export.to_string(), segment.to_string()))?;
    }
    Ok(())
}

/// The segments whose lists an export is to empty.
///
/// # Errors
/// Those of the database.
pub fn of(conn: &Connection, export: ExportId) -> Result<Vec<SegmentId>> {
    let mut statement = conn.prepare_cached(OF)?;
    let segments = statement
        .query_and_then([export.to_string()], |row| identity(SegmentId::parse(&row.get::<_, String>(0)?)))?;
    segments.collect()
}
