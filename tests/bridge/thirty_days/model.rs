//! What must run, found without the scheduler: the clock of each zone is walked minute by minute, and who looked
//! when is written down.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil};
use segue_engine::model::{Every, Recurrence};

/// The due times of a recurrence: each minute that its clock shows first, or jumps over, and that is wanted.
pub(crate) fn times(recurrence: &Recurrence, from: Timestamp, to: Timestamp) -> BTreeSet<Timestamp> {
    let zone = TimeZone::get(&recurrence.zone).unwrap();
    let wanted = |shown: civil::DateTime| {
        let day = recurrence.every == Every::Day || recurrence.on.contains(&shown.weekday().into());
        day && recurrence.at.iter().any(|at| at.time() == shown.time())
    };
    let (mut now, mut times) = (from, BTreeSet::new());
    let mut reached = zone.to_datetime(now);
    while now < to {
        now += SignedDuration::from_mins(1);
        let shows = zone.to_datetime(now);
        while reached < shows {
            reached = reached.checked_add(SignedDuration::from_mins(1)).unwrap();
            if wanted(reached) {
                times.insert(now);
            }
        }
    }
    times
}

/// How a due time is to be found in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// One run, late or not.
    Run,
    /// One run that is not late.
    OnTime,
    /// One run that is late.
    Late,
}

/// One owner: what is due when, and until when somebody looked by a clock that went right.
pub(crate) struct Book {
    times: BTreeSet<Timestamp>,
    looked: Timestamp,
    /// What the next look finds may have been found before, by a clock that went wrong.
    doubtful: bool,
    /// By a clock that was ahead, times until then were seen.
    seen: Timestamp,
    pub(crate) wanted: BTreeMap<Timestamp, Wanted>,
}

impl Book {
    pub(crate) fn new(times: BTreeSet<Timestamp>, now: Timestamp) -> Self {
        Self { times, looked: now, doubtful: false, seen: now, wanted: BTreeMap::new() }
    }

    /// Whether it is due then.
    pub(crate) fn has(&self, at: Timestamp) -> bool {
        self.times.contains(&at)
    }

    /// Somebody looks, by a clock that goes right: of what passed since the last look the last is to run.
    /// `died`: and dies at it, so that whoever does it is late.
    pub(crate) fn look(&mut self, now: Timestamp, died: bool) {
        let from = self.looked.max(self.seen);
        if from < now {
            let passed: Vec<_> = self.times.range(from..=now).filter(|at| **at > from).copied().collect();
            if let Some(last) = passed.last() {
                let late = passed.len() > 1 || now.duration_since(*last) > SignedDuration::from_mins(2);
                let wanted = match (self.doubtful || died, late) {
                    (true, _) => Wanted::Run,
                    (false, true) => Wanted::Late,
                    (false, false) => Wanted::OnTime,
                };
                self.wanted.entry(*last).or_insert(wanted);
                self.doubtful = false;
            }
        }
        self.looked = now;
    }

    /// What passed until now is not made up for.
    pub(crate) fn resume(&mut self, now: Timestamp) {
        self.looked = now;
    }

    /// The clock went wrong until now, and was looked at while it showed `wrong`.
    pub(crate) fn corrected(&mut self, wrong: Timestamp, now: Timestamp) {
        let ahead = wrong.duration_since(now);
        if ahead > SignedDuration::ZERO && ahead <= SignedDuration::from_hours(26) {
            self.seen = self.seen.max(wrong);
        }
        self.doubtful = true;
    }
}
