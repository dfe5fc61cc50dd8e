//! Table 3.1, the rows of custom fields and tags.

use rstest::rstest;
use serde_json::{Value, json};

use crate::client::sandbox;
use crate::ortto_client::{ask, person};

#[tokio::test]
async fn t3_1_custom_field_get() {
    let sandbox = sandbox(json!({})).await;
    assert_eq!(ask(&sandbox, "person/custom-field/get", json!({})).await.json(), json!({"fields": []}));
    let text = json!({"type": "text", "name": "Job Title", "track_changes": true});
    ask(&sandbox, "person/custom-field/create", text).await;
    let select = json!({"type": "single_select", "name": "Plan", "values": ["A", "B"]});
    ask(&sandbox, "person/custom-field/create", select).await;
    let body = ask(&sandbox, "person/custom-field/get", json!({})).await.json();
    let expected = json!({"fields": [
        {"field": {"id": "str:cm:job-title", "name": "Job Title", "display_type": "text",
                   "liquid_name": "people.custom.job-title"}, "tracked_value": true},
        {"field": {"id": "str:cm:plan", "name": "Plan", "display_type": "single_select",
                   "liquid_name": "people.custom.plan", "dic_items": ["A", "B"]}, "tracked_value": false},
    ]});
    assert_eq!(body, expected);
    assert_eq!(ask(&sandbox, "person/custom-field/get", json!({"q": "x"})).await.status, 400);
}

#[rstest]
#[case("text", "str:cm:my-field")]
#[case("email", "str:cm:my-field")]
#[case("link", "str:cm:my-field")]
#[case("large_text", "txt:cm:my-field")]
#[case("integer", "int:cm:my-field")]
#[case("decimal", "int:cm:my-field")]
#[case("currency", "int:cm:my-field")]
#[case("price", "int:cm:my-field")]
#[case("date", "dtz:cm:my-field")]
#[case("time", "tme:cm:my-field")]
#[case("bool", "bol:cm:my-field")]
#[case("phone", "phn:cm:my-field")]
#[case("geo", "geo:cm:my-field")]
#[case("object", "obj:cm:my-field")]
#[tokio::test]
async fn t3_1_custom_field_create(#[case] kind: &str, #[case] id: &str) {
    let sandbox = sandbox(json!({})).await;
    let answer = ask(&sandbox, "person/custom-field/create", json!({"type": kind, "name": "My Field"})).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json(), json!({"name": "My Field", "field_id": id, "display_type": kind}));
}

#[tokio::test]
async fn t3_1_custom_field_create_select() {
    let sandbox = sandbox(json!({})).await;
    for (kind, id) in [("single_select", "str:cm:one"), ("multi_select", "sst:cm:some")] {
        let name = if kind == "single_select" { "One" } else { "Some" };
        let body = json!({"type": kind, "name": name, "values": ["A", "B"]});
        let made = ask(&sandbox, "person/custom-field/create", body).await.json();
        assert_eq!(made, json!({"name": name, "field_id": id, "display_type": kind, "values": ["A", "B"]}));
    }
}

#[rstest]
#[case(json!({"type": "text", "name": "taken"}), 409)]
#[case(json!({"type": "integer", "name": "TAKEN"}), 409)]
#[case(json!({"type": "text", "name": "Taken!"}), 409)]
#[case(json!({"type": "text", "name": " "}), 400)]
#[case(json!({"type": "words", "name": "A"}), 400)]
#[case(json!({"name": "A"}), 400)]
#[case(json!({"type": "text"}), 400)]
#[case(json!({"type": "text", "name": "A", "kind": 1}), 400)]
#[case(json!({"type": "text", "name": "A", "values": ["B"]}), 400)]
#[case(json!({"type": "single_select", "name": "A"}), 400)]
#[case(json!({"type": "single_select", "name": "A", "values": []}), 400)]
#[case(json!({"type": "multi_select", "name": "A", "values": ["B"], "track_changes": true}), 400)]
#[tokio::test]
async fn t3_1_custom_field_create_refuses(#[case] body: Value, #[case] status: u16) {
    let sandbox = sandbox(json!({"ortto": {"fields": [{"type": "text", "name": "Taken"}]}})).await;
    assert_eq!(ask(&sandbox, "person/custom-field/create", body).await.status, status);
    assert_eq!(sandbox.ortto().fields.len(), 1);
}

#[tokio::test]
async fn t3_1_at_most_100_custom_fields() {
    let fields: Value = (0..100).map(|n| json!({"type": "text", "name": format!("F {n}")})).collect();
    let sandbox = sandbox(json!({"ortto": {"fields": fields}})).await;
    let body = json!({"type": "text", "name": "One more"});
    assert_eq!(ask(&sandbox, "person/custom-field/create", body).await.status, 400);
}

#[tokio::test]
async fn t3_1_tags_get() {
    let sandbox = sandbox(json!({})).await;
    let organization = json!({"id": 1, "name": "My organization", "count": 1, "type": "organization"});
    assert_eq!(ask(&sandbox, "tags/get", json!({})).await.json(), json!([organization]), "a bare array");
    let tagged = |email: &str, fields: Value, tags: Value| {
        let mut row = person(email, fields);
        row["tags"] = tags;
        row
    };
    sandbox
        .seed_ortto(vec![
            tagged("a@x.example", json!({}), json!(["One", "Two"])),
            tagged("b@x.example", json!({"bol::p": false}), json!(["One"])),
        ])
        .unwrap();
    let one = json!({"id": 1, "name": "One", "type": "", "count": 2, "subscribers": 1});
    let two = json!({"id": 2, "name": "Two", "type": "", "count": 1, "subscribers": 1});
    let body = ask(&sandbox, "tags/get", json!({})).await.json();
    assert_eq!(body, json!([one, two, organization]), "an id is unique within its type only");
    assert_eq!(ask(&sandbox, "tags/get", json!({"q": "tw"})).await.json(), json!([two]));
    assert_eq!(ask(&sandbox, "tags/get", json!({"search": "tw"})).await.status, 400);
}
