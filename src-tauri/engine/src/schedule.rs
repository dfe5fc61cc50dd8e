//! When something that recurs is due: pure, by the clock of a zone and the rules of its daylight saving. A time
//! in the hour that the clocks skip is due once, at the moment right after it; one in the hour that comes twice
//! is due once, the first time (C04).

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan as _};

use crate::error::{Code, Error, Result};
use crate::model::{Day, Every, Recurrence};

/// Days that are looked through for the next time: today and a week more, for the day that is today's weekday
/// again once its times today are over.
const AHEAD: i64 = 8;

/// Checks a recurrence, and puts its days and times in order.
///
/// # Errors
/// `usage`, with a sentence that names what is wrong.
pub fn check(recurrence: &Recurrence) -> Result<Recurrence> {
    let refused = |message: String| Err(Error::new(Code::Usage, message));
    zone(&recurrence.zone)?;
    let Recurrence { every, mut on, mut at, zone } = recurrence.clone();
    on.sort_unstable();
    on.dedup();
    at.sort_unstable();
    at.dedup();
    if every == Every::Week && on.is_empty() {
        return refused(
            "No day of the week is chosen, so it would never run; nothing was changed.".to_owned(),
        );
    }
    if every == Every::Day && !on.is_empty() {
        return refused("Days are named although it runs every day; nothing was changed.".to_owned());
    }
    if at.is_empty() {
        return refused("No time of day is given, so it would never run; nothing was changed.".to_owned());
    }
    if at.len() > Recurrence::MOST_TIMES {
        let most = Recurrence::MOST_TIMES;
        return refused(format!("It runs at most {most} times a day; nothing was changed."));
    }
    Ok(Recurrence { every, on, at, zone })
}

/// The zone of this IANA name.
///
/// # Errors
/// `usage` where there is none.
fn zone(name: &str) -> Result<TimeZone> {
    TimeZone::get(name).map_err(|_| {
        Error::new(Code::Usage, format!("There is no time zone “{name}”; nothing was changed."))
            .help("Use the name of a city as in the IANA list, for example Europe/Stockholm.")
    })
}

/// The first time that it is due after `after`; `None` where its zone is not known any more, or none comes.
#[must_use]
pub fn next(recurrence: &Recurrence, after: Timestamp) -> Option<Timestamp> {
    let zone = zone(&recurrence.zone).ok()?;
    let from = zone.to_datetime(after).date();
    from_day(recurrence, &zone, from, AHEAD).filter(|due| *due > after).min()
}

/// The last time that it was due in `(after, until]`, and how often it was due there in all; `None`: never.
#[must_use]
pub fn last(recurrence: &Recurrence, after: Timestamp, until: Timestamp) -> Option<(Timestamp, u64)> {
    let zone = zone(&recurrence.zone).ok()?;
    let from = zone.to_datetime(after).date();
    let to = zone.to_datetime(until).date();
    // The day after too: clocks that go back over midnight show the day before again (St. John's, until 2011).
    let days = from.until(to).ok().map_or(0, |span| i64::from(span.get_days())) + 2;
    let mut found: Option<(Timestamp, u64)> = None;
    for due in from_day(recurrence, &zone, from, days).filter(|due| *due > after && *due <= until) {
        let (last, times) = found.unwrap_or((due, 0));
        found = Some((last.max(due), times + 1));
    }
    found
}

/// The due times of so many days from this one on, in the zone's own calendar; each moment once.
fn from_day<'a>(
    recurrence: &'a Recurrence,
    zone: &'a TimeZone,
    from: Date,
    days: i64,
) -> impl Iterator<Item = Timestamp> + 'a {
    let mut before = None;
    (0..days)
        .map_while(move |ahead| from.checked_add(ahead.days()).ok())
        .filter(|day| recurrence.every == Every::Day || recurrence.on.contains(&Day::from(day.weekday())))
        .flat_map(move |day| {
            recurrence.at.iter().filter_map(move |at| moment(zone, day.to_datetime(at.time())))
        })
        // Two times in one skipped hour are due at the same moment: once.
        .filter(move |due| before.replace(*due) != Some(*due))
}

