//! Faults on Ortto's routes: those of both APIs, then its own.

use rstest::rstest;
use segue_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::client::{KEY, bulk, call, faulty, raw, rows, sandbox, text};
use crate::ortto_client::{ask, by_email, bytes, merge, of, people, statuses, stored, with};

const THREE: [&str; 3] = ["a@x.example", "b@x.example", "c@x.example"];

#[rstest]
#[case(json!({"status": 500}), 500, 0)]
#[case(json!({"status": 500, "applied": true}), 500, 3)]
#[case(json!({"status": 202}), 202, 3)]
#[case(json!("limit_507"), 507, 0)]
#[case(json!({"limit_507": {"applied": true}}), 507, 3)]
#[case(json!("forbidden_403"), 403, 0)]
#[case(json!("html"), 200, 0)]
#[case(json!("empty"), 200, 3)]
#[case(json!("null"), 200, 3)]
#[case(json!("array"), 200, 3)]
#[case(json!({"redirect": {"to": "http://127.0.0.2/x"}}), 302, 0)]
#[tokio::test]
async fn an_answer_is_given_applied_or_not(#[case] act: Value, #[case] status: u16, #[case] kept: usize) {
    let sandbox = faulty(act).await;
    assert_eq!(merge(&sandbox, people(&THREE)).await.status, status);
    assert_eq!(stored(&sandbox).len(), kept);
    let request = sandbox.record().remove(0);
    assert_eq!((request.applied, request.unnamed.len()), (kept == 3, 3));
}

#[tokio::test]
async fn an_error_has_the_form_of_its_api() {
    let sandbox = faulty(json!({"status": 503})).await;
    let body = merge(&sandbox, people(&THREE)).await.json();
    assert_eq!((&body["code"], body["error"].is_string()), (&json!(503), true));
    let body = bulk(&sandbox, rows(&THREE)).await.json();
    assert_eq!((&body["error"], body.get("code")), (&json!("Service Unavailable"), None));
    let sandbox = sandbox_429().await;
    let answer = merge(&sandbox, people(&THREE)).await;
    assert_eq!((answer.status, answer.json()["error"]["try-in-seconds"].clone()), (429, json!(3)));
}

async fn sandbox_429() -> Sandbox {
    sandbox(json!({"ortto": {"try_in_seconds": 3}, "faults": [{"do": {"status": 429}}]})).await
}

#[tokio::test]
async fn an_answer_has_its_headers_and_body() {
    let act = json!({"status": 429, "headers": {"Retry-After": "9"}, "body": "{\"error\":\"{key}\"}"});
    let sandbox = faulty(act).await;
    let answer = merge(&sandbox, people(&THREE)).await;
    assert!(answer.head.contains("retry-after: 9\r\n"));
    assert_eq!(answer.json(), json!({"error": KEY}));
}

#[rstest]
#[case(json!("reset_before"), 0)]
#[case(json!("reset_after"), 3)]
#[case(json!({"reset_after": {"applied": false}}), 0)]
#[tokio::test]
async fn a_reset(#[case] act: Value, #[case] kept: usize) {
    let sandbox = faulty(act).await;
    let body = by_email(people(&THREE)).to_string();
    let error = raw(&sandbox, &bytes("POST", "person/merge", &body)).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    while !sandbox.record()[0].ended {
        tokio::task::yield_now().await;
    }
    assert_eq!(stored(&sandbox).len(), kept);
}

#[rstest]
#[case(json!({"hang": {"ms": 1}}), "")]
#[case(json!("truncate"), "HTTP/1.1 200")]
#[case(json!("chunked_cut"), "HTTP/1.1 200")]
#[case(json!("interim"), "HTTP/1.1 103")]
#[case(json!({"slow_body": {"ms": 1}}), "HTTP/1.1 200")]
#[tokio::test]
async fn what_lies_below_http_works_as_for_classic(#[case] act: Value, #[case] start: &str) {
    let sandbox = faulty(act).await;
    let body = by_email(people(&THREE)).to_string();
    let reply = text(&raw(&sandbox, &bytes("POST", "person/merge", &body)).await.unwrap());
    assert!(reply.starts_with(start) && reply.is_empty() == start.is_empty());
    assert_eq!(stored(&sandbox).len(), 3);
}

#[tokio::test]
async fn rules_choose_by_path() {
    let rules = json!({"faults": [{"on": {"path": "/person/merge", "nth": [2]}, "do": {"status": 500}}]});
    let sandbox = sandbox(rules).await;
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(merge(&sandbox, people(&THREE)).await.status);
        assert_eq!(ask(&sandbox, "tags/get", json!({})).await.status, 200);
    }
    assert_eq!(seen, [200, 500, 200]);
}

#[tokio::test]
async fn a_fault_of_the_map_does_nothing_here() {
    for act in ["no_map", "foreign_map", "map_case", "map_missing", "map_null", "map_twice"] {
        let sandbox = faulty(json!(act)).await;
        let answer = merge(&sandbox, people(&THREE)).await;
        assert_eq!(statuses(&answer).len(), 3);
        assert!(sandbox.record()[0].unnamed.is_empty());
    }
}

#[tokio::test]
async fn a_fault_of_people_does_nothing_to_classic() {
    for act in ["people_shuffled", "people_short", "row_invalid"] {
        let sandbox = faulty(json!(act)).await;
        let answer = bulk(&sandbox, rows(&THREE)).await;
        assert_eq!(answer.json()["email_contact_map"].as_object().unwrap().len(), 3);
    }
}

