//! Segments as rules in a JSON file.

use serde_json::{Value, json};

use crate::harness::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    let file = desk.file("people.csv", "CustomerId,City,Orders\n1,Solna,3\n2,solna,0\n3,Umeå,9\n4,,\n");
    desk.json(&["audience", "add", "files", "Customers", &file]);
    desk
}

const RULE: &str = r#"{
  "rowsets": [
    { "rowsetOperation": "union",
      "criteria": { "attribute": "city", "comparisonOperator": "equals", "value": "SOLNA", "ignoreCase": true } },
    { "rowsetOperation": "except",
      "criteria": { "attribute": "Orders", "comparisonOperator": "equals", "value": 0 } }
  ]
}
"#;

#[test]
fn a_rule_is_added_shown_counted_and_changed() {
    let desk = desk();
    let file = desk.file("rule.json", &format!("\u{feff}{RULE}"));
    let added = desk.json(&["segment", "add", "Solna", "--audience", "Customers", "--rule", &file]);
    let rule: Value = serde_json::from_str(RULE).unwrap();
    let shown = |segment: &Value| json!([segment["kind"], segment["predicate"], segment["rule"]]);
    assert_eq!(shown(&added), json!(["rule", null, rule]));
    assert_eq!(shown(&desk.json(&["segment", "list"])[0]), json!(["rule", null, rule]));
    assert_eq!(desk.json(&["segment", "count", "Solna"])["members"], 1);
    let edited = desk.json(&["segment", "edit", "Solna", "--where", "Orders > 2"]);
    assert_eq!(shown(&edited), json!(["where", "Orders > 2", null]));
    assert_eq!(desk.json(&["segment", "count", "Solna"])["members"], 2);
    desk.json(&["segment", "edit", "Solna", "--rule", &file]);
    assert_eq!(desk.json(&["segment", "count", "Solna"])["members"], 1);
}

#[test]
fn as_deep_as_allowed_is_stored_and_shown() {
    let desk = desk();
    let mut criteria =
        r#"{"attribute":"City","comparisonOperator":"isIn","listOfValues":["Solna"]}"#.to_owned();
    for _ in 1..64 {
        criteria = format!(r#"{{"childCriterias":[{criteria}]}}"#);
    }
    let file = desk.file("deep.json", &format!(r#"{{"rowsets":[{{"criteria":{criteria}}}]}}"#));
    assert_eq!(desk.run(&["segment", "add", "Deep", "--audience", "Customers", "--rule", &file]).code, 0);
    assert_eq!(desk.json(&["segment", "count", "Deep"])["members"], 1);
    let listed = desk.run(&["--json", "segment", "list"]);
    assert!(listed.out.contains(&criteria), "{}", listed.out);
}

#[test]
fn what_cannot_be_used_is_said_with_its_place() {
    let desk = desk();
    let add = |text: &str| {
        let file = desk.file("rule.json", text);
        let done = desk.run(&["segment", "add", "X", "--audience", "Customers", "--rule", &file]);
        assert_eq!(done.code, 2, "{}", done.err);
        done.err
    };
    let said = add("{ \"rowsets\": [\n  { \"criteria\" {} } ] }");
    assert!(said.contains("rule.json is not JSON (line 2, column 16)."), "{said}");
    let said = add(&RULE.replace("city", "Town"));
    assert!(said.contains("there is no column “Town” (at rowsets[0].criteria.attribute)."), "{said}");
    let said = add(&" ".repeat((1 << 20) + 1));
    assert!(said.contains("is larger than 1 MB."), "{said}");

    let nowhere = desk.path("nowhere.json").display().to_string();
    let words = ["segment", "add", "X", "--audience", "Customers"];
    for (beside, expected) in [
        (&[][..], "<--where <PREDICATE>|--rule <FILE.json>|--members <FILE>>"),
        (&["--where", "true", "--rule", &nowhere], "cannot be used with"),
        (&["--rule", &nowhere], "nowhere.json cannot be read"),
    ] {
        let done = desk.run(&[&words[..], beside].concat());
        assert_eq!(done.code, 2, "{}", done.err);
        assert!(done.err.contains(expected), "{}", done.err);
    }
    assert_eq!(desk.json(&["segment", "list"]), json!([]), "nothing was added");
}
