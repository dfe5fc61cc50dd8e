//! What a run makes of answers that are none (reliability.md 2.1, 2.2).

use serde_json::Value;

use super::harness::{Desk, Done, SandboxProcess, people};

fn stage(people_: usize) -> (Desk, SandboxProcess) {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(&people(people_), &sandbox);
    // The lists and the question how people get on them are settled first.
    assert_eq!(desk.run(&["export", "run", "Weekly", "--first", "5"]).code, 3);
    (desk, sandbox)
}

fn run_under(desk: &Desk, sandbox: &SandboxProcess, on: &str, act: &str) -> Done {
    sandbox.control("DELETE", "record", "");
    let faults = format!(r#"{{"faults":[{{"on":{{"method":"POST","path":"/contacts"{on}}},"do":{act}}}]}}"#);
    sandbox.control("PUT", "faults", &faults);
    desk.run(&["export", "run", "Weekly", "--json"])
}

fn bulk(sandbox: &SandboxProcess) -> Vec<Value> {
    sandbox.record().into_iter().filter(|request| request["path"] == "/v1/contacts").collect()
}

#[test]
fn somebody_else_who_answers_is_believed_nothing() {
    let (desk, sandbox) = stage(300);
    for act in [r#""html""#, r#""empty""#, r#""null""#, r#""array""#, r#""no_map""#] {
        let done = run_under(&desk, &sandbox, "", act);
        assert_eq!(done.code, 1, "{act}: {done:?}");
        let run = done.finished();
        assert_eq!((&run["status"], &run["resumable"]), (&"failed".into(), &true.into()), "{act}: {run}");
        assert_eq!(run["counts"]["created"], 0, "{act}: {run}");
        assert_eq!(run["counts"]["rejected"], 0, "{act}: {run}");
        assert!(bulk(&sandbox).len() <= 10, "{act}: stopped after three, and those in flight: {run}");
        let reason = run["reason"].as_str().unwrap();
        assert!(
            reason.starts_with("destination: Something else answers"),
            "by its code, then in words: {reason}"
        );
    }
    sandbox.control("PUT", "faults", "{}");
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!(run["status"], "successful", "{run}");
    assert_eq!(sandbox.account()["contacts"].as_array().unwrap().len(), 300);
}

#[test]
fn now_and_then_an_answer_that_is_none_is_asked_for_again() {
    let (desk, sandbox) = stage(1_000);
    let acts = [r#""html""#, r#""truncate""#, r#""reset_after""#, r#"{"status":503}"#, r#""foreign_map""#];
    for (place, act) in acts.into_iter().enumerate() {
        desk.file("customers.csv", &people(1_000).replace(",Name", &format!(",Turn {place} ")));
        let done = run_under(&desk, &sandbox, r#","nth":[2,5]"#, act);
        assert_eq!(done.code, 0, "{act}: {done:?}");
        let run = done.finished();
        let sent = run["counts"]["created"].as_u64().unwrap() + run["counts"]["updated"].as_u64().unwrap();
        assert_eq!((sent, &run["counts"]["rejected"]), (1_000, &0.into()), "{act}: {run}");
        assert!(run["retries"].as_u64().unwrap() >= 2, "{act}: {run}");
    }
}

#[test]
fn a_body_that_is_too_long_makes_the_calls_smaller_for_the_rest() {
    let (desk, sandbox) = stage(2_005);
    // A hundred of these people take some 13,000 bytes.
    let done = run_under(&desk, &sandbox, r#","longer":10000"#, r#"{"status":413}"#);
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(done.finished()["counts"]["created"], 2_000);
    let sizes = |status: u64| -> Vec<usize> {
        let answered = bulk(&sandbox).into_iter().filter(|request| request["status"] == status);
        answered.map(|request| request["emails"].as_array().unwrap().len()).collect()
    };
    let refused = sizes(413);
    assert!(refused.iter().all(|size| *size == 100), "{refused:?}");
    assert!((1..=16).contains(&refused.len()), "only those that were under way: {refused:?}");
    assert_eq!(sizes(200), [50; 40], "everybody else in smaller calls");
}

#[test]
fn a_list_that_is_gone_stops_a_run_and_can_be_made_anew() {
    let (desk, sandbox) = stage(20);
    assert_eq!(desk.run(&["export", "run", "Weekly"]).code, 0);
    let id = sandbox.account()["lists"][0]["list_id"].as_str().unwrap().to_owned();
    sandbox.control("DELETE", &format!("lists/{id}"), "");
    sandbox.control("DELETE", "record", "");
    let gone = desk.run(&["export", "run", "Weekly", "--json"]);
    assert_eq!((gone.code, &gone.error()["code"]), (1, &"list_gone".into()), "{gone:?}");
    assert!(sandbox.record().iter().all(|request| request["method"] == "GET"), "nothing was written");
    let anew = desk.run(&["export", "run", "Weekly", "--new-lists", "--json"]);
    assert_eq!(anew.code, 0, "{anew:?}");
    let lists = sandbox.account()["lists"].clone();
    assert_eq!((&lists[0]["title"], &lists[0]["members"]), (&"Everybody".into(), &20.into()), "{lists}");
    let quiet = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!(quiet["counts"]["unchanged"], 20, "{quiet}");
}

#[test]
fn a_cleared_field_is_cleared_once() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    sandbox.control("POST", "custom_fields", r#"[{"name":"Score","fieldType":"integer"}]"#);
    desk.set_up("CustomerId,FirstName,Email,Score\nC1,Anna,anna@example.com,7\n", &sandbox);
    desk.json(&[
        "export",
        "edit",
        "Weekly",
        "--match",
        "custom:Score=Score",
        "--clear-blank",
        "custom:Score",
    ]);
    assert_eq!(desk.run(&["export", "run", "Weekly"]).code, 0);
    desk.file("customers.csv", "CustomerId,FirstName,Email,Score\nC1,Anna,anna@example.com,\n");
    let cleared = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!(cleared["counts"]["updated"], 1, "{cleared}");
    assert_eq!(sandbox.account()["contacts"][0]["custom"]["Score"], Value::Null);
    // Unmapping another field changes nobody, so the cleared one must still be known as it was sent.
    desk.json(&["export", "edit", "Weekly", "--unmatch", "FirstName"]);
    let after = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    assert_eq!(after["counts"]["unchanged"], 1, "{after}");
}
