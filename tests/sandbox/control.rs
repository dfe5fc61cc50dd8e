//! The end points under `/_sandbox/`.

use std::time::Duration;

use segue_sandbox::{Error, Sandbox, Settings};
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::client::{bulk_bytes, call, connect, delete, get, post, raw, sandbox};

#[tokio::test]
async fn account_tells_contacts_lists_and_fields() {
    let sandbox = sandbox(json!({})).await;
    let fields = json!([{"name": "N", "fieldType": "integer"}]);
    assert_eq!(post(&sandbox, "/_sandbox/custom_fields", fields).await.status, 200);
    let contacts = json!([
        {"Email": "a@x.example", "Phone": "1", "lists": ["l"], "custom": {"integer--N": 1}},
        {"Email": "b@x.example", "unsubscribed": true},
    ]);
    let ids = post(&sandbox, "/_sandbox/contacts", contacts).await.json()["contact_ids"].clone();
    let account = get(&sandbox, "/_sandbox/account").await.json();
    let list = account["lists"][0]["list_id"].clone();
    let expected = json!({
        "contacts": [
            {"contact_id": ids[0], "Email": "a@x.example", "Phone": "1", "custom": {"N": 1},
             "hidden": {}, "unsubscribed": false, "lists": [list]},
            {"contact_id": ids[1], "Email": "b@x.example", "custom": {}, "hidden": {},
             "unsubscribed": true, "lists": []},
        ],
        "lists": [{"list_id": list, "title": "l", "members": 1}],
        "custom_fields": [{"name": "N", "fieldType": "integer", "deleted": false}],
    });
    assert_eq!(account, expected);
    assert_eq!(sandbox.record().len(), 0);
}

#[tokio::test]
async fn seeds_can_be_deleted_and_lists_named_by_id() {
    let sandbox = sandbox(json!({})).await;
    let list = sandbox.create_list("l");
    sandbox.seed(vec![json!({"Email": "a+b@x.example", "lists": [list]})]).unwrap();
    assert_eq!(sandbox.account().lists[0].members, 1);
    assert_eq!(delete(&sandbox, "/_sandbox/contacts/a%2Bb@x.example").await.status, 200);
    assert_eq!(delete(&sandbox, "/_sandbox/contacts/a%2Bb@x.example").await.status, 404);
    assert_eq!(delete(&sandbox, &format!("/_sandbox/lists/{list}")).await.status, 200);
    let account = sandbox.account();
    assert!(account.contacts.is_empty() && account.lists.is_empty());
    let bad = post(&sandbox, "/_sandbox/contacts", json!([{"Email": "no"}])).await;
    assert_eq!((bad.status, bad.json()["error"].clone()), (400, json!("contact 0: Email is no address")));
}

#[tokio::test]
async fn faults_are_replaced_and_a_wrong_key_is_named() {
    let sandbox = sandbox(json!({})).await;
    let rules = json!({"faults": [{"on": {"path": "/lists"}, "do": {"status": 503}}]});
    assert_eq!(call(&sandbox, "PUT", "/_sandbox/faults", rules).await.status, 200);
    assert_eq!(get(&sandbox, "/v1/lists").await.status, 503);
    for (wrong, named) in [
        (json!({"fault": []}), "`fault`"),
        (json!({"faults": [{"on": {"paths": "x"}, "do": "hang"}]}), "`paths`"),
        (json!({"faults": [{"do": {"hang": {"mss": 1}}}]}), "`mss`"),
        (json!({"names": "lost"}), "`lost`"),
    ] {
        let answer = call(&sandbox, "PUT", "/_sandbox/faults", wrong).await;
        assert_eq!(answer.status, 400);
        assert!(answer.json()["error"].as_str().unwrap().contains(named));
    }
    assert_eq!(get(&sandbox, "/v1/lists").await.status, 503, "a refused change changes nothing");
    call(&sandbox, "PUT", "/_sandbox/faults", json!({})).await;
    assert_eq!(get(&sandbox, "/v1/lists").await.status, 200);
}

#[tokio::test]
async fn settings_change_what_they_name() {
    let sandbox = sandbox(json!({})).await;
    let put = async |body| call(&sandbox, "PUT", "/_sandbox/settings", body).await.status;
    assert_eq!(put(json!({"rate": 0})).await, 200);
    assert_eq!(put(json!({"latency_ms": 1})).await, 200);
    assert_eq!(get(&sandbox, "/v1/lists").await.status, 429, "the rate stayed");
    assert_eq!(put(json!({"rate": null})).await, 200);
    assert_eq!(get(&sandbox, "/v1/lists").await.status, 200);
    let request = sandbox.record().pop().unwrap();
    assert!(request.t_reply_ms.unwrap() - request.t_ms >= 1.0, "the latency stayed");
    assert_eq!(put(json!({"latency": 1})).await, 400);
}

#[tokio::test]
async fn open_counts_vendor_requests_only() {
    let sandbox = sandbox(json!({})).await;
    sandbox.set_latency(Duration::from_secs(600));
    let mut stream = connect(&sandbox).await;
    stream.write_all(&bulk_bytes(&["a@x.example"])).await.unwrap();
    while sandbox.record().is_empty() {
        tokio::task::yield_now().await;
    }
    let open = get(&sandbox, "/_sandbox/open").await.json();
    assert_eq!(open, json!({"open": 1, "writing": 0, "seen": 1}));
}

#[tokio::test]
async fn what_is_no_end_point_is_404_and_what_is_no_http_400() {
    let sandbox = sandbox(json!({})).await;
    assert_eq!(get(&sandbox, "/_sandbox/nothing").await.status, 404);
    assert_eq!(post(&sandbox, "/_sandbox/record", json!({})).await.status, 404);
    let reply = raw(&sandbox, b"hello\r\n\r\n").await.unwrap();
    assert!(crate::client::text(&reply).starts_with("HTTP/1.1 400 "));
}

#[tokio::test]
async fn stopping_closes_the_port_and_keys_are_checked_or_made() {
    let sandbox = Sandbox::start(Settings::default()).await.unwrap();
    assert!(sandbox.key().len() == 32 && sandbox.key().bytes().all(|b| b.is_ascii_hexdigit()));
    let address = sandbox.origin().strip_prefix("http://").unwrap().to_owned();
    let port = address.rsplit(':').next().unwrap().parse().unwrap();
    let taken = Sandbox::start(Settings { port, ..Settings::default() }).await;
    assert!(matches!(taken, Err(Error::Listen { .. })));
    sandbox.stop().await;
    assert!(TcpStream::connect(&address).await.is_err());
    for key in ["", "a b", "a\n"] {
        let settings = Settings { key: Some(key.into()), ..Settings::default() };
        assert!(matches!(Sandbox::start(settings).await, Err(Error::Key)));
    }
}
