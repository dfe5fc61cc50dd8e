//! The file that says which segments each profile is in.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, RecordBatch, StringArray};
use parquet::basic::Compression;
use segue_engine::error::Code;
use segue_engine::model::SegmentRule;
use segue_engine::source::Count;

use crate::formats::parquet_of;
use crate::packed::gzip;
use crate::support::{Folder, as_of, csv, flags};

const PEOPLE: &str = "CustomerId,x\n01,a\n1,b\n2,a\n3,b\n";

/// Profiles, and a memberships file beside them.
fn folder(name: &str, text: impl AsRef<[u8]>) -> Folder {
    let mut folder = csv(PEOPLE);
    folder.files.key = Some("CustomerId".to_owned());
    std::fs::write(folder.path(name), text).unwrap();
    folder.files.memberships = Some(folder.path(name).to_str().unwrap().to_owned());
    folder
}

fn rules(names: &[&str]) -> Vec<SegmentRule> {
    names.iter().map(|name| SegmentRule::membership(*name)).collect()
}

#[tokio::test]
async fn both_forms_in_any_format_say_the_same() {
    let pairs = "SEGMENT;customerid;Type\nVIP;01;Customer\nVIP;3;Customer\n=1+1;3;Customer\n\"a\nb\";99;\nVIP;3;Customer\n";
    let lists = "CustomerId,Segments\n01,\"[\"\"VIP\"\"]\"\n3,\"[\"\"VIP\"\", \"\"=1+1\"\"]\"\n1,\n2,[]\n99,\"[\"\"a\\nb\"\"]\"\n";
    let objects = "{\"CustomerId\":\"01\",\"Segments\":[\"VIP\"]}\n{\"CustomerId\":3,\"Segments\":[\"VIP\",\"=1+1\"]}\n{\"CustomerId\":\"2\",\"Segments\":null}\n{\"CustomerId\":\"99\",\"Segments\":\"[\\\"a\\\\nb\\\"]\"}\n";
    let text = |cells: &[&str]| Arc::new(StringArray::from(cells.to_vec())) as ArrayRef;
    // Other columns come first.
    let columns = RecordBatch::try_from_iter([
        ("Provider", text(&["x"; 4])),
        ("Segment", text(&["VIP", "VIP", "=1+1", "a\nb"])),
        ("CustomerId", text(&["01", "3", "3", "99"])),
    ]);
    let parquet = parquet_of(&columns.unwrap(), Compression::SNAPPY);
    for (name, bytes) in [
        ("m.csv", pairs.as_bytes().to_vec()),
        ("m.txt", lists.as_bytes().to_vec()),
        ("m.csv.gz", gzip(lists.as_bytes())),
        ("m.ndjson", objects.as_bytes().to_vec()),
        ("m.parquet", parquet),
    ] {
        let folder = folder(name, bytes);
        let source = folder.open().await.unwrap();
        assert_eq!(source.survey().segments, ["VIP", "=1+1", "a\nb"], "{name}");
        let mut segments = rules(&["VIP", "=1+1", "a\nb", "vip", "VIP"]);
        segments.push(SegmentRule::condition("x = 'a'"));
        let found: BTreeMap<_, _> = flags(&source, segments.clone()).await.unwrap().into_iter().collect();
        let expected = [
            ("01".to_owned(), vec![true, false, false, false, true, true]),
            ("2".to_owned(), vec![false, false, false, false, false, true]),
            ("3".to_owned(), vec![true, true, false, false, true, false]),
        ];
        assert_eq!(found, BTreeMap::from(expected), "{name}");
        let count = source.count(&segments, as_of()).await.unwrap();
        assert_eq!(count, Count { each: vec![2, 1, 0, 0, 2, 2], any: 3 }, "{name}");
        assert_eq!(source.named(&segments).await.unwrap(), [2, 1, 1, 0, 2, 0], "{name}");
    }
}

#[tokio::test]
async fn names_are_nothing_but_names() {
    let long = "x".repeat(10_000);
    let names = ["../x", "<img src=x>", "😀", "__proto__", "' OR 1=1 --", " A", "A", "a", &long];
    let rows: String = names.iter().map(|name| format!("1,\"{name}\"\n")).collect();
    let folder = folder("m.csv", format!("CustomerId,Segment\n{rows}"));
    let source = folder.open().await.unwrap();
    assert_eq!(source.survey().segments, names);
    let found = flags(&source, rules(&names)).await.unwrap();
    assert_eq!(found.get("1"), Some(&vec![true; names.len()]));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_file_and_line() {
    let mut said = String::new();
    for (name, text) in [
        ("blank.csv", "CustomerId,Segment\n1,A\n1, \n"),
        ("in_list.csv", "CustomerId,Segments\n1,\"[\"\"A\"\"]\"\n2,\"[\"\"\"\"]\"\n"),
        ("no_list.csv", "sep=,\nCustomerId,Segments\n\n1,A\n"),
        ("no_id.csv", "CustomerId,Segment\n1,A\n,A\n"),
        ("none.csv", "CustomerId,Group\n1,A\n"),
        ("both.csv", "CustomerId,Segment,Segments\n1,A,[]\n"),
        ("no_key.csv", "Member,Segment\n1,A\n"),
        (
            "many.csv",
            &format!("CustomerId,Segment\n{}", (0..10_001).map(|n| format!("1,{n}\n")).collect::<String>()),
        ),
    ] {
        said.push_str(&format!("{}\n", folder(name, text).refusal().await));
    }
    let mut places = csv("x\na\n");
    places.files.memberships = folder("m.csv", "CustomerId,Segment\n").files.memberships;
    said.push_str(&format!("{}\n", places.refusal().await));
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn it_belongs_to_the_data_of_the_audience() {
    let folder = folder("m.csv", "CustomerId,Segment\n1,A\n");
    let audience = folder.audience().await.unwrap();
    let before = folder.reopen(&audience).await.unwrap();
    assert_eq!(before.survey().version, audience.survey.version, "it fits");
    assert_eq!(before.count(&rules(&["A"]), as_of()).await.unwrap().any, 1);

    std::fs::write(folder.path("m.csv"), "CustomerId,Segment\n1,B\n2,B\n").unwrap();
    let error = before.count(&rules(&["A"]), as_of()).await.unwrap_err();
    assert_eq!(error.code, Code::SourceChanged, "it changed while it was read");
    let after = folder.reopen(&audience).await.unwrap();
    assert_ne!(after.survey().version, audience.survey.version);
    let count = after.count(&rules(&["A", "B"]), as_of()).await.unwrap();
    assert_eq!(count.each, [0, 2], "a segment that is named no more has nobody");

    std::fs::remove_file(folder.path("m.csv")).unwrap();
    assert_eq!(folder.reopen(&audience).await.err().unwrap().code, Code::BadFile);
}
