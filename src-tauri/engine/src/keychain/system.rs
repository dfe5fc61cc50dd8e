//! Keys in the key store of the operating system.
//!
//! The store is tried before it is trusted: a locked one says “no entry” to a reader, so that only
//! writing tells. Every call goes to a thread of its own and is waited for no longer than the
//! patience: a store may show a window that nobody sees, and its client blocks, which a worker of
//! the async runtime must not.

use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use keyring_core::{CredentialStore, Entry, Error as StoreError};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

use super::missing::FILE;
use super::{Keychain, held, native};
use crate::error::{Code, Error, Result};

/// What all entries of Segue are filed under; the user of an entry is the id of the connection.
const SERVICE: &str = "segue";

/// How long a store may take, a person at its prompt included.
const PATIENCE: Duration = Duration::from_secs(30);

/// The key store of this computer. Nothing is asked of it until a key is.
pub struct System {
    patience: Duration,
    /// The store, once it was seen to keep what it is given.
    tried: Mutex<Option<Arc<CredentialStore>>>,
}

/// Why the store cannot be used now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// There is none, or none that can be reached.
    Absent,
    /// It is there and does not open.
    Locked,
    /// It does not answer.
    Silent,
    /// It answers, and does not give back what it was given.
    Broken,
}

impl Default for System {
    fn default() -> Self {
        Self::new(PATIENCE)
    }
}

impl System {
    /// The key store of this computer, which has this long to answer a call.
    #[must_use]
    pub fn new(patience: Duration) -> Self {
        Self { patience, tried: Mutex::new(None) }
    }

    /// The store, tried once in the life of the process.
    fn store(&self) -> Result<Arc<CredentialStore>> {
        let mut tried = held(&self.tried);
        if let Some(store) = tried.as_ref() {
            return Ok(Arc::clone(store));
        }
        let name = format!("probe-{:032x}", rand::random::<u128>());
        let store = self.aside(move || probe(&name))?;
        *tried = Some(Arc::clone(&store));
        Ok(store)
    }

    /// Makes one call on the entry of this connection.
    fn on<T: Send + 'static>(
        &self,
        account: &str,
        call: impl FnOnce(&Entry) -> std::result::Result<T, StoreError> + Send + 'static,
    ) -> Result<T> {
        let store = self.store()?;
        let account = account.to_owned();
        self.aside(move || {
            let entry = Entry::new_in_store(&store, SERVICE, &account).map_err(|error| fault(&error))?;
            call(&entry).map_err(|error| fault(&error))
        })
    }

    /// Does a thing on a thread of its own. One that takes too long is left to itself: it holds
    /// nothing that anybody waits for, and ends with the process.
    fn aside<T: Send + 'static>(
        &self,
        deed: impl FnOnce() -> std::result::Result<T, Fault> + Send + 'static,
    ) -> Result<T> {
        let (done, told) = mpsc::sync_channel(1);
        thread::Builder::new()
            .name("segue-keys".to_owned())
            .spawn(move || done.send(deed()).ok())
            .map_err(|_| Fault::Absent.error())?;
        match told.recv_timeout(self.patience) {
            Ok(outcome) => outcome.map_err(Fault::error),
            Err(mpsc::RecvTimeoutError::Timeout) => Err(Fault::Silent.error()),
            // The client of the store has given up in its own way.
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(Fault::Broken.error()),
        }
    }
}

impl Keychain for System {
    fn get(&self, account: &str) -> Result<Option<SecretString>> {
        self.on(account, |entry| match entry.get_secret().map(Zeroizing::new) {
            Ok(bytes) => match std::str::from_utf8(&bytes) {
                Ok(text) => Ok(Some(SecretString::from(text))),
                Err(_) => Err(StoreError::BadStoreFormat("not text".to_owned())),
            },
            Err(StoreError::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    fn set(&self, account: &str, key: &SecretString) -> Result<()> {
        let key = key.clone();
        self.on(account, move |entry| entry.set_secret(key.expose_secret().as_bytes()))
    }

    fn delete(&self, account: &str) -> Result<()> {
        self.on(account, |entry| match entry.delete_credential() {
            Err(StoreError::NoEntry) => Ok(()),
            outcome => outcome,
        })
    }

    fn kind(&self) -> &'static str {
        "system"
    }
}

/// Writes an entry that nobody has, reads it and deletes it.
fn probe(name: &str) -> std::result::Result<Arc<CredentialStore>, Fault> {
    const WORD: &[u8] = b"segue was here";
    let store = native::connect().map_err(|error| match error {
        StoreError::NoStorageAccess(_) => Fault::Locked,
        _ => Fault::Absent,
    })?;
    let fault = |error: StoreError| fault(&error);
    let entry = Entry::new_in_store(&store, SERVICE, name).map_err(fault)?;
    entry.set_secret(WORD).map_err(fault)?;
    let read = entry.get_secret().map_err(fault);
    // Deleted whatever was read, so that nothing is left behind.
    entry.delete_credential().map_err(fault)?;
    if read? == WORD { Ok(store) } else { Err(Fault::Broken) }
}

/// What an error of the store means to us. Its words are not ours to vouch for and are dropped.
fn fault(error: &StoreError) -> Fault {
    match error {
        StoreError::NoStorageAccess(_) => Fault::Locked,
        StoreError::NoDefaultStore => Fault::Absent,
        _ => Fault::Broken,
    }
}

impl Fault {
    fn error(self) -> Error {
        let name = native::NAME;
        let unlock = "Sign in to the desktop session, or unlock its keyring (or make one, if there is none yet), \
                      then run the command again.";
        let (message, help) = match self {
            Self::Absent => (
                format!(
                    "The {name} cannot be reached, so there is no place for the API key; nothing was stored and nothing was sent."
                ),
                FILE.to_owned(),
            ),
            Self::Locked => {
                (format!("The {name} is locked; nothing was stored and nothing was sent."), unlock.to_owned())
            }
            Self::Silent => (
                format!(
                    "The {name} did not answer in time, perhaps because it waits for its password; nothing was sent."
                ),
                unlock.to_owned(),
            ),
            Self::Broken => (
                format!("The {name} does not keep API keys or give them back; nothing was sent."),
                format!("{unlock} {FILE}"),
            ),
        };
        let error = Error::new(Code::NoKeyStore, message).help(help);
        if matches!(self, Self::Locked | Self::Silent) { error.retryable() } else { error }
    }
}
