//! What the database says of itself, without what stands in it.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde::Serialize;

use crate::error::Result;

const VERSION: &str = "PRAGMA user_version";
const LIBRARY: &str = "SELECT sqlite_version()";
const JOURNAL: &str = "PRAGMA journal_mode";
const PAGES: &str = "PRAGMA page_count";
const FREE_PAGES: &str = "PRAGMA freelist_count";
const PAGE_SIZE: &str = "PRAGMA page_size";
const CHECK: &str = "PRAGMA quick_check(20)";

/// Every table; a test holds it against the schema.
const ROWS: &str = "
    SELECT 'meta', count(*) FROM meta UNION ALL SELECT 'audience', count(*) FROM audience
    UNION ALL SELECT 'segment', count(*) FROM segment UNION ALL SELECT 'connection', count(*) FROM connection
    UNION ALL SELECT 'account', count(*) FROM account UNION ALL SELECT 'export', count(*) FROM export
    UNION ALL SELECT 'export_segment', count(*) FROM export_segment UNION ALL SELECT 'list', count(*) FROM list
    UNION ALL SELECT 'book', count(*) FROM book UNION ALL SELECT 'receipt', count(*) FROM receipt
    UNION ALL SELECT 'refusal', count(*) FROM refusal UNION ALL SELECT 'run', count(*) FROM run
    UNION ALL SELECT 'person', count(*) FROM person UNION ALL SELECT 'unchanged', count(*) FROM unchanged
    UNION ALL SELECT 'attempt', count(*) FROM attempt UNION ALL SELECT 'run_list', count(*) FROM run_list
    UNION ALL SELECT 'stamp', count(*) FROM stamp UNION ALL SELECT 'lease', count(*) FROM lease
    UNION ALL SELECT 'audit', count(*) FROM audit UNION ALL SELECT 'forgotten', count(*) FROM forgotten
    UNION ALL SELECT 'segment_count', count(*) FROM segment_count UNION ALL SELECT 'forecast', count(*) FROM forecast
    UNION ALL SELECT 'emptying', count(*) FROM emptying
    UNION ALL SELECT 'segment_size', count(*) FROM segment_size UNION ALL SELECT 'due', count(*) FROM due
    UNION ALL SELECT 'noticed', count(*) FROM noticed";

/// Rows by table.
pub type Rows = BTreeMap<String, i64>;

/// The file and whether its pages hold together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Health {
    /// Version of the schema.
    pub schema_version: i64,
    /// Version of `SQLite`.
    pub sqlite_version: String,
    /// `wal`.
    pub journal_mode: String,
    /// Pages.
    pub pages: i64,
    /// Of those, unused.
    pub free_pages: i64,
    /// Bytes of a page.
    pub page_size: i64,
    /// `ok`, or what does not hold together: tables and pages, no contents.
    pub check: Vec<String>,
}

/// How the file is.
///
/// # Errors
/// Those of the database.
pub fn health(conn: &Connection) -> Result<Health> {
    let number = |sql| conn.query_row(sql, [], |row| row.get(0));
    let text = |sql| conn.query_row(sql, [], |row| row.get(0));
    let mut statement = conn.prepare(CHECK)?;
    let check = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(Health {
        schema_version: number(VERSION)?,
        sqlite_version: text(LIBRARY)?,
        journal_mode: text(JOURNAL)?,
        pages: number(PAGES)?,
        free_pages: number(FREE_PAGES)?,
        page_size: number(PAGE_SIZE)?,
        check,
    })
}

/// How many rows each table has.
///
/// # Errors
/// Those of the database.
pub fn rows(conn: &Connection) -> Result<Rows> {
    let mut statement = conn.prepare(ROWS)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
