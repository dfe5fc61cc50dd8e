//! The account behind a connection: what is in it now, and whether anything may be sent there.

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use crate::destination::List;
use crate::destination::http::Origin;
use crate::error::{Code, Error, Result};
use crate::model::{AccountField, Connection, ConnectionId, Membership, Named, Product, Target};
use crate::run::account::Account;
use crate::run::{accepted, destination, key_of};
use crate::{Engine, keychain, store};

use super::connections::{no_consent, origin_of};

/// What was found in an account.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct AccountFound {
    /// Lists.
    pub lists: u64,
    /// Fields that the account's users made.
    pub custom_fields: u64,
    /// The connection that holds the same key already.
    pub same_as: Option<Named>,
}

/// Fields and lists of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Fields that can be matched: the standard ones in the product's order, then the others by name.
    pub fields: Vec<AccountField>,
    /// Lists by title.
    pub lists: Vec<AccountList>,
}

/// A list of an account.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct AccountList {
    /// Its title.
    pub title: String,
    /// The segment that it belongs to, if Segue fills it.
    pub segment: Option<Named>,
}

impl Engine {
    /// Tests a key that is not stored, and looks what it opens. Nothing is stored, and nothing is asked of
    /// anybody before somebody agreed.
    ///
    /// # Errors
    /// `no_consent`, `bad_url`, `key_refused`, `unreachable`.
    pub async fn look_into_account(
        &self,
        product: Product,
        (region, base_url): (Option<&str>, Option<&str>),
        key: SecretString,
        agree: bool,
    ) -> Result<AccountFound> {
        let name = "the new connection";
        if !agree {
            return Err(no_consent(name));
        }
        let origin = origin_of(product, region, base_url)?;
        let connection = Connection {
            id: ConnectionId::new(),
            name: name.to_owned(),
            product,
            origin: origin.as_str().to_owned(),
            rate: 0,
            contract_size: None,
            key_fingerprint: None,
            consent: None,
            export_user: String::new(),
            membership: Membership::Unknown,
            created_at: self.clock.now(),
        };
        let install_key = self.store.read(store::meta::install_key).await?;
        let fingerprint = keychain::fingerprint(&install_key, &key);
        let holder = self.connections().await?.into_iter().find(|other| {
            other.key_fingerprint.as_deref() == Some(fingerprint.as_str()) && other.product == product
        });
        let same_as = holder.map(|other| Named { id: other.id.to_string(), name: other.name });
        let (fields, lists) = self.ask_account(&connection, 0, key).await?;
        Ok(found(&fields, &lists, same_as))
    }

    /// Tests the key of a connection and looks what it opens. What the account said to the key is kept.
    ///
    /// # Errors
    /// `not_found`, `key_refused`, `unreachable`, `no_key_store`, `no_consent` where there is no key yet.
    pub async fn look_again(&self, name: &str) -> Result<AccountFound> {
        let connection = self.connection(name).await?;
        let (fields, lists) = self.ask(&connection).await?;
        Ok(found(&fields, &lists, None))
    }

    /// The fields and lists of an account as they are now, and which list belongs to which segment.
    ///
    /// # Errors
    /// As [`Engine::look_again`].
    pub async fn account_shape(&self, name: &str) -> Result<Shape> {
        let connection = self.connection(name).await?;
        let (mut fields, mut lists) = self.ask(&connection).await?;
        let id = connection.id;
        let (ours, segments) = self
            .store
            .read(move |conn| {
                let account = store::connection::account(conn, id)?;
                Ok((store::list::all(conn, account)?, store::segment::all(conn)?))
            })
            .await?;
        // Those that every account has are in order; `None` comes first, and the sort is stable.
        fields.sort_by_key(|field| is_custom(field).then(|| field.target.to_string().to_lowercase()));
        lists.sort_by_key(|list| list.title.to_lowercase());
        let segment_of = |list: &List| {
            let known = ours.iter().find(|known| known.vendor_id.as_ref() == Some(&list.id))?;
            let segment = segments.iter().find(|segment| segment.id == known.segment)?;
            Some(Named { id: segment.id.to_string(), name: segment.name.clone() })
        };
        let lists =
            lists.iter().map(|list| AccountList { title: list.title.clone(), segment: segment_of(list) });
        Ok(Shape { lists: lists.collect(), fields })
    }

