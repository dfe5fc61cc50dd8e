//! An account opened for sending: one limiter, one retry layer and the ledger for every request.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::destination::http::{Failure, Http};
use crate::destination::retry::{Breaker, Budget, Gate, PATIENCE, Tries, Trouble};
use crate::destination::{Answer, Destination, Reply, Request, StopKind};
use crate::error::{Code, Error, Result};
use crate::model::{Connection, ConnectionId};
use crate::store::attempt::{self, Intent};
use crate::store::{Store, key_state};

use super::awake::Awake;
use super::observer::Watch;
use super::pace::{Pace, sleep};
use super::stopped::{no_answer, somebody_else};

/// Whole answers of 200 in a row that are not the account's: then somebody else answers (N16, A31).
const MOST_STRANGE: u32 = 3;
/// How often a request that waits for the account looks whether it may go.
const LOOK: Duration = Duration::from_millis(250);

/// An account opened for sending.
pub struct Account {
    /// The product.
    pub destination: Arc<dyn Destination>,
    /// Requests sent.
    pub requests: Arc<AtomicU64>,
    /// Of those, repeats.
    pub retries: Arc<AtomicU64>,
    http: Arc<Http>,
    awake: Awake,
    store: Store,
    pace: Pace,
    /// Places for open requests: building and committing go on beside them.
    wire: tokio::sync::Semaphore,
    /// Trips when the user cancels.
    cancel: CancellationToken,
    /// Trips when nothing more is to be sent: the user canceled, or a request failed for good.
    halt: CancellationToken,
    /// Whether the run has a plan: then it waits for a network or a service that is away, up to
    /// fifteen minutes (product.md rule 11). Before that somebody may be waiting for a sentence.
    patient: AtomicBool,
    breaker: std::sync::Mutex<Breaker>,
    budget: std::sync::Mutex<Budget>,
    strange: AtomicU32,
    name: String,
    connection: ConnectionId,
    /// What was last noted of the key; `None`: nothing by this account.
    key_taken: std::sync::Mutex<Option<bool>>,
    watch: std::sync::OnceLock<Arc<Watch>>,
}

/// An answer with its place in the ledger, still to be closed together with its people.
pub struct Booked<T> {
    /// The answer.
    pub answer: Answer<T>,
    /// Place in the ledger.
    pub seq: i64,
}

impl Account {
    /// Opens an account; nothing more is sent once `cancel` trips. Waits out a window where the last
    /// stamps are of another boot.
    ///
    /// # Errors
    /// `bad_url`, and those of the database.
    pub async fn open(
        connection: &Connection,
        id: i64,
        destination: Arc<dyn Destination>,
        key: secrecy::SecretString,
        store: &Store,
        cancel: CancellationToken,
    ) -> Result<Self> {
        let origin = crate::destination::http::Origin::parse(&connection.origin)?;
        let in_flight = destination.abilities().in_flight;
        let http = Arc::new(Http::new(origin, destination.key_header(), key, in_flight)?);
        let renewed = Arc::clone(&http);
        let awake = Awake::watch(Arc::clone(store.clock()), move || renewed.renew());
        let pace = Pace::open(id, connection.rate, store).await?;
        Ok(Self {
            destination,
            requests: Arc::default(),
            retries: Arc::default(),
            http,
            awake,
            store: store.clone(),
            pace,
            wire: tokio::sync::Semaphore::new(in_flight),
            halt: cancel.child_token(),
            cancel,
            patient: AtomicBool::new(false),
            breaker: std::sync::Mutex::default(),
            budget: std::sync::Mutex::default(),
            strange: AtomicU32::new(0),
            name: connection.name.clone(),
            connection: connection.id,
            key_taken: std::sync::Mutex::default(),
            watch: std::sync::OnceLock::new(),
        })
    }

    /// From now on says what it waits for to whoever watches the run.
    pub(crate) fn watched(&self, watch: &Arc<Watch>) {
        self.watch.set(Arc::clone(watch)).ok();
    }

    /// From now on waits for a network or a service that is away.
    pub(crate) fn be_patient(&self) {
        self.patient.store(true, Ordering::Relaxed);
    }

    /// Nothing more is sent; what is on the wire is still heard.
    pub(crate) fn halt(&self) {
        self.halt.cancel();
    }

    /// Whether the user canceled, be it by another process.
    pub(crate) fn is_canceled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    fn tell(&self, words: &str) {
        if let Some(watch) = self.watch.get() {
            watch.waiting(words);
        }
    }

