//! Exports and the segments that they chose.

use std::collections::HashMap;

use rusqlite::{Connection, Row, Transaction};

use crate::error::{Error, Result};
use crate::model::{AudienceId, ConnectionId, Export, ExportId, ExportSegment, SegmentId};

use super::{from_json, from_stored, from_word, identity, moment, to_json, to_stored, to_word};

const KIND: &str = "export";

const INSERT: &str = "
    INSERT INTO export (id, name, connection_id, audience_id, matching, only_if, leavers, profile_limit, max_loss, created_at, schedule)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const FIND: &str = "
    SELECT id, name, connection_id, audience_id, matching, only_if, leavers, profile_limit, max_loss, created_at, schedule
    FROM export WHERE name = ?1 OR id = ?1 ORDER BY name = ?1 DESC LIMIT 1";
const NAMES: &str = "SELECT name FROM export ORDER BY name";
const TAKEN: &str = "SELECT EXISTS (SELECT 1 FROM export WHERE name = ?1 AND id <> ?2)";
const UPDATE: &str = "
    UPDATE export SET name = ?2, connection_id = ?3, audience_id = ?4, matching = ?5, only_if = ?6, leavers = ?7,
                      profile_limit = ?8, max_loss = ?9
    WHERE id = ?1";
const DELETE: &str = "DELETE FROM export WHERE id = ?1";

const ADD_SEGMENT: &str =
    "INSERT INTO export_segment (export_id, place, segment_id, title) VALUES (?1, ?2, ?3, ?4)";
const SEGMENTS: &str = "SELECT segment_id, title FROM export_segment WHERE export_id = ?1 ORDER BY place";
const DROP_SEGMENTS: &str = "DELETE FROM export_segment WHERE export_id = ?1";

const CHOSEN: &str = "SELECT id, name FROM segment WHERE id IN (SELECT segment_id FROM export_segment)";
const USING_CONNECTION: &str = "SELECT name FROM export WHERE connection_id = ?1 ORDER BY name";
const USING_AUDIENCE: &str = "SELECT name FROM export WHERE audience_id = ?1 ORDER BY name";
const USING_SEGMENT: &str = "
    SELECT name FROM export JOIN export_segment ON export_id = id WHERE segment_id = ?1 ORDER BY name";

/// Stores a new export with its segments.
///
/// # Errors
/// `NameTaken`, and those of the database.
pub fn insert(tx: &Transaction<'_>, export: &Export) -> Result<()> {
    check_name(tx, export)?;
    tx.prepare_cached(INSERT)?.execute((
        export.id.to_string(),
        &export.name,
        export.connection.map(|id| id.to_string()),
        export.audience.to_string(),
        to_json(&export.matching)?,
        export.only_if.as_ref().map(to_json).transpose()?,
        to_word(export.leavers)?,
        to_stored(export.limit)?,
        export.max_loss,
        export.created_at.to_string(),
        to_json(&export.schedule)?,
    ))?;
    add_segments(tx, export)
}

/// The export of this name, else of this id.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn by_name_or_id(conn: &Connection, text: &str) -> Result<Export> {
    let mut statement = conn.prepare_cached(FIND)?;
    let found = statement.query_and_then([text], from_row)?.next();
    let mut export = found.ok_or_else(|| Error::not_found(KIND, text))??;
    let mut statement = conn.prepare_cached(SEGMENTS)?;
    let segments = statement.query_and_then([export.id.to_string()], segment_from_row)?;
    export.segments = segments.collect::<Result<_>>()?;
    Ok(export)
}

/// All exports by name. One that cannot be read is left out and logged.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &Connection) -> Result<Vec<Export>> {
    let mut exports = Vec::new();
    for name in names(conn, NAMES, [])? {
        match by_name_or_id(conn, &name) {
            Ok(export) => exports.push(export),
            Err(error) => {
                tracing::warn!(kind = KIND, %error, "an object of the database was left out")
            }
        }
    }
    Ok(exports)
}

