//! The frozen plan of a run and the fate of everybody in it.

use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::error::Result;
use crate::model::{ListId, Outcome, json_of, parse_lists};

const INSERT: &str = "
    INSERT INTO person (run, seq, batch, customer_id, email, address_key, outcome, reason, answer, known, fields, joins, joined, leaves, gone, follows)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, '[]', ?13, '[]', ?14)";
const UNCHANGED: &str = "INSERT INTO unchanged (run, part, people, receipts) VALUES (?1, ?2, ?3, ?4)";
const BATCHES: &str = "
    SELECT batch, min(seq), max(seq) FROM person
    WHERE run = ?1 AND batch IS NOT NULL AND outcome = 'not_attempted' AND reason = '' GROUP BY batch ORDER BY batch";
const RANGE: &str = "
    SELECT seq, customer_id, email, address_key, known, fields, joins, joined, leaves, gone FROM person
    WHERE run = ?1 AND seq BETWEEN ?2 AND ?3 AND outcome = 'not_attempted' AND reason = '' ORDER BY seq";
const JOINING: &str = "
    SELECT seq, customer_id, email, address_key, known, fields, joins, joined, leaves, gone FROM person
    WHERE run = ?1 AND joins <> joined
      AND (outcome IN ('created', 'updated') OR (fields IS NULL AND outcome = 'not_attempted' AND reason = '')) ORDER BY seq";
const WAITING: &str = "
    SELECT seq, customer_id, email, address_key, known, fields, joins, joined, leaves, gone FROM person
    WHERE run = ?1 AND outcome = 'not_attempted' AND reason = ?2 ORDER BY seq";
const LEAVING: &str = "
    SELECT seq, customer_id, email, address_key, known, fields, joins, joined, leaves, gone FROM person
    WHERE run = ?1 AND leaves <> gone
      AND (follows IS NULL OR EXISTS (SELECT 1 FROM person AS next WHERE next.run = ?1 AND next.seq = person.follows
        AND next.outcome IN ('created', 'updated'))) ORDER BY seq";
const SETTLE: &str = "UPDATE person SET outcome = ?3, reason = ?4, answer = ?5 WHERE run = ?1 AND seq = ?2";
const JOINED: &str = "UPDATE person SET joined = ?3 WHERE run = ?1 AND seq = ?2";
const GONE: &str = "UPDATE person SET gone = ?3 WHERE run = ?1 AND seq = ?2";
const LISTS: &str = "SELECT joined, gone FROM person WHERE run = ?1 AND seq = ?2";
const LEFT: &str = "
    UPDATE person SET reason = ?2 WHERE run = ?1 AND outcome = 'not_attempted' AND reason = ''";
const TOUCHED: &str = "
    SELECT value, sum(joining), sum(gone) FROM (
      SELECT j.value AS value, 1 AS joining, 0 AS gone FROM person, json_each(person.joined) AS j WHERE run = ?1
      UNION ALL
      SELECT g.value, 0, 1 FROM person, json_each(person.gone) AS g WHERE run = ?1
    ) GROUP BY value";

const SETTLE_OPEN: &str = "
    UPDATE person SET outcome = ?3, reason = ?4, answer = ?5
    WHERE run = ?1 AND seq = ?2 AND outcome = 'not_attempted' AND reason = ''";
const HAS_FIELDS: &str = "SELECT fields IS NOT NULL FROM person WHERE run = ?1 AND seq = ?2";
const LEAVE_FAILED: &str = "
    UPDATE person SET outcome = CASE WHEN outcome = 'not_attempted' AND fields IS NULL AND joins = joined THEN 'rejected' ELSE outcome END,
      reason = 'leave_refused', answer = ?3 WHERE run = ?1 AND seq = ?2
    RETURNING outcome";
const LEFT_ALL: &str = "
    SELECT outcome, reason FROM person WHERE run = ?1 AND seq = ?2 AND leaves = gone";
