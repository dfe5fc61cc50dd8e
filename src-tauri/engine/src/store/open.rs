//! Opening: the folder and the file are checked and made private before `SQLite` sees them, then every
//! connection gets the same settings (reliability.md 6.5).

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::clock::Clock;
use crate::error::{Code, Error, Result};

use super::folder::{self, folder_error};
use super::{migrate, search};

/// Marks a database as ours: "Sgue".
pub(super) const APPLICATION_ID: i64 = 0x5367_7565;

pub(super) const FILE: &str = "segue.db";
const JOURNAL: &str = "segue.db-wal";
/// Held shared while a process has the database open, alone while it is made, checked or updated.
pub(super) const LOCK: &str = "segue.lock";

/// How long a process waits for another one that makes, checks or updates the database.
const PATIENCE: Duration = Duration::from_secs(30);
const SECOND_LOOK: Duration = Duration::from_millis(500);
const STEP: Duration = Duration::from_millis(10);

const STATEMENTS_KEPT: usize = 64;

/// For connections that write: FULL, so that no answer of the account is forgotten by a power cut.
/// The journal is moved into the database at 16 MB, so that bulk commits seldom stop for that.
const WRITER: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA secure_delete = ON;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 33554432;
    PRAGMA cache_size = -16000;";

/// For connections that read.
const READER: &str = "
    PRAGMA query_only = ON;
    PRAGMA cache_size = -4000;";

/// For all.
const EVERY: &str = "
    PRAGMA busy_timeout = 5000;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
    PRAGMA temp_store = MEMORY;";

const JOURNAL_MODE: &str = "PRAGMA journal_mode = WAL";
const FOREIGN_KEYS: &str = "PRAGMA foreign_keys";
const QUICK_CHECK: &str = "PRAGMA quick_check(1)";
const CHECKPOINT: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The one that writes.
    Writer,
    /// One that reads.
    Reader,
}

/// The folder and the file, in use by this process.
pub(super) struct Place {
    pub(super) dir: PathBuf,
    pub(super) file: PathBuf,
    identity: Option<(u64, u64)>,
    _lock: File,
}

/// What a database says about itself.
pub(super) struct Stamp {
    pub(super) application: i64,
    pub(super) version: i64,
}

/// Whether there is a database in this folder.
pub(crate) fn exists(dir: &Path) -> bool {
    std::fs::symlink_metadata(dir.join(FILE)).is_ok()
}

impl Place {
    /// Makes or checks the folder and the database, so that connections can be opened.
    pub(super) fn prepare(dir: &Path, clock: &dyn Clock) -> Result<Self> {
        // A database that is refused is refused before anything in its folder changes.
        if exists(dir) && !dir.join(JOURNAL).exists() {
            folder::check_plain(&dir.join(FILE))?;
            accept(&look(&dir.join(FILE), true)?)?;
        }
        let dir = folder::prepare(dir)?;
        let file = dir.join(FILE);
        let (lock, alone) = lock(&dir)?;
        if exists(&dir) {
            folder::check_plain(&file)?;
            folder::make_private(&file, 0o600)?;
            let unclean = folder::is_filled(&dir.join(JOURNAL));
            let stamp = look(&file, alone && !unclean)?;
            accept(&stamp)?;
            if alone && unclean {
                quick_check(&file)?;
            }
            if stamp.version < migrate::LATEST {
                if !alone {
                    return Err(Error::new(
                        Code::Database,
                        "An older Segue has the database open, so it cannot be updated now.",
                    )
                    .help("Close the other Segue, then start again.")
                    .retryable());
                }
                migrate::update(&dir, &file, stamp.version, clock.now())?;
            }
        } else if folder::is_filled(&dir.join(JOURNAL)) || !alone {
            // A new database beside an old journal would take in its pages.
            return Err(Error::new(
                Code::Database,
                "The file segue.db is gone, but its journal segue.db-wal is there or in use.",
            )
            .help("Put segue.db back, or move both away to begin anew."));
        } else {
            migrate::create(&dir, &file, clock.now())?;
        }
        if alone {
            share(&lock, &dir)?;
        }
        Ok(Self { identity: folder::identity(&file), dir, file, _lock: lock })
    }

    /// Whether the file is still the one that was opened.
    pub(super) fn check_in_place(&self) -> Result<()> {
        if folder::identity(&self.file) == self.identity {
            return Ok(());
        }
        Err(Error::new(
            Code::Database,
            "The database was moved, deleted or replaced while Segue had it open; nothing more was sent.",
        )
        .help("Put segue.db back, then start Segue again."))
    }
}

/// Opens a connection to a database of this version, with every setting made and checked.
pub(super) fn connect(file: &Path, role: Role) -> Result<Connection> {
    let conn = connect_any(file, role)?;
    let stamp = stamp_of(&conn)?;
    accept(&stamp)?;
    if stamp.version != migrate::LATEST {
        return Err(Error::internal("the database still waits for its update"));
    }
    Ok(conn)
}

