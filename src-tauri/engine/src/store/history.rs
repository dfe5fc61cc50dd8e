//! History of a person over exports and runs.

use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::error::{Error, Result};
use crate::model::{Outcome, PersonReceipt, PersonRun, parse_lists};

use super::{from_json, moment};

const RECEIPTS: &str = "
    SELECT export.name, receipt.customer_id, receipt.email, receipt.vendor_id,
      (SELECT json_group_array(list.title ORDER BY list.title) FROM json_each(receipt.lists) AS held JOIN list ON list.id = held.value),
      receipt.fields, receipt.accepted_at, receipt.run_id
    FROM receipt JOIN book ON book.id = receipt.book LEFT JOIN export ON export.id = book.export_id
    WHERE receipt.address_key = ?1 ORDER BY receipt.accepted_at DESC";
const RUNS: &str = "
    SELECT run.id, run.export_name, run.started_at, person.customer_id, person.outcome, person.reason, person.answer
    FROM person JOIN run ON run.no = person.run WHERE person.address_key = ?1 ORDER BY run.no DESC";
const PLACES: &str = "
    SELECT book.account_id, receipt.email, receipt.lists,
      (SELECT name FROM connection WHERE connection.account_id = book.account_id ORDER BY created_at LIMIT 1)
    FROM receipt JOIN book ON book.id = receipt.book WHERE receipt.address_key = ?1";
const LIST: &str = "SELECT vendor_id, title FROM list WHERE id = ?1 AND vendor_id IS NOT NULL";

/// Where a person is, by the receipts of one export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The account.
    pub account: i64,
    /// A connection to it; `None` where there is none any more.
    pub connection: Option<String>,
    /// The address as it was sent.
    pub email: String,
    /// The lists that the export put them on: the account's ids, and their titles there.
    pub lists: Vec<(String, String)>,
}

/// What accounts accepted last of a person, newest first.
///
/// # Errors
/// Those of the database.
pub fn receipts(conn: &Connection, address_key: &[u8; 16]) -> Result<Vec<PersonReceipt>> {
    let from_row = |row: &Row<'_>| {
        Ok(PersonReceipt {
            export: row.get(0)?,
            customer_id: row.get(1)?,
            email: row.get(2)?,
            vendor_id: row.get(3)?,
            lists: from_json(&row.get::<_, String>(4)?, "the lists of a receipt")?,
            fields: from_json(&row.get::<_, String>(5)?, "the values of a receipt")?,
            accepted_at: moment(&row.get::<_, String>(6)?)?,
            run: row.get(7)?,
        })
    };
    conn.prepare_cached(RECEIPTS)?.query_and_then([address_key.as_slice()], from_row)?.collect()
}

/// A person's lines in runs, newest first.
///
/// # Errors
/// Those of the database.
pub fn runs(conn: &Connection, address_key: &[u8; 16]) -> Result<Vec<PersonRun>> {
    let from_row = |row: &Row<'_>| {
        let word: String = row.get(4)?;
        Ok(PersonRun {
            run: row.get(0)?,
            export: row.get(1)?,
            started_at: moment(&row.get::<_, String>(2)?)?,
            customer_id: row.get(3)?,
            outcome: Outcome::parse(&word).ok_or_else(|| Error::internal("a person has no class"))?,
            reason: row.get(5)?,
            answer: row.get(6)?,
        })
    };
    conn.prepare_cached(RUNS)?.query_and_then([address_key.as_slice()], from_row)?.collect()
}

/// The accounts and lists that a person is on by our receipts.
///
/// # Errors
/// Those of the database.
pub fn places(conn: &Connection, address_key: &[u8; 16]) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    let mut statement = conn.prepare_cached(PLACES)?;
    let mut rows = statement.query([address_key.as_slice()])?;
    while let Some(row) = rows.next()? {
        let mut lists = Vec::new();
        for list in parse_lists(&row.get::<_, String>(2)?) {
            let found = conn
                .prepare_cached(LIST)?
                .query_row([list], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            lists.extend(found);
        }
        places.push(Place { account: row.get(0)?, email: row.get(1)?, connection: row.get(3)?, lists });
    }
    Ok(places)
}
