//! Search: anything by a piece of its name. SQLite knows small and capital letters of English only, so
//! that names are folded by a function of ours.

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Row};

use crate::error::Result;
use crate::model::{Found, FoundKind};

use super::{from_word, moment};

const FIND: &str = "
    SELECT kind, id, name, at FROM (
      SELECT 0 AS rank, 'export' AS kind, id, name, NULL AS at, 0 AS no FROM export
      UNION ALL SELECT 1, 'segment', id, name, NULL, 0 FROM segment
      UNION ALL SELECT 2, 'audience', id, name, NULL, 0 FROM audience
      UNION ALL SELECT 3, 'connection', id, name, NULL, 0 FROM connection
      UNION ALL SELECT 4, 'run', id, export_name, started_at, -no FROM run)
    WHERE instr(fold(name), fold(?1)) > 0
    ORDER BY rank, no, fold(name), id LIMIT ?2";

/// Gives a connection `fold(text)`: the text in small letters of any language, to search and to sort by.
pub(super) fn add_functions(conn: &Connection) -> Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function("fold", 1, flags, |context| {
        Ok(context.get_raw(0).as_str_or_null()?.map(str::to_lowercase))
    })?;
    Ok(())
}

/// What has this piece in its name, whatever the letters are: exports first, then segments, audiences,
/// connections, and runs from the newest on.
///
/// # Errors
/// Those of the database.
pub fn find(conn: &Connection, piece: &str, most: u32) -> Result<Vec<Found>> {
    conn.prepare_cached(FIND)?.query_and_then((piece, most), from_row)?.collect()
}

fn from_row(row: &Row<'_>) -> Result<Found> {
    Ok(Found {
        kind: from_word::<FoundKind>(row.get(0)?, "a kind of object")?,
        id: row.get(1)?,
        name: row.get(2)?,
        at: row.get::<_, Option<String>>(3)?.map(|at| moment(&at)).transpose()?,
    })
}
