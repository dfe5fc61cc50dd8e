//! How a sandbox is started.

use std::time::Duration;

use crate::Faults;

/// What a sandbox is started with.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The port on 127.0.0.1; 0 lets the OS choose.
    pub port: u16,
    /// The key clients must send; `None` makes 32 random hex digits, the form of the documented
    /// samples (`destination-api.md` 2).
    pub key: Option<String>,
    /// How long each vendor request takes before it is carried out and answered.
    pub latency: Duration,
    /// Requests in one second before a 429 (`destination-api.md` 2.4); `None` for no limit.
    pub rate: Option<u32>,
    /// Contradictions resolved, and faults to play.
    pub faults: Faults,
}
