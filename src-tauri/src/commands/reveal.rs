//! Shows things outside of the window: the data folder, the log, the guide, and files that the user wrote.
//! No address and no path of the page's own is ever opened (X02).

use std::env;
use std::path::PathBuf;

use serde::Deserialize;
use tauri::path::BaseDirectory;
use tauri::{AppHandle, Manager, Runtime};

use super::files::Handed;
use crate::Failure;
use crate::words::{Language, Spoken};

/// What is shown.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum What {
    /// The data folder.
    DataFolder,
    /// The folder of the log.
    Logs,
    /// The guide in English.
    GuideEn,
    /// The guide in Swedish.
    GuideSv,
    /// What the guide says about privacy, in the language of the window.
    Privacy,
    /// A file that the user chose to write.
    File,
}

/// The request of `window_reveal`.
#[derive(Debug, Deserialize)]
pub(crate) struct Reveal {
    what: What,
    path: Option<PathBuf>,
}

/// Shows it.
#[tauri::command]
pub(crate) async fn window_reveal<R: Runtime>(app: AppHandle<R>, request: Reveal) -> Result<(), Failure> {
    let (path, mark) = place(&app, request)?;
    system::show(&app, path, mark).map_err(|error| Failure::system("This cannot be shown", error))
}

/// Where it is, and whether it is marked in its folder in place of being opened.
fn place<R: Runtime>(app: &AppHandle<R>, Reveal { what, path }: Reveal) -> Result<(PathBuf, bool), Failure> {
    let place = match what {
        What::DataFolder => data_folder(app)?,
        What::Logs => data_folder(app)?.join("logs"),
        What::GuideEn => guide(app, Language::En)?,
        What::GuideSv => guide(app, Language::Sv)?,
        What::Privacy => guide(app, app.state::<Spoken>().get())?,
        What::File => {
            let path = path.filter(|path| app.state::<Handed>().has(path));
            return path
                .map(|path| (path, true))
                .ok_or_else(|| Failure::usage("Only a file that was chosen in this window can be shown."));
        }
    };
    Ok((place, false))
}

/// The data folder, as the engine finds it.
fn data_folder<R: Runtime>(app: &AppHandle<R>) -> Result<PathBuf, Failure> {
    match env::var_os("SEGUE_DATA_DIR").filter(|path| !path.is_empty()) {
        Some(path) => Ok(path.into()),
        None => app
            .path()
            .local_data_dir()
            .map(|folder| folder.join("segue"))
            .map_err(|error| Failure::system("There is no data folder", error)),
    }
}

fn guide<R: Runtime>(app: &AppHandle<R>, language: Language) -> Result<PathBuf, Failure> {
    let name = match language {
        Language::En => "guide.en.md",
        Language::Sv => "guide.sv.md",
    };
    app.path()
        .resolve(name, BaseDirectory::Resource)
        .map_err(|error| Failure::system("The guide is not where it was installed", error))
}

/// The programs of the operating system.
#[cfg(not(feature = "test-hooks"))]
mod system {
    use tauri_plugin_opener::OpenerExt;

    use super::*;

    pub(super) fn show<R: Runtime>(
        app: &AppHandle<R>,
        path: PathBuf,
        mark: bool,
    ) -> Result<(), tauri_plugin_opener::Error> {
        if mark {
            app.opener().reveal_item_in_dir(path)
        } else {
            app.opener().open_path(path.to_string_lossy(), None::<&str>)
        }
    }
}

/// A note of what would have been shown.
#[cfg(feature = "test-hooks")]
mod system {
    use super::*;

    pub(super) fn show<R: Runtime>(
        _: &AppHandle<R>,
        path: PathBuf,
        mark: bool,
    ) -> Result<(), std::io::Error> {
        note(&format!("{} {mark}\n", path.display()));
        Ok(())
    }
}

/// Notes what a native dialog or program was asked, where tests find it.
#[cfg(feature = "test-hooks")]
pub(crate) fn note(what: &str) {
    use std::io::Write as _;
    let Some(file) = env::var_os("SEGUE_TEST_FILES") else { return };
    let file = PathBuf::from(file).with_extension("asked");
    if let Ok(mut file) = std::fs::File::options().create(true).append(true).open(file) {
        drop(file.write_all(what.as_bytes()));
    }
}
