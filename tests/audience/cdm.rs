//! CDM folders: which files a `model.json` means, and how it says that they are written.

use rstest::rstest;
use segue_engine::error::Code;
use segue_engine::model::ColumnType::{self, Boolean, Float, Integer, Text, Timestamp};
use serde_json::{Value, json};

use crate::packed::gzip;
use crate::support::{Folder, members, people};

/// Where a cloud has the folder.
const CLOUD: &str = "https://account.blob.core.windows.net/box/CustomerInsights_1/Weekly";

pub(crate) fn attributes(all: &[(&str, &str)]) -> Value {
    all.iter().map(|(name, kind)| json!({ "name": name, "dataType": kind })).collect()
}

/// A partition of this file, which lies below the folder in the cloud.
pub(crate) fn partition(file: &str) -> Value {
    json!({ "name": file, "location": format!("{CLOUD}/{file}") })
}

pub(crate) fn entity(name: &str, attributes: &Value, partitions: impl IntoIterator<Item = Value>) -> Value {
    let partitions: Value = partitions.into_iter().collect();
    json!({ "$type": "LocalEntity", "name": name, "attributes": attributes, "partitions": partitions })
}

pub(crate) fn model(entities: impl IntoIterator<Item = Value>) -> Value {
    let entities: Value = entities.into_iter().collect();
    json!({ "name": "Weekly", "version": "1.0", "entities": entities })
}

