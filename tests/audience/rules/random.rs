//! Random rules over random rows select the same people by both.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use segue_audience::Settings;
use segue_engine::model::SegmentRule;
use serde_json::{Value, json};

use super::naive::{COLUMNS, Kind, Row, is_member};
use super::table;
use crate::support::{as_of, flags, tiny};

const NAMES: [&str; 22] = [
    "Anna",
    "anna",
    "ANNA",
    "An",
    "nna",
    "Åsa",
    "åSA",
    "a\u{30a}sa",
    "O'Neil",
    "%",
    "_",
    "a_b",
    "a%b",
    "axb",
    "ß",
    "SS",
    "İ",
    "ΑΣ",
    "ας",
    "🦀",
    "x\\",
    "'; -- ",
];
const ZIPS: [&str; 6] = ["0701", "701", "00", "0", "07", "12345"];
const DAYS: [&str; 9] = [
    "1990-05-17",
    "2000-02-29",
    "2026-06-15",
    "2026-06-16",
    "2026-05-15",
    "2025-12-31",
    "2026-01-01",
    "0001-01-01",
    "9999-12-31",
];
const MOMENTS: [&str; 10] = [
    "2026-06-15T12:30:00Z",
    "2026-06-15T12:30:01Z",
    "2026-06-15T12:29:59.999999Z",
    "2026-06-15T00:00:00Z",
    "2026-01-01T00:00:00+02:00",
    "2026-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "2026-05-15T12:30:00Z",
    "2026-06-14T12:30:00Z",
    "2025-06-15T14:30:00+02:00",
];
const TIMES: [&str; 5] = ["12:30", "12:30:00", "00:00", "23:59:59", "14:30"];
const UNITS: [&str; 5] = ["hours", "days", "weeks", "months", "years"];

fn owned(all: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(all).prop_map(str::to_owned)
}

/// A cell of this column.
fn cell(place: usize) -> BoxedStrategy<String> {
    let filled = match place {
        0 => prop_oneof![4 => owned(&NAMES), 1 => "\\PC{1,4}"].boxed(),
        1 => owned(&ZIPS).boxed(),
        2 => (-3..6_i64).prop_map(|number| number.to_string()).boxed(),
        3 => (-6..9_i32)
            .prop_map(|number| (f64::from(number) / 2.0).to_string())
            .prop_filter("no cell is -0", |text| text != "-0")
            .boxed(),
        4 => any::<bool>().prop_map(|truth| truth.to_string()).boxed(),
        5 => owned(&DAYS).boxed(),
        _ => owned(&MOMENTS).boxed(),
    };
    prop_oneof![5 => filled, 1 => owned(&["", " "])].boxed()
}

/// A value to compare this column with.
fn value(place: usize) -> BoxedStrategy<Value> {
    match place {
        0 => prop_oneof![6 => cell(0), 1 => "\\PC{0,2}"].prop_map(Value::from).boxed(),
        1 => owned(&ZIPS).prop_map(Value::from).boxed(),
        2 | 3 => prop_oneof![
            (-3..6_i64).prop_map(Value::from),
            (-5..9_i32).prop_map(|n| json!(f64::from(n) / 2.0))
        ]
        .boxed(),
        4 => any::<bool>().prop_map(Value::from).boxed(),
        _ => prop_oneof![owned(&DAYS), owned(&MOMENTS)].prop_map(Value::from).boxed(),
    }
}

