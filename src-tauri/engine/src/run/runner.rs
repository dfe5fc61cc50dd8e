//! Runner: one run from lease to status. The run row is the truth; a run that died goes on from the
//! ledger, or is replaced if its plan is old (product.md rule 11).

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::SignedDuration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use crate::keychain::Keychain;
use crate::model::{self, Connection, Counts, Export, ListId, Membership, RunId, Stage, Status, Trigger};
use crate::source::Audiences;
use crate::stage::Fingerprints;
use crate::store::lease::{self, Claim, Holder};
use crate::store::run::Ledger;
use crate::store::{self, Store, attempt, person, receipt};

use super::account::Account;
use super::deliver::{VendorLists, no_list};
use super::observer::{Observer, Watch};
use super::plan::{Frozen, Limits};
use super::prepare::{self, Prepared, Rows};
use super::{deliver, lists, places, plan, record, verify};

/// A plan older than this is not resumed: its values may be stale (T19).
const PLAN_AGE: SignedDuration = SignedDuration::from_hours(24);
/// How often a queued run looks whether the account is free.
const QUEUE_PAUSE: Duration = Duration::from_millis(500);
/// How often a run says that it lives, and looks whether somebody canceled it.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// How a run is to go.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Send all, changed or not.
    pub full: bool,
    /// Send those again who were refused for good.
    pub retry_failed: bool,
    /// Let leavers go past the guard, this once.
    pub allow_loss: bool,
    /// Have lists that are gone from the account made anew.
    pub new_lists: bool,
    /// Only this address.
    pub only: Option<String>,
    /// Only the first so many.
    pub first: Option<u64>,
    /// What began it.
    pub trigger: Trigger,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            full: false,
            retry_failed: false,
            allow_loss: false,
            new_lists: false,
            only: None,
            first: None,
            trigger: Trigger::CommandLine,
        }
    }
}

/// What a run works with.
pub struct Context<'a> {
    /// The database.
    pub store: &'a Store,
    /// How audiences are opened.
    pub audiences: &'a dyn Audiences,
    /// Where keys are.
    pub keychain: &'a dyn Keychain,
    /// Whoever watches.
    pub observer: Arc<dyn Observer>,
    /// Trips when the user cancels.
    pub cancel: CancellationToken,
}

/// A run under way.
pub(crate) struct Run {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub account: Account,
    pub connection: Connection,
    pub export: Export,
    pub ledger: Ledger,
    pub frozen: Frozen,
    pub fingerprints: Fingerprints,
    pub watch: Arc<Watch>,
    pub resumed: bool,
    pub next_split: tokio::sync::Mutex<Instant>,
    row: model::Run,
    lists: Mutex<VendorLists>,
    empty: Vec<ListId>,
    membership: Mutex<Membership>,
    refused: AtomicU32,
    failed_places: AtomicU64,
    notes: Mutex<Vec<String>>,
}

impl Run {
    pub(crate) fn row_id(&self) -> RunId {
        self.row.id
    }

    pub(crate) fn vendor_list(&self, list: ListId) -> Result<String> {
        let lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.get(&list).cloned().ok_or_else(no_list)
    }

    /// Whether nobody was on the list when the run was planned.
    pub(crate) fn list_was_empty(&self, vendor: &str) -> bool {
        let lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        self.empty.iter().any(|list| lists.get(list).is_some_and(|id| id == vendor))
    }

