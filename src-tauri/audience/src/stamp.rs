//! Whether a file is still the one that was read.

use std::fs::Metadata;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use segue_engine::error::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::words::{bad_file, changed};

/// What tells a file from a later one at the same path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    /// Bytes.
    pub(crate) bytes: u64,
    /// When its contents were last written, in nanoseconds since 1970.
    modified: i64,
    /// Where the system has them: the file's number and when it or its contents last changed.
    identity: Option<(u64, i64)>,
}

impl Stamp {
    /// The stamp of the file at `path` now.
    pub(crate) fn of(path: &str) -> Result<Self> {
        let meta = std::fs::metadata(Path::new(path)).map_err(|error| unreadable(path, error.kind()))?;
        if !meta.is_file() {
            return Err(bad_file(path, "is not a file").help("Name files or a folder of files, not devices."));
        }
        Ok(Self::of_metadata(&meta))
    }

    fn of_metadata(meta: &Metadata) -> Self {
        let modified = meta
            .modified()
            .ok()
            .and_then(|time| Timestamp::try_from(time).ok())
            .and_then(|time| i64::try_from(time.as_nanosecond()).ok())
            .unwrap_or_default();
        Self { bytes: meta.len(), modified, identity: identity(meta) }
    }

    /// Fails if the file at `path` has another stamp by now.
    pub(crate) fn hold(&self, path: &str) -> Result<()> {
        match std::fs::metadata(Path::new(path)) {
            Ok(meta) if Self::of_metadata(&meta) == *self => Ok(()),
            _ => Err(changed(path)),
        }
    }

    /// When the contents were last written.
    pub(crate) fn modified_at(&self) -> Timestamp {
        Timestamp::from_nanosecond(i128::from(self.modified)).unwrap_or_default()
    }
}

#[cfg(unix)]
fn identity(meta: &Metadata) -> Option<(u64, i64)> {
    use std::os::unix::fs::MetadataExt;
    Some((meta.ino(), meta.ctime().wrapping_mul(1_000_000_000).wrapping_add(meta.ctime_nsec())))
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<(u64, i64)> {
    None
}

/// A file that cannot be opened or read.
pub(crate) fn unreadable(path: &str, kind: io::ErrorKind) -> Error {
    match kind {
        io::ErrorKind::NotFound => bad_file(path, "is not there")
            .help("Check the path; if the file was moved, remove the audience and add it again."),
        io::ErrorKind::PermissionDenied => {
            bad_file(path, "cannot be opened: permission denied").help("Ask for the right to read it.")
        }
        _ => bad_file(path, &format!("cannot be read: {kind}"))
            .help("Check the disk or the network drive it is on."),
    }
}
