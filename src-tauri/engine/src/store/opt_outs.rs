//! Whether an account keeps opt-outs, and who was watched to find out (product.md rule 7).

use rusqlite::{Connection, OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::model::ConnectionId;

use super::{from_json, from_word, to_json, to_word};

const STATE: &str = "SELECT opt_outs FROM connection WHERE id = ?1";
const SET: &str = "UPDATE connection SET opt_outs = ?2, watched = NULL WHERE id = ?1";
const WATCH: &str = "UPDATE connection SET watched = ?2 WHERE id = ?1";
const UNWATCH: &str = "UPDATE connection SET watched = NULL WHERE id = ?1";
const WATCHED: &str = "SELECT watched FROM connection WHERE id = ?1";
const EMAIL: &str = "SELECT email FROM person WHERE run = ?1 AND seq = ?2 AND email <> ''";

/// What is known of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OptOuts {
    /// Nobody who opted out was sent yet.
    Unknown,
    /// Somebody was, and still may not be mailed.
    Kept,
    /// Somebody was, and may be mailed since.
    Undone,
}

#[derive(Serialize, Deserialize)]
struct Watched {
    run: i64,
    people: Vec<i64>,
}

/// What is known of the account of a connection.
///
/// # Errors
/// Those of the database.
pub fn state(conn: &Connection, id: ConnectionId) -> Result<OptOuts> {
    let word: Option<String> =
        conn.prepare_cached(STATE)?.query_row([id.to_string()], |row| row.get(0)).optional()?;
    word.map_or(Ok(OptOuts::Unknown), |word| from_word(word, "whether an account keeps opt-outs"))
}

/// Stores what was found; nobody is watched any more.
///
/// # Errors
/// Those of the database.
pub fn set(tx: &Transaction<'_>, id: ConnectionId, state: OptOuts) -> Result<()> {
    tx.prepare_cached(SET)?.execute((id.to_string(), to_word(state)?))?;
    Ok(())
}

/// Stores who is watched, by their places in a run, before they are sent.
///
/// # Errors
/// Those of the database.
pub fn watch(tx: &Transaction<'_>, id: ConnectionId, run: i64, people: Vec<i64>) -> Result<()> {
    tx.prepare_cached(WATCH)?.execute((id.to_string(), to_json(&Watched { run, people })?))?;
    Ok(())
}

/// Nobody is watched any more, and nothing was found.
///
/// # Errors
/// Those of the database.
pub fn unwatch(tx: &Transaction<'_>, id: ConnectionId) -> Result<()> {
    tx.prepare_cached(UNWATCH)?.execute([id.to_string()])?;
    Ok(())
}

/// The addresses of those who were watched when a process died; whoever is forgotten since is not among them.
///
/// # Errors
/// Those of the database.
pub fn watched(conn: &Connection, id: ConnectionId) -> Result<Vec<String>> {
    let text: Option<Option<String>> =
        conn.prepare_cached(WATCHED)?.query_row([id.to_string()], |row| row.get(0)).optional()?;
    let Some(text) = text.flatten() else { return Ok(Vec::new()) };
    let Watched { run, people } = from_json(&text, "who was watched")?;
    let mut emails = Vec::with_capacity(people.len());
    let mut statement = conn.prepare_cached(EMAIL)?;
    for seq in people {
        emails.extend(statement.query_row((run, seq), |row| row.get::<_, String>(0)).optional()?);
    }
    Ok(emails)
}
