//! Whether Segue starts when the user signs in, without its window: an entry of the operating system's own, which
//! its settings show too.

use std::env;
use std::io;
use std::path::PathBuf;

pub(crate) use entry::{is_on, set};

/// The program to start: the image where it runs out of one, for what is inside has another place each time.
fn program() -> io::Result<String> {
    let path = env::var_os("APPIMAGE").map_or_else(env::current_exe, |image| Ok(PathBuf::from(image)))?;
    let told = || io::Error::other("the path of this program cannot be written down");
    path.into_os_string().into_string().map_err(|_| told())
}

/// A file in the folder of what starts with the desktop (XDG autostart).
#[cfg(target_os = "linux")]
mod entry {
    use std::fs;
    use std::io;
    use std::path::PathBuf;

    use tauri::{AppHandle, Manager, Runtime};

    use super::program;
    use crate::background::HIDDEN;

    /// Whether it does. A desktop may have switched the entry off without taking it away.
    pub(crate) fn is_on<R: Runtime>(app: &AppHandle<R>) -> io::Result<bool> {
        let off = ["Hidden=true", "X-GNOME-Autostart-enabled=false"];
        match fs::read_to_string(file(app)?) {
            Ok(text) => Ok(!text.lines().any(|line| off.contains(&line.trim()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// From now on it does, or not.
    pub(crate) fn set<R: Runtime>(app: &AppHandle<R>, on: bool) -> io::Result<()> {
        let file = file(app)?;
        if on {
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder)?;
            }
            return fs::write(file, text(&program()?));
        }
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn file<R: Runtime>(app: &AppHandle<R>) -> io::Result<PathBuf> {
        let folder = app.path().config_dir().map_err(io::Error::other)?;
        Ok(folder.join("autostart").join("segue.desktop"))
    }

    fn text(program: &str) -> String {
        format!(
            "[Desktop Entry]\nType=Application\nName=Segue\nExec={} {HIDDEN}\nIcon=segue-desktop\n\
             Terminal=false\nStartupNotify=false\n",
            quoted(program)
        )
    }

    /// A word of `Exec` (Desktop Entry Specification, "The Exec key"): in quotation marks, then as any value.
    fn quoted(word: &str) -> String {
        let mut inside = String::new();
        for letter in word.chars() {
            match letter {
                '"' | '`' | '$' | '\\' => inside.extend(['\\', letter]),
                '%' => inside.push_str("%%"),
                _ => inside.push(letter),
            }
        }
        format!("\"{}\"", inside.replace('\\', "\\\\"))
    }
}

/// An agent of `launchd` on macOS, a value of the user's registry on Windows.
#[cfg(not(target_os = "linux"))]
mod entry {
    use std::io;

    use auto_launch::{AutoLaunch, AutoLaunchBuilder, MacOSLaunchMode, WindowsEnableMode};
    use tauri::{AppHandle, Runtime};

    use super::program;
    use crate::background::HIDDEN;

    /// Whether it does.
    pub(crate) fn is_on<R: Runtime>(app: &AppHandle<R>) -> io::Result<bool> {
        entry(app)?.is_enabled().map_err(io::Error::other)
    }

    /// From now on it does, or not.
    pub(crate) fn set<R: Runtime>(app: &AppHandle<R>, on: bool) -> io::Result<()> {
        let entry = entry(app)?;
        if on { entry.enable() } else { entry.disable() }.map_err(io::Error::other)
    }

    fn entry<R: Runtime>(app: &AppHandle<R>) -> io::Result<AutoLaunch> {
        let identifier = app.config().identifier.as_str();
        let program = program()?;
        // It writes a path down as it is: into XML on macOS, into a command line on Windows.
        let (name, path) = if cfg!(windows) {
            ("Segue", format!("\"{program}\""))
        } else {
            (identifier, program.replace('&', "&amp;").replace('<', "&lt;"))
        };
        AutoLaunchBuilder::new()
            .set_app_name(name)
            .set_app_path(&path)
            .set_args(&[HIDDEN])
            .set_bundle_identifiers(&[identifier])
            .set_macos_launch_mode(MacOSLaunchMode::LaunchAgent)
            .set_windows_enable_mode(WindowsEnableMode::CurrentUser)
            .build()
            .map_err(io::Error::other)
    }
}
