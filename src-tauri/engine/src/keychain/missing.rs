//! No place for keys: what to do about it.

use secrecy::SecretString;

use super::Keychain;
use crate::error::{Code, Error, Result};

/// The way to a place that every computer has.
pub(super) const FILE: &str = "SEGUE_KEYCHAIN=file keeps API keys in an encrypted file in the data folder, under a \
                               passphrase of your own in SEGUE_PASSPHRASE, the same each time.";

/// No place at all: every call says how to get one.
#[derive(Debug, Default, Clone, Copy)]
pub struct Missing;

impl Missing {
    fn error() -> Error {
        Error::new(
            Code::NoKeyStore,
            "There is no passphrase for the file of API keys; nothing was stored and nothing was sent.",
        )
        .help(FILE)
    }
}

impl Keychain for Missing {
    fn get(&self, _account: &str) -> Result<Option<SecretString>> {
        Err(Self::error())
    }

    fn set(&self, _account: &str, _key: &SecretString) -> Result<()> {
        Err(Self::error())
    }

    fn delete(&self, _account: &str) -> Result<()> {
        Err(Self::error())
    }

    fn kind(&self) -> &'static str {
        "missing"
    }
}
