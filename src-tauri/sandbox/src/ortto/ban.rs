//! The ban on a client that sends too many bad requests (`destination-api.md` 3.3).

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// So many bad requests lead to a ban.
const MOST: usize = 15;
/// Within this, and for this long.
const SPAN: u64 = 15;

/// The bad requests of late, and the ban that they led to.
#[derive(Debug, Default)]
pub(crate) struct Ban {
    bad: VecDeque<Instant>,
    until: Option<Instant>,
    begun: u64,
}

impl Ban {
    /// The seconds that the ban still lasts, rounded up.
    pub(crate) fn left(&self, now: Instant) -> Option<u64> {
        let left = self.until?.checked_duration_since(now)?;
        (!left.is_zero()).then(|| left.as_millis().div_ceil(1000).try_into().unwrap_or(u64::MAX))
    }

    /// Counts a bad request; the fifteenth within the span begins a ban of that length. `seconds`:
    /// another span than the vendor's.
    pub(crate) fn count(&mut self, now: Instant, seconds: Option<u64>) {
        let span = Duration::from_secs(seconds.unwrap_or(SPAN));
        while self.bad.front().is_some_and(|&then| now.saturating_duration_since(then) >= span) {
            self.bad.pop_front();
        }
        self.bad.push_back(now);
        if self.bad.len() >= MOST {
            self.bad.clear();
            self.until = Some(now + span);
            self.begun += 1;
        }
    }

    /// How many bans began.
    pub(crate) fn begun(&self) -> u64 {
        self.begun
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifteen_in_fifteen_seconds_are_a_ban_of_fifteen() {
        let mut ban = Ban::default();
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        for n in 0..15 {
            ban.count(at(n * 1100), None);
        }
        assert_eq!((ban.left(at(15_400)), ban.begun()), (None, 0), "15 in 15.4 seconds");
        ban.count(at(15_401), None);
        assert_eq!((ban.left(at(15_401)), ban.begun()), (Some(15), 1));
        assert_eq!(ban.left(at(30_400)), Some(1));
        assert_eq!(ban.left(at(30_401)), None);
        ban.count(at(30_402), None);
        assert_eq!(ban.left(at(30_402)), None, "counted anew");
    }

    #[test]
    fn the_span_can_be_another() {
        let mut ban = Ban::default();
        let now = Instant::now();
        for _ in 0..15 {
            ban.count(now, Some(2));
        }
        assert_eq!(ban.left(now), Some(2));
    }
}
