//! Table 3.1, the row of `person/merge`.

use rstest::rstest;
use serde_json::{Value, json};

use crate::client::{bulk, rows, sandbox, stored as classic};
use crate::ortto_client::{ask, by_email, crowd, merge, of, people, person, statuses, stored, with};

#[tokio::test]
async fn t3_1_merge_creates_and_merges_in_order() {
    let sandbox = sandbox(json!({})).await;
    assert_eq!(statuses(&merge(&sandbox, people(&["a@x.example"])).await), ["created"]);
    let answer = merge(&sandbox, people(&["b@x.example", "A@X.example", "c@x.example"])).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        statuses(&answer),
        ["created", "merged", "created"],
        "an update is merged, case does not tell"
    );
    let body = answer.json();
    let ids: Vec<&str> =
        body["people"].as_array().unwrap().iter().map(|one| one["person_id"].as_str().unwrap()).collect();
    assert!(ids.iter().all(|id| id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit())));
    let view = sandbox.ortto();
    let ours: Vec<&str> = view.people.iter().map(|one| one.person_id.as_str()).collect();
    assert_eq!(ids, [ours[1], ours[0], ours[2]]);
}

#[tokio::test]
async fn t3_1_ids_are_the_same_on_each_run_and_do_not_sort_by_age() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let sandbox = sandbox(json!({})).await;
        merge(&sandbox, crowd(20)).await;
        runs.push(sandbox.ortto().people.into_iter().map(|one| one.person_id).collect::<Vec<_>>());
    }
    assert_eq!(runs[0], runs[1]);
    assert!(!runs[0].is_sorted());
}

#[tokio::test]
async fn t3_1_the_two_accounts_are_separate() {
    let sandbox = sandbox(json!({})).await;
    merge(&sandbox, people(&["o@x.example"])).await;
    bulk(&sandbox, rows(&["c@x.example"])).await;
    assert_eq!(
        (stored(&sandbox), classic(&sandbox)),
        (vec!["o@x.example".into()], vec!["c@x.example".into()])
    );
}

#[tokio::test]
async fn t3_1_people_from_1_to_100() {
    let sandbox = sandbox(json!({})).await;
    assert_eq!(merge(&sandbox, json!([])).await.status, 400);
    assert_eq!(merge(&sandbox, crowd(101)).await.status, 400);
    assert!(stored(&sandbox).is_empty());
    assert_eq!(merge(&sandbox, crowd(100)).await.status, 200);
    assert_eq!(stored(&sandbox).len(), 100);
}

#[rstest]
#[case::top_level("mergeby", json!(["str::email"]))]
#[case::alt_fields("merge_by_alt_fields", json!([]))]
#[case::no_array("people", json!({}))]
#[case::strategy_0("merge_strategy", json!(0))]
#[case::strategy_4("merge_strategy", json!(4))]
#[case::strategy_text("merge_strategy", json!("2"))]
#[case::find_3("find_strategy", json!(3))]
#[case::async_text("async", json!("true"))]
#[case::skip_number("skip_non_existing", json!(1))]
#[case::suppression_unknown("suppression_list_field_id", json!("str::mail"))]
#[case::no_key("merge_by", json!([]))]
#[case::key_missing("merge_by", json!(null))]
#[case::four_keys("merge_by", json!(["str::email", "str::ei", "str::first", "str::last"]))]
#[case::unknown_key("merge_by", json!(["str::mail"]))]
#[case::key_twice("merge_by", json!(["str::email", "str::email"]))]
#[case::id_and_another("merge_by", json!(["str::person_id", "str::email"]))]
#[case::row_key("people", json!([{"fields": {"str::email": "a@x.example"}, "tag": ["t"]}]))]
#[case::row_without_fields("people", json!([{"tags": ["t"]}]))]
#[case::row_no_object("people", json!(["a@x.example"]))]
#[case::tags_text("people", json!([{"fields": {"str::email": "a@x.example"}, "tags": "t"}]))]
#[case::tag_blank("people", json!([{"fields": {"str::email": "a@x.example"}, "tags": [" "]}]))]
#[case::location_text("people", json!([{"fields": {"str::email": "a@x.example"}, "location": "x"}]))]
#[case::clear_array("people", json!([{"fields": {"str::email": "a@x.example"}, "clear_fields": ["str::first"]}]))]
#[tokio::test]
async fn t3_1_what_the_page_does_not_have_is_refused(#[case] name: &str, #[case] value: Value) {
    let sandbox = sandbox(json!({})).await;
    let body = with(by_email(people(&["a@x.example"])), name, value);
    let answer = ask(&sandbox, "person/merge", body).await;
    assert_eq!(answer.status, 400);
    assert!(answer.json()["error"].is_string());
    assert!(stored(&sandbox).is_empty());
}

