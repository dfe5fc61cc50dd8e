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
/// slower and works. Where there is no graphics card at all, as on virtual and remote desktops, pages are drawn
/// without pretending to have one, which takes half the time. Before any thread is there. `--safe-graphics` chooses
/// both anywhere.
pub(crate) fn choose_graphics() {
    #[cfg(target_os = "linux")]
    {
        let nvidia = env::var_os("WAYLAND_DISPLAY").is_some()
            && std::path::Path::new("/proc/driver/nvidia/version").exists();
        let asked = env::args_os().skip(1).any(|word| word == "--safe-graphics");
        let none = asked || !has_card();
        // Layers that somebody asked for are put together by what is left out where nothing draws.
        let layers = env::var_os("WEBKIT_DISABLE_COMPOSITING_MODE").is_some_and(|value| value == "0");
        let bare = none && !layers;
        // What somebody set stays. Where nothing can be set, the window is drawn as it would have been.
        if nvidia || bare {
            drop(glib::setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1", false));
        }
        if bare {
            // Nor does GTK look for a card, which loads libraries of a hundred megabytes.
            drop(glib::setenv("GDK_GL", "disable", false));
        }
        if none {
            drop(glib::setenv("WEBKIT_SKIA_ENABLE_CPU_RENDERING", "1", false));
            // Layers would be put together by a pretended card: up to a second from a key to the rows that it brings.
            drop(glib::setenv("WEBKIT_DISABLE_COMPOSITING_MODE", "1", false));
            // By itself it takes half of the processors, and of two that is none beside the page.
            let threads = std::thread::available_parallelism().map_or(1, |most| most.get().min(8));
            drop(glib::setenv("WEBKIT_SKIA_CPU_PAINTING_THREADS", threads.to_string(), false));
        }
    }
}

/// Whether there is anything that draws: a node of the kernel's for it, or that of Windows in its Linux.
#[cfg(target_os = "linux")]
fn has_card() -> bool {
    let nodes = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    let draws = |node: std::fs::DirEntry| node.file_name().to_string_lossy().starts_with("renderD");
    nodes.into_iter().any(draws) || std::path::Path::new("/dev/dxg").exists()
}
