//! The engine, as the shell sees it: a program that takes JSON lines and gives JSON lines.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::sync::{mpsc, oneshot};

use crate::Failure;

/// The most that is asked at once; beyond it a call is refused as `busy` (U08).
const OPEN: usize = 256;
/// The longest request, in bytes (U07).
const LONGEST: usize = 4 << 20;
/// Starts of the engine within a minute, before the shell gives up.
const STARTS: usize = 3;
/// The event that this side adds: the engine ended, and whatever was under way in it.
pub(crate) const GONE: &str = "engine_gone";
/// The version of the lines that this shell speaks.
const PROTOCOL: u64 = 1;

/// A way to the engine and back.
pub struct Lines {
    /// What it says.
    pub from: Box<dyn AsyncRead + Send + Unpin>,
    /// What it is asked.
    pub to: Box<dyn AsyncWrite + Send + Unpin>,
}

/// Starts an engine. The real one is a program; tests give a pipe.
pub type Connect = dyn Fn() -> io::Result<Lines> + Send + Sync;

type Reply = Result<Value, Failure>;
type Listener = dyn Fn(Value) + Send + Sync;

/// The engine; cheap to clone.
#[derive(Clone)]
pub struct Engine(Arc<Inner>);

struct Inner {
    connect: Box<Connect>,
    ids: AtomicU64,
    state: Mutex<State>,
    listener: Mutex<Option<Arc<Listener>>>,
}

#[derive(Default)]
struct State {
    /// Where lines go; `None` while there is no engine.
    to: Option<mpsc::Sender<String>>,
    /// Which engine it is, so that the end of an old one does not end a new one.
    turn: u64,
    open: HashMap<u64, oneshot::Sender<Reply>>,
    starts: VecDeque<Instant>,
    closed: bool,
}

#[derive(Serialize)]
struct Ask<'a> {
    id: u64,
    command: &'a str,
    request: &'a RawValue,
}

/// Any line of the engine.
#[derive(Deserialize)]
struct Said {
    id: Option<u64>,
    answer: Option<Value>,
    error: Option<Failure>,
    event: Option<String>,
    data: Option<Value>,
    hello: Option<Hello>,
}

#[derive(Deserialize)]
struct Hello {
    protocol: u64,
}

