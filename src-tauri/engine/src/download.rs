//! CSV files for people: all cells quoted, safe against formulas, never half a file, and never in place
//! of somebody else's.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::error::{Code, Error, Result};

/// A CSV file being written under a temporary name beside its own.
pub struct Download {
    out: Option<BufWriter<File>>,
    temporary: PathBuf,
    path: PathBuf,
}

impl Download {
    /// Begins a CSV file with these columns. An older download with the same columns gives way once this
    /// one is whole.
    ///
    /// # Errors
    /// `bad_file` where another file is there, or none can be written.
    pub fn create<'a>(path: &Path, columns: impl Iterator<Item = &'a str>) -> Result<Self> {
        // A spreadsheet takes a file without the mark for one of another encoding.
        let header = format!("\u{feff}{}", line(columns));
        let mut download = Self::begin(path, header.as_bytes())?;
        download.write(header.as_bytes())?;
        Ok(download)
    }

    /// Writes a whole file at once. One that is there gives way where it begins with `mark`, as this one
    /// does.
    ///
    /// # Errors
    /// `bad_file` where another file is there, or none can be written.
    pub fn whole(path: &Path, mark: &[u8], contents: &[u8]) -> Result<()> {
        let mut download = Self::begin(path, mark)?;
        download.write(contents)?;
        download.finish()
    }

    /// Begins a file that only its owner can read, under a name of its own until it is whole.
    fn begin(path: &Path, mark: &[u8]) -> Result<Self> {
        if path.exists() && !begins_with(path, mark) {
            return Err(Error::new(
                Code::BadFile,
                format!("{} is there already; nothing was written.", path.display()),
            )
            .help("Choose another name."));
        }
        let Some(name) = path.file_name() else {
            return Err(Error::new(
                Code::BadFile,
                format!("{} is no name of a file; nothing was written.", path.display()),
            )
            .help("Choose another name."));
        };
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(".segue-part");
        let temporary = path.with_file_name(hidden);
        // What a process that was killed left there. Made anew, so that no link is followed and nobody
        // else has it open.
        std::fs::remove_file(&temporary).ok();
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&temporary).map_err(|error| failed(path, &error))?;
        Ok(Self { out: Some(BufWriter::new(file)), temporary, path: path.to_owned() })
    }

    /// Writes a row. A cell that a spreadsheet would run as a formula gets a leading apostrophe
    /// (reliability.md 6.6).
    ///
    /// # Errors
    /// `bad_file` where it cannot be written.
    pub fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<()> {
        self.write(line(cells).as_bytes())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let Some(out) = &mut self.out else { return Ok(()) };
        out.write_all(bytes).map_err(|error| failed(&self.path, &error))
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
        let is_blank = |letter: char| letter.is_whitespace() && !matches!(letter, '\t' | '\r');
        line.push('"');
        if cell.trim_start_matches(is_blank).starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) {
            line.push('\'');
        }
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    }
    line.push_str("\r\n");
    line
}

fn begins_with(path: &Path, mark: &[u8]) -> bool {
    let mut first = vec![0; mark.len()];
    path.is_file()
        && File::open(path).and_then(|mut file| file.read_exact(&mut first)).is_ok()
        && first == mark
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
            (" \tx", "' \tx"),
            ("\u{a0}\r=1", "'\u{a0}\r=1"),
            ("\n-1", "'\n-1"),
            ("\0x", "'\0x"),
            ("O'Brien", "O'Brien"),
        ] {
            write(&file, cell).unwrap();
            let text = std::fs::read_to_string(&file).unwrap();
            assert_eq!(text, format!("\u{feff}\"email\",\"why\"\r\n\"{written}\",\"a, b\"\r\n"));
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it_and_no_link_is_followed() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (file, other) = (folder.path().join("people.csv"), folder.path().join("other"));
        std::fs::write(&other, "theirs").unwrap();
        std::os::unix::fs::symlink(&other, folder.path().join(".people.csv.segue-part")).unwrap();
        write(&file, "x").unwrap();
        assert_eq!(std::fs::read_to_string(&other).unwrap(), "theirs");
        assert_eq!(std::fs::symlink_metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        write(&file, "y").unwrap();
        assert!(std::fs::read_to_string(&file).unwrap().contains("\"y\""), "an older one gives way");
        assert_eq!(write(&folder.path().join(".."), "x").unwrap_err().code, Code::BadFile, "no folder");
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
