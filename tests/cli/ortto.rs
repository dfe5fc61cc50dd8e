//! Ortto, the destination that Autopilot is today: what only it has (destination-api.md section 3; product.md
//! rules 4, 7 and 8). That counts, fates and contents are right is the referees' (tests/right, tests/never).

use serde_json::{Value, json};

use super::harness::{Desk, Done, SandboxProcess, people};

/// An audience, a segment of all, a connection to the Ortto account of the sandbox and the export `Weekly`.
fn stage(profiles: usize, faults: &Value) -> (Desk, SandboxProcess) {
    let desk = Desk::new();
    let faults = desk.file("faults.json", &faults.to_string());
    let sandbox = SandboxProcess::start(&desk, &["--faults", &faults]);
    desk.set_up_for("ortto", &people(profiles), &sandbox);
    (desk, sandbox)
}

fn run(desk: &Desk, words: &[&str]) -> Done {
    desk.run(&[&["export", "run", "Weekly", "--json"], words].concat())
}

fn account(sandbox: &SandboxProcess) -> Value {
    serde_json::from_str(&sandbox.control("GET", "ortto", "")).unwrap()
}

fn person(sandbox: &SandboxProcess, email: &str) -> Option<Value> {
    let all = account(sandbox);
    all["people"].as_array().unwrap().iter().find(|one| one["fields"]["str::email"] == email).cloned()
}

/// The bulk calls that wrote something.
fn merges(sandbox: &SandboxProcess) -> Vec<Value> {
    sandbox.record().into_iter().filter(|request| request["path"] == "/v1/person/merge").collect()
}

/// The address and reason of everybody of a class in a run.
fn fates(desk: &Desk, run: &Value, class: &str) -> Vec<(String, String)> {
    let people = desk.json(&["run", "people", run["id"].as_str().unwrap(), "--outcome", class]);
    let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    people.as_array().unwrap().iter().map(|one| (text(one, "email"), text(one, "reason"))).collect()
}

/// Nobody was told that people may be mailed, nobody who opted out may be mailed again, and the account shut nobody
/// out.
fn harmless(sandbox: &SandboxProcess) {
    let account = account(sandbox);
    for count in ["opt_ins", "resubscribed", "banned"] {
        assert_eq!(account[count], 0, "{count}: {account}");
    }
}

#[test]
fn a_segment_becomes_a_tag_and_a_second_run_sends_nothing() {
    let (desk, sandbox) = stage(250, &json!({}));
    let preview = desk.json(&["export", "preview", "Weekly"]);
    assert_eq!((&preview["new"], &preview["lists"][0]["exists"]), (&json!(250), &json!(false)), "{preview}");
    let done = run(&desk, &[]);
    assert_eq!(done.code, 0, "{done:?}");
    let first = done.finished();
    assert_eq!(
        (&first["counts"]["created"], &first["verified"], &first["status"]),
        (&json!(250), &json!(true), &json!("successful")),
        "{first}"
    );
    let account = account(&sandbox);
    let tag = account["tags"].as_array().unwrap().iter().find(|tag| tag["name"] == "Everybody").unwrap();
    assert_eq!(tag["count"], 250);
    let someone = person(&sandbox, "person7@example.com").unwrap();
    assert_eq!(
        (&someone["fields"]["str::first"], &someone["tags"]),
        (&json!("Name7"), &json!(["Everybody"]))
    );
    for call in merges(&sandbox) {
        let merge = &call["merge"];
        assert_eq!(merge["merge_by"], json!(["str::email"]));
        assert_eq!((&merge["merge_strategy"], &merge["find_strategy"]), (&json!(2), &json!(0)));
        assert_eq!(merge["suppression_list_field_id"], "str::email");
    }
    sandbox.control("DELETE", "record", "");
    let second = run(&desk, &[]).finished();
    assert_eq!(second["counts"]["unchanged"], 250, "{second}");
    assert_eq!(merges(&sandbox), Vec::<Value>::new());
    harmless(&sandbox);
}

#[test]
fn a_person_who_is_known_goes_by_the_accounts_id() {
    let (desk, sandbox) = stage(20, &json!({}));
    assert_eq!(run(&desk, &[]).code, 0);
    sandbox.control("DELETE", "record", "");
    desk.file("customers.csv", &people(20).replace("Name7", "Åsa"));
    let preview = desk.json(&["export", "preview", "Weekly"]);
    let done = run(&desk, &[]).finished();
    assert_eq!((&done["counts"]["updated"], &done["verified"]), (&json!(1), &Value::Null), "{done}");
    assert!(preview["requests"].as_u64() <= done["requests"].as_u64(), "{preview} {done}");
    let calls = merges(&sandbox);
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0]["merge"]["merge_by"], json!(["str::person_id"]));
    assert_eq!(person(&sandbox, "person7@example.com").unwrap()["fields"]["str::first"], "Åsa");
    harmless(&sandbox);
}

