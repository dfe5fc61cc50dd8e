//! The fix list: downloaded, mended by its suggestions, read in again and sent (product.md page 5).

use super::harness::{Desk, SandboxProcess};

/// One can go, one is mistyped, one has no address, one a value that does not fit, one did not say yes,
/// and the last has a twin.
const CSV: &str = "\u{feff}Förnamn;KundNr;E-post;Ålder;Nyhetsbrev;Hemligt\r\n\
    Åsa;0001;asa@example.com;30;ja;s1\r\n\
    \"Bo \"\"B\"\"; Ek\";0002;bo@gmail,com;41;JA;s2\r\n\
    =1+1;0003;;52;ja;s3\r\n\
    Dan;0004;dan@example.com;många;ja;s4\r\n\
    Eva;0005;eva@example.com;23;nej;s5\r\n\
    Fia;0006;fia@example.com;24;ja;s6\r\n\
    Fia två;0007;FIA@example.com;25;ja;s7\r\n";

const MATCH: [&str; 6] =
    ["--match", "Email=E-post", "--match", "FirstName=Förnamn", "--match", "custom:Age=Ålder"];

/// The records of a CSV file as the program writes it.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn text_of(records: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in records {
        writer.write_record(record).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// An export `NAME` of everybody in this file who said yes; the run of it.
fn run(desk: &Desk, name: &str, file: &str) -> serde_json::Value {
    desk.json(&["audience", "add", "files", name, file, "--key", "KundNr"]);
    desk.json(&["segment", "add", name, "--audience", name, "--where", "\"KundNr\" IS NOT NULL"]);
    let words = ["export", "add", name, "--connection", "News", "--audience", name, "--segment", name];
    desk.json(&[&words[..], &MATCH, &["--only-if", "Nyhetsbrev=Ja"]].concat());
    desk.run(&["export", "run", name, "--json"]).finished()
}

#[test]
fn a_list_is_mended_and_read_in_again() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    sandbox.control("POST", "custom_fields", r#"[{"name":"Age","fieldType":"integer"}]"#);
    let add = ["connection", "add", "autopilot", "News", "--agree", "--base-url", &sandbox.origin];
    assert_eq!(desk.run_with_key(&[&add[..], &["--rate", "0"]].concat(), &sandbox.key).code, 0);
    let first = run(&desk, "First", &desk.file("kunder.csv", CSV));
    let id = first["id"].as_str().unwrap();
    assert_eq!(first["counts"]["created"], 2, "{first}");

    let file = desk.path("fix.csv");
    let written = desk.json(&["run", "people", id, "--csv", file.to_str().unwrap()]);
    assert_eq!(written["rows"], 7, "{written}");
    let text = std::fs::read_to_string(&file).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark, for spreadsheets");
    for line in text.lines() {
        assert!(line.starts_with('"') && line.ends_with('"'), "every cell is quoted: {line}");
    }
    let mut rows = records(text);
    assert_eq!(
        rows[0],
        ["KundNr", "E-post", "Förnamn", "Ålder", "Nyhetsbrev", "outcome", "reason", "answer", "suggestion"],
        "the columns that were read, and no other"
    );
    assert!(!text.contains("s1"), "what is not matched is not kept");
    let header = rows.remove(0);
    rows.sort();
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let expected: [[&str; 9]; 7] = [
        ["0001", "asa@example.com", "Åsa", "30", "Ja", "created", "", "", ""],
        [
            "0002",
            "bo@gmail,com",
            "Bo \"B\"; Ek",
            "41",
            "Ja",
            "invalid",
            "not an e-mail address",
            "",
            "bo@gmail.com",
        ],
        ["0003", "", "'=1+1", "52", "Ja", "invalid", "no e-mail address", "", ""],
        [
            "0004",
            "dan@example.com",
            "Dan",
            "många",
            "Ja",
            "invalid",
            "custom:Age: not a whole number",
            "",
            "",
        ],
        ["0005", "eva@example.com", "", "", "", "excluded", "has not said yes", "", ""],
        ["0006", "fia@example.com", "Fia", "24", "Ja", "created", "", "", ""],
        [
            "0007",
            "FIA@example.com",
            "Fia två",
            "25",
            "Ja",
            "duplicate",
            "another profile with the same address goes",
            "0006 goes instead",
            "",
        ],
    ];
    assert_eq!(cells, expected);

    // Mended by the suggestions and by hand, the invalid ones go.
    let mut mended: Vec<Vec<String>> = vec![header];
    for mut row in rows.into_iter().filter(|row| row[5] == "invalid") {
        match (row[0].as_str(), row[8].clone()) {
            ("0004", _) => row[3] = "32".to_owned(),
            (_, suggestion) if !suggestion.is_empty() => row[1] = suggestion,
            _ => {}
        }
        mended.push(row);
    }
    let second = run(&desk, "Second", &desk.file("mended.csv", &text_of(&mended)));
    assert_eq!(
        (&second["counts"]["created"], &second["counts"]["invalid"]),
        (&2.into(), &1.into()),
        "{second}"
    );
    let contacts = sandbox.account()["contacts"].to_string();
    for sent in ["bo@gmail.com", "Bo \\\"B\\\"; Ek", "dan@example.com"] {
        assert!(contacts.contains(sent), "{sent} in {contacts}");
    }
}

#[test]
fn a_list_of_one_class_never_takes_the_place_of_another_file() {
    let desk = Desk::new();
    let sandbox = SandboxProcess::start(&desk, &[]);
    desk.set_up("CustomerId,FirstName,Email\n1,Anna,anna@gamil.com\n2,Bo,\n", &sandbox);
    let run = desk.run(&["export", "run", "Weekly", "--json"]).finished();
    let id = run["id"].as_str().unwrap();
    let theirs = desk.file("theirs.csv", "CustomerId,Email\n");
    let refused = desk.run(&["run", "people", id, "--csv", &theirs]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert_eq!(std::fs::read_to_string(&theirs).unwrap(), "CustomerId,Email\n");

    let file = desk.path("created.csv");
    for _ in 0..2 {
        let words = ["run", "people", id, "--outcome", "created", "--csv", file.to_str().unwrap()];
        assert_eq!(desk.json(&words)["rows"], 1, "an older list gives way");
    }
    let rows = records(std::fs::read_to_string(&file).unwrap().trim_start_matches('\u{feff}'));
    assert_eq!(
        rows[1],
        ["1", "anna@gamil.com", "Anna", "created", "", "", "anna@gmail.com"],
        "a valid address may be mistyped too"
    );
}
