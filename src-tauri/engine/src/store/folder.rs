//! Files and folders that only this user can see into (reliability.md I30), and what an error of the
//! file system means.

use std::fs::{File, Metadata, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::{Code, Error, Result};

/// Refuses what is no plain file of ours alone: through a link, another name could be written.
pub(super) fn check_plain(file: &Path) -> Result<()> {
    let facts = std::fs::symlink_metadata(file).map_err(|error| folder_error(file, &error))?;
    let refused = |what: &str| {
        Error::new(Code::Database, format!("The file segue.db is {what}; it was left as it is."))
            .help("Put the file itself there, or choose another folder with --data-dir.")
    };
    if facts.file_type().is_symlink() {
        return Err(refused("a link to another file"));
    }
    if !facts.is_file() {
        return Err(refused("not a file"));
    }
    if links(&facts) > 1 {
        return Err(refused("also known by another name (a hard link)"));
    }
    if facts.len() == 0 {
        return Err(refused("empty"));
    }
    Ok(())
}

/// Whether there is something in this file.
pub(super) fn is_filled(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|facts| facts.len() > 0)
}

/// Makes the folder where it is missing, and private where it is not; returns its path without links.
pub(super) fn prepare(dir: &Path) -> Result<PathBuf> {
    make_private_folder(dir)?;
    dir.canonicalize().map_err(|error| folder_error(dir, &error))
}

/// Makes a folder, and those above it, that only this user can see into.
pub(super) fn make_private_folder(dir: &Path) -> Result<()> {
    let facts = match std::fs::metadata(dir) {
        Ok(facts) => facts,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return private_folder(dir).map_err(|error| folder_error(dir, &error));
        }
        Err(error) => return Err(folder_error(dir, &error)),
    };
    if !facts.is_dir() {
        return Err(Error::new(Code::DataFolder, format!("{} is not a folder.", dir.display()))
            .help("Choose a folder with --data-dir."));
    }
    if is_shared(&facts) || dir.parent().is_none() {
        return Err(Error::new(
            Code::DataFolder,
            format!("The folder {} is shared by all users of this computer.", dir.display()),
        )
        .help("Choose a folder of its own with --data-dir."));
    }
    make_private(dir, 0o700)
}

/// Makes an empty file that only this user can read; it must not be there yet.
pub(super) fn make_private_file(path: &Path) -> Result<()> {
    let made = private(OpenOptions::new().write(true).create_new(true), 0o600).open(path);
    made.map(drop).map_err(|error| folder_error(path.parent().unwrap_or(path), &error))
}

/// Waits until a file that no connection has open is on the disk.
pub(super) fn sync_file(path: &Path) -> Result<()> {
    OpenOptions::new()
        .write(true)
        .open(path)
        .and_then(|file| file.sync_all())
        .map_err(|error| folder_error(path, &error))
}

/// Waits until the names in a folder are on the disk.
pub(super) fn sync_dir(dir: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(dir).and_then(|dir| dir.sync_all()).map_err(|error| folder_error(dir, &error))
    } else {
        Ok(())
    }
}

/// What an error of the file system means for the person.
pub(super) fn folder_error(path: &Path, error: &std::io::Error) -> Error {
    let folder = path.display();
    let (what, help) = match error.kind() {
        ErrorKind::PermissionDenied => (
            "cannot be written to: the rights are missing",
            "Give your user the right to write to it, or choose another with --data-dir.",
        ),
        ErrorKind::ReadOnlyFilesystem => {
            ("is on a disk that is read-only", "Choose a folder on another disk with --data-dir.")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ("is on a disk that is full", "Free some space, then try again.")
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            ("is not a folder", "Choose a folder with --data-dir.")
        }
        _ => {
            return Error::new(
                Code::DataFolder,
                format!("The data folder {folder} cannot be used: {error}."),
            )
            .help("Choose another folder with --data-dir.");
        }
    };
    Error::new(Code::DataFolder, format!("The data folder {folder} {what}; nothing was stored.")).help(help)
}

/// Options under which a file is made with these rights.
#[cfg(unix)]
pub(super) fn private(options: &mut OpenOptions, mode: u32) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::mode(options, mode)
}

#[cfg(unix)]
fn private_folder(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

/// Takes rights of others away, if there are any.
#[cfg(unix)]
pub(super) fn make_private(path: &Path, mode: u32) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let facts = std::fs::metadata(path).map_err(|error| folder_error(path, &error))?;
    if facts.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
        .map_err(|error| folder_error(path, &error))
}

#[cfg(unix)]
fn links(facts: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(facts)
}

#[cfg(unix)]
fn is_shared(facts: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::mode(facts) & 0o1000 != 0
}

/// Which file stands under this name.
#[cfg(unix)]
pub(super) fn identity(file: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::symlink_metadata(file).ok().map(|facts| (facts.dev(), facts.ino()))
}

/// Whether this is still the file of this name.
#[cfg(unix)]
pub(super) fn is_named(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().is_ok_and(|facts| Some((facts.dev(), facts.ino())) == identity(path))
}

// On Windows the folder of the user is private by its inherited rights, and a file that is open cannot
// be replaced.
#[cfg(not(unix))]
pub(super) fn private(options: &mut OpenOptions, _mode: u32) -> &mut OpenOptions {
    options
}

#[cfg(not(unix))]
fn private_folder(dir: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(dir)
}

#[cfg(not(unix))]
pub(super) fn make_private(_path: &Path, _mode: u32) -> Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn links(_facts: &Metadata) -> u64 {
    1
}

#[cfg(not(unix))]
fn is_shared(_facts: &Metadata) -> bool {
    false
}

#[cfg(not(unix))]
pub(super) fn identity(file: &Path) -> Option<(u64, u64)> {
    file.exists().then_some((0, 0))
}

#[cfg(not(unix))]
pub(super) fn is_named(_file: &File, _path: &Path) -> bool {
    true
}
