//! What is opened, what is refused, and what stays untouched.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::Connection;
use segue_engine::error::Code;
use segue_engine::store::{Store, meta};

use super::{Still, open};

/// Every file of a folder with its bytes.
fn contents(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(dir).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let bytes =
                if entry.path().is_file() { std::fs::read(entry.path()).unwrap() } else { Vec::new() };
            (entry.file_name().into_string().unwrap(), bytes)
        })
        .collect()
}

/// A database of ours, closed, changed by this statement.
fn changed(dir: &Path, sql: &str) {
    drop(open(dir).unwrap());
    std::fs::remove_file(dir.join("segue.lock")).unwrap();
    let conn = Connection::open(dir.join("segue.db")).unwrap();
    conn.execute_batch(sql).unwrap();
    conn.close().unwrap();
}

fn refused_untouched(dir: &Path, word: &str) {
    let before = contents(dir);
    let error = open(dir).unwrap_err();
    assert_eq!(error.code, Code::Database);
    assert!(error.message.contains(word), "{}", error.message);
    assert!(!error.help.is_empty());
    assert!(contents(dir) == before, "the folder was changed: {:?}", contents(dir).keys());
}

#[test]
fn a_newer_schema_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    changed(dir.path(), "PRAGMA user_version = 999");
    refused_untouched(dir.path(), "newer Segue");
}

#[test]
fn a_newer_schema_in_the_journal_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path()).unwrap());
    let conn = Connection::open(dir.path().join("segue.db")).unwrap();
    conn.execute_batch("PRAGMA user_version = 999").unwrap();
    assert!(open(dir.path()).unwrap_err().message.contains("newer Segue"));
}

#[test]
fn a_database_of_another_program_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let conn = Connection::open(dir.path().join("segue.db")).unwrap();
    conn.execute_batch("CREATE TABLE theirs (x); PRAGMA application_id = 77").unwrap();
    conn.close().unwrap();
    refused_untouched(dir.path(), "not made by Segue");
}

#[test]
fn what_is_no_database_is_left_as_it_is() {
    let page = "<html>502 Bad Gateway</html>".repeat(100);
    for (bytes, word) in
        [(page.as_bytes(), "not a database"), (b"PK\x03\x04", "not a database"), (b"", "empty")]
    {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("segue.db"), bytes).unwrap();
        refused_untouched(dir.path(), word);
    }
}

#[test]
fn a_journal_without_its_database_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("segue.db-wal"), b"pages of another database").unwrap();
    assert!(open(dir.path()).unwrap_err().message.contains("is gone"));
    assert!(!dir.path().join("segue.db").exists());
}

#[test]
fn damage_is_found_after_an_unclean_end() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    store.write_blocking(|tx| meta::set(tx, "large", &vec![7; 200_000])).unwrap();
    drop(store);
    let file = dir.path().join("segue.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    // Every page after the first half loses its header and the links of overflow pages.
    for page in (middle - middle % 4096..bytes.len()).step_by(4096) {
        bytes[page..page + 16].fill(0xff);
    }
    std::fs::write(&file, bytes).unwrap();
    std::fs::write(dir.path().join("segue.db-wal"), b"left behind").unwrap();
    let error = open(dir.path()).unwrap_err();
    assert_eq!(error.code, Code::Database);
    assert!(error.message.contains("damaged"), "{}", error.message);
}

