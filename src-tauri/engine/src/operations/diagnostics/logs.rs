//! The log of the last days. It holds ids and numbers by its own rule; what looks like an address and the
//! home folder are taken out all the same, for whoever breaks that rule.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use crate::error::{Code, Error, Result};

/// Files, one a day.
const DAYS: usize = 7;

/// The most of each file: its end.
const MOST: u64 = 5 << 20;

/// Name in the zip file and contents, oldest first.
pub(super) fn last(folder: &Path, home: Option<&str>) -> Result<Vec<(String, Vec<u8>)>> {
    let failed = |error: std::io::Error| {
        Error::new(Code::DataFolder, format!("The log in {} cannot be read: {error}.", folder.display()))
    };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with("segue.") && name.ends_with(".jsonl"))
        .collect();
    names.sort_unstable();
    let surplus = names.len().saturating_sub(DAYS);
    let mut logs = Vec::new();
    for name in names.into_iter().skip(surplus) {
        let text = end_of(&folder.join(&name)).map_err(failed)?;
        logs.push((format!("logs/{name}"), redacted(&text, home).into_bytes()));
    }
    Ok(logs)
}

/// The last whole lines of a file.
fn end_of(path: &Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let beyond = file.metadata()?.len().saturating_sub(MOST);
    file.seek(SeekFrom::Start(beyond))?;
    let mut bytes = Vec::new();
    file.take(MOST).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(match text.split_once('\n') {
        Some((_, rest)) if beyond > 0 => rest.to_owned(),
        _ => text,
    })
}

fn redacted(text: &str, home: Option<&str>) -> String {
    let text = match home {
        Some(home) => text.replace(home, "~"),
        None => text.to_owned(),
    };
    let ends =
        |letter: char| letter.is_whitespace() || letter.is_control() || "\"'<>()[]{},;:\\“”".contains(letter);
    let mut clean = String::with_capacity(text.len());
    for piece in text.split_inclusive(ends) {
        let word = piece.trim_end_matches(ends);
        if word.contains('@') {
            clean.push_str("***");
            clean.push_str(piece.strip_prefix(word).unwrap_or_default());
        } else {
            clean.push_str(piece);
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_the_home_folder_are_taken_out() {
        let line = "{\"message\":\"In /home/anna/x: <anna.b+c@example.com>, åsa@exämple.se; 3 @ 4\"}\n";
        assert_eq!(redacted(line, Some("/home/anna")), "{\"message\":\"In ~/x: <***>, ***; 3 *** 4\"}\n");
    }

    #[test]
    fn of_a_long_log_the_end_is_kept_from_a_whole_line_on() {
        let folder = tempfile::tempdir().unwrap();
        for day in 1..=9 {
            fs::write(folder.path().join(format!("segue.2026-03-0{day}.jsonl")), "{}\n").unwrap();
        }
        let long = format!("{}\nlast line\n", "x".repeat(6 << 20));
        fs::write(folder.path().join("segue.2026-03-09.jsonl"), long).unwrap();
        fs::write(folder.path().join("keys.txt"), "no log").unwrap();
        let logs = last(folder.path(), None).unwrap();
        assert_eq!(logs.len(), DAYS);
        assert_eq!(logs[0].0, "logs/segue.2026-03-03.jsonl");
        assert_eq!(logs[6].1, b"last line\n");
        assert_eq!(last(&folder.path().join("none"), None).unwrap(), []);
    }
}
