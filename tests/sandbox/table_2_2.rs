//! Section 2.2: the fields of a contact.

use serde_json::{Map, Value, json};

use crate::client::{bulk, get, post, sandbox};

#[tokio::test]
async fn t2_2_standard_fields() {
    let names = "Twitter FirstName LastName Salutation Company NumberOfEmployees Title Industry \
                 Phone MobilePhone Fax Website MailingStreet MailingCity MailingState \
                 MailingPostalCode MailingCountry owner_name LeadSource Status LinkedIn";
    let mut row: Map<String, Value> =
        names.split_whitespace().map(|name| (name.to_owned(), json!(format!("its {name}")))).collect();
    row.insert("Email".into(), json!("a@x.example"));
    let sandbox = sandbox(json!({})).await;
    assert_eq!(bulk(&sandbox, json!([row])).await.status, 200);
    let read = get(&sandbox, "/v1/contact/a@x.example").await.json();
    for (name, value) in &row {
        assert_eq!(&read[name], value, "{name}");
    }
    for read_only in ["contact_id", "created_at", "updated_at", "Name", "type", "api_originated"] {
        assert!(!read[read_only].is_null(), "{read_only}");
    }
}

#[tokio::test]
async fn t2_2_unsubscribed() {
    let sandbox = sandbox(json!({})).await;
    for (name, told) in [("unsubscribed", true), ("unsubscribed", false), ("Unsubscribed", true)] {
        bulk(&sandbox, json!([{"Email": "a@x.example", name: told}])).await;
        assert_eq!(sandbox.account().contacts[0].unsubscribed, told);
    }
}

#[tokio::test]
async fn t2_2_control_key_list() {
    let sandbox = sandbox(json!({})).await;
    let list = sandbox.create_list("l");
    let row = json!({"Email": "a@x.example", "_autopilot_list": list});
    post(&sandbox, "/v1/contact", json!({"contact": row})).await;
    assert_eq!(sandbox.account().contacts[0].lists, [list.as_str()]);
    assert_eq!(get(&sandbox, "/v1/contact/a@x.example").await.json()["lists"], json!([list]));
    // An unknown list: undocumented; the contact is taken, on no list.
    let row = json!({"Email": "b@x.example", "_autopilot_list": "contactlist_none"});
    assert_eq!(bulk(&sandbox, json!([row])).await.status, 200);
    assert!(sandbox.account().contact("b@x.example").unwrap().lists.is_empty());
}

#[tokio::test]
async fn t2_2_control_key_rename() {
    let sandbox = sandbox(json!({})).await;
    let ids = sandbox.seed(vec![json!({"Email": "a@x.example"}), json!({"Email": "b@x.example"})]).unwrap();
    let row = json!({"Email": "a@x.example", "_NewEmail": "New@x.example"});
    assert_eq!(bulk(&sandbox, json!([row])).await.json()["contact_ids"], json!([ids[0]]));
    assert_eq!(get(&sandbox, "/v1/contact/a@x.example").await.status, 404);
    assert_eq!(get(&sandbox, "/v1/contact/new@x.example").await.json()["contact_id"], json!(ids[0]));
    let taken = json!({"Email": "New@x.example", "_NewEmail": "b@x.example"});
    assert_eq!(bulk(&sandbox, json!([taken])).await.status, 400);
}

#[tokio::test]
async fn t2_2_custom_fields() {
    let defined = json!([
        {"name": "Test Field", "fieldType": "string"}, {"name": "NPS Rating", "fieldType": "integer"},
        {"name": "Share", "fieldType": "float"}, {"name": "VIP", "fieldType": "boolean"},
        {"name": "Since", "fieldType": "date"},
    ]);
    let sandbox = sandbox(json!({"custom_fields": defined})).await;
    let custom = json!({
        "string--Test--Field": "t", "integer--NPS--Rating": 10, "float--Share": 0.5,
        "boolean--VIP": true, "date--Since": "2020-02-29T00:00:00Z",
    });
    let answer = bulk(&sandbox, json!([{"Email": "a@x.example", "custom": custom}])).await;
    assert_eq!(answer.status, 200);
    let read = get(&sandbox, "/v1/contact/a@x.example").await.json();
    let rating = json!({"kind": "NPS Rating", "value": 10, "fieldType": "integer", "deleted": false});
    let read = read["custom_fields"].as_array().unwrap();
    assert_eq!(read.len(), 5);
    assert!(read.contains(&rating));
    // Blank and null clear.
    let custom = json!({"integer--NPS--Rating": null, "string--Test--Field": ""});
    bulk(&sandbox, json!([{"Email": "a@x.example", "custom": custom}])).await;
    assert_eq!(sandbox.account().contacts[0].custom.len(), 3);
}

#[tokio::test]
async fn t2_2_timestamps() {
    let sandbox = sandbox(json!({})).await;
    bulk(&sandbox, json!([{"Email": "a@x.example"}])).await;
    let made = get(&sandbox, "/v1/contact/a@x.example").await.json();
    assert_eq!(made["created_at"], made["updated_at"]);
    assert_eq!(made["created_at"], "2017-01-01T00:00:00.001Z");
    bulk(&sandbox, json!([{"Email": "a@x.example", "Phone": "1"}])).await;
    let changed = get(&sandbox, "/v1/contact/a@x.example").await.json();
    assert_eq!(changed["created_at"], made["created_at"]);
    assert!(changed["updated_at"].as_str() > made["updated_at"].as_str());
}
