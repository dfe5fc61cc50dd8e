//! What the database says of itself.

use segue_engine::store::diagnostics;

use super::open;

#[test]
fn every_table_is_counted_and_the_file_is_sound() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let (rows, health, mut tables) = store
        .read_blocking(|conn| {
            let mut statement = conn.prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            )?;
            let tables = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
            Ok((diagnostics::rows(conn)?, diagnostics::health(conn)?, tables))
        })
        .unwrap();
    tables.sort();
    assert_eq!(rows.keys().cloned().collect::<Vec<_>>(), tables, "no table is forgotten");
    assert_eq!((rows["meta"], rows["run"]), (2, 0));
    assert_eq!((health.check.as_slice(), health.journal_mode.as_str()), (&["ok".to_owned()][..], "wal"));
}
