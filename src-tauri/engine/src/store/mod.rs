//! The database: one `SQLite` file in the data folder, one thread that writes, a few connections that read.
//!
//! Writes that wait together are committed together (see `writer`); reads never wait for writes. Each
//! table has a file of free functions: those that read take a `&Connection`, those that write take a
//! `&Transaction`, so that several of them can be one commit.

pub mod attempt;
pub mod audience;
pub mod audit;
mod backup;
pub mod connection;
pub mod diagnostics;
pub mod due;
pub mod emptying;
pub mod export;
mod folder;
pub mod forecast;
pub mod forgotten;
pub mod history;
pub mod key_state;
pub mod lease;
pub mod list;
pub mod meta;
mod migrate;
pub mod notice;
mod open;
pub mod opt_outs;
pub mod overview;
pub mod person;
pub mod receipt;
pub mod refusal;
pub mod retention;
pub mod run;
pub mod run_facts;
pub mod run_list;
pub mod run_page;
pub mod sample;
pub mod schedule;
pub mod search;
pub mod segment;
pub mod segment_count;
pub mod segment_page;
pub mod segment_size;
pub mod stamp;
mod take_back;
mod writer;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
pub(crate) use rusqlite::Connection;
pub use rusqlite::Transaction;
use rusqlite::{ErrorCode, Row};
use serde::{Serialize, de::DeserializeOwned};
pub use take_back::take_back;
use tokio::sync::Semaphore;

use crate::clock::Clock;
use crate::error::{Code, Error, Result};

pub(crate) use open::exists;
use open::{Place, Role};
use writer::Writer;

/// The database of a data folder. Clones share it; the last one to go closes it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

/// Dropped in this order: readers, the writer (which tidies the journal away), the folder's lock.
struct Inner {
    readers: Readers,
    writer: Writer,
    place: Place,
    clock: Arc<dyn Clock>,
}

impl Store {
    /// Opens the database in this folder; makes the folder and the database where they are missing,
    /// and brings an older database up to date after a backup. A file that is not ours, is newer or
    /// cannot be trusted is refused and left as it is.
    ///
    /// # Errors
    /// `DataFolder` where the folder cannot be used, `Database` where the file is refused.
    pub fn open(dir: &Path, clock: Arc<dyn Clock>) -> Result<Self> {
        let place = Place::prepare(dir, clock.as_ref())?;
        let file = place.file.clone();
        let writer = Writer::start(move || open::connect(&file, Role::Writer))?;
        let readers = Readers::new();
        Ok(Self { inner: Arc::new(Inner { readers, writer, place, clock }) })
    }

