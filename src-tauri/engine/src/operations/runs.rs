//! Runs: start, resume, look, cancel.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::error::{Code, Error, Result};
use crate::model::{Outcome, Person, Run, RunId, Status};
use crate::run::{self, Context, Emptying, Observer, RunOptions};
use crate::{Engine, store};

use super::fix_list::FixList;

impl Engine {
    /// Runs an export, or goes on with its run that died. Futures can be dropped; then the run goes on
    /// with the next call.
    ///
    /// # Errors
    /// What refuses a run before anything is sent; what stops it later is in the status of the run.
    pub async fn run_export(
        &self,
        export: &str,
        options: RunOptions,
        observer: Arc<dyn Observer>,
        cancel: CancellationToken,
    ) -> Result<Run> {
        if options.empty.is_none()
            && let Some(stopped) = self.empty_given_up(export, &options, &observer, &cancel).await?
        {
            return Ok(stopped);
        }
        let run = run::execute(&self.context(observer, cancel), export, options).await?;
        self.keep_retention().await;
        Ok(run)
    }

    /// Empties the lists of segments that the export gave up, as a run of its own before the one that was
    /// asked for. That run, where it stopped: then nobody is sent.
    async fn empty_given_up(
        &self,
        export: &str,
        options: &RunOptions,
        observer: &Arc<dyn Observer>,
        cancel: &CancellationToken,
    ) -> Result<Option<Run>> {
        let id = self.export(export).await?.id;
        let segments = self.store.read(move |conn| store::emptying::of(conn, id)).await?;
        if segments.is_empty() {
            return Ok(None);
        }
        let empty = Some(Emptying::Of(segments.clone()));
        let options = RunOptions { empty, trigger: options.trigger, ..RunOptions::default() };
        let context = self.context(Arc::clone(observer), cancel.clone());
        match run::execute(&context, export, options).await {
            Ok(run) if run.resumable || run.status == Status::Canceled || run.counts.leavers.failed > 0 => {
                return Ok(Some(run));
            }
            Ok(_) => {}
            // A list that is gone has nobody on it.
            Err(error) if error.code == Code::ListGone => {
                tracing::info!(export = %id, "A list that was to be emptied is gone.");
            }
            Err(error) => return Err(error),
        }
        self.store.write(move |tx| store::emptying::drop(tx, id, &segments)).await?;
        Ok(None)
    }

    /// Notes that the user keeps everybody whom the guard held in the last run of an export. The next run
    /// looks anew.
    ///
    /// # Errors
    /// `not_found`; `usage` where nobody is held.
    pub async fn keep_held(&self, export: &str) -> Result<()> {
        let export = self.export(export).await?;
        let (id, now) = (export.id, self.clock.now());
        self.change("held people kept", &export.name, move |tx| {
            let latest = store::run_facts::latest_of(tx, id)?;
            let Some((no, mut facts)) = latest.filter(|(_, facts)| !facts.held.is_empty()) else {
                return Err(Error::new(Code::Usage, "Nobody is held in the last run of this export."));
            };
            facts.kept_at = Some(now);
            store::run_facts::set(tx, no, &facts)
        })
        .await
    }

    /// Goes on with one run, or with all that died or stopped and can go on.
    ///
    /// # Errors
    /// As [`Engine::run_export`].
    pub async fn resume_run(
        &self,
        run: Option<&str>,
        observer: Arc<dyn Observer>,
        cancel: CancellationToken,
    ) -> Result<Vec<Run>> {
        let runs = match run {
            Some(id) => vec![parse(id)?],
            None => self.store.read(|conn| store::run::unfinished(conn, None)).await?,
        };
        let context = self.context(observer, cancel);
        let mut ended = Vec::with_capacity(runs.len());
        for id in runs {
            ended.push(run::resume(&context, id).await?);
        }
        self.keep_retention().await;
        Ok(ended)
    }

    fn context(&self, observer: Arc<dyn Observer>, cancel: CancellationToken) -> Context<'_> {
        Context {
            store: &self.store,
            audiences: self.audiences.as_ref(),
            keychain: self.keychain.as_ref(),
            actor: &self.actor,
            observer,
            cancel,
        }
    }

    /// All runs, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn runs(&self) -> Result<Vec<Run>> {
        self.store.read(store::run::all).await
    }

    /// One run.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn run(&self, id: &str) -> Result<Run> {
        let id = parse(id)?.to_string();
        self.store.read(move |conn| store::run::by_id(conn, &id)).await
    }

    /// The people of a run, of one class or of all.
    ///
    /// # Errors
    /// `not_found`; `past_retention` where they were dropped.
    pub async fn run_people(&self, id: &str, outcome: Option<Outcome>) -> Result<Vec<Person>> {
        let id = parse(id)?;
        self.keep_retention().await;
        self.store
            .read(move |conn| {
                store::retention::check_details(conn, id)?;
                let ledger = store::run::ledger(conn, id)?;
                let mut people = Vec::new();
                store::run::each_person(conn, ledger.no, outcome, |person, _| people.push(person))?;
                Ok(people)
            })
            .await
    }

    /// The people of a run, of one class or of all, as a list to mend them by and to read in again: the
    /// columns that the export read, under their own names, and for each person a suggestion where the
    /// address looks mistyped (product.md page 5).
    ///
    /// # Errors
    /// As [`Engine::run_people`].
    pub async fn fix_list(&self, id: &str, outcome: Option<Outcome>) -> Result<FixList> {
        let id = parse(id)?;
        self.keep_retention().await;
        self.store
            .read(move |conn| {
                store::retention::check_details(conn, id)?;
                let ledger = store::run::ledger(conn, id)?;
                let frozen: run::plan::Frozen = store::from_json(&ledger.plan, "the plan of a run")?;
                let mut list = FixList::new(frozen.columns);
                store::run::each_person(conn, ledger.no, outcome, |person, values| list.add(person, values))?;
                Ok(list)
            })
            .await
    }

    /// Cancels a run, whoever executes it: the requests in flight are finished, then it ends.
    ///
    /// # Errors
    /// `not_found`, `usage` where it is over.
    pub async fn cancel_run(&self, id: &str) -> Result<()> {
        let run = self.run(id).await?;
        if run.status.is_final() && !run.resumable {
            return Err(Error::new(
                Code::Usage,
                format!("The run {id} is over; there is nothing to cancel."),
            ));
        }
        run::cancel(&self.store, run.id).await
    }
}

pub(super) fn parse(id: &str) -> Result<RunId> {
    RunId::parse(id).ok_or_else(|| Error::not_found("run", id))
}
