//! Schedules: what runs by itself and when, as somebody chooses and looks at it.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::error::{Code, Error, Result};
use crate::model::{Export, NextTimes, Owner, Recurrence, Refresh, Schedule, ScheduleMode, SystemSchedule};
use crate::{Engine, schedule, store};

/// The system refresh, and what is known of it.
#[derive(Debug, Clone)]
pub struct ScheduleState {
    /// When it runs by itself.
    pub schedule: SystemSchedule,
    /// The next time; `None`: it is off, or schedules are paused.
    pub next: Option<Timestamp>,
    /// Whether all schedules are paused, those of exports too.
    pub paused: bool,
    /// Exports that run with it.
    pub exports: u64,
    /// How it went last, or goes.
    pub last: Option<Refresh>,
}

/// How the schedule of exports is changed.
#[derive(Debug, Clone)]
pub enum ScheduleChange {
    /// They run only when somebody runs them; their recurrences are kept.
    Off,
    /// Each keeps its own. Those that are off are switched on: by their recurrence, or with the system refresh
    /// where they have none.
    Keep,
    /// All get this one.
    Set(Schedule),
}

impl Engine {
    /// The system refresh; off where nobody chose yet.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn system_schedule(&self) -> Result<SystemSchedule> {
        Ok(self.store.read(store::schedule::chosen).await?.unwrap_or_default())
    }

    /// The system refresh, with what is known of it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn schedule_state(&self) -> Result<ScheduleState> {
        let next = self.next_times().await?.system;
        self.store
            .read(move |conn| {
                let exports = store::schedule::all(conn)?;
                let with = exports.iter().filter(|(_, schedule, _)| schedule.mode == ScheduleMode::System);
                Ok(ScheduleState {
                    schedule: store::schedule::chosen(conn)?.unwrap_or_default(),
                    next,
                    paused: store::schedule::paused(conn)?,
                    exports: with.count() as u64,
                    last: store::schedule::refresh(conn)?,
                })
            })
            .await
    }

    /// Chooses when everything is refreshed. Times before now do not count.
    ///
    /// # Errors
    /// `usage` where it would never run, or its zone is unknown; nothing is changed then.
    pub async fn set_system_schedule(&self, wanted: SystemSchedule) -> Result<SystemSchedule> {
        let wanted = check_system(&wanted)?;
        let (stored, now) = (wanted.clone(), self.clock.now());
        self.change("schedule changed", "", move |tx| {
            if store::schedule::chosen(tx)?.as_ref() == Some(&stored) {
                return Ok(());
            }
            store::due::forget_waiting(tx, Owner::System)?;
            store::schedule::set_system(tx, &stored, now)
        })
        .await?;
        Ok(wanted)
    }

    /// Changes the schedule of these exports, by names or ids: of all or of none. Times before now do not count
    /// for those whose schedule is another then.
    ///
    /// # Errors
    /// `not_found`; `usage` where one would never run.
    pub async fn set_export_schedules(
        &self,
        names: &[String],
        change: ScheduleChange,
    ) -> Result<Vec<Export>> {
        let change = match change {
            ScheduleChange::Set(schedule) => ScheduleChange::Set(check_schedule(&schedule)?),
            other => other,
        };
        let mut exports = Vec::with_capacity(names.len());
        for name in names {
            exports.push(self.export(name).await?);
        }
        let mut seen = HashSet::new();
        exports.retain(|export| seen.insert(export.id));
        let mut changed = Vec::new();
        for export in &mut exports {
            let schedule = changed_to(&export.schedule, &change);
            if schedule != export.schedule {
                export.schedule = schedule;
                changed.push(export.clone());
            }
        }
        let now = self.clock.now();
        let entries: Vec<_> = changed
            .iter()
            .map(|export| self.entry("export schedule changed", &export.name, String::new()))
            .collect();
        self.store
            .write(move |tx| {
                for export in &changed {
                    store::due::forget_waiting(tx, Owner::Export(export.id))?;
                    store::schedule::set(tx, export.id, &export.schedule, now)?;
                }
                entries.iter().try_for_each(|entry| store::audit::append(tx, entry))
            })
            .await?;
        Ok(exports)
    }

    /// Pauses all schedules, or goes on with them. Times that pass meanwhile are not made up for, nor is what
    /// waits; a refresh that somebody asked for comes all the same.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn pause_schedules(&self, paused: bool) -> Result<()> {
        let (action, now) = (if paused { "schedules paused" } else { "schedules resumed" }, self.clock.now());
        self.change(action, "", move |tx| {
            if store::schedule::paused(tx)? && !paused {
                store::schedule::all_looked(tx, now)?;
            }
            store::due::forget_all_waiting(tx)?;
            store::schedule::set_paused(tx, paused)
        })
        .await
    }

    /// When things run by themselves next.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn next_times(&self) -> Result<NextTimes> {
        let now = self.clock.now();
        self.store
            .read(move |conn| {
                if store::schedule::paused(conn)? {
                    return Ok(NextTimes::default());
                }
                // What was looked through already, before the clock was set back, does not come again.
                let after = |looked_at: Option<Timestamp>| looked_at.map_or(now, |at| at.max(now));
                let system = store::schedule::system(conn)?
                    .and_then(|(system, looked_at)| schedule::next(system.active()?, after(Some(looked_at))));
                let mut exports = Vec::new();
                for (id, own, looked_at) in store::schedule::all(conn)? {
                    let next = match own.mode {
                        ScheduleMode::Off => None,
                        ScheduleMode::System => system,
                        ScheduleMode::Own => own.own().and_then(|own| schedule::next(own, after(looked_at))),
                    };
                    exports.extend(next.map(|next| (id, next)));
                }
                exports.sort_by_key(|(_, at)| *at);
                Ok(NextTimes { system, exports })
            })
            .await
    }
}

fn changed_to(schedule: &Schedule, change: &ScheduleChange) -> Schedule {
    match change {
        ScheduleChange::Off => Schedule { mode: ScheduleMode::Off, ..schedule.clone() },
        ScheduleChange::Keep if schedule.mode == ScheduleMode::Off => {
            let mode = if schedule.recurrence.is_some() { ScheduleMode::Own } else { ScheduleMode::System };
            Schedule { mode, ..schedule.clone() }
        }
        ScheduleChange::Keep => schedule.clone(),
        ScheduleChange::Set(wanted) => Schedule {
            mode: wanted.mode,
            recurrence: wanted.recurrence.clone().or_else(|| schedule.recurrence.clone()),
        },
    }
}

/// Checks a schedule and puts it in order.
pub(super) fn check_schedule(wanted: &Schedule) -> Result<Schedule> {
    let recurrence = check(wanted.recurrence.as_ref(), wanted.mode == ScheduleMode::Own)?;
    Ok(Schedule { mode: wanted.mode, recurrence })
}

/// The same of the system refresh.
pub(super) fn check_system(wanted: &SystemSchedule) -> Result<SystemSchedule> {
    Ok(SystemSchedule { on: wanted.on, recurrence: check(wanted.recurrence.as_ref(), wanted.on)? })
}

/// Checks a recurrence, which may be missing where nothing runs by it.
fn check(recurrence: Option<&Recurrence>, needed: bool) -> Result<Option<Recurrence>> {
    if recurrence.is_none() && needed {
        return Err(Error::new(
            Code::Usage,
            "No days and times are given, so it would never run; nothing was changed.",
        ));
    }
    recurrence.map(schedule::check).transpose()
}
