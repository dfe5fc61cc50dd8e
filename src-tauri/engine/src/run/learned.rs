//! What delivery learns of the account on the way, shared by all requests in flight.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::error::Result;
use crate::model::Membership;

use super::account::Account;

/// So many requests may be refused in so much time. An account may shut a computer out after 15 in 15 s
/// (destination-api.md 3.3); those that are open when the last one is refused come on top.
const MOST_REFUSED: usize = 10;
const REFUSED_SPAN: Duration = Duration::from_secs(15);

/// What a run has learned so far.
pub(crate) struct Learned {
    /// When the next refused request may be split (A01).
    pub next_split: tokio::sync::Mutex<Instant>,
    membership: Mutex<Membership>,
    refused: AtomicU32,
    refused_at: Mutex<VecDeque<Instant>>,
    /// How often the limit of calls at a time has bitten: after the first time one goes at a time, after the second
    /// the account carries calls out later.
    bitten: AtomicU32,
    /// 0: not known yet; 1: answers come in the order sent; 2: they do not.
    order: AtomicU8,
    /// Whether the account is known to keep opt-outs.
    opt_outs_kept: AtomicBool,
    part_size: AtomicUsize,
    failed_places: AtomicU64,
    notes: Mutex<Vec<String>>,
}

impl Learned {
    /// At the beginning; `membership` is what the connection knows from earlier runs.
    pub(crate) fn new(membership: Membership) -> Self {
        Self {
            next_split: tokio::sync::Mutex::new(Instant::now()),
            membership: Mutex::new(membership),
            refused: AtomicU32::new(0),
            refused_at: Mutex::default(),
            bitten: AtomicU32::new(0),
            order: AtomicU8::new(0),
            opt_outs_kept: AtomicBool::new(false),
            part_size: AtomicUsize::new(usize::MAX),
            failed_places: AtomicU64::new(0),
            notes: Mutex::default(),
        }
    }

    /// How people get on lists here.
    pub(crate) fn membership(&self) -> Membership {
        *self.membership.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_membership(&self, membership: Membership) {
        *self.membership.lock().unwrap_or_else(PoisonError::into_inner) = membership;
    }

    /// Counts a request that was refused as a whole, with nobody named; how many there are now.
    pub(crate) fn count_refused(&self) -> u32 {
        self.was_refused();
        self.refused.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// A request was refused just now, whether or not it was said whom it is about: whoever has too many refused of late
    /// is shut out (destination-api.md 3.3).
    pub(crate) fn was_refused(&self) {
        self.refused_at.lock().unwrap_or_else(PoisonError::into_inner).push_back(Instant::now());
    }

    /// Waits until so few requests were refused of late that another one may be.
    ///
    /// # Errors
    /// `canceled`.
    pub(crate) async fn refusals_rest(&self, account: &Account) -> Result<()> {
        loop {
            let until = {
                let mut refused = self.refused_at.lock().unwrap_or_else(PoisonError::into_inner);
                let now = Instant::now();
                while refused.front().is_some_and(|at| *at + REFUSED_SPAN <= now) {
                    refused.pop_front();
                }
                if refused.len() < MOST_REFUSED {
                    return Ok(());
                }
                refused.front().map_or(Duration::ZERO, |at| *at + REFUSED_SPAN - now)
            };
            account.sleep(until).await?;
        }
    }

    /// The limit of calls at a time has bitten.
    pub(crate) fn bitten(&self) {
        self.bitten.fetch_add(1, Ordering::Relaxed);
    }

    /// Calls at a time, where so many may be open.
    pub(crate) fn at_a_time(&self, most: usize) -> usize {
        if self.bitten.load(Ordering::Relaxed) > 0 { 1 } else { most }
    }

    /// Whether the account is asked to carry calls out later.
    pub(crate) fn is_later(&self) -> bool {
        self.bitten.load(Ordering::Relaxed) > 1
    }

    /// Whether nobody's opt-out has to be feared for.
    pub(crate) fn trusts_opt_outs(&self) -> bool {
        self.opt_outs_kept.load(Ordering::Relaxed)
    }

    pub(crate) fn trust_opt_outs(&self) {
        self.opt_outs_kept.store(true, Ordering::Relaxed);
    }

    /// Whether answers were seen to come in the order sent.
    pub(crate) fn keeps_order(&self) -> bool {
        self.order.load(Ordering::Relaxed) == 1
    }

    /// What one call showed of the order of answers; that it is not kept is never unlearned.
    pub(crate) fn saw_order(&self, kept: bool) {
        self.order.fetch_max(if kept { 1 } else { 2 }, Ordering::Relaxed);
    }

    /// The most people in one bulk call: all of a batch, or fewer after the account refused one as
    /// too long.
    pub(crate) fn part_size(&self) -> usize {
        self.part_size.load(Ordering::Relaxed)
    }

    pub(crate) fn shrink_parts(&self, people: usize) {
        self.part_size.fetch_min(people.max(1), Ordering::Relaxed);
    }

    /// Places on lists that could not be given or taken.
    pub(crate) fn failed_places(&self) -> u64 {
        self.failed_places.load(Ordering::Relaxed)
    }

    pub(crate) fn add_failed_places(&self, places: u64) {
        self.failed_places.fetch_add(places, Ordering::Relaxed);
    }

    /// What went wrong besides single people, each once, for the reason of the run.
    pub(crate) fn notes(&self) -> Vec<String> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn note(&self, words: &str) {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        if !notes.iter().any(|note| note == words) {
            notes.push(words.to_owned());
        }
    }
}
