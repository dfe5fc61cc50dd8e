//! The stage of the demo: a temporary folder, a made-up account, and an engine between them.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use segue_engine::error::{Code, Error, Result};
use segue_engine::keychain::Memory;
use segue_engine::model::{Audience, AudienceKind, Files, Person, Product, Run, SegmentRule};
use segue_engine::run::{Observer, RunOptions};
use segue_engine::{Engine, ExportSettings, NewConnection, NewExport, Preview};
use segue_sandbox::{AccountView, Request, Sandbox, Settings};
use tempfile::TempDir;

use super::sample::{SEGMENTS, Sample};
use crate::host::Host;
use crate::keys;
use crate::progress::{self, Unwatched};

/// The names of what the demo makes.
const AUDIENCE: &str = "Sample";
const CONNECTION: &str = "Sandbox";
const EXPORT: &str = "Demo";

/// Everything that the demo plays with; gone when it is dropped.
pub(super) struct DemoStage {
    engine: Engine,
    sandbox: Sandbox,
    pub(super) audience: Audience,
    file: PathBuf,
    /// Last, so that it outlives the engine that works in it.
    _folder: TempDir,
}

/// One round: what was said before, what was done, and what the account saw of it.
pub(super) struct Round {
    pub(super) preview: Preview,
    pub(super) run: Run,
    pub(super) people: Vec<Person>,
    pub(super) account: AccountView,
    pub(super) requests: Vec<Request>,
}

impl DemoStage {
    /// Sets it up: the file, the audience, the segments, the connection, the export.
    pub(super) async fn set(host: &Host, sample: &Sample) -> Result<Self> {
        let folder =
            tempfile::Builder::new().prefix("segue-demo-").tempdir().map_err(|error| no_room(&error))?;
        let file = folder.path().join("customers.csv");
        sample.write(&file).map_err(|error| no_room(&error))?;
        let sandbox = sandbox().await?;
        let engine = host.engine_with(&folder.path().join("data"), Arc::new(Memory::default()))?;
        let files = Files { paths: vec![file.display().to_string()], ..Files::default() };
        let audience = engine.add_audience(AUDIENCE, AudienceKind::Files(files)).await?;
        for (name, predicate) in SEGMENTS {
            engine.add_segment(name, AUDIENCE, &SegmentRule::condition(predicate)).await?;
        }
        engine.add_connection(connection(&sandbox)).await?;
        engine.add_export(export()).await?;
        Ok(Self { engine, sandbox, audience, file, _folder: folder })
    }

    /// Writes the sample again, as a system that exports it every night would.
    pub(super) fn write(&self, sample: &Sample) -> Result<()> {
        sample.write(&self.file).map_err(|error| no_room(&error))
    }

    /// Previews and runs.
    pub(super) async fn export(&self, host: &Host) -> Result<Round> {
        let preview = self.engine.preview(EXPORT, None).await?;
        self.sandbox.clear_record();
        let observer: Arc<dyn Observer> =
            if host.print.json() { Arc::new(Unwatched) } else { progress::observer(&host.print) };
        let run = self.engine.run_export(EXPORT, RunOptions::default(), observer, host.stop.clone()).await?;
        let people = self.engine.run_people(&run.id.to_string(), None).await?;
        let (account, requests) = (self.sandbox.account(), self.sandbox.record());
        Ok(Round { preview, run, people, account, requests })
    }
}

async fn sandbox() -> Result<Sandbox> {
    // A little latency, so that the numbers look like a network and not like a loop.
    let settings = Settings { latency: Duration::from_millis(5), ..Settings::default() };
    Sandbox::start(settings).await.map_err(|error| {
        Error::new(Code::Internal, format!("The made-up account could not be started: {error}."))
    })
}

fn connection(sandbox: &Sandbox) -> NewConnection {
    NewConnection {
        name: CONNECTION.to_owned(),
        product: Product::Autopilot,
        region: None,
        base_url: Some(sandbox.origin().to_owned()),
        rate: Some(0),
        contract_size: None,
        key: SecretString::from(sandbox.key().to_owned()),
        agree: true,
        user: keys::user(),
    }
}

fn export() -> NewExport {
    let matching = [
        ("Email", "Email"),
        ("FirstName", "FirstName"),
        ("LastName", "LastName"),
        ("Phone", "Phone"),
        ("MailingCity", "City"),
    ];
    NewExport {
        name: EXPORT.to_owned(),
        connection: CONNECTION.to_owned(),
        audience: AUDIENCE.to_owned(),
        settings: ExportSettings {
            matching: matching.map(|(target, column)| (target.to_owned(), column.to_owned())).to_vec(),
            segments: SEGMENTS.map(|(name, _)| (name.to_owned(), None)).to_vec(),
            only_if: Some(("Unsubscribed".to_owned(), "no".to_owned())),
            // The demo may be asked for more people than an export takes by default.
            limit: Some(1_000_000),
            ..ExportSettings::default()
        },
    }
}

fn no_room(error: &std::io::Error) -> Error {
    Error::new(Code::DataFolder, format!("The demo's temporary folder cannot be used: {error}."))
        .help("Nothing was left behind. TMPDIR names another place for temporary files.")
}
