//! The dialogs that choose files. Pages get paths of what the user chose, and read and write nothing.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager, Runtime};

use crate::words::Spoken;

/// Files that the user chose to write in this session: the only ones that can be shown.
#[derive(Default)]
pub(crate) struct Handed(Mutex<HashSet<PathBuf>>);

impl Handed {
    fn add(&self, path: &Path) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
    }

    /// Whether the user chose it.
    pub(crate) fn has(&self, path: &Path) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(path)
    }
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Files with customers; several.
    Data,
    /// A folder with them.
    Folder,
    /// A configuration.
    Config,
    /// A rule.
    Rule,
    /// The file with memberships.
    Memberships,
    /// A file that names members.
    Members,
}

impl Kind {
    /// Endings of such files.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Config | Self::Rule => &["json"],
            _ => &["csv", "txt", "tsv", "json", "ndjson", "jsonl", "parquet", "gz", "zst"],
        }
    }

    /// The key of its words.
    fn key(self) -> &'static str {
        match self {
            Self::Config => "files.config",
            Self::Rule => "files.rule",
            _ => "files.data",
        }
    }
}

/// The request of `window_open_files`.
#[derive(Debug, Deserialize)]
pub(crate) struct OpenFiles {
    kind: Kind,
}

/// The answer of `window_open_files`.
#[derive(Debug, Serialize)]
pub(crate) struct Opened {
    paths: Vec<PathBuf>,
}

/// The request of `window_save_file`.
#[derive(Debug, Deserialize)]
pub(crate) struct SaveFile {
    name: String,
    kind: String,
}

/// The answer of `window_save_file`.
#[derive(Debug, Serialize)]
pub(crate) struct Saved {
    path: Option<PathBuf>,
}

/// Asks which files; none where the user canceled.
#[tauri::command]
pub(crate) async fn window_open_files<R: Runtime>(
    app: AppHandle<R>,
    request: OpenFiles,
) -> Result<Opened, ()> {
    Ok(Opened { paths: dialog::open(&app, request.kind).await })
}

/// Asks where a file is written.
#[tauri::command]
pub(crate) async fn window_save_file<R: Runtime>(app: AppHandle<R>, request: SaveFile) -> Result<Saved, ()> {
    let path = dialog::save(&app, &request).await;
    if let Some(path) = &path {
        app.state::<Handed>().add(path);
    }
    Ok(Saved { path })
}

/// The native dialogs.
#[cfg(not(feature = "test-hooks"))]
mod dialog {
    use tauri_plugin_dialog::DialogExt;
    use tokio::sync::oneshot;

    use super::*;

    pub(super) async fn open<R: Runtime>(app: &AppHandle<R>, kind: Kind) -> Vec<PathBuf> {
        let (answer, answered) = oneshot::channel();
        let dialog = app.dialog().file();
        if kind == Kind::Folder {
            dialog.pick_folder(|folder| drop(answer.send(folder.into_iter().collect())));
        } else {
            let dialog = dialog.add_filter(app.state::<Spoken>().say(kind.key(), &[]), kind.endings());
            match kind {
                Kind::Data => dialog.pick_files(|files| drop(answer.send(files.unwrap_or_default()))),
                _ => dialog.pick_file(|file| drop(answer.send(file.into_iter().collect()))),
            }
        }
        let chosen: Vec<tauri_plugin_dialog::FilePath> = answered.await.unwrap_or_default();
        chosen.into_iter().filter_map(|file| file.into_path().ok()).collect()
    }

    pub(super) async fn save<R: Runtime>(app: &AppHandle<R>, request: &SaveFile) -> Option<PathBuf> {
        let (answer, answered) = oneshot::channel();
        app.dialog()
            .file()
            .set_file_name(&request.name)
            .add_filter(request.kind.to_uppercase(), &[&request.kind])
            .save_file(|file| drop(answer.send(file)));
        answered.await.ok().flatten().and_then(|file| file.into_path().ok())
    }
}

/// What tests wrote in place of what a person would choose: `{"paths": [...], "path": "..."}`.
#[cfg(feature = "test-hooks")]
mod dialog {
    use super::*;

    #[derive(Default, Deserialize)]
    struct Chosen {
        #[serde(default)]
        paths: Vec<PathBuf>,
        path: Option<PathBuf>,
    }

    pub(super) async fn open<R: Runtime>(app: &AppHandle<R>, kind: Kind) -> Vec<PathBuf> {
        let asked = format!("{} {}\n", app.state::<Spoken>().say(kind.key(), &[]), kind.endings().join(" "));
        crate::commands::reveal::note(&asked);
        chosen().paths
    }

    pub(super) async fn save<R: Runtime>(_: &AppHandle<R>, request: &SaveFile) -> Option<PathBuf> {
        crate::commands::reveal::note(&format!("{} {}\n", request.name, request.kind));
        chosen().path
    }

    fn chosen() -> Chosen {
        let file = std::env::var_os("SEGUE_TEST_FILES").unwrap_or_default();
        let text = std::fs::read_to_string(file).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }
}
