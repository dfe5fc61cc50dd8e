//! What is named when an audience is added - a file, a folder, a CDM folder - as files.

use std::fs::Metadata;
use std::path::Path;

use segue_engine::error::{Code, Error, Result};
use segue_engine::model::Files;

use crate::cdm::{self, Partition};
use crate::stamp::{Stamp, unreadable};
use crate::words::{bad_file, name};

/// The most files of an audience.
const MOST: usize = 10_000;

/// The files of an audience.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Paths {
    pub(crate) files: Vec<Named>,
    /// The models that say which files these are, as they were when they were read.
    models: Vec<(String, Stamp)>,
}

/// A file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) path: String,
    /// How it is written, where a model says so.
    pub(crate) partition: Option<Partition>,
}

impl Paths {
    /// These files with their stamps, and the models with theirs: what a survey depends on.
    pub(crate) fn stamped<'a>(
        &'a self,
        files: impl IntoIterator<Item = &'a Stamp>,
    ) -> impl Iterator<Item = (&'a String, &'a Stamp)> {
        let files = self.files.iter().map(|file| &file.path).zip(files);
        files.chain(self.models.iter().map(|(path, stamp)| (path, stamp)))
    }
}

/// All files of an audience: those that are named; in place of a CDM folder those of one of its
/// entities, by its model; in place of any other folder the files that lie directly in it, by name.
///
/// # Errors
/// `bad_file` if a folder cannot be read or has no files, a model cannot be used, or a file comes up
/// twice.
pub(crate) fn expand(files: &Files) -> Result<Paths> {
    let mut all = Paths::default();
    let plain = |path: String| Named { path, partition: None };
    for path in &files.paths {
        let meta = std::fs::metadata(path).map_err(|error| unreadable(path, error.kind()))?;
        if let Some(described) = cdm::at(path)? {
            let partitions = described.files.into_iter();
            all.files.extend(partitions.map(|(path, partition)| Named { path, partition: Some(partition) }));
            all.models.push((described.path, described.stamp));
        } else if meta.is_dir() {
            all.files.extend(listed(path)?.into_iter().map(plain));
        } else {
            all.files.push(plain(path.clone()));
        }
        if all.files.len() > MOST {
            return Err(Error::new(Code::BadFile, format!("{MOST} files is the most of one audience."))
                .help("Put several files together in one, or name fewer."));
        }
    }
    let mut seen = std::collections::HashSet::new();
    match all.files.iter().find(|file| !seen.insert(file.path.as_str())) {
        Some(file) => Err(bad_file(&file.path, "is named twice")
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
