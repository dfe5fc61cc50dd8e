//! Receipts: what the account last accepted, per person (product.md, *Receipt*).

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Transaction};

use serde_json::value::RawValue;

use crate::error::Result;
use crate::model::{ExportId, RunId};

const BOOK: &str = "SELECT id FROM book WHERE export_id = ?1 AND account_id = ?2";
const NEW_BOOK: &str = "INSERT INTO book (export_id, account_id) VALUES (?1, ?2)";
const ACCOUNTS: &str = "SELECT account_id FROM book WHERE export_id = ?1 ORDER BY id DESC";
const STREAM: &str = "SELECT id, address_key, fingerprint, lists FROM receipt WHERE book = ?1";
const CUSTOMERS: &str = "SELECT id, customer_id, email FROM receipt WHERE book = ?1";
const FIELDS: &str = "SELECT fields FROM receipt WHERE id = ?1";
const ANY: &str = "SELECT EXISTS (SELECT 1 FROM receipt WHERE book = ?1)";
const ONE: &str = "SELECT customer_id, email, address_key, lists, fields FROM receipt WHERE id = ?1";
const ACCEPT: &str = "
    INSERT INTO receipt (book, address_key, email, customer_id, vendor_id, lists, fields, fingerprint, accepted_at, run_id)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
    ON CONFLICT (book, address_key) DO UPDATE SET email = excluded.email, customer_id = excluded.customer_id,
      vendor_id = CASE WHEN excluded.vendor_id = '' THEN vendor_id ELSE excluded.vendor_id END,
      fields = excluded.fields, fingerprint = excluded.fingerprint, has_values = 1,
      accepted_at = excluded.accepted_at, run_id = excluded.run_id";
const VENDOR_ID: &str = "SELECT vendor_id FROM receipt WHERE book = ?1 AND address_key = ?2";
const EXISTS: &str = "SELECT EXISTS (SELECT 1 FROM receipt WHERE book = ?1 AND address_key = ?2)";
const SET_VENDOR_ID: &str = "UPDATE receipt SET vendor_id = ?3 WHERE book = ?1 AND address_key = ?2";
const EMPTY: &str = "
    UPDATE receipt SET lists = '[]', fields = '{}', fingerprint = zeroblob(16) WHERE book = ?1 AND address_key = ?2";
const VALUES: &str = "SELECT fields FROM receipt WHERE book = ?1 AND address_key = ?2";
const LISTS: &str = "SELECT id, lists FROM receipt WHERE book = ?1 AND address_key = ?2";
const SET_LISTS: &str = "UPDATE receipt SET lists = ?2, run_id = ?3 WHERE id = ?1";
const TAKE_OFF_ALL: &str = "
    UPDATE receipt SET lists = (
      SELECT json_group_array(held.value ORDER BY held.value) FROM json_each(receipt.lists) AS held WHERE held.value <> ?2)
    WHERE book IN (SELECT id FROM book WHERE account_id = ?1)
      AND EXISTS (SELECT 1 FROM json_each(receipt.lists) AS held WHERE held.value = ?2)";
const HELD_ELSEWHERE: &str = "
    SELECT EXISTS (SELECT 1 FROM receipt JOIN book ON book.id = receipt.book, json_each(receipt.lists) AS held
    WHERE receipt.address_key = ?1 AND receipt.book <> ?2 AND held.value = ?3
      AND book.account_id = (SELECT account_id FROM book WHERE id = ?2))";

/// The book of an export in an account; made where there is none.
///
/// # Errors
/// Those of the database.
pub fn book(tx: &Transaction<'_>, export: ExportId, account: i64) -> Result<i64> {
    if let Some(book) = find_book(tx, export, account)? {
        return Ok(book);
    }
    tx.execute(NEW_BOOK, (export.to_string(), account))?;
    Ok(tx.last_insert_rowid())
}

/// The book of an export in an account, if there is one.
///
/// # Errors
/// Those of the database.
pub fn find_book(conn: &Connection, export: ExportId, account: i64) -> Result<Option<i64>> {
    Ok(conn.prepare_cached(BOOK)?.query_row((export.to_string(), account), |row| row.get(0)).optional()?)
}

/// The accounts that an export has receipts of, newest first.
///
/// # Errors
/// Those of the database.
pub fn accounts(conn: &Connection, export: ExportId) -> Result<Vec<i64>> {
    let mut statement = conn.prepare_cached(ACCOUNTS)?;
    let accounts = statement.query_map([export.to_string()], |row| row.get(0))?;
    Ok(accounts.collect::<rusqlite::Result<_>>()?)
}

