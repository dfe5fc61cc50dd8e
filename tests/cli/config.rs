//! The configuration as a file: out of one data folder and into another (product.md page 10), and files
//! that are broken or made to do harm (reliability.md X10).

use serde_json::{Value, json};

use super::harness::{Desk, Done, SandboxProcess};

/// A desk with something of every kind, and its configuration.
fn stage() -> (Desk, SandboxProcess, String) {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up(
        "CustomerId,FirstName,Email,Ok\n1,Zebulon,zebulon@example.com,yes\n2,Bo,bo@example.com,no\n",
        &sandbox,
    );
    desk.file("andra.csv", "Nr;E-post\n7;siv@example.com\n");
    desk.file("in.csv", "Nr,Segment\n7,Från filen\n");
    desk.json(
        &[
            &["audience", "add", "files", "Åtta", "andra.csv", "--key", "Nr", "--delimiter", ";"][..],
            &["--memberships", "in.csv"],
        ]
        .concat(),
    );
    desk.file("some.csv", "CustomerId\n2\n");
    desk.json(&["segment", "add", "Some", "--audience", "Customers", "--members", "some.csv"]);
    desk.json(&["segment", "add", "Ö “quoted”", "--audience", "Åtta", "--where", "\"Nr\" = 7"]);
    let rule = r#"{"rowsets":[{"rowsetOperation":"union","criteria":{"attribute":"Ok","comparisonOperator":"equals","value":"yes"}}]}"#;
    let rule = desk.file("rule.json", rule);
    desk.json(&["segment", "add", "Yes", "--audience", "Customers", "--rule", &rule]);
    desk.json(&[
        "export",
        "edit",
        "Weekly",
        "--only-if",
        "Ok=yes",
        "--leavers",
        "keep",
        "--limit",
        "500",
        "--max-loss",
        "20",
        "--segment",
        "Everybody=All of them",
        "--clear-blank",
        "FirstName",
    ]);
    desk.json(&["connection", "set", "News", "--contract-size", "9000"]);
    desk.json(&["export", "duplicate", "Weekly", "Alone"]);
    desk.json(&["export", "detach", "Alone"]);
    assert_eq!(desk.run(&["export", "run", "Weekly"]).code, 0);
    let file = desk.path("segue.json");
    let done = desk.json(&["config", "export", file.to_str().unwrap()]);
    assert_eq!(
        (&done["audiences"], &done["segments"], &done["connections"], &done["exports"]),
        (&json!(2), &json!(5), &json!(1), &json!(2)),
        "{done}"
    );
    let text = std::fs::read_to_string(file).unwrap();
    (desk, sandbox, text)
}

/// The program on the desk's other data folder.
fn other(desk: &Desk, words: &[&str]) -> Done {
    desk.run(&[words, &["--json", "--data-dir", "other"]].concat())
}

