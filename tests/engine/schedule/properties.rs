//! What holds for every schedule in every zone that there is, at any time.

use std::sync::LazyLock;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use segue_engine::model::{Day, Every, Recurrence, TimeOfDay};
use segue_engine::schedule::{check, last, next};

/// Every zone that this machine knows.
static ZONES: LazyLock<Vec<String>> =
    LazyLock::new(|| jiff::tz::db().available().map(|name| name.to_string()).collect());

/// Three that change by night, one that left out a whole day (2011), two that change at midnight, and one whose
/// clocks went back over it, at 00:01 (until 2011).
const NOTABLE: [&str; 7] = [
    "Europe/Stockholm",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Beirut",
    "America/Nuuk",
    "America/St_Johns",
];

const DAY: i64 = 24 * 3600;

/// As somebody may write it: in any order, and some of it twice.
fn written() -> impl Strategy<Value = Recurrence> {
    // Near midnight and near 02:00 is where clocks are changed.
    let hour = prop_oneof![Just(0_u8), Just(1), Just(2), Just(23), 0..24_u8];
    let time = (hour, 0..60_u8).prop_map(|(hour, minute)| TimeOfDay::new(hour, minute).unwrap());
    let days = prop_oneof![Just(Vec::new()), vec(select(Day::ALL.to_vec()), 1..9)];
    let zone = prop_oneof![select(NOTABLE.to_vec()).prop_map(str::to_owned), select(ZONES.clone()),];
    (days, vec(time, 1..=Recurrence::MOST_TIMES), zone).prop_map(|(on, at, zone)| {
        let every = if on.is_empty() { Every::Day } else { Every::Week };
        Recurrence { every, on, at, zone }
    })
}

/// As it is kept.
fn kept() -> impl Strategy<Value = Recurrence> {
    written().prop_map(|recurrence| check(&recurrence).unwrap())
}

/// A schedule, and any time from 1975 to 2075; half of them in the days around a change of its clocks.
fn at_any_time() -> impl Strategy<Value = (Recurrence, Timestamp)> {
    let seconds = 157_766_400..3_313_526_400_i64;
    (kept(), seconds, any::<bool>(), -3 * DAY..3 * DAY).prop_map(|(recurrence, second, near, off)| {
        let any = Timestamp::from_second(second).unwrap();
        let zone = TimeZone::get(&recurrence.zone).unwrap();
        let change = zone.following(any).next().filter(|_| near).map(|change| change.timestamp());
        (recurrence, change.map_or(any, |change| change + off.seconds()))
    })
}

/// The due times in `(after, until]`, one by one.
fn walk(recurrence: &Recurrence, after: Timestamp, until: Timestamp) -> Vec<Timestamp> {
    let step = |at: &Timestamp| {
        let due = next(recurrence, *at);
        assert!(due.is_none_or(|due| due > *at), "{recurrence:?} is due at {at} again");
        due
    };
    std::iter::successors(step(&after), step).take_while(|due| *due <= until).collect()
}

