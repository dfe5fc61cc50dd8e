//! What is due: found by looking, and given to one process (I27).
//!
//! Each schedule is looked through from where somebody looked last until now; of several times that passed
//! meanwhile the last one counts, and is late. Whoever has one and dies loses it to the next who looks.

use std::collections::HashSet;
use std::convert::Infallible;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::clock::BootTime;
use crate::error::Result;
use crate::model::{Due, ExportId, Owner, Recurrence};
use crate::store::due::{Open, Process};
use crate::store::{self, Connection, Transaction, lease};
use crate::{Engine, schedule};

/// Looks may be so far apart that nothing is late for it (C03 allows a minute).
const ON_TIME: SignedDuration = SignedDuration::from_secs(120);
/// So often a process says that it has what it took (leases do the same).
const BEAT: Duration = Duration::from_secs(20);
/// A clock that is set back by up to this much is taken for one that was a little fast: what it showed already
/// does not come again. By more, it had been wrong, and what comes is due.
const FAST: SignedDuration = SignedDuration::from_hours(26);

impl Engine {
    /// Whether something is due, without taking it. Cheap: nothing is written.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn is_due(&self) -> Result<bool> {
        let (now, boot) = (self.clock.now(), self.clock.boot_time());
        self.store
            .read(move |conn| {
                if !ready(conn, &boot)?.is_empty() {
                    return Ok(true);
                }
                if store::schedule::paused(conn)? {
                    return Ok(false);
                }
                let due = |recurrence: Option<&Recurrence>, looked_at: Option<Timestamp>| {
                    recurrence.is_some_and(|one| match looked_at {
                        None => true,
                        Some(at) if was_wrong(at, now) => true,
                        Some(at) => schedule::next(one, at).is_some_and(|next| next <= now),
                    })
                };
                if store::schedule::system(conn)?.is_some_and(|(system, at)| due(system.active(), Some(at))) {
                    return Ok(true);
                }
                Ok(store::schedule::all(conn)?.iter().any(|(_, own, at)| due(own.own(), *at)))
            })
            .await
    }

    /// Takes everything that is due and that nobody else has. An export that runs just now keeps its due time
    /// until it is done. While the system refresh is under way, another one waits.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn take_due(&self) -> Result<Vec<Due>> {
        if !self.is_due().await? {
            return Ok(Vec::new());
        }
        let (now, boot) = (self.clock.now(), self.clock.boot_time());
        self.store
            .write(move |tx| {
                if !store::schedule::paused(tx)? {
                    look(tx, now)?;
                    store::due::drop_old(tx, now)?;
                }
                let this = Process::this(&boot.boot);
                let mut taken = Vec::new();
                for open in ready(tx, &boot)? {
                    match open.due.owner {
                        // It was begun by a process that died, and the run itself went on to its end.
                        Owner::Export(export) if has_ended(tx, export, open.due.at)? => {
                            store::due::done(tx, open.due.no)?;
                        }
                        _ => taken.push(store::due::take(tx, &is_late(open, now), &this, boot.millis)?),
                    }
                }
                Ok(taken)
            })
            .await
    }

    /// Exports that came due while they run, and run once more afterwards.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn pending_exports(&self) -> Result<HashSet<ExportId>> {
        let boot = self.clock.boot_time();
        self.store
            .read(move |conn| {
                let mut pending = HashSet::new();
                for open in store::due::open(conn)? {
                    if let Owner::Export(export) = open.due.owner
                        && open.taken.is_none()
                        && is_kept(conn, &open, &boot)?
                    {
                        pending.insert(export);
                    }
                }
                Ok(pending)
            })
            .await
    }

    /// Says that this process has them still, until it is dropped.
    pub(super) async fn keep_due(&self, due: &[Due]) -> Infallible {
        let numbers: Vec<i64> = due.iter().map(|due| due.no).collect();
        loop {
            tokio::time::sleep(BEAT).await;
            let (numbers, now) = (numbers.clone(), self.clock.boot_time().millis);
            let beaten =
                self.store.write(move |tx| numbers.iter().try_for_each(|no| store::due::beat(tx, *no, now)));
            if let Err(error) = beaten.await {
                tracing::warn!(code = ?error.code, "It could not be said that what was due is under way.");
            }
        }
    }

    /// It is over, however it ended.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) async fn due_done(&self, due: &Due) -> Result<()> {
        let no = due.no;
        self.store.write(move |tx| store::due::done(tx, no)).await
    }

    /// It could not be begun as another run was quicker; it waits again.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) async fn due_again(&self, due: &Due) -> Result<()> {
        let no = due.no;
        self.store.write(move |tx| store::due::give_back(tx, no)).await
    }
}

/// What may be taken: nobody alive has it, its export does not run just now, and nothing of the same owner is
/// before it.
fn ready(conn: &Connection, boot: &BootTime) -> Result<Vec<Open>> {
    let open = store::due::open(conn)?;
    let mut busy: HashSet<Owner> =
        open.iter().filter(|open| open.is_under_way(boot)).map(|open| open.due.owner).collect();
    let mut ready = Vec::new();
    for open in open {
        if !busy.contains(&open.due.owner) && !is_kept(conn, &open, boot)? {
            busy.insert(open.due.owner);
            ready.push(open);
        }
    }
    Ok(ready)
}

/// Whether a run for this due time has come to its end. One that died goes on for it.
fn has_ended(conn: &Connection, export: ExportId, due: Timestamp) -> Result<bool> {
    Ok(store::run::of_due(conn, export, due)?.is_some_and(|run| run.status.is_final()))
}

/// An own time that waited is late. One of the refresh is as late as that, however long it took.
fn is_late(mut open: Open, now: Timestamp) -> Open {
    open.due.late |=
        !open.due.system && open.due.owner != Owner::System && now.duration_since(open.due.at) > ON_TIME;
    open
}

/// Whether it waits because its export runs just now.
fn is_kept(conn: &Connection, open: &Open, boot: &BootTime) -> Result<bool> {
    match open.due.owner {
        Owner::System => Ok(false),
        Owner::Export(export) => Ok(lease::alive_of(conn, export, &boot.boot, boot.millis)?.is_some()),
    }
}

/// Notes what came due since somebody looked last.
fn look(tx: &Transaction<'_>, now: Timestamp) -> Result<()> {
    if let Some((system, looked_at)) = store::schedule::system(tx)?
        && let Some(recurrence) = system.active()
        && let Some(until) = note(tx, Owner::System, recurrence, Some(looked_at), now)?
    {
        store::schedule::set_system(tx, &system, until)?;
    }
    for (export, own, looked_at) in store::schedule::all(tx)? {
        if let Some(recurrence) = own.own()
            && let Some(until) = note(tx, Owner::Export(export), recurrence, looked_at, now)?
        {
            store::schedule::looked(tx, export, until)?;
        }
    }
    Ok(())
}

/// Notes the last time that an owner was due, if it was; returns until when it is looked through now, where
/// that is another moment than before.
fn note(
    tx: &Transaction<'_>,
    owner: Owner,
    recurrence: &Recurrence,
    looked_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let Some(looked_at) = looked_at.filter(|at| !was_wrong(*at, now)) else { return Ok(Some(now)) };
    let Some((at, times)) = schedule::last(recurrence, looked_at, now) else { return Ok(None) };
    let late = times > 1 || now.duration_since(at) > ON_TIME;
    store::due::add(tx, owner, at, late, false, false)?;
    Ok(Some(now))
}

/// Whether the clock was far ahead when somebody looked last.
fn was_wrong(looked_at: Timestamp, now: Timestamp) -> bool {
    looked_at.duration_since(now) > FAST
}
