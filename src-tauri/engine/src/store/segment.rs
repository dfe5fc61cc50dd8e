//! Segments.

use rusqlite::{Connection, Row, Transaction};

use crate::error::{Error, Result};
use crate::model::{AudienceId, Segment, SegmentId};

use super::{export, from_json, identity, in_use, moment, readable, to_json};

const KIND: &str = "segment";

const INSERT: &str = "
    INSERT INTO segment (id, name, audience_id, predicate, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
const FIND: &str = "
    SELECT id, name, audience_id, predicate, created_at FROM segment
    WHERE name = ?1 OR id = ?1 ORDER BY name = ?1 DESC LIMIT 1";
const ALL: &str = "SELECT id, name, audience_id, predicate, created_at FROM segment ORDER BY name";
const OF_AUDIENCE: &str = "
    SELECT id, name, audience_id, predicate, created_at FROM segment WHERE audience_id = ?1 ORDER BY name";
const TAKEN: &str = "SELECT EXISTS (SELECT 1 FROM segment WHERE name = ?1 AND id <> ?2)";
const UPDATE: &str = "UPDATE segment SET name = ?2, predicate = ?3 WHERE id = ?1";
const DELETE: &str = "DELETE FROM segment WHERE id = ?1";

/// Stores a new segment.
///
/// # Errors
/// `NameTaken`, and those of the database.
pub fn insert(tx: &Transaction<'_>, segment: &Segment) -> Result<()> {
    check_name(tx, segment)?;
    tx.prepare_cached(INSERT)?.execute((
        segment.id.to_string(),
        &segment.name,
        segment.audience.to_string(),
        to_json(&segment.rule)?,
        segment.created_at.to_string(),
    ))?;
    Ok(())
}

/// The segment of this name, else of this id.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn by_name_or_id(conn: &Connection, text: &str) -> Result<Segment> {
    let mut statement = conn.prepare_cached(FIND)?;
    let found = statement.query_and_then([text], from_row)?.next();
    found.ok_or_else(|| Error::not_found(KIND, text))?
}

/// All segments by name.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &Connection) -> Result<Vec<Segment>> {
    readable(conn, ALL, [], KIND, from_row)
}

/// The segments of an audience by name.
///
/// # Errors
/// Those of the database.
pub fn of_audience(conn: &Connection, audience: AudienceId) -> Result<Vec<Segment>> {
    readable(conn, OF_AUDIENCE, [audience.to_string()], KIND, from_row)
}

/// Stores a segment's name and rule; its audience is fixed.
///
/// # Errors
/// `NameTaken`, `NotFound`, and those of the database.
pub fn update(tx: &Transaction<'_>, segment: &Segment) -> Result<()> {
    check_name(tx, segment)?;
    let changed = tx.prepare_cached(UPDATE)?.execute((
        segment.id.to_string(),
        &segment.name,
        to_json(&segment.rule)?,
    ))?;
    if changed == 0 { Err(Error::not_found(KIND, &segment.name)) } else { Ok(()) }
}

/// Removes a segment. Its list, and who is on it, stay as they are.
///
/// # Errors
/// `InUse` naming its exports, and those of the database.
pub fn delete(tx: &Transaction<'_>, segment: &Segment) -> Result<()> {
    let exports = export::using_segment(tx, segment.id)?;
    let users: Vec<String> = exports.iter().map(|name| format!("export “{name}”")).collect();
    if let Some(error) = in_use(KIND, &segment.name, &users) {
        return Err(error);
    }
    tx.prepare_cached(DELETE)?.execute([segment.id.to_string()])?;
    Ok(())
}

fn check_name(tx: &Transaction<'_>, segment: &Segment) -> Result<()> {
    let taken =
        tx.prepare_cached(TAKEN)?.query_row((&segment.name, segment.id.to_string()), |row| row.get(0))?;
    if taken { Err(Error::name_taken(KIND, &segment.name)) } else { Ok(()) }
}

pub(super) fn from_row(row: &Row<'_>) -> Result<Segment> {
    Ok(Segment {
        id: identity(SegmentId::parse(&row.get::<_, String>(0)?))?,
        name: row.get(1)?,
        audience: identity(AudienceId::parse(&row.get::<_, String>(2)?))?,
        rule: from_json(&row.get::<_, String>(3)?, "the rule of a segment")?,
        created_at: moment(&row.get::<_, String>(4)?)?,
    })
}
