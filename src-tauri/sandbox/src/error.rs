//! What can go wrong in starting and feeding a sandbox.

/// A failure of the sandbox itself; what a client is answered is no error here.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The port could not be had on 127.0.0.1.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Listen {
        /// The port asked for; 0 means that the OS was to choose.
        port: u16,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A key that could not travel in a header (`destination-api.md` 2: no blank, no control
    /// character).
    #[error("the key must be non-empty visible ASCII without blanks")]
    Key,
    /// The folder of a kept account cannot be used.
    #[error("the folder of the account cannot be used: {0}")]
    Folder(#[from] std::io::Error),
    /// What was kept of an account cannot be read.
    #[error("what was kept of the account is damaged in line {line}")]
    Damaged {
        /// The line of the log, from 1.
        line: usize,
    },
    /// A contact offered as seed that the account would refuse.
    #[error("contact {index}: {reason}")]
    Seed {
        /// Its place in what was offered, from 0.
        index: usize,
        /// What is wrong with it.
        reason: String,
    },
}