/// A leaf with any operator that suits its column.
fn leaf() -> impl Strategy<Value = Value> {
    let column = |place: usize| {
        let (name, kind) = COLUMNS[place];
        let mut operators = vec!["isNull", "isNotNull", "equals", "notEquals", "isIn"];
        match kind {
            Kind::Text => operators.extend(["contains", "startsWith", "endsWith"]),
            Kind::Truth => {}
            Kind::Number | Kind::Day | Kind::Moment => operators.extend([
                "greaterThan",
                "greaterThanOrEqualTo",
                "lessThan",
                "lessThanOrEqualTo",
                "isBetween",
                "isNotBetween",
            ]),
        }
        if matches!(kind, Kind::Day | Kind::Moment) {
            operators.extend(["isWithinLast", "yearToDate", "dayOf", "monthOf", "yearOf", "dayOfWeek"]);
        }
        if kind == Kind::Moment {
            operators.push("timeAt");
        }
        let units = if kind == Kind::Day { &UNITS[1..] } else { &UNITS[..] };
        (
            select(operators),
            vec(value(place), 2..4),
            any::<bool>(),
            1..=31_u32,
            select(units),
            select(&TIMES[..]),
        )
            .prop_map(move |(operator, values, flag, number, unit, time)| {
                let mut leaf = json!({ "attribute": name, "comparisonOperator": operator });
                match operator {
                    "isNull" | "isNotNull" | "yearToDate" => {}
                    "isIn" => leaf["listOfValues"] = values.into(),
                    "isBetween" | "isNotBetween" => leaf["listOfValues"] = values[..2].into(),
                    "isWithinLast" if flag => leaf["value"] = json!({ "amount": number, "unit": unit }),
                    "isWithinLast" => leaf["value"] = format!("{number} {unit}").into(),
                    "dayOf" => leaf["value"] = number.into(),
                    "monthOf" => leaf["value"] = (number % 12 + 1).into(),
                    "yearOf" => leaf["value"] = [1, 1969, 1990, 2025, 2026, 9999][number as usize % 6].into(),
                    "dayOfWeek" => leaf["value"] = (number % 7 + 1).into(),
                    "timeAt" => leaf["value"] = time.into(),
                    _ => leaf["value"] = values[0].clone(),
                }
                if flag {
                    leaf["ignoreCase"] = true.into();
                }
                leaf
            })
            .boxed()
    };
    Union::new((0..COLUMNS.len()).map(column))
}

fn criteria() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 12, 4, |inner| {
        (vec(inner, 1..4), select(&["and", "or"][..]))
            .prop_map(|(children, join)| json!({ "logicalOperator": join, "childCriterias": children }))
    })
}

fn rule() -> impl Strategy<Value = Value> {
    let later = select(&["union", "include", "intersect", "except", "exclude"][..]);
    let first = (criteria(), select(&["none", "union"][..]));
    (first, vec((criteria(), later), 0..3)).prop_map(|((criteria, operation), rest)| {
        let rowsets: Vec<Value> = std::iter::once((criteria, operation))
            .chain(rest)
            .map(|(criteria, operation)| json!({ "rowsetOperation": operation, "criteria": criteria }))
            .collect();
        json!({ "rowsets": rowsets })
    })
}

/// Rows of which the first settles the type of each column.
fn rows() -> impl Strategy<Value = Vec<Row>> {
    let first = ["Anna", "0701", "3", "0.5", "true", "1990-05-17", "2026-06-15T12:30:00Z"].map(str::to_owned);
    let row: [BoxedStrategy<String>; 7] = std::array::from_fn(cell);
    vec(row, 1..12).prop_map(move |mut rows| {
        rows.insert(0, first.clone());
        rows
    })
}

/// Rules in a case: the plan of a query is made once for all of them.
const RULES: usize = 50;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, max_shrink_iters: 300, rng_seed: prop::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn both_select_the_same(rows in rows(), rules in vec(rule(), RULES)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let segments: Vec<SegmentRule> = rules.iter().map(|rule| SegmentRule::json(rule.to_string())).collect();
        let found = runtime.block_on(async {
            let folder = table(&rows, Settings { batch: 4, ..tiny() });
            let source = folder.open().await.unwrap();
            flags(&source, segments).await.unwrap()
        });
        for (place, row) in rows.iter().enumerate() {
            let key = place.to_string();
            for (at, rule) in rules.iter().enumerate() {
                let ours = found.get(&key).is_some_and(|flags| flags[at]);
                prop_assert_eq!(ours, is_member(rule, row, as_of()), "{:?} in {}", row, rule);
            }
        }
    }
}
