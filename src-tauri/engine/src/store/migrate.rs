//! The schema: made in a new file that takes its name only when it is complete, or brought up to
//! date in one transaction after a backup.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use crate::error::{Code, Error, Result};

use super::open::{self, APPLICATION_ID, Role};
use super::{backup, folder, meta, retention};

/// Steps of the schema, oldest first. A released one is never edited.
static STEPS: [M<'static>; LATEST as usize] = [
    M::up(include_str!("migrations/0001_first.sql")).foreign_key_check(),
    M::up(include_str!("migrations/0002_retention.sql")),
    M::up(include_str!("migrations/0003_segment_count.sql")),
    M::up(include_str!("migrations/0004_window.sql")),
    M::up(include_str!("migrations/0005_segment_size.sql")),
    M::up(include_str!("migrations/0006_opt_outs.sql")),
    M::up(include_str!("migrations/0007_schedules.sql")),
];

/// The version that this program reads and writes.
pub(super) const LATEST: i64 = 7;

const NAME: &str = "segue.db.new";

/// Makes the database: whoever looks sees none or a whole one, also after a power cut.
pub(super) fn create(dir: &Path, file: &Path, now: Timestamp) -> Result<()> {
    let new = dir.join(NAME);
    for leftover in [NAME, "segue.db.new-wal", "segue.db.new-shm", "segue.db.new-journal"] {
        std::fs::remove_file(dir.join(leftover)).ok();
    }
    folder::make_private_file(&new)?;
    let made = fill(&new, now).and_then(|()| {
        folder::sync_file(&new)?;
        std::fs::rename(&new, file).map_err(|error| folder::folder_error(dir, &error))?;
        folder::sync_dir(dir)
    });
    if made.is_err() {
        std::fs::remove_file(&new).ok();
    }
    made
}

fn fill(new: &Path, now: Timestamp) -> Result<()> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut conn = Connection::open_with_flags(new, flags)?;
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    apply(&mut conn)?;
    let tx = conn.transaction()?;
    meta::make_install_key(&tx)?;
    // Nothing is too old in it before tomorrow.
    retention::set_applied_at(&tx, now)?;
    tx.commit()?;
    conn.pragma_update(None, "journal_mode", "wal")?;
    conn.close().map_err(|(_, error)| Error::from(error))
}

/// Brings a database of an older version up to date. Nobody else may have it open.
pub(super) fn update(dir: &Path, file: &Path, from: i64, now: Timestamp) -> Result<()> {
    let mut conn = open::connect_any(file, Role::Writer)?;
    backup::make(&conn, dir, from, now)?;
    apply(&mut conn)?;
    let tx = conn.transaction()?;
    meta::make_install_key(&tx)?;
    tx.commit()?;
    open::checkpoint(&conn)
}

fn apply(conn: &mut Connection) -> Result<()> {
    Migrations::from_slice(&STEPS).to_latest(conn).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => Error::from(err),
        _ => Error::new(Code::Database, "The database could not be brought up to date; it is as it was.")
            .help("A copy is in the folder `backups`. Please report this with the diagnostics."),
    })
}
