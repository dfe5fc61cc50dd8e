//! Practice: the made-up account of the sample, which the host serves on this computer, and its key, which
//! rests with it and not in the key store of the system.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use segue_engine::error::Result;
use segue_engine::keychain::Keychain;
use segue_engine::model::ConnectionId;

/// Where the practice account is reached.
#[derive(Debug, Clone)]
pub struct PracticeAccount {
    /// Scheme, host and port, on this computer.
    pub origin: String,
    /// Its key.
    pub key: SecretString,
    /// The connection that is to have this key, whether it is stored yet or not.
    pub connection: ConnectionId,
}

/// Made-up customers in a file.
#[derive(Debug, Clone)]
pub struct Customers {
    /// A CSV file with the columns `CustomerId`, `FirstName`, `LastName`, `Email`, `Phone`, `City`, `Orders`,
    /// `Spent` and `Unsubscribed`.
    pub file: PathBuf,
    /// Names and conditions of segments that some of them are in.
    pub segments: Vec<(String, String)>,
}

/// The practice account and the made-up customers, as the host has them in its data folder.
#[async_trait]
pub trait Practice: Send + Sync {
    /// Writes the made-up customers anew.
    ///
    /// # Errors
    /// `data_folder` where it cannot be written.
    async fn customers(&self) -> Result<Customers>;

    /// Serves the account, unless it is served already, by this process or another.
    ///
    /// # Errors
    /// `data_folder` where what was kept of it cannot be used, `internal` where no port can be had.
    async fn start(&self) -> Result<PracticeAccount>;

    /// Ends the account and removes everything of it and of the customers.
    ///
    /// # Errors
    /// `data_folder` where it cannot be removed.
    async fn remove(&self) -> Result<()>;

    /// The key of this connection, if it is the one to the practice account. Asked at any time.
    fn key_of(&self, connection: &str) -> Option<SecretString>;
}

/// A keychain that takes the key of the practice account from the account itself, so that the sample works
/// where there is no place for keys.
pub struct PracticeKeys {
    others: Arc<dyn Keychain>,
    practice: Arc<dyn Practice>,
}

impl PracticeKeys {
    /// Every other key rests in `others`.
    #[must_use]
    pub fn new(others: Arc<dyn Keychain>, practice: Arc<dyn Practice>) -> Self {
        Self { others, practice }
    }
}

impl Keychain for PracticeKeys {
    fn get(&self, account: &str) -> Result<Option<SecretString>> {
        match self.practice.key_of(account) {
            Some(key) => Ok(Some(key)),
            None => self.others.get(account),
        }
    }

    fn set(&self, account: &str, key: &SecretString) -> Result<()> {
        // The account takes no other key than its own, so that only that one gets as far as this.
        if self.practice.key_of(account).is_some() { Ok(()) } else { self.others.set(account, key) }
    }

    fn delete(&self, account: &str) -> Result<()> {
        if self.practice.key_of(account).is_some() { Ok(()) } else { self.others.delete(account) }
    }

    fn kind(&self) -> &'static str {
        self.others.kind()
    }
}
