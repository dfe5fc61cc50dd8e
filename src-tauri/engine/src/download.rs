//! CSV files for people: all cells quoted, safe against formulas, never half a file, and never in place
//! of somebody else's.

use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use crate::error::{Code, Error, Result};

/// A CSV file being written under a temporary name beside its own.
pub struct Download {
    out: Option<BufWriter<File>>,
    temporary: PathBuf,
    path: PathBuf,
}

impl Download {
    /// Begins a file that only its owner can read, with these columns. An older download with the same
    /// columns gives way once this one is whole.
    ///
    /// # Errors
    /// `bad_file` where another file is there, or none can be written.
    pub fn create<'a>(path: &Path, columns: impl Iterator<Item = &'a str>) -> Result<Self> {
        let header = line(columns);
        if path.exists() && !begins_with(path, &header) {
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
        let mut download = Self { out: Some(BufWriter::new(file)), temporary, path: path.to_owned() };
        download.write(&header)?;
        Ok(download)
    }

    /// Writes a row. A cell that a spreadsheet would run as a formula gets a leading apostrophe
    /// (reliability.md 6.6).
    ///
    /// # Errors
    /// `bad_file` where it cannot be written.
    pub fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<()> {
        self.write(&line(cells))
    }

    fn write(&mut self, line: &str) -> Result<()> {
        let Some(out) = &mut self.out else { return Ok(()) };
        out.write_all(line.as_bytes()).map_err(|error| failed(&self.path, &error))
    }

    /// Ends the file and gives it its name.
    ///
    /// # Errors
    /// `bad_file` where it cannot be written.
    pub fn finish(mut self) -> Result<()> {
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

fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            line.push(',');
        }
        let formula =
            cell.trim_start().starts_with(['=', '+', '-', '@', '\0']) || cell.starts_with(['\t', '\r']);
        line.push('"');
        if formula {
            line.push('\'');
        }
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    }
    line.push_str("\r\n");
    line
}

fn begins_with(path: &Path, header: &str) -> bool {
    let mut first = Vec::new();
    File::open(path).and_then(|file| BufReader::new(file).read_until(b'\n', &mut first)).is_ok()
        && first == header.as_bytes()
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    Error::new(Code::BadFile, format!("{} cannot be written: {error}.", path.display()))
        .help("Choose a folder that you may write to, with room on the disk.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, cell: &str) -> Result<()> {
        let mut download = Download::create(path, ["email", "why"].into_iter())?;
        download.row([cell, "a, b"].into_iter())?;
        download.finish()
    }

    #[test]
    fn a_formula_is_disarmed_a_quote_doubled_and_nothing_else_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("people.csv");
        for (cell, written) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"\"x\"\")"),
            ("+46", "'+46"),
            (" @SUM", "' @SUM"),
            ("\tx", "'\tx"),
            ("O'Brien", "O'Brien"),
        ] {
            write(&file, cell).unwrap();
            let text = std::fs::read_to_string(&file).unwrap();
            assert_eq!(text, format!("\"email\",\"why\"\r\n\"{written}\",\"a, b\"\r\n"));
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn somebody_elses_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("customers.csv");
        std::fs::write(&file, "CustomerId,Email\n").unwrap();
        assert_eq!(write(&file, "x").unwrap_err().code, Code::BadFile);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "CustomerId,Email\n");
    }
}
