//! What a command runs in: the data folder, the engine over it, the printer, and the stop signal.

use std::env;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use directories::BaseDirs;
use segue_audience::{FileAudiences, Settings};
use segue_bridge::PracticeKeys;
use segue_engine::Engine;
use segue_engine::clock::{Clock, SystemClock};
use segue_engine::error::{Code, Error, Result};
use segue_engine::keychain::Keychain;
use tokio_util::sync::CancellationToken;
use tracing_appender::non_blocking::WorkerGuard;

use crate::practice::PracticeFolder;
use crate::print::Printer;
use crate::{keys, log};

/// The surroundings of one command.
pub(crate) struct Host {
    /// Where its words go.
    pub(crate) print: Printer,
    /// Tripped by Ctrl-C.
    pub(crate) stop: CancellationToken,
    data_dir: Option<PathBuf>,
    /// The data folder, if this command is the first to use it.
    made: OnceLock<PathBuf>,
}

impl Host {
    /// Surroundings with the data folder of `--data-dir`, if it was given.
    pub(crate) fn new(print: Printer, stop: CancellationToken, data_dir: Option<PathBuf>) -> Self {
        Self { print, stop, data_dir, made: OnceLock::new() }
    }

    /// The data folder: `--data-dir`, `SEGUE_DATA_DIR`, or the platform's place.
    pub(crate) fn data_dir(&self) -> Result<PathBuf> {
        let named = self
            .data_dir
            .clone()
            .or_else(|| env::var_os("SEGUE_DATA_DIR").map(PathBuf::from))
            .filter(|path| !path.as_os_str().is_empty());
        let path = match named {
            Some(path) => path,
            None => BaseDirs::new().map(|dirs| dirs.data_local_dir().join("segue")).ok_or_else(no_home)?,
        };
        std::path::absolute(&path).map_err(|error| {
            Error::new(
                Code::DataFolder,
                format!("The data folder {} cannot be used: {error}.", path.display()),
            )
        })
    }

    /// The engine over the data folder, with the key store that the environment names.
    pub(crate) fn engine(&self) -> Result<Engine> {
        let data_dir = self.data_dir()?;
        // The sample brings its own key, so that it works without a place for keys.
        let practice = Arc::new(PracticeFolder::new(&data_dir));
        let keychain = Arc::new(PracticeKeys::new(keys::store(&data_dir)?, practice));
        if !Engine::exists(&data_dir) {
            self.made.set(data_dir.clone()).ok();
        }
        self.engine_with(&data_dir, keychain)
    }

    /// After a command that failed: a data folder that it made is gone again.
    pub(crate) fn take_back(&self) {
        if let Some(data_dir) = self.made.get()
            && let Err(error) = Engine::take_back(data_dir)
        {
            tracing::warn!(%error, "The data folder of a failed command was left.");
        }
    }

    /// The engine over another folder and key store: what the demo needs.
    pub(crate) fn engine_with(
        &self,
        data_dir: &std::path::Path,
        keychain: Arc<dyn Keychain>,
    ) -> Result<Engine> {
        let audiences = FileAudiences::new(Settings::default())?;
        let engine = Engine::open(data_dir, Arc::new(audiences), keychain, clock())?;
        Ok(engine.acting_as(keys::user()))
    }

    /// Begins the log of a command that talks to an account. The engine is opened first, so that a
    /// refused command leaves no folder behind.
    pub(crate) fn log(&self) -> Option<WorkerGuard> {
        self.data_dir().ok().filter(|folder| folder.is_dir()).and_then(|folder| log::open(&folder))
    }

    /// Waits for something that may be dropped half-way; Ctrl-C drops it.
    pub(crate) async fn unless_stopped<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        tokio::select! {
            done = work => done,
            () = self.stop.cancelled() => Err(Error::new(Code::Canceled, "Stopped before it was finished; nobody was sent anywhere.")),
        }
    }
}

/// How often the window's engine looks what is due: as the product has it, and every second under the clock of
/// a test.
pub(crate) fn look_every() -> Option<std::time::Duration> {
    #[cfg(feature = "test-hooks")]
    if crate::test_clock::TestClock::from_environment().is_some() {
        return Some(std::time::Duration::from_secs(1));
    }
    None
}

/// The machine's clock; in a build for tests the one that they set.
fn clock() -> Arc<dyn Clock> {
    #[cfg(feature = "test-hooks")]
    if let Some(clock) = crate::test_clock::TestClock::from_environment() {
        return Arc::new(clock);
    }
    Arc::new(SystemClock)
}

fn no_home() -> Error {
    Error::new(Code::DataFolder, "There is no home folder to keep Segue's data in.")
        .help("Name a folder with --data-dir DIR or SEGUE_DATA_DIR.")
}
