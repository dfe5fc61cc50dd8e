//! Table 2.1, the rows about lists.

use segue_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::client::{delete, get, post, sandbox};

/// A sandbox with a list, a member and a stranger; and the list's id.
async fn with_list() -> (Sandbox, String) {
    let sandbox = sandbox(json!({})).await;
    let member = json!({"Email": "in@x.example", "lists": ["l"]});
    sandbox.seed(vec![member, json!({"Email": "out@x.example"})]).unwrap();
    let list = sandbox.account().lists[0].list_id.clone();
    (sandbox, list)
}

#[tokio::test]
async fn t2_1_get_lists() {
    let (sandbox, list) = with_list().await;
    let body = get(&sandbox, "/v1/lists").await.json();
    assert_eq!(body, json!({"lists": [{"list_id": list, "title": "l"}]}));
}

#[tokio::test]
async fn t2_1_post_list() {
    let (sandbox, _) = with_list().await;
    let made = post(&sandbox, "/v1/list", json!({"name": "Two words"})).await;
    assert_eq!(made.status, 200);
    assert!(made.json()["list_id"].as_str().unwrap().starts_with("contactlist_"));
    assert_eq!(sandbox.account().lists[1].title, "Two words");
    for nameless in [json!({}), json!({"name": ""}), json!({"name": 7}), Value::Null] {
        assert_eq!(post(&sandbox, "/v1/list", nameless).await.status, 400);
    }
}

#[tokio::test]
async fn t2_1_delete_list() {
    let (sandbox, list) = with_list().await;
    assert_eq!(delete(&sandbox, &format!("/v1/list/{list}")).await.status, 204);
    assert_eq!(delete(&sandbox, &format!("/v1/list/{list}")).await.status, 404);
    let account = sandbox.account();
    assert!(account.lists.is_empty() && account.contacts[0].lists.is_empty());
    let used = sandbox.create_list("used");
    sandbox.set_faults(serde_json::from_value(json!({"lists_in_use": ["used"]})).unwrap());
    assert_eq!(delete(&sandbox, &format!("/v1/list/{used}")).await.status, 403);
}

#[tokio::test]
async fn t2_1_get_list_contacts() {
    let sandbox = sandbox(json!({})).await;
    let seed = |n| json!({"Email": format!("p{n}@x.example"), "lists": if n % 2 == 0 { json!(["l"]) } else { json!([]) }});
    sandbox.seed((0..240).map(seed).collect()).unwrap();
    let list = sandbox.account().lists[0].list_id.clone();
    let first = get(&sandbox, &format!("/v1/list/{list}/contacts")).await.json();
    assert_eq!(first["total_contacts"], 120);
    assert_eq!(first["contacts"].as_array().unwrap().len(), 100);
    let bookmark = first["bookmark"].as_str().unwrap();
    let last = get(&sandbox, &format!("/v1/list/{list}/contacts/{bookmark}")).await.json();
    assert_eq!(last["contacts"].as_array().unwrap().len(), 20);
    assert_eq!(last["contacts"][0]["Email"], "p200@x.example");
    assert_eq!(last.get("bookmark"), None);
    // 404 with an empty message when the list is missing.
    let missing = get(&sandbox, "/v1/list/contactlist_none/contacts").await;
    assert_eq!((missing.status, missing.message().as_deref()), (404, Some("")));
}

#[tokio::test]
async fn t2_1_get_list_member() {
    let (sandbox, list) = with_list().await;
    let member = get(&sandbox, &format!("/v1/list/{list}/contact/in@x.example")).await;
    assert_eq!(member.status, 200);
    let other = get(&sandbox, &format!("/v1/list/{list}/contact/out@x.example")).await;
    assert_eq!((other.status, other.message()), (404, None), "not a member: no message");
    for unknown in
        [format!("/v1/list/{list}/contact/no@x.example"), "/v1/list/no/contact/in@x.example".into()]
    {
        let answer = get(&sandbox, &unknown).await;
        assert_eq!(answer.status, 404);
        assert!(!answer.message().unwrap().is_empty(), "unknown: a message");
    }
}

#[tokio::test]
async fn t2_1_post_list_member() {
    let (sandbox, list) = with_list().await;
    let path = format!("/v1/list/{list}/contact/out%40x.example");
    assert_eq!(post(&sandbox, &path, Value::Null).await.json(), json!({}));
    let again = post(&sandbox, &path, Value::Null).await;
    assert_eq!((again.status, again.json()), (200, json!({"not_modified": true})));
    assert_eq!(sandbox.account().lists[0].members, 2);
    let unknown = format!("/v1/list/{list}/contact/no@x.example");
    assert_eq!(post(&sandbox, &unknown, Value::Null).await.status, 404);
    assert_eq!(post(&sandbox, "/v1/list/no/contact/in@x.example", Value::Null).await.status, 404);
}

#[tokio::test]
async fn t2_1_delete_list_member() {
    let (sandbox, list) = with_list().await;
    let path = format!("/v1/list/{list}/contact/in@x.example");
    assert_eq!(delete(&sandbox, &path).await.json(), json!({}));
    let again = delete(&sandbox, &path).await;
    assert_eq!((again.status, again.json()), (200, json!({"not_modified": true})));
    assert_eq!(sandbox.account().lists[0].members, 0);
    assert_eq!(delete(&sandbox, &format!("/v1/list/{list}/contact/no@x.example")).await.status, 404);
    assert_eq!(delete(&sandbox, "/v1/list/no/contact/in@x.example").await.status, 404);
}
