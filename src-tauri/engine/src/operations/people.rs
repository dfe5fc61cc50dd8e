//! People: what is known of one, and forgetting one.

use schemars::JsonSchema;
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use crate::destination::{Answer, By, Call, List, Row, RowAnswer};
use crate::error::{Code, Error, Result};
use crate::model::{Address, PersonRecord};
use crate::run::account::Account;
use crate::run::{Turn, accepted, destination, key_of, opt_out_undone, opted_out_among};
use crate::stage::{Digest, Fingerprints};
use crate::store::forgotten::Erased;
use crate::store::opt_outs::OptOuts;
use crate::{Engine, store};

/// What forgetting did.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Forgotten {
    /// Lists that the person was taken off.
    pub lists_left: u64,
    /// Receipts that were erased.
    pub receipts: u64,
    /// Lines in runs that were erased.
    pub lines: u64,
    /// Connections whose account may still hold the contact.
    pub accounts: Vec<String>,
}

impl Engine {
    /// What was sent of a person, when, and what became of it.
    ///
    /// # Errors
    /// `usage` for what is no address.
    pub async fn person(&self, email: &str) -> Result<PersonRecord> {
        let (_, key) = self.address(email).await?;
        self.keep_retention().await;
        let email = email.to_owned();
        self.store
            .read(move |conn| {
                Ok(PersonRecord {
                    forgotten: store::forgotten::is_one(conn, &key)?,
                    receipts: store::history::receipts(conn, &key)?,
                    runs: store::history::runs(conn, &key)?,
                    email,
                })
            })
            .await
    }

    /// Forgets a person: takes them off the lists that Segue put them on, unless those are to be kept,
    /// then erases them everywhere in the data folder and keeps a keyed hash that excludes the address
    /// from every later run. The contact itself stays in the account (product.md rule 14).
    ///
    /// # Errors
    /// `usage` for what is no address, `busy` while a run is under way or waits, and what keeps an account from
    /// being asked; nothing is erased then.
    pub async fn forget(&self, email: &str, keep_lists: bool) -> Result<Forgotten> {
        let (canonical, key) = self.address(email).await?;
        let cancel = CancellationToken::new();
        // No run begins until the person is erased: it would plan with them, or send them still.
        let turn = Turn::alone(&self.store, &cancel).await?;
        let done = self.forget_alone(canonical, key, keep_lists, &turn, &cancel).await;
        turn.over(&self.store).await?;
        done
    }

    async fn forget_alone(
        &self,
        canonical: String,
        key: Digest,
        keep_lists: bool,
        turn: &Turn,
        cancel: &CancellationToken,
    ) -> Result<Forgotten> {
        let holds = self.store.read(move |conn| store::history::places(conn, &key)).await?;
        let lists_left = if keep_lists { 0 } else { self.take_off(&holds, cancel).await? };
        if turn.is_lost() {
            return Err(Error::new(Code::Busy, "A run began meanwhile; nobody was erased.")
                .help("Try again when it is done.")
                .retryable());
        }
        let now = self.clock.now();
        let Erased { receipts, lines } = self
            .change("person forgotten", "", move |tx| {
                let erased = store::forgotten::erase(tx, &key, |text| names(text, &canonical))?;
                store::forgotten::add(tx, &key, now)?;
                Ok(erased)
            })
            .await?;
        self.store.compact(None).await?;
        let mut accounts: Vec<String> = holds.into_iter().filter_map(|place| place.connection).collect();
        accounts.sort();
        accounts.dedup();
        Ok(Forgotten { lists_left, receipts, lines, accounts })
    }

    async fn take_off(&self, places: &[store::history::Place], cancel: &CancellationToken) -> Result<u64> {
        let mut left = 0;
        for place in places {
            let Some(name) = place.connection.as_deref().filter(|_| !place.lists.is_empty()) else {
                continue;
            };
            let connection = self.connection(name).await?;
            let key = key_of(self.keychain.as_ref(), &connection)?;
            let destination = destination(connection.product);
            let account =
                Account::open(&connection, place.account, destination, key, &self.store, cancel.clone())
                    .await?;
            let product = account.destination.name();
            let what = "that the person is off a list";
            let Some(singly) = account.destination.singly() else {
                let lists: Vec<List> = place
                    .lists
                    .iter()
                    .map(|(id, title)| List { id: id.clone(), title: title.clone(), members: None })
                    .collect();
                let leaves: Vec<&List> = lists.iter().collect();
                let out = opted_out_among(&account, name, vec![place.email.clone()]).await?;
                let row = Row { email: &place.email, id: None, fields: None, joins: &[], leaves: &leaves };
                // Whoever is gone from the account is not made anew.
                let call = Call { rows: &[row], by: By::Address, only_existing: true, later: false };
                let request = account.destination.upsert(&call, &[])?;
                let answer =
                    account.call(&request, |reply| account.destination.read_upsert(&call, reply)).await?;
                let said = accepted(answer, name, product, what)?;
                if let Some(RowAnswer::Refused(text) | RowAnswer::Suppressed(text)) = said.first() {
                    let refused = Answer::<()>::Refused { status: 200, text: text.clone() };
                    accepted(refused, name, product, what)?;
                }
                if !out.is_empty() && opted_out_among(&account, name, out).await?.is_empty() {
                    let id = connection.id;
                    self.store.write(move |tx| store::opt_outs::set(tx, id, OptOuts::Undone)).await?;
                    return Err(opt_out_undone(name, 1, 1));
                }
                left += leaves.len() as u64;
                continue;
            };
            for (list, _) in &place.lists {
                let request = singly.leave(list, &place.email);
                let answer = account.call(&request, |reply| singly.read_leave(reply)).await?;
                accepted(answer, name, product, what)?;
                left += 1;
            }
        }
        Ok(left)
    }

    /// The canonical form of an address, and its keyed hash.
    async fn address(&self, email: &str) -> Result<(String, Digest)> {
        let address = Address::parse(email).map_err(|problem| {
            Error::new(Code::Usage, format!("The address given cannot be used: {}.", problem.words()))
        })?;
        let install_key = self.store.read(store::meta::install_key).await?;
        let key = Fingerprints::new(install_key).of(&address.key);
        Ok((address.key, key))
    }
}

/// Whether a cell names this person, alone or beside others, as a cell with two addresses does.
fn names(cell: &str, canonical: &str) -> bool {
    let is_theirs = |text: &str| Address::parse(text).is_ok_and(|one| one.key == canonical);
    is_theirs(cell) || Address::parts(cell).any(is_theirs)
}
