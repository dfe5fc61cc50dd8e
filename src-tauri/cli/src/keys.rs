//! API keys: how one comes in, and where they rest. Never from an argument, never printed.

use std::env;
use std::io::{self, BufRead, IsTerminal, Read};
use std::path::Path;
use std::sync::Arc;

use secrecy::SecretString;
use segue_engine::error::{Code, Error, Result};
use segue_engine::keychain::{AgeFile, Keychain, Missing, System};

/// The most that is read of standard input for a key; no key is near as long.
const LONGEST: u64 = 4096;

/// The key from `SEGUE_API_KEY`, else one line of standard input.
pub(crate) fn read() -> Result<SecretString> {
    if let Some(key) = variable("SEGUE_API_KEY") {
        return wanted(&key);
    }
    let input = io::stdin();
    // The command line never asks: a terminal would look as if Segue hung.
    if input.is_terminal() {
        return Err(no_key("No API key was given."));
    }
    let mut line = String::new();
    input
        .lock()
        .take(LONGEST)
        .read_line(&mut line)
        .map_err(|error| no_key(&format!("The API key could not be read from standard input: {error}.")))?;
    if line.len() as u64 == LONGEST {
        return Err(no_key("What stands on standard input is too long for an API key."));
    }
    wanted(&line)
}

/// The key store that the environment names, else that of the system. Either explains itself when it
/// is asked and cannot be used; neither stands in for the other.
pub(crate) fn store(data_dir: &Path) -> Result<Arc<dyn Keychain>> {
    match variable("SEGUE_KEYCHAIN").as_deref() {
        None => Ok(Arc::new(System::default())),
        Some("file") => match variable("SEGUE_PASSPHRASE") {
            Some(passphrase) => {
                let file = AgeFile::open(data_dir.join("keys.age"), SecretString::from(passphrase))?;
                Ok(Arc::new(file))
            }
            None => Ok(Arc::new(Missing)),
        },
        Some(other) => Err(Error::new(
            Code::Usage,
            format!("SEGUE_KEYCHAIN is “{other}”; the only place for keys that can be named is “file”."),
        )
        .help("Set SEGUE_KEYCHAIN=file and SEGUE_PASSPHRASE to keep keys in an encrypted file, or unset SEGUE_KEYCHAIN to \
             keep them in the key store of the system.")),
    }
}

/// Who agrees and whom runs act as: the account of the operating system, for example
/// `anna on LAPTOP-7`.
pub(crate) fn user() -> String {
    let name = ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(variable).unwrap_or_else(number_of_user);
    match machine() {
        Some(machine) => format!("{name} on {machine}"),
        None => name,
    }
}

fn wanted(text: &str) -> Result<SecretString> {
    // A file from an editor of Windows may begin with a byte order mark.
    let key = text.trim_start_matches('\u{feff}').trim();
    if key.is_empty() {
        return Err(no_key("The API key is empty."));
    }
    Ok(SecretString::from(key.to_owned()))
}

fn no_key(message: &str) -> Error {
    Error::new(Code::Usage, message).help(
        "Give it in SEGUE_API_KEY or as one line on standard input, for example \
         `segue connection add … < key.txt`; it is never an argument, where others could see it.",
    )
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(unix)]
fn number_of_user() -> String {
    format!("user {}", rustix::process::getuid().as_raw())
}

#[cfg(not(unix))]
fn number_of_user() -> String {
    "an unnamed user".to_owned()
}

#[cfg(unix)]
fn machine() -> Option<String> {
    let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
    (!name.is_empty()).then_some(name)
}

#[cfg(not(unix))]
fn machine() -> Option<String> {
    variable("COMPUTERNAME")
}
