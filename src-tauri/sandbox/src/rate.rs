//! The vendor's rate limit, checked at the door.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

const WINDOW: Duration = Duration::from_secs(1);

/// A sliding log of the admitted arrivals of the last second.
///
/// A log and not a token bucket: a bucket of n/s lets up to 2n-1 through in a sliding second
/// (`reliability.md` 0.5), and this door is to show such a client up. A refused arrival is not
/// put in the log, or a client that hammers would never be admitted again.
#[derive(Debug, Default)]
pub(crate) struct Door {
    admitted: VecDeque<Instant>,
}

impl Door {
    /// Whether an arrival at `now` is within `limit`; `None` admits all.
    pub(crate) fn admits(&mut self, now: Instant, limit: Option<u32>) -> bool {
        let Some(limit) = limit else {
            return true;
        };
        while self.admitted.front().is_some_and(|&then| now.saturating_duration_since(then) >= WINDOW) {
            self.admitted.pop_front();
        }
        if self.admitted.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
            return false;
        }
        self.admitted.push_back(now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sliding_second_never_holds_more_than_the_limit() {
        let mut door = Door::default();
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        assert!(door.admits(at(0), Some(2)));
        assert!(door.admits(at(900), Some(2)));
        assert!(!door.admits(at(999), Some(2)), "third within the second");
        assert!(door.admits(at(1000), Some(2)), "the first has left");
        assert!(!door.admits(at(1899), Some(2)), "the burst over the boundary");
        assert!(door.admits(at(1900), Some(2)));
        assert!(door.admits(at(1900), None), "no limit admits all");
    }
}
