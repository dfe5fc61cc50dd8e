//! Table 3.1, the rows of `person/get`, `person/get-by-ids` and `person/subscriptions`.

use rstest::rstest;
use segue_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::client::sandbox;
use crate::ortto_client::{ask, person};

/// A sandbox with so many people, every second one tagged.
async fn filled(n: usize) -> (Sandbox, Vec<String>) {
    let sandbox = sandbox(json!({})).await;
    let row = |n: usize| {
        let tags = if n.is_multiple_of(2) { json!(["even"]) } else { json!([]) };
        json!({"fields": {"str::email": format!("p{n:04}@x.example"), "str::first": format!("F{n}")}, "tags": tags})
    };
    let ids = sandbox.seed_ortto((0..n).map(row).collect()).unwrap();
    (sandbox, ids)
}

#[tokio::test]
async fn t3_1_get_nobody_is_null() {
    let sandbox = sandbox(json!({})).await;
    let body = ask(&sandbox, "person/get", json!({"limit": 1})).await.json();
    assert_eq!(body["contacts"], Value::Null);
    assert_eq!(body["meta"]["total_contacts"], 0);
    assert_eq!((&body["has_more"], &body["next_offset"]), (&json!(false), &json!(0)));
    assert_eq!(body["cursor_id"].as_str().unwrap().len(), 24);
}

#[rstest]
#[case(json!({}), 50)]
#[case(json!({"limit": 1}), 1)]
#[case(json!({"limit": 500}), 120)]
#[case(json!({"limit": 501}), 50)]
#[tokio::test]
async fn t3_1_get_limit(#[case] body: Value, #[case] count: usize) {
    let (sandbox, _) = filled(120).await;
    let body = ask(&sandbox, "person/get", body).await.json();
    assert_eq!(body["contacts"].as_array().unwrap().len(), count);
    assert_eq!((&body["meta"]["total_contacts"], &body["meta"]["total_matches"]), (&json!(120), &json!(120)));
    assert_eq!(body["has_more"], json!(count < 120));
}

#[tokio::test]
async fn t3_1_get_pages_by_offset_and_by_cursor() {
    for by in ["offset", "cursor_id", "both"] {
        let (sandbox, _) = filled(120).await;
        let (mut seen, mut asked) = (Vec::new(), json!({"limit": 50}));
        loop {
            let body = ask(&sandbox, "person/get", asked.clone()).await.json();
            let ids = body["contacts"].as_array().unwrap().iter().map(|one| one["id"].clone());
            seen.extend(ids.map(|id| id.to_string()));
            if body["has_more"] == json!(false) {
                break;
            }
            if by != "cursor_id" {
                asked["offset"] = body["next_offset"].clone();
            }
            if by != "offset" {
                asked["cursor_id"] = body["cursor_id"].clone();
            }
        }
        assert_eq!(seen.len(), 120);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 120, "by {by}");
    }
}

#[tokio::test]
async fn t3_1_get_filters() {
    let (sandbox, ids) = filled(5).await;
    let tag = sandbox.ortto().tags[0].id;
    let tagged = json!({"$u4s::is": {"field_id": "u4s::t", "value": tag}});
    let body = ask(&sandbox, "person/get", json!({"limit": 1, "filter": tagged})).await.json();
    assert_eq!((&body["meta"]["total_contacts"], &body["meta"]["total_matches"]), (&json!(5), &json!(3)));
    let is = json!({"$str::is": {"field_id": "str::email", "value": "P0003@x.example"}});
    let asked = json!({"filter": is, "fields": ["str::email", "str::last"]});
    let body = ask(&sandbox, "person/get", asked).await.json();
    let expected = json!([{"id": ids[3], "fields": {"str::email": "p0003@x.example"}}]);
    assert_eq!(body["contacts"], expected, "fields without a value are absent");
    let neither = json!({"$and": [tagged, is]});
    let body = ask(&sandbox, "person/get", json!({"filter": neither})).await.json();
    assert_eq!((&body["contacts"], &body["meta"]["total_matches"]), (&Value::Null, &json!(0)));
    let either = json!({"$or": [tagged, is]});
    let body = ask(&sandbox, "person/get", json!({"filter": either})).await.json();
    assert_eq!(body["meta"]["total_matches"], 4);
    let unknown = json!({"$u4s::is": {"field_id": "u4s::t", "value": 77}});
    let body = ask(&sandbox, "person/get", json!({"filter": unknown})).await.json();
    assert_eq!(body["meta"]["total_matches"], 0);
}

#[tokio::test]
async fn t3_1_get_sorts_searches_and_shows_permissions_and_tags() {
    let (sandbox, _) = filled(3).await;
    let asked = json!({"sort_by_field_id": "str::email", "sort_order": "desc", "fields": ["str::email"]});
    let body = ask(&sandbox, "person/get", asked).await.json();
    assert_eq!(body["contacts"][0]["fields"]["str::email"], "p0002@x.example");
    let asked = json!({"q": "P0002", "fields": ["bol::p", "bol::sp", "u4s::t"]});
    let body = ask(&sandbox, "person/get", asked).await.json();
    assert_eq!(body["contacts"][0]["fields"], json!({"bol::p": true, "bol::sp": false, "u4s::t": [1]}));
}

