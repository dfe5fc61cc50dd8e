//! The address rules: the table of docs/rules/email.json, and properties over any text.

use proptest::prelude::*;
use segue_engine::model::{Address, AddressProblem};
use serde_json::Value;

const RULES: &str = include_str!("../../docs/rules/email.json");

fn key(raw: &str) -> Result<String, AddressProblem> {
    Address::parse(raw).map(|address| address.key)
}

#[test]
fn the_table_holds() {
    let rules: Value = serde_json::from_str(RULES).unwrap();
    let cases = rules["cases"].as_array().unwrap();
    assert!(cases.len() >= 60, "{}", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let raw = case["address"].as_str().unwrap();
        let found = match Address::parse(raw) {
            Ok(address) => {
                assert_eq!(address.sent, raw.trim());
                format!("ok {}", address.key)
            }
            Err(problem) => problem.code().to_owned(),
        };
        let wanted = match case["verdict"].as_str().unwrap() {
            "ok" => format!("ok {}", case["key"].as_str().unwrap()),
            reason => reason.to_owned(),
        };
        if found != wanted {
            wrong.push(format!("{raw:?}: {found}, not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_reason_has_words_and_the_order_of_the_file() {
    let rules: Value = serde_json::from_str(RULES).unwrap();
    let codes: Vec<&str> =
        rules["reasons"].as_array().unwrap().iter().map(|r| r[0].as_str().unwrap()).collect();
    assert_eq!(codes, AddressProblem::ALL.map(AddressProblem::code));
    for problem in AddressProblem::ALL {
        assert!(problem.words().ends_with('.'), "{problem:?}");
    }
}

#[test]
fn debug_shows_no_address() {
    let shown = format!("{:?}", Address::parse("asa@example.se").unwrap());
    assert!(!shown.contains("asa"), "{shown}");
}

#[test]
fn the_buffer_of_the_caller_is_used_again() {
    let mut key = String::new();
    assert_eq!(Address::parse_into(" A@B.se ", &mut key), Ok("A@B.se"));
    assert_eq!(key, "a@b.se");
    assert_eq!(Address::parse_into("C@D.se", &mut key), Ok("C@D.se"));
    assert_eq!(key, "c@d.se");
}

proptest! {
    #[test]
    fn any_text_has_a_verdict(raw in any::<String>()) {
        prop_assert!(key(&raw).is_ok() || key(&raw).is_err());
    }

    #[test]
    fn a_key_is_its_own_key(raw in "[ ]?[A-Za-zÅÄÖåäöİΣςßÉéK\u{301}\u{30a}.+'_-]{1,12}@[A-Za-zÅåÖüß\u{308}0-9.-]{1,12}\\.(se|com|рф|museum)[ ]?") {
        if let Ok(first) = key(&raw) {
            prop_assert_eq!(key(&first), Ok(first.clone()));
        }
    }

    #[test]
    fn what_is_taken_from_any_text_is_its_own_key(raw in "\\PC{1,10}@\\PC{1,10}\\.[a-z]{2,3}") {
        if let Ok(first) = key(&raw) {
            prop_assert_eq!(key(&first), Ok(first.clone()));
        }
    }

    #[test]
    fn case_blanks_and_normal_form_do_not_matter(local in "[a-zåäöé0-9]{1,10}", domain in "[a-zåäö]{1,10}") {
        use unicode_normalization::UnicodeNormalization;
        let plain = format!("{local}@{domain}.example");
        let wanted = key(&plain);
        prop_assert!(wanted.is_ok());
        prop_assert_eq!(key(&plain.to_uppercase()), wanted.clone());
        prop_assert_eq!(key(&format!("\u{a0} {plain}\r\n")), wanted.clone());
        let apart: String = plain.nfd().collect();
        prop_assert_eq!(key(&apart), wanted);
    }

    #[test]
    fn the_email_address_crate_agrees_with_what_is_taken(raw in "[a-zA-Z0-9.+_'-]{1,20}@[a-zA-Z0-9.-]{1,20}\\.[a-z0-9]{1,4}") {
        if let Ok(key) = key(&raw) {
            prop_assert!(email_address::EmailAddress::is_valid(&key), "{}", key);
        }
    }
}
