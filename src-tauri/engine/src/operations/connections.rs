//! Connections: an account, its key and the consent to send people there.

use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use crate::destination::List;
use crate::destination::http::Origin;
use crate::error::{Code, Error, Result};
use crate::model::{Connection, ConnectionId, Consent, Membership, Product};
use crate::run::account::Account;
use crate::run::{accepted, destination, key_of};
use crate::{Engine, keychain, store};

use super::audiences::named;

/// Version of the data privacy statements that people agree to.
const STATEMENTS: &str = "1";

/// A connection to be added.
#[derive(Debug)]
pub struct NewConnection {
    /// Display name.
    pub name: String,
    /// The product.
    pub product: Product,
    /// Region of the account, by the product's word for it.
    pub region: Option<String>,
    /// Origin in place of the vendor's.
    pub base_url: Option<String>,
    /// Requests a second; 0 for no limit of ours, on loopback only.
    pub rate: Option<u32>,
    /// Contacts that the contract allows.
    pub contract_size: Option<u64>,
    /// The API key.
    pub key: SecretString,
    /// Whether the user agreed to the data privacy statements.
    pub agree: bool,
    /// The account of the operating system, for example `anna on LAPTOP-7`.
    pub user: String,
}

/// Settings of a connection to be changed; `None` leaves one as it is.
#[derive(Debug, Clone, Default)]
pub struct ConnectionSettings {
    /// Requests a second.
    pub rate: Option<u32>,
    /// Contacts that the contract allows.
    pub contract_size: Option<u64>,
}

impl Engine {
    /// Adds a connection after testing its key against the API.
    ///
    /// # Errors
    /// `no_consent`, `bad_url`, `key_refused`, `unreachable`, `name_taken`, `no_key_store`; nothing is
    /// stored then.
    pub async fn add_connection(&self, new: NewConnection) -> Result<Connection> {
        let (connection, key) = self.check_new_connection(ConnectionId::new(), new).await?;
        self.keychain.set(&connection.id.to_string(), &key)?;
        let (insert, sent) = (connection.clone(), self.clock.boot_time());
        let stored = self
            .change("connection added, consent given", &connection.name, move |tx| {
                // The test of the key counts in the account's pace from its first second on.
                let account = store::connection::insert(tx, &insert)?;
                store::stamp::insert(tx, account, &sent.boot, std::process::id(), &[sent.millis])?;
                store::key_state::heard(tx, insert.id, true, insert.created_at)
            })
            .await;
        if let Err(error) = stored {
            self.keychain.delete(&connection.id.to_string())?;
            return Err(error);
        }
        Ok(connection)
    }

    /// Everything that is asked before a connection is stored, the account last; returns it with its key.
    pub(super) async fn check_new_connection(
        &self,
        id: ConnectionId,
        new: NewConnection,
    ) -> Result<(Connection, SecretString)> {
        named("connection", &new.name)?;
        if !new.agree {
            return Err(no_consent(&new.name));
        }
        let origin = origin_of(new.product, new.region.as_deref(), new.base_url.as_deref())?;
        let rate = new.rate.unwrap_or_else(|| destination(new.product).rate());
        check_rate(rate, &origin)?;
        let name = new.name.clone();
        if self.connections().await?.iter().any(|connection| connection.name == name) {
            return Err(Error::name_taken("connection", &name));
        }
        let install_key = self.store.read(store::meta::install_key).await?;
        let now = self.clock.now();
        let consent = Consent {
            given_at: now,
            given_by: new.user.clone(),
            statements: STATEMENTS.to_owned(),
            origin: origin.as_str().to_owned(),
        };
        let fingerprint = keychain::fingerprint(&install_key, &new.key);
        let connection = Connection {
            id,
            name: new.name,
            product: new.product,
            origin: origin.as_str().to_owned(),
            rate,
            contract_size: new.contract_size,
            key_fingerprint: Some(fingerprint.clone()),
            consent: Some(consent),
            export_user: new.user,
            membership: Membership::Unknown,
            created_at: now,
        };
        let id = connection.id;
        self.store.read(move |conn| store::connection::check_key(conn, id, &fingerprint)).await?;
        // Opening the key store comes first: without one the account is not asked anything.
        self.keychain.get(&connection.id.to_string())?;
        // Not stored yet, so there is no account to pace: one call, stamped with the connection below.
        let unpaced = Connection { rate: 0, ..connection.clone() };
        self.test_key(&unpaced, 0, new.key.clone()).await.map_err(|error| match error.code {
            Code::KeyRefused => Error { message: format!("{} Nothing was stored.", ended(&error.message)), ..error }
                .help(match new.product {
                    Product::Autopilot => "Copy the key again from the account's settings; a key of Ortto is none of Autopilot (classic).",
                    Product::Ortto => "Copy the key again from the account's settings, and look which region the account is in: a key works in its own region only, and one of Autopilot (classic) in none.",
                }),
            _ => error,
        })?;
        Ok((connection, new.key))
    }

