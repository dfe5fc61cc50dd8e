//! What people look like when they come out.

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::DataType;
use futures::TryStreamExt;
use segue_engine::error::Code;
use segue_engine::model::SegmentRule;
use segue_engine::source::Count;

use crate::support::{as_of, csv, people, selection};

const TEXT: &str = "CustomerId,Email,Age,Since\n1,a@x.se,30,2024-01-01\n2,b@x.se,,2025-01-01\n3, ,40,\n4,d@x.se,50,2026-01-01\n";

#[tokio::test]
async fn as_the_contract_says() {
    let folder = csv(TEXT);
    let source = folder.open().await.unwrap();
    let selection = selection(&["Age > 35", "Since >= '2025-01-01'"], &["Age", "Email", "CustomerId"]);
    let batches: Vec<RecordBatch> = source.people(&selection).await.unwrap().try_collect().await.unwrap();
    for batch in &batches {
        let schema = batch.schema();
        let fields: Vec<_> =
            schema.fields().iter().map(|field| (field.name().as_str(), field.data_type().clone())).collect();
        assert_eq!(
            fields,
            [
                ("CustomerId", DataType::Utf8),
                ("Age", DataType::Utf8),
                ("Email", DataType::Utf8),
                ("CustomerId", DataType::Utf8),
                ("segment0", DataType::Boolean),
                ("segment1", DataType::Boolean),
            ]
        );
    }
    let rows = people(&source, &["Age > 35", "Since >= '2025-01-01'"], &["Age", "Email"]).await.unwrap();
    let shown: Vec<String> = rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.as_deref().unwrap_or("NULL")).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(shown, ["2 NULL b@x.se - +", "3 40 NULL + -", "4 50 d@x.se + +"]);
}

#[tokio::test]
async fn counts_of_their_own() {
    let folder = csv(TEXT);
    let source = folder.open().await.unwrap();
    let segments = ["Age > 35", "Since >= '2025-01-01'", "false"].map(SegmentRule::condition);
    let count = source.count(&segments, as_of()).await.unwrap();
    assert_eq!(count, Count { each: vec![2, 2, 0], any: 3 });
    assert_eq!(source.count(&[], as_of()).await.unwrap(), Count { each: vec![], any: 0 });
    // A condition that needs no column at all.
    assert_eq!(source.count(&[SegmentRule::condition("true")], as_of()).await.unwrap().any, 4);
}

#[tokio::test]
async fn no_segment_is_nobody() {
    let folder = csv(TEXT);
    let source = folder.open().await.unwrap();
    assert!(people(&source, &[], &["Email"]).await.unwrap().is_empty());
}

#[tokio::test]
async fn as_many_segments_as_there_may_be() {
    let folder = csv(TEXT);
    let source = folder.open().await.unwrap();
    let segments: Vec<String> = (0..128).map(|n| format!("Age > {n}")).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let rows = people(&source, &segments, &["Email"]).await.unwrap();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[2].iter().filter(|cell| cell.as_deref() == Some("+")).count(), 50);
}

#[tokio::test]
async fn a_column_that_is_not_there() {
    let folder = csv(TEXT);
    let source = folder.open().await.unwrap();
    let error = people(&source, &["true"], &["email"]).await.unwrap_err();
    assert_eq!(error.code, Code::BadMatching);
    insta::assert_snapshot!(folder.said(&error));
}