/// Stores everything of an export but its schedule and when it was added: edited, renamed, attached or detached.
///
/// # Errors
/// `NameTaken`, `NotFound`, and those of the database.
pub fn update(tx: &Transaction<'_>, export: &Export) -> Result<()> {
    check_name(tx, export)?;
    let changed = tx.prepare_cached(UPDATE)?.execute((
        export.id.to_string(),
        &export.name,
        export.connection.map(|id| id.to_string()),
        export.audience.to_string(),
        to_json(&export.matching)?,
        export.only_if.as_ref().map(to_json).transpose()?,
        to_word(export.leavers)?,
        to_stored(export.limit)?,
        export.max_loss,
    ))?;
    if changed == 0 {
        return Err(Error::not_found(KIND, &export.name));
    }
    tx.prepare_cached(DROP_SEGMENTS)?.execute([export.id.to_string()])?;
    add_segments(tx, export)
}

/// Gives an export another name.
///
/// # Errors
/// As [`update`].
pub fn rename(tx: &Transaction<'_>, export: &Export, name: &str) -> Result<()> {
    update(tx, &Export { name: name.to_owned(), ..export.clone() })
}

/// Removes an export. Its runs stay as history, its receipts for the people that they hold.
///
/// # Errors
/// Those of the database.
pub fn delete(tx: &Transaction<'_>, id: ExportId) -> Result<()> {
    tx.prepare_cached(DELETE)?.execute([id.to_string()])?;
    Ok(())
}

/// Names of all segments that exports have chosen, by id.
///
/// # Errors
/// Those of the database.
pub fn chosen_names(conn: &Connection) -> Result<HashMap<SegmentId, String>> {
    let mut statement = conn.prepare_cached(CHOSEN)?;
    let names = statement.query_and_then([], |row| {
        Ok((identity(SegmentId::parse(&row.get::<_, String>(0)?))?, row.get(1)?))
    })?;
    names.collect()
}

/// Names of the exports to this connection.
///
/// # Errors
/// Those of the database.
pub fn using_connection(conn: &Connection, id: ConnectionId) -> Result<Vec<String>> {
    names(conn, USING_CONNECTION, [id.to_string()])
}

/// Names of the exports from this audience.
///
/// # Errors
/// Those of the database.
pub fn using_audience(conn: &Connection, id: AudienceId) -> Result<Vec<String>> {
    names(conn, USING_AUDIENCE, [id.to_string()])
}

/// Names of the exports that chose this segment.
///
/// # Errors
/// Those of the database.
pub fn using_segment(conn: &Connection, id: SegmentId) -> Result<Vec<String>> {
    names(conn, USING_SEGMENT, [id.to_string()])
}

fn names(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Vec<String>> {
    let mut statement = conn.prepare_cached(sql)?;
    let names = statement.query_and_then(params, |row| Ok(row.get(0)?))?;
    names.collect()
}

fn check_name(tx: &Transaction<'_>, export: &Export) -> Result<()> {
    let taken =
        tx.prepare_cached(TAKEN)?.query_row((&export.name, export.id.to_string()), |row| row.get(0))?;
    if taken { Err(Error::name_taken(KIND, &export.name)) } else { Ok(()) }
}

fn add_segments(tx: &Transaction<'_>, export: &Export) -> Result<()> {
    let mut statement = tx.prepare_cached(ADD_SEGMENT)?;
    for (place, chosen) in (0_i64..).zip(&export.segments) {
        statement.execute((export.id.to_string(), place, chosen.segment.to_string(), &chosen.title))?;
    }
    Ok(())
}

fn segment_from_row(row: &Row<'_>) -> Result<ExportSegment> {
    Ok(ExportSegment { segment: identity(SegmentId::parse(&row.get::<_, String>(0)?))?, title: row.get(1)? })
}

fn from_row(row: &Row<'_>) -> Result<Export> {
    let connection =
        row.get::<_, Option<String>>(2)?.map(|id| identity(ConnectionId::parse(&id))).transpose()?;
    let only_if = row.get::<_, Option<String>>(5)?.map(|text| from_json(&text, "a condition of an export"));
    Ok(Export {
        id: identity(ExportId::parse(&row.get::<_, String>(0)?))?,
        name: row.get(1)?,
        connection,
        audience: identity(AudienceId::parse(&row.get::<_, String>(3)?))?,
        matching: from_json(&row.get::<_, String>(4)?, "the matching of an export")?,
        segments: Vec::new(),
        only_if: only_if.transpose()?,
        leavers: from_word(row.get(6)?, "what happens to leavers")?,
        limit: from_stored(row.get(7)?)?,
        max_loss: row.get(8)?,
        created_at: moment(&row.get::<_, String>(9)?)?,
        schedule: from_json(&row.get::<_, String>(10)?, "the schedule of an export")?,
    })
}
