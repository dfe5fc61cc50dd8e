//! The refresh of everything: each audience is read anew and its segments are counted, then the exports that run
//! with it become due. An audience that cannot be read does not stop the others; its exports are skipped
//! (customer-insights.md 3.2).

use std::collections::HashMap;

use jiff::Timestamp;

use crate::Engine;
use crate::error::Result;
use crate::model::{
    Audience, Counts, Due, Export, Owner, Refresh, RefreshState, RefreshedAudience, Run, RunFacts, RunId,
    ScheduleMode, Stage, Status, Trigger,
};
use crate::run::RunOptions;
use crate::store::{self, Transaction};

impl Engine {
    /// Asks for a refresh of everything now, by whoever looks next; one that waits or goes on is joined.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn ask_refresh(&self) -> Result<()> {
        let (now, boot) = (self.clock.now(), self.clock.boot_time());
        self.change("refresh asked for", "", move |tx| {
            let mut open = store::due::open(tx)?.into_iter().filter(|open| open.due.owner == Owner::System);
            if open.any(|open| open.taken.is_none() || open.is_under_way(&boot)) {
                return Ok(());
            }
            store::due::add(tx, Owner::System, now, false, false, true)
        })
        .await
    }

    /// Cancels the refresh that goes on or waits: what was read stays, no export runs with it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn cancel_refresh(&self) -> Result<()> {
        self.change("refresh canceled", "", |tx| {
            store::due::forget_waiting(tx, Owner::System)?;
            let open = store::due::open(tx)?;
            let taken = open.iter().find(|open| open.due.owner == Owner::System);
            taken.map_or(Ok(()), |open| store::schedule::ask_cancel(tx, open.due.no))
        })
        .await
    }

    /// The refresh that goes on, or that was last.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn last_refresh(&self) -> Result<Option<Refresh>> {
        self.store.read(store::schedule::refresh).await
    }

    /// Refreshes everything, telling `watch` of each step; returns the runs of exports that were skipped.
    pub(super) async fn refresh(
        &self,
        due: &Due,
        watch: &(dyn Fn(&Refresh) + Send + Sync),
    ) -> Result<Vec<Run>> {
        let no = due.no;
        let asked = self.store.read(move |conn| store::due::was_asked(conn, no)).await?;
        let audiences = self.audiences().await?;
        let mut refresh = Refresh {
            started_at: self.clock.now(),
            finished_at: None,
            due_at: (!asked).then_some(due.at),
            late: due.late,
            audiences: audiences.iter().map(queued).collect(),
        };
        for (at, audience) in audiences.iter().enumerate() {
            if self.store.read(store::schedule::canceled).await? == Some(no) {
                break;
            }
            self.step(&mut refresh, at, watch, |one| one.state = RefreshState::Reading).await?;
            let began = self.clock.boot_time().millis;
            let (state, segments, error) = match self.read_anew(&audience.id.to_string()).await {
                Err(error) => (RefreshState::Failed, 0, Some(error)),
                Ok((audience, source)) => {
                    let profiles = audience.survey.rows;
                    self.step(&mut refresh, at, watch, |one| {
                        one.profiles = Some(profiles);
                        one.state = RefreshState::Counting;
                    })
                    .await?;
                    match self.recount(&audience, source.as_ref()).await {
                        Ok((segments, None)) => (RefreshState::Successful, segments, None),
                        Ok((segments, error)) => (RefreshState::CompletedWithErrors, segments, error),
                        Err(error) => (RefreshState::CompletedWithErrors, 0, Some(error)),
                    }
                }
            };
            let millis = u64::try_from(self.clock.boot_time().millis - began).unwrap_or_default();
            self.step(&mut refresh, at, watch, |one| {
                (one.state, one.segments, one.millis) = (state, segments, millis);
                one.reason = error.map(|error| error.reason()).unwrap_or_default();
            })
            .await?;
        }
        refresh.finished_at = Some(self.clock.now());
        let (refresh, skipped) = self.exports_after(due, refresh).await?;
        watch(&refresh);
        Ok(skipped)
    }

    async fn step(
        &self,
        refresh: &mut Refresh,
        at: usize,
        watch: &(dyn Fn(&Refresh) + Send + Sync),
        change: impl FnOnce(&mut RefreshedAudience),
    ) -> Result<()> {
        if let Some(one) = refresh.audiences.get_mut(at) {
            change(one);
        }
        let stored = refresh.clone();
        self.store.write(move |tx| store::schedule::set_refresh(tx, &stored)).await?;
        watch(refresh);
        Ok(())
    }

    /// In one commit: the refresh is over, and the exports that run with it are due, or skipped; none of them
    /// where it was canceled, until this moment.
    async fn exports_after(&self, due: &Due, mut refresh: Refresh) -> Result<(Refresh, Vec<Run>)> {
        let (due, now) = (due.clone(), self.clock.now());
        let started_by = self.actor.clone();
        self.store
            .write(move |tx| {
                let canceled = store::schedule::canceled(tx)? == Some(due.no);
                if canceled {
                    cancel_rest(&mut refresh);
                }
                let mut skipped = Vec::new();
                let failed: HashMap<&str, &str> = refresh
                    .audiences
                    .iter()
                    .filter(|one| one.state == RefreshState::Failed)
                    .map(|one| (one.id.as_str(), one.reason.as_str()))
                    .collect();
                let with = |export: &Export| export.schedule.mode == ScheduleMode::System && !canceled;
                for export in store::export::all(tx)?.into_iter().filter(with) {
                    let owner = Owner::Export(export.id);
                    match failed.get(export.audience.to_string().as_str()) {
                        None => store::due::add(tx, owner, due.at, due.late, true, false)?,
                        Some(reason) => {
                            let run = not_begun(&export, &for_due(&due, Trigger::SystemRefresh), now);
                            let run = Run { status: Status::Skipped, reason: (*reason).to_owned(), ..run };
                            if store::run::of_due(tx, export.id, due.at)?.is_none()
                                && note_run(tx, &export, &run, due.at, &started_by)?
                            {
                                skipped.push(run);
                            }
                        }
                    }
                }
                store::schedule::set_refresh(tx, &refresh)?;
                store::due::done(tx, due.no)?;
                Ok((refresh, skipped))
            })
            .await
    }

    /// The run of a due time that did not come about. One that could not even begin is noted, so that the
    /// history says why. `None`: the export has no account that it could be booked under.
    pub(super) async fn not_run(
        &self,
        export: &Export,
        options: &RunOptions,
        reason: String,
    ) -> Result<Option<Run>> {
        let Some(due) = options.due else { return Ok(None) };
        let run = not_begun(export, options, self.clock.now());
        let (noted, export, started_by) =
            (Run { status: Status::Failed, reason, ..run }, export.clone(), self.actor.clone());
        self.store
            .write(move |tx| match store::run::of_due(tx, export.id, due)? {
                Some(run) => Ok(Some(run)),
                None => Ok(note_run(tx, &export, &noted, due, &started_by)?.then_some(noted)),
            })
            .await
    }
}

