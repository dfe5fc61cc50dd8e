//! The desk: one engine for one window, and what it must remember between two commands.

use std::sync::{Arc, Mutex};

use segue_engine::Engine;
use segue_engine::error::{Code, Error, Result};
use tokio::sync::mpsc::UnboundedSender;

use crate::practice::Practice;
use crate::previews::Previews;
use crate::schedule::Schedules;
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
    /// How often it is looked what is due; `None`: as the product has it. Tests have a clock of their own.
    pub look_every: Option<std::time::Duration>,
    /// Where keys are kept; whoever starts the engine finds out later whether it opens.
    pub key_store: Arc<Mutex<KeyStore>>,
}

/// One engine for one window.
pub struct Desk {
    pub(crate) engine: Engine,
    pub(crate) events: Events,
    pub(crate) facts: Facts,
    pub(crate) runs: UnderWay,
    pub(crate) schedules: Schedules,
    pub(crate) previews: Previews,
    /// Held while the sample is made or taken away.
    pub(crate) sample: tokio::sync::Mutex<()>,
    practice: Option<Arc<dyn Practice>>,
}

impl Desk {
    /// A desk over this engine.
    #[must_use]
    pub fn new(engine: Engine, facts: Facts, events: Events, practice: Option<Arc<dyn Practice>>) -> Self {
        let runs = UnderWay::new(engine.clone(), events.clone());
        let schedules = Schedules::new(engine.clone(), events.clone(), runs.clone(), facts.look_every);
        Self {
            engine,
            events,
            facts,
            runs,
            schedules,
            previews: Previews::default(),
            sample: tokio::sync::Mutex::default(),
            practice,
        }
    }

    /// What the sample is made with.
    pub(crate) fn practice(&self) -> Result<&dyn Practice> {
        self.practice.as_deref().ok_or_else(|| {
            Error::new(Code::Usage, "There is no sample data in this program; nothing was changed.")
        })
    }

    /// Has the practice account served, if there is a sample, and its connection follow it to its port.
    /// Without it exports to it fail with words; nothing else is the worse for it.
    pub(crate) async fn practise(&self) {
        if let Err(error) = self.serve_practice().await {
            tracing::warn!(code = ?error.code, "The practice account is not served.");
        }
    }

    async fn serve_practice(&self) -> Result<()> {
        let (Some(practice), Some(sample)) = (&self.practice, self.engine.sample().await?) else {
            return Ok(());
        };
        let account = practice.start().await?;
        self.engine.follow_on_this_computer(&sample.connection.to_string(), &account.origin).await
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
