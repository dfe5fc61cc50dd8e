//! The desk: one engine for one window, and what it must remember between two commands.

use segue_engine::Engine;
use tokio::sync::mpsc::UnboundedSender;

use crate::previews::Previews;
use crate::under_way::{Begin, UnderWay, Until};
use crate::views::KeyStore;
use crate::{Changed, Event, Noun};

/// Where events go. Nobody may listen any more; then they are lost, as events may be.
#[derive(Debug, Clone)]
pub struct Events(UnboundedSender<Event>);

impl Events {
    /// Events go here.
    #[must_use]
    pub fn new(to: UnboundedSender<Event>) -> Self {
        Self(to)
    }

    /// Tells whoever listens.
    pub fn tell(&self, event: Event) {
        drop(self.0.send(event));
    }

    /// Tells which kinds of objects were changed.
    pub fn changed(&self, what: &[Noun]) {
        self.tell(Event::Changed(Changed { what: what.to_vec() }));
    }
}

/// What the host knows and pages are told.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The data folder.
    pub data_dir: std::path::PathBuf,
    /// The account of the operating system, for example `anna on LAPTOP-7`.
    pub user: String,
    /// Where keys are kept.
    pub key_store: KeyStore,
}

/// One engine for one window.
pub struct Desk {
    pub(crate) engine: Engine,
    pub(crate) events: Events,
    pub(crate) facts: Facts,
    pub(crate) runs: UnderWay,
    pub(crate) previews: Previews,
}

impl Desk {
    /// A desk over this engine.
    #[must_use]
    pub fn new(engine: Engine, facts: Facts, events: Events) -> Self {
        let runs = UnderWay::new(engine.clone(), events.clone());
        Self { engine, events, facts, runs, previews: Previews::default() }
    }

    /// Goes on with the runs that died (product.md rule 11). One that cannot is left as it is and told of
    /// in the log.
    pub(crate) fn go_on_with_dead_runs(&self) {
        let (engine, runs) = (self.engine.clone(), self.runs.clone());
        tokio::spawn(async move {
            let dead = match engine.dead_runs().await {
                Ok(dead) => dead,
                Err(error) => return tracing::warn!(code = ?error.code, "Runs that died were not found."),
            };
            for (run, export) in dead {
                if let Err(refused) = runs.begin(export, Begin::Resume(run), Until::Begun).await {
                    tracing::warn!(%run, code = ?refused.error.code, "A run that died does not go on.");
                }
            }
        });
    }
}
