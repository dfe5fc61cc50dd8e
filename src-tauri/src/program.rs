//! The program `segue`, started as the engine of this window, and the surroundings of this program.

use std::env;
use std::io;
use std::path::PathBuf;
use std::process::Stdio;

use tokio::process::Command;

use crate::Lines;

/// Starts `segue engine --stdio`. It is not ended with the window: a run under way is finished.
pub(crate) fn start() -> io::Result<Lines> {
    let mut command = Command::new(path()?);
    command.args(["engine", "--stdio"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    // Its own group: Ctrl-C in the terminal of the window ends the window, and not the run.
    #[cfg(unix)]
    command.process_group(0);
    #[cfg(windows)]
    {
        // CREATE_NO_WINDOW: no console beside the window.
        command.creation_flags(0x0800_0000);
    }
    let runtime = tauri::async_runtime::handle();
    let _inside = runtime.inner().enter();
    let mut child = command.spawn()?;
    let missing = || io::Error::other("it has no input and output");
    let (from, to) = (child.stdout.take().ok_or_else(missing)?, child.stdin.take().ok_or_else(missing)?);
    // Waited for, so that it does not stay behind as a zombie.
    runtime.inner().spawn(async move { drop(child.wait().await) });
    Ok(Lines { from: Box::new(from), to: Box::new(to) })
}

/// The program in the folder of this one.
fn path() -> io::Result<PathBuf> {
    let name = format!("segue{}", env::consts::EXE_SUFFIX);
    Ok(env::current_exe()?.with_file_name(name))
}

/// `WebKit` shows nothing with some drivers of NVIDIA under Wayland (tauri #9304); its other way to draw is
/// slower and works. Before any thread is there. `--safe-graphics` chooses it anywhere.
pub(crate) fn choose_graphics() {
    #[cfg(target_os = "linux")]
    {
        const SLOW: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
        let nvidia = env::var_os("WAYLAND_DISPLAY").is_some()
            && std::path::Path::new("/proc/driver/nvidia/version").exists();
        let asked = env::args_os().skip(1).any(|word| word == "--safe-graphics");
        if (nvidia || asked) && env::var_os(SLOW).is_none() {
            // A variable cannot be set safely, but a program can be started with one.
            use std::os::unix::process::CommandExt;
            if let Ok(program) = env::current_exe() {
                drop(std::process::Command::new(program).args(env::args_os().skip(1)).env(SLOW, "1").exec());
            }
        }
    }
}
