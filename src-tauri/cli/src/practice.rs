//! The sample's own: made-up customers and a made-up account, in a folder of the data folder. The account
//! is served on this computer by the program behind the window, and what it took is kept.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use segue_bridge::{Customers, Practice, PracticeAccount};
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::ConnectionId;
use segue_sandbox::Kept;

use crate::demo::sample::{SEGMENTS, Sample};

/// The folder, below the data folder.
const FOLDER: &str = "sample";
const CUSTOMERS: &str = "customers.csv";
/// Holds the id of the connection that has the account's key.
const CONNECTION: &str = "connection";

const PEOPLE: u32 = 10_000;
/// Like an account far away: a run of everybody takes some seconds, and can be watched.
const LATENCY: Duration = Duration::from_millis(150);

/// The sample's folder and its account.
pub(crate) struct PracticeFolder {
    folder: PathBuf,
    kept: Kept,
}

impl PracticeFolder {
    /// That of this data folder; nothing is made or served yet.
    pub(crate) fn new(data_dir: &Path) -> Self {
        let folder = data_dir.join(FOLDER);
        Self { kept: Kept::new(folder.clone(), LATENCY), folder }
    }

    fn connection(&self) -> Option<ConnectionId> {
        ConnectionId::parse(fs::read_to_string(self.folder.join(CONNECTION)).ok()?.trim())
    }

    /// The connection of the account: the one of before, or a new one that is remembered.
    fn known_connection(&self) -> io::Result<ConnectionId> {
        if let Some(id) = self.connection() {
            return Ok(id);
        }
        let id = ConnectionId::new();
        let mut file = File::create(self.folder.join(CONNECTION))?;
        file.write_all(id.to_string().as_bytes())?;
        file.sync_all()?;
        Ok(id)
    }
}

#[async_trait]
impl Practice for PracticeFolder {
    async fn customers(&self) -> Result<Customers> {
        let (folder, file) = (self.folder.clone(), self.folder.join(CUSTOMERS));
        let to = file.clone();
        let written = tokio::task::spawn_blocking(move || {
            fs::create_dir_all(folder)?;
            Sample::new(PEOPLE).write(&to)
        });
        written.await.map_err(Error::internal)?.map_err(|error| no_room(&error))?;
        let segments = SEGMENTS.map(|(name, rule)| (name.to_owned(), rule.to_owned())).to_vec();
        Ok(Customers { file, segments })
    }

    async fn start(&self) -> Result<PracticeAccount> {
        let account = self.kept.start().await.map_err(|error| failed(&error))?;
        let connection = self.known_connection().map_err(|error| no_room(&error))?;
        Ok(PracticeAccount { origin: account.origin, key: SecretString::from(account.key), connection })
    }

    async fn remove(&self) -> Result<()> {
        self.kept.remove().await.map_err(|error| failed(&error))
    }

    fn key_of(&self, connection: &str) -> Option<SecretString> {
        self.connection().filter(|ours| ours.to_string() == connection)?;
        self.kept.key().map(SecretString::from)
    }
}

fn no_room(error: &io::Error) -> Error {
    Error::new(Code::DataFolder, format!("The folder of the sample data cannot be used: {error}."))
        .help("Free some space or give your user the right to write there, then try again.")
}

fn failed(error: &segue_sandbox::Error) -> Error {
    use segue_sandbox::Error as E;
    match error {
        E::Folder(error) => no_room(error),
        E::Damaged { .. } => {
            Error::new(Code::DataFolder, format!("The practice account cannot be used: {error}."))
                .help("Remove the sample data and add it again; your own data is not touched by that.")
        }
        _ => Error::internal(format!("the practice account does not start ({error})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_folder_holds_people_account_and_key_and_goes_whole() {
        let data = tempfile::tempdir().unwrap();
        let practice = PracticeFolder::new(data.path());
        assert!(practice.key_of(&ConnectionId::new().to_string()).is_none(), "nothing is there");
        let customers = practice.customers().await.unwrap();
        let lines = fs::read_to_string(&customers.file).unwrap();
        assert_eq!(lines.lines().count(), 10_001);
        assert_eq!(customers.segments.len(), 3);
        let account = practice.start().await.unwrap();
        let again = PracticeFolder::new(data.path());
        assert!(again.key_of(&account.connection.to_string()).is_some(), "known to the next process");
        assert!(again.key_of(&ConnectionId::new().to_string()).is_none(), "for this connection alone");
        practice.remove().await.unwrap();
        assert!(!data.path().join(FOLDER).exists());
    }
}
