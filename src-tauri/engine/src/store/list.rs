//! Lists of an account, and the segment that each belongs to (product.md rule 4).

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::error::{Code, Error, Result};
use crate::model::SegmentId;

use super::{identity, moment};

const INSERT: &str = "
    INSERT INTO list (account_id, segment_id, vendor_id, title, made_by_us, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const BY_SEGMENT: &str = "
    SELECT id, account_id, segment_id, vendor_id, title, made_by_us, created_at FROM list
    WHERE account_id = ?1 AND segment_id = ?2";
const BY_VENDOR_ID: &str = "
    SELECT id, account_id, segment_id, vendor_id, title, made_by_us, created_at FROM list
    WHERE account_id = ?1 AND vendor_id = ?2";
const ALL: &str = "
    SELECT id, account_id, segment_id, vendor_id, title, made_by_us, created_at FROM list
    WHERE account_id = ?1 ORDER BY id";
const REPLACE: &str = "UPDATE list SET vendor_id = ?2, title = ?3, made_by_us = ?4 WHERE id = ?1";
const RETITLE: &str = "UPDATE list SET title = ?2 WHERE id = ?1";
const LOSE: &str = "UPDATE list SET vendor_id = NULL WHERE id = ?1";
const SEGMENT_NAME: &str = "SELECT name FROM segment WHERE id = ?1";

/// A list of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Identity in receipts and plans.
    pub id: i64,
    /// The account.
    pub account: i64,
    /// The segment that it belongs to.
    pub segment: SegmentId,
    /// The account's id of it; `None` until it is made.
    pub vendor_id: Option<String>,
    /// Its title when it was made or found.
    pub title: String,
    /// Whether Segue made it.
    pub made_by_us: bool,
    /// When it was made or found.
    pub created_at: Timestamp,
}

/// A list before it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewList {
    /// The account.
    pub account: i64,
    /// The segment that it is to belong to.
    pub segment: SegmentId,
    /// The account's id of it; `None` until it is made.
    pub vendor_id: Option<String>,
    /// Its title.
    pub title: String,
    /// Whether Segue made it.
    pub made_by_us: bool,
    /// When it was made or found.
    pub created_at: Timestamp,
}

/// Stores which segment a list belongs to.
///
/// # Errors
/// `ListTaken` where the list belongs to another segment or the segment has another list, and those
/// of the database.
pub fn insert(tx: &Transaction<'_>, list: &NewList) -> Result<List> {
    if let Some(vendor_id) = &list.vendor_id
        && let Some(other) = by_vendor_id(tx, list.account, vendor_id)?
    {
        return Err(taken(tx, &other)?);
    }
    if let Some(other) = by_segment(tx, list.account, list.segment)? {
        return Err(taken(tx, &other)?);
    }
    tx.prepare_cached(INSERT)?.execute((
        list.account,
        list.segment.to_string(),
        &list.vendor_id,
        &list.title,
        list.made_by_us,
        list.created_at.to_string(),
    ))?;
    let NewList { account, segment, vendor_id, title, made_by_us, created_at } = list.clone();
    Ok(List { id: tx.last_insert_rowid(), account, segment, vendor_id, title, made_by_us, created_at })
}

/// Stores that a list is called something else in the account now.
///
/// # Errors
/// Those of the database.
pub fn retitle(tx: &Transaction<'_>, list: i64, title: &str) -> Result<()> {
    tx.prepare_cached(RETITLE)?.execute((list, title))?;
    Ok(())
}

/// The list of a segment in an account.
///
/// # Errors
/// Those of the database.
pub fn by_segment(conn: &Connection, account: i64, segment: SegmentId) -> Result<Option<List>> {
    let mut statement = conn.prepare_cached(BY_SEGMENT)?;
    statement.query_and_then((account, segment.to_string()), from_row)?.next().transpose()
}

/// The list of this id in the account.
///
/// # Errors
/// Those of the database.
pub fn by_vendor_id(conn: &Connection, account: i64, vendor_id: &str) -> Result<Option<List>> {
    let mut statement = conn.prepare_cached(BY_VENDOR_ID)?;
    statement.query_and_then((account, vendor_id), from_row)?.next().transpose()
}

/// All lists of an account, oldest first.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &Connection, account: i64) -> Result<Vec<List>> {
    let mut statement = conn.prepare_cached(ALL)?;
    statement.query_and_then([account], from_row)?.collect()
}

/// Stores the list that takes the place of one that is gone from the account.
///
/// # Errors
/// `ListTaken` where that list belongs to another segment, and those of the database.
pub fn replace(
    tx: &Transaction<'_>,
    list: &List,
    vendor_id: &str,
    title: &str,
    made_by_us: bool,
) -> Result<()> {
    match by_vendor_id(tx, list.account, vendor_id)? {
        Some(other) if other.id != list.id => return Err(taken(tx, &other)?),
        _ => {}
    }
    tx.prepare_cached(REPLACE)?.execute((list.id, vendor_id, title, made_by_us))?;
    Ok(())
}

/// Notes that the account has a list no more: it waits to be made anew.
///
/// # Errors
/// Those of the database.
pub fn lose(tx: &Transaction<'_>, list: i64) -> Result<()> {
    tx.prepare_cached(LOSE)?.execute([list])?;
    Ok(())
}

fn taken(tx: &Transaction<'_>, other: &List) -> Result<Error> {
    let segment: Option<String> = tx
        .prepare_cached(SEGMENT_NAME)?
        .query_row([other.segment.to_string()], |row| row.get(0))
        .optional()?;
    let owner = segment.map_or_else(|| "a removed segment".to_owned(), |name| format!("segment “{name}”"));
    Ok(Error::new(
        Code::ListTaken,
        format!("The list “{}” already belongs to {owner}; nothing was sent.", other.title),
    )
    .help("Give the segment a list of its own: `--segment SEGMENT=TITLE`."))
}

fn from_row(row: &Row<'_>) -> Result<List> {
    Ok(List {
        id: row.get(0)?,
        account: row.get(1)?,
        segment: identity(SegmentId::parse(&row.get::<_, String>(2)?))?,
        vendor_id: row.get(3)?,
        title: row.get(4)?,
        made_by_us: row.get(5)?,
        created_at: moment(&row.get::<_, String>(6)?)?,
    })
}
