//! Budget: repeats are at most a fifth of first attempts, and ten, in any five minutes
//! (reliability.md 5.3, I12): a side that fails at everything is not flooded.

use std::collections::VecDeque;

const SPAN_S: i64 = 300;
const FREE: u64 = 10;
const FIRSTS_A_RETRY: u64 = 5;

/// The budget of one account. Times are milliseconds of the boot-time clock.
#[derive(Debug, Clone, Default)]
pub struct Budget {
    /// By second, oldest first.
    seconds: VecDeque<Second>,
}

#[derive(Debug, Clone, Copy)]
struct Second {
    at: i64,
    firsts: u64,
    retries: u64,
}

impl Budget {
    /// Notes a first attempt.
    pub fn first(&mut self, now_ms: i64) {
        self.second(now_ms).firsts += 1;
    }

    /// Asks for leave to repeat; `None`: it may, and is noted, else not before this time. Ask again
    /// then, or sooner, since first attempts of others widen the budget.
    pub fn retry(&mut self, now_ms: i64) -> Option<i64> {
        self.second(now_ms);
        let (firsts, retries) =
            self.seconds.iter().fold((0, 0), |(firsts, retries), s| (firsts + s.firsts, retries + s.retries));
        if retries < FREE + firsts / FIRSTS_A_RETRY {
            self.second(now_ms).retries += 1;
            return None;
        }
        let oldest = self.seconds.iter().find(|second| second.retries > 0);
        Some(oldest.map_or(now_ms, |second| (second.at + SPAN_S + 1) * 1_000))
    }

    /// The second that it is. Those that no longer count are dropped, and those of a clock that was
    /// set back (C01).
    fn second(&mut self, now_ms: i64) -> &mut Second {
        let at = now_ms.div_euclid(1_000);
        self.seconds.retain(|second| (0..=SPAN_S).contains(&(at - second.at)));
        if self.seconds.back().is_none_or(|second| second.at != at) {
            self.seconds.push_back(Second { at, firsts: 0, retries: 0 });
        }
        let last = self.seconds.len() - 1;
        &mut self.seconds[last]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_are_free_and_each_fifth_first_attempt_gives_one_more() {
        let mut budget = Budget::default();
        for _ in 0..10 {
            assert_eq!(budget.retry(0), None);
        }
        assert_eq!(budget.retry(2_000), Some(301_000));
        for _ in 0..4 {
            budget.first(3_000);
        }
        assert!(budget.retry(3_000).is_some());
        budget.first(3_000);
        assert_eq!(budget.retry(3_000), None);
        assert!(budget.retry(300_999).is_some(), "for five minutes");
        assert_eq!(budget.retry(301_000), None);
    }

    #[test]
    fn a_clock_set_back_does_not_close_it_for_ever() {
        let mut budget = Budget::default();
        while budget.retry(1_000_000_000).is_none() {}
        assert_eq!(budget.retry(0), None);
    }
}
