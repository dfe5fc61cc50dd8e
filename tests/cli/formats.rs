//! "Right" from each format and encoding: the same people, exported from every kind of file to a fresh
//! account, make requests of the same length and the same account, byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::{Value, json};

use super::harness::{Desk, SandboxProcess};

const NAMES: [&str; 9] =
    ["CustomerId", "Email", "FirstName", "City", "Orders", "Spend", "Active", "Born", "Note"];
/// As a CDM model calls their types, and as Parquet does.
const KINDS: [(&str, &str); 9] = [
    ("string", "BYTE_ARRAY CustomerId (UTF8)"),
    ("string", "BYTE_ARRAY Email (UTF8)"),
    ("string", "BYTE_ARRAY FirstName (UTF8)"),
    ("string", "BYTE_ARRAY City (UTF8)"),
    ("int64", "INT64 Orders"),
    ("decimal", "INT32 Spend (DECIMAL(9,2))"),
    ("boolean", "BOOLEAN Active"),
    ("dateTime", "INT32 Born (DATE)"),
    ("string", "BYTE_ARRAY Note (UTF8)"),
];
const PEOPLE: usize = 250;

type Row = [String; 9];

/// People with what is awkward in one format or another: blanks, leading zeros, quotes, delimiters, line
/// breaks, letters beyond ASCII (all of them are in Windows-1252), doubled and malformed addresses.
fn rows() -> Vec<Row> {
    let of = |all: &[&str], place: usize| all[place % all.len()].to_owned();
    (0..PEOPLE)
        .map(|n| {
            let email = match n % 25 {
                7 => String::new(),
                11 => "no address".to_owned(),
                13 => format!("Person{}@example.com", n - 1),
                17 => format!("åsa{n}@bücher.example"),
                _ => format!("person{n}@example.com"),
            };
            let cents = (n * 7919) % 300_000;
            [
                format!("{n:04}"),
                email,
                of(&["Åsa", "O'Neil", "Zoë", "", "Bo \"B\"", "Jürgen; Ek", "x, y"], n),
                of(&["Malmö", "", "Umeå", "São Paulo", "12345", "007"], n),
                if n % 9 == 4 { String::new() } else { format!("{}", n as i64 % 40 - 5) },
                if n % 8 == 3 { String::new() } else { format!("{}.{:02}", cents / 100, cents % 100) },
                of(&["true", "false", "true", ""], n),
                if n % 6 == 5 {
                    String::new()
                } else {
                    format!("19{:02}-{:02}-{:02}", n % 100, n % 12 + 1, n % 28 + 1)
                },
                of(&["", "in two\nlines", "=1+1", "tab\there", "1,5", "NULL", "½ ©"], n),
            ]
        })
        .collect()
}

fn csv(rows: &[Row], delimiter: u8, header: bool) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    if header {
        writer.write_record(NAMES).unwrap();
    }
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// As a Swedish spreadsheet saves it.
fn windows_1252(rows: &[Row]) -> Vec<u8> {
    let swedish: Vec<Row> = rows
        .iter()
        .map(|row| {
            let mut row = row.clone();
            row[5] = row[5].replace('.', ",");
            row
        })
        .collect();
    csv(&swedish, b';', true).chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes).collect()
}

/// Numbers and truths as JSON has them; what is blank is null or left out.
fn ndjson(rows: &[Row]) -> String {
    let mut text = String::new();
    for (n, row) in rows.iter().enumerate() {
        let members = NAMES.iter().zip(row).filter_map(|(name, cell)| {
            let value = match *name {
                _ if cell.is_empty() && n % 2 > 0 => return None,
                _ if cell.is_empty() => "null".to_owned(),
                "Orders" | "Spend" | "Active" => cell.clone(),
                _ => Value::from(cell.as_str()).to_string(),
            };
            Some(format!("\"{name}\":{value}"))
        });
        text.push_str(&format!("{{{}}}\n", members.collect::<Vec<_>>().join(",")));
    }
    text
}

fn parquet(rows: &[Row]) -> Vec<u8> {
    let columns: String = KINDS.iter().map(|(_, column)| format!("OPTIONAL {column}; ")).collect();
    let schema = parse_message_type(&format!("message people {{ {columns} }}")).unwrap();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for place in 0..NAMES.len() {
        let cells: Vec<&str> = rows.iter().map(|row| row[place].as_str()).collect();
        let there: Vec<i16> = cells.iter().map(|cell| i16::from(!cell.is_empty())).collect();
        let filled: Vec<&str> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        let mut column = group.next_column().unwrap().unwrap();
        let written = match column.untyped() {
            ColumnWriter::ByteArrayColumnWriter(to) => {
                let values: Vec<ByteArray> = filled.iter().map(|cell| ByteArray::from(*cell)).collect();
                to.write_batch(&values, Some(&there), None)
            }
            ColumnWriter::BoolColumnWriter(to) => {
                let values: Vec<bool> = filled.iter().map(|cell| *cell == "true").collect();
                to.write_batch(&values, Some(&there), None)
            }
            ColumnWriter::Int64ColumnWriter(to) => {
                let values: Vec<i64> = filled.iter().map(|cell| cell.parse().unwrap()).collect();
                to.write_batch(&values, Some(&there), None)
            }
            ColumnWriter::Int32ColumnWriter(to) if NAMES[place] == "Born" => {
                let days = |cell: &&str| {
                    let day: jiff::civil::Date = cell.parse().unwrap();
                    day.since(jiff::civil::date(1970, 1, 1)).unwrap().get_days()
                };
                let values: Vec<i32> = filled.iter().map(days).collect();
                to.write_batch(&values, Some(&there), None)
            }
            ColumnWriter::Int32ColumnWriter(to) => {
                let values: Vec<i32> =
                    filled.iter().map(|cell| cell.replace('.', "").parse().unwrap()).collect();
                to.write_batch(&values, Some(&there), None)
            }
            _ => panic!("no other type is in the schema"),
        };
        assert_eq!(written.unwrap(), filled.len());
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 0).unwrap()
}

