//! Where API keys rest: in the key store of the operating system, in an encrypted file, in memory
//! (demo, tests), or nowhere. The database only ever sees a keyed fingerprint of a key.
//!
//! The host chooses a place; none of them falls back to another by itself.

mod file;
mod memory;
mod missing;
mod native;
mod system;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use secrecy::{ExposeSecret as _, SecretString};

use crate::error::Result;

pub use file::AgeFile;
pub use memory::Memory;
pub use missing::Missing;
pub use system::System;

/// A place for API keys, by the id of their connection.
pub trait Keychain: Send + Sync {
    /// The key of this connection, if there is one.
    ///
    /// # Errors
    /// `NoKeyStore` where the place is missing or cannot be opened.
    fn get(&self, account: &str) -> Result<Option<SecretString>>;
    /// Keeps the key of this connection in place of an older one.
    ///
    /// # Errors
    /// As [`Keychain::get`].
    fn set(&self, account: &str, key: &SecretString) -> Result<()>;
    /// Forgets the key of this connection, if there is one.
    ///
    /// # Errors
    /// As [`Keychain::get`].
    fn delete(&self, account: &str) -> Result<()>;
    /// What the place is, for diagnostics: `memory`, `file`, `system` or `missing`.
    fn kind(&self) -> &'static str;
}

/// Tells whether two keys are the same without storing either: a hash keyed by this installation.
#[must_use]
pub fn fingerprint(install_key: &[u8; 32], key: &SecretString) -> String {
    let mut hasher = blake3::Hasher::new_keyed(install_key);
    hasher.update(b"segue api key v1\0").update(key.expose_secret().as_bytes());
    hasher.finalize().to_hex().to_string()
}

/// Keys by the id of their connection.
type Keys = BTreeMap<String, SecretString>;

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
