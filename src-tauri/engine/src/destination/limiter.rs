//! Limiter: at most N sends in any 1.03 s (architecture, decision 6; reliability.md 0.5).
//!
//! A sliding log of send stamps, pure: the caller brings the time (milliseconds of the boot-time
//! clock), keeps the stamps over restarts, and tells of those of other processes.

use std::collections::VecDeque;

/// The span in which at most N requests go, in milliseconds.
pub const SPAN_MS: i64 = 1_030;
/// How much longer a stamp of another process counts: it may have been sent later than stamped.
pub const FOREIGN_MS: i64 = 250;
/// The most that a stamp is moved up (see [`Window::shift`]).
pub const SHIFT_MS: i64 = 200;
/// How long a 429 without a hint halves the rate (architecture, decision 6).
pub const HALVED_MS: i64 = 60_000;

/// The longest pause that makes sense: the cap of a hint. A pause further away means that the clock
/// was set back (C01).
const PAUSE_MOST_MS: i64 = 15 * 60 * 1_000;

/// Whether a request may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admit {
    /// Now; it is noted.
    Now,
    /// Not before this time: ask again then.
    At(i64),
}

/// The log of one account.
#[derive(Debug, Clone)]
pub struct Window {
    rate: usize,
    /// When each send stops to count, smallest first.
    ends: VecDeque<i64>,
    paused_until: i64,
    halved_until: i64,
}

impl Window {
    /// An empty log with `rate` sends a span; 0 for no limit.
    #[must_use]
    pub fn new(rate: u32) -> Self {
        Self {
            rate: usize::try_from(rate).unwrap_or(usize::MAX),
            ends: VecDeque::new(),
            paused_until: i64::MIN,
            halved_until: i64::MIN,
        }
    }

    /// Whether a request may go now. [`Admit::Now`] notes it with this stamp; send it at once.
    pub fn admit(&mut self, now_ms: i64) -> Admit {
        self.forget(now_ms);
        if now_ms < self.paused_until {
            return Admit::At(self.paused_until);
        }
        if self.rate == 0 {
            return Admit::Now;
        }
        let halved = now_ms < self.halved_until;
        let rate = if halved { (self.rate / 2).max(1) } else { self.rate };
        // Those that must first stop to count, so that with this one there are `rate`.
        match self.ends.len().checked_sub(rate).and_then(|place| self.ends.get(place)) {
            None => {
                self.note(end(now_ms));
                Admit::Now
            }
            Some(&free) if halved => Admit::At(free.min(self.halved_until)),
            Some(&free) => Admit::At(free),
        }
    }

    /// Drops what no longer counts, without asking for leave.
    pub fn tidy(&mut self, now_ms: i64) {
        self.forget(now_ms);
    }

    /// Notes an own send from before a restart of Segue.
    pub fn own(&mut self, stamp_ms: i64) {
        self.note(end(stamp_ms));
    }

    /// Notes a send of another process: it counts [`FOREIGN_MS`] longer.
    pub fn foreign(&mut self, stamp_ms: i64) {
        self.note(end(stamp_ms).saturating_add(FOREIGN_MS));
    }

    /// Stamps of another boot cannot be compared: waits out one span, the foreign margin included.
    pub fn other_boot(&mut self, now_ms: i64) {
        self.pause_until(end(now_ms).saturating_add(FOREIGN_MS));
    }

    /// Nothing goes before this time.
    pub fn pause_until(&mut self, until_ms: i64) {
        self.paused_until = self.paused_until.max(until_ms);
    }

    /// Until when nothing goes, if that is later than now.
    #[must_use]
    pub fn paused_until(&self, now_ms: i64) -> Option<i64> {
        (self.paused_until > now_ms).then_some(self.paused_until)
    }

    /// Half of the rate, at least one, until this time: after a 429 without a hint.
    pub fn halve(&mut self, until_ms: i64) {
        self.halved_until = self.halved_until.max(until_ms);
    }

    /// Changes the rate from now on.
    pub fn set_rate(&mut self, rate: u32) {
        self.rate = usize::try_from(rate).unwrap_or(usize::MAX);
    }

    /// An own request reached the server later than its stamp says: its reply took `later_by` longer
    /// than the quickest ever. It then counts that much longer, at most [`SHIFT_MS`], so that
    /// arrivals keep the distance too. Call it once for a stamp.
    pub fn shift(&mut self, stamp_ms: i64, later_by_ms: i64) {
        let later_by = later_by_ms.clamp(0, SHIFT_MS);
        let noted = end(stamp_ms);
        if later_by == 0 {
            return;
        }
        // Newest first: replies are mostly to the last few.
        if let Some(place) = self.ends.iter().rposition(|&end| end == noted) {
            self.ends.remove(place);
            self.note(noted.saturating_add(later_by));
        }
    }

    fn note(&mut self, end_ms: i64) {
        let place = self.ends.iter().rposition(|&end| end <= end_ms).map_or(0, |place| place + 1);
        self.ends.insert(place, end_ms);
    }

    /// Drops what no longer counts, and what a clock that was set back would make count for ever:
    /// then one span is waited out instead (C01).
    fn forget(&mut self, now_ms: i64) {
        while self.ends.front().is_some_and(|&end| end <= now_ms) {
            self.ends.pop_front();
        }
        let longest = end(now_ms).saturating_add(FOREIGN_MS + SHIFT_MS);
        if self.ends.back().is_some_and(|&end| end > longest.saturating_add(SPAN_MS)) {
            self.ends.clear();
            self.other_boot(now_ms);
        }
        self.paused_until = self.paused_until.min(now_ms.saturating_add(PAUSE_MOST_MS));
        self.halved_until = self.halved_until.min(now_ms.saturating_add(HALVED_MS));
    }
}

/// When a send stops to count. One more than the span: a stamp is cut to whole milliseconds.
fn end(stamp_ms: i64) -> i64 {
    stamp_ms.saturating_add(SPAN_MS + 1)
}

#[cfg(test)]
mod tests;
