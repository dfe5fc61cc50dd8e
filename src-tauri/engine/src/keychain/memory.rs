//! Keys in memory: the demo and tests.

use std::sync::Mutex;

use secrecy::SecretString;

use super::{Keychain, Keys, held};
use crate::error::Result;

/// Keys for the life of the process.
#[derive(Default)]
pub struct Memory {
    keys: Mutex<Keys>,
}

impl Keychain for Memory {
    fn get(&self, account: &str) -> Result<Option<SecretString>> {
        Ok(held(&self.keys).get(account).cloned())
    }

    fn set(&self, account: &str, key: &SecretString) -> Result<()> {
        held(&self.keys).insert(account.to_owned(), key.clone());
        Ok(())
    }

    fn delete(&self, account: &str) -> Result<()> {
        held(&self.keys).remove(account);
        Ok(())
    }

    fn kind(&self) -> &'static str {
        "memory"
    }
}
