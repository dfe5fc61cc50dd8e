//! Whether accounts took the keys of connections, when they were last asked.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};

use crate::error::Result;
use crate::model::{ConnectionId, KeyHeard};

use super::{identity, moment};

const HEARD: &str = "UPDATE connection SET key_accepted = ?2, tested_at = ?3 WHERE id = ?1";
const ALL: &str = "SELECT id, key_accepted, tested_at FROM connection WHERE key_accepted IS NOT NULL";

/// Notes what the account said to the key of a connection; nothing of one that is not stored.
///
/// # Errors
/// Those of the database.
pub fn heard(tx: &Transaction<'_>, id: ConnectionId, accepted: bool, at: Timestamp) -> Result<()> {
    tx.prepare_cached(HEARD)?.execute((id.to_string(), accepted, at.to_string()))?;
    Ok(())
}

/// What accounts said, by connection.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &Connection) -> Result<Vec<(ConnectionId, KeyHeard)>> {
    let mut statement = conn.prepare_cached(ALL)?;
    let all = statement.query_and_then([], |row| {
        let id = identity(ConnectionId::parse(&row.get::<_, String>(0)?))?;
        let at = row.get::<_, Option<String>>(2)?.unwrap_or_default();
        Ok((id, KeyHeard { accepted: row.get(1)?, at: moment(&at)? }))
    })?;
    all.collect()
}
