//! The same people in every format: the same survey, and the same selection.

use rstest::rstest;
use segue_engine::model::Survey;

use crate::packed::{gzip, zstd};
use crate::support::{Folder, people};

const NAMES: [&str; 9] =
    ["CustomerId", "Email", "Name", "Orders", "Balance", "Score", "Active", "Born", "Seen"];

/// One row for each kind of trouble: letters, delimiters, quotes, blanks, leading zeros.
const ROWS: [[&str; 9]; 5] = [
    ["0701", "a@example.com", "Åsa Öberg", "3", "12.50", "0.5", "true", "1990-05-17", "2026-06-15T10:00:00Z"],
    [
        "0702",
        "b@example.com",
        "Bo; \"B\", Ek",
        "",
        "-0.05",
        "2.25",
        "false",
        "2000-02-29",
        "1969-12-31T23:59:59.5Z",
    ],
    ["0703", "", "é", "0", "", "", "", "", ""],
    [
        "0704",
        "d@example.com",
        "x y",
        "-7",
        "100.00",
        "1e-7",
        "true",
        "0001-01-01",
        "2026-06-15T10:00:00.000001Z",
    ],
    [
        "0705",
        "e@example.com",
        "",
        "9007199254740991",
        "0.00",
        "-3.75",
        "false",
        "9999-12-31",
        "2000-01-01T00:00:00Z",
    ],
];

fn csv(delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(NAMES).unwrap();
    for row in ROWS {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

fn ndjson() -> String {
    let mut text = String::new();
    for row in ROWS {
        let cells = NAMES.iter().zip(row).map(|(name, cell)| {
            let value = match *name {
                _ if cell.is_empty() => "null".to_owned(),
                "Orders" | "Balance" | "Score" | "Active" => cell.to_owned(),
                _ => serde_json::to_string(cell).unwrap(),
            };
            format!("\"{name}\":{value}")
        });
        text.push_str(&format!("{{{}}}\n", cells.collect::<Vec<_>>().join(",")));
    }
    text
}

fn utf8() -> Vec<u8> {
    csv(b',').into_bytes()
}

#[rstest]
#[case::utf_8("a.csv", utf8())]
#[case::utf_8_with_mark("a.csv", format!("\u{feff}{}", csv(b'\t')).into_bytes())]
#[case::utf_16("a.csv", utf16(&csv(b',')))]
#[case::windows_1252("a.csv", windows_1252(&csv(b';')))]
#[case::gzip("a.csv.gz", gzip(&utf8()))]
#[case::zstd("a.csv.zst", zstd(&utf8()))]
#[case::windows_1252_in_gzip("a.csv.gz", gzip(&windows_1252(&csv(b';'))))]
#[case::ndjson("a.ndjson", ndjson().into_bytes())]
#[case::ndjson_in_zstd("a.ndjson.zst", zstd(ndjson().as_bytes()))]
#[tokio::test]
async fn are_the_same_people(#[case] name: &str, #[case] bytes: Vec<u8>) {
    let expected = answers(&Folder::new().file("a.csv", utf8())).await;
    assert_eq!(answers(&Folder::new().file(name, bytes)).await, expected);
}

/// What may not differ: rows, columns with types, fill and samples, and who is selected with what text.
async fn answers(folder: &Folder) -> (Survey, Vec<Vec<Option<String>>>, Vec<u64>) {
    let source = folder.open().await.unwrap();
    let segments = [
        "Orders > 0 and Balance > 1",
        "Born < '1995-01-01' or Seen > '2026-01-01'",
        "not Active",
        "Name like '%Ö%' or Score < 0.1",
        "true",
    ];
    let people = people(&source, &segments, &NAMES).await.unwrap();
    let count = source.count(&segments.map(str::to_owned), crate::support::as_of()).await.unwrap();
    let survey = Survey {
        version: String::new(),
        files: Vec::new(),
        private: serde_json::Value::Null,
        ..(**source.survey()).clone()
    };
    (survey, people, count.each)
}

#[tokio::test]
async fn files_of_one_audience_may_differ_in_format() {
    let one = |row: &str| format!("CustomerId;Name\n{row}\n");
    let folder = Folder::new()
        .file("a.csv", one("1;Åsa"))
        .file("b.csv.gz", gzip(&windows_1252(&one("2;Örjan"))))
        .file("c.ndjson", "{\"Name\":\"Bo\",\"CustomerId\":3}\n");
    let source = folder.open().await.unwrap();
    assert_eq!(source.survey().rows, 3);
    let rows = people(&source, &["true"], &["Name"]).await.unwrap();
    let names: Vec<_> = rows.into_iter().map(|row| row[1].clone().unwrap()).collect();
    assert_eq!(names, ["Åsa", "Örjan", "Bo"]);
}
