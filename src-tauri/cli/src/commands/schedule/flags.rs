//! The flags of a recurrence: `--every`, `--on`, `--at` and `--zone`.

use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{self, Recurrence, TimeOfDay};
use segue_engine::schedule;

/// The names of the flags. What goes with none of them has to say so of each: clap asks for no `--every` beside
/// `--at` where something is there that `--every` does not go with.
pub(crate) const NAMES: [&str; 4] = ["every", "on", "at", "zone"];

/// When something recurs, as it is written.
#[derive(Debug, Args)]
pub(crate) struct RecurrenceFlags {
    /// Every day, or every week on the days of --on
    #[arg(long, value_name = "day|week", hide_possible_values = true, requires = "at", ignore_case = true)]
    every: Option<Every>,
    /// The days of the week, for example Mon,Thu
    #[arg(
        long,
        value_name = "DAYS",
        value_delimiter = ',',
        hide_possible_values = true,
        ignore_case = true,
        requires = "every",
        required_if_eq("every", "week")
    )]
    on: Vec<Day>,
    /// A time of day, for example 08:30; up to four times
    #[arg(long, value_name = "HH:MM", requires = "every")]
    at: Vec<TimeOfDay>,
    /// The time zone whose clock counts, for example Europe/Stockholm (default: this computer's)
    #[arg(long, value_name = "ZONE", requires = "every", value_parser = zone)]
    zone: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Every {
    Day,
    Week,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl From<Day> for model::Day {
    fn from(day: Day) -> Self {
        match day {
            Day::Mon => Self::Mon,
            Day::Tue => Self::Tue,
            Day::Wed => Self::Wed,
            Day::Thu => Self::Thu,
            Day::Fri => Self::Fri,
            Day::Sat => Self::Sat,
            Day::Sun => Self::Sun,
        }
    }
}

impl RecurrenceFlags {
    /// The recurrence, in order; `None` where none of the flags was given.
    ///
    /// # Errors
    /// `usage` where the flags do not go together, or this computer's zone has no name.
    pub(crate) fn recurrence(self) -> Result<Option<Recurrence>> {
        let Some(every) = self.every else { return Ok(None) };
        let every = match every {
            Every::Day => model::Every::Day,
            Every::Week => model::Every::Week,
        };
        let on = self.on.into_iter().map(Into::into).collect();
        let zone = self.zone.map_or_else(computers_zone, Ok)?;
        schedule::check(&Recurrence { every, on, at: self.at, zone }).map(Some)
    }
}

/// The name of a zone as the list of the IANA has it; any letter case will do.
fn zone(text: &str) -> std::result::Result<String, String> {
    TimeZone::get(text)
        .ok()
        .and_then(|zone| zone.iana_name().map(str::to_owned))
        .ok_or_else(|| "no time zone has this name; write it like Europe/Stockholm or UTC".to_owned())
}

fn computers_zone() -> Result<String> {
    TimeZone::system().iana_name().map(str::to_owned).ok_or_else(|| {
        Error::new(Code::Usage, "The time zone of this computer has no name; nothing was changed.")
            .help("Name one with --zone, for example --zone Europe/Stockholm.")
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Words {
        #[command(flatten)]
        flags: RecurrenceFlags,
    }

    fn read(line: &str) -> std::result::Result<Option<Recurrence>, String> {
        let words = ["segue"].into_iter().chain(line.split_whitespace());
        let read = Words::try_parse_from(words).map_err(|error| error.to_string())?;
        read.flags.recurrence().map_err(|error| error.message)
    }

    #[test]
    fn days_and_times_stand_in_order_each_once() {
        let line =
            "--every WEEK --on sun,Mon --on MON,tue --at 17:00 --at 8:30 --at 08:30 --zone europe/stockholm";
        let read = read(line).unwrap().unwrap();
        assert_eq!(read.every, model::Every::Week);
        assert_eq!(read.on, [model::Day::Mon, model::Day::Tue, model::Day::Sun]);
        assert_eq!(read.at.iter().map(ToString::to_string).collect::<Vec<_>>(), ["08:30", "17:00"]);
        assert_eq!(read.zone, "Europe/Stockholm");
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        assert_eq!(read(""), Ok(None));
        for line in [
            "--every day",
            "--every week --at 08:30",
            "--every week --on Mon",
            "--every day --on Mon --at 08:30",
            "--every week --on Someday --at 08:30",
            "--every month --at 08:30",
            "--every day --at 24:00",
            "--every day --at noon",
            "--every day --at 08:30 --zone Mars/Olympus",
            "--every day --at 01:00 --at 02:00 --at 03:00 --at 04:00 --at 05:00",
            "--at 08:30",
            "--on Mon",
            "--zone UTC",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
