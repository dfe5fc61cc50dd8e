//! A window without a window: it asks in lines, and reads what comes back.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use segue_bridge::views::{KeyStore, KeyStoreKind};
use segue_bridge::{Facts, Practice, serve};
use segue_engine::clock::{Clock, SystemClock};
use segue_engine::keychain::{Keychain, Memory};
use segue_engine::model::{AudienceKind, ExportId, Files, Product, SegmentRule};
use segue_engine::store::Store;
use segue_engine::{Engine, ExportSettings, NewConnection, NewExport};
use segue_sandbox::{Sandbox, Settings};
use serde_json::{Value, json};
use tokio::io::{
    AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf,
};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::audience::Customers;
use crate::hands::Hands;

/// Nothing takes as long as this.
const PATIENCE: Duration = Duration::from_secs(30);

/// A data folder with customers, an account to send them to, and everything that a desk needs.
pub(crate) struct Place {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) customers: Customers,
    pub(crate) sandbox: Sandbox,
    pub(crate) keychain: Arc<Memory>,
    clock: Arc<dyn Clock>,
    look_every: Option<Duration>,
}

impl Place {
    /// So many customers, the segments Stockholm, Umeå and All of them, and a connection.
    pub(crate) async fn new(customers: usize) -> Self {
        Self::by(customers, Arc::new(SystemClock), None).await
    }

    /// The same by a clock that the test sets, whose windows look all the time what is due.
    pub(crate) async fn with_hands(customers: usize, hands: &Hands) -> Self {
        Self::by(customers, Arc::new(hands.clone()), Some(Duration::from_millis(5))).await
    }

    async fn by(customers: usize, clock: Arc<dyn Clock>, look_every: Option<Duration>) -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
            customers: Customers::new(customers),
            sandbox: Sandbox::start(Settings::default()).await.unwrap(),
            keychain: Arc::default(),
            clock,
            look_every,
        };
        let engine = place.engine();
        let paths = vec![place.folder.path().join("customers.csv").display().to_string()];
        let files = Files { paths, key: Some("CustomerId".to_owned()), ..Files::default() };
        engine.add_audience("Customers", AudienceKind::Files(files)).await.unwrap();
        for (name, rule) in [("Stockholm", "City = 'Stockholm'"), ("Umeå", "City = 'Umeå'"), ("All", "true")]
        {
            engine.add_segment(name, "Customers", &SegmentRule::condition(rule)).await.unwrap();
        }
        let new = NewConnection {
            name: "Newsletter".to_owned(),
            product: Product::Autopilot,
            region: None,
            base_url: Some(place.sandbox.origin().to_owned()),
            rate: Some(0),
            contract_size: None,
            key: place.sandbox.key().to_owned().into(),
            agree: true,
            user: "anna on LAPTOP-7".to_owned(),
        };
        engine.add_connection(new).await.unwrap();
        place
    }

    /// An engine over the folder.
    pub(crate) fn engine(&self) -> Engine {
        self.engine_in(self.folder.path())
    }

    fn engine_in(&self, dir: &Path) -> Engine {
        let keychain = Arc::clone(&self.keychain) as Arc<dyn Keychain>;
        Engine::open(dir, Arc::new(self.customers.clone()), keychain, Arc::clone(&self.clock))
            .unwrap()
            .acting_as("anna on LAPTOP-7")
    }

    /// What `export_save` takes to send these segments.
    pub(crate) async fn draft(&self, name: &str, segments: &[&str]) -> Value {
        let engine = self.engine();
        let mut chosen = Vec::new();
        for segment in segments {
            chosen.push(json!({ "id": engine.segment(segment).await.unwrap().id, "title": null }));
        }
        let matching = [("Email", "Email"), ("FirstName", "FirstName"), ("LastName", "LastName")]
            .map(|(target, column)| json!({ "target": target, "column": column }));
        json!({
            "id": null, "version": null, "name": name, "matching": matching, "segments": chosen,
            "connection": engine.connection("Newsletter").await.unwrap().id,
            "audience": engine.audience("Customers").await.unwrap().id,
            "only_if": null, "leavers": "remove", "limit": 100_000, "max_loss": 50, "empty": [],
        })
    }

    /// Opens a window on the folder.
    pub(crate) async fn window(&self) -> Window {
        Window::looking(self.engine(), self.folder.path(), None, self.look_every).await
    }

    /// Adds an export that sends the segment All of the customers, and returns its id.
    pub(crate) async fn export(&self, name: &str) -> ExportId {
        self.export_of(name, "Customers", "All").await
    }

    /// Adds an export of this audience and segment, and returns its id.
    pub(crate) async fn export_of(&self, name: &str, audience: &str, segment: &str) -> ExportId {
        let matched = |name: &str| (name.to_owned(), name.to_owned());
        let settings = ExportSettings {
            matching: vec![matched("Email"), matched("FirstName")],
            segments: vec![(segment.to_owned(), Some(name.to_owned()))],
            max_loss: Some(100),
            ..ExportSettings::default()
        };
        let (name, audience) = (name.to_owned(), audience.to_owned());
        let new = NewExport { name, connection: "Newsletter".to_owned(), audience, settings };
        self.engine().add_export(new).await.unwrap().id
    }

    /// The database of the folder.
    pub(crate) fn store(&self) -> Store {
        Store::open(self.folder.path(), Arc::clone(&self.clock)).unwrap()
    }

    /// Whoever has something that is due, or runs something, died.
    pub(crate) async fn die(&self) {
        let store = self.store();
        let died = store.write(|tx| {
            tx.execute("UPDATE due SET boot = 'another' WHERE state = 'taken'", [])?;
            tx.execute("UPDATE lease SET boot = 'another'", [])?;
            Ok(())
        });
        died.await.unwrap();
    }
}

