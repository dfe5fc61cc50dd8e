//! The log of a kept account: each request that was applied, one a line, in order. The same requests make
//! the same account, so that nothing else need be kept.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, ErrorKind, Result, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::api::{Api, Key};
use crate::asked::{Accounts, Asked, Told};
use crate::faults::Faults;

/// A log that is open at its end.
#[derive(Debug)]
pub(crate) struct Log(Arc<File>);

/// What was appended so far.
pub(crate) struct Written(Arc<File>);

#[derive(Serialize, Deserialize)]
struct Line<'a> {
    method: std::borrow::Cow<'a, str>,
    path: std::borrow::Cow<'a, str>,
    body: std::borrow::Cow<'a, str>,
}

impl Log {
    /// Opens the log of this name, and makes the accounts that it tells of. A last line without its end was
    /// being written when the process died: nobody was told of it, and it is cut off.
    pub(crate) fn open(path: &Path) -> std::result::Result<(Accounts, Log), Error> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        let (mut accounts, mut whole) = (Accounts::default(), 0);
        let mut lines = BufReader::new(&file);
        for number in 1.. {
            let mut line = Vec::new();
            let length = lines.read_until(b'\n', &mut line)?;
            if line.last() != Some(&b'\n') {
                break;
            }
            let line: Line<'_> =
                serde_json::from_slice(&line).map_err(|_| Error::Damaged { line: number })?;
            apply(&mut accounts, &line);
            whole += length as u64;
        }
        file.set_len(whole)?;
        file.seek(SeekFrom::Start(whole))?;
        Ok((accounts, Log(Arc::new(file))))
    }

    /// Appends a request that was applied.
    pub(crate) fn append(&mut self, method: &str, path: &str, body: &[u8]) -> Result<()> {
        let body =
            std::str::from_utf8(body).map_err(|error| std::io::Error::new(ErrorKind::InvalidData, error))?;
        let line = Line { method: method.into(), path: path.into(), body: body.into() };
        let mut text = serde_json::to_vec(&line)?;
        text.push(b'\n');
        let mut file = self.0.as_ref();
        let begun = file.stream_position()?;
        file.write_all(&text).inspect_err(|_| {
            // Half a line in the middle would hide everything after it.
            drop(file.set_len(begun).and_then(|()| file.seek(SeekFrom::Start(begun))));
        })
    }

    pub(crate) fn written(&self) -> Written {
        Written(Arc::clone(&self.0))
    }
}

impl Written {
    /// Returns once it is on the disk.
    pub(crate) async fn settle(self) -> Result<()> {
        let synced = tokio::task::spawn_blocking(move || self.0.sync_data()).await;
        synced.unwrap_or_else(|stopped| Err(std::io::Error::other(stopped)))
    }
}

/// Carries a request out again, as it was: a kept account has no faults.
fn apply(accounts: &mut Accounts, line: &Line<'_>) {
    let asked = Asked::read(Api::of_path(&line.path), &line.method, &line.path, line.body.as_bytes());
    let told = Told { method: &line.method, key: Key::Right, seq: 0, faults: &Faults::default(), act: None };
    asked.carry_out(accounts, told);
}
