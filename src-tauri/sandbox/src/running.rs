//! How many vendor requests are being answered now.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A number of requests in some state; a [`Turn`] counts one until it is dropped.
#[derive(Debug, Default)]
pub(crate) struct Running(Arc<AtomicUsize>);

/// One request, counted while this lives, whatever way it ends.
#[derive(Debug)]
pub(crate) struct Turn(Arc<AtomicUsize>);

impl Running {
    pub(crate) fn enter(&self) -> Turn {
        self.0.fetch_add(1, Ordering::SeqCst);
        Turn(Arc::clone(&self.0))
    }

    pub(crate) fn now(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