#[tokio::test]
async fn people_shuffled() {
    let mut orders = Vec::new();
    for act in [json!("people_shuffled"), json!("people_shuffled"), json!({"people_shuffled": {"seed": 1}})] {
        let sandbox = faulty(act).await;
        let emails: Vec<String> = (0..20).map(|n| format!("p{n:02}@x.example")).collect();
        let emails: Vec<&str> = emails.iter().map(String::as_str).collect();
        let body = merge(&sandbox, people(&emails)).await.json();
        let ids: Vec<String> = body["people"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["person_id"].as_str().unwrap().to_owned())
            .collect();
        let view = sandbox.ortto();
        let stored: Vec<String> = view.people.into_iter().map(|one| one.person_id).collect();
        assert_ne!(ids, stored);
        let (mut sorted, mut expected) = (ids.clone(), stored);
        sorted.sort();
        expected.sort();
        assert_eq!(sorted, expected, "the same people");
        assert!(sandbox.record()[0].unnamed.is_empty());
        orders.push(ids);
    }
    assert_eq!(orders[0], orders[1], "the same for the same seed");
    assert_ne!(orders[0], orders[2]);
    // Two rows change places at the least.
    let sandbox = faulty(json!("people_shuffled")).await;
    sandbox.seed_ortto(vec![json!({"fields": {"str::email": "a@x.example"}})]).unwrap();
    assert_eq!(
        statuses(&merge(&sandbox, people(&["a@x.example", "b@x.example"])).await),
        ["created", "merged"]
    );
}

#[tokio::test]
async fn people_short() {
    for (act, missing) in [
        (json!("people_short"), vec!["a@x.example"]),
        (json!({"people_short": {"first": 2}}), vec!["a@x.example", "b@x.example"]),
        (json!({"people_short": {"emails": ["C@x.example"]}}), vec!["c@x.example"]),
    ] {
        let sandbox = faulty(act).await;
        let answer = merge(&sandbox, people(&THREE)).await;
        assert_eq!(statuses(&answer).len(), 3 - missing.len());
        assert_eq!(stored(&sandbox).len(), 3, "stored all the same");
        assert_eq!(sandbox.record()[0].unnamed, missing);
    }
}

#[tokio::test]
async fn row_invalid_and_bad_addresses() {
    for faults in [
        json!({"faults": [{"do": {"row_invalid": {"emails": ["b@x.example"]}}}]}),
        json!({"bad_addresses": ["B@x.example "]}),
    ] {
        let sandbox = sandbox(faults).await;
        assert_eq!(statuses(&merge(&sandbox, people(&THREE)).await), ["created", "invalid", "created"]);
        assert_eq!(stored(&sandbox), ["a@x.example", "c@x.example"]);
        assert_eq!(merge(&sandbox, people(&["b@x.example"])).await.status, 400);
    }
}

#[tokio::test]
async fn drop_rows() {
    let sandbox = faulty(json!({"drop_rows": {"emails": ["b@x.example"]}})).await;
    assert_eq!(statuses(&merge(&sandbox, people(&THREE)).await), ["created", "created", "created"]);
    assert_eq!(stored(&sandbox), ["a@x.example", "c@x.example"]);
    let request = sandbox.record().remove(0);
    assert_eq!((request.refused, request.unnamed.len()), (vec!["b@x.example".to_owned()], 0));
}

#[tokio::test]
async fn extra_keys() {
    let sandbox = faulty(json!("extra_keys")).await;
    let body = merge(&sandbox, people(&THREE)).await.json();
    assert!(body.get("a_new_key").is_some() && body["people"][0].get("warnings").is_some());
    assert_eq!(body["people"][0]["status"], "created");
}

#[tokio::test]
async fn async_later() {
    let sandbox = sandbox(json!({"ortto": {"async_later": 2}})).await;
    let body = with(by_email(people(&["a@x.example"])), "async", json!(true));
    assert_eq!(ask(&sandbox, "person/merge", body.clone()).await.json(), json!({"status": "queued"}));
    let mut seen = Vec::new();
    for _ in 0..3 {
        let read = ask(&sandbox, "person/get", json!({})).await.json();
        seen.push(read["meta"]["total_contacts"].clone());
    }
    assert_eq!(seen, [json!(0), json!(0), json!(1)], "two more requests do not see it");
    assert_eq!(sandbox.ortto().queued, 0);
    // Tests need not ask so often.
    ask(&sandbox, "person/merge", with(body, "people", people(&["b@x.example"]))).await;
    assert_eq!((sandbox.ortto().queued, stored(&sandbox).len()), (1, 1));
    assert_eq!(call(&sandbox, "POST", "/_sandbox/ortto/settle", json!({})).await.status, 200);
    assert!(of(&sandbox, "b@x.example").email_permission);
}

#[tokio::test]
async fn a_wrong_word_is_named() {
    let sandbox = sandbox(json!({})).await;
    for (wrong, named) in [
        (json!({"ortto": {"permissions": "kept"}}), "`permissions`"),
        (json!({"ortto": {"permission": "lost"}}), "`lost`"),
        (json!({"faults": [{"do": {"people_shuffled": {"sed": 1}}}]}), "`sed`"),
    ] {
        let answer = call(&sandbox, "PUT", "/_sandbox/faults", wrong).await;
        assert_eq!(answer.status, 400);
        assert!(answer.json()["error"].as_str().unwrap().contains(named));
    }
}
