//! Section 3.2: the fields of a person and their values.

use rstest::rstest;
use serde_json::{Value, json};

use crate::client::sandbox;
use crate::ortto_client::{ask, merge, of, people, person, statuses};

/// A field of every type.
fn fields() -> Value {
    let kinds =
        ["text", "large_text", "integer", "decimal", "date", "time", "bool", "phone", "geo", "object"];
    let mut fields: Vec<Value> = kinds.iter().map(|kind| json!({"type": kind, "name": kind})).collect();
    fields.push(json!({"type": "single_select", "name": "one", "values": ["A", "B"]}));
    fields.push(json!({"type": "multi_select", "name": "some", "values": ["A", "B", "C"]}));
    Value::Array(fields)
}

#[rstest]
#[case("str::first", json!("Åsa"))]
#[case("str::first", json!(""))]
#[case("str::ei", json!("42"))]
#[case("str::postal", json!("123 45"))]
#[case("str::language", json!("sv"))]
#[case("bol::gdpr", json!(true))]
#[case("phn::phone", json!({"phone": "+46701234567", "parse_with_country_code": true}))]
#[case("phn::phone", json!({"c": "46", "n": "701234567"}))]
#[case("geo::city", json!({"name": "Malmö"}))]
#[case("geo::region", json!({"name": "Skåne"}))]
#[case("geo::country", json!({"name": "Sweden"}))]
#[case("dtz::b", json!({"year": 2000, "month": 2, "day": 29, "timezone": "Europe/Stockholm"}))]
#[case("str::u-ctx", json!("asked to"))]
#[case("str:cm:text", json!("å".repeat(255)))]
#[case("txt:cm:large-text", json!("å".repeat(4_000)))]
#[case("int:cm:integer", json!(-7))]
#[case("int:cm:decimal", json!(5_000))]
#[case("dtz:cm:date", json!({"year": 2024, "month": 12, "day": 31}))]
#[case("tme:cm:time", json!("2024-12-31T23:59:59Z"))]
#[case("tme:cm:time", json!("2024-12-31T23:59:59.123+01:00"))]
#[case("bol:cm:bool", json!(false))]
#[case("phn:cm:phone", json!({"phone": "070-123 45 67"}))]
#[case("geo:cm:geo", json!({"name": "Lund"}))]
#[case("obj:cm:object", json!({"a": [1, {"b": null}]}))]
#[case("str:cm:one", json!("B"))]
#[case("sst:cm:some", json!(["A", "C"]))]
#[tokio::test]
async fn t3_2_good_values(#[case] id: &str, #[case] value: Value) {
    let sandbox = sandbox(json!({"ortto": {"fields": fields()}})).await;
    let answer = merge(&sandbox, json!([person("a@x.example", json!({id: value}))])).await;
    assert_eq!(answer.status, 200, "{:?}", answer.json());
    assert_eq!(of(&sandbox, "a@x.example").fields[id], value);
    let read = ask(&sandbox, "person/get", json!({"fields": [id]})).await.json();
    assert_eq!(read["contacts"][0]["fields"][id], value);
    // Null clears, whatever the type.
    merge(&sandbox, json!([person("a@x.example", json!({id: null}))])).await;
    assert_eq!(of(&sandbox, "a@x.example").fields.get(id), None);
}

#[rstest]
#[case::unknown("str::nickname", json!("x"))]
#[case::unknown_custom("str:cm:nickname", json!("x"))]
#[case::wrong_prefix("int:cm:text", json!(1))]
#[case::read_only("u4s::t", json!([1]))]
#[case::number_for_text("str::first", json!(7))]
#[case::array_for_text("str::first", json!(["x"]))]
#[case::long_text("str:cm:text", json!("x".repeat(256)))]
#[case::long_large_text("txt:cm:large-text", json!("x".repeat(4_001)))]
#[case::text_for_integer("int:cm:integer", json!("7"))]
#[case::float_for_integer("int:cm:integer", json!(7.5))]
#[case::float_for_decimal("int:cm:decimal", json!(5.0))]
#[case::text_for_bool("bol:cm:bool", json!("true"))]
#[case::number_for_permission("bol::p", json!(1))]
#[case::text_for_date("dtz::b", json!("2000-02-29"))]
#[case::no_such_day("dtz::b", json!({"year": 2023, "month": 2, "day": 29}))]
#[case::month_13("dtz::b", json!({"year": 2023, "month": 13, "day": 1}))]
#[case::half_a_date("dtz::b", json!({"year": 2023, "month": 1}))]
#[case::more_than_a_date("dtz::b", json!({"year": 2023, "month": 1, "day": 1, "hour": 1}))]
#[case::time_without_zone("tme:cm:time", json!("2024-12-31T23:59:59"))]
#[case::day_for_time("tme:cm:time", json!("2024-12-31"))]
#[case::number_for_time("tme:cm:time", json!(1_735_689_599))]
#[case::text_for_phone("phn::phone", json!("+46701234567"))]
#[case::words_for_phone("phn::phone", json!({"phone": "none"}))]
#[case::half_a_phone("phn::phone", json!({"c": "46"}))]
#[case::text_for_geo("geo::city", json!("Malmö"))]
#[case::geo_without_name("geo::city", json!({"city": "Malmö"}))]
#[case::text_for_object("obj:cm:object", json!("{}"))]
#[case::no_option("str:cm:one", json!("C"))]
#[case::text_for_multi("sst:cm:some", json!("A"))]
#[case::number_in_multi("sst:cm:some", json!(["A", 1]))]
#[case::no_option_in_multi("sst:cm:some", json!(["A", "D"]))]
#[tokio::test]
async fn t3_2_bad_values_make_the_row_invalid(#[case] id: &str, #[case] value: Value) {
    let sandbox = sandbox(json!({"ortto": {"fields": fields()}})).await;
    let bad = person("b@x.example", json!({id: value}));
    let answer = merge(&sandbox, json!([bad, person("a@x.example", json!({}))])).await;
    assert_eq!((answer.status, statuses(&answer)), (200, vec!["invalid".into(), "created".into()]));
    assert!(answer.json()["people"][0]["error"].as_str().unwrap().contains(id));
    assert_eq!(sandbox.ortto().people.len(), 1);
}

