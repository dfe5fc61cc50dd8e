//! A year of every shape of schedule in five zones, compared to the second with `year.py`, which knows nothing
//! of the engine.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use jiff::{Timestamp, ToSpan as _};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use segue_engine::model::{Day, Every, Recurrence, TimeOfDay};
use segue_engine::schedule::{check, last, next};
use serde::Serialize;

/// One that puts its clocks an hour on at 02:00, one at another time of the year's calendar, one that puts them
/// on half an hour in October, one on the half hour that never does, and the one that all go by.
const ZONES: [&str; 5] =
    ["Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"];

/// The ends of a day, and all around the hours that are skipped or come twice.
const TIMES: [&str; 15] = [
    "00:00", "00:59", "01:00", "01:30", "01:45", "01:59", "02:00", "02:15", "02:29", "02:30", "02:45",
    "02:59", "03:00", "12:00", "23:59",
];

/// Sets whose times fall into one gap or one doubled hour, lie on both sides of it, or are an ordinary day's.
const SETS: [&[&str]; 9] = [
    &["02:15", "02:45"],
    &["02:00", "02:30"],
    &["01:30", "01:59"],
    &["00:00", "23:59"],
    &["01:59", "02:00", "03:00"],
    &["02:00", "02:15", "02:30"],
    &["02:00", "02:15", "02:30", "02:45"],
    &["01:00", "01:30", "02:00", "02:30"],
    &["00:00", "02:30", "12:00", "23:59"],
];

/// A schedule, and the year that is looked at: `(from, until]`, in seconds since 1970.
#[derive(Serialize)]
struct Case {
    recurrence: Recurrence,
    from: i64,
    until: i64,
}

#[test]
fn a_year_of_every_shape_is_due_to_the_second() {
    let cases = cases();
    let expected = expected(&cases);
    assert_eq!(cases.len(), expected.len());
    let pairs: Vec<(&Case, &Vec<i64>)> = cases.iter().zip(&expected).collect();
    let walked: usize = thread::scope(|scope| {
        let parts: Vec<_> = pairs
            .chunks(pairs.len().div_ceil(2))
            .enumerate()
            .map(|(seed, part)| scope.spawn(move || compare(part, seed as u64)))
            .collect();
        parts.into_iter().map(|part| part.join().unwrap()).sum()
    });
    let instants: usize = expected.iter().map(Vec::len).sum();
    println!("{} schedules with {instants} due times agree; {walked} were found one by one", cases.len());
    assert!(cases.len() >= 3000 && instants >= 500_000 && walked >= 150_000, "enough was compared");
}

/// Compares each, and gives how many due times `next` was asked for.
fn compare(pairs: &[(&Case, &Vec<i64>)], seed: u64) -> usize {
    let mut random = StdRng::seed_from_u64(seed);
    let mut asked = 0;
    for (case, expected) in pairs {
        let Case { recurrence, from, until } = case;
        // All of the year at once: how many, and the last of them.
        same_last(recurrence, (*from, *until), expected);
        for _ in 0..3 {
            let one = random.random_range(*from..=*until);
            let other = random.random_range(*from..=*until);
            same_last(recurrence, (one.min(other), one.max(other)), expected);
        }
        // The edges of an interval: a due time belongs to the one that it ends.
        let edges = (expected[random.random_range(0..expected.len())], *expected.last().unwrap());
        same_last(recurrence, (edges.0.min(edges.1), edges.1), expected);
        asked += walk(recurrence, *from, expected, &near(recurrence, *from, *until, &mut random));
    }
    asked
}

fn same_last(recurrence: &Recurrence, (after, until): (i64, i64), expected: &[i64]) {
    let within: &[i64] = {
        let begin = expected.partition_point(|due| *due <= after);
        let end = expected.partition_point(|due| *due <= until);
        &expected[begin..end]
    };
    let wanted = within.last().map(|due| (second(*due), within.len() as u64));
    let found = last(recurrence, second(after), second(until));
    assert_eq!(found, wanted, "{recurrence:?} in ({}, {}]", second(after), second(until));
}

