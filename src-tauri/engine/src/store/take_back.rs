//! Taking back: a data folder that a failed command has just made is gone again, as if the command had
//! never been given.

use std::fs::{self, OpenOptions};
use std::path::Path;

use crate::error::Result;

use super::folder::folder_error;
use super::open::{self, Role};

const UNTOUCHED: &str = "
    SELECT NOT EXISTS (SELECT 1 FROM audience) AND NOT EXISTS (SELECT 1 FROM segment)
      AND NOT EXISTS (SELECT 1 FROM connection) AND NOT EXISTS (SELECT 1 FROM export)
      AND NOT EXISTS (SELECT 1 FROM run) AND NOT EXISTS (SELECT 1 FROM audit)";

/// Removes the database in this folder, where nothing was ever stored in it and nobody has it open;
/// then the folder, if nothing else is there. Whether it was removed.
///
/// # Errors
/// Those of the disk and of the database.
pub fn take_back(dir: &Path) -> Result<bool> {
    let lock_file = dir.join(open::LOCK);
    let Ok(lock) = OpenOptions::new().write(true).open(&lock_file) else { return Ok(false) };
    // Held until the end: whoever waits for it sees that the file is gone, and begins anew.
    if lock.try_lock().is_err() || !open::exists(dir) {
        return Ok(false);
    }
    let conn = open::connect(&dir.join(open::FILE), Role::Writer)?;
    let untouched: bool = conn.query_row(UNTOUCHED, [], |row| row.get(0))?;
    drop(conn);
    if !untouched {
        return Ok(false);
    }
    for name in [open::FILE, "segue.db-wal", "segue.db-shm"] {
        fs::remove_file(dir.join(name)).ok();
    }
    remove_empty_logs(&dir.join("logs"));
    fs::remove_file(&lock_file).map_err(|error| folder_error(dir, &error))?;
    // Not empty: something of somebody else's is in it.
    fs::remove_dir(dir).ok();
    Ok(true)
}

fn remove_empty_logs(logs: &Path) {
    for entry in fs::read_dir(logs).into_iter().flatten().flatten() {
        if entry.metadata().is_ok_and(|facts| facts.is_file() && facts.len() == 0) {
            fs::remove_file(entry.path()).ok();
        }
    }
    fs::remove_dir(logs).ok();
}
