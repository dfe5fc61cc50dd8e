//! The audit log: every change and every run, in order. Entries are added, never changed.

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction};
use serde::Serialize;

use crate::error::Result;

use super::{moment, readable};

const APPEND: &str = "INSERT INTO audit (at, actor, action, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5)";
const ALL: &str = "SELECT at, actor, action, subject, detail FROM audit ORDER BY no";

/// One entry. No key and no address of a person is ever in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// The account of the operating system that did it.
    pub actor: String,
    /// What was done, for example `export.add`.
    pub action: String,
    /// The name of what it was done to.
    pub subject: String,
    /// More, in words; may be empty.
    pub detail: String,
}

/// Adds an entry; in the transaction of the change itself.
///
/// # Errors
/// Those of the database.
pub fn append(tx: &Transaction<'_>, entry: &Entry) -> Result<()> {
    tx.prepare_cached(APPEND)?.execute((
        entry.at.to_string(),
        &entry.actor,
        &entry.action,
        &entry.subject,
        &entry.detail,
    ))?;
    Ok(())
}

/// All entries, oldest first.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &Connection) -> Result<Vec<Entry>> {
    readable(conn, ALL, [], "audit entry", from_row)
}

fn from_row(row: &Row<'_>) -> Result<Entry> {
    Ok(Entry {
        at: moment(&row.get::<_, String>(0)?)?,
        actor: row.get(1)?,
        action: row.get(2)?,
        subject: row.get(3)?,
        detail: row.get(4)?,
    })
}
