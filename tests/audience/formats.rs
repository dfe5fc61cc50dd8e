//! The same people in every format: the same survey, and the same selection.

use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, RecordBatch,
    StringArray, TimestampMicrosecondArray,
};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
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

/// A column of those cells that `read` gives a value for.
fn column<T>(place: usize, read: impl Fn(&str) -> T) -> Vec<Option<T>> {
    ROWS.iter().map(|row| Some(row[place]).filter(|cell| !cell.is_empty()).map(&read)).collect()
}

fn table() -> RecordBatch {
    let text = |place| Arc::new(StringArray::from(column(place, str::to_owned))) as ArrayRef;
    let days = |cell: &str| {
        let day: jiff::civil::Date = cell.parse().unwrap();
        day.since(jiff::civil::date(1970, 1, 1)).unwrap().get_days()
    };
    let micros = |cell: &str| cell.parse::<jiff::Timestamp>().unwrap().as_microsecond();
    let hundredths = |cell: &str| cell.replace('.', "").parse::<i128>().unwrap();
    let columns: [ArrayRef; 9] = [
        text(0),
        text(1),
        text(2),
        Arc::new(Int64Array::from(column(3, |cell| cell.parse().unwrap()))),
        Arc::new(Decimal128Array::from(column(4, hundredths)).with_precision_and_scale(9, 2).unwrap()),
        Arc::new(Float64Array::from(column(5, |cell| cell.parse().unwrap()))),
        Arc::new(BooleanArray::from(column(6, |cell| cell == "true"))),
        Arc::new(Date32Array::from(column(7, days))),
        Arc::new(TimestampMicrosecondArray::from(column(8, micros)).with_timezone("UTC")),
    ];
    RecordBatch::try_from_iter(NAMES.into_iter().zip(columns)).unwrap()
}

