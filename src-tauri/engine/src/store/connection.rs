//! Connections, and the accounts that they turn out to hold the key of.

use jiff::Timestamp;
use rusqlite::{Connection as Database, OptionalExtension as _, Row, Transaction};

use crate::error::{Code, Error, Result};
use crate::model::{Connection, ConnectionId, Consent, Membership};

use super::{
    export, from_json, from_stored, from_word, identity, in_use, moment, readable, to_json, to_stored,
    to_word,
};

const KIND: &str = "connection";

const NEW_ACCOUNT: &str = "INSERT INTO account (created_at) VALUES (?1)";
const INSERT: &str = "
    INSERT INTO connection (id, name, product, origin, rate, contract_size, key_fingerprint, consent,
                            export_user, membership, account_id, created_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
const FIND: &str = "
    SELECT id, name, product, origin, rate, contract_size, key_fingerprint, consent, export_user, membership, created_at
    FROM connection WHERE name = ?1 OR id = ?1 ORDER BY name = ?1 DESC LIMIT 1";
const ALL: &str = "
    SELECT id, name, product, origin, rate, contract_size, key_fingerprint, consent, export_user, membership, created_at
    FROM connection ORDER BY name";
const TAKEN: &str = "SELECT EXISTS (SELECT 1 FROM connection WHERE name = ?1 AND id <> ?2)";
const KEY_HOLDER: &str = "SELECT name FROM connection WHERE key_fingerprint = ?1 AND id <> ?2";
const UPDATE: &str = "
    UPDATE connection SET name = ?2, rate = ?3, contract_size = ?4, key_fingerprint = ?5, consent = ?6, export_user = ?7
    WHERE id = ?1";
const SET_ORIGIN: &str = "UPDATE connection SET origin = ?2, consent = ?3 WHERE id = ?1";
const MEMBERSHIP: &str = "SELECT membership FROM connection WHERE id = ?1";
const SET_MEMBERSHIP: &str = "UPDATE connection SET membership = ?2 WHERE id = ?1";
const ACCOUNT: &str = "SELECT account_id FROM connection WHERE id = ?1";
const SET_ACCOUNT: &str =
    "UPDATE connection SET account_id = ?2, membership = ?3, consent = NULL WHERE id = ?1";
const JOIN_ACCOUNT: &str = "UPDATE connection SET account_id = ?2 WHERE id = ?1";
const DELETE: &str = "DELETE FROM connection WHERE id = ?1";

/// Stores a new connection with an account of its own; returns the account.
///
/// # Errors
/// `NameTaken` where the name or the key is another connection's, and those of the database.
pub fn insert(tx: &Transaction<'_>, connection: &Connection) -> Result<i64> {
    check(tx, connection)?;
    let account = new_account(tx, connection.created_at)?;
    tx.prepare_cached(INSERT)?.execute((
        connection.id.to_string(),
        &connection.name,
        to_word(connection.product)?,
        &connection.origin,
        connection.rate,
        connection.contract_size.map(to_stored).transpose()?,
        stored_key(connection),
        consent_text(connection.consent.as_ref())?,
        &connection.export_user,
        to_word(connection.membership)?,
        account,
        connection.created_at.to_string(),
    ))?;
    Ok(account)
}

/// The connection of this name, else of this id.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn by_name_or_id(conn: &Database, text: &str) -> Result<Connection> {
    let mut statement = conn.prepare_cached(FIND)?;
    let found = statement.query_and_then([text], from_row)?.next();
    found.ok_or_else(|| Error::not_found(KIND, text))?
}

/// All connections by name.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &Database) -> Result<Vec<Connection>> {
    readable(conn, ALL, [], KIND, from_row)
}

/// Refuses a key that another connection holds, naming that one: asked before the key is tested, and
/// again by every write.
///
/// # Errors
/// `NameTaken` where it does, and those of the database.
pub fn check_key(conn: &Database, id: ConnectionId, fingerprint: &str) -> Result<()> {
    let holder: Option<String> = conn
        .prepare_cached(KEY_HOLDER)?
        .query_row((fingerprint, id.to_string()), |row| row.get(0))
        .optional()?;
    holder.map_or(Ok(()), |name| {
        Err(Error::new(
            Code::NameTaken,
            format!("This key already belongs to connection “{name}”; nothing was changed."),
        )
        .help("Use that connection: one key serves many exports."))
    })
}

/// Stores what can be changed: name, rate, contract size, key fingerprint, consent and export user.
///
/// # Errors
/// `NameTaken` as for [`insert`], `NotFound`, and those of the database.
pub fn update(tx: &Transaction<'_>, connection: &Connection) -> Result<()> {
    check(tx, connection)?;
    let changed = tx.prepare_cached(UPDATE)?.execute((
        connection.id.to_string(),
        &connection.name,
        connection.rate,
        connection.contract_size.map(to_stored).transpose()?,
        stored_key(connection),
        consent_text(connection.consent.as_ref())?,
        &connection.export_user,
    ))?;
    if changed == 0 { Err(Error::not_found(KIND, &connection.name)) } else { Ok(()) }
}

