//! Runs as pages show them: in parts, and one as a whole.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::error::{Code, Error, Result};
use crate::model::{
    ExportId, LatestRun, PeopleQuery, Person, Run, RunDay, RunDetails, RunId, RunQuery, RunReason,
    SentRequest,
};
use crate::run::{RunOptions, plan::Frozen};
use crate::{Engine, store};

use super::runs::parse;

/// Requests that are told of a run.
const REQUESTS: u32 = 200;

impl Engine {
    /// A part of the runs, newest first, and how many fit in all.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn run_page(&self, query: RunQuery) -> Result<(Vec<Run>, u64)> {
        self.store.read(move |conn| store::run_page::runs(conn, &query)).await
    }

    /// The last run of each export that ever ran.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn latest_runs(&self) -> Result<Vec<LatestRun>> {
        let now = self.clock.boot_time();
        self.store.read(move |conn| store::run_facts::latest(conn, &now)).await
    }

    /// The run of an export that a living process executes or waits with, whoever that is.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn run_under_way(&self, export: ExportId) -> Result<Option<RunId>> {
        let now = self.clock.boot_time();
        self.store.read(move |conn| store::lease::alive_of(conn, export, &now.boot, now.millis)).await
    }

    /// Runs that died: begun, not ended, and executed by no living process; each with its export, oldest
    /// first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn dead_runs(&self) -> Result<Vec<(RunId, ExportId)>> {
        let now = self.clock.boot_time();
        self.store
            .read(move |conn| {
                let mut dead = Vec::new();
                for id in store::run::unfinished(conn, None)? {
                    let run = store::run::by_id(conn, &id.to_string())?;
                    if !run.status.is_final() && !store::lease::is_alive(conn, id, &now.boot, now.millis)? {
                        dead.push((id, run.export_id));
                    }
                }
                Ok(dead)
            })
            .await
    }

    /// Changes whenever another process has written to the data folder, and never by what this one writes.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn others_version(&self) -> Result<i64> {
        self.store.others_version().await
    }

    /// One run, whole.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn run_details(&self, id: &str) -> Result<RunDetails> {
        let id = parse(id)?;
        let now = self.clock.boot_time();
        self.store
            .read(move |conn| {
                let run = store::run::by_id(conn, &id.to_string())?;
                let no = store::run::ledger(conn, id)?.no;
                let beside = store::run_facts::beside(conn, id)?;
                let options: RunOptions = store::from_json(&beside.options, "what a run was told")?;
                let fields = match beside.planned_at {
                    Some(_) => store::from_json::<Frozen>(&beside.plan, "the plan of a run")?.fields,
                    None => Vec::new(),
                };
                Ok(RunDetails {
                    progress: store::run_facts::progress(conn, &run, &now)?,
                    lists: store::run_facts::lists(conn, no)?,
                    run,
                    facts: beside.facts,
                    export_exists: beside.export_exists,
                    connection: beside.connection,
                    emptying: options.empty.is_some(),
                    fields: fields.into_iter().map(|field| field.target.to_string()).collect(),
                    planned_at: beside.planned_at,
                    details_dropped_at: beside.details_dropped_at,
                })
            })
            .await
    }

    /// A part of the people of a run, and how many fit in all; unchanged people last.
    ///
    /// # Errors
    /// `not_found`; `past_retention` where they were dropped.
    pub async fn run_people_page(&self, id: &str, query: PeopleQuery) -> Result<(Vec<Person>, u64)> {
        let id = parse(id)?;
        self.store
            .read(move |conn| {
                store::retention::check_details(conn, id)?;
                store::run_page::people(conn, store::run::ledger(conn, id)?.no, &query)
            })
            .await
    }

    /// The people of a run by class and reason.
    ///
    /// # Errors
    /// As [`Engine::run_people_page`].
    pub async fn run_reasons(&self, id: &str) -> Result<Vec<RunReason>> {
        let id = parse(id)?;
        self.store
            .read(move |conn| {
                store::retention::check_details(conn, id)?;
                store::run_page::reasons(conn, store::run::ledger(conn, id)?.no)
            })
            .await
    }

    /// The last requests of a run, newest first, with addresses: whoever shows them decides what of those.
    ///
    /// # Errors
    /// As [`Engine::run_people_page`].
    pub async fn run_requests(&self, id: &str) -> Result<Vec<SentRequest>> {
        let id = parse(id)?;
        self.store
            .read(move |conn| {
                store::retention::check_details(conn, id)?;
                store::attempt::last(conn, store::run::ledger(conn, id)?.no, REQUESTS)
            })
            .await
    }

    /// The runs that ended on these days, in this time zone; days without one are left out.
    ///
    /// # Errors
    /// `usage` where there is no such zone.
    pub async fn run_days(
        &self,
        export: Option<String>,
        from: Date,
        to: Date,
        zone: &str,
    ) -> Result<Vec<RunDay>> {
        let wrong = |_| Error::new(Code::Usage, "There is no such time zone, or no such day in it.");
        let zone = TimeZone::get(zone).map_err(wrong)?;
        let begins = |day: Date| day.to_zoned(zone.clone()).map(|day| day.timestamp()).map_err(wrong);
        let (first, end) = (begins(from)?, begins(to.tomorrow().map_err(wrong)?)?);
        let ended = self
            .store
            .read(move |conn| store::run_page::ended_between(conn, export.as_deref(), first, end))
            .await?;
        let mut days: Vec<RunDay> = Vec::new();
        for (at, counts) in ended {
            let day = at.to_zoned(zone.clone()).date();
            if days.last().is_none_or(|last| last.day != day) {
                days.push(RunDay { day, runs: 0, created: 0, updated: 0, removed: 0, failed: 0 });
            }
            if let Some(last) = days.last_mut() {
                last.runs += 1;
                last.created += counts.created;
                last.updated += counts.updated;
                last.removed += counts.leavers.removed;
                last.failed += counts.rejected + counts.not_attempted;
            }
        }
        Ok(days)
    }
}
