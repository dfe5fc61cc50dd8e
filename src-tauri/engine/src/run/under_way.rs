//! A run under way: what its plan says, and the account it sends to.

use std::sync::Arc;

use crate::destination::{List, Singly};
use crate::error::{Code, Error, Result};
use crate::model::{self, Connection, Export, ListId, RunId};
use crate::stage::Fingerprints;
use crate::store::run::Ledger;
use crate::store::{Store, attempt};

use super::account::Account;
use super::deliver::{VendorLists, no_list};
use super::learned::Learned;
use super::observer::Watch;
use super::plan::Frozen;

/// A run under way.
pub(crate) struct Run {
    pub store: Store,
    pub account: Account,
    pub connection: Connection,
    pub export: Export,
    pub ledger: Ledger,
    pub frozen: Frozen,
    pub fingerprints: Fingerprints,
    pub watch: Arc<Watch>,
    pub resumed: bool,
    pub row: model::Run,
    pub lists: VendorLists,
    /// Lists that nobody was on when the run was planned.
    pub empty: Vec<ListId>,
    pub learned: Learned,
}

impl Run {
    pub(crate) fn row_id(&self) -> RunId {
        self.row.id
    }

    /// A list as the account has it.
    pub(crate) fn list(&self, list: ListId) -> Result<&List> {
        self.lists.get(&list).ok_or_else(no_list)
    }

    /// Whether nobody was on the list when the run was planned.
    pub(crate) fn list_was_empty(&self, vendor: &List) -> bool {
        self.empty.iter().any(|list| self.lists.get(list) == Some(vendor))
    }

    /// Whether each row of a bulk call names every list that its person joins and leaves.
    pub(crate) fn all_lists(&self) -> bool {
        self.account.destination.abilities().all_lists
    }

    /// Calls for one person and one list.
    pub(crate) fn singly(&self) -> Result<&dyn Singly> {
        let none = || Error::internal("a product without calls for one person was asked for one");
        self.account.destination.singly().ok_or_else(none)
    }

    pub(crate) async fn end_attempt(
        &self,
        seq: i64,
        outcome: &'static str,
        status: u16,
        text: &str,
    ) -> Result<()> {
        let (no, text, now) = (self.ledger.no, text.to_owned(), self.store.clock().now());
        self.store.write(move |tx| attempt::end(tx, no, seq, outcome, status, &text, now)).await
    }

    /// An answer that has no meaning here: booked, and the run stops, resumable.
    pub(crate) async fn unexpected(&self, seq: i64, status: u16, text: &str) -> Result<Error> {
        self.end_attempt(seq, "unknown", status, text).await?;
        let (code, words) = if status == 404 {
            (Code::ListGone, "A list is gone from the account".to_owned())
        } else {
            (
                Code::Destination,
                format!("The account of “{}” answered something that cannot be read", self.connection.name),
            )
        };
        Ok(Error::new(code, format!("{words}: {text}. What was accepted before is kept."))
            .help("Run the export again; it goes on from here.")
            .retryable())
    }
}
