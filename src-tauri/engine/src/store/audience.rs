//! Audiences.

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction};

use crate::error::{Error, Result};
use crate::model::{Audience, AudienceId, SegmentRule, Survey};

use super::{export, forgotten, from_json, identity, in_use, moment, readable, segment, to_json};

const KIND: &str = "audience";

const INSERT: &str = "
    INSERT INTO audience (id, name, kind, survey, created_at, refreshed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const FIND: &str = "
    SELECT id, name, kind, survey, created_at, refreshed_at FROM audience
    WHERE name = ?1 OR id = ?1 ORDER BY name = ?1 DESC LIMIT 1";
const ALL: &str = "SELECT id, name, kind, survey, created_at, refreshed_at FROM audience ORDER BY name";
const TAKEN: &str = "SELECT EXISTS (SELECT 1 FROM audience WHERE name = ?1 AND id <> ?2)";
const UPDATE: &str = "UPDATE audience SET name = ?2, kind = ?3, survey = ?4, refreshed_at = ?5 WHERE id = ?1";
const SURVEY: &str = "UPDATE audience SET survey = ?2, refreshed_at = ?3 WHERE id = ?1";
const DELETE: &str = "DELETE FROM audience WHERE id = ?1";

/// Stores a new audience.
///
/// # Errors
/// `NameTaken`, and those of the database.
pub fn insert(tx: &Transaction<'_>, audience: &Audience) -> Result<()> {
    check_name(tx, audience)?;
    tx.prepare_cached(INSERT)?.execute((
        audience.id.to_string(),
        &audience.name,
        to_json(&audience.kind)?,
        to_json(&forgotten::storable(tx, &audience.survey)?)?,
        audience.created_at.to_string(),
        audience.refreshed_at.to_string(),
    ))?;
    Ok(())
}

/// The audience of this name, else of this id.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn by_name_or_id(conn: &Connection, text: &str) -> Result<Audience> {
    let mut statement = conn.prepare_cached(FIND)?;
    let found = statement.query_and_then([text], from_row)?.next();
    found.ok_or_else(|| Error::not_found(KIND, text))?
}

/// All audiences by name.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &Connection) -> Result<Vec<Audience>> {
    readable(conn, ALL, [], KIND, from_row)
}

/// Stores what was found when the data was read again.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn update_survey(
    tx: &Transaction<'_>,
    id: AudienceId,
    survey: &Survey,
    refreshed_at: Timestamp,
) -> Result<()> {
    let survey = to_json(&forgotten::storable(tx, survey)?)?;
    let changed = tx.prepare_cached(SURVEY)?.execute((id.to_string(), survey, refreshed_at.to_string()))?;
    if changed == 0 { Err(Error::not_found(KIND, &id.to_string())) } else { Ok(()) }
}

/// Stores everything of an audience but when it was added.
///
/// # Errors
/// `NameTaken`, `NotFound`, and those of the database.
pub fn update(tx: &Transaction<'_>, audience: &Audience) -> Result<()> {
    check_name(tx, audience)?;
    let changed = tx.prepare_cached(UPDATE)?.execute((
        audience.id.to_string(),
        &audience.name,
        to_json(&audience.kind)?,
        to_json(&forgotten::storable(tx, &audience.survey)?)?,
        audience.refreshed_at.to_string(),
    ))?;
    if changed == 0 { Err(Error::not_found(KIND, &audience.name)) } else { Ok(()) }
}

/// Removes an audience, and the segments that its memberships file has given it.
///
/// # Errors
/// `InUse` naming its segments and exports, and those of the database.
pub fn delete(tx: &Transaction<'_>, audience: &Audience) -> Result<()> {
    let segments = segment::of_audience(tx, audience.id)?;
    let exports = export::using_audience(tx, audience.id)?;
    let (given, others): (Vec<_>, Vec<_>) =
        segments.into_iter().partition(|one| matches!(one.rule, SegmentRule::Membership { .. }));
    let users: Vec<String> = (others.iter().map(|one| format!("segment “{}”", one.name)))
        .chain(exports.iter().map(|name| format!("export “{name}”")))
        .collect();
    if let Some(error) = in_use(KIND, &audience.name, &users) {
        return Err(error);
    }
    for segment in &given {
        segment::delete(tx, segment)?;
    }
    tx.prepare_cached(DELETE)?.execute([audience.id.to_string()])?;
    Ok(())
}

fn check_name(tx: &Transaction<'_>, audience: &Audience) -> Result<()> {
    let taken =
        tx.prepare_cached(TAKEN)?.query_row((&audience.name, audience.id.to_string()), |row| row.get(0))?;
    if taken { Err(Error::name_taken(KIND, &audience.name)) } else { Ok(()) }
}

fn from_row(row: &Row<'_>) -> Result<Audience> {
    Ok(Audience {
        id: identity(AudienceId::parse(&row.get::<_, String>(0)?))?,
        name: row.get(1)?,
        kind: from_json(&row.get::<_, String>(2)?, "the kind of an audience")?,
        survey: from_json(&row.get::<_, String>(3)?, "the survey of an audience")?,
        created_at: moment(&row.get::<_, String>(4)?)?,
        refreshed_at: moment(&row.get::<_, String>(5)?)?,
    })
}