/// What was not begun is canceled; where all was, the last, as no export runs with it.
fn cancel_rest(refresh: &mut Refresh) {
    let left = refresh.audiences.iter().position(|one| one.state == RefreshState::Queued);
    let left = left.unwrap_or(refresh.audiences.len().saturating_sub(1));
    refresh.audiences.iter_mut().skip(left).for_each(|one| one.state = RefreshState::Canceled);
}

/// An audience before its turn.
fn queued(audience: &Audience) -> RefreshedAudience {
    RefreshedAudience {
        id: audience.id.to_string(),
        name: audience.name.clone(),
        state: RefreshState::Queued,
        profiles: None,
        segments: 0,
        millis: 0,
        reason: String::new(),
    }
}

/// How a run for this due time goes.
pub(super) fn for_due(due: &Due, trigger: Trigger) -> RunOptions {
    RunOptions { trigger, due: Some(due.at), late: due.late, ..RunOptions::default() }
}

fn not_begun(export: &Export, options: &RunOptions, now: Timestamp) -> Run {
    Run {
        id: RunId::new(),
        export_id: export.id,
        export: export.name.clone(),
        status: Status::Failed,
        reason: String::new(),
        trigger: options.trigger,
        full: options.full,
        late: options.late,
        resumable: false,
        started_at: now,
        finished_at: Some(now),
        requests: 0,
        retries: 0,
        verified: None,
        counts: Counts::default(),
        stage: Stage::Done,
    }
}

/// Books a run that never began under the account of its connection, or under the one it had last; `false`
/// where there is none.
fn note_run(
    tx: &Transaction<'_>,
    export: &Export,
    run: &Run,
    due: Timestamp,
    started_by: &str,
) -> Result<bool> {
    let account = match export.connection {
        Some(connection) => Some(store::connection::account(tx, connection)?),
        None => store::receipt::accounts(tx, export.id)?.into_iter().next(),
    };
    let Some(account) = account else { return Ok(false) };
    let options =
        RunOptions { trigger: run.trigger, due: Some(due), late: run.late, ..RunOptions::default() };
    let book = store::receipt::book(tx, export.id, account)?;
    let no = store::run::insert(tx, run, &options.told()?, account, book)?;
    store::run::update(tx, run)?;
    store::run_facts::set(tx, no, &RunFacts { started_by: started_by.to_owned(), ..RunFacts::default() })?;
    Ok(true)
}