    pub(crate) fn membership(&self) -> Membership {
        *self.membership.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_membership(&self, membership: Membership) {
        *self.membership.lock().unwrap_or_else(PoisonError::into_inner) = membership;
    }

    pub(crate) fn count_refused(&self) -> u32 {
        self.refused.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(crate) fn add_failed_places(&self, places: u64) {
        self.failed_places.fetch_add(places, Ordering::Relaxed);
    }

    pub(crate) fn note(&self, words: &str) {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        if !notes.iter().any(|note| note == words) {
            notes.push(words.to_owned());
        }
    }

    pub(crate) async fn end_attempt(
        &self,
        seq: i64,
        outcome: &'static str,
        status: u16,
        text: &str,
    ) -> Result<()> {
        let (no, text, now) = (self.ledger.no, text.to_owned(), self.clock.now());
        self.store.write(move |tx| attempt::end(tx, no, seq, outcome, status, &text, now)).await
    }

    /// An answer that has no meaning here: booked, and the run stops, resumable.
    pub(crate) async fn unexpected(&self, seq: i64, status: u16, text: &str) -> Result<Error> {
        self.end_attempt(seq, "unknown", status, text).await?;
        let (code, words) = if status == 404 {
            (Code::ListGone, "A list is gone from the account".to_owned())
        } else {
            (
                Code::Destination,
                format!("The account of “{}” answered something that cannot be read", self.connection.name),
            )
        };
        Ok(Error::new(code, format!("{words}: {text}. What was accepted before is kept."))
            .help("Run the export again; it goes on from here.")
            .retryable())
    }
}

/// Runs an export, or goes on with its run that died.
///
/// # Errors
/// What refuses a run before anything is sent. What stops it later is in the status of the run.
pub async fn execute(context: &Context<'_>, export: &str, options: RunOptions) -> Result<model::Run> {
    context.store.check_in_place()?;
    let text = export.to_owned();
    let export = context.store.read(move |conn| store::export::by_name_or_id(conn, &text)).await?;
    let rows = prepare::rows(context.store, &export).await?;
    let key = prepare::key_of(context.keychain, &rows.connection)?;
    let account = open_account(context, &rows, key).await?;
    let mut row = new_row(context, &export, &options);
    let held = Lease::take(context, rows.account_id, &mut row).await?;
    // What a run before this one learned of the account is read now, not before the wait.
    let rows = prepare::rows(context.store, &export).await?;
    let result = locked(context, export, rows, account, row, &options, &held).await;
    held.release(context).await?;
    result
}

/// Goes on with a run that died or stopped.
///
/// # Errors
/// As [`execute`]; `not_found` where there is none.
pub async fn resume(context: &Context<'_>, run: RunId) -> Result<model::Run> {
    let row = context.store.read(move |conn| store::run::by_id(conn, &run.to_string())).await?;
    if !row.resumable && row.status.is_final() {
        return Err(Error::new(Code::Usage, format!("The run {run} is over and cannot go on."))
            .help("Start a new one with `segue export run`: it sends only what is missing."));
    }
    execute(context, &row.export_id.to_string(), RunOptions { trigger: row.trigger, ..RunOptions::default() })
        .await
}

/// Cancels a run: one that executes ends itself, wherever it is; one that died is closed here.
///
/// # Errors
/// Those of the database.
pub async fn cancel(store: &Store, run: RunId) -> Result<()> {
    let clock = Arc::clone(store.clock());
    let alive = store
        .write(move |tx| {
            store::run::ask_cancel(tx, run)?;
            let account = store::run::ledger(tx, run)?.account;
            let now = clock.boot_time();
            let holder = lease::holder(tx, account, &now.boot, now.millis)?;
            Ok(holder.is_some_and(|holder| holder.run == run))
        })
        .await?;
    if alive { Ok(()) } else { close(store, run, "Canceled; what was accepted is kept.", "canceled").await }
}

async fn open_account(context: &Context<'_>, rows: &Rows, key: secrecy::SecretString) -> Result<Account> {
    let destination = prepare::destination(rows.connection.product);
    Account::open(&rows.connection, rows.account_id, destination, key, context.store, context.cancel.clone())
        .await
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
        late: false,
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

/// The account's lease, kept alive by a heartbeat.
struct Lease {
    account: i64,
    holder: Holder,
    beat: tokio::task::JoinHandle<()>,
    lost: Arc<AtomicBool>,
}

impl Lease {
    async fn take(context: &Context<'_>, account: i64, row: &mut model::Run) -> Result<Self> {
        let clock = Arc::clone(context.store.clock());
        let pid = std::process::id();
        let holder = Holder {
            run: row.id,
            export: row.export_id,
            pid,
            pid_started: lease::process_started(pid).unwrap_or_default(),
            boot: clock.boot_time().boot,
        };
        loop {
            let (wish, now) = (holder.clone(), clock.boot_time().millis);
            let claim = context.store.write(move |tx| lease::acquire(tx, account, &wish, now)).await?;
            match claim {
                Claim::Acquired => break,
                Claim::HeldBy(other) if other.export == row.export_id => {
                    return Err(Error::new(
                        Code::Busy,
                        format!("Another process is running “{}” now; nothing was started.", row.export),
                    )
                    .help("Watch it with `segue run list`, or wait until it is done.")
                    .retryable());
                }
                Claim::HeldBy(_) => {
                    row.status = Status::Queued;
                    tokio::select! {
                        () = tokio::time::sleep(QUEUE_PAUSE) => {}
                        () = context.cancel.cancelled() => return Err(super::account::canceled()),
                    }
                }
            }
        }
        row.status = Status::Processing;
        let lost = Arc::new(AtomicBool::new(false));
        let beat = tokio::spawn(heartbeat(
            context.store.clone(),
            account,
            holder.clone(),
            Arc::clone(&lost),
            context.cancel.clone(),
        ));
        Ok(Self { account, holder, beat, lost })
    }

    async fn release(self, context: &Context<'_>) -> Result<()> {
        self.beat.abort();
        let (account, holder) = (self.account, self.holder);
        context.store.write(move |tx| lease::release(tx, account, &holder)).await
    }
}

async fn heartbeat(
    store: Store,
    account: i64,
    holder: Holder,
    lost: Arc<AtomicBool>,
    cancel: CancellationToken,
) {
    loop {
        tokio::time::sleep(HEARTBEAT).await;
        let (now, holder) = (store.clock().boot_time().millis, holder.clone());
        let alive = store
            .write(move |tx| {
                let wanted: bool = store::run::cancel_wanted(tx, holder.run)?;
                Ok((lease::heartbeat(tx, account, &holder, now)?, wanted))
            })
            .await;
        match alive {
            Ok((true, false)) | Err(_) => {}
            Ok((held, _)) => {
                // Canceled from elsewhere, or the lease is another's: send nothing more.
                lost.store(!held, Ordering::Relaxed);
                cancel.cancel();
                return;
            }
        }
    }
}

async fn locked(
    context: &Context<'_>,
    export: Export,
    rows: Rows,
    account: Account,
    mut row: model::Run,
    options: &RunOptions,
    held: &Lease,
) -> Result<model::Run> {
    let store = context.store;
    let (export_id, account_id) = (export.id, rows.account_id);
    let book = store.write(move |tx| receipt::book(tx, export_id, account_id)).await?;
    let install_key = rows.install_key;
    let mut died = None;
    for id in store.read(move |conn| store::run::unfinished(conn, Some(export_id))).await? {
        match resumable(context, id, account_id, &rows).await? {
            Some(found) if died.is_none() && !options.full => died = Some(found),
            _ => replace(store, id).await?,
        }
    }
    let (account, connection) = (account, rows.connection.clone());
    let watch_row = died.as_ref().map_or_else(|| row.clone(), |(row, _)| row.clone());
    let watch =
        Arc::new(Watch::new(&watch_row, Arc::clone(&context.observer), Arc::clone(&account.requests)));
    account.watched(&watch);
    let resumed = died.is_some();
    let (row, ledger, frozen) = match died {
        Some((mut found, ledger)) => {
            found.status = Status::Processing;
            found.reason = String::new();
            found.finished_at = None;
            row.id = found.id;
            account.requests.store(found.requests, Ordering::Relaxed);
            account.retries.store(found.retries, Ordering::Relaxed);
            let frozen: Frozen = serde_json::from_str(&ledger.plan)
                .map_err(|_| Error::internal("the plan of a run cannot be read"))?;
            let update = found.clone();
            store.write(move |tx| store::run::update(tx, &update)).await?;
            (found, ledger, frozen)
        }
        None => {
            let insert = row.clone();
            let no = store.write(move |tx| store::run::insert(tx, &insert, account_id, book)).await?;
            match planned(context, &export, rows, &account, &watch, &mut row, no, book, options).await {
                Ok(frozen) => {
                    let id = row.id;
                    let ledger = store.read(move |conn| store::run::ledger(conn, id)).await?;
                    (row, ledger, frozen)
                }
                Err(error) => {
                    refuse(store, row, &account, &error).await?;
                    return Err(error);
                }
            }
        }
    };
    let membership = connection.membership;
    let run = Run {
        store: store.clone(),
        clock: Arc::clone(store.clock()),
        account,
        connection,
        export,
        ledger,
        frozen,
        fingerprints: Fingerprints::new(install_key),
        watch,
        resumed,
        next_split: tokio::sync::Mutex::new(Instant::now()),
        row,
        lists: Mutex::default(),
        empty: Vec::new(),
        membership: Mutex::new(membership),
        refused: AtomicU32::new(0),
        failed_places: AtomicU64::new(0),
        notes: Mutex::default(),
    };
    finish(run, held).await
}

/// A dead run that can go on: its plan is committed, young enough, and made from the same data.
async fn resumable(
    context: &Context<'_>,
    id: RunId,
    account: i64,
    rows: &Rows,
) -> Result<Option<(model::Run, Ledger)>> {
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
    let same = source.survey().version == ledger.source_version;
    Ok(same.then_some((row, ledger)))
}

async fn replace(store: &Store, id: RunId) -> Result<()> {
    close(store, id, "Replaced by a newer run; what was accepted is kept.", "replaced").await
}

/// Closes a dead run for good.
async fn close(store: &Store, id: RunId, words: &'static str, reason: &'static str) -> Result<()> {
    let now = store.clock().now();
    store
        .write(move |tx| {
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
        })
        .await
}

/// A run that was refused before anything was sent.
async fn refuse(store: &Store, mut row: model::Run, account: &Account, error: &Error) -> Result<()> {
    row.status = if error.code == Code::Canceled { Status::Canceled } else { Status::Failed };
    row.reason.clone_from(&error.message);
    row.stage = Stage::Done;
    row.finished_at = Some(store.clock().now());
    row.requests = account.requests.load(Ordering::Relaxed);
    row.retries = account.retries.load(Ordering::Relaxed);
    row.counts = Counts::default();
    store.write(move |tx| store::run::update(tx, &row)).await
}

#[expect(clippy::too_many_arguments, reason = "the parts of a run before it is one")]
async fn planned(
    context: &Context<'_>,
    export: &Export,
    rows: Rows,
    account: &Account,
    watch: &Watch,
    row: &mut model::Run,
    no: i64,
    book: i64,
    options: &RunOptions,
) -> Result<Frozen> {
    let store = context.store;
    watch.stage(Stage::Read, 0);
    let mut prepared =
        prepare::prepare(store, context.audiences, account, export.clone(), rows, options.new_lists).await?;
    let destination = Arc::clone(&account.destination);
    let limits = limits(options, &prepared)?;
    let (people, count) = tokio::try_join!(
        prepare::read_people(&prepared, &destination, true),
        prepared.source.count(&prepared.predicates, prepared.as_of)
    )?;
    within_limit(export, people.distinct())?;
    watch.stage(Stage::Compare, 0);
    let account_id = prepared.account_id;
    let now = store.clock().now();
    // List rows first: the plan names lists by them. No list is made in the account yet.
    let mut chosen = std::mem::take(&mut prepared.lists);
    prepared.lists = store
        .write(move |tx| {
            record::list_rows(tx, account_id, &mut chosen, now)?;
            Ok(chosen)
        })
        .await?;
    let draft = tokio::task::block_in_place(|| {
        plan::draft(store, Some(book), &prepared, people, destination.as_ref(), &limits)
    })?;
    let before = verify::before(account, &prepared, &draft).await?;
    let frozen = Frozen {
        source: count.any,
        held: held_words(&prepared, &draft),
        trial: limits.trial(),
        fields: prepared
            .fields
            .iter()
            .filter(|field| export.matching.iter().any(|m| m.target == field.target))
            .cloned()
            .collect(),
    };
    let plan = serde_json::to_string(&frozen).map_err(Error::internal)?;
    let version = prepared.source.survey().version.clone();
    row.counts = Counts { source: count.any, ..Counts::default() };
    row.stage = Stage::Deliver;
    let mut update = row.clone();
    row.counts = store
        .write(move |tx| {
            record::plan(tx, no, &draft)?;
            for before in &before {
                store::run_list::insert(tx, no, before)?;
            }
            store::run::planned(tx, no, now, &plan, &version)?;
            update.counts = Counts { source: update.counts.source, ..store::run::counts(tx, no)? };
            store::run::update(tx, &update)?;
            Ok(update.counts)
        })
        .await?;
    Ok(frozen)
}

pub(crate) fn limits(options: &RunOptions, prepared: &Prepared) -> Result<Limits> {
    let only = match &options.only {
        None => None,
        Some(email) => {
            let address = model::Address::parse(email).map_err(|problem| {
                Error::new(Code::Usage, format!("The address given cannot be used: {}.", problem.words()))
            })?;
            Some(prepared.fingerprints.of(&address.key))
        }
    };
    Ok(Limits {
        full: options.full,
        retry_failed: options.retry_failed,
        allow_loss: options.allow_loss,
        only,
        first: options.first,
    })
}

/// The limit, counted over distinct valid addresses (product.md rule 3).
pub(crate) fn within_limit(export: &Export, distinct: u64) -> Result<()> {
    if distinct <= export.limit {
        return Ok(());
    }
    Err(Error::new(
        Code::OverLimit,
        format!(
            "“{}” selects {distinct} people, {} more than its limit of {}; nobody was sent.",
            export.name,
            distinct - export.limit,
            export.limit
        ),
    )
    .help("Choose fewer or smaller segments, or raise the limit with `segue export edit NAME --limit N`."))
}

pub(crate) fn held_words(prepared: &Prepared, draft: &plan::Draft) -> Vec<String> {
    draft
        .held
        .iter()
        .map(|(list, (leave, holders))| {
            let title = prepared
                .lists
                .iter()
                .enumerate()
                .find(|(place, chosen)| chosen.id(*place) == *list)
                .map_or("", |(_, chosen)| chosen.title.as_str());
            format!("“{title}” would lose {leave} of {holders} people, so nobody was taken off it")
        })
        .collect()
}

/// Delivers, verifies and closes a planned run.
async fn finish(mut run: Run, held: &Lease) -> Result<model::Run> {
    run.watch.counts(run.row.counts);
    let error = delivered(&mut run).await.err();
    let canceled = error.as_ref().is_some_and(|error| error.code == Code::Canceled);
    if held.lost.load(Ordering::Relaxed) {
        return Err(Error::new(Code::Busy, "Another process took this run over.").retryable());
    }
    let no = run.ledger.no;
    let mut row = run.row.clone();
    row.stage = Stage::Done;
    row.finished_at = Some(run.clock.now());
    row.requests = run.account.requests.load(Ordering::Relaxed);
    row.retries = run.account.retries.load(Ordering::Relaxed);
    row.resumable = error.is_some() && !canceled;
    let source = run.frozen.source;
    let final_reason = if canceled { "canceled" } else { "stopped" };
    let resumable = row.resumable;
    row.counts = run
        .store
        .write(move |tx| {
            if !resumable {
                person::explain_rest(tx, no, final_reason)?;
            }
            Ok(Counts { source, ..store::run::counts(tx, no)? })
        })
        .await?;
    (row.status, row.reason) = match error {
        Some(error) if canceled => (Status::Canceled, error.message),
        Some(error) => {
            let words = if error.help.is_empty() {
                error.message
            } else {
                format!("{} {}", error.message, error.help)
            };
            (Status::Failed, words)
        }
        None if !row.counts.add_up() => (
            Status::Failed,
            format!(
                "counts_disagree: the segments hold {source} profiles, but {} were dealt with. Please report this.",
                row.counts.sum()
            ),
        ),
        None => verdict(&run, &row),
    };
    let update = row.clone();
    run.store.write(move |tx| store::run::update(tx, &update)).await?;
    tracing::info!(run.id = %row.id, run.status = ?row.status, requests = row.requests, "A run ended.");
    Ok(row)
}

async fn delivered(run: &mut Run) -> Result<()> {
    run.watch.stage(Stage::Deliver, run.row.counts.not_attempted);
    lists::make_missing(run).await?;
    let account_id = run.ledger.account;
    let no = run.ledger.no;
    let (lists, sizes) = run
        .store
        .read(move |conn| Ok((store::list::all(conn, account_id)?, store::run_list::of_run(conn, no)?)))
        .await?;
    run.lists = Mutex::new(lists.into_iter().filter_map(|list| Some((list.id, list.vendor_id?))).collect());
    run.empty = sizes.iter().filter(|(_, before, _)| *before == 0).map(|(list, _, _)| *list).collect();
    deliver::deliver(run).await?;
    places::join(run).await?;
    places::leave(run).await?;
    run.watch.stage(Stage::Verify, 0);
    run.row.verified = verify::after(run).await?;
    Ok(())
}

/// The status and its words for a run that came to its end.
fn verdict(run: &Run, row: &model::Run) -> (Status, String) {
    let counts = &row.counts;
    let mut wrong = run.frozen.held.clone();
    let mut say = |count: u64, words: &str| {
        if count > 0 {
            wrong.push(format!("{count} {words}"));
        }
    };
    say(counts.rejected, "refused by the account");
    say(
        counts.not_attempted,
        if run.frozen.trial { "not sent, since this run tried only some" } else { "not sent" },
    );
    say(counts.leavers.failed, "could not be taken off a list");
    let places = run.failed_places.load(Ordering::Relaxed);
    if counts.rejected == 0 && counts.leavers.failed == 0 {
        say(places, "list places were refused; they come again");
    }
    if row.verified == Some(false) {
        wrong.push("the account's list sizes do not agree with what was sent".to_owned());
    }
    wrong.extend(run.notes.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned());
    if wrong.is_empty() {
        let sent = counts.created + counts.updated + counts.leavers.removed;
        let words = if sent == 0 { "Nothing had changed; nothing was sent." } else { "" };
        return (Status::Successful, words.to_owned());
    }
    let mut words = wrong.join("; ");
    words.push('.');
    (Status::CompletedWithErrors, words)
}