/// Files as a download of what Customer Insights exports: two without header, far below the model.
fn cdm(rows: &[Row]) -> Vec<(String, Vec<u8>)> {
    let day = "Customer/2026/11/01/0830";
    let attributes: Value =
        NAMES.iter().zip(KINDS).map(|(name, (kind, _))| json!({ "name": name, "dataType": kind })).collect();
    let partition = |n: usize| {
        let location = format!("https://account.blob.core.windows.net/box/CI/Weekly/{day}/Customer_{n}.csv");
        json!({ "name": format!("Customer_{n}"), "location": location })
    };
    let model = json!({ "name": "Weekly", "version": "1.0", "entities": [
        { "$type": "LocalEntity", "name": "Contacts", "attributes": [{ "name": "Id", "dataType": "string" }] },
        { "$type": "LocalEntity", "name": "Customer", "attributes": attributes, "partitions": [partition(1), partition(2)] },
    ] });
    let (first, second) = rows.split_at(PEOPLE / 3);
    vec![
        ("people/model.json".to_owned(), model.to_string().into_bytes()),
        (format!("people/{day}/Customer_1.csv"), csv(first, b',', false).into_bytes()),
        (format!("people/{day}/Customer_2.csv"), csv(second, b',', false).into_bytes()),
    ]
}

/// What came of an export from these files: both runs' counts, the requests, and the account.
#[derive(Debug)]
struct Outcome {
    counts: Value,
    again: Value,
    /// How many went to each address, and the bytes that they carried together.
    requests: BTreeMap<String, u64>,
    bytes: u64,
    account: String,
}

/// The account as the sandbox prints it, but for what depends on who came first. People are sent in the
/// order of fingerprints of their addresses, for which each data folder has a key of its own, and several
/// requests are open at a time: so contacts are put in the order of their addresses and their ids, which
/// are given out on arrival, left out; and so are the lists of each put in order.
fn settled(mut account: Value) -> String {
    let contacts = account["contacts"].as_array_mut().unwrap();
    let ids: BTreeSet<String> =
        contacts.iter_mut().map(|one| one["contact_id"].take().as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), contacts.len(), "each has an id of its own");
    contacts.sort_by_key(|one| one["Email"].as_str().unwrap().to_owned());
    for one in contacts {
        one["lists"].as_array_mut().unwrap().sort_by_key(|list| list.as_str().unwrap().to_owned());
    }
    account.to_string()
}

