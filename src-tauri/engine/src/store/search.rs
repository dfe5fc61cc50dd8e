//! Search: anything by a piece of its name. SQLite knows small and capital letters of English only, so
//! that texts are compared by functions of ours.

use std::sync::Arc;

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Row};

use crate::error::Result;
use crate::model::{Hit, HitKind, Named};

use super::{from_word, moment};

const FIND: &str = "
    SELECT kind, id, name, at FROM (
      SELECT 0 AS rank, 'export' AS kind, id, name, NULL AS at, 0 AS no FROM export
      UNION ALL SELECT 1, 'segment', id, name, NULL, 0 FROM segment
      UNION ALL SELECT 2, 'audience', id, name, NULL, 0 FROM audience
      UNION ALL SELECT 3, 'connection', id, name, NULL, 0 FROM connection
      UNION ALL SELECT 4, 'run', id, export_name, started_at, -no FROM run)
    WHERE holds(?1, name)
    ORDER BY rank, no, fold(name), id LIMIT ?2";

/// Gives a connection two functions that know the small and capital letters of any language: `fold(text)`,
/// the text in small letters, to sort by, and `holds(piece, text, ...)`, whether one of the texts has the
/// piece.
pub(super) fn add_functions(conn: &Connection) -> Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function("fold", 1, flags, |context| {
        Ok(context.get_raw(0).as_str_or_null()?.map(str::to_lowercase))
    })?;
    conn.create_scalar_function("holds", -1, flags, |context| {
        // The piece is the same in each row, and folded once.
        let piece: Arc<String> =
            context.get_or_create_aux(0, |piece| piece.as_str().map(str::to_lowercase))?;
        for at in 1..context.len() {
            if context.get_raw(at).as_str_or_null()?.is_some_and(|text| holds(&piece, text)) {
                return Ok(true);
            }
        }
        Ok(false)
    })?;
    Ok(())
}

/// Whether a text has a piece that is in small letters already. Addresses and identities are ASCII nearly
/// always, and of those none is copied: a page of 100,000 people asks this for each of them at each key.
fn holds(piece: &str, text: &str) -> bool {
    if !text.is_ascii() {
        return text.to_lowercase().contains(piece);
    }
    piece.is_empty()
        || text.as_bytes().windows(piece.len()).any(|part| part.eq_ignore_ascii_case(piece.as_bytes()))
}

/// What has this piece in its name, whatever the letters are: exports first, then segments, audiences,
/// connections, and runs from the newest on.
///
/// # Errors
/// Those of the database.
pub fn find(conn: &Connection, piece: &str, most: u32) -> Result<Vec<Hit>> {
    conn.prepare_cached(FIND)?.query_and_then((piece, most), from_row)?.collect()
}

fn from_row(row: &Row<'_>) -> Result<Hit> {
    Ok(Hit {
        kind: from_word::<HitKind>(row.get(0)?, "a kind of object")?,
        object: Named { id: row.get(1)?, name: row.get(2)? },
        at: row.get::<_, Option<String>>(3)?.map(|at| moment(&at)).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_found_whatever_the_letters_are() {
        let conn = Connection::open_in_memory().unwrap();
        add_functions(&conn).unwrap();
        let finds = |piece: &str, first: Option<&str>, second: &str| -> bool {
            conn.query_row("SELECT holds(?1, ?2, ?3)", (piece, first, second), |row| row.get(0)).unwrap()
        };
        assert!(finds("Post.EX", Some("Maja@post.example"), "C1"));
        assert!(finds("c1", Some("maja@post.example"), "C1"), "the second text counts too");
        assert!(finds("ÅSA", Some("åsa@post.example"), ""));
        assert!(finds("asa", Some("ÄSASA@post.example"), ""));
        assert!(finds("k", Some("\u{212A}elvin"), ""), "the sign for kelvin is a k in small letters");
        assert!(finds("", None, "C1"), "nothing is in everything");
        assert!(!finds("åsa", Some("asa@post.example"), "C1"));
        assert!(!finds("maja@post.example.com", Some("maja@post.example"), "C1"), "a piece that is longer");
        assert!(!finds("maja", None, "C1"));
        let rows =
            "SELECT count(*) FROM (SELECT 'Åsa' AS name UNION ALL SELECT 'Maja' UNION ALL SELECT 'BÅSAR')";
        let found = conn.query_row(&format!("{rows} WHERE holds('åsa', name)"), [], |row| row.get(0));
        assert_eq!(found, Ok(2), "the piece is kept from row to row");
    }
}
