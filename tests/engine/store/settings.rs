//! The settings of reliability.md 6.5, read back from both kinds of connection.

use rusqlite::Connection;
use segue_engine::error::Result;

use super::open;

fn pragma(conn: &Connection, name: &str) -> Result<String> {
    let value: rusqlite::types::Value = conn.pragma_query_value(None, name, |row| row.get(0))?;
    Ok(match value {
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        other => format!("{other:?}"),
    })
}

const EVERY: [(&str, &str); 9] = [
    ("journal_mode", "wal"),
    ("foreign_keys", "1"),
    ("busy_timeout", "5000"),
    ("trusted_schema", "0"),
    ("cell_size_check", "1"),
    ("mmap_size", "0"),
    ("temp_store", "2"),
    ("application_id", "1399289189"),
    ("user_version", "7"),
];

const WRITER: [(&str, &str); 4] = [
    ("synchronous", "2"),
    ("secure_delete", "1"),
    ("wal_autocheckpoint", "4000"),
    ("journal_size_limit", "33554432"),
];

#[test]
fn every_connection_has_them() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    for (name, value) in EVERY {
        assert_eq!(store.write_blocking(move |tx| pragma(tx, name)).unwrap(), value, "{name}, writer");
        assert_eq!(store.read_blocking(|conn| pragma(conn, name)).unwrap(), value, "{name}, reader");
    }
    for (name, value) in WRITER {
        assert_eq!(store.write_blocking(move |tx| pragma(tx, name)).unwrap(), value, "{name}");
    }
}

#[test]
fn the_database_is_sound_and_recent() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    assert_eq!(store.read_blocking(|conn| pragma(conn, "integrity_check")).unwrap(), "ok");
    assert!(
        rusqlite::version_number() >= 3_051_003,
        "older ones can damage a journal that two programs write"
    );
    let refused = store.write_blocking(|tx| Ok(tx.execute("UPDATE sqlite_schema SET sql = ''", [])?));
    assert!(refused.is_err());
}