/// The same for one that may wait for its update.
pub(super) fn connect_any(file: &Path, role: Role) -> Result<Connection> {
    let access = match role {
        Role::Writer => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Role::Reader => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let conn = Connection::open_with_flags(file, flags)?;
    conn.execute_batch(EVERY)?;
    conn.execute_batch(if role == Role::Writer { WRITER } else { READER })?;
    let mode: String = conn.query_row(JOURNAL_MODE, [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(Error::new(
            Code::DataFolder,
            "The data folder is on a disk that cannot keep the journal of the database.",
        )
        .help("Choose a folder on a disk of this computer with --data-dir."));
    }
    let keys: bool = conn.query_row(FOREIGN_KEYS, [], |row| row.get(0))?;
    if !keys {
        return Err(Error::internal("the database does not check its references"));
    }
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    search::add_functions(&conn)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(conn)
}

/// Opens a file that nobody writes, so that nothing is made beside it.
pub(super) fn connect_copy(file: &Path) -> Result<Connection> {
    let mut url = url::Url::from_file_path(std::path::absolute(file).unwrap_or_else(|_| file.to_owned()))
        .map_err(|()| Error::internal("the path of the database is not absolute"))?;
    url.set_query(Some("mode=ro&immutable=1"));
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    Ok(Connection::open_with_flags(url.as_str(), flags)?)
}

/// What the file says about itself. `still`: nobody writes it and it has no journal, so that nothing
/// in the folder is touched.
pub(super) fn look(file: &Path, still: bool) -> Result<Stamp> {
    let conn = if still {
        connect_copy(file)?
    } else {
        Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?
    };
    stamp_of(&conn)
}

fn stamp_of(conn: &Connection) -> Result<Stamp> {
    Ok(Stamp {
        application: conn.pragma_query_value(None, "application_id", |row| row.get(0))?,
        version: conn.pragma_query_value(None, "user_version", |row| row.get(0))?,
    })
}

fn accept(stamp: &Stamp) -> Result<()> {
    if stamp.application != APPLICATION_ID {
        return Err(Error::new(
            Code::Database,
            "The file segue.db was not made by Segue; it was left as it is.",
        )
        .help("Move it away, or choose another folder with --data-dir."));
    }
    if stamp.version > migrate::LATEST || stamp.version < 0 {
        return Err(newer());
    }
    Ok(())
}

fn newer() -> Error {
    Error::new(Code::Database, "The database was made by a newer Segue; it was left as it is.")
        .help("Install the newer version again, or choose another folder with --data-dir.")
}

/// Moves the journal into the database.
pub(super) fn checkpoint(conn: &Connection) -> Result<()> {
    Ok(conn.query_row(CHECKPOINT, [], |_| Ok(()))?)
}

/// After an end that left a journal: the pages must hold together before anything builds on them.
fn quick_check(file: &Path) -> Result<()> {
    let conn = connect_any(file, Role::Writer)?;
    let verdict: String = conn.query_row(QUICK_CHECK, [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(super::damaged()) }
}

/// Takes the folder's lock; true if no other process has the database open.
fn lock(dir: &Path) -> Result<(File, bool)> {
    let path = dir.join(LOCK);
    let begun = Instant::now();
    let mut file = lock_file(&path)?;
    loop {
        let alone = match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => {
                wait_for_share(&file, dir)?;
                false
            }
            Err(TryLockError::Error(error)) => return Err(folder_error(dir, &error)),
        };
        if !folder::is_named(&file, &path) {
            // Who had it has taken the folder back.
            folder::make_private_folder(dir)?;
            file = lock_file(&path)?;
            continue;
        }
        // The other process may have given up before there was a database: then it is our turn.
        if alone || exists(dir) || begun.elapsed() > SECOND_LOOK {
            return Ok((file, alone));
        }
        file.unlock().map_err(|error| folder_error(dir, &error))?;
        std::thread::sleep(STEP);
    }
}

fn lock_file(path: &Path) -> Result<File> {
    folder::private(OpenOptions::new().read(true).write(true).create(true).truncate(false), 0o600)
        .open(path)
        .map_err(|error| folder_error(path.parent().unwrap_or(path), &error))
}

fn share(file: &File, dir: &Path) -> Result<()> {
    file.unlock().map_err(|error| folder_error(dir, &error))?;
    wait_for_share(file, dir)
}

fn wait_for_share(file: &File, dir: &Path) -> Result<()> {
    let begun = Instant::now();
    loop {
        match file.try_lock_shared() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => std::thread::sleep(STEP),
            Err(TryLockError::WouldBlock) => {
                return Err(Error::new(
                    Code::Database,
                    "Another Segue is busy updating or checking the database.",
                )
                .help("Wait until it is done, then start again.")
                .retryable());
            }
            Err(TryLockError::Error(error)) => return Err(folder_error(dir, &error)),
        }
    }
}
