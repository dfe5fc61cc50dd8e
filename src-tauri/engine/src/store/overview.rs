//! What pages show of everything at once: numbers, uses, and the newest runs.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::error::Result;
use crate::model::{AudienceId, AudienceUse, ConnectionId, ConnectionUse, Named, Run, Totals};

use super::{from_stored, identity, key_state, run};

const TOTALS: &str = "
    SELECT (SELECT count(*) FROM audience), (SELECT count(*) FROM segment), (SELECT count(*) FROM connection),
           (SELECT count(*) FROM export), (SELECT count(*) FROM run)";
const SEGMENTS: &str = "SELECT audience_id, count(*) FROM segment GROUP BY audience_id";
const EXPORTS: &str = "
    SELECT id, name, audience_id, connection_id FROM export ORDER BY fold(name), id";
const RECENT: &str = "SELECT id FROM run ORDER BY no DESC LIMIT ?1";

/// How many objects there are.
///
/// # Errors
/// Those of the database.
pub fn totals(conn: &Connection) -> Result<Totals> {
    let numbers: [i64; 5] = conn
        .prepare_cached(TOTALS)?
        .query_row([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?]))?;
    let [audiences, segments, connections, exports, runs] = numbers;
    Ok(Totals {
        audiences: from_stored(audiences)?,
        segments: from_stored(segments)?,
        connections: from_stored(connections)?,
        exports: from_stored(exports)?,
        runs: from_stored(runs)?,
    })
}

/// What uses each audience; those that nothing uses are left out.
///
/// # Errors
/// Those of the database.
pub fn audience_uses(conn: &Connection) -> Result<HashMap<AudienceId, AudienceUse>> {
    let mut uses: HashMap<AudienceId, AudienceUse> = HashMap::new();
    let mut statement = conn.prepare_cached(SEGMENTS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = identity(AudienceId::parse(&row.get::<_, String>(0)?))?;
        uses.entry(id).or_default().segments = from_stored(row.get(1)?)?;
    }
    let mut statement = conn.prepare_cached(EXPORTS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = identity(AudienceId::parse(&row.get::<_, String>(2)?))?;
        let named = Named { id: row.get(0)?, name: row.get(1)? };
        uses.entry(id).or_default().exports.push(named);
    }
    Ok(uses)
}

/// What is known of each connection that was heard of or is used.
///
/// # Errors
/// Those of the database.
pub fn connection_uses(conn: &Connection) -> Result<HashMap<ConnectionId, ConnectionUse>> {
    let mut uses: HashMap<ConnectionId, ConnectionUse> = HashMap::new();
    let of = |id| ConnectionUse { id, heard: None, exports: Vec::new() };
    for (id, heard) in key_state::all(conn)? {
        uses.insert(id, ConnectionUse { heard: Some(heard), ..of(id) });
    }
    let mut statement = conn.prepare_cached(EXPORTS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let Some(id) = row.get::<_, Option<String>>(3)? else { continue };
        let id = identity(ConnectionId::parse(&id))?;
        let named = Named { id: row.get(0)?, name: row.get(1)? };
        uses.entry(id).or_insert_with(|| of(id)).exports.push(named);
    }
    Ok(uses)
}

/// The newest runs, newest first.
///
/// # Errors
/// Those of the database.
pub fn recent_runs(conn: &Connection, most: u32) -> Result<Vec<Run>> {
    let mut statement = conn.prepare_cached(RECENT)?;
    let ids = statement.query_map([most], |row| row.get::<_, String>(0))?;
    ids.map(|id| run::by_id(conn, &id?)).collect()
}
