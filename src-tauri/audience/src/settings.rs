//! What a host may choose about reading.

use std::path::PathBuf;

/// How much of the machine reading may use. The defaults fit a desktop.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Bytes that a query may hold in memory before it spills.
    pub memory: usize,
    /// The folder to spill to; the system's temporary folder if not given.
    pub spill: Option<PathBuf>,
    /// Threads that read at the same time.
    pub threads: usize,
    /// Bytes of a file that one thread reads at a time.
    pub chunk: u64,
    /// Bytes of a file that are in memory at a time, for each thread.
    pub block: usize,
    /// Rows of a batch.
    pub batch: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            memory: 128 << 20,
            spill: None,
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            chunk: 2 << 20,
            block: 256 << 10,
            batch: 8192,
        }
    }
}
