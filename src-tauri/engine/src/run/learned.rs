//! What delivery learns of the account on the way, shared by all requests in flight.

use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::time::Instant;

use crate::model::Membership;

/// What a run has learned so far.
pub(crate) struct Learned {
    /// When the next refused request may be split (A01).
    pub next_split: tokio::sync::Mutex<Instant>,
    membership: Mutex<Membership>,
    refused: AtomicU32,
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

    /// Counts a request that was refused as a whole; how many there are now.
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