/// Streams the receipts of a book: id, person, fingerprint, lists.
///
/// # Errors
/// Those of the database.
pub fn each(conn: &Connection, book: i64, mut take: impl FnMut(i64, [u8; 16], [u8; 16], &str)) -> Result<()> {
    let mut statement = conn.prepare_cached(STREAM)?;
    let mut rows = statement.query([book])?;
    while let Some(row) = rows.next()? {
        let lists = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
        take(row.get(0)?, row.get(1)?, row.get(2)?, lists);
    }
    Ok(())
}

/// Streams who the receipts of a book are about: id, CustomerId, address.
///
/// # Errors
/// Those of the database.
pub fn each_customer(conn: &Connection, book: i64, mut take: impl FnMut(i64, &str, &str)) -> Result<()> {
    let mut statement = conn.prepare_cached(CUSTOMERS)?;
    let mut rows = statement.query([book])?;
    while let Some(row) = rows.next()? {
        let text = |at| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
        take(row.get(0)?, text(1)?, text(2)?);
    }
    Ok(())
}

/// The values of a receipt, as a JSON object.
///
/// # Errors
/// Those of the database.
pub fn fields(conn: &Connection, receipt: i64) -> Result<String> {
    Ok(conn.prepare_cached(FIELDS)?.query_row([receipt], |row| row.get(0))?)
}

/// The values of a receipt that may be gone by now.
///
/// # Errors
/// Those of the database.
pub fn known_fields(conn: &Connection, receipt: i64) -> Result<Option<String>> {
    Ok(conn.prepare_cached(FIELDS)?.query_row([receipt], |row| row.get(0)).optional()?)
}

/// Whether there is any receipt in a book.
///
/// # Errors
/// Those of the database.
pub fn any(conn: &Connection, book: i64) -> Result<bool> {
    Ok(conn.prepare_cached(ANY)?.query_row([book], |row| row.get(0))?)
}

/// A receipt.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The profile.
    pub customer_id: String,
    /// The address as it was sent.
    pub email: String,
    /// The person.
    pub address_key: [u8; 16],
    /// JSON array of lists.
    pub lists: String,
    /// JSON object of values.
    pub fields: String,
}

/// One receipt.
///
/// # Errors
/// Those of the database.
pub fn one(conn: &Connection, receipt: i64) -> Result<Receipt> {
    Ok(conn.prepare_cached(ONE)?.query_row([receipt], |row| {
        Ok(Receipt {
            customer_id: row.get(0)?,
            email: row.get(1)?,
            address_key: row.get(2)?,
            lists: row.get(3)?,
            fields: row.get(4)?,
        })
    })?)
}

/// What an account accepted of a person.
#[derive(Debug, Clone, Copy)]
pub struct Accepted<'a> {
    /// The book.
    pub book: i64,
    /// The person.
    pub address_key: &'a [u8],
    /// The address as it was sent.
    pub email: &'a str,
    /// The profile.
    pub customer_id: &'a str,
    /// The account's id of the person; empty while not known.
    pub vendor_id: &'a str,
    /// JSON object of the values sent.
    pub fields: &'a str,
    /// Fingerprint of `fields`.
    pub fingerprint: &'a [u8; 16],
}

/// Writes a receipt. Values of fields that were not sent now stay: the account still has them.
///
/// # Errors
/// Those of the database.
pub fn accept(tx: &Transaction<'_>, accepted: &Accepted<'_>, run: RunId, now: Timestamp) -> Result<()> {
    let before: Option<String> = tx
        .prepare_cached(VALUES)?
        .query_row((accepted.book, accepted.address_key), |row| row.get(0))
        .optional()?;
    let merged = before.map(|before| merged(&before, accepted.fields)).transpose()?;
    tx.prepare_cached(ACCEPT)?.execute((
        accepted.book,
        accepted.address_key,
        accepted.email,
        accepted.customer_id,
        accepted.vendor_id,
        "[]",
        merged.as_deref().unwrap_or(accepted.fields),
        accepted.fingerprint.as_slice(),
        now.to_string(),
        run.to_string(),
    ))?;
    Ok(())
}

/// The members of `now` in place of those of `before`, each octet for octet: a value is compared as
/// it was sent, and `null` is one.
fn merged(before: &str, now: &str) -> Result<String> {
    type Object<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;
    let read = |text| {
        serde_json::from_str::<Object<'_>>(text).map_err(|_| super::unreadable("the values of a receipt"))
    };
    let mut fields = read(before)?;
    fields.extend(read(now)?);
    super::to_json(&fields)
}

