//! Schedules as they are printed.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::ScheduleState;
use segue_engine::model::{Day, Every, Recurrence, Refresh, Schedule, ScheduleMode};
use serde::Serialize;

use crate::table::{count, moment};
use crate::words;

/// Who looks for what is due.
pub(super) const WHO_LOOKS: &str = "\
Segue looks for what is due while its window is open or in the tray. To have it done without: segue schedule install --os";

/// The document: the system refresh.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Shown {
    /// Whether it runs by itself.
    on: bool,
    /// When; null: nobody chose yet.
    recurrence: Option<Recurrence>,
    /// The next time; null: it is off, or schedules are paused.
    next: Option<Timestamp>,
    /// Whether all schedules are paused, those of exports too.
    paused: bool,
    /// Exports that run with it.
    exports: u64,
    #[serde(skip)]
    last: Option<Refresh>,
}

impl From<ScheduleState> for Shown {
    fn from(state: ScheduleState) -> Self {
        let ScheduleState { schedule, next, paused, exports, last, .. } = state;
        Self { on: schedule.on, recurrence: schedule.recurrence, next, paused, exports, last }
    }
}

impl Shown {
    /// Whether it runs by itself.
    pub(super) fn on(&self) -> bool {
        self.on
    }

    /// For people.
    pub(super) fn words(&self) -> String {
        let when = self.recurrence.as_ref().map(recurrence);
        let mut lines = vec![match (&when, self.on) {
            (Some(when), true) => format!("The system refresh runs {when}."),
            (Some(when), false) => format!("The system refresh is off; it was to run {when}."),
            (None, _) => {
                "The system refresh is off. Switch it on: segue schedule --every day --at 06:00".to_owned()
            }
        }];
        lines.extend(self.next.map(|at| format!("Next: {}.", moment(at))));
        if self.paused {
            lines.push("Schedules are paused: nothing runs by itself until they go on.".to_owned());
        }
        if self.on {
            lines.push(format!("{} with it.", count(self.exports, "export runs", "exports run")));
        }
        lines.extend(self.last.as_ref().map(last));
        lines.join("\n")
    }
}

/// How the last refresh went, or goes.
fn last(refresh: &Refresh) -> String {
    let late = if refresh.late { ", late" } else { "" };
    format!("Last: {}{late} ({}).", moment(refresh.started_at), words::status(refresh.status()))
}

/// With what an export runs by itself, as the end of a sentence that begins with it.
pub(crate) fn runs(schedule: &Schedule, next: Option<Timestamp>) -> String {
    let text = match (schedule.mode, schedule.own()) {
        (ScheduleMode::System, _) if next.is_none() => {
            return "with the system refresh, which is off or paused (segue schedule)".to_owned();
        }
        (ScheduleMode::System, _) => "with the system refresh".to_owned(),
        (ScheduleMode::Own, Some(own)) => recurrence(own),
        (ScheduleMode::Off | ScheduleMode::Own, _) => return "only when somebody runs it".to_owned(),
    };
    match next {
        Some(next) => format!("{text}; next: {}", moment(next)),
        None => format!("{text}; schedules are paused"),
    }
}

/// The same as a cell of a table.
pub(crate) fn cell(schedule: &Schedule) -> String {
    match (schedule.mode, schedule.own()) {
        (ScheduleMode::System, _) => "System refresh".to_owned(),
        (ScheduleMode::Own, Some(own)) => recurrence(own),
        (ScheduleMode::Off | ScheduleMode::Own, _) => "Off".to_owned(),
    }
}

/// `every day at 08:30 and 13:00 (Europe/Stockholm)`.
fn recurrence(when: &Recurrence) -> String {
    let times: Vec<String> = when.at.iter().map(ToString::to_string).collect();
    let days = match when.every {
        Every::Day => "day".to_owned(),
        Every::Week => enumerated(&when.on.iter().map(|day| name(*day).to_owned()).collect::<Vec<_>>()),
    };
    format!("every {days} at {} ({})", enumerated(&times), when.zone)
}

/// `a, b and c`.
fn enumerated(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn name(day: Day) -> &'static str {
    match day {
        Day::Mon => "Monday",
        Day::Tue => "Tuesday",
        Day::Wed => "Wednesday",
        Day::Thu => "Thursday",
        Day::Fri => "Friday",
        Day::Sat => "Saturday",
        Day::Sun => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(every: Every, on: &[Day], at: &[&str]) -> Schedule {
        let at = at.iter().map(|time| time.parse().unwrap()).collect();
        let recurrence = Recurrence { every, on: on.to_vec(), at, zone: "Asia/Kolkata".to_owned() };
        Schedule { mode: ScheduleMode::Own, recurrence: Some(recurrence) }
    }

    #[test]
    fn a_recurrence_reads_like_a_sentence() {
        let daily = own(Every::Day, &[], &["08:30"]);
        assert_eq!(cell(&daily), "every day at 08:30 (Asia/Kolkata)");
        let weekly = own(Every::Week, &[Day::Mon, Day::Thu, Day::Sun], &["08:30", "17:00"]);
        assert_eq!(cell(&weekly), "every Monday, Thursday and Sunday at 08:30 and 17:00 (Asia/Kolkata)");
    }

    #[test]
    fn an_export_says_when_it_runs() {
        let mut schedule = own(Every::Day, &[], &["08:30"]);
        assert_eq!(runs(&schedule, None), "every day at 08:30 (Asia/Kolkata); schedules are paused");
        schedule.mode = ScheduleMode::System;
        assert_eq!(runs(&schedule, None), "with the system refresh, which is off or paused (segue schedule)");
        schedule.mode = ScheduleMode::Off;
        assert_eq!(runs(&schedule, None), "only when somebody runs it");
        assert_eq!(cell(&schedule), "Off", "its recurrence is kept, not used");
    }
}