#[rstest]
#[case(json!({"limit": 0}))]
#[case(json!({"limit": "50"}))]
#[case(json!({"limits": 50}))]
#[case(json!({"cursor_id": "006906"}))]
#[case(json!({"cursor_id": "000000000000000000000000"}))]
#[case(json!({"fields": ["str::mail"]}))]
#[case(json!({"sort_by_field_id": "str::mail"}))]
#[case(json!({"filter": {"$str::contains": {"field_id": "str::email", "value": "x"}}}))]
#[case(json!({"filter": {"$str::is": {"field_id": "str::mail", "value": "x"}}}))]
#[case(json!({"filter": {"$u4s::is": {"field_id": "u4s::t", "value": "even"}}}))]
#[tokio::test]
async fn t3_1_get_refuses(#[case] body: Value) {
    let (sandbox, _) = filled(1).await;
    assert_eq!(ask(&sandbox, "person/get", body).await.status, 400);
}

#[tokio::test]
async fn t3_1_get_leaves_archived_people_out() {
    let (sandbox, _) = filled(2).await;
    let archived = json!({"fields": {"str::email": "old@x.example"}, "tags": ["even"], "archived": true});
    let id = sandbox.seed_ortto(vec![archived]).unwrap().remove(0);
    let body = ask(&sandbox, "person/get", json!({})).await.json();
    assert_eq!((&body["meta"]["total_contacts"], &body["meta"]["total_matches"]), (&json!(2), &json!(2)));
    let body = ask(&sandbox, "person/get", json!({"type": "archived_contact"})).await.json();
    assert_eq!(body["contacts"][0]["id"], json!(id));
    let tags = ask(&sandbox, "tags/get", json!({})).await.json();
    assert_eq!(tags[0]["count"], 1);
}

#[tokio::test]
async fn t3_1_get_by_ids_is_an_object_by_id() {
    let (sandbox, ids) = filled(3).await;
    let asked =
        json!({"contact_ids": [ids[2], "000000000000000000000000", ids[0]], "fields": ["str::email"]});
    let body = ask(&sandbox, "person/get-by-ids", asked).await.json();
    let mut expected = json!({"contacts": {}});
    for n in [0, 2] {
        expected["contacts"][&ids[n]] =
            json!({"id": ids[n], "fields": {"str::email": format!("p000{n}@x.example")}});
    }
    assert_eq!(body, expected, "ids that nobody has are absent");
    let nobody = json!({"contact_ids": ["000000000000000000000000"]});
    let answer = ask(&sandbox, "person/get-by-ids", nobody).await;
    assert_eq!((answer.status, answer.json()), (200, json!({"contacts": {}})));
}

#[tokio::test]
async fn t3_1_get_by_ids_limits() {
    let (sandbox, ids) = filled(1).await;
    let asked = |ids: Vec<&str>, fields: Vec<&str>| json!({"contact_ids": ids, "fields": fields});
    let one = ids[0].as_str();
    for (body, status) in [
        (asked(vec![one; 100], vec!["str::email"; 150]), 200),
        (asked(vec![one; 101], vec![]), 400),
        (asked(vec![], vec![]), 400),
        (asked(vec![one], vec!["str::email"; 151]), 400),
        (asked(vec![one], vec!["str::mail"]), 400),
        (json!({"ids": [one]}), 400),
    ] {
        assert_eq!(ask(&sandbox, "person/get-by-ids", body).await.status, status);
    }
}

#[tokio::test]
async fn t3_1_subscriptions() {
    let sandbox = sandbox(json!({})).await;
    let out = person("out@x.example", json!({"bol::p": false, "str::ei": "e1", "bol::sp": true}));
    let ids = sandbox.seed_ortto(vec![out, person("in@x.example", json!({}))]).unwrap();
    let asked = json!([
        {"email": "IN@x.example"}, {"email": "no@x.example"}, {"external_id": "e1"}, {"person_id": ids[0], "email": "in@x.example"},
    ]);
    let body = ask(&sandbox, "person/subscriptions", json!({"people": asked})).await.json();
    let shown = |id: &str, email: &str, email_permissions: bool, sms_permissions: bool| {
        json!({
            "person_status": "merged", "person_id": id, "email": email, "subscriptions": [],
            "email_permissions": email_permissions, "sms_permissions": sms_permissions,
        })
    };
    let (one, two) =
        (shown(&ids[0], "out@x.example", false, true), shown(&ids[1], "in@x.example", true, false));
    assert_eq!(body, json!({"people": [two, one, one]}), "whom nobody knows is absent, the id comes first");
    for bad in [json!({"people": []}), json!({"people": [{}]}), json!({}), json!({"people": [{"mail": "x"}]})]
    {
        assert_eq!(ask(&sandbox, "person/subscriptions", bad).await.status, 400);
    }
}