/// Notes that a person is on a list now, or is not any more.
///
/// # Errors
/// Those of the database.
pub fn set_on_list(
    tx: &Transaction<'_>,
    book: i64,
    address_key: &[u8],
    list: i64,
    on: bool,
    run: RunId,
) -> Result<()> {
    let found: Option<(i64, String)> = tx
        .prepare_cached(LISTS)?
        .query_row((book, address_key), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((receipt, lists)) = found else { return Ok(()) };
    let mut lists = crate::model::parse_lists(&lists);
    lists.retain(|held| *held != list);
    if on {
        lists.push(list);
        lists.sort_unstable();
    }
    tx.prepare_cached(SET_LISTS)?.execute((receipt, crate::model::json_of(&lists), run.to_string()))?;
    Ok(())
}

/// Notes that nobody is on a list any more, in all receipts of the account: the list is gone.
///
/// # Errors
/// Those of the database.
pub fn take_off_all(tx: &Transaction<'_>, account: i64, list: i64) -> Result<()> {
    tx.execute(TAKE_OFF_ALL, (account, list))?;
    Ok(())
}

/// The account's id of a person; `None` while not known.
///
/// # Errors
/// Those of the database.
pub fn vendor_id(conn: &Connection, book: i64, address_key: &[u8]) -> Result<Option<String>> {
    let found: Option<String> =
        conn.prepare_cached(VENDOR_ID)?.query_row((book, address_key), |row| row.get(0)).optional()?;
    Ok(found.filter(|id| !id.is_empty()))
}

/// Stores the account's id of a person.
///
/// # Errors
/// Those of the database.
pub fn set_vendor_id(tx: &Transaction<'_>, book: i64, address_key: &[u8], id: &str) -> Result<()> {
    tx.prepare_cached(SET_VENDOR_ID)?.execute((book, address_key, id))?;
    Ok(())
}

/// Whether there is a receipt of this person.
///
/// # Errors
/// Those of the database.
pub fn exists(conn: &Connection, book: i64, address_key: &[u8; 16]) -> Result<bool> {
    Ok(conn.prepare_cached(EXISTS)?.query_row((book, address_key.as_slice()), |row| row.get(0))?)
}

/// The lists that an export put a person on.
///
/// # Errors
/// Those of the database.
pub fn lists(conn: &Connection, book: i64, address_key: &[u8]) -> Result<Vec<i64>> {
    let found: Option<String> =
        conn.prepare_cached(LISTS)?.query_row((book, address_key), |row| row.get(1)).optional()?;
    Ok(found.map_or_else(Vec::new, |lists| crate::model::parse_lists(&lists)))
}

/// Notes that the account has nothing of what it once accepted of a person: a receipt that everything differs from.
///
/// # Errors
/// Those of the database.
pub fn empty(tx: &Transaction<'_>, book: i64, address_key: &[u8]) -> Result<()> {
    tx.prepare_cached(EMPTY)?.execute((book, address_key))?;
    Ok(())
}

/// Whether another export of the same account holds the person on this list (rule 4).
///
/// # Errors
/// Those of the database.
pub fn held_elsewhere(conn: &Connection, address_key: &[u8], book: i64, list: i64) -> Result<bool> {
    Ok(conn.prepare_cached(HELD_ELSEWHERE)?.query_row((address_key, book, list), |row| row.get(0))?)
}

/// Lists that a person leaves: those where another export of the same account holds them, so that only our receipt
/// lets go (rule 4), and the others.
///
/// # Errors
/// Those of the database.
pub fn by_sharing(
    conn: &Connection,
    address_key: &[u8],
    book: i64,
    lists: Vec<i64>,
) -> Result<(Vec<i64>, Vec<i64>)> {
    let (mut shared, mut alone) = (Vec::new(), Vec::new());
    for list in lists {
        let held = held_elsewhere(conn, address_key, book, list)?;
        if held { &mut shared } else { &mut alone }.push(list);
    }
    Ok((shared, alone))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_cleared_value_is_kept_as_one_and_numbers_as_they_stand() {
        let merged = super::merged(r#"{"a":"å\n","b":1.50,"c":{"fp":"00"}}"#, r#"{"b":null,"d":"x"}"#);
        assert_eq!(merged.unwrap(), r#"{"a":"å\n","b":null,"c":{"fp":"00"},"d":"x"}"#);
    }
}
