//! CSV files for people: quoted where needed, safe against formulas, never half a file.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use crate::error::{Code, Error, Result};

/// A CSV file being written under a temporary name beside its own.
pub(crate) struct Download {
    out: Option<BufWriter<File>>,
    temporary: PathBuf,
    path: PathBuf,
}

impl Download {
    /// Begins a file that only its owner can read.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        if path.exists() {
            return Err(Error::new(
                Code::BadFile,
                format!("{} is there already; nothing was written.", path.display()),
            )
            .help("Choose another name."));
        }
        let mut temporary = path.as_os_str().to_owned();
        temporary.push(".part");
        let temporary = PathBuf::from(temporary);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&temporary).map_err(|error| failed(path, &error))?;
        Ok(Self { out: Some(BufWriter::new(file)), temporary, path: path.to_owned() })
    }

    /// Writes a row. A cell that a spreadsheet would run as a formula gets a leading apostrophe
    /// (reliability.md 6.6).
    pub(crate) fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<()> {
        let mut line = String::new();
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                line.push(',');
            }
            let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '\0'])
                || cell.starts_with(['\t', '\r', '\0']);
            line.push('"');
            if formula {
                line.push('\'');
            }
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        }
        line.push_str("\r\n");
        let Some(out) = &mut self.out else { return Ok(()) };
        out.write_all(line.as_bytes()).map_err(|error| failed(&self.path, &error))
    }

    /// Ends the file and gives it its name.
    pub(crate) fn finish(mut self) -> Result<()> {
        let Some(out) = self.out.take() else { return Ok(()) };
        let file = out.into_inner().map_err(|error| failed(&self.path, error.error()))?;
        file.sync_all().map_err(|error| failed(&self.path, &error))?;
        std::fs::rename(&self.temporary, &self.path).map_err(|error| failed(&self.path, &error))
    }
}

impl Drop for Download {
    fn drop(&mut self) {
        // A finished file has its own name by now; an unfinished one is nobody's.
        std::fs::remove_file(&self.temporary).ok();
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    Error::new(Code::BadFile, format!("{} cannot be written: {error}.", path.display()))
        .help("Choose a folder that you may write to, with room on the disk.")
}
