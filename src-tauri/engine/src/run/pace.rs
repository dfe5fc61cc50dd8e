//! Pace: when the next request to an account may leave. The limiter's log is kept in the store, so that
//! the rate holds over restarts and between processes (product.md rule 10).

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::destination::limiter::{Admit, FOREIGN_MS, HALVED_MS, SPAN_MS, Window};
use crate::error::Result;
use crate::store::{Store, stamp};

use super::stopped::canceled;

/// The pace of one account in this process.
pub(super) struct Pace {
    /// The account.
    id: i64,
    /// Requests a second; 0 for no limit of ours.
    rate: u32,
    pid: u32,
    store: Store,
    /// Held only for a moment; waiting for leave is in `turn`, so that answers are never kept waiting.
    window: Mutex<Window>,
    turn: tokio::sync::Mutex<()>,
    /// The shortest time from leaving to answer so far, in milliseconds.
    quickest: AtomicI64,
}

impl Pace {
    /// The pace where it was left off. Waits out a window where the last stamps are of another boot.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) async fn open(id: i64, rate: u32, store: &Store) -> Result<Self> {
        let pid = std::process::id();
        let mut window = Window::new(rate);
        if rate > 0 {
            let now = store.clock().boot_time();
            let boot = now.boot.clone();
            let (stamps, other) = store
                .read(move |conn| {
                    Ok((
                        stamp::recent(conn, id, &now, SPAN_MS + FOREIGN_MS, pid)?,
                        stamp::of_another_boot(conn, id, &boot)?,
                    ))
                })
                .await?;
            for stamp in stamps.iter().filter(|stamp| stamp.own) {
                window.own(stamp.millis);
            }
            if other {
                let now = store.clock().boot_time();
                window.other_boot(now.millis);
                store.write(move |tx| stamp::forget_other_boots(tx, id, &now.boot)).await?;
            }
        }
        Ok(Self {
            id,
            rate,
            pid,
            store: store.clone(),
            window: Mutex::new(window),
            turn: tokio::sync::Mutex::new(()),
            quickest: AtomicI64::new(i64::MAX),
        })
    }

    /// How many requests, `most` at most, should be open at a time so that the rate is reached
    /// whatever the latency (architecture.md decision 6).
    pub(super) fn in_flight(&self, most: usize) -> usize {
        if self.rate == 0 {
            return most;
        }
        let latency = self.quickest.load(Ordering::Relaxed);
        let latency = if latency == i64::MAX { 1_000.0 } else { latency as f64 + 10.0 };
        let wanted = (f64::from(self.rate) * latency / 1_000.0).ceil() as usize + 1;
        wanted.clamp(1, most)
    }

    /// The account asked for patience: a pause where it says how long, else half the rate for a while.
    pub(super) fn too_fast(&self, now_ms: i64, hint: Option<Duration>) {
        match hint {
            Some(hint) => self.window().pause_until(now_ms + hint.as_millis() as i64),
            None => self.window().halve(now_ms + HALVED_MS),
        }
    }

    /// Leave to send one request now; its stamp is in the store before it returns. `None` where there
    /// is no rate.
    ///
    /// # Errors
    /// `canceled` once `halt` trips, and those of the database.
    pub(super) async fn permit(&self, halt: &CancellationToken) -> Result<Option<i64>> {
        let _turn = self.turn.lock().await;
        loop {
            if halt.is_cancelled() {
                return Err(canceled());
            }
            let now = self.store.clock().boot_time();
            let at = now.millis;
            if self.rate == 0 {
                // No rate of ours, but a 429 is obeyed.
                let paused = self.window().paused_until(at);
                let Some(until) = paused else { return Ok(None) };
                sleep(span(at, until), halt).await?;
                continue;
            }
            let (id, pid) = (self.id, self.pid);
            let mut trial = self.window().clone();
            // Reading the others' stamps and adding ours is one transaction: two processes cannot
            // both take the last place of a window.
            let admit = self
                .store
                .write(move |tx| {
                    for stamp in stamp::recent(tx, id, &now, SPAN_MS + FOREIGN_MS, pid)? {
                        if !stamp.own {
                            trial.foreign(stamp.millis);
                        }
                    }
                    let admit = trial.admit(at);
                    if admit == Admit::Now {
                        stamp::insert(tx, id, &now.boot, pid, &[at])?;
                        stamp::prune(tx, id, &now)?;
                    }
                    Ok(admit)
                })
                .await?;
            match admit {
                Admit::Now => {
                    self.window().own(at);
                    return Ok(Some(at));
                }
                Admit::At(free) => {
                    self.window().tidy(at);
                    sleep(span(at, free), halt).await?;
                }
            }
        }
    }

    /// Takes note of how long an answer took; `stamp` is what [`Pace::permit`] gave.
    pub(super) fn note_latency(&self, stamp: Option<i64>) {
        let Some(stamp) = stamp else { return };
        let took = self.store.clock().boot_time().millis - stamp;
        let quickest = self.quickest.fetch_min(took, Ordering::Relaxed).min(took);
        self.window().shift(stamp, took - quickest);
    }

    fn window(&self) -> MutexGuard<'_, Window> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits, unless nothing more is to be sent meanwhile.
///
/// # Errors
/// `canceled`.
pub(super) async fn sleep(time: Duration, halt: &CancellationToken) -> Result<()> {
    tokio::select! {
        () = tokio::time::sleep(time) => Ok(()),
        () = halt.cancelled() => Err(canceled()),
    }
}

fn span(from_ms: i64, to_ms: i64) -> Duration {
    Duration::from_millis((to_ms - from_ms).max(1).unsigned_abs())
}
