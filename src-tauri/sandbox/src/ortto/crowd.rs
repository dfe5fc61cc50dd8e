//! The limits of synchronous merges by another key than the person's id (`destination-api.md` 3.3).

use super::Asked;
use crate::faults::OrttoFaults;

/// How many there were since the last asynchronous one.
#[derive(Debug, Default)]
pub(crate) struct Crowd {
    since_async: u64,
}

impl Crowd {
    /// Whether the request is one too many, with so many open already; else it is counted.
    pub(crate) fn is_too_much(&mut self, asked: &Asked, faults: &OrttoFaults, open: usize) -> bool {
        if asked.is_async() {
            self.since_async = 0;
        }
        if !asked.is_sync_by_key() {
            return false;
        }
        if faults.concurrency.is_some_and(|most| open >= most)
            || faults.async_only.is_some_and(|most| self.since_async >= most)
        {
            return true;
        }
        self.since_async += 1;
        false
    }
}
