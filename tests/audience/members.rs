//! Segments that are files of members.

use std::collections::{BTreeMap, BTreeSet};

use futures::TryStreamExt;
use segue_audience::Settings;
use segue_engine::error::Code;
use segue_engine::model::SegmentRule;
use segue_engine::source::{Count, Selection};

use crate::support::{Folder, as_of, csv, flags, tiny};

/// A file beside the audience's, as a segment.
fn file(folder: &Folder, name: &str, text: impl AsRef<[u8]>) -> SegmentRule {
    std::fs::write(folder.path(name), text).unwrap();
    SegmentRule::members(folder.path(name).to_str().unwrap(), None)
}

fn with_key(rule: &SegmentRule, column: &str) -> SegmentRule {
    let SegmentRule::Members { path, .. } = rule else { panic!("a file of members") };
    SegmentRule::members(path.clone(), Some(column.to_owned()))
}

#[tokio::test]
async fn ids_are_compared_as_text_byte_by_byte() {
    let folder = csv("CustomerId,x\n007,a\n7,b\nÅ,c\nA\u{30a},d\nab,e\n 8,f\n9,g\n");
    let source = folder.open().await.unwrap();
    let file = file(&folder, "m.csv", "CustomerId\n007\nA\u{30a}\nAB\n8\n9\n9\n");
    let found = flags(&source, vec![file.clone()]).await.unwrap();
    let ids: BTreeSet<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(ids, BTreeSet::from(["007", "A\u{30a}", "9"]), "leading zeros, letters, spaces count");
    let count = source.count(std::slice::from_ref(&file), as_of()).await.unwrap();
    assert_eq!(count, Count { each: vec![3], any: 3 });
    assert_eq!(source.named(&[file, SegmentRule::condition("true")]).await.unwrap(), [5, 0], "each id once");
}

#[tokio::test]
async fn files_and_conditions_answer_in_one_pass() {
    let folder = csv("CustomerId,x\n1,a\n2,b\n3,a\n4,c\n");
    let source = folder.open().await.unwrap();
    let one = file(&folder, "one.csv", "City;CUSTOMERID;Note\nUmeå;1;\"two\nlines\"\nSolna;3;\n");
    let two = file(&folder, "two.ndjson", "{\"member\":\"3\"}\n{\"member\":4}\n{\"member\":99}\n");
    let two = with_key(&two, "Member");
    let segments = vec![one.clone(), SegmentRule::condition("x = 'a'"), two.clone(), one];
    let found: BTreeMap<_, _> = flags(&source, segments.clone()).await.unwrap().into_iter().collect();
    let row = |id: &str| found.get(id).cloned();
    assert_eq!(row("1"), Some(vec![true, true, false, true]));
    assert_eq!(row("2"), None, "who is in none is not there");
    assert_eq!(row("3"), Some(vec![true, true, true, true]));
    assert_eq!(row("4"), Some(vec![false, false, true, false]));
    let count = source.count(&segments, as_of()).await.unwrap();
    assert_eq!(count, Count { each: vec![2, 2, 2, 2], any: 3 });
    assert_eq!(source.named(&segments).await.unwrap(), [2, 0, 3, 2]);
}

