//! Watch: what another process changes in the data folder is told like a change of our own.

use std::time::Duration;

use segue_engine::Engine;

use crate::{Events, Noun};

/// How often is looked.
const PAUSE: Duration = Duration::from_secs(1);

/// Looks for changes since `seen` until nobody waits for it any more.
pub(crate) async fn changes(engine: Engine, events: Events, mut seen: Option<i64>) {
    loop {
        tokio::time::sleep(PAUSE).await;
        match engine.others_version().await {
            Ok(version) => {
                if seen.replace(version).is_some_and(|before| before != version) {
                    events.changed(&Noun::ALL);
                }
            }
            // Another process may be writing; the next look finds what it did.
            Err(error) => tracing::debug!(code = ?error.code, "The data folder could not be looked at."),
        }
    }
}