#[test]
fn whoever_was_deleted_in_the_account_is_not_made_anew_unless_somebody_chooses_so() {
    let (desk, sandbox) = stage(20, &json!({}));
    assert_eq!(run(&desk, &[]).code, 0);
    sandbox.control("DELETE", "ortto/people/person7@example.com", "");
    desk.file("customers.csv", &people(20).replace("Name7", "Åsa"));
    for turn in 1..=2 {
        let done = run(&desk, &[]);
        assert_eq!(done.code, 0, "turn {turn}: {done:?}");
        let done = done.finished();
        assert_eq!(done["counts"]["excluded"], 1, "turn {turn}: {done}");
        let gone = ("person7@example.com".to_owned(), "gone_in_account".to_owned());
        assert_eq!(fates(&desk, &done, "excluded"), [gone], "turn {turn}");
        assert_eq!(person(&sandbox, "person7@example.com"), None, "turn {turn}");
    }
    let done = run(&desk, &["--create-gone"]);
    assert_eq!(done.code, 0, "{done:?}");
    let again = person(&sandbox, "person7@example.com").unwrap();
    assert_eq!((&again["fields"]["str::first"], &again["tags"]), (&json!("Åsa"), &json!(["Everybody"])));
    harmless(&sandbox);
}

#[test]
fn leaving_a_segment_makes_nobody_anew() {
    let (desk, sandbox) = stage(20, &json!({}));
    assert_eq!(run(&desk, &[]).code, 0);
    sandbox.control("DELETE", "ortto/people/person20@example.com", "");
    sandbox.control("DELETE", "record", "");
    desk.file("customers.csv", &people(18));
    let done = run(&desk, &[]);
    assert_eq!(done.code, 0, "{done:?}");
    let done = done.finished();
    assert_eq!((&done["counts"]["leavers_removed"], &done["verified"]), (&json!(2), &json!(true)), "{done}");
    assert_eq!(person(&sandbox, "person20@example.com"), None);
    assert_eq!(person(&sandbox, "person19@example.com").unwrap()["tags"], json!([]));
    // One by id; one by address, for whom somebody may have made again by hand.
    let calls = merges(&sandbox);
    assert_eq!(calls.len(), 2);
    assert!(calls.iter().all(|call| call["merge"]["skip_non_existing"] == true), "{calls:?}");
    harmless(&sandbox);
}

#[test]
fn an_account_that_undoes_opt_outs_is_sent_one_call() {
    let (desk, sandbox) = stage(450, &json!({"ortto": {"permission": "reset_known"}}));
    let opted_out = json!([{"fields": {"str::email": "person333@example.com", "bol::p": false}}]);
    sandbox.control("POST", "ortto/people", &opted_out.to_string());
    let done = run(&desk, &[]);
    assert_eq!(done.code, 1, "{done:?}");
    let done = done.finished();
    let reason = done["reason"].as_str().unwrap();
    assert!(reason.starts_with("opt_out_undone: ") && reason.contains("1 of 1"), "{reason}");
    assert!(!reason.contains("person333"), "no personal data: {reason}");
    assert_eq!(merges(&sandbox).len(), 1, "the run stops after its first call");
    assert_eq!(done["counts"]["created"], 100);
    assert_eq!(done["counts"]["not_attempted"], 350);
}

#[test]
fn whoever_opted_out_or_is_suppressed_stays_so() {
    let (desk, sandbox) = stage(250, &json!({"ortto": {"suppressed": ["person9@example.com"]}}));
    let opted_out = json!([{"fields": {"str::email": "person8@example.com", "bol::p": false}}]);
    sandbox.control("POST", "ortto/people", &opted_out.to_string());
    let done = run(&desk, &[]);
    assert_eq!(done.code, 0, "{done:?}");
    let done = done.finished();
    let suppressed = ("person9@example.com".to_owned(), "suppressed".to_owned());
    assert_eq!(fates(&desk, &done, "excluded"), [suppressed]);
    assert_eq!(done["counts"]["created"], 249);
    assert_eq!(done["verified"], true);
    assert_eq!(person(&sandbox, "person9@example.com"), None);
    let kept = person(&sandbox, "person8@example.com").unwrap();
    assert_eq!((&kept["email_permission"], &kept["tags"]), (&json!(false), &json!(["Everybody"])));
    harmless(&sandbox);
}