#[test]
fn what_goes_out_of_one_folder_and_into_another_comes_out_the_same() {
    let (desk, sandbox, text) = stage();
    for secret in [sandbox.key.as_str(), "zebulon", "Zebulon", "siv@", "anna", "given_by", "\"id\""] {
        assert!(!text.contains(secret), "{secret} is not in it: {text}");
    }
    assert!(text.starts_with("{\n  \"segue_configuration\": 1,\n"), "a form with a version: {text}");

    let done = other(&desk, &["config", "import", "segue.json"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(
        done.document(),
        json!({
            "added": {"audiences": 2, "segments": 5, "connections": 1, "exports": 2},
            "unchanged": 0,
            "needs_key": ["News"]
        })
    );
    let again = other(&desk, &["config", "export", "again.json"]);
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(std::fs::read_to_string(desk.path("again.json")).unwrap(), text, "octet for octet");
    let log = other(&desk, &["audit", "list"]).document();
    let actions: Vec<&str> =
        log.as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap()).collect();
    assert_eq!(actions.iter().filter(|action| action.ends_with("imported")).count(), 9, "{log}");
    assert!(actions.contains(&"connection imported, without key and consent"), "{log}");

    // Nothing goes anywhere before somebody gives the key and agrees.
    sandbox.control("DELETE", "record", "");
    for words in [&["export", "run", "Weekly"][..], &["export", "preview", "Weekly"]] {
        let refused = other(&desk, words);
        let error = refused.error();
        assert_eq!((refused.code, &error["code"]), (5, &json!("no_consent")), "{refused:?}");
        assert!(error["message"].as_str().unwrap().contains("has no API key yet"), "{error}");
        assert!(error["help"].as_str().unwrap().contains("set-key NAME --agree"), "{error}");
    }
    assert_eq!(sandbox.record(), Vec::<Value>::new(), "not one request");
    let list = desk.run(&["connection", "list", "--data-dir", "other"]);
    assert!(list.out.contains("no; needs its key"), "{list:?}");

    let key = ["connection", "set-key", "News", "--data-dir", "other"];
    assert_eq!(desk.run_with_key(&key, &sandbox.key).code, 5, "not without consent");
    assert_eq!(desk.run_with_key(&[&key[..], &["--agree"]].concat(), "wrong").code, 1, "not a wrong one");
    assert_eq!(desk.run_with_key(&[&key[..], &["--agree"]].concat(), &sandbox.key).code, 0);
    let run = other(&desk, &["export", "run", "Weekly"]).finished();
    assert_eq!(
        (&run["status"], &run["counts"]["created"], &run["counts"]["excluded"]),
        (&json!("successful"), &json!(1), &json!(1)),
        "{run}"
    );
}

#[test]
fn what_is_here_already_is_left_alone_and_what_differs_is_named() {
    let (desk, _sandbox, text) = stage();
    let before = desk.json(&["connection", "list"]);
    let done = desk.json(&["config", "import", "segue.json"]);
    assert_eq!((&done["unchanged"], &done["needs_key"]), (&json!(10), &json!([])), "{done}");
    assert_eq!(desk.json(&["connection", "list"]), before, "key and consent stay");

    let differs = text
        .replace("\"CustomerId IS NOT NULL\"", "\"CustomerId = 1\"")
        .replace("\"limit\": 500", "\"limit\": 501")
        .replace("\"name\": \"Åtta\"", "\"name\": \"New\"")
        .replace("\"audience\": \"Åtta\"", "\"audience\": \"New\"");
    desk.file("differs.json", &differs);
    let refused = desk.run(&["config", "import", "differs.json", "--json"]);
    assert_eq!((refused.code, &refused.error()["code"]), (2, &json!("name_taken")), "{refused:?}");
    let message = refused.error()["message"].as_str().unwrap().to_owned();
    for named in ["segment “Everybody”", "segment “Ö “quoted””", "export “Weekly”", "export “Alone”"]
    {
        assert!(message.contains(named), "{named} in {message}");
    }
    assert!(!message.contains("“Customers”") && !message.contains("“News”"), "only what differs: {message}");
    assert_eq!(desk.json(&["audience", "list"]).as_array().map(Vec::len), Some(2), "nothing was added");
    desk.json(&["config", "export", "after.json"]);
    assert_eq!(std::fs::read_to_string(desk.path("after.json")).unwrap(), text, "nothing was changed");
}

#[test]
fn files_that_are_not_there_are_named_all_at_once() {
    let (desk, _sandbox, _) = stage();
    for name in ["customers.csv", "andra.csv"] {
        std::fs::remove_file(desk.path(name)).unwrap();
    }
    let refused = other(&desk, &["config", "import", "segue.json"]);
    assert_eq!((refused.code, &refused.error()["code"]), (1, &json!("bad_file")), "{refused:?}");
    let message = refused.error()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("customers.csv") && message.contains("andra.csv"), "{message}");
    assert!(!desk.path("other").exists(), "nothing was made");
}

