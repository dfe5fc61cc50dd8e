//! The end points under `/_sandbox/ortto`.

use segue_sandbox::{DisplayType, NewField};
use serde_json::{Value, json};

use crate::client::{call, delete, get, post, sandbox};
use crate::ortto_client::{ask, merge, of, people, person, statuses, stored};

#[tokio::test]
async fn the_account_tells_all_of_it() {
    let sandbox = sandbox(json!({})).await;
    let fields = json!([
        {"type": "integer", "name": "Points"}, {"type": "single_select", "name": "Plan", "values": ["A", "B"]},
    ]);
    let made = post(&sandbox, "/_sandbox/ortto/fields", fields).await;
    assert_eq!((made.status, made.json()), (200, json!({"field_ids": ["int:cm:points", "str:cm:plan"]})));
    let rows = json!([
        {"fields": {"str::email": "a@x.example", "int:cm:points": 7, "bol::p": false}, "tags": ["t"]},
        {"fields": {"str::ei": "e1", "bol::sp": true}, "tags": ["t", "u"], "archived": true},
    ]);
    let ids = post(&sandbox, "/_sandbox/ortto/people", rows).await.json()["person_ids"].clone();
    post(&sandbox, "/_sandbox/ortto/suppressed", json!(["Z@x.example"])).await;
    ask(&sandbox, "tags/get", json!({})).await;
    ask(&sandbox, "person/nothing", json!({})).await;
    let expected = json!({
        "people": [
            {"person_id": ids[0], "fields": {"str::email": "a@x.example", "int:cm:points": 7}, "tags": ["t"],
             "email_permission": false, "sms_permission": false, "archived": false},
            {"person_id": ids[1], "fields": {"str::ei": "e1"}, "tags": ["t", "u"],
             "email_permission": true, "sms_permission": true, "archived": true},
        ],
        "tags": [{"id": 1, "name": "t", "count": 1, "subscribers": 0}, {"id": 2, "name": "u", "count": 0, "subscribers": 0}],
        "fields": [
            {"id": "int:cm:points", "name": "Points", "display_type": "integer"},
            {"id": "str:cm:plan", "name": "Plan", "display_type": "single_select", "values": ["A", "B"]},
        ],
        "suppressed": ["z@x.example"],
        "requests": {"tags/get": 1, "other": 1},
        "opt_ins": 0, "resubscribed": 0, "queued": 0, "banned": 0,
    });
    assert_eq!(get(&sandbox, "/_sandbox/ortto").await.json(), expected);
    assert_eq!(json!(sandbox.ortto()), expected);
    assert!(sandbox.account().contacts.is_empty(), "classic's account is another");
}

#[tokio::test]
async fn a_person_is_changed_and_deleted_by_hand() {
    let sandbox = sandbox(json!({})).await;
    let row = |email: &str| person(email, json!({}));
    let ids = sandbox.seed_ortto(vec![row("a+1@x.example"), row("b@x.example")]).unwrap();
    let change = json!({"email": "new@x.example", "archived": true, "email_permission": false, "fields": {"str::first": "F"}});
    assert_eq!(call(&sandbox, "PUT", "/_sandbox/ortto/people/a%2B1@x.example", change).await.status, 200);
    let one = of(&sandbox, "new@x.example");
    assert_eq!((one.person_id.as_str(), one.archived, one.email_permission), (ids[0].as_str(), true, false));
    assert_eq!(one.fields["str::first"], "F");
    assert_eq!(
        statuses(&merge(&sandbox, people(&["a+1@x.example"])).await),
        ["created"],
        "the address is free"
    );
    let put =
        async |body: Value| call(&sandbox, "PUT", &format!("/_sandbox/ortto/people/{}", ids[0]), body).await;
    for bad in [
        json!({"email": "b@x.example"}),
        json!({"email": "none"}),
        json!({"mail": "x@x.example"}),
        json!({"fields": {"str::no": "x"}}),
        json!({"fields": {"bol::p": true}}),
    ] {
        assert_eq!(put(bad).await.status, 400);
    }
    assert_eq!(put(json!({"fields": {"str::first": null}})).await.status, 200);
    assert!(!of(&sandbox, "new@x.example").fields.contains_key("str::first"));
    assert_eq!(delete(&sandbox, &format!("/_sandbox/ortto/people/{}", ids[0])).await.status, 200);
    assert_eq!(delete(&sandbox, &format!("/_sandbox/ortto/people/{}", ids[0])).await.status, 404);
    assert!(sandbox.delete_ortto("B@x.example") && !sandbox.delete_ortto("b@x.example"));
    assert_eq!(stored(&sandbox), ["a+1@x.example"]);
}

#[tokio::test]
async fn suppressed_addresses_and_fields_can_go_again() {
    let sandbox =
        sandbox(json!({"ortto": {"suppressed": ["s@x.example"], "fields": [{"type": "text", "name": "F"}]}}))
            .await;
    assert_eq!(merge(&sandbox, people(&["s@x.example"])).await.status, 400);
    assert_eq!(delete(&sandbox, "/_sandbox/ortto/suppressed/S%40x.example").await.status, 200);
    assert_eq!(delete(&sandbox, "/_sandbox/ortto/suppressed/S%40x.example").await.status, 404);
    let row = json!([person("s@x.example", json!({"str:cm:f": "v"}))]);
    assert_eq!(merge(&sandbox, row.clone()).await.status, 200);
    assert_eq!(delete(&sandbox, "/_sandbox/ortto/fields/str:cm:f").await.status, 200);
    assert_eq!(merge(&sandbox, row).await.status, 400, "a field that is gone is unknown");
    let field =
        NewField { display_type: DisplayType::Bool, name: "G".into(), values: None, track_changes: None };
    assert_eq!(sandbox.define_ortto(field.clone()).as_deref(), Some("bol:cm:g"));
    assert_eq!(sandbox.define_ortto(field), None);
}

#[tokio::test]
async fn a_seed_of_the_wrong_form_is_named() {
    let sandbox =
        sandbox(json!({"ortto": {"suppressed": ["a@x.example"]}, "bad_addresses": ["a@x.example"]})).await;
    let good = person("a@x.example", json!({}));
    let bad = json!([good, {"fields": {"str::email": "none"}}]);
    let answer = post(&sandbox, "/_sandbox/ortto/people", bad).await;
    assert_eq!(answer.status, 400);
    assert!(answer.json()["error"].as_str().unwrap().starts_with("contact 1: "));
    assert_eq!(stored(&sandbox), ["a@x.example"], "past suppression list and faults");
    for wrong in [json!([7]), json!([{"fields": {"str::email": "b@x.example"}, "lists": ["l"]}])] {
        assert_eq!(post(&sandbox, "/_sandbox/ortto/people", wrong).await.status, 400);
    }
}

#[tokio::test]
async fn control_is_not_recorded_and_unknown_paths_are_404() {
    let sandbox = sandbox(json!({})).await;
    for path in ["/_sandbox/ortto/nothing", "/_sandbox/orttos", "/_sandbox/ortto/people"] {
        assert_eq!(get(&sandbox, path).await.status, 404);
    }
    assert!(sandbox.record().is_empty());
    assert!(sandbox.ortto().requests.is_empty());
}