#[test]
fn an_older_schema_is_copied_then_updated() {
    let dir = tempfile::tempdir().unwrap();
    let conn = Connection::open(dir.path().join("segue.db")).unwrap();
    conn.execute_batch(
        "CREATE TABLE old (x); INSERT INTO old VALUES (1); PRAGMA application_id = 0x53677565",
    )
    .unwrap();
    conn.close().unwrap();
    let backups = dir.path().join("backups");
    std::fs::create_dir(&backups).unwrap();
    for day in 1..=4 {
        std::fs::write(backups.join(format!("segue-2025010{day}T000000Z-v0.db")), b"").unwrap();
    }
    let store = open(dir.path()).unwrap();
    store.read_blocking(meta::install_key).unwrap();
    let names: Vec<String> = contents(&backups).into_keys().collect();
    let expected =
        ["segue-20250103T000000Z-v0.db", "segue-20250104T000000Z-v0.db", "segue-20260301T120000Z-v0.db"];
    assert_eq!(names, expected);
    let copy = Connection::open(backups.join(expected[2])).unwrap();
    assert_eq!(copy.query_row("SELECT x FROM old", [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    assert_eq!(copy.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0)).unwrap(), 0);
}

#[test]
fn a_second_store_shares_the_database() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (open(dir.path()).unwrap(), open(dir.path()).unwrap());
    one.write_blocking(|tx| meta::set(tx, "x", b"1")).unwrap();
    assert_eq!(two.read_blocking(|conn| meta::get(conn, "x")).unwrap().unwrap(), b"1");
    drop(one);
    two.write_blocking(|tx| meta::set(tx, "x", b"2")).unwrap();
}

#[test]
fn nothing_is_made_where_only_a_look_was_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("none");
    assert!(Store::open_existing(&missing, std::sync::Arc::new(Still)).unwrap().is_none());
    assert!(!missing.exists());
}

#[test]
fn the_installation_keeps_its_key() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let key = |dir: &Path| open(dir).unwrap().read_blocking(meta::install_key).unwrap();
    let first = key(here.path());
    assert_eq!(first, key(here.path()));
    assert_ne!(first, key(there.path()));
}

#[test]
fn a_database_that_was_replaced_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    store.check_in_place().unwrap();
    std::fs::rename(dir.path().join("segue.db"), dir.path().join("moved.db")).unwrap();
    assert_eq!(store.check_in_place().unwrap_err().code, Code::Database);
    std::fs::rename(dir.path().join("moved.db"), dir.path().join("segue.db")).unwrap();
    store.check_in_place().unwrap();
}

#[cfg(unix)]
mod rights {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().mode() & 0o777
    }

    fn check(dir: &Path) {
        assert_eq!(mode(dir), 0o700);
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            assert_eq!(mode(&path), if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
        }
    }

    #[test]
    fn all_is_private_from_the_start() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("a/b");
        let store = open(&data).unwrap();
        store.write_blocking(|tx| meta::set(tx, "x", b"1")).unwrap();
        store.read_blocking(meta::install_key).unwrap();
        assert!(data.join("segue.db-wal").exists() && data.join("segue.db-shm").exists());
        check(&data);
        assert_eq!(mode(&dir.path().join("a")), 0o700);
    }

    #[test]
    fn wider_rights_are_taken_back() {
        let dir = tempfile::tempdir().unwrap();
        drop(open(dir.path()).unwrap());
        let widen = |path: &Path, mode| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap()
        };
        widen(dir.path(), 0o755);
        widen(&dir.path().join("segue.db"), 0o644);
        let _store = open(dir.path()).unwrap();
        check(dir.path());
    }

    #[test]
    fn another_name_of_the_database_is_refused() {
        let (dir, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        drop(open(elsewhere.path()).unwrap());
        let (target, link) = (elsewhere.path().join("segue.db"), dir.path().join("segue.db"));
        symlink(&target, &link).unwrap();
        refused_untouched(dir.path(), "link to another file");
        std::fs::remove_file(&link).unwrap();
        std::fs::hard_link(&target, &link).unwrap();
        refused_untouched(dir.path(), "hard link");
    }

    #[test]
    fn a_folder_of_all_users_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o1777)).unwrap();
        assert_eq!(open(dir.path()).unwrap_err().code, Code::DataFolder);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_without_rights_is_told() {
        // The superuser may write anywhere.
        if rustix::process::geteuid().is_root() {
            return;
        }
        let dir = tempfile::tempdir().unwrap();
        std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o500)).unwrap();
        let error = open(dir.path()).unwrap_err();
        assert_eq!(error.code, Code::DataFolder);
        assert!(error.message.contains("cannot be written to"));
    }

    #[test]
    fn a_file_in_place_of_the_folder_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        std::fs::write(&file, b"").unwrap();
        assert!(open(&file).unwrap_err().message.contains("is not a folder"));
        assert!(open(&file.join("below")).unwrap_err().message.contains("is not a folder"));
    }
}