    /// Opens the database in this folder if there is one, and makes nothing if there is none.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_existing(dir: &Path, clock: Arc<dyn Clock>) -> Result<Option<Self>> {
        if open::exists(dir) { Self::open(dir, clock).map(Some) } else { Ok(None) }
    }

    /// The data folder, without links.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.inner.place.dir
    }

    /// The clock that the store was opened with.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.inner.clock
    }

    /// Runs a job in the next commit and returns once that commit is on the disk. Jobs run in the
    /// order they are queued; a job that fails is undone alone. A job that is queued runs even when
    /// its caller no longer waits.
    ///
    /// # Errors
    /// The job's own, or that of the commit; either way nothing of the job is stored.
    pub async fn write<T, F>(&self, job: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = tokio::sync::oneshot::channel();
        self.inner.writer.queue(job, move |result| {
            reply.send(result).ok();
        })?;
        answer.await.map_err(|_| writer::gone())?
    }

    /// The same for callers outside the async runtime: waits on this thread.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn write_blocking<T, F>(&self, job: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = std::sync::mpsc::sync_channel(1);
        self.inner.writer.queue(job, move |result| {
            reply.send(result).ok();
        })?;
        answer.recv().map_err(|_| writer::gone())?
    }

    /// Runs a read off the async threads, on one consistent state of the database.
    ///
    /// # Errors
    /// The read's own, or that of the database.
    pub async fn read<T, F>(&self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let permit =
            Arc::clone(&self.inner.readers.permits).acquire_owned().await.map_err(Error::internal)?;
        let store = self.clone();
        let task = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            store.read_blocking(|conn| {
                let snapshot = conn.unchecked_transaction()?;
                read(&snapshot)
            })
        });
        task.await.map_err(|_| Error::internal("a read of the database stopped half way"))?
    }

    /// Runs a read on this thread, for streams of rows. Each statement sees the state of its own
    /// beginning; a statement that is kept open for long keeps the journal from shrinking.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_blocking<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let conn = self.inner.readers.take(&self.inner.place)?;
        let result = read(&conn);
        let sound = !matches!(&result, Err(error) if error.code == Code::Database);
        if sound && conn.is_autocommit() {
            self.inner.readers.give_back(conn);
        }
        result
    }

    /// Rewrites the database so that nothing erased is left in it, and drops the backups, which hold it
    /// still: all of them, or those made before `backups`.
    ///
    /// # Errors
    /// `Database` where another process reads or writes just now.
    pub async fn compact(&self, backups: Option<Timestamp>) -> Result<()> {
        let place = (self.inner.place.dir.clone(), self.inner.place.file.clone());
        let task = tokio::task::spawn_blocking(move || {
            let (dir, file) = place;
            let conn = open::connect(&file, Role::Writer)?;
            conn.execute_batch("VACUUM")?;
            open::checkpoint(&conn)?;
            backup::drop_before(&dir, backups)
        });
        task.await.map_err(|_| Error::internal("the database was not rewritten"))?
    }

    /// Changes whenever another process has committed; asked of the connection that writes, so that what
    /// this process writes does not count.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn others_version(&self) -> Result<i64> {
        self.write(|tx| Ok(tx.pragma_query_value(None, "data_version", |row| row.get(0))?)).await
    }

    /// Commits since the store was opened, for diagnostics and tests.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.inner.writer.commits()
    }

    /// Whether the file that was opened is still the one in the folder; asked before a run begins.
    ///
    /// # Errors
    /// `Database` where it was deleted, moved or replaced.
    pub fn check_in_place(&self) -> Result<()> {
        self.inner.place.check_in_place()
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("dir", &self.inner.place.dir).finish_non_exhaustive()
    }
}

/// Connections that read, opened when they are first needed.
struct Readers {
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    /// Reads at once, and connections kept between reads.
    const MOST: usize = 3;

    fn new() -> Self {
        Self {
            idle: Mutex::new(Vec::with_capacity(Self::MOST)),
            permits: Arc::new(Semaphore::new(Self::MOST)),
        }
    }

    fn take(&self, place: &Place) -> Result<Connection> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| open::connect(&place.file, Role::Reader), Ok)
    }

    fn give_back(&self, conn: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < Self::MOST {
            idle.push(conn);
        }
    }
}

