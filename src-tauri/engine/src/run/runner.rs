//! Runner: one run from its beginning to its end. The run row is the truth; a run that died goes on
//! from the ledger, or is replaced if its plan is old (product.md rule 11).

use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::error::{Code, Error, Result};
use crate::keychain::Keychain;
use crate::model::{self, Counts, Export, RunFacts, RunId, Stage, Status};
use crate::source::Audiences;
use crate::stage::Fingerprints;
use crate::store::run::Ledger;
use crate::store::{self, Store, Transaction, lease, person, receipt};

use super::account::Account;
use super::deliver::VendorLists;
use super::emptying;
use super::ending;
use super::freeze::{self, Place};
use super::learned::Learned;
use super::observer::{Observer, Watch};
use super::options::RunOptions;
use super::plan::Frozen;
use super::prepare::{self, Rows};
use super::stopped;
use super::turn::Turn;
use super::under_way::Run;

/// A plan older than this is not resumed: its values may be stale (T19).
const PLAN_AGE: SignedDuration = SignedDuration::from_hours(24);

/// What a run works with.
pub struct Context<'a> {
    /// The database.
    pub store: &'a Store,
    /// How audiences are opened.
    pub audiences: &'a dyn Audiences,
    /// Where keys are.
    pub keychain: &'a dyn Keychain,
    /// Whose runs they are, for the audit log.
    pub actor: &'a str,
    /// Whoever watches.
    pub observer: Arc<dyn Observer>,
    /// Trips when the user cancels.
    pub cancel: CancellationToken,
}

impl Context<'_> {
    /// What is kept of a run from its beginning.
    pub(super) fn facts(&self) -> RunFacts {
        RunFacts { started_by: self.actor.to_owned(), ..RunFacts::default() }
    }
}

/// Runs an export. A run of it that died goes on, unless something special is asked for, or it tried
/// only some people: then it is replaced.
///
/// # Errors
/// What refuses a run before anything is sent. What stops it later is in the status of the run.
pub async fn execute(context: &Context<'_>, export: &str, options: RunOptions) -> Result<model::Run> {
    run(context, export, options, None).await
}

/// Goes on with a run that died or stopped, as it was planned; where its plan is too old, a new run
/// takes its place.
///
/// # Errors
/// As [`execute`]; `not_found` where there is none.
pub async fn resume(context: &Context<'_>, run: RunId) -> Result<model::Run> {
    let (row, told) = context
        .store
        .read(move |conn| Ok((store::run::by_id(conn, &run.to_string())?, store::run::options(conn, run)?)))
        .await?;
    if !row.resumable && row.status.is_final() {
        return Err(Error::new(Code::Usage, format!("The run {run} is over and cannot go on."))
            .help("Start a new one with `segue export run`: it sends only what is missing."));
    }
    let told: RunOptions =
        serde_json::from_str(&told).map_err(|_| Error::internal("what a run was told cannot be read"))?;
    // Should it be planned anew, the guard looks anew as well.
    let options = RunOptions { allow_loss: false, ..told };
    self::run(context, &row.export_id.to_string(), options, Some(run)).await
}

/// Cancels a run: one that executes ends itself, wherever it is; one that died is closed here.
///
/// # Errors
/// Those of the database.
pub async fn cancel(store: &Store, run: RunId) -> Result<()> {
    let now = store.clock().boot_time();
    let alive = store
        .write(move |tx| {
            store::run::ask_cancel(tx, run)?;
            lease::is_alive(tx, run, &now.boot, now.millis)
        })
        .await?;
    if alive { Ok(()) } else { close(store, run, "Canceled; what was accepted is kept.", "canceled").await }
}

