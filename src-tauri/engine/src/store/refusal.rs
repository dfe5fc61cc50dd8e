//! People whom the account refused by name, and how often with the same contents (product.md rule 10).

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};

use crate::error::Result;

const ALL: &str = "SELECT address_key, contents, times, last_at, answer FROM refusal WHERE book = ?1";
const ADD: &str = "
    INSERT INTO refusal (book, address_key, contents, times, last_at, answer) VALUES (?1, ?2, ?3, 1, ?4, ?5)
    ON CONFLICT (book, address_key) DO UPDATE SET
      times = CASE WHEN contents = excluded.contents THEN times + 1 ELSE 1 END,
      contents = excluded.contents, last_at = excluded.last_at, answer = excluded.answer";
const FORGET: &str = "DELETE FROM refusal WHERE book = ?1 AND address_key = ?2";

/// A person who was refused by name.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// Fingerprint of what was refused.
    pub contents: [u8; 16],
    /// How often in a row.
    pub times: u32,
    /// When last.
    pub last_at: String,
    /// The account's words.
    pub answer: String,
}

/// All refusals of a book, by person.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &Connection, book: i64) -> Result<HashMap<[u8; 16], Refusal>> {
    let mut statement = conn.prepare_cached(ALL)?;
    let mut rows = statement.query([book])?;
    let mut refusals = HashMap::new();
    while let Some(row) = rows.next()? {
        refusals.insert(
            row.get(0)?,
            Refusal { contents: row.get(1)?, times: row.get(2)?, last_at: row.get(3)?, answer: row.get(4)? },
        );
    }
    Ok(refusals)
}

/// Notes that a person was refused once more.
///
/// # Errors
/// Those of the database.
pub fn add(
    tx: &Transaction<'_>,
    book: i64,
    address_key: &[u8],
    contents: &[u8; 16],
    answer: &str,
    now: Timestamp,
) -> Result<()> {
    tx.prepare_cached(ADD)?.execute((book, address_key, contents.as_slice(), now.to_string(), answer))?;
    Ok(())
}

/// Forgets the refusals of a person who was accepted.
///
/// # Errors
/// Those of the database.
pub fn forget(tx: &Transaction<'_>, book: i64, address_key: &[u8]) -> Result<()> {
    tx.prepare_cached(FORGET)?.execute((book, address_key))?;
    Ok(())
}
