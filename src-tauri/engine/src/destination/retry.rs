//! Retry: how long to wait before the same request goes again, and when to give up.
//!
//! Pure: the random number in 0..1 and the time come from the caller. The figures are those of
//! reliability.md 5.3. There is one layer of retries, this one.

mod breaker;
mod budget;
mod hint;

use std::time::Duration;

pub use self::breaker::{Breaker, Gate};
pub use self::budget::Budget;
pub use self::hint::hint;

/// Tries of one request, the first included.
pub const ATTEMPTS: u32 = 8;
/// The longest that one request waits in all; then the run pauses.
pub const PATIENCE: Duration = Duration::from_secs(15 * 60);
/// The longest hint that is honoured (A15).
pub const HINT_CAP: Duration = Duration::from_secs(15 * 60);
/// The shortest wait after a hint (A15).
pub const HINT_FLOOR: Duration = Duration::from_secs(1);

const FLOOR: Duration = Duration::from_millis(250);

/// What went wrong, as far as waiting is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No connection came about: nothing reached the other side, so it is no attempt, only patience
    /// counts (N01, N04, N27).
    Unsent,
    /// An unknown outcome (a broken connection, 408, 425, 5xx, not our schema).
    Fault,
    /// 429 without a hint.
    TooFast,
}

/// How long to wait after the `failed`-th failed attempt (from 1), by a random number in 0..1.
///
/// After a fault anything between a quarter of a second and the bound (full jitter); after a 429 at
/// least half of the bound (equal jitter), for the other side asked for time.
#[must_use]
pub fn wait(trouble: Trouble, failed: u32, random: f64) -> Duration {
    let random = if random.is_finite() { random.clamp(0.0, 1.0) } else { 1.0 };
    let (base, cap) = match trouble {
        Trouble::Unsent | Trouble::Fault => (1, 60),
        Trouble::TooFast => (2, 120),
    };
    let doublings = failed.saturating_sub(1).min(16);
    let bound = Duration::from_secs((base << doublings).min(cap));
    let floor = match trouble {
        Trouble::Unsent | Trouble::Fault => FLOOR,
        Trouble::TooFast => bound / 2,
    };
    floor + (bound - floor).mul_f64(random)
}

/// The tries of one request so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries {
    /// Failures, whatever they were.
    pub failed: u32,
    /// Of those, attempts: the request left.
    pub attempts: u32,
    /// Waited between them.
    pub waited: Duration,
}

impl Tries {
    /// Notes a failure: how long to wait before the next try, or `None` to give up. A `hint` of the
    /// other side goes before the policy's own wait.
    pub fn fail(&mut self, trouble: Trouble, hint: Option<Duration>, random: f64) -> Option<Duration> {
        self.failed = self.failed.saturating_add(1);
        self.attempts = self.attempts.saturating_add(u32::from(trouble != Trouble::Unsent));
        let next = match hint {
            Some(hint) => hint.clamp(HINT_FLOOR, HINT_CAP),
            None => wait(trouble, self.failed, random),
        };
        if self.attempts >= ATTEMPTS || self.waited + next > PATIENCE {
            return None;
        }
        self.waited += next;
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn waits_are_those_of_the_policy() {
        let check = |trouble, failed, random, millis: u64| {
            assert_eq!(
                wait(trouble, failed, random),
                Duration::from_millis(millis),
                "{trouble:?} {failed} {random}"
            );
        };
        check(Trouble::Fault, 1, 0.0, 250);
        check(Trouble::Fault, 1, 1.0, 1_000);
        check(Trouble::Fault, 3, 0.0, 250);
        check(Trouble::Fault, 3, 1.0, 4_000);
        check(Trouble::Fault, 7, 1.0, 60_000);
        check(Trouble::Fault, u32::MAX, 1.0, 60_000);
        check(Trouble::TooFast, 1, 0.0, 1_000);
        check(Trouble::TooFast, 1, 1.0, 2_000);
        check(Trouble::TooFast, 8, 0.0, 60_000);
        check(Trouble::TooFast, 8, 1.0, 120_000);
    }

    #[test]
    fn the_eighth_failure_is_the_last() {
        let mut tries = Tries::default();
        for _ in 1..ATTEMPTS {
            assert!(tries.fail(Trouble::Fault, None, 0.5).is_some());
        }
        assert_eq!(tries.fail(Trouble::Fault, None, 0.5), None);
    }

    #[test]
    fn what_never_left_is_tried_for_a_quarter_of_an_hour() {
        let mut tries = Tries::default();
        while tries.fail(Trouble::Unsent, None, 1.0).is_some() {}
        assert!(tries.waited > PATIENCE - Duration::from_secs(60), "{:?}", tries.waited);
        assert_eq!(tries.attempts, 0);
    }

    #[test]
    fn patience_ends_after_a_quarter_of_an_hour() {
        let mut tries = Tries::default();
        let long = Some(Duration::from_secs(600));
        assert_eq!(tries.fail(Trouble::TooFast, long, 0.5), long);
        assert_eq!(tries.fail(Trouble::TooFast, long, 0.5), None);
        let whole = Some(Duration::from_secs(1_000_000_000));
        assert_eq!(Tries::default().fail(Trouble::TooFast, whole, 0.5), Some(HINT_CAP));
    }

    proptest! {
        #[test]
        fn waits_stay_in_their_bounds(failed in any::<u32>(), random in any::<f64>()) {
            let fault = wait(Trouble::Fault, failed, random);
            prop_assert!(fault >= FLOOR && fault <= Duration::from_secs(60));
            let fast = wait(Trouble::TooFast, failed, random);
            prop_assert!(fast >= Duration::from_secs(1) && fast <= Duration::from_secs(120));
        }
    }
}
