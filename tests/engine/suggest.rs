//! Suggestions for matching: the table of names, what speaks against a name, and what holds for all
//! columns.

use std::collections::HashSet;

use proptest::prelude::*;
use segue_engine::destination::Destination as _;
use segue_engine::destination::autopilot::Autopilot;
use segue_engine::model::{Column, ColumnType, Survey, Target};
use segue_engine::suggest::{Reason, Suggestions, suggest};
use serde_json::Value;

#[test]
fn every_name_of_the_table_finds_its_field() {
    let examples = &table()["examples"];
    let matches = examples["match"].as_array().unwrap();
    assert!(matches.len() >= 60, "there are enough of them: {}", matches.len());
    for pair in matches {
        let (name, target) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
        let found = fields(&of([unseen(name)]));
        assert_eq!(found, [(target.to_owned(), name.to_owned(), Reason::Name)], "{name}");
    }
}

#[test]
fn names_that_only_look_alike_find_nothing() {
    let examples = &table()["examples"];
    let nothing = examples["nothing"].as_array().unwrap();
    assert!(nothing.len() >= 15, "there are enough of them: {}", nothing.len());
    for name in nothing {
        let name = name.as_str().unwrap();
        assert_eq!(fields(&of([unseen(name)])), [], "{name}");
    }
}

#[test]
fn consent_is_the_value_of_those_who_may_be_written_to() {
    for row in table()["examples"]["consent"].as_array().unwrap() {
        let name = row[0].as_str().unwrap();
        let samples: Vec<&str> =
            row[1].as_array().unwrap().iter().map(|sample| sample.as_str().unwrap()).collect();
        let found = of([column(name, ColumnType::Text, &samples)]).only_if;
        let found: Vec<_> =
            found.iter().map(|consent| (consent.column.as_str(), consent.value.as_str())).collect();
        let wanted: Vec<_> = row[2].as_str().map(|value| (name, value)).into_iter().collect();
        assert_eq!(found, wanted, "{row}");
    }
}

