//! Schedules: the system refresh, the recurrences of exports, and a refresh at once.

use jiff::tz::{self, TimeZone};
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::SystemSchedule;
use segue_engine::{ScheduleChange, ScheduleState};

use crate::views::{Done, ExportScheduleRequest, Nothing, PauseRequest, ScheduleView, Zone};
use crate::{Desk, Noun};

/// What a change of a schedule changes.
const CHANGED: [Noun; 3] = [Noun::Schedules, Noun::Exports, Noun::Audit];

pub(crate) async fn schedule_get(desk: &Desk, _: Nothing) -> Result<ScheduleView> {
    let ScheduleState { schedule, next, paused, exports, last } = desk.engine.schedule_state().await?;
    let SystemSchedule { on, recurrence } = schedule;
    let system = TimeZone::system();
    // One of those that can be chosen.
    let zone = system.iana_name().filter(|name| *name != "Etc/UTC").unwrap_or("UTC").to_owned();
    Ok(ScheduleView { on, recurrence, next, paused, zone, exports, last })
}

pub(crate) async fn schedule_set(desk: &Desk, schedule: SystemSchedule) -> Result<ScheduleView> {
    desk.engine.set_system_schedule(schedule).await?;
    changed(desk);
    schedule_get(desk, Nothing {}).await
}

pub(crate) async fn schedule_pause(
    desk: &Desk,
    PauseRequest { paused }: PauseRequest,
) -> Result<ScheduleView> {
    desk.engine.pause_schedules(paused).await?;
    changed(desk);
    schedule_get(desk, Nothing {}).await
}

pub(crate) async fn zone_list(desk: &Desk, _: Nothing) -> Result<Vec<Zone>> {
    let now = desk.engine.now();
    let mut zones: Vec<Zone> = tz::db()
        .available()
        .filter_map(|name| {
            let name = name.to_string();
            // Names of places and UTC; the others are old names for the same.
            let place = name == "UTC" || (name.contains('/') && !name.starts_with("Etc/"));
            let zone = TimeZone::get(&name).ok().filter(|_| place)?;
            Some(Zone { offset: zone.to_offset(now).seconds() / 60, name })
        })
        .collect();
    zones.sort_by(|one, other| (one.offset, &one.name).cmp(&(other.offset, &other.name)));
    zones.dedup_by(|one, other| one.name == other.name);
    Ok(zones)
}

pub(crate) async fn export_schedule(desk: &Desk, request: ExportScheduleRequest) -> Result<Done> {
    if request.exports.is_empty() {
        return Err(Error::new(Code::Usage, "No export is named; nothing was changed."));
    }
    let change = match (request.run, request.schedule) {
        (false, _) => ScheduleChange::Off,
        (true, None) => ScheduleChange::Keep,
        (true, Some(schedule)) => ScheduleChange::Set(schedule),
    };
    desk.engine.set_export_schedules(&request.exports, change).await?;
    changed(desk);
    Ok(Done {})
}

pub(crate) async fn refresh_now(desk: &Desk, _: Nothing) -> Result<Done> {
    desk.engine.ask_refresh().await?;
    changed(desk);
    Ok(Done {})
}

pub(crate) async fn refresh_cancel(desk: &Desk, _: Nothing) -> Result<Done> {
    desk.engine.cancel_refresh().await?;
    changed(desk);
    Ok(Done {})
}

/// Tells that schedules were changed, and has somebody look what is due by them.
fn changed(desk: &Desk) {
    desk.events.changed(&CHANGED);
    desk.schedules.look();
}
