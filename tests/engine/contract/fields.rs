//! Fields: those that are listed take the values that are made for them; nothing else can be sent.

use segue_engine::error::Code;
use segue_engine::model::{AccountField, FieldType, Target};
use serde_json::{Map, Value};

use super::trial::{Trial, accepted, call, is_taken, row};
use segue_engine::destination::Row;

const WHO: &str = "a@example.com";

/// Two cells that every field of this type takes.
fn cells(field: &AccountField) -> [String; 2] {
    let [first, .., last] = field.choices.as_slice() else {
        return match field.kind {
            FieldType::Text | FieldType::Choice => ["Åsa \"A\" \\ <b>", "0701"],
            FieldType::LongText => ["one\r\ntwo\tåäö", "three"],
            FieldType::Integer => ["-42", "0"],
            FieldType::Float => ["1.5", "-2e3"],
            FieldType::Decimal => ["12.345", "-1"],
            FieldType::Boolean => ["true", "false"],
            FieldType::Date => ["2024-02-29", "1970-01-01"],
            FieldType::Time => ["2024-02-29T10:00:00+01:00", "1999-12-31T23:59:59Z"],
            FieldType::Phone => ["+46 70 123 45 60", "+1 202-555-0100"],
            FieldType::Place => ["Malmö", "Paris"],
            FieldType::Choices => ["any;other", "other"],
        }
        .map(str::to_owned);
    };
    match field.kind {
        FieldType::Choices => [field.choices.join(";"), last.clone()],
        _ => [first.clone(), last.clone()],
    }
}

/// Fields of a row, as the matching makes them.
fn told<'a>(fields: impl Iterator<Item = (&'a AccountField, Value)>) -> String {
    Value::Object(fields.map(|(field, value)| (field.target.to_string(), value)).collect()).to_string()
}

async fn send(trial: &Trial, fields: &[AccountField], told: &str) {
    let rows = [Row { fields: Some(told), ..row(WHO) }];
    let answers = accepted(trial.upsert(&call(&rows), fields).await, "somebody with fields");
    assert!(answers.iter().all(is_taken), "{answers:?}");
}

pub(crate) async fn those_of_the_account_are_listed(trial: Trial) {
    let made = trial.stage.define();
    let fields = trial.fields().await;
    assert_eq!(fields.iter().filter(|field| field.target.is_email()).count(), 1, "the address is a field");
    for name in &made {
        let target = Target::Custom(name.clone());
        assert!(fields.iter().any(|field| field.target == target), "{name} was made and is not listed");
    }
    for (at, field) in fields.iter().enumerate() {
        assert_eq!(trial.product().unusable(&field.target), None, "{} is listed", field.target);
        assert!(!field.key.is_empty(), "{} travels under a key", field.target);
        let twice = fields[..at].iter().any(|one| one.target == field.target || one.key == field.key);
        assert!(!twice, "{} is listed once", field.target);
    }
}

pub(crate) async fn each_takes_its_values_and_lets_them_go(trial: Trial) {
    trial.stage.define();
    let fields = trial.fields().await;
    let mine = || fields.iter().filter(|field| !field.target.is_email());
    for round in [0, 0, 1] {
        let made = |field: &AccountField| -> Value {
            let value = trial.product().value(&cells(field)[round], field);
            let value = value.unwrap_or_else(|misfit| panic!("{}: {misfit:?}", field.target));
            serde_json::from_str(&value).unwrap()
        };
        send(&trial, &fields, &told(mine().map(|field| (field, made(field))))).await;
        let stored = trial.person(WHO).fields;
        for field in mine() {
            let found = stored.get(&field.key);
            assert_eq!(found, Some(&made(field)), "{} in the account, and nothing of before", field.target);
        }
        assert_eq!(stored.len(), mine().count(), "nothing else was stored: {stored:?}");
    }
    let stored = trial.person(WHO).fields;
    send(&trial, &fields, "{}").await;
    assert_eq!(trial.person(WHO).fields, stored, "what is not sent stays");
    let blank = |field: &AccountField| serde_json::from_str(trial.product().blank(field.kind)).unwrap();
    send(&trial, &fields, &told(mine().map(|field| (field, blank(field))))).await;
    let left = trial.person(WHO);
    assert!(left.fields.is_empty(), "blank clears: {:?}", left.fields);
    assert_eq!(left.email, WHO);
}

pub(crate) async fn no_field_takes_what_it_is_not(trial: Trial) {
    trial.stage.define();
    for field in trial.fields().await {
        let misfit = trial.product().value("a\u{0}b", &field).expect_err("a control character");
        assert!(!misfit.reason.is_empty(), "{} says why", field.target);
        let reason = |cell: &str| trial.product().value(cell, &field).map_err(|misfit| misfit.reason);
        match field.kind {
            FieldType::Integer | FieldType::Float | FieldType::Decimal => {
                for cell in ["1 000", "0x1", "1,5", "twelve", "007"] {
                    assert!(reason(cell).is_err(), "{cell} in {}", field.target);
                }
            }
            FieldType::Boolean | FieldType::Date | FieldType::Time | FieldType::Phone => {
                assert!(reason("perhaps").is_err(), "{}", field.target);
            }
            FieldType::Choice | FieldType::Choices if !field.choices.is_empty() => {
                assert!(reason("none of them").is_err(), "{}", field.target);
            }
            _ => {}
        }
    }
}

pub(crate) async fn nothing_but_fields_of_the_account_is_sent(trial: Trial) {
    trial.stage.define();
    let (product, fields) = (trial.product(), trial.fields().await);
    let permission = Target::Standard(trial.stage.permission().to_owned());
    let why = product.unusable(&permission).expect("no export can opt anybody in or out");
    assert!(why.ends_with('.'), "a sentence: {why}");
    let permitting = AccountField::new(permission.clone(), FieldType::Boolean, permission.to_string());
    let known: Map<String, Value> = Map::from_iter([(permission.to_string(), Value::Bool(true))]);
    for (told, fields) in [
        ("{", fields.clone()),
        ("[]", fields.clone()),
        ("{\"no such field\":\"secret\"}", fields.clone()),
        ("{\"custom:no such field\":\"secret\"}", fields.clone()),
        (&*Value::Object(known.clone()).to_string(), fields.clone()),
        (&*Value::Object(known.clone()).to_string(), vec![permitting]),
    ] {
        let rows = [Row { fields: Some(told), ..row(WHO) }];
        let error = product.upsert(&call(&rows), &fields).expect_err(told);
        assert_eq!(error.code, Code::Internal, "{told}");
        let words = format!("{error:?}");
        assert!(!words.contains(WHO) && !words.contains("secret"), "no personal data: {words}");
    }
}