async fn run(
    context: &Context<'_>,
    export: &str,
    options: RunOptions,
    wanted: Option<RunId>,
) -> Result<model::Run> {
    let store = context.store;
    store.check_in_place()?;
    let text = export.to_owned();
    let export = store.read(move |conn| store::export::by_name_or_id(conn, &text)).await?;
    let rows = prepare::rows(store, &export).await?;
    let key = prepare::key_of(context.keychain, &rows.connection)?;
    let destination = prepare::destination(rows.connection.product);
    // Its own: what cancels this run must not cancel the next one of the same command.
    let cancel = context.cancel.child_token();
    let account_id = rows.account_id;
    let account =
        Account::open(&rows.connection, account_id, destination, key, store, cancel.clone()).await?;
    if options.due.is_some() {
        // Nobody waits for a sentence, and a computer that has just woken has no network yet.
        account.be_patient();
    }
    let mut row = new_row(context, &export, &options);
    let watch = Watch::new(&row, Arc::clone(&context.observer), Arc::clone(&account.requests));
    let turn = Turn::take(store, account_id, &mut row, &options.told()?, &watch, &cancel).await?;
    // What a run before this one learned of the account is read now, not before the wait.
    let result = match prepare::rows(store, &export).await {
        Ok(rows) => begin(context, export, rows, account, row, &options, wanted, &turn).await,
        Err(error) => Err(error),
    };
    turn.over(store).await?;
    if let Ok(row) = &result {
        let (status, counts) = (store::to_word(row.status)?, &row.counts);
        let entry = store::audit::Entry {
            at: store.clock().now(),
            actor: context.actor.to_owned(),
            action: "export run".to_owned(),
            subject: row.export.clone(),
            detail: format!(
                "{status}: {} created, {} updated, {} taken off",
                counts.created, counts.updated, counts.leavers.removed
            ),
        };
        store.write(move |tx| store::audit::append(tx, &entry)).await?;
    }
    result
}

fn new_row(context: &Context<'_>, export: &Export, options: &RunOptions) -> model::Run {
    model::Run {
        id: RunId::new(),
        export_id: export.id,
        export: export.name.clone(),
        status: Status::Processing,
        reason: String::new(),
        trigger: options.trigger,
        full: options.full,
        late: options.late,
        resumable: false,
        started_at: context.store.clock().now(),
        finished_at: None,
        requests: 0,
        retries: 0,
        verified: None,
        counts: Counts::default(),
        stage: Stage::Read,
    }
}

#[expect(clippy::too_many_arguments, reason = "the parts of a run before it is one")]
async fn begin(
    context: &Context<'_>,
    export: Export,
    rows: Rows,
    account: Account,
    mut row: model::Run,
    options: &RunOptions,
    wanted: Option<RunId>,
    turn: &Turn,
) -> Result<model::Run> {
    let store = context.store;
    let (export_id, account_id, own) = (export.id, rows.account_id, row.id);
    let fingerprints = Fingerprints::new(rows.install_key);
    let connection = rows.connection.clone();
    let (mut died, mut replaced) = (None, Vec::new());
    for id in store.read(move |conn| store::run::unfinished(conn, Some(export_id))).await? {
        if id == own {
            continue;
        }
        let found = resumable(context, id, account_id, &rows).await?;
        let trial = found.as_ref().is_some_and(|(_, _, frozen)| frozen.trial);
        let goes_on = wanted.map_or(options.is_plain() && !trial, |wanted| wanted == id);
        match found {
            Some(found) if goes_on && died.is_none() => died = Some(found),
            _ => replaced.push(id),
        }
    }
    let (resumed, now) = (died.is_some(), store.clock().now());
    let watched = died.as_ref().map_or(&row, |(row, _, _)| row);
    let watch = Arc::new(Watch::new(watched, Arc::clone(&context.observer), Arc::clone(&account.requests)));
    account.watched(&watch);
    let (row, ledger, frozen) = match died {
        Some((mut found, ledger, frozen)) => {
            // It may have been withdrawn since the plan was made.
            if let Err(error) = prepare::check_consent(&rows.connection) {
                refuse(store, row, &account, &error).await?;
                return Err(error);
            }
            turn.becomes(store, found.id).await?;
            found.status = Status::Processing;
            found.reason = String::new();
            found.finished_at = None;
            account.requests.store(found.requests, Ordering::Relaxed);
            account.retries.store(found.retries, Ordering::Relaxed);
            let update = found.clone();
            store
                .write(move |tx| {
                    replace(tx, &replaced, now)?;
                    // The run that waited for its turn became this one.
                    store::run::forget_unplanned(tx, own)?;
                    store::run::update(tx, &update)
                })
                .await?;
            (found, ledger, frozen)
        }
        None => {
            let (begun, queued, told) = (row.clone(), turn.queued, options.told()?);
            let facts = context.facts();
            let place = store
                .write(move |tx| {
                    // In the commit of the run that replaces them: a due time is never without one.
                    replace(tx, &replaced, now)?;
                    let book = receipt::book(tx, export_id, account_id)?;
                    let no = if queued {
                        store::run::update(tx, &begun)?;
                        store::run::ledger(tx, own)?.no
                    } else {
                        store::run::insert(tx, &begun, &told, account_id, book)?
                    };
                    store::run_facts::set(tx, no, &facts)?;
                    Ok(Place { no, book })
                })
                .await?;
            let frozen = match &options.empty {
                Some(wanted) => emptying::freeze(store, &rows, &account, &mut row, place, wanted).await,
                None => {
                    freeze::freeze(context, (&export, rows), &account, &watch, &mut row, place, options).await
                }
            };
            match frozen {
                Ok(frozen) => {
                    let ledger = store.read(move |conn| store::run::ledger(conn, own)).await?;
                    (row, ledger, frozen)
                }
                Err(error) => {
                    refuse(store, row, &account, &error).await?;
                    return Err(error);
                }
            }
        }
    };
    let learned = Learned::new(prepare::membership(&connection, account.destination.as_ref()));
    let run = Run {
        store: store.clone(),
        account,
        connection,
        export,
        ledger,
        frozen,
        fingerprints,
        watch,
        resumed,
        row,
        lists: VendorLists::default(),
        empty: Vec::new(),
        learned,
    };
    ending::finish(run, turn).await
}

