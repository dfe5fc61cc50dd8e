//! A running sandbox, as a test holds it.

mod ortto;
mod seed;

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rand::Rng;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

pub(crate) use seed::seed;

use crate::asked::Accounts;
use crate::log::Log;
use crate::shared::Shared;
use crate::{AccountView, CustomField, Error, Faults, Request, Settings, connection};

/// A server on 127.0.0.1 that runs until it is stopped or dropped.
#[derive(Debug)]
pub struct Sandbox {
    origin: String,
    shared: Arc<Shared>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Sandbox {
    /// Starts a server on the current tokio runtime.
    ///
    /// # Errors
    /// When the port cannot be had, or the key could not travel in a header.
    pub async fn start(settings: Settings) -> Result<Sandbox, Error> {
        Self::start_with(settings, None).await
    }

    /// The same for an account that is kept: it begins with what was kept of it.
    pub(crate) async fn start_with(
        settings: Settings,
        kept: Option<(Accounts, Log)>,
    ) -> Result<Sandbox, Error> {
        let Settings { port, key, latency, rate, faults } = settings;
        let key = key.unwrap_or_else(random_key);
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::Key);
        }
        let listen = |source| Error::Listen { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(listen)?;
        let origin = format!("http://{}", listener.local_addr().map_err(listen)?);
        let shared = Arc::new(Shared::new(key, latency, rate, faults, kept));
        let task = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Sandbox { origin, shared, task: Mutex::new(Some(task)) })
    }

    /// `http://127.0.0.1:PORT`, without a path; the API is under `/v1`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The key that clients must send in `autopilotapikey`, or in `X-Api-Key` to Ortto.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.shared.key
    }

    /// What the classic account holds now.
    #[must_use]
    pub fn account(&self) -> AccountView {
        self.shared.lock().accounts.classic.view()
    }

    /// The vendor requests so far.
    #[must_use]
    pub fn record(&self) -> Vec<Request> {
        self.shared.lock().record.all()
    }

    /// Empties the record.
    pub fn clear_record(&self) {
        self.shared.lock().record.clear();
    }

    /// Vendor requests that are being answered now.
    #[must_use]
    pub fn open(&self) -> usize {
        self.shared.open.now()
    }

    /// Replaces the faults and sets the rules' counters back.
    pub fn set_faults(&self, faults: Faults) {
        self.shared.lock().set_faults(faults);
    }

    /// Sets the latency of requests that come from now on.
    pub fn set_latency(&self, latency: Duration) {
        self.shared.lock().latency = latency;
    }

    /// Sets the limit a second; one in the faults goes before it.
    pub fn set_rate(&self, rate: Option<u32>) {
        self.shared.lock().rate = rate;
    }

    /// Puts contacts in the account, in the vendor's write form with `lists` (titles or ids;
    /// a list that is not there is made), and returns their ids.
    ///
    /// # Errors
    /// When the account would refuse one; those before it are in.
    pub fn seed(&self, contacts: Vec<Value>) -> Result<Vec<String>, Error> {
        seed(&mut self.shared.lock(), contacts)
    }

    /// Defines a custom field.
    pub fn define(&self, field: CustomField) {
        self.shared.lock().accounts.classic.define(field);
    }

    /// Makes a list and returns its id.
    pub fn create_list(&self, title: &str) -> String {
        let mut state = self.shared.lock();
        let at = state.accounts.classic.create_list(title);
        state.accounts.classic.list(at).map(|list| list.id.clone()).unwrap_or_default()
    }

    /// Closes the port and every connection; when it returns, a connection is refused.
    pub async fn stop(&self) {
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task {
            task.abort();
            // It ends with the notice that it was aborted, which is what was wanted.
            drop(task.await);
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(task) = self.task.lock().unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
    }
}

/// The form of the documented samples: 32 hex digits.
pub(crate) fn random_key() -> String {
    format!("{:032x}", rand::rng().random::<u128>())
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    // Dropped with this task, which ends the connections with it.
    let mut connections = JoinSet::new();
    let mut conn = 0;
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    conn += 1;
                    let shared = Arc::clone(&shared);
                    connections.spawn(async move {
                        connection::serve(&shared, stream, conn).await;
                    });
                }
                // Out of file handles most likely; some will be free soon.
                Err(_) => sleep(Duration::from_millis(10)).await,
            },
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
}
