//! `segue engine`: the engine's side of the window, over standard input and output
//! (docs/decisions/0017).

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clap::Args;
use segue_bridge::views::{KeyStore, KeyStoreKind};
use segue_bridge::{Facts, Practice, serve};
use segue_engine::error::Result;
use segue_engine::keychain::Keychain;
use tokio::io::{BufReader, stdin, stdout};

use crate::exit::Exit;
use crate::host::{Host, look_every};
use crate::keys;
use crate::practice::PracticeFolder;

/// So long after the start it is tried whether the key store opens.
const REST: Duration = Duration::from_secs(2);

/// The words of `engine`.
#[derive(Debug, Args)]
#[command(after_help = "\
This is what Segue's window starts, in the folder that it is in itself. Commands come as JSON objects,
one a line; answers and events go out the same way. At the end of the input the runs under way are
finished, then it ends. Ctrl-C cancels them: only what is in flight is finished.

Example:
  segue engine --stdio")]
pub(crate) struct EngineCommand {
    /// Take commands on standard input and answer on standard output
    #[arg(long, required = true)]
    stdio: bool,
}

impl EngineCommand {
    /// Serves until the input ends.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        debug_assert!(self.stdio, "clap asks for it");
        let engine = host.engine()?;
        // Held until the end: dropping it flushes.
        let _log = host.log();
        let data_dir = host.data_dir()?;
        let practice: Arc<dyn Practice> = Arc::new(PracticeFolder::new(&data_dir));
        let facts = Facts {
            key_store: key_store(keys::store(&data_dir)?),
            data_dir,
            user: keys::user(),
            look_every: look_every(),
        };
        let (input, output) = (BufReader::new(stdin()), stdout());
        serve(engine, facts, Some(practice), input, output, host.stop.clone()).await?;
        Ok(if host.stop.is_cancelled() { Exit::Canceled } else { Exit::Done })
    }
}

/// Where keys are kept, and a little later why they cannot be if they cannot.
fn key_store(keychain: Arc<dyn Keychain>) -> Arc<Mutex<KeyStore>> {
    let kind = match keychain.kind() {
        "file" => KeyStoreKind::File,
        "missing" => KeyStoreKind::Missing,
        _ => KeyStoreKind::System,
    };
    let known = Arc::new(Mutex::new(KeyStore { kind, trouble: String::new() }));
    let told = Arc::clone(&known);
    tokio::spawn(async move {
        // Opening a store is work for the computer or for a person, and the window comes first.
        tokio::time::sleep(REST).await;
        // Asked for what is not there: that it opens is what is to be known.
        let asked = tokio::task::spawn_blocking(move || keychain.get("probe").err()).await;
        if let Ok(Some(error)) = asked {
            told.lock().unwrap_or_else(PoisonError::into_inner).trouble =
                format!("{} {}", error.message, error.help);
        }
    });
    known
}