/// A folder `in` with this model and these files, which is the audience.
pub(crate) fn folder(model: &Value, files: &[(&str, &str)]) -> Folder {
    let mut folder = Folder::new();
    std::fs::create_dir(folder.path("in")).unwrap();
    std::fs::write(folder.path("in/model.json"), model.to_string()).unwrap();
    for (name, text) in files {
        let path = folder.path("in").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder.files.paths.push(folder.path("in").to_str().unwrap().to_owned());
    folder
}

/// One entity, `Customer`, with the file `a.csv` of this text.
fn customers(columns: &[(&str, &str)], text: &str) -> Folder {
    folder(&model([entity("Customer", &attributes(columns), [partition("a.csv")])]), &[("a.csv", text)])
}

/// The same with settings of the partition.
fn written(settings: Value, text: &str) -> Folder {
    let mut one = partition("a.csv");
    one["fileFormatSettings"] = settings;
    let columns = attributes(&[("CustomerId", "string"), ("Name", "string")]);
    folder(&model([entity("Customer", &columns, [one])]), &[("a.csv", text)])
}

const DAY: &str = "Customer/2026/11/01/0830";

/// What Customer Insights exports: two tables, files without a header far down, quotes around all.
fn export() -> Folder {
    let columns = attributes(&[
        ("CustomerId", "string"),
        ("Name", "string"),
        ("Zip", "string"),
        ("Phone", "int64"),
        ("Spend", "decimal"),
        ("Active", "boolean"),
        ("Seen", "dateTime"),
        ("Fax", "int64"),
    ]);
    let files = ["Customer_1.csv", "Customer_2.csv"].map(|file| partition(&format!("{DAY}/{file}")));
    let other = entity("Contacts", &attributes(&[("Id", "string")]), [partition("Contacts/c.csv")]);
    folder(
        &model([other, entity("Customer", &columns, files)]),
        &[
            (
                &format!("{DAY}/Customer_1.csv"),
                "\"0a\",\"Åsa, \"\"Å\"\"\",\"12345\",\"701234560\",\"12.50\",\"True\",\"2026-06-15T10:00:00.0000000Z\",\"\"\n",
            ),
            (
                &format!("{DAY}/Customer_2.csv"),
                "0b,Bo,54321,,,,,\n0c,,,1,-3,false,2026-06-15T10:00:00+02:00,\n",
            ),
            ("Contacts/c.csv", "7\n"),
            ("readme.txt", "not a part of it"),
        ],
    )
}

#[tokio::test]
async fn the_unified_profiles_of_an_export() {
    let folder = export();
    let source = folder.open().await.unwrap();
    let survey = source.survey();
    let columns: Vec<_> = survey.columns.iter().map(|column| (column.name.as_str(), column.kind)).collect();
    assert_eq!(
        columns,
        [
            ("CustomerId", Text),
            ("Name", Text),
            ("Zip", Text),
            ("Phone", Integer),
            ("Spend", Float),
            ("Active", Boolean),
            ("Seen", Timestamp),
            ("Fax", Integer)
        ],
        "the types are the model's, also of a column without a value"
    );
    let found = &survey.files[1];
    assert_eq!(
        (found.format.as_str(), found.delimiter, found.header, found.rows),
        ("cdm", Some(','), false, 2)
    );
    assert_eq!(survey.rows, 3);
    let rows =
        people(&source, &["Phone > 5", "not Active", "Zip = '54321'"], &["Name", "Spend"]).await.unwrap();
    let row = |cells: [Option<&str>; 6]| cells.map(|cell| cell.map(str::to_owned)).to_vec();
    assert_eq!(
        rows,
        [
            row([Some("0a"), Some("Åsa, \"Å\""), Some("12.50"), Some("+"), Some("-"), Some("-")]),
            row([Some("0b"), Some("Bo"), None, Some("-"), Some("-"), Some("+")]),
            row([Some("0c"), None, Some("-3"), Some("-"), Some("+"), Some("-")]),
        ]
    );
}

#[tokio::test]
async fn the_model_itself_or_the_folder_of_an_entity_may_be_named() {
    for (path, rows) in [("in", 3), ("in/model.json", 3), ("in/Customer", 3), ("in/Contacts", 1)] {
        let mut folder = export();
        folder.files.paths = vec![folder.path(path).to_str().unwrap().to_owned()];
        assert_eq!(folder.survey().await.unwrap().rows, rows, "{path}");
    }
    let mut folder = export();
    std::fs::create_dir(folder.path("in/own")).unwrap();
    std::fs::write(folder.path("in/own/a.csv"), "CustomerId\n1\n").unwrap();
    folder.files.paths = vec![folder.path("in/own").to_str().unwrap().to_owned()];
    assert_eq!(folder.survey().await.unwrap().files[0].format, "csv", "any other folder is one of files");
}

#[rstest]
#[case::string_of_digits("string", &["1", "2"], Text)]
#[case::guid("guid", &["6f9619ff-8b86-d011-b42d-00c04fc964ff"], Text)]
#[case::json("JSON", &["1"], Text)]
#[case::int64("int64", &["1", "", "-5"], Integer)]
#[case::int64_beyond_what_can_be_counted("int64", &["1", "9007199254740993"], Text)]
#[case::int64_with_leading_zero("int64", &["1", "007"], Text)]
#[case::double("double", &["1", "2.5", "1E+3"], Float)]
#[case::double_of_whole_ones("double", &["1", "2"], Float)]
#[case::decimal_beyond("decimal", &["99999999999999999999"], Text)]
#[case::boolean("boolean", &["True", "false"], Boolean)]
#[case::days_are_moments("dateTime", &["2026-02-28"], Timestamp)]
#[case::with_offset("DateTimeOffset", &["2026-02-28T10:00:00.1234567+02:00"], Timestamp)]
#[case::nothing("string", &[""], Text)]
#[case::nothing_of_a_number("double", &[""], Float)]
#[case::of_no_class("unclassified", &["1", "2"], Integer)]
#[tokio::test]
async fn types(#[case] declared: &str, #[case] values: &[&str], #[case] kind: ColumnType) {
    let rows: String = values.iter().map(|value| format!("x,\"{value}\"\n")).collect();
    let folder = customers(&[("a", "string"), ("b", declared)], &rows);
    let source = folder.open().await.unwrap();
    assert_eq!(source.survey().columns[1].kind, kind);
    let count = source
        .count(&[segue_engine::model::SegmentRule::condition("b is not null")], crate::support::as_of())
        .await
        .unwrap();
    assert_eq!(count.any, source.survey().columns[1].filled, "whatever was surveyed can be read");
}

#[tokio::test]
async fn a_value_of_another_type_is_refused_with_its_line() {
    let mut said = String::new();
    for (declared, value) in [
        ("int64", "0701-234"),
        ("int64", "1.5"),
        ("int64", "99999999999999999999"),
        ("double", "12,5"),
        ("double", "NaN"),
        ("decimal", "1 000"),
        ("boolean", "yes"),
        ("dateTime", "1/15/2026 12:00:00 AM"),
        ("dateTimeOffset", "2026-02-30T10:00:00Z"),
    ] {
        let folder =
            customers(&[("a", "string"), ("b", declared)], &format!("x,\n\"y\nz\",\n\nz,\"{value}\"\n"));
        said.push_str(&format!("{declared}\n{}\n\n", folder.refusal().await));
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn as_the_partition_is_written() {
    let bar = json!({ "$type": "CsvFormatSettings", "columnHeaders": true, "delimiter": ";", "encoding": "windows-1252" });
    let folder = written(bar, "");
    std::fs::write(folder.path("in/a.csv"), b"CustomerId;Name\r\n1;\xc5sa\r\n").unwrap();
    let source = folder.open().await.unwrap();
    let rows = people(&source, &["true"], &["Name"]).await.unwrap();
    assert_eq!(rows[0][1].as_deref(), Some("Åsa"));
    assert!(source.survey().files[0].header);

    let utf16: Vec<u8> = "\u{feff}1,Åsa\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let packed = gzip(b"1,\xc3\x85sa\n");
    for (settings, bytes) in [
        (json!({ "encoding": "utf-16" }), utf16.as_slice()),
        (json!({}), packed.as_slice()),
        (Value::Null, b"\xef\xbb\xbf1,\xc3\x85sa"),
    ] {
        let folder = written(settings, "");
        std::fs::write(folder.path("in/a.csv"), bytes).unwrap();
        let source = folder.open().await.unwrap();
        let rows = people(&source, &["true"], &["Name"]).await.unwrap();
        assert_eq!(rows[0][1].as_deref(), Some("Åsa"));
    }
}

#[tokio::test]
async fn a_partition_without_rows_is_nobody() {
    let columns = attributes(&[("CustomerId", "string")]);
    let files = ["a.csv", "b.csv"].map(partition);
    let folder = folder(&model([entity("Customer", &columns, files)]), &[("a.csv", "1\n"), ("b.csv", "")]);
    assert_eq!(members(&folder.open().await.unwrap(), "true").await.unwrap(), ["1"]);
}

#[tokio::test]
async fn what_is_not_as_the_model_says_is_refused() {
    let header = || json!({ "columnHeaders": true });
    let mut said = String::new();
    for folder in [
        written(header(), "Name,CustomerId\nÅsa,1\n"),
        written(header(), "CustomerId\n1\n"),
        written(json!({}), "1,Åsa\n2\n"),
        written(json!({}), "1,Åsa\n1,Bo\n"),
        written(json!({}), "PAR1"),
        written(json!({}), "PK\u{3}\u{4}"),
        written(json!({ "$type": "ParquetFormatSettings" }), "1,x\n"),
        written(json!({ "quoteStyle": "QuoteStyle.None" }), "1,x\n"),
        written(json!({ "delimiter": "::" }), "1,x\n"),
        written(json!({ "encoding": "klingon" }), "1,x\n"),
        customers(&[("a", "string"), ("a", "string")], "1,2\n"),
        customers(&[("a", "string"), (" ", "string")], "1,2\n"),
        customers(&[], "1\n"),
    ] {
        said.push_str(&format!("{}\n\n", folder.refusal().await));
    }
    let mut latin = written(json!({}), "");
    std::fs::write(latin.path("in/a.csv"), b"1,x\n2,\xc5sa\n").unwrap();
    said.push_str(&format!("{}\n\n", latin.refusal().await));
    latin.files.encoding = Some("windows-1252".to_owned());
    said.push_str(&format!("{}\n\n", latin.refusal().await));
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn another_culture_is_refused_where_it_matters() {
    let of = |culture: &str, kind: &str| {
        let columns = attributes(&[("CustomerId", "string"), ("b", kind)]);
        let mut model = model([entity("Customer", &columns, [partition("a.csv")])]);
        model["culture"] = culture.into();
        folder(&model, &[("a.csv", "x,\n")])
    };
    for (culture, kind) in [("", "double"), ("en-US", "double"), ("sv-SE", "string"), ("sv-SE", "int64")] {
        assert_eq!(of(culture, kind).survey().await.unwrap().rows, 1, "{culture} {kind}");
    }
    insta::assert_snapshot!(of("sv-SE", "decimal").refusal().await);
}

#[tokio::test]
async fn the_entity_that_is_meant() {
    let one = |name: &str| entity(name, &attributes(&[("CustomerId", "string")]), [partition("a.csv")]);
    let reference =
        json!({ "$type": "ReferenceEntity", "name": "Customer", "source": "Customer", "modelId": "other" });
    for entities in
        [vec![one("Anything")], vec![one("A"), one("customer")], vec![one("A"), reference.clone()]]
    {
        assert_eq!(folder(&model(entities), &[("a.csv", "1\n")]).survey().await.unwrap().rows, 1);
    }
    let mut said = String::new();
    for entities in
        [vec![], vec![reference], vec![one("A"), one("B")], vec![one("A"), one("CUSTOMER"), one("customer")]]
    {
        said.push_str(&format!("{}\n\n", folder(&model(entities), &[("a.csv", "1\n")]).refusal().await));
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn a_survey_holds_until_model_or_partition_change() {
    let folder = export();
    let mut audience = folder.audience().await.unwrap();
    // A mark that only the kept survey has.
    audience.survey.rows = 77;
    assert_eq!(folder.reopen(&audience).await.unwrap().survey().rows, 77, "what fits is not read again");

    let file = folder.path("in").join(DAY).join("Customer_2.csv");
    std::fs::write(&file, "0d,Eva,,2,,,,\n").unwrap();
    let source = folder.reopen(&audience).await.unwrap();
    assert_eq!(members(&source, "Phone = 2").await.unwrap(), ["0d"]);
    let partition_changed = source.survey().version.clone();
    assert_ne!(partition_changed, audience.survey.version);

    let model = std::fs::read_to_string(folder.path("in/model.json")).unwrap();
    std::fs::write(folder.path("in/model.json"), model.replace("\"Spend\"", "\"Spent\"")).unwrap();
    let source = folder.reopen(&audience).await.unwrap();
    assert_ne!(source.survey().version, partition_changed);
    assert_eq!(members(&source, "Spent = 12.5").await.unwrap(), ["0a"]);

    std::fs::remove_file(&file).unwrap();
    let error = folder.reopen(&audience).await.err().unwrap();
    assert_eq!(error.code, Code::BadFile);
    insta::assert_snapshot!(folder.said(&error));
}
