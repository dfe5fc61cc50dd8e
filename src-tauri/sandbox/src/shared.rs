//! What all connections of a sandbox share.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::Faults;
use crate::asked::Accounts;
use crate::faults::Schedule;
use crate::log::Log;
use crate::ortto::{Ban, Crowd};
use crate::rate::Door;
use crate::record::{Record, Request};
use crate::running::Running;

/// One sandbox, seen from its connections.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) key: String,
    started: Instant,
    state: Mutex<State>,
    /// Vendor requests from the head to the end of the reply.
    pub(crate) open: Running,
    /// Those of them that were carried out and are being written.
    pub(crate) writing: Running,
    /// Ortto's synchronous merges by another key than the person's id.
    pub(crate) merging: Running,
}

/// The part under the lock. One lock for account and record, so that nobody sees a contact stored
/// and the request that brought it not applied.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) accounts: Accounts,
    pub(crate) record: Record,
    pub(crate) faults: Faults,
    pub(crate) schedule: Schedule,
    pub(crate) door: Door,
    pub(crate) ortto_door: Door,
    pub(crate) ban: Ban,
    pub(crate) crowd: Crowd,
    pub(crate) latency: Duration,
    pub(crate) rate: Option<u32>,
    /// Where what is applied is kept; `None`: in memory only.
    pub(crate) log: Option<Log>,
}

impl Shared {
    pub(crate) fn new(
        key: String,
        latency: Duration,
        rate: Option<u32>,
        faults: Faults,
        kept: Option<(Accounts, Log)>,
    ) -> Shared {
        let (accounts, log) = kept.map_or_else(Default::default, |(accounts, log)| (accounts, Some(log)));
        let mut state = State {
            accounts,
            log,
            record: Record::default(),
            faults: Faults::default(),
            schedule: Schedule::default(),
            door: Door::default(),
            ortto_door: Door::default(),
            ban: Ban::default(),
            crowd: Crowd::default(),
            latency,
            rate,
        };
        state.set_faults(faults);
        Shared {
            key,
            started: Instant::now(),
            state: Mutex::new(state),
            open: Running::default(),
            writing: Running::default(),
            merging: Running::default(),
        }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        // A thread that panicked left at worst a half-written contact; the others go on.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Milliseconds from the start to `at`.
    pub(crate) fn ms(&self, at: Instant) -> f64 {
        at.saturating_duration_since(self.started).as_secs_f64() * 1000.0
    }

    /// Changes the entry of a request, unless the record was cleared meanwhile.
    pub(crate) fn note(&self, seq: u64, how: impl FnOnce(&mut Request)) {
        if let Some(request) = self.lock().record.at(seq) {
            how(request);
        }
    }
}

impl State {
    /// Replaces the faults; counters begin anew, custom fields and suppressed addresses are
    /// added to the accounts.
    pub(crate) fn set_faults(&mut self, faults: Faults) {
        self.schedule = Schedule::new(&faults.faults);
        for field in &faults.custom_fields {
            self.accounts.classic.define(field.clone());
        }
        self.crowd = Crowd::default();
        for field in &faults.ortto.fields {
            // One that is there stays: faults are replaced more than once.
            drop(self.accounts.ortto.define(field.clone()));
        }
        for email in &faults.ortto.suppressed {
            self.accounts.ortto.suppress(email);
        }
        self.faults = faults;
    }

    /// Requests in one second, of the faults or else of the settings.
    pub(crate) fn limit(&self) -> Option<u32> {
        self.faults.rate.or(self.rate)
    }
}
