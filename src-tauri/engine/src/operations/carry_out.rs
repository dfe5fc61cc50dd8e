//! What is due is carried out: the refresh of everything, and exports. The window and `segue tick` bring how a
//! run is watched; everything else is here, so that both do the same.

use std::collections::BTreeMap;

use async_trait::async_trait;
use futures::future::join_all;
use tokio_util::sync::CancellationToken;

use crate::error::{Code, Error, Result};
use crate::model::{ConnectionId, Due, Export, ExportId, Owner, Refresh, Run, RunId, Status, Trigger};
use crate::run::RunOptions;
use crate::{Engine, store};

use super::refresh::for_due;

/// How a host runs what is due.
#[async_trait]
pub trait RunDue: Send + Sync {
    /// Runs an export to its end.
    ///
    /// # Errors
    /// As [`Engine::run_export`].
    async fn run(&self, export: ExportId, options: RunOptions) -> Result<Run>;
    /// Goes on with a run that died, to its end.
    ///
    /// # Errors
    /// As [`Engine::resume_run`].
    async fn resume(&self, run: RunId, export: ExportId) -> Result<Run>;
    /// A refresh of everything goes on.
    fn refreshing(&self, refresh: &Refresh);
}

/// How something that was due ended.
#[derive(Debug)]
pub struct Ended {
    /// The export.
    pub export: ExportId,
    /// Its name.
    pub name: String,
    /// The run, or why none stands in the history.
    pub run: Result<Run>,
}

impl Engine {
    /// Does whatever is due until nothing is: first goes on with runs that died, then the refresh, then exports.
    /// Those of one account run one after the other, others at the same time. `cancel` lets nothing new begin.
    ///
    /// # Errors
    /// Those of the database; what an export ends with is in its [`Ended`].
    pub async fn tick(&self, host: &dyn RunDue, cancel: &CancellationToken) -> Result<Vec<Ended>> {
        let mut ended = Vec::new();
        let done = self.tick_into(&mut ended, host, cancel).await;
        for run in ended.iter().filter_map(|one| one.run.as_ref().ok()) {
            self.tell_of(run).await;
        }
        done.map(|()| ended)
    }

    async fn tick_into(
        &self,
        ended: &mut Vec<Ended>,
        host: &dyn RunDue,
        cancel: &CancellationToken,
    ) -> Result<()> {
        for (run, export) in self.dead_runs().await? {
            if cancel.is_cancelled() {
                return Ok(());
            }
            let name = self.export(&export.to_string()).await.map(|export| export.name).unwrap_or_default();
            ended.push(Ended { export, name, run: host.resume(run, export).await });
        }
        while !cancel.is_cancelled() {
            let due = self.take_due().await?;
            if due.is_empty() {
                break;
            }
            ended.extend(self.carry_out(due, host, cancel).await?);
        }
        Ok(())
    }

    /// Carries out what was taken. After a refresh the exports that run with it are due: whoever calls this looks
    /// again.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn carry_out(
        &self,
        due: Vec<Due>,
        host: &dyn RunDue,
        cancel: &CancellationToken,
    ) -> Result<Vec<Ended>> {
        let ended = tokio::select! {
            never = self.keep_due(&due) => match never {},
            ended = self.carry_out_all(due.clone(), host, cancel) => ended,
        };
        if ended.is_err() {
            for due in &due {
                // Nobody else may have it while this process lives, so that it would never be done.
                if let Err(error) = self.due_again(due).await {
                    tracing::warn!(code = ?error.code, "What is due was not given back.");
                }
            }
        }
        ended
    }

    async fn carry_out_all(
        &self,
        due: Vec<Due>,
        host: &dyn RunDue,
        cancel: &CancellationToken,
    ) -> Result<Vec<Ended>> {
        let mut ended = Vec::new();
        let mut by_account: BTreeMap<Option<ConnectionId>, Vec<(Export, Due)>> = BTreeMap::new();
        for due in due {
            match due.owner {
                Owner::System => {
                    let skipped = self.refresh(&due, &|refresh| host.refreshing(refresh)).await?;
                    ended.extend(skipped.into_iter().map(|run| Ended {
                        export: run.export_id,
                        name: run.export.clone(),
                        run: Ok(run),
                    }));
                }
                Owner::Export(id) => match self.export(&id.to_string()).await {
                    Ok(export) => by_account.entry(export.connection).or_default().push((export, due)),
                    // It was removed meanwhile.
                    Err(error) if error.code == Code::NotFound => self.due_done(&due).await?,
                    Err(error) => return Err(error),
                },
            }
        }
        let accounts = by_account.into_values().map(|exports| async move {
            let mut ended = Vec::with_capacity(exports.len());
            for (export, due) in exports {
                if cancel.is_cancelled() {
                    self.due_again(&due).await?;
                } else if let Some(one) = self.run_due(&export, &due, host).await? {
                    ended.push(one);
                }
            }
            Ok::<_, Error>(ended)
        });
        for account in join_all(accounts).await {
            ended.extend(account?);
        }
        Ok(ended)
    }

    /// Runs one export that is due; `None` where another run of it was quicker, and it waits again.
    async fn run_due(&self, export: &Export, due: &Due, host: &dyn RunDue) -> Result<Option<Ended>> {
        let trigger = if due.system { Trigger::SystemRefresh } else { Trigger::Schedule };
        let options = for_due(due, trigger);
        let mut run = host.run(export.id, options.clone()).await;
        let went_on = self.not_of(export.id, due, &run).await?;
        if went_on.is_some_and(|run| !run.resumable && run.status != Status::Canceled) {
            // One that had stopped before went on in its place, and is done.
            run = host.run(export.id, options.clone()).await;
        }
        let run = match run {
            Err(error) if error.code == Code::Busy => {
                self.due_again(due).await?;
                return Ok(None);
            }
            // Nobody stands before the window to read it: the history says it.
            Err(error) => self.not_run(export, &options, error.reason()).await?.ok_or(error),
            Ok(run) if run.resumable => {
                let reason = run.reason.clone();
                Ok(self.not_run(export, &options, reason).await?.unwrap_or(run))
            }
            run => run,
        };
        self.due_done(due).await?;
        Ok(Some(Ended { export: export.id, name: export.name.clone(), run }))
    }

    /// The run, where it is not one for this due time.
    async fn not_of<'a>(&self, export: ExportId, due: &Due, run: &'a Result<Run>) -> Result<Option<&'a Run>> {
        let (Ok(run), at) = (run, due.at) else { return Ok(None) };
        let own = self.store.read(move |conn| store::run::of_due(conn, export, at)).await?;
        Ok(own.is_none().then_some(run))
    }
}
