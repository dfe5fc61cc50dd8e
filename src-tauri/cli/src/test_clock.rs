//! A clock that a file sets, for tests of schedules: only with the feature `test-hooks`, which no bundle has.

use std::env;
use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use segue_engine::clock::{BootTime, Clock, SystemClock};

/// Names the file: whole seconds since 1970 in UTC. It is read at every look, so that a test moves time while
/// the program runs.
const FILE: &str = "SEGUE_TEST_CLOCK";

/// The clock of the file.
pub(crate) struct TestClock {
    file: PathBuf,
}

impl TestClock {
    /// The clock that the environment names, if it does.
    pub(crate) fn from_environment() -> Option<Self> {
        env::var_os(FILE).map(|file| Self { file: file.into() })
    }

    fn seconds(&self) -> Option<i64> {
        fs::read_to_string(&self.file).ok()?.trim().parse().ok()
    }
}

impl Clock for TestClock {
    /// The file's time; that of the system while the file cannot be read.
    fn now(&self) -> Timestamp {
        self.seconds()
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .unwrap_or_else(|| SystemClock.now())
    }

    /// The machine's own: requests are paced in real time, whatever day a test has it be.
    fn boot_time(&self) -> BootTime {
        SystemClock.boot_time()
    }
}