impl Engine {
    /// An engine that is started when it is first needed.
    pub fn new(connect: impl Fn() -> io::Result<Lines> + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner {
            connect: Box::new(connect),
            ids: AtomicU64::new(1),
            state: Mutex::default(),
            listener: Mutex::default(),
        }))
    }

    /// Events go here from now on, as `{event, data}`.
    pub(crate) fn tell(&self, listener: impl Fn(Value) + Send + Sync + 'static) {
        *self.0.listener.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(listener));
    }

    /// Starts it, if there is none; says whether there is one, or none is wanted any more. A failure is told to
    /// whoever asks next.
    pub async fn open(&self) -> bool {
        let mut state = self.state();
        self.connected(&mut state).is_ok() || state.closed
    }

    /// Nothing more is asked: its input ends, and it ends when its runs have.
    pub fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        state.to = None;
    }

    /// Asks, and waits for the answer.
    ///
    /// # Errors
    /// What the engine refuses; `usage` for a request that is too long, `busy` where too much is open,
    /// `engine_gone` where it stopped.
    pub async fn ask(&self, command: &str, request: &RawValue) -> Reply {
        if request.get().len() > LONGEST {
            return Err(Failure::usage(format!(
                "A request of {command} is longer than 4 MB; nothing was done."
            )));
        }
        let id = self.0.ids.fetch_add(1, Ordering::Relaxed);
        let line = serde_json::to_string(&Ask { id, command, request }).map_err(|error| {
            Failure::usage(format!("A request of {command} cannot be passed on: {error}."))
        })?;
        let answered = {
            // One lock from the start of the engine to the entry in the book: an engine that ended in
            // between would leave a call that nobody answers.
            let mut state = self.state();
            if state.open.len() >= OPEN {
                return Err(Failure::busy());
            }
            let to = self.connected(&mut state)?;
            let (answer, answered) = oneshot::channel();
            // In the book before it is sent: the answer may be quicker than this line.
            state.open.insert(id, answer);
            if let Err(error) = to.try_send(line) {
                state.open.remove(&id);
                return Err(match error {
                    mpsc::error::TrySendError::Full(_) => Failure::busy(),
                    mpsc::error::TrySendError::Closed(_) => Failure::gone(),
                });
            }
            answered
        };
        answered.await.unwrap_or_else(|_| Err(Failure::gone()))
    }

    /// Asks on behalf of the shell itself.
    ///
    /// # Errors
    /// As [`Engine::ask`].
    pub(crate) async fn ask_for(&self, command: &str, request: &Value) -> Reply {
        let request = serde_json::value::to_raw_value(request).map_err(|error| {
            Failure::usage(format!("A request of {command} cannot be passed on: {error}."))
        })?;
        self.ask(command, &request).await
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The way to the engine, which is started if there is none.
    fn connected(&self, state: &mut State) -> Result<mpsc::Sender<String>, Failure> {
        if let Some(to) = &state.to {
            return Ok(to.clone());
        }
        let now = Instant::now();
        state.starts.retain(|start| now.duration_since(*start) < Duration::from_secs(60));
        if state.closed || state.starts.len() >= STARTS {
            return Err(Failure::gone());
        }
        state.starts.push_back(now);
        let Lines { from, to } = (self.0.connect)().map_err(|error| Failure {
            message: format!("The program segue cannot be started: {error}."),
            ..Failure::gone()
        })?;
        let (sender, lines) = mpsc::channel(OPEN);
        state.turn += 1;
        state.to = Some(sender.clone());
        tauri::async_runtime::spawn(write(to, lines));
        tauri::async_runtime::spawn(self.clone().listen(from, state.turn));
        Ok(sender)
    }

    /// Hears one engine until it ends, and says that it did.
    async fn listen(self, from: Box<dyn AsyncRead + Send + Unpin>, turn: u64) {
        let mut lines = BufReader::new(from).lines();
        let mut why = Failure::gone();
        while let Ok(Some(line)) = lines.next_line().await {
            // A line that is none of ours says nothing; the call that it was for ends with the engine.
            let Ok(said) = serde_json::from_str::<Said>(&line) else { continue };
            if said.hello.as_ref().is_some_and(|hello| hello.protocol != PROTOCOL) {
                why = Failure::other_version();
                break;
            }
            self.hear(said);
        }
        {
            let mut state = self.state();
            if state.turn != turn {
                return;
            }
            state.to = None;
            for (_, answer) in state.open.drain() {
                drop(answer.send(Err(why.clone())));
            }
        }
        self.say(json!({ "event": GONE, "data": {} }));
    }

    fn hear(&self, said: Said) {
        if let Some(id) = said.id {
            let open = self.state().open.remove(&id);
            if let Some(open) = open {
                let reply = match said.error {
                    Some(error) => Err(error),
                    None => Ok(said.answer.unwrap_or_default()),
                };
                // Whoever asked may have gone.
                drop(open.send(reply));
            }
        } else if let Some(event) = said.event {
            self.say(json!({ "event": event, "data": said.data }));
        }
    }

    /// Tells whoever listens to events.
    fn say(&self, event: Value) {
        let listener = self.0.listener.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(listener) = listener {
            listener(event);
        }
    }
}

/// Writes lines until there are none, then ends the engine's input.
async fn write(mut to: Box<dyn AsyncWrite + Send + Unpin>, mut lines: mpsc::Receiver<String>) {
    while let Some(mut line) = lines.recv().await {
        line.push('\n');
        if to.write_all(line.as_bytes()).await.is_err() || to.flush().await.is_err() {
            // It has ended; whoever listens to it says so.
            return;
        }
    }
    drop(to.shutdown().await);
}