#[test]
fn a_preview_counts_the_questions_about_opt_outs_that_are_asked() {
    let (desk, sandbox) = stage(1500, &json!({}));
    let opted_out = json!([{"fields": {"str::email": "person1450@example.com", "bol::p": false}}]);
    sandbox.control("POST", "ortto/people", &opted_out.to_string());
    assert_eq!(run(&desk, &[]).code, 0, "which shows that the account keeps opt-outs");
    // Whoever opted out is not sent, so that nobody is found at once.
    let all = people(1500);
    let (sent, rest) = all.split_at(all.find("C001401").unwrap());
    desk.file("customers.csv", &(sent.replace(",Name", ",Namn") + rest));
    let preview = desk.json(&["export", "preview", "Weekly"]);
    let done = run(&desk, &[]).finished();
    assert_eq!(done["counts"]["updated"], 1400, "{done}");
    assert_eq!(preview["requests"], done["requests"], "{preview} {done}");
    harmless(&sandbox);
}

#[test]
fn a_preview_counts_what_it_takes_to_let_people_go() {
    let (desk, sandbox) = stage(20, &json!({}));
    assert_eq!(run(&desk, &[]).code, 0);
    desk.file("customers.csv", &people(18));
    let preview = desk.json(&["export", "preview", "Weekly"]);
    let done = run(&desk, &[]).finished();
    assert_eq!(done["counts"]["leavers_removed"], 2, "{done}");
    assert_eq!(preview["requests"], done["requests"], "{preview} {done}");
    harmless(&sandbox);
}

#[test]
fn answers_in_another_order_are_whose_they_are() {
    let rules =
        json!({"faults": [{"on": {"path": "/person/merge"}, "do": {"people_shuffled": {"seed": 5}}}]});
    let (desk, sandbox) = stage(250, &rules);
    let done = run(&desk, &[]);
    assert_eq!(done.code, 0, "{done:?}");
    let account = account(&sandbox);
    let ids: Vec<(&str, &str)> = account["people"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["fields"]["str::email"].as_str().unwrap(), one["person_id"].as_str().unwrap()))
        .collect();
    assert_eq!(ids.len(), 250);
    for (email, id) in ids.into_iter().step_by(25) {
        let known = desk.json(&["person", email]);
        assert_eq!(known["receipts"][0]["vendor_id"], id, "{email}");
    }
    harmless(&sandbox);
}

#[test]
fn a_limit_of_calls_at_a_time_is_lived_with_and_confirmed_by_the_tag() {
    let (desk, sandbox) = stage(450, &json!({"ortto": {"async_only": 2, "async_later": 3}}));
    let done = run(&desk, &[]);
    assert_eq!(done.code, 0, "{done:?}");
    let done = done.finished();
    assert_eq!((&done["counts"]["created"], &done["verified"]), (&json!(450), &json!(true)), "{done}");
    assert!(
        merges(&sandbox).iter().any(|call| call["merge"]["async"] == true),
        "it was asked to do it later"
    );
    assert_eq!(account(&sandbox)["people"].as_array().unwrap().len(), 450);
    let next = run(&desk, &[]).finished();
    assert_eq!(next["counts"]["unchanged"], 450, "{next}");
    harmless(&sandbox);
}