/// When the clocks of the zone show this; right after the gap where they never do, the first time where they
/// do twice.
fn moment(zone: &TimeZone, shown: DateTime) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(shown);
    match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { offset } | AmbiguousOffset::Fold { before: offset, .. } => {
            offset.to_timestamp(shown).ok()
        }
        AmbiguousOffset::Gap { before, after } => {
            // With the offset of after, the skipped time lies before the jump: the next transition is the jump.
            let early = after.to_timestamp(shown).ok()?;
            let late = before.to_timestamp(shown).ok()?;
            zone.following(early)
                .map(|jump| jump.timestamp())
                .next()
                .filter(|jump| *jump <= late)
                .or(Some(late))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TimeOfDay;

    fn daily(zone: &str, at: &[&str]) -> Recurrence {
        let at = at.iter().map(|at| at.parse::<TimeOfDay>().unwrap()).collect();
        check(&Recurrence { every: Every::Day, on: Vec::new(), at, zone: zone.to_owned() }).unwrap()
    }

    fn after(recurrence: &Recurrence, moment: &str) -> String {
        next(recurrence, moment.parse().unwrap()).unwrap().to_string()
    }

    #[test]
    fn a_skipped_time_is_due_right_after_the_gap() {
        let stockholm = daily("Europe/Stockholm", &["02:30"]);
        assert_eq!(after(&stockholm, "2027-03-27T12:00:00Z"), "2027-03-28T01:00:00Z");
        assert_eq!(after(&stockholm, "2027-03-28T01:00:00Z"), "2027-03-29T00:30:00Z");
        let howe = daily("Australia/Lord_Howe", &["02:15"]);
        assert_eq!(after(&howe, "2026-10-03T00:00:00Z"), "2026-10-03T15:30:00Z");
    }

    #[test]
    fn two_times_in_one_gap_are_due_once() {
        let twice = daily("Europe/Stockholm", &["02:15", "02:45"]);
        let day: Timestamp = "2027-03-28T00:00:00Z".parse().unwrap();
        let (due, times) = last(&twice, day, "2027-03-28T20:00:00Z".parse().unwrap()).unwrap();
        assert_eq!((due.to_string().as_str(), times), ("2027-03-28T01:00:00Z", 1));
    }

    #[test]
    fn a_doubled_time_is_due_the_first_time_only() {
        let stockholm = daily("Europe/Stockholm", &["02:30"]);
        assert_eq!(after(&stockholm, "2026-10-24T12:00:00Z"), "2026-10-25T00:30:00Z");
        assert_eq!(after(&stockholm, "2026-10-25T00:30:00Z"), "2026-10-26T01:30:00Z");
    }

    #[test]
    fn a_day_that_a_zone_left_out_is_made_up_right_after() {
        // Samoa had no 30 December 2011.
        let apia = daily("Pacific/Apia", &["12:00"]);
        assert_eq!(after(&apia, "2011-12-29T22:00:00Z"), "2011-12-30T10:00:00Z");
        assert_eq!(after(&apia, "2011-12-30T10:00:00Z"), "2011-12-30T22:00:00Z");
    }

    #[test]
    fn weeks_know_their_days_over_the_end_of_a_leap_february() {
        let mut weekly = daily("UTC", &["00:00", "23:59"]);
        (weekly.every, weekly.on) = (Every::Week, vec![Day::Tue]);
        let weekly = check(&weekly).unwrap();
        // 29 February 2028 is a Tuesday.
        assert_eq!(after(&weekly, "2028-02-23T00:00:00Z"), "2028-02-29T00:00:00Z");
        assert_eq!(after(&weekly, "2028-02-29T00:00:00Z"), "2028-02-29T23:59:00Z");
        assert_eq!(after(&weekly, "2028-02-29T23:59:00Z"), "2028-03-07T00:00:00Z");
    }

    #[test]
    fn a_recurrence_that_never_recurs_is_refused() {
        let sound = daily("UTC", &["08:00"]);
        let refused = |change: fn(&mut Recurrence)| {
            let mut broken = sound.clone();
            change(&mut broken);
            check(&broken).unwrap_err().message
        };
        assert!(refused(|one| one.every = Every::Week).contains("No day"));
        assert!(refused(|one| one.on = vec![Day::Mon]).contains("every day"));
        assert!(refused(|one| one.at.clear()).contains("No time"));
        assert!(
            refused(|one| one.at = (0..5).map(|h| TimeOfDay::new(h, 0).unwrap()).collect())
                .contains("4 times")
        );
        assert!(refused(|one| one.zone = "Mars/Olympus".to_owned()).contains("Mars/Olympus"));
    }
}
