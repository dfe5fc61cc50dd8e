//! Small facts of this installation.

use rand::TryRngCore as _;
use rusqlite::{Connection, OptionalExtension as _, Transaction};

use crate::error::{Error, Result};

/// The key of every fingerprint of this installation: 32 random bytes, made once.
pub const INSTALL_KEY: &str = "install_key";

const GET: &str = "SELECT value FROM meta WHERE name = ?1";
const SET: &str =
    "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
const ADD: &str = "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING";

/// The fact of this name.
///
/// # Errors
/// Those of the database.
pub fn get(conn: &Connection, name: &str) -> Result<Option<Vec<u8>>> {
    Ok(conn.prepare_cached(GET)?.query_row([name], |row| row.get(0)).optional()?)
}

/// Stores the fact of this name.
///
/// # Errors
/// Those of the database.
pub fn set(tx: &Transaction<'_>, name: &str, value: &[u8]) -> Result<()> {
    tx.prepare_cached(SET)?.execute((name, value))?;
    Ok(())
}

/// The key of every fingerprint of this installation.
///
/// # Errors
/// Those of the database, and where the key is gone.
pub fn install_key(conn: &Connection) -> Result<[u8; 32]> {
    get(conn, INSTALL_KEY)?
        .and_then(|key| key.try_into().ok())
        .ok_or_else(|| super::unreadable("the key of this installation"))
}

/// Makes the installation's key unless there is one.
pub(super) fn make_install_key(tx: &Transaction<'_>) -> Result<()> {
    let mut key = [0_u8; 32];
    rand::rngs::OsRng
        .try_fill_bytes(&mut key)
        .map_err(|_| Error::internal("the operating system gives no random numbers"))?;
    tx.prepare_cached(ADD)?.execute((INSTALL_KEY, &key[..]))?;
    Ok(())
}
