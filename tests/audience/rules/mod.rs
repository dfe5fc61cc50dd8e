//! Rules in JSON: what each operator means, and what is refused.

mod naive;
mod random;
mod refused;

use std::collections::HashMap;

use segue_audience::Settings;
use segue_engine::model::SegmentRule;
use serde_json::{Value, json};

use self::naive::{COLUMNS, Row, is_member};
use crate::support::{Folder, as_of, flags, tiny};

/// An audience of these rows, with their numbers for a key.
pub(crate) fn table(rows: &[Row], settings: Settings) -> Folder {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(std::iter::once("CustomerId").chain(COLUMNS.map(|(name, _)| name))).unwrap();
    for (place, row) in rows.iter().enumerate() {
        writer.write_record(std::iter::once(place.to_string()).chain(row.clone())).unwrap();
    }
    let mut folder = Folder::with(settings).file("a.csv", writer.into_inner().unwrap());
    folder.files.delimiter = Some(',');
    folder.files.encoding = Some("utf-8".to_owned());
    folder
}

/// Five people; `e` has nothing but a name.
fn people() -> Vec<Row> {
    [
        ["Anna", "0701", "3", "10.5", "true", "1990-05-17", "2026-06-15T10:00:00Z"],
        ["anna b", "701", "0", "-1", "false", "2000-02-29", "2026-05-01 08:00:00Z"],
        ["Åsa_%", "00", "12", "0.5", "true", "2026-06-15", "2025-12-31T23:30:00Z"],
        ["O'Neil", "12345", "-2", "3", "false", "9999-12-31", "2026-06-16T10:00:30Z"],
        ["ÅSA", "", "", "", "", "", ""],
    ]
    .map(|row| row.map(str::to_owned))
    .into()
}

fn rule_of(leaf: &Value) -> Value {
    json!({ "rowsets": [{ "rowsetOperation": "none", "criteria": leaf }] })
}

/// Attribute, operator, what stands beside it, and the members.
#[allow(clippy::too_many_lines)]
fn rows() -> Vec<(&'static str, &'static str, Value, &'static str)> {
    let value = |value: Value| json!({ "value": value });
    let list = |list: Value| json!({ "listOfValues": list });
    let fold = |text: &str| json!({ "value": text, "ignoreCase": true });
    let none = || json!({});
    vec![
        ("Orders", "isNull", none(), "e"),
        ("Orders", "isNotNull", none(), "abcd"),
        ("Zip", "isNull", none(), "e"),
        ("Name", "equals", value(json!("Anna")), "a"),
        ("Name", "equals", fold("åsa"), "e"),
        ("Zip", "equals", value(json!("701")), "b"),
        ("Orders", "equals", value(json!(3)), "a"),
        ("Spent", "equals", value(json!(3)), "d"),
        ("Active", "equals", value(json!(true)), "ac"),
        ("Born", "equals", value(json!("2000-02-29")), "b"),
        ("Seen", "equals", value(json!("2026-06-15T12:00:00+02:00")), "a"),
        ("Zip", "notEquals", value(json!("0701")), "bcd"),
        ("Orders", "notEquals", value(json!(3)), "bcd"),
        ("Active", "notEquals", value(json!(true)), "bd"),
        ("Name", "contains", value(json!("sa")), "c"),
        ("Name", "contains", fold("SA"), "ce"),
        ("Name", "contains", value(json!("_%")), "c"),
        ("Name", "contains", value(json!("'")), "d"),
        ("Name", "startsWith", fold("ANNA"), "ab"),
        ("Name", "startsWith", value(json!("Å")), "ce"),
        ("Name", "startsWith", value(json!("_")), ""),
        ("Name", "endsWith", value(json!("%")), "c"),
        ("Name", "endsWith", value(json!("a")), "a"),
        ("Name", "isIn", list(json!(["Anna", "ÅSA", "x"])), "ae"),
        ("Name", "isIn", json!({ "listOfValues": ["ANNA", "åsa"], "ignoreCase": true }), "ae"),
        ("Orders", "isIn", list(json!([0, 3.0, 7.5])), "ab"),
        ("Born", "isIn", list(json!(["1990-05-17", "2026-06-15T00:00:00Z"])), "ac"),
        ("Orders", "greaterThan", value(json!(2.5)), "ac"),
        ("Orders", "greaterThan", value(json!(3)), "c"),
        ("Born", "greaterThan", value(json!("2026-06-15")), "d"),
        ("Born", "greaterThan", value(json!("2026-06-14T23:59:59Z")), "cd"),
        ("Orders", "greaterThanOrEqualTo", value(json!(3)), "ac"),
        ("Spent", "lessThan", value(json!(0.5)), "b"),
        ("Spent", "lessThanOrEqualTo", value(json!(0.5)), "bc"),
        ("Seen", "lessThan", value(json!("2026-01-01")), "c"),
        ("Orders", "isBetween", list(json!([0, 3])), "ab"),
        ("Orders", "isBetween", list(json!([3, 0])), ""),
        ("Born", "isBetween", list(json!(["2000-02-29", "2026-06-15"])), "bc"),
        ("Orders", "isNotBetween", list(json!([0, 3])), "cd"),
        ("Seen", "isWithinLast", value(json!("3 hours")), "a"),
        ("Seen", "isWithinLast", value(json!({ "amount": 2, "unit": "months" })), "ab"),
        ("Born", "isWithinLast", value(json!("1 days")), "c"),
        ("Born", "isWithinLast", value(json!({ "amount": 40, "unit": "years" })), "abc"),
        ("Seen", "isWithinLast", value(json!("24 weeks")), "abc"),
        ("Seen", "yearToDate", none(), "ab"),
        ("Born", "yearToDate", none(), "c"),
        ("Born", "dayOf", value(json!(29)), "b"),
        ("Seen", "monthOf", value(json!(12)), "c"),
        ("Born", "yearOf", value(json!(9999)), "d"),
        ("Born", "dayOfWeek", value(json!(1)), "c"),
        ("Seen", "dayOfWeek", value(json!(5)), "b"),
        ("Seen", "timeAt", value(json!("10:00")), "ad"),
        ("Seen", "timeAt", value(json!("10:00:30")), "d"),
    ]
}

