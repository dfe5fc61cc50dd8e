//! A kept account: in a folder, and served on this computer by one process at a time. When that one ends,
//! the next takes over.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::log::Log;
use crate::sandbox::random_key;
use crate::{AccountView, Error, OrttoView, Sandbox, Settings};

const ACCOUNT: &str = "account.json";
const LOG: &str = "account.log";
const LOCK: &str = "account.lock";

/// How often is looked whether the other process has ended.
const LOOK: Duration = Duration::from_millis(100);
/// How long another process may take from its lock to its port.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where a kept account is reached, and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAccount {
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
    /// The key that clients must send.
    pub key: String,
}

/// What stands in the folder beside the log.
#[derive(Debug, Serialize, Deserialize)]
struct Identity {
    port: u16,
    key: String,
}

/// An account in a folder. Clones are the same.
#[derive(Debug, Clone)]
pub struct Kept {
    folder: PathBuf,
    latency: Duration,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Idle,
    /// This process serves it, as long as it holds the lock.
    Serving { sandbox: Sandbox, _lock: File },
    /// Another one does; the task waits for its end.
    Waiting { account: KeptAccount, task: JoinHandle<()> },
}

impl Kept {
    /// The account in this folder, which need not be there yet. Each request takes so long.
    #[must_use]
    pub fn new(folder: PathBuf, latency: Duration) -> Self {
        Self { folder, latency, state: Arc::default() }
    }

    /// Serves the account, unless another process does, and says where. On the port of last time, if that
    /// is free.
    ///
    /// # Errors
    /// Where the folder cannot be used, what was kept is damaged, or no port can be had.
    pub async fn start(&self) -> Result<KeptAccount, Error> {
        let mut state = self.state.lock().await;
        match &*state {
            State::Serving { sandbox, .. } => return Ok(reached(sandbox)),
            State::Waiting { account, .. } => return Ok(account.clone()),
            State::Idle => {}
        }
        make_folder(&self.folder)?;
        for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
            if let Some(lock) = self.lock()? {
                let sandbox = self.serve(false).await?;
                let account = reached(&sandbox);
                *state = State::Serving { sandbox, _lock: lock };
                return Ok(account);
            }
            if let Some(Identity { port, key }) = self.identity()? {
                let account = KeptAccount { origin: format!("http://127.0.0.1:{port}"), key };
                let task = tokio::spawn(self.clone().take_over());
                *state = State::Waiting { account: account.clone(), task };
                return Ok(account);
            }
            // The other process has not got as far as to say where.
            sleep(LOOK).await;
        }
        Err(std::io::Error::from(std::io::ErrorKind::TimedOut).into())
    }

    /// Its key, if the account was ever started; served or not.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        self.identity().ok().flatten().map(|identity| identity.key)
    }

    /// What the classic account holds, where this process serves it.
    pub async fn account(&self) -> Option<AccountView> {
        match &*self.state.lock().await {
            State::Serving { sandbox, .. } => Some(sandbox.account()),
            State::Idle | State::Waiting { .. } => None,
        }
    }

    /// What the Ortto account holds, where this process serves it.
    pub async fn ortto(&self) -> Option<OrttoView> {
        match &*self.state.lock().await {
            State::Serving { sandbox, .. } => Some(sandbox.ortto()),
            State::Idle | State::Waiting { .. } => None,
        }
    }

    /// Serves it no more; what was kept stays.
    pub async fn stop(&self) {
        match std::mem::take(&mut *self.state.lock().await) {
            State::Serving { sandbox, .. } => sandbox.stop().await,
            State::Waiting { task, .. } => task.abort(),
            State::Idle => {}
        }
    }

    /// Ends the account and removes its folder with everything in it.
    ///
    /// # Errors
    /// Where the folder cannot be removed.
    pub async fn remove(&self) -> Result<(), Error> {
        self.stop().await;
        match std::fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Waits for the end of the other process, then serves where it did: clients know that place.
    async fn take_over(self) {
        loop {
            sleep(LOOK).await;
            let Ok(Some(lock)) = self.lock() else { continue };
            let mut state = self.state.lock().await;
            // The port may be taken for a moment longer.
            if let Ok(sandbox) = self.serve(true).await {
                *state = State::Serving { sandbox, _lock: lock };
                return;
            }
        }
    }

    /// Starts the server with what was kept. `same_port`: on that of last time, or not at all.
    async fn serve(&self, same_port: bool) -> Result<Sandbox, Error> {
        let known = self.identity()?;
        let (port, key) = known.map_or_else(|| (0, random_key()), |known| (known.port, known.key));
        let start = async |port| {
            let kept = Log::open(&self.folder.join(LOG))?;
            let key = Some(key.clone());
            Sandbox::start_with(
                Settings { port, key, latency: self.latency, ..Settings::default() },
                Some(kept),
            )
            .await
        };
        let sandbox = match start(port).await {
            Err(Error::Listen { .. }) if !same_port && port != 0 => start(0).await?,
            started => started?,
        };
        let port = sandbox.origin().rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or_default();
        self.keep(&Identity { port, key })?;
        Ok(sandbox)
    }

    /// The lock of the folder, unless another process has it.
    fn lock(&self) -> Result<Option<File>, Error> {
        let file = private().truncate(false).open(self.folder.join(LOCK))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    fn identity(&self) -> Result<Option<Identity>, Error> {
        match std::fs::read(self.folder.join(ACCOUNT)) {
            // It is replaced as a whole; another form is none of ours.
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whoever reads it sees the old one or the new one.
    fn keep(&self, identity: &Identity) -> Result<(), Error> {
        let (file, new) = (self.folder.join(ACCOUNT), self.folder.join("account.json.new"));
        let bytes = serde_json::to_vec(identity).map_err(std::io::Error::from)?;
        let mut out = private().truncate(true).open(&new)?;
        out.write_all(&bytes)?;
        out.sync_all()?;
        drop(out);
        Ok(std::fs::rename(new, file)?)
    }
}

fn reached(sandbox: &Sandbox) -> KeptAccount {
    KeptAccount { origin: sandbox.origin().to_owned(), key: sandbox.key().to_owned() }
}

/// Files that only their owner can read: the key is in one of them.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