/// Stores the origin of a connection, and the consent that holds for it.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn set_origin(tx: &Transaction<'_>, connection: &Connection) -> Result<()> {
    let consent = consent_text(connection.consent.as_ref())?;
    let changed =
        tx.prepare_cached(SET_ORIGIN)?.execute((connection.id.to_string(), &connection.origin, consent))?;
    if changed == 0 { Err(Error::not_found(KIND, &connection.name)) } else { Ok(()) }
}

/// How people are put on lists, as far as is known now.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn membership(conn: &Database, id: ConnectionId) -> Result<Membership> {
    let word: Option<String> =
        conn.prepare_cached(MEMBERSHIP)?.query_row([id.to_string()], |row| row.get(0)).optional()?;
    from_word(word.ok_or_else(|| Error::not_found(KIND, &id.to_string()))?, "how people are put on lists")
}

/// Stores how people are put on lists.
///
/// # Errors
/// Those of the database.
pub fn set_membership(tx: &Transaction<'_>, id: ConnectionId, membership: Membership) -> Result<()> {
    tx.prepare_cached(SET_MEMBERSHIP)?.execute((id.to_string(), to_word(membership)?))?;
    Ok(())
}

/// The account that the connection holds the key of.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn account(conn: &Database, id: ConnectionId) -> Result<i64> {
    let account = conn.prepare_cached(ACCOUNT)?.query_row([id.to_string()], |row| row.get(0)).optional()?;
    account.ok_or_else(|| Error::not_found(KIND, &id.to_string()))
}

/// Gives the connection a new account, because its key turned out to be another's (product.md rule
/// 13): receipts and lists of the old one stay with it, consent is to be given anew.
///
/// # Errors
/// Those of the database.
pub fn renew_account(tx: &Transaction<'_>, id: ConnectionId, now: Timestamp) -> Result<i64> {
    let account = new_account(tx, now)?;
    tx.prepare_cached(SET_ACCOUNT)?.execute((id.to_string(), account, to_word(Membership::Unknown)?))?;
    Ok(account)
}

/// Notes that the connection holds a key of an account that is known already.
///
/// # Errors
/// Those of the database.
pub fn set_account(tx: &Transaction<'_>, id: ConnectionId, account: i64) -> Result<()> {
    tx.prepare_cached(JOIN_ACCOUNT)?.execute((id.to_string(), account))?;
    Ok(())
}

/// Removes a connection. Its account, with the receipts, stays.
///
/// # Errors
/// `InUse` naming its exports, and those of the database.
pub fn delete(tx: &Transaction<'_>, connection: &Connection) -> Result<()> {
    let exports = export::using_connection(tx, connection.id)?;
    let users: Vec<String> = exports.iter().map(|name| format!("export “{name}”")).collect();
    if let Some(error) = in_use(KIND, &connection.name, &users) {
        return Err(error);
    }
    tx.prepare_cached(DELETE)?.execute([connection.id.to_string()])?;
    Ok(())
}

fn new_account(tx: &Transaction<'_>, now: Timestamp) -> Result<i64> {
    tx.prepare_cached(NEW_ACCOUNT)?.execute([now.to_string()])?;
    Ok(tx.last_insert_rowid())
}

fn check(tx: &Transaction<'_>, connection: &Connection) -> Result<()> {
    let id = connection.id.to_string();
    if tx.prepare_cached(TAKEN)?.query_row((&connection.name, id), |row| row.get(0))? {
        return Err(Error::name_taken(KIND, &connection.name));
    }
    connection.key_fingerprint.as_ref().map_or(Ok(()), |key| check_key(tx, connection.id, key))
}

/// What the column holds, where it has to differ from all others: the fingerprint, or the connection's own
/// id as long as it has no key.
fn stored_key(connection: &Connection) -> String {
    connection.key_fingerprint.clone().unwrap_or_else(|| connection.id.to_string())
}

fn consent_text(consent: Option<&Consent>) -> Result<Option<String>> {
    consent.map(to_json).transpose()
}

fn from_row(row: &Row<'_>) -> Result<Connection> {
    let (id, key): (String, String) = (row.get(0)?, row.get(6)?);
    Ok(Connection {
        key_fingerprint: (key != id).then_some(key),
        id: identity(ConnectionId::parse(&id))?,
        name: row.get(1)?,
        product: from_word(row.get(2)?, "the product of a connection")?,
        origin: row.get(3)?,
        rate: row.get(4)?,
        contract_size: row.get::<_, Option<i64>>(5)?.map(from_stored).transpose()?,
        consent: (row.get::<_, Option<String>>(7)?).map(|text| from_json(&text, "a consent")).transpose()?,
        export_user: row.get(8)?,
        membership: from_word(row.get(9)?, "how people are put on lists")?,
        created_at: moment(&row.get::<_, String>(10)?)?,
    })
}