fn exported(named: &str, files: Vec<(String, Vec<u8>)>) -> (Value, Outcome) {
    let desk = Desk::new();
    for (name, bytes) in files {
        let path = desk.path(&name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let fields: Value = [
        ("Orders", "integer"),
        ("Spend", "float"),
        ("Spend in words", "string"),
        ("Active", "boolean"),
        ("Born", "date"),
        ("Note", "string"),
    ]
    .iter()
    .map(|(name, kind)| json!({ "name": name, "fieldType": kind }))
    .collect();
    let faults = desk.file("faults.json", &json!({ "custom_fields": fields }).to_string());
    let sandbox = SandboxProcess::start(&desk, &["--faults", &faults]);
    let audience = desk.json(&["audience", "add", "files", "People", named]);
    for (name, predicate) in [
        ("Spenders", "Spend >= 1000.5"),
        ("Active", "Active and Born > '1950-01-01'"),
        ("Malmö", "City = 'Malmö'"),
    ] {
        desk.json(&["segment", "add", name, "--audience", "People", "--where", predicate]);
    }
    let connect =
        ["connection", "add", "autopilot", "News", "--agree", "--base-url", &sandbox.origin, "--rate", "0"];
    assert_eq!(desk.run_with_key(&connect, &sandbox.key).code, 0);
    let mut words = "export add Weekly --connection News --audience People".split(' ').collect::<Vec<_>>();
    for pair in [
        "Email=Email",
        "FirstName=FirstName",
        "MailingCity=City",
        "custom:Orders=Orders",
        "custom:Spend=Spend",
        "custom:Spend in words=Spend",
        "custom:Active=Active",
        "custom:Born=Born",
        "custom:Note=Note",
    ] {
        words.extend(["--match", pair]);
    }
    for segment in ["Spenders", "Active", "Malmö"] {
        words.extend(["--segment", segment]);
    }
    desk.json(&words);
    let counts = || {
        let done = desk.run(&["export", "run", "Weekly", "--json"]);
        assert_eq!(done.code, 0, "{done:?}");
        done.finished()["counts"].clone()
    };
    let (first, again) = (counts(), counts());
    let mut requests = BTreeMap::new();
    let record = sandbox.record();
    for one in &record {
        // A check of somebody who joined names them in its path.
        let path = one["path"].as_str().unwrap().split("/contact/").next().unwrap_or_default();
        *requests.entry(format!("{} {path}", one["method"].as_str().unwrap())).or_default() += 1;
    }
    let bytes = record.iter().filter_map(|one| one["body_len"].as_u64()).sum();
    let account = settled(sandbox.account());
    (audience["survey"]["files"].clone(), Outcome { counts: first, again, requests, bytes, account })
}

#[test]
fn every_format_gives_the_same_account() {
    let rows = rows();
    let text = csv(&rows, b',', true);
    let one = |name: &str, bytes: Vec<u8>| (name.to_owned(), vec![(name.to_owned(), bytes)]);
    let utf8 = || text.clone().into_bytes();
    let (found, expected) = exported("people.csv", one("people.csv", utf8()).1);
    assert_eq!((&found[0]["format"], &found[0]["encoding"]), (&json!("csv"), &json!("utf-8")));
    let sent = expected.counts["created"].as_u64().unwrap();
    assert!(sent > 100 && expected.counts["invalid"].as_u64().unwrap() > 5, "{:?}", expected.counts);
    assert!(expected.counts["duplicate"].as_u64().unwrap() > 0, "{:?}", expected.counts);
    assert_eq!(expected.again["unchanged"].as_u64(), Some(sent), "{:?}", expected.again);
    assert!(
        expected.account.contains("1187.85") && expected.account.contains("Malmö"),
        "{}",
        expected.account
    );

    for ((named, files), format, encoding) in [
        (one("people.csv", format!("\u{feff}{text}").into_bytes()), "csv", "utf-8"),
        (one("people.csv", utf16(&text, u16::to_le_bytes)), "csv", "utf-16le"),
        (one("people.txt", utf16(&csv(&rows, b'\t', true), u16::to_be_bytes)), "csv", "utf-16be"),
        (one("people.csv", windows_1252(&rows)), "csv", "windows-1252"),
        (one("people.csv.gz", gzip(&utf8())), "csv", "utf-8"),
        (one("people.csv.zst", zstd(&utf8())), "csv", "utf-8"),
        (one("people.csv.gz", gzip(&windows_1252(&rows))), "csv", "windows-1252"),
        (one("people.ndjson", ndjson(&rows).into_bytes()), "ndjson", "utf-8"),
        (one("people.ndjson.zst", zstd(ndjson(&rows).as_bytes())), "ndjson", "utf-8"),
        (one("people.parquet", parquet(&rows)), "parquet", "utf-8"),
        (("people".to_owned(), cdm(&rows)), "cdm", "utf-8"),
    ] {
        let (found, outcome) = exported(&named, files);
        assert_eq!((&found[0]["format"], &found[0]["encoding"]), (&json!(format), &json!(encoding)));
        assert_eq!(outcome.counts, expected.counts, "{named} in {encoding}");
        assert_eq!(outcome.again, expected.again, "{named} in {encoding}");
        assert_eq!((outcome.bytes, &outcome.requests), (expected.bytes, &expected.requests), "{named}");
        assert!(outcome.account == expected.account, "{named} in {encoding}: {}", outcome.account);
    }
}

#[test]
fn a_cdm_folder_is_read_anew() {
    let desk = Desk::new();
    for (name, bytes) in cdm(&rows()) {
        let path = desk.path(&name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let added = desk.json(&["audience", "add", "files", "People", "people"]);
    assert_eq!((added["survey"]["rows"].as_u64(), &added["kind"]["key"]), (Some(250), &json!("CustomerId")));
    assert_eq!(added["survey"]["columns"][5]["type"], "float");

    let last = desk.path("people/Customer/2026/11/01/0830/Customer_2.csv");
    std::fs::write(&last, "9999,new@example.com,Eva,,,,,,\n").unwrap();
    let refreshed = desk.json(&["audience", "refresh", "People"]);
    assert_eq!(refreshed["survey"]["rows"].as_u64(), Some(84), "a partition counts");
    assert_ne!(refreshed["survey"]["version"], added["survey"]["version"]);

    let model = std::fs::read_to_string(desk.path("people/model.json")).unwrap();
    desk.file("people/model.json", &model.replace("\"decimal\"", "\"string\""));
    let refreshed = desk.json(&["audience", "refresh", "People"]);
    assert_eq!(refreshed["survey"]["columns"][5]["type"], "text", "so does the model");

    std::fs::remove_file(last).unwrap();
    let done = desk.run(&["audience", "refresh", "People"]);
    assert_eq!(done.code, 1);
    assert!(done.err.contains("Customer_2.csv") && done.err.contains("which is not there"), "{done:?}");
}
