//! The ledger: one row for each request that carries people, committed before it is sent.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};

use crate::error::Result;

const BEGIN: &str = "
    INSERT INTO attempt (run, seq, kind, list, people, bulk, body_hash, begun_at)
    SELECT ?1, coalesce(max(seq), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7 FROM attempt WHERE run = ?1
    RETURNING seq";
const END: &str = "
    UPDATE attempt SET outcome = ?3, status = ?4, answer = ?5, ended_at = ?6 WHERE run = ?1 AND seq = ?2";
const OPEN: &str = "
    SELECT seq, kind, list, people, bulk FROM attempt WHERE run = ?1 AND outcome = 'open' ORDER BY seq";

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// People with their fields.
    Upsert,
    /// People put on a further list.
    Join,
    /// People taken off a list.
    Leave,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Upsert => "upsert",
            Self::Join => "join",
            Self::Leave => "leave",
        }
    }
}

/// A request about to be sent.
#[derive(Debug, Clone)]
pub struct Intent {
    /// `run.no`.
    pub run: i64,
    /// What for.
    pub kind: Kind,
    /// The list, if any.
    pub list: Option<i64>,
    /// `person.seq` of the people in it.
    pub people: Vec<i64>,
    /// Whether it is a bulk call.
    pub bulk: bool,
    /// Fingerprint of the body.
    pub body_hash: [u8; 16],
}

/// A request that was open when its process died.
#[derive(Debug, Clone)]
pub struct Open {
    /// Place in the ledger.
    pub seq: i64,
    /// Whether it carried fields.
    pub upsert: bool,
    /// Whether it was a bulk call.
    pub bulk: bool,
    /// The list, if any.
    pub list: Option<i64>,
    /// `person.seq` of the people in it.
    pub people: Vec<i64>,
}

/// Stores an intent; returns its place in the ledger.
///
/// # Errors
/// Those of the database.
pub fn begin(tx: &Transaction<'_>, intent: &Intent, now: Timestamp) -> Result<i64> {
    let people = super::to_json(&intent.people)?;
    Ok(tx.prepare_cached(BEGIN)?.query_row(
        (
            intent.run,
            intent.kind.word(),
            intent.list,
            people,
            intent.bulk,
            intent.body_hash.as_slice(),
            now.to_string(),
        ),
        |row| row.get(0),
    )?)
}

/// Stores how a request ended: `accepted`, `refused`, `unknown`, `not_sent`, `wait` or `stop`.
///
/// # Errors
/// Those of the database.
pub fn end(
    tx: &Transaction<'_>,
    run: i64,
    seq: i64,
    outcome: &str,
    status: u16,
    answer: &str,
    now: Timestamp,
) -> Result<()> {
    tx.prepare_cached(END)?.execute((run, seq, outcome, status, answer, now.to_string()))?;
    Ok(())
}

/// Requests of a run whose outcome nobody knows, oldest first.
///
/// # Errors
/// Those of the database.
pub fn open(conn: &Connection, run: i64) -> Result<Vec<Open>> {
    let mut statement = conn.prepare_cached(OPEN)?;
    let mut rows = statement.query([run])?;
    let mut open = Vec::new();
    while let Some(row) = rows.next()? {
        open.push(Open {
            seq: row.get(0)?,
            upsert: row.get::<_, String>(1)? == "upsert",
            list: row.get(2)?,
            people: super::from_json(&row.get::<_, String>(3)?, "people of a request")?,
            bulk: row.get(4)?,
        });
    }
    Ok(open)
}