    /// Tests a key with the cheapest call.
    pub(super) async fn test_key(
        &self,
        connection: &Connection,
        account: i64,
        key: SecretString,
    ) -> Result<()> {
        let account = self.opened(connection, account, key).await?;
        let destination = &account.destination;
        let answer = account.once(&destination.test(), |reply| destination.read_test(reply)).await?;
        accepted(answer, &connection.name, destination.name(), "whether it takes the key")
    }

    /// Tests a key by the lists of its account, which tell whether it is one that Segue knows.
    pub(super) async fn lists_by_key(
        &self,
        connection: &Connection,
        account: i64,
        key: SecretString,
    ) -> Result<Vec<List>> {
        let account = self.opened(connection, account, key).await?;
        let destination = &account.destination;
        let answer = account.once(&destination.lists(), |reply| destination.read_lists(reply)).await?;
        accepted(answer, &connection.name, destination.name(), "its lists")
    }

    async fn opened(&self, connection: &Connection, account: i64, key: SecretString) -> Result<Account> {
        let destination = destination(connection.product);
        Account::open(connection, account, destination, key, &self.store, CancellationToken::new()).await
    }

    /// All connections.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn connections(&self) -> Result<Vec<Connection>> {
        self.store.read(store::connection::all).await
    }

    /// One connection by name or id.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn connection(&self, name: &str) -> Result<Connection> {
        let name = name.to_owned();
        self.store.read(move |conn| store::connection::by_name_or_id(conn, &name)).await
    }

    /// Tests the key of a connection: one cheap call.
    ///
    /// # Errors
    /// `key_refused`, `unreachable`, `no_key_store`.
    pub async fn test_connection(&self, name: &str) -> Result<()> {
        let connection = self.connection(name).await?;
        let key = key_of(self.keychain.as_ref(), &connection)?;
        let id = connection.id;
        let account = self.store.read(move |conn| store::connection::account(conn, id)).await?;
        self.test_key(&connection, account, key).await
    }

    /// Renames a connection.
    ///
    /// # Errors
    /// `not_found`, `name_taken`.
    pub async fn rename_connection(&self, name: &str, new: &str) -> Result<Connection> {
        named("connection", new)?;
        let mut connection = self.connection(name).await?;
        new.clone_into(&mut connection.name);
        self.update_connection(connection, "connection renamed").await
    }

    /// Changes rate or contract size.
    ///
    /// # Errors
    /// `not_found`, `usage` for a rate of 0 away from loopback.
    pub async fn set_connection(&self, name: &str, settings: ConnectionSettings) -> Result<Connection> {
        let mut connection = self.connection(name).await?;
        if let Some(rate) = settings.rate {
            check_rate(rate, &Origin::parse(&connection.origin)?)?;
            if connection.rate == 0 && rate > 0 {
                // Without a limit nothing was stamped: a full window is waited out.
                let (id, now) = (connection.id, self.clock.boot_time());
                self.store
                    .write(move |tx| {
                        let account = store::connection::account(tx, id)?;
                        let full = vec![now.millis; rate as usize];
                        store::stamp::insert(tx, account, &now.boot, std::process::id(), &full)
                    })
                    .await?;
            }
            connection.rate = rate;
        }
        connection.contract_size = settings.contract_size.or(connection.contract_size);
        self.update_connection(connection, "connection changed").await
    }

    /// Replaces the key after testing the new one. With `agree`, consent is given anew. A key of
    /// another account - none of the lists that Segue filled is there - needs consent anew, and sets the
    /// receipts aside: the next run is a first run (product.md rule 13). Whether it is another.
    ///
    /// # Errors
    /// `no_key_store`, `key_refused`, `unreachable`, `no_consent`; the old key stays then.
    pub async fn set_connection_key(
        &self,
        name: &str,
        key: SecretString,
        agree: bool,
        agreed_by: &str,
    ) -> Result<(Connection, bool)> {
        let mut connection = self.connection(name).await?;
        if connection.consent.is_none() && !agree {
            return Err(no_consent(&connection.name));
        }
        let install_key = self.store.read(store::meta::install_key).await?;
        let (id, fingerprint) = (connection.id, keychain::fingerprint(&install_key, &key));
        connection.key_fingerprint = Some(fingerprint.clone());
        let account = self
            .store
            .read(move |conn| {
                store::connection::check_key(conn, id, &fingerprint)?;
                store::connection::account(conn, id)
            })
            .await?;
        // As when a connection is added: no place for the key, no question to the account.
        self.keychain.get(&connection.id.to_string())?;
        // What the account says to a key that is not stored is not noted of the one that is.
        let unknown = Connection { id: ConnectionId::new(), ..connection.clone() };
        let lists = self.lists_by_key(&unknown, account, key.clone()).await?;
        let another = !self.is_same_account(account, &lists).await?;
        if another && !agree {
            return Err(another_account(&connection.name));
        }
        let now = self.clock.now();
        if agree {
            connection.consent = Some(Consent {
                given_at: now,
                given_by: agreed_by.to_owned(),
                statements: STATEMENTS.to_owned(),
                origin: connection.origin.clone(),
            });
        }
        self.keychain.set(&connection.id.to_string(), &key)?;
        let update = connection.clone();
        let action = match (another, agree) {
            (true, _) => "key replaced, another account, consent given",
            (false, true) => "key replaced, consent given",
            (false, false) => "key replaced",
        };
        self.change(action, &connection.name, move |tx| {
            if another {
                store::connection::renew_account(tx, id, now)?;
            }
            store::key_state::heard(tx, id, true, now)?;
            if agree {
                // Somebody says that it may be tried again.
                store::opt_outs::set(tx, id, store::opt_outs::OptOuts::Unknown)?;
            }
            store::connection::update(tx, &update)
        })
        .await?;
        Ok((self.connection(&id.to_string()).await?, another))
    }

    /// Whether an account that has these lists is the one that Segue knows: one of the recorded lists
    /// is there by id and title, or none is recorded.
    pub(super) async fn is_same_account(&self, account: i64, lists: &[List]) -> Result<bool> {
        let recorded = self.store.read(move |conn| store::list::all(conn, account)).await?;
        let mut recorded = recorded.iter().filter(|list| list.vendor_id.is_some()).peekable();
        Ok(recorded.peek().is_none()
            || recorded.any(|ours| {
                lists.iter().any(|list| Some(&list.id) == ours.vendor_id.as_ref() && list.title == ours.title)
            }))
    }

    async fn update_connection(&self, connection: Connection, action: &str) -> Result<Connection> {
        let update = connection.clone();
        self.change(action, &connection.name, move |tx| store::connection::update(tx, &update)).await?;
        Ok(connection)
    }

    /// Removes a connection that no export uses, and its key.
    ///
    /// # Errors
    /// `in_use`, naming the exports.
    pub async fn remove_connection(&self, name: &str) -> Result<()> {
        let connection = self.connection(name).await?;
        let removed = connection.clone();
        self.change("connection removed", &connection.name, move |tx| {
            store::connection::delete(tx, &removed)
        })
        .await?;
        // Without a key there is no need of a place for keys.
        if connection.key_fingerprint.is_none() {
            return Ok(());
        }
        self.keychain.delete(&connection.id.to_string())
    }
}

