//! The practice account of the sample: made-up customers and an account for them, in the data folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use segue_bridge::{Practice, PracticeAccount};
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::ConnectionId;
use segue_sandbox::Kept;

use crate::demo::sample::Sample;

/// Made-up customers.
const CUSTOMERS: u32 = 10_000;
/// What each request takes, so that a run can be watched: a hundred people go in one.
const LATENCY: Duration = Duration::from_millis(40);

/// The file with the id of the connection that has the account's key.
const CONNECTION: &str = "connection";

/// The practice account of one data folder.
pub(crate) struct PracticeFolder {
    folder: PathBuf,
    kept: Kept,
}

impl PracticeFolder {
    /// That of this data folder; nothing is made yet.
    pub(crate) fn new(data_dir: &Path) -> Self {
        let folder = data_dir.join("sample");
        Self { kept: Kept::new(folder.clone(), LATENCY), folder }
    }

    fn connection(&self) -> Option<ConnectionId> {
        ConnectionId::parse(fs::read_to_string(self.folder.join(CONNECTION)).ok()?.trim())
    }
}

#[async_trait]
impl Practice for PracticeFolder {
    async fn customers(&self) -> Result<PathBuf> {
        let file = self.folder.join("customers.csv");
        fs::create_dir_all(&self.folder)
            .and_then(|()| Sample::new(CUSTOMERS).write(&file))
            .map_err(unusable)?;
        Ok(file)
    }

    async fn start(&self) -> Result<PracticeAccount> {
        let account = self.kept.start().await.map_err(|error| {
            Error::new(Code::DataFolder, format!("The practice account cannot be used: {error}."))
                .help("Remove the sample data and add it again.")
        })?;
        let connection = match self.connection() {
            Some(connection) => connection,
            None => {
                let connection = ConnectionId::new();
                fs::write(self.folder.join(CONNECTION), connection.to_string()).map_err(unusable)?;
                connection
            }
        };
        Ok(PracticeAccount { origin: account.origin, key: account.key.into(), connection })
    }

    async fn remove(&self) -> Result<()> {
        self.kept.remove().await.map_err(unusable)
    }

    fn key_of(&self, connection: &str) -> Option<SecretString> {
        let ours = self.connection().is_some_and(|ours| ours.to_string() == connection);
        if ours { self.kept.key().map(SecretString::from) } else { None }
    }
}

fn unusable(error: impl std::fmt::Display) -> Error {
    Error::new(Code::DataFolder, format!("The folder of the sample data cannot be used: {error}."))
        .help("Free some room, or see that the data folder can be written to.")
}
