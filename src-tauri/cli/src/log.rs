//! The log: JSON lines under `logs/` in the data folder, one file a day, the last seven kept.
//!
//! Only Segue's own events are written, and those name ids and numbers, never keys or people. A log
//! that cannot be opened is no reason for a command to fail.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use segue_engine::clock::{Clock, SystemClock};
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::EnvFilter;

/// Days that are kept.
const KEPT: usize = 7;

/// What is written: our own crates, and nothing of the libraries, whose words are not ours to vouch for.
const OURS: &str =
    "off,segue=info,segue_engine=info,segue_audience=info,segue_bridge=info,segue_sandbox=info";

/// Begins to write; the guard flushes when it is dropped.
pub(crate) fn open(data_dir: &Path) -> Option<WorkerGuard> {
    let file = file_of_today(&data_dir.join("logs")).ok()?;
    let (writer, guard) = tracing_appender::non_blocking(file);
    let subscriber =
        tracing_subscriber::fmt().json().with_env_filter(EnvFilter::new(OURS)).with_writer(writer).finish();
    tracing::subscriber::set_global_default(subscriber).ok()?;
    Some(guard)
}

fn file_of_today(folder: &Path) -> io::Result<File> {
    make_folder(folder)?;
    let day = SystemClock.now().strftime("%Y-%m-%d").to_string();
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(folder.join(format!("segue.{day}.jsonl")))?;
    forget_old(folder);
    Ok(file)
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Removes all but the newest files of ours; the day in the name sorts them.
fn forget_old(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut logs: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| is_log(path)).collect();
    logs.sort_unstable();
    let surplus = logs.len().saturating_sub(KEPT);
    for path in logs.iter().take(surplus) {
        drop(fs::remove_file(path));
    }
}

fn is_log(path: &Path) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| name.starts_with("segue.") && name.ends_with(".jsonl"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_seven_days_are_kept_and_nothing_else_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        for day in 1..=9 {
            fs::write(folder.path().join(format!("segue.2020-01-0{day}.jsonl")), "").unwrap();
        }
        fs::write(folder.path().join("notes.txt"), "").unwrap();
        forget_old(folder.path());
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, KEPT + 1, "seven logs and the stranger's file");
        assert!(folder.path().join("segue.2020-01-09.jsonl").exists(), "the newest stays");
    }
}