#[test]
fn fields_are_read_live_and_values_checked() {
    let fields = json!([
        {"type": "text", "name": "Shoe size"}, {"type": "decimal", "name": "Spent"},
        {"type": "single_select", "name": "Plan", "values": ["Gold", "Silver"]},
        {"type": "multi_select", "name": "Likes", "values": ["Tea", "Milk"]},
    ]);
    let (desk, sandbox) = stage(0, &json!({"ortto": {"fields": fields}}));
    desk.file(
        "customers.csv",
        "CustomerId,FirstName,Email,Spent,Plan,Likes,Tel,Town\n\
         1,A,a@example.com,1.5,gold,Tea;Milk,+46 70 123 45 60,Umeå\n\
         2,B,b@example.com,2.0625,Bronze,Tea,0701234560,Umeå\n\
         3,C,c@example.com,0.0005,Silver,,+46701234560,\n",
    );
    desk.json(&["audience", "refresh", "Customers"]);
    for matched in
        ["custom:Spent=Spent", "custom:Plan=Plan", "custom:Likes=Likes", "phn::phone=Tel", "geo::city=Town"]
    {
        desk.json(&["export", "edit", "Weekly", "--match", matched]);
    }
    let done = run(&desk, &[]);
    assert_eq!(done.code, 0, "{done:?}");
    let fields = person(&sandbox, "a@example.com").unwrap()["fields"].clone();
    assert_eq!(fields["int:cm:spent"], 1500, "{fields}");
    assert_eq!(fields["str:cm:plan"], "Gold", "in the account's own spelling: {fields}");
    assert_eq!(fields["sst:cm:likes"], json!(["Tea", "Milk"]), "{fields}");
    assert_eq!(fields["geo::city"], json!({"name": "Umeå"}), "{fields}");
    let invalid = fates(&desk, &done.finished(), "invalid");
    assert_eq!(invalid, [("b@example.com".to_owned(), "not_a_choice:custom:Plan".to_owned())]);
    desk.file(
        "customers.csv",
        "CustomerId,FirstName,Email,Spent,Plan,Likes,Tel,Town\n1,A,a@example.com,1.5,gold,Milk,+46701234560,Umeå\n\
         3,C,c@example.com,0.0005,Silver,,+46701234560,\n",
    );
    assert_eq!(run(&desk, &[]).code, 0);
    let fields = person(&sandbox, "a@example.com").unwrap()["fields"].clone();
    assert_eq!(fields["sst:cm:likes"], json!(["Milk"]), "what was chosen before is replaced: {fields}");
    // A field that is gone stops the run and is named.
    let plan =
        account(&sandbox)["fields"].as_array().unwrap().iter().find(|one| one["name"] == "Plan").cloned();
    sandbox.control("DELETE", &format!("ortto/fields/{}", plan.unwrap()["id"].as_str().unwrap()), "");
    let refused = run(&desk, &[]);
    assert_eq!((refused.code, &refused.error()["code"]), (5, &json!("bad_matching")), "{refused:?}");
    assert!(refused.error()["message"].as_str().unwrap().contains("custom:Plan"), "{refused:?}");
}

#[test]
fn a_full_account_stops_the_run_with_advice() {
    for (act, words) in [("limit_507", "contract"), ("forbidden_403", "expired")] {
        let (desk, sandbox) = stage(150, &json!({"faults": [{"on": {"path": "/person/merge"}, "do": act}]}));
        let done = run(&desk, &[]);
        assert_eq!(done.code, 1, "{act}: {done:?}");
        let run = done.finished();
        assert!(run["reason"].as_str().unwrap().contains(words), "{act}: {run}");
        assert_eq!(
            (&run["counts"]["not_attempted"], &run["resumable"]),
            (&json!(150), &json!(true)),
            "{act}"
        );
        harmless(&sandbox);
    }
}

#[test]
fn many_bad_rows_never_get_us_shut_out() {
    let bad: Vec<String> = (1..=30).map(|at| format!("person{at}@example.com")).collect();
    let (desk, sandbox) = stage(30, &json!({"ortto": {"mixed": "refuses_all"}, "bad_addresses": bad}));
    let done = run(&desk, &[]);
    assert_eq!(done.code, 3, "{done:?}");
    assert_eq!(done.finished()["counts"]["rejected"], 30);
    harmless(&sandbox);
}

#[test]
fn calls_of_nobody_valid_never_get_us_shut_out() {
    let bad: Vec<String> = (1..=1700).map(|at| format!("person{at}@example.com")).collect();
    let (desk, sandbox) = stage(1700, &json!({"bad_addresses": bad}));
    let done = run(&desk, &[]);
    assert_eq!(done.code, 3, "{done:?}");
    assert_eq!(done.finished()["counts"]["rejected"], 1700);
    harmless(&sandbox);
}

#[test]
fn a_region_is_one_of_three_and_a_wrong_key_stores_nothing() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    let unknown =
        desk.run_with_key(&["connection", "add", "ortto", "News", "--agree", "--region", "us"], "k");
    assert_eq!(unknown.code, 2, "{unknown:?}");
    let words = ["connection", "add", "ortto", "News", "--agree", "--base-url", &sandbox.origin, "--json"];
    let refused = desk.run_with_key(&words, "wrong");
    assert_eq!((refused.code, &refused.error()["code"]), (1, &json!("key_refused")), "{refused:?}");
    assert!(refused.error()["help"].as_str().unwrap().contains("region"), "{refused:?}");
    assert_eq!(desk.json(&["connection", "list"]), json!([]));
    assert_eq!(sandbox.record().len(), 1, "one call for one click");
}
