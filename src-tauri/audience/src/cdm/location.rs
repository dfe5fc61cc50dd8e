//! Where the files of a model are. It gives their addresses in the cloud; here they lie below its
//! folder, at the end of that address. Only regular files below the folder are taken (reliability.md
//! T22), and nothing is fetched.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use segue_engine::error::{Error, Result};

use super::model::RawPartition;
use crate::stamp::unreadable;
use crate::words::{bad_file, name};

/// The most folders in one another.
const DEEPEST: usize = 64;

/// Refuses a model that is a link to a place outside its folder.
pub(super) fn below(model: &str) -> Result<()> {
    let (folder, path) = (folder_of(model), Path::new(model));
    let real = |path: &Path| std::fs::canonicalize(path).map_err(|error| unreadable(model, error.kind()));
    if real(path)?.starts_with(real(folder)?) {
        return Ok(());
    }
    Err(bad_file(model, "is a link that leads out of its folder")
        .help("Copy the file itself into the folder."))
}

/// The files of these partitions of the model at `model`, in their order.
///
/// # Errors
/// `bad_file`, with the partition whose file is not there, or not a file below the folder.
pub(super) fn files(model: &str, partitions: &[RawPartition]) -> Result<Vec<String>> {
    let folder = folder_of(model);
    let root = std::fs::canonicalize(folder).map_err(|error| unreadable(model, error.kind()))?;
    let mut all = Vec::with_capacity(partitions.len());
    for (place, partition) in partitions.iter().enumerate() {
        let location = partition.location.as_deref().unwrap_or_default();
        all.push(parts(location).map_err(|why| {
            bad_file(model, &format!("gives {} a location that {why}", partition.called(place)))
                .help("Segue reads files below the folder of model.json, and fetches none.")
        })?);
    }
    let cut = cut(folder, &all);
    let mut found = Vec::with_capacity(all.len());
    for (place, (parts, partition)) in all.iter().zip(partitions).enumerate() {
        let tail = match cut {
            Some(cut) => parts.get(cut..).filter(|tail| !tail.is_empty()),
            None => parts.last().map(std::slice::from_ref),
        };
        let tail = tail.unwrap_or(parts);
        let bad = |what: &str| -> Error {
            let file = name(&tail.join("/"));
            bad_file(model, &format!("names {file} for {}, {what}", partition.called(place)))
                .help("Download the folder again, whole, with the file itself where model.json has it.")
        };
        let path = joined(folder, tail);
        let real = std::fs::canonicalize(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::PermissionDenied => bad("which may not be opened"),
            _ => bad("which is not there"),
        })?;
        if !real.starts_with(&root) {
            return Err(bad("which is a link that leads out of its folder"));
        }
        if !std::fs::metadata(&real).is_ok_and(|meta| meta.is_file()) {
            return Err(bad("which is not a regular file"));
        }
        found.push(path.into_os_string().into_string().map_err(|_| bad("whose path is not Unicode"))?);
    }
    Ok(found)
}

/// How many of the first names come before the folder: the same for all, and found by what is there.
fn cut(folder: &Path, all: &[Vec<String>]) -> Option<usize> {
    let exists = |path: PathBuf| std::fs::symlink_metadata(path).is_ok();
    // Most tails begin with a name that is not there, and those are few.
    let mut begun: HashMap<&str, bool> = HashMap::new();
    let longest = all.iter().map(Vec::len).max().unwrap_or_default();
    (0..longest).find(|cut| {
        all.iter().filter_map(|parts| parts.get(*cut..)).any(|tail| {
            let Some(first) = tail.first() else { return false };
            *begun.entry(first).or_insert_with(|| exists(folder.join(first))) && exists(joined(folder, tail))
        })
    })
}

fn folder_of(model: &str) -> &Path {
    match Path::new(model).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn joined(folder: &Path, parts: &[String]) -> PathBuf {
    parts.iter().fold(folder.to_owned(), |path, part| path.join(part))
}

/// The names of folders and file in a location, without scheme, host and query, which may hold a key.
fn parts(location: &str) -> std::result::Result<Vec<String>, &'static str> {
    let path = match location.split_once("://") {
        Some((scheme, rest)) if ["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) => {
            let rest = rest.split(['?', '#']).next().unwrap_or_default();
            rest.split_once('/').map(|(_, path)| path).unwrap_or_default()
        }
        Some(_) => return Err("is no address in the cloud"),
        None if location.starts_with(['/', '\\']) || location.contains(':') => {
            return Err("is a path from the root of a disk");
        }
        None => location,
    };
    let mut parts = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let part = decoded(part).ok_or("has a name in it that no file has")?;
        if part == "." || part == ".." {
            return Err("leads out of its folder");
        }
        // A colon is a disk or a second stream of a file on Windows, and a part of times elsewhere.
        let odd = |c: char| c == '/' || c == '\\' || c.is_control() || (cfg!(windows) && c == ':');
        if part.contains(odd) {
            return Err("has a name in it that no file has");
        }
        parts.push(part);
        if parts.len() > DEEPEST {
            return Err("is more than 64 folders deep");
        }
    }
    if parts.is_empty() { Err("names no file") } else { Ok(parts) }
}

/// Percent-decoded, once.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte != b'%' {
            bytes.push(*byte);
            continue;
        }
        let (digits, after) = rest.split_at_checked(2)?;
        if !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
        rest = after;
    }
    String::from_utf8(bytes).ok().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_its_names() {
        for (location, wanted) in [
            ("https://a.blob.core.windows.net/box/Customer/Customer_1.csv", "box|Customer|Customer_1.csv"),
            ("HTTPS://a:443/box//x%20y.csv?sig=k/../..#z", "box|x y.csv"),
            ("Customer/part-0.csv", "Customer|part-0.csv"),
            ("https://a/%252e%252e/x.csv", "%2e%2e|x.csv"),
        ] {
            assert_eq!(parts(location).unwrap().join("|"), wanted, "{location}");
        }
    }
}
