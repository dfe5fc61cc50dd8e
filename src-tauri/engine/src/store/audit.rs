//! The audit log: every change and every run, in order. Entries are added, never changed: each holds a
//! hash over itself and the one before, so that whoever changes one breaks the chain.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Code, Error, Result};
use crate::model::Page;

use super::{from_stored, moment, to_json, to_stored};

const APPEND: &str = "
    INSERT INTO audit (at, actor, action, subject, detail, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const LAST: &str = "SELECT hash FROM audit ORDER BY no DESC LIMIT 1";
const ALL: &str = "SELECT at, actor, action, subject, detail, hash FROM audit ORDER BY no";
const FITS: &str = "
    (?1 = '' OR holds(?1, actor, action, subject, detail))";
const PAGE: &str = "
    SELECT at, actor, action, subject, detail, hash,
           coalesce((SELECT before.hash FROM audit before WHERE before.no < audit.no ORDER BY before.no DESC LIMIT 1), '')
    FROM audit WHERE";

/// One entry. No key and no address of a person is ever in it.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// The account of the operating system that did it.
    pub actor: String,
    /// What was done, for example `export added`.
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
    let last: Option<String> = tx.prepare_cached(LAST)?.query_row([], |row| row.get(0)).optional()?;
    tx.prepare_cached(APPEND)?.execute((
        entry.at.to_string(),
        &entry.actor,
        &entry.action,
        &entry.subject,
        &entry.detail,
        chained(&last.unwrap_or_default(), entry)?,
    ))?;
    Ok(())
}

/// All entries, oldest first.
///
/// # Errors
/// `Database` where an entry was changed or taken out, and those of the database.
pub fn all(conn: &Connection) -> Result<Vec<Entry>> {
    let mut statement = conn.prepare_cached(ALL)?;
    let mut rows = statement.query([])?;
    let (mut entries, mut last) = (Vec::new(), String::new());
    while let Some(row) = rows.next()? {
        let (entry, hash) = from_row(row)?;
        check(&entry, &hash, &last, || format!("entry {}", entries.len() + 1))?;
        entries.push(entry);
        last = hash;
    }
    Ok(entries)
}

/// A part of the log, newest first, of the entries that have this piece somewhere in them. Each is held
/// to the one before it.
///
/// # Errors
/// `Database` where one of these was changed, and those of the database.
pub fn page(conn: &Connection, piece: &str, offset: u64, limit: u64) -> Result<Page<Entry>> {
    let count = format!("SELECT count(*) FROM audit WHERE {FITS}");
    let total = conn.prepare_cached(&count)?.query_row([piece], |row| row.get(0))?;
    let mut statement = conn.prepare_cached(&format!("{PAGE} {FITS} ORDER BY no DESC LIMIT ?2 OFFSET ?3"))?;
    let mut rows = statement.query((piece, to_stored(limit)?, to_stored(offset)?))?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let (entry, hash) = from_row(row)?;
        check(&entry, &hash, &row.get::<_, String>(6)?, || format!("that of {}", entry.at))?;
        entries.push(entry);
    }
    Ok(Page { rows: entries, total: from_stored(total)? })
}

/// Holds an entry to the one before it.
fn check(entry: &Entry, hash: &str, last: &str, which: impl FnOnce() -> String) -> Result<()> {
    if hash == chained(last, entry)? {
        return Ok(());
    }
    Err(Error::new(
        Code::Database,
        format!("The audit log was changed by somebody else: {} does not follow the one before it.", which()),
    )
    .help("Put a copy of the data folder in its place that you trust, and find out who wrote to segue.db."))
}

/// The hash of an entry behind the one with the hash `last`.
fn chained(last: &str, entry: &Entry) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(last.as_bytes()).update(b"\n").update(to_json(entry)?.as_bytes());
    Ok(hasher.finalize().to_hex().to_string())
}

fn from_row(row: &Row<'_>) -> Result<(Entry, String)> {
    let entry = Entry {
        at: moment(&row.get::<_, String>(0)?)?,
        actor: row.get(1)?,
        action: row.get(2)?,
        subject: row.get(3)?,
        detail: row.get(4)?,
    };
    Ok((entry, row.get(5)?))
}