#[test]
fn every_field_of_the_account_is_in_the_table_once() {
    let table = table();
    let targets: Vec<&str> = table["targets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|target| target["target"].as_str().unwrap())
        .collect();
    assert_eq!(targets.iter().collect::<HashSet<_>>().len(), 22);
    for target in targets {
        assert_eq!(Autopilot.unusable(&Target::from(target.to_owned())), None, "{target}");
    }
}

#[test]
fn a_column_of_addresses_is_the_address_whatever_its_name() {
    let addresses = ["anna@example.com", "bo@example.com"];
    for name in ["Telefon", "Förnamn", "Kolumn 7", "Company", "Hemsida"] {
        let found = fields(&of([text(name, &addresses)]));
        assert_eq!(found, [("Email".to_owned(), name.to_owned(), Reason::Contents)], "{name}");
    }
    for name in ["OwnerEmail", "Säljarens e-post av säljare", "Referrer email", "old_email", "Handläggare"]
    {
        assert_eq!(fields(&of([text(name, &addresses)])), [], "somebody else's: {name}");
    }
    let half = of([text("Kolumn 7", &["anna@example.com", "Bo"])]);
    assert_eq!(fields(&half), [], "all of them have to be addresses where the name says nothing");
}

#[test]
fn a_name_that_its_contents_deny_is_not_suggested() {
    let denied = [
        text("Email", &["0701234567", "+46 8 123 456"]),
        text("Email", &["yes", "no"]),
        column("E-post", ColumnType::Boolean, &["true", "false"]),
        text("Phone", &["yes"]),
        column("Mobile", ColumnType::Date, &["2024-01-01"]),
        column("FirstName", ColumnType::Integer, &["17"]),
        text("Efternamn", &["070-123 45 67"]),
        column("Company", ColumnType::Integer, &["556677"]),
        Column { filled: 0, ..unseen("Email") },
    ];
    for column in denied {
        let name = column.name.clone();
        assert_eq!(fields(&of([column])), [], "{name}");
    }
}

#[test]
fn the_better_column_wins_and_the_first_of_equals() {
    let found = of([text("Work Email", &["a@example.com"]), text("Email", &["b@example.com"])]);
    assert_eq!(fields(&found)[0].1, "Email", "the more usual name");
    let found = of([text("Kundens e-post", &["a@example.com"]), text("E-postadress", &["b@example.com"])]);
    assert_eq!(fields(&found)[0].1, "E-postadress", "the name without a filler");
    let found = of([text("e-mail", &["a@example.com"]), text("Email", &["b@example.com"])]);
    assert_eq!(fields(&found)[0].1, "e-mail", "the first of equals");
    let found = of([text("Email", &["0701234567"]), text("E-post", &["b@example.com"])]);
    assert_eq!(fields(&found), [("Email".to_owned(), "E-post".to_owned(), Reason::Name)]);
    let found = of([text("Email", &["a@example.com"]), text("Email", &["b@example.com"])]);
    assert_eq!(fields(&found), [], "a name that stands twice cannot be matched");
}

proptest! {
    #[test]
    fn no_column_stands_twice_and_each_is_one_of_the_audience(columns in columns()) {
        let survey = Survey { columns, ..Survey::default() };
        let found = suggest(&survey);
        let mut columns = HashSet::new();
        let mut targets = HashSet::new();
        for field in &found.fields {
            prop_assert!(columns.insert(&field.column), "{} stands twice", field.column);
            prop_assert!(targets.insert(&field.target), "{} stands twice", field.target);
        }
        for consent in &found.only_if {
            prop_assert!(columns.insert(&consent.column), "{} stands twice", consent.column);
            prop_assert!(!consent.value.trim().is_empty());
        }
        for column in columns {
            prop_assert!(survey.columns.iter().any(|of| of.name == *column && of.filled > 0));
        }
        prop_assert_eq!(suggest(&survey), found, "the same columns, the same suggestions");
    }
}

/// Columns with names from the table and others, and cells that fit them or do not.
fn columns() -> impl Strategy<Value = Vec<Column>> {
    let known = table()["examples"]["match"].as_array().unwrap().clone();
    let known: Vec<String> = known.iter().map(|pair| pair[0].as_str().unwrap().to_owned()).collect();
    let name = prop_oneof![
        3 => prop::sample::select(known),
        1 => prop::sample::select(vec!["Newsletter", "OptOut", "Samtycke", "Email Opt-In"]).prop_map(str::to_owned),
        2 => any::<String>(),
    ];
    let sample = prop_oneof![
        prop::sample::select(vec!["anna@example.com", "0701234567", "yes", "No", "1", "", "Anna"])
            .prop_map(str::to_owned),
        any::<String>(),
    ];
    let kind = prop::sample::select(vec![
        ColumnType::Text,
        ColumnType::Text,
        ColumnType::Integer,
        ColumnType::Boolean,
        ColumnType::Date,
    ]);
    let column = (name, kind, 0..3_u64, prop::collection::vec(sample, 0..4))
        .prop_map(|(name, kind, filled, samples)| Column { name, kind, filled, samples });
    prop::collection::vec(column, 0..30)
}

fn table() -> Value {
    serde_json::from_str(include_str!("../../docs/rules/columns.json")).unwrap()
}

fn column(name: &str, kind: ColumnType, samples: &[&str]) -> Column {
    let samples = samples.iter().map(|&sample| sample.to_owned()).collect();
    Column { name: name.to_owned(), kind, filled: 9, samples }
}

fn text(name: &str, samples: &[&str]) -> Column {
    column(name, ColumnType::Text, samples)
}

/// A column of which only the name is known.
fn unseen(name: &str) -> Column {
    text(name, &[])
}

fn of<const N: usize>(columns: [Column; N]) -> Suggestions {
    suggest(&Survey { columns: columns.into(), rows: 9, ..Survey::default() })
}

fn fields(suggestions: &Suggestions) -> Vec<(String, String, Reason)> {
    let of = |field: &segue_engine::suggest::SuggestedField| {
        (field.target.clone(), field.column.clone(), field.reason)
    };
    suggestions.fields.iter().map(of).collect()
}
