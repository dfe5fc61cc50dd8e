//! Rules that cannot be used, and texts that would like to be more than values.

use std::fmt::Write as _;

use segue_engine::error::Code;
use segue_engine::model::SegmentRule;
use serde_json::{Value, json};

use super::{people, rule_of, table};
use crate::support::{flags, tiny};

fn leaf(attribute: &str, operator: &str, value: impl Into<Value>) -> Value {
    json!({ "attribute": attribute, "comparisonOperator": operator, "value": value.into() })
}

/// A rule nested so deep: one group in the other, a leaf at the end.
fn nested(depth: usize, beside: &str) -> String {
    let mut text = r#"{"attribute":"Orders","comparisonOperator":"isNotNull"}"#.to_owned();
    for level in 1..depth {
        let join = if level % 2 == 0 { "and" } else { "or" };
        text = format!(r#"{{"logicalOperator":"{join}","childCriterias":[{beside}{text}]}}"#);
    }
    format!(r#"{{"rowsets":[{{"criteria":{text}}}]}}"#)
}

#[tokio::test]
async fn each_in_its_own_words() {
    let folder = table(&people(), tiny());
    let source = folder.open().await.unwrap();
    let two = |second: Value| {
        json!({ "rowsets": [{ "criteria": leaf("Orders", "equals", json!(3)) }, second] }).to_string()
    };
    let one = |leaf: Value| rule_of(&leaf).to_string();
    let good = leaf("Orders", "equals", json!(3));
    let rules = [
        String::new(),
        "{\"rowsets\": [\n  {,}]}".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        r#"{"rowsets":[]}"#.to_owned(),
        r#"{"rowsets":[{}]}"#.to_owned(),
        r#"{"rowsets":[{"criteria":{}}]}"#.to_owned(),
        r#"{"rowsets":[{"criteria":{"attribute":"a","attribute":"b"}}]}"#.to_owned(),
        json!({ "type": "manual", "rowsets": [] }).to_string(),
        json!({ "segmentationQuerySql": "select 1", "rowsets": [] }).to_string(),
        json!({ "hierarchies": ["x"], "rowsets": [] }).to_string(),
        json!({ "__proto__": { "x": 1 }, "rowsets": [] }).to_string(),
        two(json!({ "rowsetOperation": "union", "criteria": good, "paths": [["a"]] })),
        two(json!({ "criteria": good })),
        two(json!({ "rowsetOperation": "minus", "criteria": good })),
        json!({ "rowsets": [{ "rowsetOperation": "except", "criteria": good }] }).to_string(),
        two(json!({ "rowsetOperation": "union", "criteria": {
            "logicalOperator": "and", "childCriterias": [leaf("Nowhere", "equals", json!("x")), good] } })),
        one(json!({ "childCriterias": [good, good] })),
        one(json!({ "logicalOperator": "xor", "childCriterias": [good, good] })),
        one(json!({ "attribute": "Orders", "childCriterias": [good] })),
        one(json!({ "attribute": "Orders" })),
        one(leaf("Order", "equals", json!(3))),
        one(leaf("Orders", "childOf", json!(3))),
        one(leaf("Orders", "any", json!(3))),
        one(leaf("Orders", "Equals", json!(3))),
        one(leaf("Orders", "like", json!(3))),
        one(leaf("Orders", "isNull", json!(3))),
        one(leaf("Orders", "isBetween", json!(3))),
        one(json!({ "attribute": "Orders", "comparisonOperator": "isIn", "listOfValues": [1, "two"] })),
        one(leaf("Orders", "equals", json!("three"))),
        one(leaf("Orders", "contains", json!("3"))),
        one(leaf("Zip", "greaterThan", json!("07"))),
        one(leaf("Zip", "equals", json!(701))),
        one(leaf("Active", "equals", json!("yes"))),
        one(leaf("Born", "equals", json!("17/5/1990"))),
        one(leaf("Born", "dayOf", json!(32))),
        one(leaf("Born", "timeAt", json!("10:00"))),
        one(leaf("Seen", "timeAt", json!("25:00"))),
        one(leaf("Born", "isWithinLast", json!("20 fortnights"))),
        one(leaf("Born", "isWithinLast", json!("20 hours"))),
        one(json!({ "attribute": "Name", "comparisonOperator": "equals", "value": "x", "isTime": true })),
        one(json!({ "attribute": "Name", "comparisonOperator": "equals", "value": "x", "ignoreCase": "no" })),
    ];
    let mut said = String::new();
    for rule in &rules {
        let error = source.check(&SegmentRule::json(rule.as_str())).await.unwrap_err();
        assert_eq!(error.code, Code::BadPredicate, "{rule}");
        writeln!(said, "{rule}\n  {}\n  {}\n", error.message, error.help).unwrap();
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn limits() {
    let folder = table(&people(), tiny());
    let source = folder.open().await.unwrap();
    let leaf = r#"{"attribute":"Orders","comparisonOperator":"isNull"}"#;
    let many = |count: usize| {
        let leaves = vec![leaf; count].join(",");
        format!(r#"{{"rowsets":[{{"criteria":{{"logicalOperator":"or","childCriterias":[{leaves}]}}}}]}}"#)
    };
    let beside = |count: usize| format!("{leaf},").repeat(count);
    let rowsets = |count: usize| {
        let rowset = format!(r#"{{"rowsetOperation":"union","criteria":{leaf}}}"#);
        format!(r#"{{"rowsets":[{}]}}"#, vec![rowset; count].join(","))
    };
    for rule in [
        nested(65, ""),
        nested(10_000, ""),
        nested(64, &beside(40)),
        many(2_000),
        rowsets(65),
        " ".repeat((1 << 20) + 1),
    ] {
        let error = source.check(&SegmentRule::json(rule.as_str())).await.unwrap_err();
        assert_eq!(error.code, Code::BadPredicate);
        assert!(error.message.len() < 200, "a sentence: {}", error.message);
    }
    for rule in [nested(64, ""), nested(64, &beside(30)), many(1_999), rowsets(64)] {
        flags(&source, vec![SegmentRule::json(rule)]).await.unwrap();
    }
    // As deep and as wide as a rule can be at once, taken away from everybody again and again.
    let criteria = nested(60, &beside(2));
    let criteria = criteria.strip_prefix(r#"{"rowsets":["#).unwrap().strip_suffix("]}").unwrap();
    let later = criteria.replacen('{', r#"{"rowsetOperation":"except","#, 1);
    let rule = format!(r#"{{"rowsets":[{criteria},{}]}}"#, vec![later; 10].join(","));
    assert!(flags(&source, vec![SegmentRule::json(rule)]).await.unwrap().is_empty());
}

#[tokio::test]
async fn texts_are_only_ever_values_and_names() {
    let folder = table(&people(), tiny());
    let source = folder.open().await.unwrap();
    let long = "x".repeat(10_000);
    let texts = [
        "'",
        "\"",
        "''",
        "' OR '1'='1",
        "'; DROP TABLE customer; --",
        "--",
        ";",
        "/*",
        "%",
        "_",
        "\\",
        "\\%",
        "ATTACH DATABASE 'x' AS y",
        "load_extension('x')",
        "__proto__",
        "constructor",
        "\u{0}",
        "\u{1b}[31m",
        "\u{202e}",
        "\r\n",
        "(((((((((((",
        "(a+)+$",
        "{{7*7}}",
        "=1+1",
        "$1",
        "?",
        long.as_str(),
    ];
    for text in texts {
        for operator in ["equals", "contains", "startsWith", "endsWith"] {
            let rule = rule_of(&leaf("Name", operator, json!(text))).to_string();
            let found = flags(&source, vec![SegmentRule::json(rule)]).await.unwrap();
            let expected = people().into_iter().filter(|row| match operator {
                "equals" => row[0] == text,
                "contains" => row[0].contains(text),
                "startsWith" => row[0].starts_with(text),
                _ => row[0].ends_with(text),
            });
            assert_eq!(found.len(), expected.count(), "{operator} {text}");
        }
        for rule in [
            rule_of(&leaf(text, "equals", json!("x"))),
            rule_of(&leaf("Name", text, json!("x"))),
            rule_of(&leaf("Orders", "equals", json!(text))),
            rule_of(&leaf("Born", "isWithinLast", json!(text))),
            rule_of(&json!({ "attribute": "Name", "comparisonOperator": "isNull", text: 1 })),
        ] {
            let error = source.check(&SegmentRule::json(rule.to_string())).await.unwrap_err();
            assert_eq!(error.code, Code::BadPredicate);
            assert!(!error.message.chars().any(char::is_control), "on one line: {:?}", error.message);
            assert!(error.message.chars().count() < 300, "a sentence: {}", error.message);
        }
    }
    let values: Vec<String> = (0..10_000).map(|number| format!("{number}'")).collect();
    let leaf = json!({ "attribute": "Name", "comparisonOperator": "isIn", "listOfValues": values });
    assert!(flags(&source, vec![SegmentRule::json(rule_of(&leaf).to_string())]).await.unwrap().is_empty());
}