/// A dead run that can go on: its plan is committed, young enough, and made from the same data.
async fn resumable(
    context: &Context<'_>,
    id: RunId,
    account: i64,
    rows: &Rows,
) -> Result<Option<(model::Run, Ledger, Frozen)>> {
    let store = context.store;
    let (row, ledger) = store
        .read(move |conn| Ok((store::run::by_id(conn, &id.to_string())?, store::run::ledger(conn, id)?)))
        .await?;
    let now = store.clock().now();
    let young = ledger.planned_at.is_some_and(|at| now.duration_since(at) < PLAN_AGE);
    if !young || ledger.account != account {
        return Ok(None);
    }
    let source = context.audiences.open(&rows.audience).await?;
    let rules: Vec<_> = rows.segments.iter().map(|segment| segment.rule.clone()).collect();
    // A run that only empties lists read no file of members.
    let now = [source.survey().version.clone(), source.version(&rules).await?];
    if !now.contains(&ledger.source_version) {
        return Ok(None);
    }
    let frozen: Frozen = serde_json::from_str(&ledger.plan)
        .map_err(|_| Error::internal("the plan of a run cannot be read"))?;
    Ok(Some((row, ledger, frozen)))
}

/// Closes a run that is so old that its details are dropped: it cannot go on.
///
/// # Errors
/// Those of the database.
pub(crate) async fn expire(store: &Store, run: RunId) -> Result<()> {
    close(store, run, "Too old to go on; what was accepted is kept.", "replaced").await
}

/// Closes a dead run for good.
async fn close(store: &Store, id: RunId, words: &'static str, reason: &'static str) -> Result<()> {
    let now = store.clock().now();
    store.write(move |tx| close_in(tx, id, words, reason, now)).await
}

/// Closes the dead runs in whose place a newer one goes.
fn replace(tx: &Transaction<'_>, runs: &[RunId], now: Timestamp) -> Result<()> {
    let words = "Replaced by a newer run; what was accepted is kept.";
    runs.iter().try_for_each(|id| close_in(tx, *id, words, "replaced", now))
}

fn close_in(tx: &Transaction<'_>, id: RunId, words: &str, reason: &str, now: Timestamp) -> Result<()> {
    let mut row = store::run::by_id(tx, &id.to_string())?;
    let ledger = store::run::ledger(tx, id)?;
    person::explain_rest(tx, ledger.no, reason)?;
    row.counts = Counts { source: row.counts.source, ..store::run::counts(tx, ledger.no)? };
    row.status = Status::Canceled;
    words.clone_into(&mut row.reason);
    row.resumable = false;
    row.stage = Stage::Done;
    row.finished_at = Some(now);
    store::run::update(tx, &row)
}

/// A run that was refused before anything was sent.
async fn refuse(store: &Store, mut row: model::Run, account: &Account, error: &Error) -> Result<()> {
    (row.status, row.reason) = stopped::ended(error);
    row.stage = Stage::Done;
    row.finished_at = Some(store.clock().now());
    row.requests = account.requests.load(Ordering::Relaxed);
    row.retries = account.retries.load(Ordering::Relaxed);
    row.counts = Counts::default();
    store.write(move |tx| store::run::update(tx, &row)).await
}
