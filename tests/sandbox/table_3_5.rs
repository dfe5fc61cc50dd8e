//! Section 3.5: opt-out.

use serde_json::json;

use crate::client::sandbox;
use crate::ortto_client::{ask, merge, of, people, person, statuses, stored};

#[tokio::test]
async fn t3_5_an_omitted_permission_of_known_people() {
    for (told, permission, resubscribed) in [("kept", false, 0), ("reset_known", true, 1)] {
        let sandbox = sandbox(json!({"ortto": {"permission": told}})).await;
        sandbox.seed_ortto(vec![person("out@x.example", json!({"bol::p": false}))]).unwrap();
        merge(&sandbox, json!([person("out@x.example", json!({"str::first": "A"}))])).await;
        assert_eq!(of(&sandbox, "out@x.example").email_permission, permission, "{told}");
        let view = sandbox.ortto();
        assert_eq!((view.resubscribed, view.opt_ins), (resubscribed, 0));
        // What is told counts in either case.
        merge(&sandbox, json!([person("out@x.example", json!({"bol::p": false}))])).await;
        assert!(!of(&sandbox, "out@x.example").email_permission);
    }
}

#[tokio::test]
async fn t3_5_an_opt_in_is_possible_and_seen() {
    let sandbox = sandbox(json!({})).await;
    let out = person("out@x.example", json!({"bol::p": false}));
    sandbox.seed_ortto(vec![out, person("sms@x.example", json!({}))]).unwrap();
    let rows = json!([
        person("out@x.example", json!({"bol::p": true})),
        person("sms@x.example", json!({"bol::sp": true})),
        person("new@x.example", json!({"bol::p": false})),
    ]);
    assert_eq!(merge(&sandbox, rows).await.status, 200);
    assert!(of(&sandbox, "out@x.example").email_permission);
    assert!(of(&sandbox, "sms@x.example").sms_permission);
    assert!(!of(&sandbox, "new@x.example").email_permission);
    let view = sandbox.ortto();
    assert_eq!((view.opt_ins, view.resubscribed), (2, 1));
    assert_eq!(sandbox.record().pop().unwrap().opt_ins, 2);
}

#[tokio::test]
async fn t3_5_the_suppression_list_counts_where_it_is_named() {
    let sandbox = sandbox(json!({"ortto": {"suppressed": ["s@x.example", "t@x.example"]}})).await;
    let answer = merge(&sandbox, people(&["s@x.example", "a@x.example"])).await;
    assert_eq!(statuses(&answer), ["suppressed", "created"]);
    assert_eq!(stored(&sandbox), ["a@x.example"]);
    // Recorded: without it the person is made.
    let body = json!({"people": people(&["t@x.example"]), "merge_by": ["str::email"]});
    assert_eq!(statuses(&ask(&sandbox, "person/merge", body).await), ["created"]);
}

#[tokio::test]
async fn t3_5_archived_people_are_merged_and_stay_archived() {
    let sandbox = sandbox(json!({})).await;
    let archived = json!({"fields": {"str::email": "a@x.example"}, "archived": true});
    sandbox.seed_ortto(vec![archived]).unwrap();
    assert_eq!(statuses(&merge(&sandbox, people(&["a@x.example"])).await), ["merged"]);
    assert!(of(&sandbox, "a@x.example").archived);
}
