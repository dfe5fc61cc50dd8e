//! Ctrl-C and SIGTERM: once, the requests in flight are finished; twice, the program ends at once.

use tokio_util::sync::CancellationToken;

use crate::exit::Exit;
use crate::print::Printer;

/// Listens from this moment on; the token is tripped by the first signal. Needs a runtime.
pub(crate) fn listen() -> CancellationToken {
    let token = CancellationToken::new();
    let tripped = token.clone();
    let Ok(mut signals) = Signals::new() else {
        tracing::warn!("Signals cannot be listened to; Ctrl-C ends the program at once.");
        return token;
    };
    tokio::spawn(async move {
        signals.next().await;
        tripped.cancel();
        signals.next().await;
        // Whatever was open then is what `segue run resume` is for.
        std::process::exit(Exit::Canceled as i32);
    });
    token
}

/// Says, once the token is tripped, why the command does not end that very moment.
pub(crate) fn announce(stop: &CancellationToken, print: &Printer) {
    let (stop, print) = (stop.clone(), print.clone());
    tokio::spawn(async move {
        stop.cancelled().await;
        print.note("Stopping: the requests in flight are finished first. Once more stops at once.");
    });
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Signals {
    ctrl_c: tokio::signal::windows::CtrlC,
    shutdown: tokio::signal::windows::CtrlClose,
}

#[cfg(windows)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::windows::{ctrl_c, ctrl_close};
        Ok(Self { ctrl_c: ctrl_c()?, shutdown: ctrl_close()? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.ctrl_c.recv() => {}
            _ = self.shutdown.recv() => {}
        }
    }
}
