//! Files with one JSON object a line.

use rstest::rstest;
use segue_engine::model::ColumnType;

use crate::packed::{gzip, zstd};
use crate::support::{Folder, people};

const TEXT: &str = concat!(
    r#"{"CustomerId": "a", "Name": "Åsa \"x\"\n", "Age": 30, "Score": 1.50, "Active": true, "Tags": ["x", 1]}"#,
    "\r\n\n",
    r#"{"CustomerId":"b","Age":null,"Since":"2024-01-31","Name":"\u00d6","Address":{"City": "Lund"}}"#,
    "\n  ",
    r#"{"Age":41,"CustomerId":"c","Score":10000000000000000000000.5,"Active":false,"Name":"  "}"#,
);

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

#[rstest]
#[case::by_name("a.ndjson", TEXT.as_bytes().to_vec(), None)]
#[case::by_content("a.txt", TEXT.as_bytes().to_vec(), None)]
#[case::with_mark("a.jsonl", format!("\u{feff}{TEXT}").into_bytes(), None)]
#[case::utf_16("a.jsonl", utf16(TEXT), None)]
#[case::gzip("a.ndjson.gz", gzip(TEXT.as_bytes()), Some("gzip"))]
#[case::zstd("a", zstd(TEXT.as_bytes()), Some("zstd"))]
#[tokio::test]
async fn keys_are_columns(#[case] name: &str, #[case] bytes: Vec<u8>, #[case] packed: Option<&str>) {
    let folder = Folder::new().file(name, bytes);
    let source = folder.open().await.unwrap();
    let survey = source.survey();
    let found = &survey.files[0];
    assert_eq!(
        (found.format.as_str(), found.compression.as_deref(), found.delimiter),
        ("ndjson", packed, None)
    );
    let columns: Vec<_> = survey.columns.iter().map(|c| (c.name.as_str(), c.kind, c.filled)).collect();
    assert_eq!(
        columns,
        [
            ("CustomerId", ColumnType::Text, 3),
            ("Name", ColumnType::Text, 2),
            ("Age", ColumnType::Integer, 2),
            ("Score", ColumnType::Float, 2),
            ("Active", ColumnType::Boolean, 2),
            ("Tags", ColumnType::Text, 1),
            ("Since", ColumnType::Date, 1),
            ("Address", ColumnType::Text, 1),
        ]
    );
    let rows = people(&source, &["Age > 30 or Since < '2025-01-01'"], &["Name", "Age", "Score", "Address"]);
    let shown: Vec<String> = rows.await.unwrap().iter().map(|row| format!("{row:?}")).collect();
    assert_eq!(
        shown,
        [
            r#"[Some("b"), Some("Ö"), None, None, Some("{\"City\": \"Lund\"}"), Some("+")]"#,
            r#"[Some("c"), None, Some("41"), Some("10000000000000000000000.5"), None, Some("+")]"#,
        ]
    );
    let first = people(&source, &["CustomerId = 'a'"], &["Name", "Score", "Tags"]).await.unwrap();
    assert_eq!(first[0][1..4], ["Åsa \"x\"\n", "1.50", "[\"x\", 1]"].map(|text| Some(text.to_owned())));
}

#[tokio::test]
async fn what_is_no_object_is_refused_with_its_line() {
    let deep = format!("{{\"a\":1}}\n{{\"a\":{}", "[".repeat(10_000));
    let mut said = String::new();
    for text in [
        "{\"a\":1}\n\n{\"a\":1",
        "{\"a\":1}\n[1]\n",
        "{\"a\":1}\n{\"a\":1} {\"a\":2}\n",
        "{\"a\":1}\n{\"a\":NaN}\n",
        "{\"a\":1}\n{\"a\":\"\\ud800\"}\n",
        "{\"a\":1}\n{\"a\":1,\"b\":2,\"a\":3}\n",
        "{\"a\":1}\n{\"a\":\"x\\u0000\"}\n",
        "{\n  \"a\": 1\n}\n",
        "[{\"a\":1},\n{\"a\":2}]\n",
        "{}\n{}\n",
        "{\"CustomerId\":\"x\"}\n{\"a\":\"y\"}\n",
        "{\"CustomerId\":\"x\"}\n\n{\"CustomerId\":\"x\"}\n",
        "{\"a\":1,\" a \":2}\n",
        &deep,
    ] {
        let start: String = text.chars().take(40).collect();
        said.push_str(&format!("{start:?}\n{}\n\n", Folder::new().file("a.ndjson", text).refusal().await));
    }
    said.push_str(&Folder::new().file("a.ndjson", b"{\"a\":1}\n{\"a\":\"\xe4\"}\n").refusal().await);
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn what_only_begins_like_json_is_none() {
    let folder = Folder::new().file("a.csv", "{id},name\n1,x\n");
    assert_eq!(folder.survey().await.unwrap().files[0].format, "csv");
}

#[tokio::test]
async fn no_value_is_repeated() {
    let text = "{\"a\":\"secret\"}\n{\"a\":\"secret\" secret}\n";
    assert!(!Folder::new().file("a.ndjson", text).refusal().await.contains("secret"));
}

#[tokio::test]
async fn too_long_or_too_many() {
    let long = format!("{{\"a\":\"{}\"}}\n", "x".repeat(17 << 20));
    insta::assert_snapshot!(Folder::new().file("a.ndjson", long).refusal().await);
    let many: String = (0..10_001).map(|key| format!("{{\"k{key}\":1}}\n")).collect();
    insta::assert_snapshot!(Folder::new().file("a.ndjson", many).refusal().await);
}
