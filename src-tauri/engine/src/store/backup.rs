//! Backups: a copy of the database before its schema changes, opened once to see that it can be.

use std::path::{Path, PathBuf};

use jiff::{Timestamp, tz::TimeZone};
use rusqlite::Connection;

use crate::error::{Code, Error, Result};

use super::{folder, open};

/// The folder, in the data folder.
const FOLDER: &str = "backups";

/// Copies that are kept.
const KEEP: usize = 3;

const COPY: &str = "VACUUM INTO ?1";
const CHECK: &str = "PRAGMA quick_check(1)";

/// Copies the database to `backups/segue-<utc>-v<version>.db`. Half a copy never has that name, a
/// copy that is there is never overwritten, and only then older ones than the last three go.
pub(super) fn make(conn: &Connection, dir: &Path, version: i64, now: Timestamp) -> Result<PathBuf> {
    let place = dir.join(FOLDER);
    folder::make_private_folder(&place)?;
    let copy = free_name(&place, &stamp(now), version);
    let partial = place.join("segue.partial");
    std::fs::remove_file(&partial).ok();
    let made = write(conn, &partial, version).and_then(|()| {
        std::fs::rename(&partial, &copy).map_err(|error| folder::folder_error(&place, &error))?;
        folder::sync_dir(&place)
    });
    if let Err(error) = made {
        std::fs::remove_file(&partial).ok();
        return Err(error);
    }
    drop_old(&place)?;
    Ok(copy)
}

fn write(conn: &Connection, partial: &Path, version: i64) -> Result<()> {
    folder::make_private_file(partial)?;
    let target = partial.to_str().ok_or_else(|| {
        Error::new(
            Code::DataFolder,
            "The path of the data folder is not Unicode, so no backup can be made there.",
        )
        .help("Choose another folder with --data-dir.")
    })?;
    conn.execute(COPY, [target])?;
    let stamp = open::look(partial, true)?;
    let copy = open::connect_copy(partial)?;
    let verdict: String = copy.query_row(CHECK, [], |row| row.get(0))?;
    copy.close().map_err(|(_, error)| Error::from(error))?;
    if stamp.version != version || verdict != "ok" {
        return Err(Error::new(
            Code::Database,
            "The backup before the update cannot be read; nothing was updated.",
        )
        .help("Check the disk with the data folder, then start again."));
    }
    folder::sync_file(partial)
}

fn free_name(place: &Path, time: &str, version: i64) -> PathBuf {
    let mut copy = place.join(format!("segue-{time}-v{version}.db"));
    let mut more = 2_u32;
    while copy.exists() {
        copy = place.join(format!("segue-{time}-v{version}-{more}.db"));
        more += 1;
    }
    copy
}

/// Removes the copies made before this moment; `None`: all.
pub(super) fn drop_before(dir: &Path, before: Option<Timestamp>) -> Result<()> {
    let place = dir.join(FOLDER);
    if !place.is_dir() {
        return Ok(());
    }
    let first_kept = before.map(|before| format!("segue-{}", stamp(before)));
    let mut old = copies(&place)?;
    old.retain(|path| first_kept.as_deref().is_none_or(|first| name(path) < first));
    remove(&place, old)
}

/// Removes all copies but the last few.
fn drop_old(place: &Path) -> Result<()> {
    let mut old = copies(place)?;
    old.truncate(old.len().saturating_sub(KEEP));
    remove(place, old)
}

/// All copies, oldest first: their names sort by time.
fn copies(place: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(place).map_err(|error| folder::folder_error(place, &error))?;
    let mut copies: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| name(path).starts_with("segue-") && name(path).ends_with(".db"))
        .collect();
    copies.sort();
    Ok(copies)
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn remove(place: &Path, copies: Vec<PathBuf>) -> Result<()> {
    for path in copies {
        std::fs::remove_file(&path).map_err(|error| folder::folder_error(place, &error))?;
    }
    Ok(())
}

/// A moment as it stands in the name of a copy.
fn stamp(moment: Timestamp) -> String {
    moment.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}
