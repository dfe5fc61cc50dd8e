//! Turn: one run of an account at a time, over processes. The lease is kept alive by a heartbeat, and
//! a run that waits for another export of its account stands in the history as *Queued*. What must be
//! alone takes the turn of all accounts.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::error::{Code, Error, Result};
use crate::model::{self, ExportId, RunId, Status};
use crate::store::lease::{self, Claim, Holder};
use crate::store::run::Told;
use crate::store::{self, Store, receipt};

use super::observer::Watch;
use super::stopped::canceled;

/// How often a queued run looks whether it is its turn.
const QUEUE_PAUSE: Duration = Duration::from_millis(500);
/// How often a run says that it lives, and looks whether somebody canceled it.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// The account, or all of them, are ours until [`Turn::over`].
pub(crate) struct Turn {
    holder: Arc<Mutex<Holder>>,
    beat: tokio::task::JoinHandle<()>,
    lost: Arc<AtomicBool>,
    /// Whether the run's row is in the store already.
    pub(super) queued: bool,
}

impl Turn {
    /// Waits for the turn of `row` at the account. `cancel` trips when the run is canceled from
    /// elsewhere, or its lease is lost: nothing more is sent then.
    ///
    /// # Errors
    /// `busy` where another process runs this export, `canceled`, and those of the database.
    pub(super) async fn take(
        store: &Store,
        account: i64,
        row: &mut model::Run,
        told: &Told,
        watch: &Watch,
        cancel: &CancellationToken,
    ) -> Result<Self> {
        let holder = this_process(store, row.id, row.export_id);
        let mut queued = false;
        loop {
            let (wish, now) = (holder.clone(), store.clock().boot_time().millis);
            let (claim, wanted) = store
                .write(move |tx| {
                    let wanted = store::run::cancel_wanted(tx, wish.run)?;
                    Ok((lease::acquire(tx, account, &wish, now)?, wanted))
                })
                .await?;
            match claim {
                _ if wanted || cancel.is_cancelled() => return Err(leave(store, row, holder, queued).await?),
                Claim::Acquired => break,
                Claim::HeldBy(other) if other.export == row.export_id => return Err(busy(&row.export)),
                Claim::HeldBy(_) if queued => {}
                Claim::HeldBy(_) => {
                    row.status = Status::Queued;
                    let (insert, told) = (row.clone(), told.clone());
                    store
                        .write(move |tx| {
                            let book = receipt::book(tx, insert.export_id, account)?;
                            store::run::insert(tx, &insert, &told, account, book)
                        })
                        .await?;
                    queued = true;
                    watch.waiting("another export of the same account, which runs now");
                }
            }
            tokio::select! {
                () = tokio::time::sleep(QUEUE_PAUSE) => {}
                () = cancel.cancelled() => {}
            }
        }
        row.status = Status::Processing;
        if queued {
            watch.waiting("");
        }
        Ok(Self::hold(store, holder, cancel, queued))
    }

    /// Takes all accounts at once; runs that begin meanwhile wait in line. `cancel` trips when the
    /// lease is lost.
    ///
    /// # Errors
    /// `busy` while a run is under way or waits, and those of the database.
    pub(crate) async fn alone(store: &Store, cancel: &CancellationToken) -> Result<Self> {
        let holder = this_process(store, RunId::new(), ExportId::new());
        let (wish, now) = (holder.clone(), store.clock().boot_time().millis);
        let claim = store
            .write(move |tx| {
                let claim = lease::acquire(tx, lease::EVERY_ACCOUNT, &wish, now)?;
                if claim != Claim::Acquired {
                    lease::release(tx, &wish)?;
                }
                Ok(claim)
            })
            .await?;
        match claim {
            Claim::Acquired => Ok(Self::hold(store, holder, cancel, false)),
            Claim::HeldBy(_) => Err(Error::new(Code::Busy, "A run is under way; nothing was done.")
                .help("Wait until it is done, or cancel it with `segue run cancel`, then try again.")
                .retryable()),
        }
    }

    fn hold(store: &Store, holder: Holder, cancel: &CancellationToken, queued: bool) -> Self {
        let (holder, lost) = (Arc::new(Mutex::new(holder)), Arc::new(AtomicBool::new(false)));
        let beat =
            tokio::spawn(heartbeat(store.clone(), Arc::clone(&holder), Arc::clone(&lost), cancel.clone()));
        Self { holder, beat, lost, queued }
    }

    /// Whether another process took the account over.
    pub(crate) fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    /// Goes on with a run that died in place of the one that the turn was taken for.
    ///
    /// # Errors
    /// `busy` where the turn is lost, and those of the database.
    pub(super) async fn becomes(&self, store: &Store, run: RunId) -> Result<()> {
        let shared = Arc::clone(&self.holder);
        let ours = store
            .write(move |tx| {
                // In one step with the store, as the heartbeat sees both.
                let mut holder = shared.lock().unwrap_or_else(PoisonError::into_inner);
                let ours = lease::becomes(tx, &holder, run)?;
                holder.run = run;
                Ok(ours)
            })
            .await?;
        if ours { Ok(()) } else { Err(lost()) }
    }

    /// Gives the account back.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) async fn over(self, store: &Store) -> Result<()> {
        self.beat.abort();
        let holder = held(&self.holder);
        store.write(move |tx| lease::release(tx, &holder)).await
    }
}

/// Whoever holds a lease in the name of this process.
fn this_process(store: &Store, run: RunId, export: ExportId) -> Holder {
    let pid = std::process::id();
    let pid_started = lease::process_started(pid).unwrap_or_default();
    Holder { run, export, pid, pid_started, boot: store.clock().boot_time().boot }
}

/// The error of a run that another process took over.
pub(super) fn lost() -> Error {
    Error::new(Code::Busy, "Another process took this run over; this one sends nothing more.").retryable()
}

fn held(holder: &Mutex<Holder>) -> Holder {
    holder.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn busy(export: &str) -> Error {
    Error::new(Code::Busy, format!("Another process is running “{export}” now; nothing was started."))
        .help("Watch it with `segue run list`, or wait until it is done.")
        .retryable()
}

/// Leaves the line, canceled; returns the error that says so.
async fn leave(store: &Store, row: &model::Run, holder: Holder, queued: bool) -> Result<Error> {
    let error = canceled();
    let mut row = row.clone();
    row.status = Status::Canceled;
    row.reason.clone_from(&error.message);
    row.finished_at = Some(store.clock().now());
    store
        .write(move |tx| {
            if queued {
                store::run::update(tx, &row)?;
            }
            lease::release(tx, &holder)
        })
        .await?;
    Ok(error)
}

async fn heartbeat(
    store: Store,
    holder: Arc<Mutex<Holder>>,
    lost: Arc<AtomicBool>,
    cancel: CancellationToken,
) {
    loop {
        tokio::time::sleep(HEARTBEAT).await;
        let (now, shared) = (store.clock().boot_time().millis, Arc::clone(&holder));
        let alive = store
            .write(move |tx| {
                // Read in turn with the other writes: the run may become another meanwhile.
                let holder = held(&shared);
                let wanted = store::run::cancel_wanted(tx, holder.run)?;
                Ok((lease::heartbeat(tx, &holder, now)?, wanted))
            })
            .await;
        match alive {
            Ok((true, false)) | Err(_) => {}
            Ok((held, _)) => {
                lost.store(!held, Ordering::Relaxed);
                cancel.cancel();
                return;
            }
        }
    }
}