/// Goes from due time to due time in these parts of the year, and compares each.
fn walk(recurrence: &Recurrence, from: i64, expected: &[i64], parts: &[(i64, i64)]) -> usize {
    let mut asked = 0;
    for (begin, end) in parts {
        let mut at = (*begin).max(from);
        for due in &expected[expected.partition_point(|due| *due <= at)..] {
            let found = next(recurrence, second(at));
            assert_eq!(found, Some(second(*due)), "{recurrence:?} after {}", second(at));
            asked += 1;
            at = *due;
            if at > *end {
                break;
            }
        }
    }
    asked
}

/// The days around every change of the clocks and around the leap day, and a stretch anywhere; of one schedule
/// in six, all of the year.
fn near(recurrence: &Recurrence, from: i64, until: i64, random: &mut StdRng) -> Vec<(i64, i64)> {
    const DAY: i64 = 24 * 3600;
    if random.random_ratio(1, 6) {
        return vec![(from, until)];
    }
    let zone = jiff::tz::TimeZone::get(&recurrence.zone).unwrap();
    let mut middles: Vec<i64> = zone
        .following(second(from))
        .map(|change| change.timestamp().as_second())
        .take_while(|at| *at < until)
        .collect();
    let leap = "2028-02-29T12:00:00Z".parse::<Timestamp>().unwrap().as_second();
    middles.extend(Some(leap).filter(|leap| (from..until).contains(leap)));
    middles.push(random.random_range(from..until));
    middles.iter().map(|middle| (middle - 2 * DAY, middle + DAY)).collect()
}

fn second(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// Every set of days with every set of times in every zone, each in a year that begins anywhere in 2026 or 2027;
/// so that all of both are looked at, and the leap day of 2028 too.
fn cases() -> Vec<Case> {
    let mut random = StdRng::seed_from_u64(6);
    let mut cases = Vec::new();
    for zone in ZONES {
        for _ in 0..2 {
            let mut times: Vec<Vec<TimeOfDay>> = TIMES.iter().map(|at| vec![at.parse().unwrap()]).collect();
            times.extend(SETS.iter().map(|set| set.iter().map(|at| at.parse().unwrap()).collect()));
            times.extend((0..4).map(|_| any_times(&mut random)));
            for at in times {
                for (every, on) in days(&mut random) {
                    let recurrence = Recurrence { every, on, at: at.clone(), zone: zone.to_owned() };
                    cases.push(case(check(&recurrence).unwrap(), &mut random));
                }
            }
        }
    }
    cases
}

fn case(recurrence: Recurrence, random: &mut StdRng) -> Case {
    let earliest: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let from = earliest + i64::from(random.random_range(0..2 * 365 * 24 * 3600_u32)).seconds();
    let until = from + (366 * 24).hours();
    Case { recurrence, from: from.as_second(), until: until.as_second() }
}

/// Every day, each single day, weekdays, the weekend, all seven, and some by chance.
fn days(random: &mut StdRng) -> Vec<(Every, Vec<Day>)> {
    let mut sets: Vec<Vec<Day>> = Day::ALL.map(|day| vec![day]).to_vec();
    sets.extend([Day::ALL[..5].to_vec(), Day::ALL[5..].to_vec(), Day::ALL.to_vec()]);
    for _ in 0..3 {
        let chosen: u8 = random.random_range(1..128);
        sets.push(
            Day::ALL
                .into_iter()
                .enumerate()
                .filter(|(n, _)| chosen >> n & 1 == 1)
                .map(|(_, day)| day)
                .collect(),
        );
    }
    let weekly = sets.into_iter().map(|on| (Every::Week, on));
    weekly.chain([(Every::Day, Vec::new())]).collect()
}

/// One to four times by chance, half of them within the first four hours.
fn any_times(random: &mut StdRng) -> Vec<TimeOfDay> {
    let hours = if random.random() { 4 } else { 24 };
    let many = random.random_range(1..=Recurrence::MOST_TIMES);
    (0..many)
        .map(|_| TimeOfDay::new(random.random_range(0..hours), random.random_range(0..60)).unwrap())
        .collect()
}

/// What Python says of each.
fn expected(cases: &[Case]) -> Vec<Vec<i64>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/engine/schedule/year.py");
    let mut python = Command::new("python3")
        .arg(script)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("python3 is needed for this test: {error}"));
    // It reads all before it writes anything, so neither waits for the other.
    python.stdin.take().unwrap().write_all(&serde_json::to_vec(cases).unwrap()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "year.py failed");
    output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}
