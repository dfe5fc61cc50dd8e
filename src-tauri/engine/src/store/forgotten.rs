//! People who asked to be forgotten: nothing is kept of them but the keyed hash of their address, which
//! excludes it from then on (product.md rule 14).

use std::collections::HashSet;
use std::hash::BuildHasher;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};

use crate::error::Result;
use crate::model::Survey;

use super::{from_json, to_json};

const ADD: &str = "INSERT INTO forgotten (address_key, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const ALL: &str = "SELECT address_key FROM forgotten";
const ONE: &str = "SELECT EXISTS (SELECT 1 FROM forgotten WHERE address_key = ?1)";
const ANY: &str = "SELECT EXISTS (SELECT 1 FROM forgotten)";

const THEIRS: &str = "
    SELECT run, seq, email, customer_id, address_key = ?1 FROM person
    WHERE address_key = ?1 OR (length(address_key) = 0 AND email <> '')";
const ERASE: &str = "
    UPDATE person SET customer_id = '', email = '', address_key = x'', answer = '', fields = NULL, joins = joined, leaves = gone,
      outcome = CASE outcome WHEN 'not_attempted' THEN 'excluded' ELSE outcome END,
      reason = CASE outcome WHEN 'not_attempted' THEN 'forgotten' ELSE reason END
    WHERE run = ?1 AND seq = ?2";
const WINNER: &str = "UPDATE person SET answer = '' WHERE answer = ?1";
const ANSWERS: &str = "
    UPDATE attempt SET answer = '' WHERE run = ?1 AND EXISTS (SELECT 1 FROM json_each(attempt.people) AS one WHERE one.value = ?2)";
const TRIALS: &str =
    "SELECT id, json_extract(options, '$.only') FROM run WHERE json_extract(options, '$.only') <> ''";
const ERASE_TRIAL: &str = "UPDATE run SET options = json_set(options, '$.only', '') WHERE id = ?1";
const RECEIPTS: &str = "DELETE FROM receipt WHERE address_key = ?1";
const REFUSALS: &str = "DELETE FROM refusal WHERE address_key = ?1";
const SURVEYS: &str = "SELECT id, survey FROM audience";
const SET_SURVEY: &str = "UPDATE audience SET survey = ?2 WHERE id = ?1";

/// What was erased of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// Receipts.
    pub receipts: u64,
    /// Lines in runs.
    pub lines: u64,
}

/// Excludes an address from now on.
///
/// # Errors
/// Those of the database.
pub fn add(tx: &Transaction<'_>, address_key: &[u8; 16], now: Timestamp) -> Result<()> {
    tx.prepare_cached(ADD)?.execute((address_key.as_slice(), now.to_string()))?;
    Ok(())
}

/// The keyed hashes of all who are forgotten.
///
/// # Errors
/// Those of the database.
pub fn all<S: BuildHasher + Default>(conn: &Connection) -> Result<HashSet<[u8; 16], S>> {
    let mut statement = conn.prepare_cached(ALL)?;
    let keys = statement.query_map([], |row| row.get(0))?;
    Ok(keys.collect::<rusqlite::Result<_>>()?)
}

/// Whether this address is forgotten.
///
/// # Errors
/// Those of the database.
pub fn is_one(conn: &Connection, address_key: &[u8; 16]) -> Result<bool> {
    Ok(conn.prepare_cached(ONE)?.query_row([address_key.as_slice()], |row| row.get(0))?)
}

/// Erases a person from receipts, refusals, runs and samples; `is_theirs` knows their address in any
/// spelling. A run that would still have sent them excludes them.
///
/// # Errors
/// Those of the database.
pub fn erase(
    tx: &Transaction<'_>,
    address_key: &[u8; 16],
    is_theirs: impl Fn(&str) -> bool,
) -> Result<Erased> {
    let mut lines: Vec<(i64, i64, String)> = Vec::new();
    {
        let mut statement = tx.prepare_cached(THEIRS)?;
        let mut rows = statement.query([address_key.as_slice()])?;
        while let Some(row) = rows.next()? {
            if row.get(4)? || is_theirs(row.get_ref(2)?.as_str().unwrap_or_default()) {
                lines.push((row.get(0)?, row.get(1)?, row.get(3)?));
            }
        }
    }
    for (run, seq, customer_id) in &lines {
        tx.prepare_cached(ERASE)?.execute((run, seq))?;
        tx.prepare_cached(ANSWERS)?.execute((run, seq))?;
        tx.prepare_cached(WINNER)?.execute([format!("{customer_id} goes instead")])?;
    }
    let trials: Vec<(String, String)> = tx
        .prepare_cached(TRIALS)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (run, only) in trials {
        if is_theirs(&only) {
            tx.prepare_cached(ERASE_TRIAL)?.execute([run])?;
        }
    }
    let receipts = tx.prepare_cached(RECEIPTS)?.execute([address_key.as_slice()])?;
    tx.prepare_cached(REFUSALS)?.execute([address_key.as_slice()])?;
    let surveys: Vec<(String, String)> = tx
        .prepare_cached(SURVEYS)?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, survey) in surveys {
        let survey = without_samples(from_json(&survey, "the survey of an audience")?);
        tx.prepare_cached(SET_SURVEY)?.execute((id, to_json(&survey)?))?;
    }
    Ok(Erased { receipts: receipts as u64, lines: lines.len() as u64 })
}

/// The survey as it may be stored: once somebody is forgotten, no samples, which could be theirs.
pub(super) fn storable(tx: &Transaction<'_>, survey: &Survey) -> Result<Survey> {
    let any: bool = tx.prepare_cached(ANY)?.query_row([], |row| row.get(0))?;
    Ok(if any { without_samples(survey.clone()) } else { survey.clone() })
}

fn without_samples(mut survey: Survey) -> Survey {
    for column in &mut survey.columns {
        column.samples.clear();
    }
    survey
}
