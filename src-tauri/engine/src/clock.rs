//! Time as the engine sees it: the only place that reads a clock, so that tests can set it.

use jiff::Timestamp;

/// Time since this boot, with the boot's identity, so that stamps survive a restart of Segue but
/// are not compared over a restart of the machine (reliability.md C01).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BootTime {
    /// Identity of the boot.
    pub boot: String,
    /// Milliseconds since the boot, counting sleep.
    pub millis: i64,
}

/// A clock: the system's, or a test's.
pub trait Clock: Send + Sync {
    /// The time of day, for people and records; never used to pace requests.
    fn now(&self) -> Timestamp;
    /// The boot-time clock that paces requests over processes.
    fn boot_time(&self) -> BootTime;
}

/// The machine's own clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    #[cfg(target_os = "linux")]
    fn boot_time(&self) -> BootTime {
        let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id")
            .map(|id| id.trim().to_owned())
            .unwrap_or_default();
        let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        BootTime { boot, millis: time.tv_sec * 1000 + time.tv_nsec / 1_000_000 }
    }

    // Elsewhere the time of day stands in, the same for all processes; whoever reads stamps bears that
    // it may be set back.
    #[cfg(not(target_os = "linux"))]
    fn boot_time(&self) -> BootTime {
        BootTime { boot: "time of day".to_owned(), millis: Timestamp::now().as_millisecond() }
    }
}