#[tokio::test]
async fn each_operator_selects_what_it_says() {
    let people = people();
    let folder = table(&people, tiny());
    let source = folder.open().await.unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for (attribute, operator, beside, expected) in rows() {
        let mut leaf = json!({ "attribute": attribute, "comparisonOperator": operator });
        leaf.as_object_mut().unwrap().extend(beside.as_object().unwrap().clone());
        let rule = rule_of(&leaf);
        let segment = SegmentRule::json(rule.to_string());
        source.check(&segment).await.unwrap();
        let found: HashMap<String, Vec<bool>> = flags(&source, vec![segment]).await.unwrap();
        let letters = |is: &dyn Fn(usize) -> bool| -> String {
            "abcde".chars().enumerate().filter(|(at, _)| is(*at)).map(|(_, letter)| letter).collect()
        };
        assert_eq!(letters(&|at| found.contains_key(&at.to_string())), expected, "ours: {rule}");
        let naive: Vec<bool> = people
            .iter()
            .map(|row| {
                // The naive reader knows one form of a moment.
                let mut row = row.clone();
                row[6] = row[6].replace(' ', "T");
                is_member(&rule, &row, as_of())
            })
            .collect();
        assert_eq!(letters(&|at| naive[at]), expected, "the naive one: {rule}");
        seen.insert(operator);
    }
    assert_eq!(seen.len(), 21, "a row for each operator");
}

#[tokio::test]
async fn a_value_may_be_written_as_people_write_it() {
    let folder = table(&people(), tiny());
    let source = folder.open().await.unwrap();
    for (attribute, operator, value) in [
        ("orders", "equals", json!("3")),
        ("customer.Name", "equals", json!("Anna")),
        ("Active", "equals", json!("TRUE")),
        ("Born", "monthOf", json!("May")),
        ("Born", "dayOfWeek", json!("thursday")),
        ("Seen", "isWithinLast", json!("1 day")),
    ] {
        let leaf = json!({ "attribute": attribute, "comparisonOperator": operator, "value": value });
        let segment = SegmentRule::json(rule_of(&leaf).to_string());
        assert!(flags(&source, vec![segment]).await.unwrap().contains_key("0"), "{leaf}");
    }
}
