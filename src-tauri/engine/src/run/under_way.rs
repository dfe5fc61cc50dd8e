//! A run under way: what its plan says, the account it sends to, and what delivery learns on the way.

use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::time::Instant;

use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use crate::model::{self, Connection, Export, ListId, Membership, RunId};
use crate::stage::Fingerprints;
use crate::store::run::Ledger;
use crate::store::{Store, attempt};

use super::account::Account;
use super::deliver::{VendorLists, no_list};
use super::observer::Watch;
use super::plan::Frozen;

/// A run under way.
pub(crate) struct Run {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub account: Account,
    pub connection: Connection,
    pub export: Export,
    pub ledger: Ledger,
    pub frozen: Frozen,
    pub fingerprints: Fingerprints,
    pub watch: Arc<Watch>,
    pub resumed: bool,
    pub next_split: tokio::sync::Mutex<Instant>,
    pub row: model::Run,
    pub lists: VendorLists,
    /// Lists that nobody was on when the run was planned.
    pub empty: Vec<ListId>,
    membership: Mutex<Membership>,
    refused: AtomicU32,
    part_size: AtomicUsize,
    failed_places: AtomicU64,
    notes: Mutex<Vec<String>>,
}

/// What a run begins with.
pub(crate) struct Parts {
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
}

impl Run {
    pub(crate) fn new(parts: Parts) -> Self {
        let Parts { store, account, connection, export, ledger, frozen, fingerprints, watch, resumed, row } =
            parts;
        Self {
            clock: Arc::clone(store.clock()),
            membership: Mutex::new(connection.membership),
            store,
            account,
            connection,
            export,
            ledger,
            frozen,
            fingerprints,
            watch,
            resumed,
            next_split: tokio::sync::Mutex::new(Instant::now()),
            row,
            lists: VendorLists::default(),
            empty: Vec::new(),
            refused: AtomicU32::new(0),
            part_size: AtomicUsize::new(usize::MAX),
            failed_places: AtomicU64::new(0),
            notes: Mutex::default(),
        }
    }

    pub(crate) fn row_id(&self) -> RunId {
        self.row.id
    }

    pub(crate) fn vendor_list(&self, list: ListId) -> Result<String> {
        self.lists.get(&list).cloned().ok_or_else(no_list)
    }

    /// Whether nobody was on the list when the run was planned.
    pub(crate) fn list_was_empty(&self, vendor: &str) -> bool {
        self.empty.iter().any(|list| self.lists.get(list).is_some_and(|id| id == vendor))
    }

    pub(crate) fn membership(&self) -> Membership {
        *self.membership.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_membership(&self, membership: Membership) {
        *self.membership.lock().unwrap_or_else(PoisonError::into_inner) = membership;
    }

    pub(crate) fn count_refused(&self) -> u32 {
        self.refused.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// The most people in one bulk call: all of a batch, or fewer after the account refused one as
    /// too long.
    pub(crate) fn part_size(&self) -> usize {
        self.part_size.load(Ordering::Relaxed)
    }

    pub(crate) fn shrink_parts(&self, people: usize) {
        self.part_size.fetch_min(people.max(1), Ordering::Relaxed);
    }

    pub(crate) fn add_failed_places(&self, places: u64) {
        self.failed_places.fetch_add(places, Ordering::Relaxed);
    }

    pub(crate) fn failed_places(&self) -> u64 {
        self.failed_places.load(Ordering::Relaxed)
    }

    pub(crate) fn note(&self, words: &str) {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        if !notes.iter().any(|note| note == words) {
            notes.push(words.to_owned());
        }
    }

    pub(crate) fn notes(&self) -> Vec<String> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) async fn end_attempt(
        &self,
        seq: i64,
        outcome: &'static str,
        status: u16,
        text: &str,
    ) -> Result<()> {
        let (no, text, now) = (self.ledger.no, text.to_owned(), self.clock.now());
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
