//! The ledger: one row for each request that carries people, committed before it is sent.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::error::Result;
pub use crate::model::RequestKind as Kind;
use crate::model::SentRequest;

const BEGIN: &str = "
    INSERT INTO attempt (run, seq, kind, list, people, bulk, body_hash, begun_at)
    SELECT ?1, coalesce(max(seq), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7 FROM attempt WHERE run = ?1
    RETURNING seq";
const END: &str = "
    UPDATE attempt SET outcome = ?3, status = ?4, answer = ?5, ended_at = ?6 WHERE run = ?1 AND seq = ?2";
const OPEN: &str = "
    SELECT seq, kind, list, people, bulk FROM attempt WHERE run = ?1 AND outcome = 'open' ORDER BY seq";

const LAST: &str = "
    SELECT attempt.seq, attempt.kind, list.title, attempt.people, attempt.outcome, attempt.status, attempt.answer,
      attempt.begun_at, attempt.ended_at
    FROM attempt LEFT JOIN list ON list.id = attempt.list WHERE attempt.run = ?1 ORDER BY attempt.seq DESC LIMIT ?2";
const ADDRESS: &str = "SELECT email FROM person WHERE run = ?1 AND seq = ?2";

/// Addresses that are told of a request.
const TOLD: usize = 10;

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
            super::to_word(intent.kind)?,
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

/// The last requests of a run, newest first.
///
/// # Errors
/// Those of the database.
pub fn last(conn: &Connection, run: i64, most: u32) -> Result<Vec<SentRequest>> {
    let mut statement = conn.prepare_cached(LAST)?;
    let mut rows = statement.query((run, most))?;
    let mut requests = Vec::new();
    while let Some(row) = rows.next()? {
        let people: Vec<i64> = super::from_json(&row.get::<_, String>(3)?, "people of a request")?;
        let mut addresses = Vec::new();
        for seq in people.iter().take(TOLD) {
            let address = conn.prepare_cached(ADDRESS)?.query_row((run, seq), |row| row.get(0)).optional()?;
            addresses.extend(address);
        }
        requests.push(SentRequest {
            place: super::from_stored(row.get(0)?)?,
            kind: super::from_word(row.get(1)?, "what a request is for")?,
            list: row.get(2)?,
            people: people.len() as u64,
            addresses,
            outcome: row.get(4)?,
            status: row.get::<_, Option<u16>>(5)?.filter(|status| *status > 0),
            answer: row.get(6)?,
            begun_at: super::moment(&row.get::<_, String>(7)?)?,
            ended_at: row.get::<_, Option<String>>(8)?.map(|at| super::moment(&at)).transpose()?,
        });
    }
    Ok(requests)
}
