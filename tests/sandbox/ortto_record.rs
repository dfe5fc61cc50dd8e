//! What the record tells of requests to Ortto.

use serde_json::{Value, json};

use crate::client::{bulk, get, rows, sandbox};
use crate::ortto_client::{ask, merge, people};

#[tokio::test]
async fn a_merge_is_told_in_full() {
    let sandbox = sandbox(json!({})).await;
    let people = json!([
        {"fields": {"str::email": "B@x.example", "str::first": "B"}, "tags": ["t"]},
        {"fields": {"str::ei": "7", "bol::p": true}, "unset_tags": ["u"]},
    ]);
    let body = json!({
        "people": people, "merge_by": ["str::email", "str::ei"], "merge_strategy": 2, "find_strategy": 0,
        "skip_non_existing": false, "suppression_list_field_id": "str::email",
    });
    ask(&sandbox, "person/merge", body).await;
    let line: Value = serde_json::from_slice(&get(&sandbox, "/_sandbox/record").await.body).unwrap();
    let expected = json!({
        "seq": 1, "conn": 1, "method": "POST", "path": "/v1/person/merge", "emails": ["B@x.example", "7"],
        "list_id": null, "fields": ["bol::p", "str::ei", "str::email", "str::first"], "opt_ins": 1,
        "complete": true, "fault": null, "applied": true, "refused": [], "unnamed": [], "status": 200,
        "reply_written": true, "key_ok": true, "ended": true,
        "merge": {
            "people": 2, "merge_by": ["str::email", "str::ei"], "merge_strategy": 2, "find_strategy": 0,
            "async": false, "skip_non_existing": false, "suppression_list_field_id": "str::email",
            "tags": ["t"], "unset_tags": ["u"],
        },
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&line[name], value, "{name}");
    }
    assert_eq!(line["row_hashes"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn other_lines_have_no_more_than_before() {
    let sandbox = sandbox(json!({})).await;
    bulk(&sandbox, rows(&["a@x.example"])).await;
    let line: Value = serde_json::from_slice(&get(&sandbox, "/_sandbox/record").await.body).unwrap();
    assert_eq!(line.get("merge"), None);
}

#[tokio::test]
async fn equal_rows_have_equal_hashes_and_reads_name_whom_they_ask_for() {
    let sandbox = sandbox(json!({})).await;
    merge(&sandbox, people(&["a@x.example", "b@x.example"])).await;
    merge(&sandbox, people(&["b@x.example"])).await;
    ask(&sandbox, "person/subscriptions", json!({"people": [{"email": "a@x.example"}]})).await;
    let record = sandbox.record();
    assert_eq!(record[0].row_hashes[1], record[1].row_hashes[0]);
    assert_eq!((record[2].emails.clone(), record[2].applied), (vec!["a@x.example".to_owned()], false));
    assert_eq!(sandbox.ortto().requests["person/merge"], 2);
}
