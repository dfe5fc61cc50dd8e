//! What is named when an audience is added, a file or a folder, as files.

use std::fs::Metadata;
use std::path::Path;

use segue_engine::error::{Code, Error, Result};
use segue_engine::model::Files;

use crate::stamp::unreadable;
use crate::words::{bad_file, name};

/// The most files of an audience.
const MOST: usize = 10_000;

/// All files of an audience: those that are named, and in place of a folder the files that lie
/// directly in it, by name.
///
/// # Errors
/// `bad_file` if a folder cannot be read or has no files, or a file comes up twice.
pub(crate) fn expand(files: &Files) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for path in &files.paths {
        let meta = std::fs::metadata(path).map_err(|error| unreadable(path, error.kind()))?;
        if meta.is_dir() {
            all.extend(listed(path)?);
        } else {
            all.push(path.clone());
        }
        if all.len() > MOST {
            return Err(Error::new(Code::BadFile, format!("{MOST} files is the most of one audience."))
                .help("Put several files together in one, or name fewer."));
        }
    }
    let mut seen = std::collections::HashSet::new();
    match all.iter().find(|path| !seen.insert(path.as_str())) {
        Some(path) => Err(bad_file(path, "is named twice")
            .help("Name each file once; a folder stands for all the files in it.")),
        None => Ok(all),
    }
}

/// The files in a folder, without what lies in folders below it.
fn listed(folder: &str) -> Result<Vec<String>> {
    let unreadable = |error: std::io::Error| unreadable(folder, error.kind());
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let Some(text) = path.to_str() else {
            let shown = path.file_name().unwrap_or_default().to_string_lossy();
            return Err(bad_file(
                folder,
                &format!("holds a file whose name is not Unicode, {}", name(&shown)),
            )
            .help("Rename the file."));
        };
        // A link to nowhere stays in: a file that somebody meant to be there is missing.
        let meta = std::fs::metadata(&path).ok();
        if !is_hidden(&path, meta.as_ref()) && !meta.is_some_and(|meta| meta.is_dir()) {
            found.push(text.to_owned());
        }
    }
    if found.is_empty() {
        return Err(bad_file(folder, "is a folder without files")
            .help("Name the folder that the files lie in; folders below it are not looked at."));
    }
    found.sort_unstable();
    Ok(found)
}

/// Files that no program shows, and those by which others mark a folder (`_SUCCESS`).
fn is_hidden(path: &Path, meta: Option<&Metadata>) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.starts_with(b".") || name.starts_with(b"_") || has_hidden_mark(meta)
}

#[cfg(windows)]
fn has_hidden_mark(meta: Option<&Metadata>) -> bool {
    use std::os::windows::fs::MetadataExt;
    /// `FILE_ATTRIBUTE_HIDDEN`
    const HIDDEN: u32 = 0x2;
    meta.is_some_and(|meta| meta.file_attributes() & HIDDEN != 0)
}

#[cfg(not(windows))]
fn has_hidden_mark(_: Option<&Metadata>) -> bool {
    false
}
