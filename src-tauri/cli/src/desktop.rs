//! `segue` alone: opens the window, which is another program in the same folder.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use segue_engine::error::{Code, Error, Result};

/// Starts `segue-desktop` and leaves it to itself.
pub(crate) fn open() -> Result<()> {
    let Some(program) = program().filter(|_| has_display()) else {
        return Err(Error::new(
            Code::Usage,
            "There is no window to open here: try `segue demo`, or `segue --help` for all commands.",
        ));
    };
    Command::new(&program).spawn().map(drop).map_err(|error| {
        Error::new(Code::Internal, format!("The window could not be opened: {error}."))
            .help(format!("Start {} by hand, or see `segue --help`.", program.display()))
    })
}

fn program() -> Option<PathBuf> {
    let name = format!("segue-desktop{}", env::consts::EXE_SUFFIX);
    let path = env::current_exe().ok()?.with_file_name(name);
    path.is_file().then_some(path)
}

fn has_display() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