#[tokio::test]
async fn the_key_of_the_audience_names_the_column_too() {
    let mut folder = csv("ShopId,x\n1,a\n2,b\n");
    folder.files.key = Some("ShopId".to_owned());
    let source = folder.open().await.unwrap();
    let file = file(&folder, "m.csv", "x,shopid\n1,2\n");
    assert_eq!(source.count(&[file], as_of()).await.unwrap().any, 1);
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_file_and_line() {
    let folder = csv("CustomerId,x\n1,a\n");
    let source = folder.open().await.unwrap();
    let mut said = String::new();
    for (name, text) in [
        ("none.csv", "Email\na@example.com\n"),
        ("blank.csv", "x,CustomerId\n1,1\n2,\n"),
        ("ragged.csv", "x,CustomerId\n1\n"),
        ("book.csv", "PK\u{3}\u{4}"),
    ] {
        let rule = file(&folder, name, text);
        said.push_str(&format!("{}\n", folder.said(&source.check(&rule).await.unwrap_err())));
    }
    let rule = SegmentRule::members(folder.path("gone.csv").to_str().unwrap(), None);
    said.push_str(&format!("{}\n", folder.said(&source.check(&rule).await.unwrap_err())));
    let rule = with_key(&file(&folder, "m.csv", "CustomerId\n1\n"), "Id");
    said.push_str(&format!("{}\n", folder.said(&source.check(&rule).await.unwrap_err())));

    let folder = csv("x\na\n");
    let source = folder.open().await.unwrap();
    let rule = file(&folder, "m.csv", "CustomerId\n1\n");
    said.push_str(&format!("{}\n", folder.said(&source.check(&rule).await.unwrap_err())));
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn it_is_read_as_it_is_and_refused_when_it_changes_meanwhile() {
    let folder = csv("CustomerId,x\n1,a\n2,b\n");
    let audience = folder.audience().await.unwrap();
    let source = folder.reopen(&audience).await.unwrap();
    let rules = [file(&folder, "m.csv", "CustomerId\n1\n")];
    let before = source.version(&rules).await.unwrap();
    assert!(before.starts_with(&source.survey().version) && before.len() > source.survey().version.len());
    assert_eq!(source.count(&rules, as_of()).await.unwrap().any, 1);

    file(&folder, "m.csv", "CustomerId\n1\n2\n");
    let error = source.count(&rules, as_of()).await.unwrap_err();
    assert_eq!(error.code, Code::SourceChanged, "{error}");
    assert_eq!(source.version(&rules).await.unwrap(), before, "that of the file as it was opened");
    let source = folder.reopen(&audience).await.unwrap();
    assert_ne!(source.version(&rules).await.unwrap(), before);
    assert_eq!(source.count(&rules, as_of()).await.unwrap().any, 2);
}

#[tokio::test]
async fn what_does_not_fit_in_memory_is_spilled() {
    let settings = Settings { memory: 3 << 20, batch: 64, threads: 4, ..Settings::default() };
    let folder = Folder::with(settings);
    let wide = "x".repeat(150);
    let people = 40_000_u64;
    let rows: String = (0..people).map(|id| format!("C{id:07},{wide}{id}\n")).collect();
    let folder = folder.file("a.csv", format!("CustomerId,x\n{rows}"));
    let source = folder.open().await.unwrap();
    // Every third, each twice, in another order than the profiles; and as many who are nobody.
    let third = (0..people).rev().filter(|id| id % 3 == 0);
    let members: String = third.map(|id| format!("C{id:07}\nC{id:07}\nD{id:07}\n")).collect();
    let rule = file(&folder, "m.csv", format!("CustomerId\n{members}"));
    let selection = Selection {
        segments: vec![rule.clone(), SegmentRule::condition("x LIKE '%7'")],
        columns: vec!["x".to_owned()],
        as_of: as_of(),
    };
    let batches: Vec<_> = source.people(&selection).await.unwrap().try_collect().await.unwrap();
    let rows: usize = batches.iter().map(|batch| batch.num_rows()).sum();
    let expected = (0..people).filter(|id| id % 3 == 0 || id % 10 == 7).count();
    assert_eq!(rows, expected);
    assert_eq!(source.named(&[rule]).await.unwrap(), [2 * people.div_ceil(3)]);
}

#[tokio::test]
async fn every_setting_gives_the_same_members() {
    let ids: Vec<u64> = (0..500).map(|n| n * 7919 % 1000).collect();
    let rows: String = (0..1000).map(|id| format!("{id},{}\n", id % 4)).collect();
    let members: String = ids.iter().map(|id| format!("{id}\n")).collect();
    let expected: BTreeSet<String> = ids.iter().map(u64::to_string).collect();
    for settings in [tiny(), Settings { threads: 1, ..tiny() }, Settings::default()] {
        let folder = Folder::with(settings).file("a.csv", format!("CustomerId,x\n{rows}"));
        let source = folder.open().await.unwrap();
        let rule = file(&folder, "m.csv", format!("CustomerId\n{members}"));
        let found = flags(&source, vec![rule]).await.unwrap();
        assert_eq!(found.into_keys().collect::<BTreeSet<_>>(), expected);
    }
}

#[tokio::test]
async fn versions_are_known_without_opening() {
    let folder = csv("CustomerId,x\n1,a\n");
    let audience = folder.audience().await.unwrap();
    let rules = [
        file(&folder, "m.csv", "CustomerId\n1\n"),
        SegmentRule::condition("true"),
        SegmentRule::members(folder.path("gone.csv").to_str().unwrap(), None),
    ];
    let source = folder.reopen(&audience).await.unwrap();
    let known = folder.versions(&audience, &rules).await;
    for (rule, known) in rules.iter().zip(known) {
        assert_eq!(known, source.version(std::slice::from_ref(rule)).await.ok());
    }
}

#[tokio::test]
async fn what_reckons_from_now_is_known() {
    let source = csv("CustomerId,Day\n1,2026-01-02\n").open().await.unwrap();
    let rule = |operator: &str| {
        SegmentRule::json(format!(
            r#"{{"rowsets":[{{"criteria":{{"attribute":"Day","comparisonOperator":{operator}}}}}]}}"#
        ))
    };
    for (rule, expected) in [
        (SegmentRule::condition("Day > current_date"), true),
        (SegmentRule::condition("Day IS NULL OR now() < Day"), true),
        (SegmentRule::condition("Day > DATE '2026-01-01'"), false),
        (rule(r#""yearToDate""#), true),
        (rule(r#""isWithinLast","value":"20 days""#), true),
        (rule(r#""isNull""#), false),
        (SegmentRule::membership("A"), false),
    ] {
        assert_eq!(source.reckons_from_now(&rule).unwrap(), expected, "{rule:?}");
    }
}
