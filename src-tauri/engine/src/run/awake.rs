//! Awake: notices that the computer slept in the middle of a run (C02). While it sleeps the boot-time clock goes on
//! and timers stand still; a request that was open then has nobody at its other end any more.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::clock::Clock;

/// How often it is looked.
const LOOK: Duration = Duration::from_secs(2);
/// The least difference of the two clocks that is a sleep, in milliseconds.
const ASLEEP_MS: i64 = 30_000;

/// Watches for sleep until it is dropped.
pub(super) struct Awake {
    woken: watch::Receiver<u64>,
    looking: JoinHandle<()>,
}

impl Awake {
    /// Watches by this clock; `woke` is called after each sleep.
    pub(super) fn watch(clock: Arc<dyn Clock>, woke: impl Fn() + Send + 'static) -> Self {
        Self::every(LOOK, clock, woke)
    }

    fn every(look: Duration, clock: Arc<dyn Clock>, woke: impl Fn() + Send + 'static) -> Self {
        let (tell, woken) = watch::channel(0);
        let mut seen = (clock.boot_time().millis, Instant::now());
        let looking = tokio::spawn(async move {
            loop {
                tokio::time::sleep(look).await;
                let now = (clock.boot_time().millis, Instant::now());
                let awake = i64::try_from(now.1.duration_since(seen.1).as_millis()).unwrap_or(i64::MAX);
                let asleep = (now.0 - seen.0).saturating_sub(awake);
                seen = now;
                if asleep > ASLEEP_MS {
                    tracing::warn!(seconds = asleep / 1_000, "The computer slept in the middle of a run.");
                    woke();
                    tell.send_modify(|times| *times += 1);
                }
            }
        });
        Self { woken, looking }
    }

    /// Returns once the computer has slept after this was called.
    pub(super) fn slept(&self) -> impl Future<Output = ()> + use<> {
        let mut woken = self.woken.clone();
        woken.mark_unchanged();
        async move {
            if woken.changed().await.is_err() {
                // Nobody looks any more: then nobody notices either.
                std::future::pending::<()>().await;
            }
        }
    }
}

impl Drop for Awake {
    fn drop(&mut self) {
        self.looking.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

    use jiff::Timestamp;

    use super::*;
    use crate::clock::BootTime;

    /// A clock that stands still but for what a test adds.
    #[derive(Default)]
    struct Standing(AtomicI64);

    impl Clock for Standing {
        fn now(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH
        }

        fn boot_time(&self) -> BootTime {
            BootTime { boot: "one".to_owned(), millis: self.0.load(Ordering::Relaxed) }
        }
    }

    #[tokio::test]
    async fn a_sleep_is_noticed_once() {
        let (clock, woken) = (Arc::new(Standing::default()), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&woken);
        let awake = Awake::every(Duration::from_millis(1), clock.clone(), move || {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        for times in 1..=3 {
            let slept = awake.slept();
            clock.0.fetch_add(8 * 3_600_000, Ordering::Relaxed);
            tokio::time::timeout(Duration::from_secs(20), slept).await.unwrap();
            assert_eq!(woken.load(Ordering::Relaxed), times);
        }
    }

    #[tokio::test]
    async fn time_that_passes_is_no_sleep() {
        let clock = Arc::new(Standing::default());
        let awake = Awake::every(Duration::from_millis(1), clock.clone(), || {});
        clock.0.fetch_add(ASLEEP_MS - 1, Ordering::Relaxed);
        assert!(tokio::time::timeout(Duration::from_millis(50), awake.slept()).await.is_err());
    }
}