    /// Takes consent back: from now on nothing is sent through this connection, and its runs that are
    /// under way end. Whoever was sent stays in the account.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn withdraw_consent(&self, name: &str) -> Result<Connection> {
        let mut connection = self.connection(name).await?;
        if connection.consent.take().is_none() {
            return Ok(connection);
        }
        let (id, now) = (connection.id, self.clock.boot_time());
        self.change("consent withdrawn", &connection.name, move |tx| {
            let stored = store::connection::by_name_or_id(tx, &id.to_string())?;
            store::connection::update(tx, &Connection { consent: None, ..stored })?;
            let account = store::connection::account(tx, id)?;
            for run in store::run::unfinished(tx, None)? {
                let ours = store::run::ledger(tx, run)?.account == account;
                if ours && store::lease::is_alive(tx, run, &now.boot, now.millis)? {
                    store::run::ask_cancel(tx, run)?;
                }
            }
            Ok(())
        })
        .await?;
        Ok(connection)
    }

    async fn ask(&self, connection: &Connection) -> Result<(Vec<AccountField>, Vec<List>)> {
        let key = key_of(self.keychain.as_ref(), connection)?;
        let id = connection.id;
        let account = self.store.read(move |conn| store::connection::account(conn, id)).await?;
        self.ask_account(connection, account, key).await
    }

    /// Asks once for lists and fields: somebody waits at a button.
    async fn ask_account(
        &self,
        connection: &Connection,
        account: i64,
        key: SecretString,
    ) -> Result<(Vec<AccountField>, Vec<List>)> {
        let destination = destination(connection.product);
        let stop = CancellationToken::new();
        let account = Account::open(connection, account, destination, key, &self.store, stop).await?;
        let destination = &account.destination;
        let lists = account.once(&destination.lists(), |reply| destination.read_lists(reply)).await?;
        let lists = accepted(lists, &connection.name, destination.name(), "its lists")?;
        let fields = account.once(&destination.fields(), |reply| destination.read_fields(reply)).await?;
        Ok((accepted(fields, &connection.name, destination.name(), "its fields")?, lists))
    }

    /// Follows a server of this computer that listens on another port now. No consent is needed anew: both
    /// are this computer, and nobody's data leaves it.
    ///
    /// # Errors
    /// `bad_url` unless both are this computer; `not_found`.
    pub async fn follow_on_this_computer(&self, name: &str, origin: &str) -> Result<()> {
        let mut connection = self.connection(name).await?;
        let (old, new) = (Origin::parse(&connection.origin)?, Origin::parse(origin)?);
        if !old.is_loopback() || !new.is_loopback() {
            return Err(Error::new(
                Code::BadUrl,
                "Only a connection to this computer can be moved to another port; nothing was changed.",
            ));
        }
        if old.as_str() == new.as_str() {
            return Ok(());
        }
        if let Some(consent) = connection.consent.as_mut().filter(|consent| consent.origin == old.as_str()) {
            new.as_str().clone_into(&mut consent.origin);
        }
        new.as_str().clone_into(&mut connection.origin);
        let moved = connection.clone();
        self.change("practice account moved", &connection.name, move |tx| {
            store::connection::set_origin(tx, &moved)
        })
        .await
    }
}

fn found(fields: &[AccountField], lists: &[List], same_as: Option<Named>) -> AccountFound {
    let custom = fields.iter().filter(|field| is_custom(field)).count();
    AccountFound { lists: lists.len() as u64, custom_fields: custom as u64, same_as }
}

fn is_custom(field: &AccountField) -> bool {
    matches!(field.target, Target::Custom(_))
}