    /// How many requests should be open at a time so that the rate is reached whatever the latency
    /// (architecture.md decision 6).
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.pace.in_flight(self.destination.abilities().in_flight)
    }

    /// Sends a request that carries nobody, and reads the answer; repeats it as reliability.md 5.3
    /// says.
    ///
    /// # Errors
    /// `canceled`, `unreachable` when patience is over, and those of the database.
    pub async fn call<T>(&self, request: &Request, read: impl Fn(&Reply) -> Answer<T>) -> Result<Answer<T>> {
        Ok(self.exchange(request, None, None, read).await?.answer)
    }

    /// Sends a request once: for a person who waits at a button.
    ///
    /// # Errors
    /// `unreachable`, and those of the database.
    pub async fn once<T>(&self, request: &Request, read: impl Fn(&Reply) -> Answer<T>) -> Result<Answer<T>> {
        self.pace.permit(&self.halt).await?;
        match self.http.send(request).await {
            Ok(reply) => {
                let answer = read(&reply);
                self.note_key(&answer).await?;
                Ok(answer)
            }
            Err(failure) => match failure.stop() {
                Some(stop) => Ok(Answer::Stop(stop)),
                None => Err(Error::new(
                    Code::Unreachable,
                    format!("The account of “{}” cannot be reached: {}.", self.name, failure.why()),
                )
                .help("Check the network and the base URL, then try again. Nothing was stored and nothing was sent.")
                .retryable()),
            },
        }
    }

    /// Sends a request that carries people: its intent is committed first. The caller closes the
    /// attempt in the same commit as the outcome of its people. After `most` answers that it is too fast or that
    /// something failed, the last one is given back as [`Answer::Wait`]: the caller may go another way.
    ///
    /// # Errors
    /// As [`Account::call`].
    pub async fn deliver<T>(
        &self,
        request: &Request,
        intent: &Intent,
        most: Option<u32>,
        read: impl Fn(&Reply) -> Answer<T>,
    ) -> Result<Booked<T>> {
        self.exchange(request, Some(intent), most, read).await
    }

    async fn exchange<T>(
        &self,
        request: &Request,
        intent: Option<&Intent>,
        most: Option<u32>,
        read: impl Fn(&Reply) -> Answer<T>,
    ) -> Result<Booked<T>> {
        let mut tries = Tries::default();
        let mut unnamed = false;
        loop {
            let seq = match intent {
                Some(intent) => {
                    let (intent, now) = (intent.clone(), self.store.clock().now());
                    self.store.write(move |tx| attempt::begin(tx, &intent, now)).await?
                }
                None => 0,
            };
            let wire = self.wire.acquire().await.map_err(Error::internal)?;
            let stamp = match self.leave(&mut tries).await {
                Ok(stamp) => stamp,
                Err(error) => {
                    self.close(intent, seq, "not_sent", 0, "").await?;
                    return Err(error);
                }
            };
            self.requests.fetch_add(1, Ordering::Relaxed);
            if tries.failed > 0 {
                self.retries.fetch_add(1, Ordering::Relaxed);
            }
            let sent = self.send(request).await;
            drop(wire);
            self.pace.note_latency(stamp);
            let now = self.store.clock().boot_time().millis;
            let (trouble, hint, outcome, status, why) = match sent {
                Ok(reply) => {
                    let answer = read(&reply);
                    self.note_key(&answer).await?;
                    let strange = reply.status == 200 && matches!(answer, Answer::Unknown { .. });
                    if strange && self.strange.fetch_add(1, Ordering::Relaxed) + 1 >= MOST_STRANGE {
                        self.close(intent, seq, "unknown", 200, "not the account's answer").await?;
                        return Err(somebody_else(&self.name));
                    }
                    if !matches!(answer, Answer::Unknown { .. }) {
                        self.strange.store(0, Ordering::Relaxed);
                        self.breaker().succeed();
                    }
                    match answer {
                        Answer::Stop(_) => {
                            self.stop_at_once(intent);
                            return Ok(Booked { answer, seq });
                        }
                        Answer::Wait(hint) => {
                            self.pace.too_fast(now, hint);
                            (Trouble::TooFast, hint, "wait", reply.status, "too fast".to_owned())
                        }
                        Answer::Unnamed if !unnamed => {
                            unnamed = true;
                            let why = "its answer names nobody who was sent".to_owned();
                            (Trouble::Fault, None, "unknown", reply.status, why)
                        }
                        Answer::Unknown { why } => {
                            self.breaker().fail(now, false);
                            if !request.repeatable {
                                return Ok(Booked { answer: Answer::Unknown { why }, seq });
                            }
                            (Trouble::Fault, None, "unknown", reply.status, why)
                        }
                        answer => return Ok(Booked { answer, seq }),
                    }
                }
                Err(failure) => {
                    let unsent = matches!(failure, Failure::NotSent { .. });
                    self.breaker().fail(now, unsent);
                    if let Some(stop) = failure.stop() {
                        self.stop_at_once(intent);
                        return Ok(Booked { answer: Answer::Stop(stop), seq });
                    }
                    let why = failure.why().to_owned();
                    if !unsent && !request.repeatable {
                        return Ok(Booked { answer: Answer::Unknown { why }, seq });
                    }
                    match unsent {
                        true if self.is_patient() => (Trouble::Unsent, None, "not_sent", 0, why),
                        true => (Trouble::Fault, None, "not_sent", 0, why),
                        false => (Trouble::Fault, None, "unknown", 0, why),
                    }
                }
            };
            // An answer, not a network that is away.
            if status != 0 && most.is_some_and(|most| tries.failed + 1 >= most) {
                return Ok(Booked { answer: Answer::Wait(hint), seq });
            }
            tracing::warn!(http.status = status, reason = %why, "A request is repeated.");
            self.close(intent, seq, outcome, status, &why).await?;
            let Some(wait) = tries.fail(trouble, hint, rand::random()) else {
                return Err(no_answer(&self.name, &why));
            };
            self.tell(&format!("the account ({why}); the next try is in {} s", wait.as_secs().max(1)));
            self.sleep(wait).await?;
            self.tell("");
        }
    }

    /// Sends it on the wire. One that is open while the computer sleeps has an unknown outcome (C02).
    async fn send(&self, request: &Request) -> std::result::Result<Reply, Failure> {
        tokio::select! {
            sent = self.http.send(request) => sent,
            () = self.awake.slept() => {
                Err(Failure::Unknown { why: "the computer slept before the reply came".to_owned() })
            }
        }
    }

    /// Keeps whether the account took the key: once for each account that is opened, and when it changes.
    async fn note_key<T>(&self, answer: &Answer<T>) -> Result<()> {
        let taken = match answer {
            Answer::Stop(stop) if stop.kind == StopKind::Key => false,
            Answer::Accepted(_) => true,
            _ => return Ok(()),
        };
        {
            let mut noted = self.key_taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if noted.replace(taken) == Some(taken) {
                return Ok(());
            }
        }
        let (connection, now) = (self.connection, self.store.clock().now());
        self.store.write(move |tx| key_state::heard(tx, connection, taken, now)).await
    }

    /// After a fatal answer to people nobody else is sent, even before it is booked (A03).
    fn stop_at_once(&self, intent: Option<&Intent>) {
        if intent.is_some() {
            self.halt();
        }
    }

    /// Leave to send a request now: by the breaker, by the budget of repeats, and by the rate.
    async fn leave(&self, tries: &mut Tries) -> Result<Option<i64>> {
        let mut waits = false;
        loop {
            let now = self.store.clock().boot_time().millis;
            let gate = if self.is_patient() { self.breaker().gate(now) } else { Gate::Pass };
            let until = match gate {
                Gate::Wait(until) => Some(until),
                Gate::Probe => None,
                Gate::Pass if tries.attempts > 0 && self.is_patient() => self.budget().retry(now),
                Gate::Pass => {
                    self.budget().first(now);
                    None
                }
            };
            let Some(until) = until else {
                if waits {
                    self.tell("");
                }
                let stamp = self.pace.permit(&self.halt).await;
                if stamp.is_err() && gate == Gate::Probe {
                    self.breaker().release();
                }
                return stamp;
            };
            if tries.waited > PATIENCE {
                return Err(no_answer(&self.name, "it has failed too often"));
            }
            let left = (until - now).max(1_000) / 1_000;
            self.tell(&format!(
                "the account, which has failed too often; the next try is in {left} s at most"
            ));
            waits = true;
            self.sleep(LOOK).await?;
            tries.waited += LOOK;
        }
    }

    fn is_patient(&self) -> bool {
        self.patient.load(Ordering::Relaxed)
    }

    async fn close(
        &self,
        intent: Option<&Intent>,
        seq: i64,
        outcome: &'static str,
        status: u16,
        why: &str,
    ) -> Result<()> {
        let Some(intent) = intent else { return Ok(()) };
        let (run, why, now) = (intent.run, why.to_owned(), self.store.clock().now());
        self.store.write(move |tx| attempt::end(tx, run, seq, outcome, status, &why, now)).await
    }

    /// Waits, unless the run is canceled meanwhile.
    ///
    /// # Errors
    /// `canceled`.
    pub async fn sleep(&self, time: Duration) -> Result<()> {
        sleep(time, &self.halt).await
    }

    fn breaker(&self) -> std::sync::MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn budget(&self) -> std::sync::MutexGuard<'_, Budget> {
        self.budget.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
