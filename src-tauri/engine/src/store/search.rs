//! Search: SQLite knows small and capital letters of English only, so that names are folded by a function
//! of ours.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use crate::error::Result;

/// Gives a connection `fold(text)`: the text in small letters of any language, to search and to sort by.
pub(super) fn add_functions(conn: &Connection) -> Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function("fold", 1, flags, |context| {
        Ok(context.get_raw(0).as_str_or_null()?.map(str::to_lowercase))
    })?;
    Ok(())
}
