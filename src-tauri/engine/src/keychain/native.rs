//! The one place that names the key store of each operating system. Only the first is compiled on
//! Linux; keep the others to a line.

use std::sync::Arc;

use keyring_core::{CredentialStore, Result};

/// The Secret Service of the desktop, over the session bus.
#[cfg(target_os = "linux")]
pub(super) fn connect() -> Result<Arc<CredentialStore>> {
    let store = zbus_secret_service_keyring_store::Store::new()?;
    Ok(store)
}

/// The user's keychain.
#[cfg(target_os = "macos")]
pub(super) fn connect() -> Result<Arc<CredentialStore>> {
    let store = apple_native_keyring_store::keychain::Store::new()?;
    Ok(store)
}

/// The Credential Manager.
#[cfg(windows)]
pub(super) fn connect() -> Result<Arc<CredentialStore>> {
    let store = windows_native_keyring_store::Store::new()?;
    Ok(store)
}

/// A system whose key store is not known.
#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
pub(super) fn connect() -> Result<Arc<CredentialStore>> {
    Err(keyring_core::Error::NoDefaultStore)
}

/// What this system calls the thing that is missing.
pub(super) const NAME: &str = if cfg!(target_os = "macos") {
    "keychain of macOS"
} else if cfg!(windows) {
    "Credential Manager of Windows"
} else {
    "Secret Service of the desktop session"
};