pub(crate) fn parquet_of(batch: &RecordBatch, compression: Compression) -> Vec<u8> {
    let properties =
        WriterProperties::builder().set_compression(compression).set_max_row_group_row_count(Some(2)).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
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
#[case::parquet("a.parquet", parquet_of(&table(), Compression::UNCOMPRESSED))]
#[case::parquet_in_snappy("a.parquet", parquet_of(&table(), Compression::SNAPPY))]
#[case::parquet_in_zstd("a", parquet_of(&table(), Compression::ZSTD(Default::default())))]
#[case::parquet_in_gzip("a.parquet", parquet_of(&table(), Compression::GZIP(Default::default())))]
#[tokio::test]
async fn are_the_same_people(#[case] name: &str, #[case] bytes: Vec<u8>) {
    let expected = answers(&Folder::new().file("a.csv", utf8())).await;
    assert_eq!(answers(&Folder::new().file(name, bytes)).await, expected);
}

#[tokio::test]
async fn decimal_commas_are_the_same_numbers() {
    let commas = ROWS.map(|row| {
        row.map(|cell| if cell.parse::<f64>().is_ok() { cell.replace('.', ",") } else { cell.to_owned() })
    });
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    writer.write_record(NAMES).unwrap();
    commas.iter().for_each(|row| writer.write_record(row).unwrap());
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    assert!(text.contains(";12,50;0,5;"), "{text}");
    let expected = answers(&Folder::new().file("a.csv", utf8())).await;
    for bytes in [windows_1252(&text), utf16(&text), gzip(text.as_bytes())] {
        let mut found = answers(&Folder::new().file("a.csv", bytes)).await;
        assert_eq!(found.0.columns[4].samples[0], "12,50", "samples are as they stand in the file");
        for column in &mut found.0.columns[4..6] {
            column.samples = column.samples.iter().map(|sample| sample.replace(',', ".")).collect();
        }
        assert_eq!(found, expected);
    }
}

#[tokio::test]
async fn a_cdm_folder_has_the_same_people() {
    let kinds =
        ["string", "string", "string", "int64", "decimal", "double", "boolean", "unclassified", "dateTime"];
    let columns = crate::cdm::attributes(&NAMES.into_iter().zip(kinds).collect::<Vec<_>>());
    let files = ["Customer/a.csv", "Customer/b.csv"];
    let model =
        crate::cdm::model([crate::cdm::entity("Customer", &columns, files.map(crate::cdm::partition))]);
    let all = csv(b',');
    let (_, rows) = all.split_once('\n').unwrap();
    let (first, second) = rows.split_at(rows.find("0703").unwrap());
    let folder = crate::cdm::folder(&model, &[(files[0], first), (files[1], second)]);
    assert_eq!(answers(&folder).await, answers(&Folder::new().file("a.csv", utf8())).await);
}

#[tokio::test]
async fn what_is_said_of_csv_is_refused_for_other_formats() {
    let mut said = String::new();
    let model = crate::cdm::model([crate::cdm::entity(
        "Customer",
        &crate::cdm::attributes(&[("a", "string")]),
        [crate::cdm::partition("a.csv")],
    )]);
    let ask: [fn(&mut segue_engine::model::Files); 3] = [
        |files| files.no_header = true,
        |files| files.delimiter = Some(';'),
        |files| files.encoding = Some("utf-8".to_owned()),
    ];
    for ask in ask {
        for mut folder in [
            Folder::new().file("a.ndjson", ndjson()),
            Folder::new().file("a.parquet", parquet_of(&table(), Compression::SNAPPY)),
            crate::cdm::folder(&model, &[("a.csv", "1\n")]),
        ] {
            ask(&mut folder.files);
            said.push_str(&format!("{}\n\n", folder.refusal().await));
        }
    }
    insta::assert_snapshot!(said);
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
    let count = source.count(&segments.map(rule), crate::support::as_of()).await.unwrap();
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

fn of(name: &str, column: ArrayRef) -> Vec<u8> {
    parquet_of(&RecordBatch::try_from_iter([(name, column)]).unwrap(), Compression::SNAPPY)
}

#[tokio::test]
async fn parquet_that_cannot_be_read_is_refused() {
    let whole = of("CustomerId", Arc::new(StringArray::from(vec!["x", "y", "x"])));
    let mut hurt = whole.clone();
    hurt.get_mut(4..40).unwrap().fill(0xFF);
    let blank = of("CustomerId", Arc::new(StringArray::from(vec![Some("x"), None])));
    let mut said = String::new();
    for bytes in [
        whole.get(..whole.len() - 1).unwrap(),
        b"PAR1",
        &hurt,
        &gzip(&whole),
        &whole,
        &blank,
        &of("a", Arc::new(BinaryArray::from_vec(vec![b"x"]))),
        &of("a", Arc::new(Date32Array::from(vec![i32::MAX]))),
    ] {
        said.push_str(&format!("{}\n\n", Folder::new().file("a.parquet", bytes).refusal().await));
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn parquet_says_no_more_than_it_has() {
    let numbers = Float64Array::from(vec![Some(1.0), Some(f64::NAN), None, Some(1e300)]);
    let folder = Folder::new().file("a.parquet", of("n", Arc::new(numbers)));
    let source = folder.open().await.unwrap();
    let found = &source.survey().files[0];
    assert_eq!((found.format.as_str(), found.delimiter, found.rows), ("parquet", None, 4));
    let rows = people(&source, &["n > 0", "true"], &["n"]).await.unwrap();
    let shown: Vec<_> = rows.iter().map(|row| row[1].as_deref()).collect();
    assert_eq!(shown, [Some("1.0"), None, None, Some("1e300")]);
    assert_eq!(source.count(&[rule("true")], crate::support::as_of()).await.unwrap().any, 4);
    std::fs::write(folder.path("a.parquet"), of("n", Arc::new(Float64Array::from(vec![2.0])))).unwrap();
    let error = people(&source, &["true"], &["n"]).await.unwrap_err();
    assert_eq!(error.code, segue_engine::error::Code::SourceChanged);
}

fn rule(predicate: &str) -> segue_engine::model::SegmentRule {
    segue_engine::model::SegmentRule::condition(predicate)
}
