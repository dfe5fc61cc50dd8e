//! Files that are not what they were.

use futures::{StreamExt, TryStreamExt};
use segue_engine::error::Code;

use crate::support::{Folder, csv, members, people, selection};
use segue_engine::model::SegmentRule;

#[tokio::test]
async fn a_survey_is_used_as_long_as_it_fits() {
    let folder = csv("CustomerId,x\n1,a\n");
    let mut audience = folder.audience().await.unwrap();
    // A mark that only the kept survey has.
    audience.survey.rows = 77;
    assert_eq!(folder.reopen(&audience).await.unwrap().survey().rows, 77);

    std::fs::write(folder.path("a.csv"), "CustomerId,x\n1,a\n2,b\n").unwrap();
    let source = folder.reopen(&audience).await.unwrap();
    assert_eq!(source.survey().rows, 2);
    assert_ne!(source.survey().version, audience.survey.version);
    assert_eq!(members(&source, "x = 'b'").await.unwrap(), ["2"]);
}

#[tokio::test]
async fn a_key_that_was_fixed_stays() {
    let mut folder = csv("x\na\n");
    let audience = folder.audience().await.unwrap();
    folder.files.paths.clear();
    std::fs::write(folder.path("a.csv"), "CustomerId\nz\nz\n").unwrap();
    let source = folder.reopen(&audience).await.unwrap();
    assert_eq!(members(&source, "true").await.unwrap(), ["1", "2"]);
}

#[tokio::test]
async fn changed_before_reading() {
    let folder = csv("CustomerId,x\n1,a\n");
    let source = folder.open().await.unwrap();
    std::fs::write(folder.path("a.csv"), "CustomerId,x\n1,a\n2,b\n").unwrap();
    let error = people(&source, &["true"], &["x"]).await.unwrap_err();
    assert_eq!(error.code, Code::SourceChanged);
    assert!(error.retryable);
    insta::assert_snapshot!(folder.said(&error));
    assert_eq!(
        source.count(&[SegmentRule::condition("true")], crate::support::as_of()).await.unwrap_err().code,
        Code::SourceChanged
    );
}

#[tokio::test]
async fn changed_while_reading() {
    let rows: String = (0..20_000).map(|row| format!("{row},a\n")).collect();
    let folder = Folder::new().file("a.csv", format!("CustomerId,x\n{rows}"));
    let source = folder.open().await.unwrap();
    let mut people = source.people(&selection(&["true"], &["x"])).await.unwrap();
    assert!(people.next().await.unwrap().is_ok());
    std::fs::write(folder.path("a.csv"), format!("CustomerId,x\n{rows}20000,a\n")).unwrap();
    let error = people.try_collect::<Vec<_>>().await.unwrap_err();
    assert_eq!(error.code, Code::SourceChanged);
}

#[tokio::test]
async fn gone() {
    let folder = csv("CustomerId,x\n1,a\n");
    let audience = folder.audience().await.unwrap();
    let source = folder.reopen(&audience).await.unwrap();
    std::fs::remove_file(folder.path("a.csv")).unwrap();
    assert_eq!(people(&source, &["true"], &[]).await.unwrap_err().code, Code::SourceChanged);
    let error = folder.reopen(&audience).await.err().unwrap();
    assert_eq!(error.code, Code::BadFile);
}

#[tokio::test]
async fn a_reader_that_stops_early_is_no_trouble() {
    let rows: String = (0..20_000).map(|row| format!("{row},a\n")).collect();
    let folder = Folder::new().file("a.csv", format!("CustomerId,x\n{rows}"));
    let source = folder.open().await.unwrap();
    let mut people = source.people(&selection(&["true"], &["x"])).await.unwrap();
    assert_eq!(people.next().await.unwrap().unwrap().num_rows(), 2);
    drop(people);
    assert_eq!(members(&source, "CustomerId = 19999").await.unwrap(), ["19999"]);
}
