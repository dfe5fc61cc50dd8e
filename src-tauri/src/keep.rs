//! Whether Segue stays when its window is closed, so that schedules go on: what the user has set.

use std::sync::atomic::{AtomicBool, Ordering};

/// Whether it stays, and whether the user was told where it is.
#[derive(Default)]
pub(crate) struct Keep {
    on: AtomicBool,
    told: AtomicBool,
}

impl Keep {
    /// From now on it stays, or not.
    pub(crate) fn set(&self, on: bool) {
        self.on.store(on, Ordering::Relaxed);
    }

    /// Whether it stays.
    pub(crate) fn on(&self) -> bool {
        self.on.load(Ordering::Relaxed)
    }

    /// Whether this is the first time that it stays without its window: then the user is told, once.
    pub(crate) fn is_first(&self) -> bool {
        !self.told.swap(true, Ordering::Relaxed)
    }
}
