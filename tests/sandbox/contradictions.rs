//! Each question that the pages answer in two ways, both ways.

use serde_json::json;

use crate::client::{bulk, delete, post, rows, sandbox, stored};

#[tokio::test]
async fn duplicate_list_conflict_and_second() {
    for (told, status, lists) in [("conflict", 409, 1), ("second", 200, 2)] {
        let sandbox = sandbox(json!({"duplicate_list": told})).await;
        let first = sandbox.create_list("l");
        let answer = post(&sandbox, "/v1/list", json!({"name": "l"})).await;
        assert_eq!(answer.status, status);
        assert_eq!(sandbox.account().lists.len(), lists);
        assert_ne!(answer.json()["list_id"], json!(first));
    }
}

#[tokio::test]
async fn names_overwritten_and_kept() {
    for (told, first, last) in [("overwritten", "B", "C"), ("kept", "A", "C")] {
        let sandbox = sandbox(json!({"names": told})).await;
        sandbox.seed(vec![json!({"Email": "a@x.example", "FirstName": "A", "Phone": "1"})]).unwrap();
        let row = json!({"Email": "a@x.example", "FirstName": "B", "LastName": "C", "Phone": "2"});
        assert_eq!(bulk(&sandbox, json!([row])).await.status, 200);
        let fields = &sandbox.account().contacts[0].fields;
        // A name that was not there is no overwriting.
        assert_eq!(json!(fields), json!({"FirstName": first, "LastName": last, "Phone": "2"}));
    }
}

#[tokio::test]
async fn bulk_list_honoured_and_ignored() {
    for (told, members) in [("honoured", 1), ("ignored", 0)] {
        let sandbox = sandbox(json!({"bulk_list": told})).await;
        let list = sandbox.create_list("l");
        let row = json!({"Email": "a@x.example", "_autopilot_list": list});
        assert_eq!(bulk(&sandbox, json!([row])).await.status, 200);
        assert_eq!(sandbox.account().lists[0].members, members);
        // In the single call it works in either case.
        post(&sandbox, "/v1/contact", json!({"contact": row})).await;
        assert_eq!(sandbox.account().lists[0].members, 1);
    }
}

#[tokio::test]
async fn bad_row_refuses_all_part_and_silent() {
    for (told, status, kept) in [("refuses_all", 400, 0), ("refuses_part", 400, 2), ("silent", 200, 2)] {
        let faults = json!({"bad_row": told, "bad_addresses": ["bad@x.example"]});
        let sandbox = sandbox(faults).await;
        let answer = bulk(&sandbox, rows(&["a@x.example", "Bad@x.example", "c@x.example"])).await;
        assert_eq!((answer.status, stored(&sandbox).len()), (status, kept), "{told}");
        let request = sandbox.record().remove(0);
        assert_eq!(request.refused, ["Bad@x.example"]);
        assert_eq!(request.applied, kept > 0);
        if status == 200 {
            assert_eq!(answer.json()["email_contact_map"].as_object().unwrap().len(), 2);
            assert_eq!(request.unnamed, ["Bad@x.example"]);
        } else {
            assert_eq!(request.unnamed.len(), 3, "an error names nobody as taken");
        }
    }
}

#[tokio::test]
async fn no_email_refused_and_accepted() {
    for (told, status, kept) in [("refused", 400, 0), ("accepted", 200, 2)] {
        let sandbox = sandbox(json!({"no_email": told})).await;
        let answer = bulk(&sandbox, json!([{"Phone": "1"}, {"Phone": "1"}])).await;
        assert_eq!(answer.status, status);
        // Never de-duplicated.
        assert_eq!(sandbox.account().contacts.len(), kept);
        if status == 200 {
            assert_eq!(answer.json()["email_contact_map"], json!({}));
            assert_eq!(answer.json()["contact_ids"].as_array().unwrap().len(), 2);
        }
    }
}

#[tokio::test]
async fn delete_contact_no_content_and_ok() {
    for (told, status) in [("no_content", 204), ("ok", 200)] {
        let sandbox = sandbox(json!({"delete_contact": told})).await;
        sandbox.seed(vec![json!({"Email": "a@x.example"})]).unwrap();
        assert_eq!(delete(&sandbox, "/v1/contact/a@x.example").await.status, status);
        assert!(stored(&sandbox).is_empty());
    }
}

#[tokio::test]
async fn delete_list_works_and_absent() {
    for (told, status, lists) in [("works", 204, 0), ("absent", 405, 1)] {
        let sandbox = sandbox(json!({"delete_list": told})).await;
        let list = sandbox.create_list("l");
        assert_eq!(delete(&sandbox, &format!("/v1/list/{list}")).await.status, status);
        assert_eq!(sandbox.account().lists.len(), lists);
    }
}
