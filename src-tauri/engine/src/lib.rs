//! Segue's engine: exports segments of unified customer profiles to an account, with a receipt for
//! every person. All behaviour is here; the window and the command line are thin hosts of it.
//!
//! ```text
//! audience → select → match → unique → compare → batch → deliver → receipts → run history
//! ```
//!
//! Deliberately absent: a window, printing, a query language, and any clock, socket or keychain
//! that a host did not choose.

pub mod clock;
pub mod destination;
pub mod download;
pub mod error;
pub mod keychain;
pub mod model;
pub mod notify;
mod operations;
pub mod run;
pub mod schedule;
pub mod source;
pub mod stage;
pub mod store;
pub mod suggest;

use std::path::Path;
use std::sync::Arc;

pub use operations::{
    AccountFound, AccountList, Change, ConnectionSettings, Diagnostics, Dropped, Ended, ExportSettings,
    FixList, FixRow, Forgotten, Imported, KeptPreview, Members, NewConnection, NewExport, NewNotices,
    NewSample, Objects, Preview, PreviewGroup, PreviewList, PreviewPerson, PreviewQuery, PreviewedPerson,
    Retention, RuleCount, RunDue, SampleExport, ScheduleChange, ScheduleState, Shape, WholeExport,
};

use clock::Clock;
use error::Result;
use keychain::Keychain;
use source::Audiences;
use store::Store;

/// The engine over one data folder. Cheap to clone; every clone is the same engine.
#[derive(Clone)]
pub struct Engine {
    store: Store,
    audiences: Arc<dyn Audiences>,
    keychain: Arc<dyn Keychain>,
    clock: Arc<dyn Clock>,
    actor: String,
}

impl Engine {
    /// The time of day by the engine's clock.
    #[must_use]
    pub fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// Opens the data folder, making it if there is none.
    ///
    /// # Errors
    /// `data_folder` where it cannot be used, `database` where it is from a newer Segue, foreign or
    /// damaged; nothing is changed then.
    pub fn open(
        data_dir: &Path,
        audiences: Arc<dyn Audiences>,
        keychain: Arc<dyn Keychain>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self> {
        let store = Store::open(data_dir, Arc::clone(&clock))?;
        Ok(Self { store, audiences, keychain, clock, actor: String::new() })
    }

    /// The same engine for this account of the operating system, for example `anna on LAPTOP-7`: the
    /// audit log names it.
    #[must_use]
    pub fn acting_as(self, actor: impl Into<String>) -> Self {
        Self { actor: actor.into(), ..self }
    }

    /// Whether there is a data folder here with a database in it.
    #[must_use]
    pub fn exists(data_dir: &Path) -> bool {
        store::exists(data_dir)
    }

    /// Takes a data folder back that a failed command has just made: only where nothing was ever stored
    /// in it and nobody has it open. Whether it did.
    ///
    /// # Errors
    /// Those of the disk and of the database.
    pub fn take_back(data_dir: &Path) -> Result<bool> {
        store::take_back(data_dir)
    }
}