impl Window {
    /// Opens a window on an engine over this folder.
    pub(crate) async fn open(engine: Engine, dir: &Path, practice: Option<Arc<dyn Practice>>) -> Self {
        Self::looking(engine, dir, practice, None).await
    }

    /// The same, looking so often what is due.
    async fn looking(
        engine: Engine,
        dir: &Path,
        practice: Option<Arc<dyn Practice>>,
        look_every: Option<Duration>,
    ) -> Self {
        let (ours, theirs) = tokio::io::duplex(64 * 1024);
        let (input, output) = tokio::io::split(theirs);
        let facts = Facts {
            data_dir: dir.to_owned(),
            user: "anna on LAPTOP-7".to_owned(),
            look_every,
            key_store: Arc::new(Mutex::new(KeyStore { kind: KeyStoreKind::File, trouble: String::new() })),
        };
        let stop = CancellationToken::new();
        let input = BufReader::new(input);
        let served = tokio::spawn(serve(engine, facts, practice, input, output, stop.clone()));
        let (read, write) = tokio::io::split(ours);
        let mut window =
            Window { write, read: BufReader::new(read).lines(), served, stop, id: 0, kept: Vec::new() };
        let hello = window.line().await.unwrap();
        assert_eq!(hello["hello"]["protocol"], 1);
        window
    }
}

/// The window's end of the lines.
pub(crate) struct Window {
    write: WriteHalf<DuplexStream>,
    read: Lines<BufReader<ReadHalf<DuplexStream>>>,
    pub(crate) served: JoinHandle<segue_engine::error::Result<()>>,
    pub(crate) stop: CancellationToken,
    id: u64,
    /// Lines that came while something else was waited for.
    kept: Vec<Value>,
}

impl Window {
    /// Sends a line as it is.
    pub(crate) async fn send(&mut self, line: &[u8]) {
        self.write.write_all(line).await.unwrap();
        self.write.write_all(b"\n").await.unwrap();
    }

    /// Asks, and does not wait for the answer; returns its id.
    pub(crate) async fn post(&mut self, command: &str, request: Value) -> u64 {
        self.id += 1;
        let ask = json!({ "id": self.id, "command": command, "request": request });
        self.send(ask.to_string().as_bytes()).await;
        self.id
    }

    /// Asks, and waits for the answer or the error.
    pub(crate) async fn try_ask(&mut self, command: &str, request: Value) -> Result<Value, Value> {
        let id = self.post(command, request).await;
        self.reply(id).await
    }

    /// Waits for the answer to what was posted; answers may come in any order.
    pub(crate) async fn reply(&mut self, id: u64) -> Result<Value, Value> {
        loop {
            if let Some(at) = self.kept.iter().position(|line| line["id"] == id) {
                let mut line = self.kept.remove(at);
                return if line["error"].is_null() {
                    Ok(line["answer"].take())
                } else {
                    Err(line["error"].take())
                };
            }
            let line = self.line().await.expect("an answer before the end");
            self.kept.push(line);
        }
    }

    /// Asks, and waits for the answer.
    pub(crate) async fn ask(&mut self, command: &str, request: Value) -> Value {
        self.try_ask(command, request).await.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Begins a run of an export, and waits until it has ended.
    pub(crate) async fn run(&mut self, export: &Value) -> Value {
        let begun = self.ask("export_run", json!({ "exports": [export] })).await;
        let run = begun["runs"][0]["run"].clone();
        assert!(run.is_string(), "{begun}");
        self.event("run_ended", |ended| ended["id"] == run).await
    }

    /// Waits for an event that fits.
    pub(crate) async fn event(&mut self, name: &str, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let at = self.kept.iter().position(|line| line["event"] == name && fits(&line["data"]));
            if let Some(at) = at {
                return self.kept.remove(at)["data"].take();
            }
            let line = self.line().await.expect("an event before the end");
            self.kept.push(line);
        }
    }

    /// The next line; `None` at the end.
    pub(crate) async fn line(&mut self) -> Option<Value> {
        let line = tokio::time::timeout(PATIENCE, self.read.next_line()).await.expect("a line in time");
        line.unwrap().map(|line| serde_json::from_str(&line).unwrap())
    }

    /// Closes the window: its lines end. What was said until then.
    pub(crate) async fn close(mut self) -> Vec<Value> {
        self.write.shutdown().await.unwrap();
        let mut said = std::mem::take(&mut self.kept);
        while let Some(line) = self.line().await {
            said.push(line);
        }
        tokio::time::timeout(PATIENCE, self.served).await.expect("it ends").unwrap().unwrap();
        said
    }
}