const LET_GO: &str = "
    UPDATE person SET leaves = (SELECT json_group_array(value) FROM json_each(person.leaves) WHERE value <> ?3)
    WHERE run = ?1 AND seq = ?2";

/// A row of the plan.
#[derive(Debug, Clone, Copy)]
pub struct NewPerson<'a> {
    /// Place in the run.
    pub seq: i64,
    /// Bulk call that carries the fields.
    pub batch: Option<u32>,
    /// The profile.
    pub customer_id: &'a str,
    /// The address.
    pub email: &'a str,
    /// The person; empty where there is no address.
    pub address_key: &'a [u8],
    /// The class so far.
    pub outcome: Outcome,
    /// Reason code.
    pub reason: &'a str,
    /// Words.
    pub answer: &'a str,
    /// Whether there was a receipt.
    pub known: bool,
    /// JSON object to send; of somebody left out, what stands in their mapped cells.
    pub fields: Option<&'a str>,
    /// Lists to be put on.
    pub joins: &'a [ListId],
    /// Lists to be taken off.
    pub leaves: &'a [ListId],
    /// `seq` of the person whose old address this is; taken off once that one is accepted.
    pub follows: Option<i64>,
}

/// A person who is still to be dealt with.
#[derive(Debug, Clone)]
pub struct Pending {
    /// Place in the run.
    pub seq: i64,
    /// The profile.
    pub customer_id: String,
    /// The address as it is sent.
    pub email: String,
    /// The account's id of them, once it was asked whether it holds still.
    pub vendor_id: Option<String>,
    /// The person.
    pub address_key: Vec<u8>,
    /// Whether there was a receipt.
    pub known: bool,
    /// JSON object to send; `None`: only lists.
    pub fields: Option<String>,
    /// Lists to be put on.
    pub joins: Vec<ListId>,
    /// Of those, settled.
    pub joined: Vec<ListId>,
    /// Lists to be taken off.
    pub leaves: Vec<ListId>,
    /// Of those, settled.
    pub gone: Vec<ListId>,
}

/// Stores a row of the plan.
///
/// # Errors
/// Those of the database.
pub fn insert(tx: &Transaction<'_>, run: i64, person: &NewPerson<'_>) -> Result<()> {
    tx.prepare_cached(INSERT)?.execute(rusqlite::params![
        run,
        person.seq,
        person.batch,
        person.customer_id,
        person.email,
        person.address_key,
        person.outcome.word(),
        person.reason,
        person.answer,
        person.known,
        person.fields,
        json_of(person.joins),
        json_of(person.leaves),
        person.follows,
    ])?;
    Ok(())
}

/// Stores who is unchanged, by receipt.
///
/// # Errors
/// Those of the database.
pub fn insert_unchanged(tx: &Transaction<'_>, run: i64, mut receipts: Vec<i64>) -> Result<()> {
    receipts.sort_unstable();
    for (part, receipts) in receipts.chunks(10_000).enumerate() {
        let people = i64::try_from(receipts.len()).unwrap_or(i64::MAX);
        let part = i64::try_from(part).unwrap_or(i64::MAX);
        tx.execute(UNCHANGED, (run, part, people, pack(receipts)))?;
    }
    Ok(())
}