#[tokio::test]
async fn t3_1_all_elements_together_are_taken() {
    let sandbox = sandbox(json!({})).await;
    let row = json!({
        "fields": {"str::email": "a@x.example", "str::first": "A"}, "location": {"source_ip": "192.0.2.1"},
        "tags": ["t"], "unset_tags": ["u"], "clear_fields": {"str::first": true},
    });
    let body = json!({
        "people": [row], "merge_by": ["str::email", "str::ei", "phn::phone"], "merge_strategy": 2,
        "find_strategy": 0, "async": false, "skip_non_existing": false, "suppression_list_field_id": "str::email",
    });
    assert_eq!(statuses(&ask(&sandbox, "person/merge", body).await), ["created"]);
}

#[tokio::test]
async fn t3_1_merge_by_person_id() {
    let sandbox = sandbox(json!({})).await;
    let ids = sandbox.seed_ortto(vec![person("a@x.example", json!({}))]).unwrap();
    let by_id = |rows: Value| json!({"people": rows, "merge_by": ["str::person_id"]});
    let row = |id: &str, first: &str| json!({"fields": {"str::person_id": id, "str::first": first}});
    let answer = ask(&sandbox, "person/merge", by_id(json!([row(&ids[0], "B")]))).await;
    assert_eq!(answer.json(), json!({"people": [{"person_id": ids[0], "status": "merged"}]}));
    assert_eq!(of(&sandbox, "a@x.example").fields["str::first"], "B");
    // The address can change so.
    let row_email = json!({"fields": {"str::person_id": ids[0], "str::email": "new@x.example"}});
    assert_eq!(statuses(&ask(&sandbox, "person/merge", by_id(json!([row_email]))).await), ["merged"]);
    assert_eq!(stored(&sandbox), ["new@x.example"]);
    // An unknown id makes nobody.
    let unknown = row("000000000000000000000009", "C");
    let answer = ask(&sandbox, "person/merge", by_id(json!([row(&ids[0], "C"), unknown]))).await;
    assert_eq!(statuses(&answer), ["merged", "invalid"]);
    let skipping = with(by_id(json!([unknown, row(&ids[0], "D")])), "skip_non_existing", json!(true));
    let answer = ask(&sandbox, "person/merge", skipping).await;
    assert_eq!(answer.json(), json!({"people": [{"person_id": ids[0], "status": "merged"}]}));
    assert_eq!(stored(&sandbox).len(), 1);
    // In a merge by another key it is no field.
    let row = json!({"fields": {"str::email": "new@x.example", "str::person_id": ids[0]}});
    assert_eq!(merge(&sandbox, json!([row])).await.status, 400);
}

#[tokio::test]
async fn t3_1_skip_non_existing_by_email() {
    let sandbox = sandbox(json!({})).await;
    sandbox.seed_ortto(vec![person("a@x.example", json!({}))]).unwrap();
    let skipping = |emails: &[&str]| with(by_email(people(emails)), "skip_non_existing", json!(true));
    let answer = ask(&sandbox, "person/merge", skipping(&["no@x.example", "a@x.example"])).await;
    assert_eq!(statuses(&answer), ["merged"], "unknown people yield no row");
    let answer = ask(&sandbox, "person/merge", skipping(&["no@x.example"])).await;
    assert_eq!((answer.status, answer.json()), (200, json!({"people": []})));
    assert_eq!(stored(&sandbox), ["a@x.example"]);
    let request = sandbox.record().pop().unwrap();
    assert!(!request.applied);
    assert_eq!(
        (request.refused, request.unnamed),
        (vec!["no@x.example".into()], vec!["no@x.example".into()])
    );
}