/// Whether it is a chosen day and time of the day, as the clocks show it.
fn chosen(recurrence: &Recurrence, shown: jiff::civil::DateTime) -> bool {
    let day = recurrence.every == Every::Day || recurrence.on.contains(&Day::from(shown.weekday()));
    day && recurrence.at.iter().any(|at| at.time() == shown.time())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, rng_seed: prop::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn the_next_time_comes_after_and_none_between((recurrence, at) in at_any_time()) {
        let due = next(&recurrence, at).unwrap();
        prop_assert!(due > at);
        prop_assert!(due <= at + (8 * 24 + 12).hours());
        prop_assert_eq!(last(&recurrence, at, due - 1.nanosecond()), None);
        prop_assert_eq!(last(&recurrence, at, due), Some((due, 1)));
        prop_assert_eq!(next(&recurrence, due - 1.nanosecond()), Some(due));
    }

    #[test]
    fn later_on_the_next_time_is_no_earlier((recurrence, at) in at_any_time(), on in 0..9 * DAY) {
        let (sooner, later) = (next(&recurrence, at).unwrap(), next(&recurrence, at + on.seconds()).unwrap());
        prop_assert!(sooner <= later, "{sooner} {later}");
    }

    #[test]
    fn every_due_time_is_one_that_was_chosen((recurrence, at) in at_any_time()) {
        let zone = TimeZone::get(&recurrence.zone).unwrap();
        for due in walk(&recurrence, at, at + (8 * 24).hours()) {
            let shown = zone.to_datetime(due);
            if chosen(&recurrence, shown) {
                // And the first time that the clocks show it.
                let earliest = zone.to_ambiguous_timestamp(shown).earlier().unwrap();
                prop_assert_eq!(due, earliest);
            } else {
                // Right after a gap in which a chosen time lies: some minute that was not shown.
                let mut skipped = zone.to_datetime(due - 1.second()) + 1.second();
                prop_assert!(skipped < shown, "{due} shows {shown} and is after no gap");
                while skipped < shown && !chosen(&recurrence, skipped) {
                    skipped += 1.second();
                }
                prop_assert!(skipped < shown, "the gap before {due} has no chosen time");
            }
        }
    }

    #[test]
    fn what_is_counted_is_what_a_walk_finds((recurrence, at) in at_any_time(), long in 0..20 * DAY) {
        let until = at + long.seconds();
        let found = walk(&recurrence, at, until);
        let wanted = found.last().map(|due| (*due, found.len() as u64));
        prop_assert_eq!(last(&recurrence, at, until), wanted);
    }

    #[test]
    fn two_parts_add_up((recurrence, at) in at_any_time(), first in 0..40 * DAY, second in 0..40 * DAY) {
        let (middle, until) = (at + first.seconds(), at + (first + second).seconds());
        let whole = last(&recurrence, at, until);
        let (one, other) = (last(&recurrence, at, middle), last(&recurrence, middle, until));
        let times = |part: Option<(Timestamp, u64)>| part.map_or(0, |(_, times)| times);
        prop_assert_eq!(times(whole), times(one) + times(other));
        prop_assert_eq!(whole.map(|(due, _)| due), other.or(one).map(|(due, _)| due));
        // Parted where one is due, it belongs to the part that it ends.
        if let Some((due, times)) = whole {
            prop_assert_eq!(last(&recurrence, at, due), Some((due, times)));
            prop_assert_eq!(last(&recurrence, due, until), None);
        }
    }

    #[test]
    fn putting_it_in_order_changes_no_due_time(written in written(), second in 0..3_000_000_000_i64) {
        let kept = check(&written).unwrap();
        prop_assert_eq!(&check(&kept).unwrap(), &kept);
        prop_assert!(kept.on.is_sorted_by(|one, other| one < other), "{:?}", kept.on);
        prop_assert!(kept.at.is_sorted_by(|one, other| one < other), "{:?}", kept.at);
        let at = Timestamp::from_second(second).unwrap();
        let until = at + (15 * 24).hours();
        prop_assert_eq!(walk(&written, at, until), walk(&kept, at, until));
        let moment = |recurrence| last(recurrence, at, until).map(|(due, _)| due);
        prop_assert_eq!(moment(&written), moment(&kept));
    }

    #[test]
    fn the_ends_of_time_are_no_trouble(recurrence in kept(), on in 0..20 * DAY) {
        let (first, end) = (Timestamp::MIN, Timestamp::MAX);
        let (early, late) = (first + on.seconds(), end - on.seconds());
        for at in [first, early, late, end] {
            if let Some(due) = next(&recurrence, at) {
                prop_assert!(due > at);
            }
        }
        prop_assert_eq!(next(&recurrence, end), None);
        for (after, until) in [(first, early), (late, end), (end, end), (first, first)] {
            if let Some((due, _)) = last(&recurrence, after, until) {
                prop_assert!(after < due && due <= until);
            }
        }
    }

    #[test]
    fn an_interval_that_ends_before_it_begins_has_none((recurrence, at) in at_any_time(), back in 0..20 * DAY) {
        prop_assert_eq!(last(&recurrence, at, at - back.seconds()), None);
        prop_assert_eq!(last(&recurrence, Timestamp::MAX, at), None);
    }
}

#[test]
fn a_zone_that_is_not_known_any_more_is_never_due() {
    let at = vec![TimeOfDay::new(8, 0).unwrap()];
    let lost = Recurrence { every: Every::Day, on: Vec::new(), at, zone: "Mars/Olympus".to_owned() };
    assert_eq!(next(&lost, Timestamp::UNIX_EPOCH), None);
    assert_eq!(last(&lost, Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH + 48.hours()), None);
}

#[test]
fn clocks_that_go_back_over_midnight_hide_no_due_time() {
    // At 00:01 on 7 November 2010 they showed 23:01 of the day before again.
    let at = vec![TimeOfDay::new(0, 0).unwrap()];
    let zone = "America/St_Johns".to_owned();
    let daily = Recurrence { every: Every::Day, on: Vec::new(), at, zone };
    let due: Timestamp = "2010-11-07T02:30:00Z".parse().unwrap();
    assert_eq!(last(&daily, due - 12.hours(), due + 30.minutes()), Some((due, 1)));
    assert_eq!(next(&daily, due + 30.minutes()), Some("2010-11-08T03:30:00Z".parse().unwrap()));
}