#[rstest]
#[case(json!("nobody"))]
#[case(json!("a@"))]
#[case(json!("@x.example"))]
#[case(json!("a b@x.example"))]
#[case(json!("a@b@x.example"))]
#[case(json!(7))]
#[case(json!(""))]
#[case(json!(null))]
#[tokio::test]
async fn t3_2_bad_address(#[case] email: Value) {
    let sandbox = sandbox(json!({})).await;
    let rows = json!([{"fields": {"str::email": email}}, {"fields": {"str::email": "a@x.example"}}]);
    assert_eq!(statuses(&merge(&sandbox, rows).await), ["invalid", "created"]);
}

#[tokio::test]
async fn t3_2_address_or_external_id() {
    let sandbox = sandbox(json!({})).await;
    let by_external =
        json!({"people": [{"fields": {"str::ei": "1", "str::first": "A"}}], "merge_by": ["str::ei"]});
    assert_eq!(statuses(&ask(&sandbox, "person/merge", by_external.clone()).await), ["created"]);
    assert_eq!(statuses(&ask(&sandbox, "person/merge", by_external).await), ["merged"]);
    let neither = merge(&sandbox, json!([{"fields": {"str::first": "A"}}])).await;
    assert_eq!(neither.status, 400);
    // What belongs to another person cannot be taken.
    sandbox.seed_ortto(vec![person("a@x.example", json!({}))]).unwrap();
    let answer = merge(&sandbox, json!([person("a@x.example", json!({"str::ei": "1"}))])).await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn t3_2_new_people_may_be_mailed_and_not_called() {
    let sandbox = sandbox(json!({})).await;
    merge(&sandbox, people(&["a@x.example"])).await;
    let one = of(&sandbox, "a@x.example");
    assert_eq!((one.email_permission, one.sms_permission), (true, false));
    assert!(one.fields.keys().all(|id| !id.starts_with("bol:")), "permissions are no fields");
}

#[tokio::test]
async fn t3_2_multi_selects_accumulate_unless_cleared() {
    let sandbox = sandbox(json!({"ortto": {"fields": fields()}})).await;
    let row = |values: Value| person("a@x.example", json!({"sst:cm:some": values}));
    for (values, kept) in [(json!(["A"]), json!(["A"])), (json!(["B", "A"]), json!(["A", "B"]))] {
        merge(&sandbox, json!([row(values)])).await;
        assert_eq!(of(&sandbox, "a@x.example").fields["sst:cm:some"], kept);
    }
    let mut clearing = row(json!(["C"]));
    clearing["clear_fields"] = json!({"sst:cm:some": true, "str::first": false});
    assert_eq!(merge(&sandbox, json!([clearing])).await.status, 200);
    assert_eq!(of(&sandbox, "a@x.example").fields["sst:cm:some"], json!(["C"]));
    let mut unknown = row(json!(["A"]));
    unknown["clear_fields"] = json!({"sst:cm:other": true});
    assert_eq!(merge(&sandbox, json!([unknown])).await.status, 400);
    clearing["fields"] = json!({"str::email": "a@x.example"});
    let body = json!({"people": [clearing], "merge_by": ["str::email"], "merge_strategy": 1});
    assert_eq!(ask(&sandbox, "person/merge", body).await.status, 400, "clearing takes strategy 2");
}