/// Words of somebody else as a sentence.
fn ended(words: &str) -> String {
    let stop = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{words}{stop}")
}

fn another_account(name: &str) -> Error {
    Error::new(
        Code::NoConsent,
        format!(
            "This key opens another account than “{name}” has so far: none of the lists that Segue filled is there; nothing was changed."
        ),
    )
    .help("If that is meant, agree anew with `--agree`: the next run of each export is then a first run, and the old account stays as it is.")
}

pub(super) fn no_consent(name: &str) -> Error {
    Error::new(
        Code::NoConsent,
        format!("Nobody agreed to send people to “{name}”, so nothing was stored and nothing was sent."),
    )
    .help("Read the data privacy statements in the user guide and add `--agree`.")
}

/// Where an account is: what the user gave, or its region, or where the product's accounts are.
pub(super) fn origin_of(product: Product, region: Option<&str>, base_url: Option<&str>) -> Result<Origin> {
    let origins = destination(product).origins();
    let found = match region {
        _ if base_url.is_some() => base_url,
        None => origins.first().map(|(_, origin)| *origin),
        Some(wanted) => origins.iter().find(|(word, _)| *word == wanted).map(|(_, origin)| *origin),
    };
    match found {
        Some(origin) => Origin::parse(origin),
        None => {
            let words: Vec<&str> = origins.iter().map(|(word, _)| *word).collect();
            Err(Error::new(
                Code::Usage,
                format!("There is no region “{}”; nothing was stored.", region.unwrap_or_default()),
            )
            .help(format!("Its accounts are in: {}.", words.join(", "))))
        }
    }
}

pub(super) fn check_rate(rate: u32, origin: &Origin) -> Result<()> {
    if rate == 0 && !origin.is_loopback() {
        return Err(Error::new(
            Code::Usage,
            "A rate of 0 (no limit) is only for this computer; nothing was stored.",
        )
        .help("Give a number of requests a second, for example `--rate 4`."));
    }
    if rate > 1_000 {
        return Err(Error::new(
            Code::Usage,
            "The rate is at most 1,000 requests a second; nothing was stored.",
        ));
    }
    Ok(())
}
