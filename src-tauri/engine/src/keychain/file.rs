//! Keys in one file, encrypted under a passphrase: the place that a user chooses where the system
//! has none.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use age::scrypt;
use secrecy::zeroize::{Zeroize as _, Zeroizing};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Keychain, Keys, held};
use crate::error::{Code, Error, Result};

/// Keys in one file, encrypted with age under a passphrase. It is decrypted when a key is first asked
/// for, and again only when another process has written it.
pub struct AgeFile {
    path: PathBuf,
    passphrase: SecretString,
    opened: Mutex<Option<Opened>>,
}

/// What the file held, and the bytes it was read from.
struct Opened {
    sealed: Vec<u8>,
    keys: Keys,
}

impl AgeFile {
    /// The cost of a guess at the passphrase: scrypt with N = 2^15, r = 8 takes 32 MiB. The file is
    /// opened by every command that needs a key, so that must stay well under 0.2 s; age's own
    /// default aims at a full second.
    pub const WORK_FACTOR: u8 = 15;

    /// The file at this path, which need not be there yet. Nothing is read until a key is asked for.
    ///
    /// # Errors
    /// `NoKeyStore` for an empty passphrase.
    pub fn open(path: impl Into<PathBuf>, passphrase: SecretString) -> Result<Self> {
        if passphrase.expose_secret().is_empty() {
            return Err(Error::new(
                Code::NoKeyStore,
                "The passphrase of the key file is empty; nothing was stored.",
            )
            .help("Set SEGUE_PASSPHRASE to the passphrase that keeps your API keys."));
        }
        Ok(Self { path: path.into(), passphrase, opened: Mutex::new(None) })
    }

    /// Changes the keys in the file, alone among all processes.
    fn change(&self, change: impl FnOnce(&mut Keys)) -> Result<()> {
        let mut opened = held(&self.opened);
        let lock =
            private_file(&self.path.with_extension("lock"), false).map_err(|error| self.fault(&error))?;
        lock.lock().map_err(|error| self.fault(&error))?;
        self.refresh(&mut opened)?;
        let mut keys = opened.as_ref().map(|opened| opened.keys.clone()).unwrap_or_default();
        change(&mut keys);
        let sealed = self.seal(&keys)?;
        self.replace(&sealed).map_err(|error| self.fault(&error))?;
        *opened = Some(Opened { sealed, keys });
        Ok(())
    }

    /// Decrypts the file unless that was done with these bytes before.
    fn refresh(&self, opened: &mut Option<Opened>) -> Result<()> {
        match std::fs::symlink_metadata(&self.path) {
            Ok(facts) if !facts.is_file() => {
                return Err(Error::new(
                    Code::NoKeyStore,
                    "The key file is a link or a folder; it was left as it is.",
                )
                .help("Put the file itself there, or remove it and set the keys anew."));
            }
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {
                *opened = None;
                return Ok(());
            }
            Err(error) => return Err(self.fault(&error)),
        }
        let sealed = std::fs::read(&self.path).map_err(|error| self.fault(&error))?;
        if opened.as_ref().is_none_or(|opened| opened.sealed != sealed) {
            let keys = self.unseal(&sealed)?;
            *opened = Some(Opened { sealed, keys });
        }
        Ok(())
    }

    fn seal(&self, keys: &Keys) -> Result<Vec<u8>> {
        let plain: BTreeMap<&str, &str> =
            keys.iter().map(|(account, key)| (account.as_str(), key.expose_secret())).collect();
        // Room for all at once: a buffer that grows would leave copies behind.
        let room =
            16 + plain.iter().map(|(account, key)| 16 + 6 * (account.len() + key.len())).sum::<usize>();
        let mut text = Zeroizing::new(Vec::with_capacity(room));
        serde_json::to_writer(&mut *text, &plain).map_err(|_| Error::internal("the keys have no JSON"))?;
        let mut recipient = scrypt::Recipient::new(self.passphrase.clone());
        recipient.set_work_factor(Self::WORK_FACTOR);
        age::encrypt(&recipient, &text).map_err(|_| Error::internal("the key file was not encrypted"))
    }

    fn unseal(&self, sealed: &[u8]) -> Result<Keys> {
        let mut identity = scrypt::Identity::new(self.passphrase.clone());
        // A file that was made elsewhere may cost more, but never hang the program.
        identity.set_max_work_factor(Self::WORK_FACTOR + 5);
        let text = age::decrypt(&identity, sealed).map(Zeroizing::new).map_err(|error| match error {
            age::DecryptError::DecryptionFailed
            | age::DecryptError::KeyDecryptionFailed
            | age::DecryptError::NoMatchingKeys => {
                Error::new(Code::NoKeyStore, "The passphrase does not open the key file; nothing was sent.")
                    .help("Set SEGUE_PASSPHRASE to the passphrase that the keys were stored with.")
            }
            _ => self.damaged(),
        })?;
        let plain: BTreeMap<String, String> = serde_json::from_slice(&text).map_err(|_| self.damaged())?;
        Ok(plain
            .into_iter()
            .map(|(account, mut key)| {
                let secret = SecretString::from(key.as_str());
                key.zeroize();
                (account, secret)
            })
            .collect())
    }

    /// Puts the file in place whole: a reader, or a power cut, finds the old one or the new one.
    fn replace(&self, sealed: &[u8]) -> std::io::Result<()> {
        let new = self.path.with_extension("new");
        match std::fs::remove_file(&new) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = private_file(&new, true)?;
        file.write_all(sealed)?;
        file.sync_all()?;
        drop(file);
        std::fs::rename(&new, &self.path)?;
        sync_folder(&self.path)
    }

    fn damaged(&self) -> Error {
        Error::new(
            Code::NoKeyStore,
            format!("The key file {} cannot be read; it was left as it is.", self.path.display()),
        )
        .help("Move it away, then set the keys again with `segue connection set-key`.")
    }

    fn fault(&self, error: &std::io::Error) -> Error {
        Error::new(Code::NoKeyStore, format!("The key file {} cannot be used: {error}.", self.path.display()))
            .help("Check the rights of the data folder and the space on its disk.")
    }
}

impl Keychain for AgeFile {
    fn get(&self, account: &str) -> Result<Option<SecretString>> {
        let mut opened = held(&self.opened);
        self.refresh(&mut opened)?;
        Ok(opened.as_ref().and_then(|opened| opened.keys.get(account).cloned()))
    }

    fn set(&self, account: &str, key: &SecretString) -> Result<()> {
        self.change(|keys| {
            keys.insert(account.to_owned(), key.clone());
        })
    }

    fn delete(&self, account: &str) -> Result<()> {
        if self.get(account)?.is_none() {
            return Ok(());
        }
        self.change(|keys| {
            keys.remove(account);
        })
    }

    fn kind(&self) -> &'static str {
        "file"
    }
}

/// Opens a file that only this user can read; `new`: it must not be there yet.
fn private_file(path: &Path, new: bool) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).create_new(new).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
fn sync_folder(file: &Path) -> std::io::Result<()> {
    file.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

#[cfg(not(unix))]
fn sync_folder(_file: &Path) -> std::io::Result<()> {
    Ok(())
}