#[tokio::test]
async fn t3_1_merge_strategies() {
    for (strategy, first, last) in
        [(1, json!("A"), json!("N")), (2, json!("N"), json!("N")), (3, json!("A"), Value::Null)]
    {
        let sandbox = sandbox(json!({})).await;
        sandbox.seed_ortto(vec![person("a@x.example", json!({"str::first": "A"}))]).unwrap();
        let row = person("a@x.example", json!({"str::first": "N", "str::last": "N"}));
        let body = with(by_email(json!([row])), "merge_strategy", json!(strategy));
        assert_eq!(statuses(&ask(&sandbox, "person/merge", body).await), ["merged"]);
        let fields = json!(of(&sandbox, "a@x.example").fields);
        assert_eq!((&fields["str::first"], &fields["str::last"]), (&first, &last), "strategy {strategy}");
    }
    // Absent, it is 2.
    let sandbox = sandbox(json!({})).await;
    sandbox
        .seed_ortto(vec![person(
            "a@x.example",
            json!({"str::first": "A", "str::last": "L", "str::postal": ""}),
        )])
        .unwrap();
    let row = person("a@x.example", json!({"str::first": null}));
    ask(&sandbox, "person/merge", json!({"people": [row], "merge_by": ["str::email"]})).await;
    let fields = json!(of(&sandbox, "a@x.example").fields);
    assert_eq!(fields, json!({"str::email": "a@x.example", "str::last": "L", "str::postal": ""}));
}

#[tokio::test]
async fn t3_1_find_strategies() {
    let both = json!({"str::email": "a@x.example", "str::ei": "2"});
    for (strategy, status) in [(0, "invalid"), (1, "invalid"), (2, "invalid")] {
        // The row names two people: no strategy may join them.
        let sandbox = sandbox(json!({})).await;
        sandbox
            .seed_ortto(vec![
                person("a@x.example", json!({"str::ei": "1"})),
                person("b@x.example", json!({"str::ei": "2"})),
            ])
            .unwrap();
        let rows = json!([{"fields": both}, {"fields": {"str::email": "c@x.example"}}]);
        let body = json!({"people": rows, "merge_by": ["str::email", "str::ei"], "find_strategy": strategy});
        assert_eq!(statuses(&ask(&sandbox, "person/merge", body).await)[0], status);
    }
    // 0 looks on where the first finds nobody, 1 does not, 2 wants both.
    for (strategy, status) in [(0, "merged"), (1, "invalid"), (2, "invalid")] {
        let sandbox = sandbox(json!({})).await;
        sandbox
            .seed_ortto(vec![json!({"fields": {"str::ei": "1"}}), person("z@x.example", json!({}))])
            .unwrap();
        let rows = json!([{"fields": {"str::email": "new@x.example", "str::ei": "1"}}, {"fields": {"str::email": "y@x.example", "str::ei": "9"}}]);
        let body = json!({"people": rows, "merge_by": ["str::email", "str::ei"], "find_strategy": strategy});
        assert_eq!(
            statuses(&ask(&sandbox, "person/merge", body).await)[0],
            status,
            "find_strategy {strategy}"
        );
    }
    // 1 goes to the next only where the row has no value.
    let sandbox = sandbox(json!({})).await;
    sandbox.seed_ortto(vec![json!({"fields": {"str::ei": "1"}})]).unwrap();
    let body = json!({"people": [{"fields": {"str::ei": "1"}}], "merge_by": ["str::email", "str::ei"], "find_strategy": 1});
    assert_eq!(statuses(&ask(&sandbox, "person/merge", body).await), ["merged"]);
}