/// Bulk calls that are not settled yet: number, first and last place.
///
/// # Errors
/// Those of the database.
pub fn open_batches(conn: &Connection, run: i64) -> Result<Vec<(u32, i64, i64)>> {
    let mut statement = conn.prepare_cached(BATCHES)?;
    let batches = statement.query_map([run], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(batches.collect::<rusqlite::Result<_>>()?)
}

/// People between two places who are not settled yet.
///
/// # Errors
/// Those of the database.
pub fn between(conn: &Connection, run: i64, first: i64, last: i64) -> Result<Vec<Pending>> {
    collect(conn, RANGE, rusqlite::params![run, first, last])
}

/// People who are accepted, or need only lists, and are not on all of them yet.
///
/// # Errors
/// Those of the database.
pub fn joining(conn: &Connection, run: i64) -> Result<Vec<Pending>> {
    collect(conn, JOINING, rusqlite::params![run])
}

/// People who were not sent for this reason.
///
/// # Errors
/// Those of the database.
pub fn waiting(conn: &Connection, run: i64, reason: &str) -> Result<Vec<Pending>> {
    collect(conn, WAITING, rusqlite::params![run, reason])
}

/// People who are to be taken off a list still.
///
/// # Errors
/// Those of the database.
pub fn leaving(conn: &Connection, run: i64) -> Result<Vec<Pending>> {
    collect(conn, LEAVING, rusqlite::params![run])
}

fn collect(conn: &Connection, sql: &str, params: &[&dyn rusqlite::ToSql]) -> Result<Vec<Pending>> {
    let mut statement = conn.prepare_cached(sql)?;
    let people = statement.query_map(params, |row| {
        Ok(Pending {
            seq: row.get(0)?,
            customer_id: row.get(1)?,
            email: row.get(2)?,
            vendor_id: None,
            address_key: row.get(3)?,
            known: row.get(4)?,
            fields: row.get(5)?,
            joins: parse_lists(row.get_ref(6)?.as_str()?),
            joined: parse_lists(row.get_ref(7)?.as_str()?),
            leaves: parse_lists(row.get_ref(8)?.as_str()?),
            gone: parse_lists(row.get_ref(9)?.as_str()?),
        })
    })?;
    Ok(people.collect::<rusqlite::Result<_>>()?)
}

/// Stores the class of a person.
///
/// # Errors
/// Those of the database.
pub fn settle(
    tx: &Transaction<'_>,
    run: i64,
    seq: i64,
    outcome: Outcome,
    reason: &str,
    answer: &str,
) -> Result<()> {
    tx.prepare_cached(SETTLE)?.execute((run, seq, outcome.word(), reason, answer))?;
    Ok(())
}

/// Notes that a person was put on a list.
///
/// # Errors
/// Those of the database.
pub fn add_joined(tx: &Transaction<'_>, run: i64, seq: i64, list: ListId) -> Result<()> {
    let (joined, _) = lists(tx, run, seq)?;
    tx.prepare_cached(JOINED)?.execute((run, seq, with(joined, list)))?;
    Ok(())
}

/// Notes that a person was taken off a list.
///
/// # Errors
/// Those of the database.
pub fn add_gone(tx: &Transaction<'_>, run: i64, seq: i64, list: ListId) -> Result<()> {
    let (_, gone) = lists(tx, run, seq)?;
    tx.prepare_cached(GONE)?.execute((run, seq, with(gone, list)))?;
    Ok(())
}

/// Gives those who were not sent a reason.
///
/// # Errors
/// Those of the database.
pub fn explain_rest(tx: &Transaction<'_>, run: i64, reason: &str) -> Result<()> {
    tx.execute(LEFT, (run, reason))?;
    Ok(())
}

/// For each list: people put on it and taken off it in this run.
///
/// # Errors
/// Those of the database.
pub fn touched(conn: &Connection, run: i64) -> Result<Vec<(ListId, i64, i64)>> {
    let mut statement = conn.prepare_cached(TOUCHED)?;
    let lists = statement.query_map([run], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(lists.collect::<rusqlite::Result<_>>()?)
}

/// Stores the class of a person who has none yet; whether there was something to store.
///
/// # Errors
/// Those of the database.
pub fn settle_open(
    tx: &Transaction<'_>,
    run: i64,
    seq: i64,
    outcome: Outcome,
    reason: &str,
    answer: &str,
) -> Result<bool> {
    Ok(tx.prepare_cached(SETTLE_OPEN)?.execute((run, seq, outcome.word(), reason, answer))? == 1)
}

/// Whether the plan has fields for a person.
///
/// # Errors
/// Those of the database.
pub fn has_fields(conn: &Connection, run: i64, seq: i64) -> Result<bool> {
    Ok(conn.prepare_cached(HAS_FIELDS)?.query_row((run, seq), |row| row.get(0))?)
}

/// Notes that a removal was refused. Returns how the person's class changed, if it did.
///
/// # Errors
/// Those of the database.
pub fn leave_failed(
    tx: &Transaction<'_>,
    run: i64,
    seq: i64,
    answer: &str,
) -> Result<Option<(Outcome, Outcome)>> {
    let outcome: String = tx.prepare_cached(LEAVE_FAILED)?.query_row((run, seq, answer), |row| row.get(0))?;
    Ok((outcome == "rejected").then_some((Outcome::NotAttempted, Outcome::Rejected)))
}

/// Drops a list from those to be left: another export holds the person there.
///
/// # Errors
/// Those of the database.
pub fn let_go(tx: &Transaction<'_>, run: i64, seq: i64, list: ListId) -> Result<()> {
    tx.prepare_cached(LET_GO)?.execute((run, seq, list))?;
    Ok(())
}

/// Settles a person who is off all lists that they left. Returns how their class changed.
///
/// # Errors
/// Those of the database.
pub fn left_all(tx: &Transaction<'_>, run: i64, seq: i64) -> Result<Option<(Outcome, Outcome)>> {
    let found: Option<(String, String)> = tx
        .prepare_cached(LEFT_ALL)?
        .query_row((run, seq), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let mut why = "";
    let moved = match found {
        Some((outcome, reason)) if outcome == "leaver_failed" => {
            if reason == "address_changed" {
                why = "address_changed";
            }
            (Outcome::LeaverFailed, Outcome::LeaverRemoved)
        }
        Some((outcome, reason)) if outcome == "not_attempted" && reason.is_empty() => {
            (Outcome::NotAttempted, Outcome::Updated)
        }
        _ => return Ok(None),
    };
    settle(tx, run, seq, moved.1, why, "")?;
    Ok(Some(moved))
}

fn lists(tx: &Transaction<'_>, run: i64, seq: i64) -> Result<(Vec<ListId>, Vec<ListId>)> {
    Ok(tx.prepare_cached(LISTS)?.query_row((run, seq), |row| {
        Ok((parse_lists(row.get_ref(0)?.as_str()?), parse_lists(row.get_ref(1)?.as_str()?)))
    })?)
}

fn with(mut lists: Vec<ListId>, list: ListId) -> String {
    if !lists.contains(&list) {
        lists.push(list);
        lists.sort_unstable();
    }
    json_of(&lists)
}

/// Ascending ids as differences in LEB128: about a byte a person.
fn pack(receipts: &[i64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(receipts.len() * 2);
    let mut last = 0;
    for receipt in receipts {
        let mut rest = receipt.wrapping_sub(last).unsigned_abs();
        last = *receipt;
        while rest >= 0x80 {
            bytes.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        bytes.push(rest as u8);
    }
    bytes
}

/// Reads what [`pack`] wrote.
pub(super) fn unpack(bytes: &[u8]) -> Vec<i64> {
    let mut receipts = Vec::new();
    let (mut last, mut value, mut shift) = (0_i64, 0_u64, 0_u32);
    for byte in bytes {
        value |= u64::from(byte & 0x7f) << shift.min(63);
        shift += 7;
        if byte & 0x80 == 0 {
            last = last.wrapping_add_unsigned(value);
            receipts.push(last);
            (value, shift) = (0, 0);
        }
    }
    receipts
}

#[cfg(test)]
mod tests {
    #[test]
    fn receipts_pack_and_unpack() {
        let ids = vec![1, 2, 3, 200, 100_000, 100_001, i64::MAX / 2];
        assert_eq!(super::unpack(&super::pack(&ids)), ids);
    }
}
