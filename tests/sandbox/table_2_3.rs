//! Section 2.3: merging and opting out.

use serde_json::json;

use crate::client::{bulk, get, sandbox};

#[tokio::test]
async fn t2_3_key_is_email() {
    let sandbox = sandbox(json!({})).await;
    let answer = bulk(
        &sandbox,
        json!([{"Email": "A@x.example", "Phone": "1"}, {"Email": " a@X.example ", "Phone": "2"}]),
    )
    .await
    .json();
    // The map names each as it was sent.
    assert_eq!(answer["email_contact_map"].as_object().unwrap().len(), 2);
    assert_eq!(answer["contact_ids"][0], answer["contact_ids"][1]);
    let account = sandbox.account();
    assert_eq!(account.contacts.len(), 1);
    assert_eq!(account.contacts[0].fields["Phone"], "2");
}

#[tokio::test]
async fn t2_3_sent_overwrites_absent_stays_blank_clears() {
    let sandbox = sandbox(json!({})).await;
    let row = json!({"Email": "a@x.example", "Phone": "1", "Fax": "2", "Company": "C", "Title": "T"});
    bulk(&sandbox, json!([row])).await;
    bulk(&sandbox, json!([{"Email": "a@x.example", "Phone": "9", "Fax": "", "Title": null}])).await;
    let fields = &sandbox.account().contacts[0].fields;
    assert_eq!(json!(fields), json!({"Phone": "9", "Company": "C"}));
}

#[tokio::test]
async fn t2_3_opted_out_stay_on_lists() {
    let sandbox = sandbox(json!({})).await;
    sandbox.seed(vec![json!({"Email": "a@x.example", "lists": ["l"], "unsubscribed": true})]).unwrap();
    // Not sent, so it stays.
    bulk(&sandbox, json!([{"Email": "a@x.example", "Phone": "1"}])).await;
    let contact = sandbox.account().contacts.remove(0);
    assert!(contact.unsubscribed);
    assert_eq!(contact.lists.len(), 1);
    let list = &contact.lists[0];
    let member = get(&sandbox, &format!("/v1/list/{list}/contact/a@x.example")).await;
    assert_eq!(member.status, 200);
    // Sent false re-subscribes, which is why an export must never send it.
    bulk(&sandbox, json!([{"Email": "a@x.example", "unsubscribed": false}])).await;
    assert!(!sandbox.account().contacts[0].unsubscribed);
    assert_eq!(sandbox.record().last().unwrap().opt_ins, 1);
}

#[tokio::test]
async fn t2_3_contact_limit_is_no_error() {
    let sandbox = sandbox(json!({})).await;
    let seed = |n| json!({"Email": format!("s{n}@x.example")});
    sandbox.seed((0..10_000).map(seed).collect()).unwrap();
    assert_eq!(bulk(&sandbox, json!([{"Email": "a@x.example"}])).await.status, 200);
    assert_eq!(get(&sandbox, "/v1/contacts").await.json()["total_contacts"], 10_001);
}