#[tokio::test]
async fn t3_1_merge_by_another_field() {
    let sandbox = sandbox(json!({})).await;
    let phone = json!({"phone": "+46701234567"});
    sandbox.seed_ortto(vec![person("a@x.example", json!({"phn::phone": phone}))]).unwrap();
    let row = |phone: &Value| json!({"fields": {"phn::phone": phone, "str::first": "P"}});
    let by_phone = |row: Value| json!({"people": [row], "merge_by": ["phn::phone"]});
    assert_eq!(statuses(&ask(&sandbox, "person/merge", by_phone(row(&phone))).await), ["merged"]);
    // A new person needs an address or an external id.
    let other = ask(&sandbox, "person/merge", by_phone(row(&json!({"phone": "+46700000000"})))).await;
    assert_eq!(other.status, 400);
}

#[tokio::test]
async fn t3_1_tags_and_unset_tags() {
    let sandbox = sandbox(json!({})).await;
    let tagged = |tags: Value, unset: Value| {
        let mut row = person("a@x.example", json!({}));
        row["tags"] = tags;
        row["unset_tags"] = unset;
        json!([row])
    };
    assert_eq!(merge(&sandbox, tagged(json!(["VIP", "News"]), json!(["never seen"]))).await.status, 200);
    assert_eq!(of(&sandbox, "a@x.example").tags, ["VIP", "News"], "a tag is made on first use");
    assert_eq!(merge(&sandbox, tagged(json!(["vip "]), json!(["NEWS"]))).await.status, 200);
    assert_eq!(of(&sandbox, "a@x.example").tags, ["VIP"], "names match in any case");
    assert_eq!(sandbox.ortto().tags.len(), 2, "an absent tag is not made to be removed");
    let both = merge(&sandbox, tagged(json!(["VIP"]), json!(["vip"]))).await;
    assert_eq!(both.status, 400, "in both arrays: which comes first is undefined");
    assert_eq!(of(&sandbox, "a@x.example").tags, ["VIP"]);
}

#[rstest]
#[case::same(json!([{"fields": {"str::email": "a@x.example"}}, {"fields": {"str::email": "a@x.example"}}]))]
#[case::other_case(json!([{"fields": {"str::email": "new@x.example"}}, {"fields": {"str::email": " NEW@x.example"}}]))]
#[case::external(json!([{"fields": {"str::email": "b@x.example", "str::ei": "1"}}, {"fields": {"str::email": "c@x.example", "str::ei": "1"}}]))]
#[tokio::test]
async fn t3_1_nobody_twice_in_a_batch(#[case] rows: Value) {
    let sandbox = sandbox(json!({})).await;
    sandbox.seed_ortto(vec![person("a@x.example", json!({}))]).unwrap();
    let answer = merge(&sandbox, rows.clone()).await;
    assert_eq!(answer.status, 400);
    assert!(answer.json()["error"].as_str().unwrap().contains("twice"));
    let asynchronous = with(by_email(rows), "async", json!(true));
    assert_eq!(ask(&sandbox, "person/merge", asynchronous).await.status, 400, "asynchronous or not");
    assert_eq!(stored(&sandbox).len(), 1);
}

#[tokio::test]
async fn t3_1_nobody_twice_by_two_keys() {
    let sandbox = sandbox(json!({})).await;
    sandbox.seed_ortto(vec![person("a@x.example", json!({"str::ei": "1"}))]).unwrap();
    let rows = json!([{"fields": {"str::email": "a@x.example"}}, {"fields": {"str::ei": "1"}}]);
    let body = json!({"people": rows, "merge_by": ["str::email", "str::ei"]});
    assert_eq!(ask(&sandbox, "person/merge", body).await.status, 400);
}

#[tokio::test]
async fn t3_1_async_is_queued_and_applied() {
    let sandbox = sandbox(json!({})).await;
    let rows = json!([{"fields": {"str::email": "a@x.example"}}, {"fields": {"str::email": "no address"}}]);
    let answer = ask(&sandbox, "person/merge", with(by_email(rows), "async", json!(true))).await;
    assert_eq!((answer.status, answer.json()), (200, json!({"status": "queued"})), "no word of rows");
    assert_eq!(stored(&sandbox), ["a@x.example"]);
    let request = sandbox.record().pop().unwrap();
    assert!(request.applied);
    assert_eq!(request.unnamed.len(), 2, "the reply confirms nobody");
}
