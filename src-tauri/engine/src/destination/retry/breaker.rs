//! Breaker: after five failures in a row nobody asks for a while, then one does
//! (reliability.md 5.3).

/// Failures in a row that open it.
const FAILURES: u32 = 5;
const FIRST_MS: i64 = 30_000;
const LONGEST_MS: i64 = 300_000;
/// The longest while nothing reaches the other side: a run goes on within a minute of the network's
/// return (N27).
const LONGEST_UNSENT_MS: i64 = 60_000;
/// How long others wait while one asks.
const PROBE_MS: i64 = 250;

/// Whether a request may go now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// It may.
    Pass,
    /// It may, alone: it asks whether the other side is back.
    Probe,
    /// Not before this time.
    Wait(i64),
}

/// The breaker of one account. Times are milliseconds of the boot-time clock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Breaker {
    failures: u32,
    openings: u32,
    open_until: Option<i64>,
    probing: bool,
}

impl Breaker {
    /// Whether a request may go now. After [`Gate::Probe`] the outcome must be told.
    pub fn gate(&mut self, now_ms: i64) -> Gate {
        let Some(until) = self.open_until else { return Gate::Pass };
        // Further away than the longest time: the clock was set back (C01).
        if now_ms < until && until.saturating_sub(now_ms) <= LONGEST_MS {
            return Gate::Wait(until);
        }
        if self.probing {
            return Gate::Wait(now_ms.saturating_add(PROBE_MS));
        }
        self.probing = true;
        Gate::Probe
    }

    /// The other side answered sensibly, be it with a refusal.
    pub fn succeed(&mut self) {
        *self = Self::default();
    }

    /// The other side did not answer sensibly; `unsent`: no connection came about.
    pub fn fail(&mut self, now_ms: i64, unsent: bool) {
        self.failures = self.failures.saturating_add(1);
        let late = self.open_until.is_some() && !self.probing;
        // Requests that were under way when it opened say nothing new.
        if late || self.failures < FAILURES {
            return;
        }
        let longest = if unsent { LONGEST_UNSENT_MS } else { LONGEST_MS };
        let wait = (FIRST_MS << self.openings.min(8)).min(longest);
        self.openings = self.openings.saturating_add(1);
        self.probing = false;
        self.open_until = Some(now_ms.saturating_add(wait));
    }

    /// Until when it is open, if it is.
    #[must_use]
    pub fn open_until(&self) -> Option<i64> {
        self.open_until
    }

    /// The probe came to nothing (canceled): another one may ask.
    pub fn release(&mut self) {
        self.probing = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_in_a_row_open_it_and_waits_double_to_five_minutes() {
        let mut breaker = Breaker::default();
        for _ in 0..4 {
            breaker.fail(0, false);
            assert_eq!(breaker.gate(0), Gate::Pass);
        }
        breaker.succeed();
        for _ in 0..5 {
            assert_eq!(breaker.gate(0), Gate::Pass);
            breaker.fail(0, false);
        }
        let mut now = 0;
        for wait in [30_000, 60_000, 120_000, 240_000, 300_000, 300_000] {
            assert_eq!(breaker.gate(now), Gate::Wait(now + wait));
            breaker.fail(now + 1, false); // Was under way.
            now += wait;
            assert_eq!(breaker.gate(now), Gate::Probe);
            assert_eq!(breaker.gate(now), Gate::Wait(now + 250));
            breaker.fail(now, false);
        }
        now += 300_000;
        assert_eq!(breaker.gate(now), Gate::Probe);
        breaker.release();
        assert_eq!(breaker.gate(now), Gate::Probe);
        breaker.succeed();
        assert_eq!(breaker.gate(now), Gate::Pass);
        assert_eq!(breaker.open_until(), None);
    }

    #[test]
    fn without_a_network_somebody_asks_each_minute() {
        let mut breaker = Breaker::default();
        for _ in 0..5 {
            breaker.fail(0, true);
        }
        let mut now = 0;
        for wait in [30_000, 60_000, 60_000] {
            assert_eq!(breaker.gate(now), Gate::Wait(now + wait));
            now += wait;
            assert_eq!(breaker.gate(now), Gate::Probe);
            breaker.fail(now, true);
        }
    }

    #[test]
    fn a_clock_set_back_does_not_close_it_for_ever() {
        let mut breaker = Breaker::default();
        for _ in 0..5 {
            breaker.fail(1_000_000_000, false);
        }
        assert_eq!(breaker.gate(0), Gate::Probe);
    }
}