#[test]
fn a_broken_or_evil_file_is_refused_and_changes_nothing() {
    let (desk, _sandbox, text) = stage();
    let document: Value = serde_json::from_str(&text).unwrap();
    let long = "x".repeat(10_000);
    // What is put in the place of what, and the words of the refusal.
    let set: Vec<(&str, Value, &str)> = vec![
        ("/segue_configuration", json!(2), "has the form 2"),
        ("/segue_configuration", json!("1"), "has the form"),
        ("/retention_days", json!(0), "1 to 3,650 days"),
        ("/retention_days", json!("30"), "line "),
        ("/audiences", json!({}), "line "),
        ("/audiences/0/name", json!(long), "longer than 200"),
        ("/audiences/0/name", json!("a\u{1b}[2Jb"), "line break"),
        ("/audiences/0/name", json!(""), "blank"),
        ("/audiences/1/name", document["audiences"][0]["name"].clone(), "stands in the file twice"),
        ("/audiences/0/data/kind", json!("dataverse"), "dataverse"),
        ("/audiences/0/data/paths", json!([]), "no files"),
        ("/audiences/0/data/paths/0", json!("../customers.csv"), "not absolute"),
        ("/audiences/0/data/paths/0", json!("file:///etc/passwd"), "not absolute"),
        ("/audiences/0/data/paths/0", json!("/etc/passwd\u{0}.csv"), "not absolute"),
        ("/audiences/0/data/paths/0", json!("/nowhere/customers.csv"), "/nowhere/customers.csv"),
        ("/audiences/0/data/paths/0", json!("/dev/zero"), "/dev/zero"),
        ("/audiences/0/data/key", json!("Nope"), "Nope"),
        ("/audiences/0/data/delimiter", json!(";;"), "line "),
        ("/audiences/0/data/memorised", json!(true), "unknown field `memorised`"),
        ("/segments/0/audience", json!("Nobody"), "which is not in the file"),
        ("/segments/0/rule/predicate", json!("CustomerId IS NOT NULL; DROP TABLE run"), "“Everybody”"),
        ("/segments/0/rule/predicate", json!("load_extension('x')"), "“Everybody”"),
        ("/segments/0/rule/predicate", json!("Nope = 1"), "Nope"),
        (
            "/segments/0/rule/predicate",
            json!(format!("{}1=1{}", "(".repeat(500), ")".repeat(500))),
            "“Everybody”",
        ),
        ("/segments/0/rule", json!({"kind": "rule", "rule": "{"}), "“Everybody”"),
        ("/segments/0/rule/more", json!(1), "unknown field `more`"),
        ("/connections/0/origin", json!("http://example.com"), "https"),
        ("/connections/0/origin", json!("https://api.vendor.com@evil.example"), "user name"),
        ("/connections/0/origin", json!("https://169.254.169.254"), "IP address"),
        ("/connections/0/origin", json!("HTTP://LOCALHOST:8080/"), "plain form"),
        ("/connections/0/rate", json!(5000), "1,000 requests"),
        ("/connections/0/rate", json!(-1), "line "),
        ("/connections/0/contract_size", json!(u64::MAX), "too large"),
        ("/connections/0/key", json!("a key"), "unknown field `key`"),
        ("/connections/0/consent", json!({"given_by": "anna"}), "unknown field `consent`"),
        ("/connections/0/type", json!("mailer"), "mailer"),
        ("/exports/0/connection", json!("Nowhere"), "which is not in the file"),
        ("/exports/0/matching", json!([]), "begin with Email"),
        ("/exports/0/matching/1/target", json!("Email"), "matched twice"),
        ("/exports/1/matching/1/target", json!("_autopilot_list"), "cannot be matched"),
        ("/exports/0/matching/1/column", json!("Nope"), "no column “Nope”"),
        ("/exports/0/matching/1/blank", json!("drop"), "drop"),
        ("/exports/0/segments", json!([]), "No segment"),
        ("/exports/0/segments/0/segment", json!("Ö “quoted”"), "another audience"),
        ("/exports/0/segments/0/title", json!(long), "longer than 200"),
        ("/exports/0/only_if/column", json!("Nope"), "no column “Nope”"),
        ("/exports/0/limit", json!(0), "at least 1"),
        ("/exports/0/limit", json!(u64::MAX), "too large"),
        ("/exports/0/max_loss", json!(101), "100 percent"),
        ("/exports/0/schedule", json!("daily"), "invalid type: string \"daily\""),
        ("/exports/0/schedule/mode", json!("daily"), "unknown variant `daily`"),
        ("/extra", json!(1), "unknown field `extra`"),
    ];
    let mut cases: Vec<(String, Vec<u8>, &str)> = set
        .into_iter()
        .map(|(place, value, words)| {
            let mut evil = document.clone();
            put(&mut evil, place, value);
            (place.to_owned(), evil.to_string().into_bytes(), words)
        })
        .collect();
    let nested =
        format!("{{\"segue_configuration\":1,\"audiences\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let twice =
        text.replacen("\"retention_days\": 30,", "\"retention_days\": 30,\n  \"retention_days\": 31,", 1);
    let cut = text.split_at(text.len() / 2).0.as_bytes().to_vec();
    cases.extend([
        ("nested".to_owned(), nested.into_bytes(), "line 1"),
        ("twice".to_owned(), twice.into_bytes(), "line 4, column 18: duplicate field `retention_days`"),
        ("cut".to_owned(), cut, "line "),
        ("empty".to_owned(), Vec::new(), "line 1, column 0"),
        ("no configuration".to_owned(), b"{\"a\": 1}".to_vec(), "no configuration of Segue"),
        ("no text".to_owned(), vec![0xff, 0xfe, b'{'], "not text in UTF-8"),
        ("large".to_owned(), vec![b' '; (16 << 20) + 1], "larger than 16 MB"),
    ]);
    let mut wrong = Vec::new();
    for (case, bytes, words) in cases {
        std::fs::write(desk.path("evil.json"), bytes).unwrap();
        let refused = other(&desk, &["config", "import", "evil.json"]);
        if refused.code == 0 {
            std::fs::remove_dir_all(desk.path("other")).unwrap();
            wrong.push(format!("{case}: was taken"));
            continue;
        }
        let error = refused.error();
        let message = error["message"].as_str().unwrap();
        let refuses = [1, 2, 5].contains(&refused.code) && error["code"] != "internal";
        let says = message.contains(words) && message.to_lowercase().contains("nothing was");
        if !refuses || !says || message.chars().count() > 900 || desk.path("other").exists() {
            wrong.push(format!("{case}: exit {}, wanted “{words}” in: {message}", refused.code));
        }
    }
    assert!(wrong.is_empty(), "each is refused in a sentence and changes nothing:\n{}", wrong.join("\n"));
    for (name, words) in [("", "not a file"), ("nowhere.json", "cannot be read")] {
        let path = desk.path(name);
        let refused = other(&desk, &["config", "import", path.to_str().unwrap()]);
        assert_eq!(refused.code, 1, "{refused:?}");
        assert!(refused.error()["message"].as_str().unwrap().contains(words), "{refused:?}");
    }
}

#[test]
fn a_file_that_is_no_configuration_is_not_written_over() {
    let (desk, _sandbox, text) = stage();
    let theirs = desk.file("theirs.json", "{\"a\": 1}");
    for place in [theirs.as_str(), desk.path("").to_str().unwrap()] {
        let refused = desk.run(&["config", "export", place, "--json"]);
        assert_eq!((refused.code, &refused.error()["code"]), (1, &json!("bad_file")), "{refused:?}");
    }
    assert_eq!(std::fs::read_to_string(&theirs).unwrap(), "{\"a\": 1}");
    desk.file("segue.json", &text.replace("500", "501"));
    desk.json(&["config", "export", "segue.json"]);
    assert_eq!(std::fs::read_to_string(desk.path("segue.json")).unwrap(), text, "an older one gives way");
}

/// Puts a value at a place of a document, in the place of another or beside the others.
fn put(document: &mut Value, place: &str, value: Value) {
    let (parent, key) = place.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(object) => drop(object.insert(key.to_owned(), value)),
        Value::Array(array) => array[key.parse::<usize>().unwrap()] = value,
        other => panic!("{place} is in {other}"),
    }
}