/// Every error of `SQLite` as a sentence for people. No value of a row is ever in it.
impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use ErrorCode as E;
        match error.sqlite_error_code() {
            Some(E::DiskFull) => Self::new(
                Code::DataFolder,
                "The disk with the data folder is full; nothing was stored and nothing more was sent.",
            )
            .help("Free some space, then run the export again: it goes on from here.")
            .retryable(),
            Some(E::DatabaseBusy | E::DatabaseLocked | E::FileLockingProtocolFailed) => Self::new(
                Code::Database,
                "The database is in use by another program; nothing was stored.",
            )
            .help("Close the other program, or wait a moment and try again.")
            .retryable(),
            Some(E::DatabaseCorrupt) => damaged(),
            Some(E::NotADatabase) => Self::new(Code::Database, "The file segue.db is not a database; it was left as it is.")
                .help("Move it away, or put a copy from the folder `backups` in its place."),
            Some(E::ReadOnly | E::PermissionDenied) => {
                Self::new(Code::DataFolder, "The data folder cannot be written to; nothing was stored.")
                    .help("Give your user the right to write to it, or choose another with --data-dir.")
            }
            Some(E::SystemIoFailure) => Self::new(
                Code::DataFolder,
                "The disk with the data folder reported a fault; nothing was stored and nothing more was sent.",
            )
            .help("Check the disk, then run the export again: it goes on from here.")
            .retryable(),
            Some(E::CannotOpen) => Self::new(Code::DataFolder, "The database in the data folder cannot be opened.")
                .help("Check that the data folder is there and that your user may write to it."),
            _ => match error {
                rusqlite::Error::SqliteFailure(cause, Some(text)) => {
                    Self::internal(format!("the database refused a statement ({}: {text})", cause.extended_code))
                }
                rusqlite::Error::QueryReturnedNoRows => Self::internal("a row of the database is missing"),
                rusqlite::Error::FromSqlConversionFailure(column, ..)
                | rusqlite::Error::InvalidColumnType(column, ..)
                | rusqlite::Error::IntegralValueOutOfRange(column, ..) => {
                    unreadable(format!("column {column}"))
                }
                _ => Self::internal("a statement does not fit the database"),
            },
        }
    }
}

/// The error for a database whose pages do not hold together.
fn damaged() -> Error {
    Error::new(Code::Database, "The database is damaged; nothing was changed and nothing more was sent.")
        .help("Move segue.db away and put the newest copy from the folder `backups` in its place.")
}

/// The error for a value in the database that is not what it should be.
fn unreadable(what: impl std::fmt::Display) -> Error {
    Error::new(
        Code::Database,
        format!("The database holds something that this version cannot read ({what})."),
    )
    .help("If the database was edited by hand, put a copy from the folder `backups` in its place.")
}

/// A value as the JSON that stands in a column.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| Error::internal("a value has no JSON"))
}

/// A value from the JSON in a column; `what` names it in the error.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str, what: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| unreadable(what))
}

/// An enum without contents as its word.
pub(crate) fn to_word<T: Serialize>(value: T) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(Error::internal("a value has no word")),
    }
}

/// An enum without contents from its word; `what` names it in the error.
pub(crate) fn from_word<T: DeserializeOwned>(word: String, what: &str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|_| unreadable(what))
}

/// A moment from its text.
pub(crate) fn moment(text: &str) -> Result<Timestamp> {
    text.parse().map_err(|_| unreadable("a time"))
}

/// An identity from its text: `found` is what its `parse` returned.
pub(crate) fn identity<T>(found: Option<T>) -> Result<T> {
    found.ok_or_else(|| unreadable("an id"))
}

/// A number as `SQLite` stores it.
pub(crate) fn to_stored(number: u64) -> Result<i64> {
    i64::try_from(number).map_err(|_| Error::internal("a number is too large to store"))
}

/// A number that is never negative, from where `SQLite` stored it.
pub(crate) fn from_stored(number: i64) -> Result<u64> {
    u64::try_from(number).map_err(|_| unreadable("a number"))
}

/// All objects of a query. One that cannot be read (edited by hand, say) is left out and logged by
/// its place, so that the others still work; asked for by name, it gives the error.
pub(crate) fn readable<T>(
    conn: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
    kind: &str,
    from_row: fn(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut objects = Vec::new();
    let mut place = 0_u64;
    while let Some(row) = rows.next()? {
        place += 1;
        match from_row(row) {
            Ok(object) => objects.push(object),
            Err(error) => {
                tracing::warn!(kind, place, %error, "an object of the database was left out")
            }
        }
    }
    Ok(objects)
}

/// The error for removing what is in use; `None` if nobody uses it.
fn in_use(kind: &str, name: &str, users: &[String]) -> Option<Error> {
    let (last, others) = users.split_last()?;
    let list = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
    Some(
        Error::new(Code::InUse, format!("The {kind} “{name}” is used by {list}; nothing was removed."))
            .help("Remove or change those first."),
    )
}
