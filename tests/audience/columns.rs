//! Types, fill and samples.

use rstest::rstest;
use segue_engine::model::ColumnType::{self, Boolean, Date, Float, Integer, Text, Timestamp};
use segue_engine::model::SegmentRule;

use crate::support::csv;

#[rstest]
#[case::whole(&["0", "12", "-7", "9007199254740991"], Integer)]
#[case::too_large(&["1", "9007199254740992"], Text)]
#[case::decimal(&["0.5", "-12.25", "3", "1e3"], Float)]
#[case::infinite(&["1.5", "1e309"], Text)]
#[case::not_a_number(&["1.5", "NaN"], Text)]
#[case::phone(&["0701234560", "0812345"], Text)]
#[case::leading_zero_once(&["1", "2", "007"], Text)]
#[case::plus(&["+46701234567"], Text)]
#[case::minus_zero(&["-0", "1"], Text)]
#[case::decimal_comma(&["1,5", "2,5"], Text)]
#[case::padded(&[" 1", "2"], Text)]
#[case::yes_and_no(&["true", "FALSE", "True"], Boolean)]
#[case::not_quite(&["true", "yes"], Text)]
#[case::day(&["2024-02-29", "1999-12-31"], Date)]
#[case::no_such_day(&["2023-02-29"], Text)]
#[case::two_digit_year(&["24-02-28"], Text)]
#[case::far_future(&["9999-12-31"], Date)]
#[case::moment(&["2024-02-29T10:00:00Z", "2024-02-29 10:00:00.123+02:00"], Timestamp)]
#[case::day_and_moment(&["2024-02-29", "2024-02-29T10:00"], Timestamp)]
#[case::serial(&["45000.5", "2024-01-01"], Text)]
#[case::blank(&["", "  "], Text)]
#[case::blank_between(&["1", "", "2"], Integer)]
#[tokio::test]
async fn types(#[case] values: &[&str], #[case] kind: ColumnType) {
    let rows: String = values.iter().map(|value| format!("x,\"{value}\"\n")).collect();
    let folder = csv(format!("a,b\n{rows}"));
    let source = folder.open().await.unwrap();
    assert_eq!(source.survey().columns[1].kind, kind);
    // What the survey took for a value can be read as one.
    let filled = source.survey().columns[1].filled;
    let count =
        source.count(&[SegmentRule::condition("b is not null")], crate::support::as_of()).await.unwrap();
    assert_eq!(count.any, filled);
}

/// Where cells are separated by semicolons, decimals begin with a comma.
#[rstest]
#[case::decimals(&["1,5", "-2,25", "3"], Float, "1.5|-2.25|3")]
#[case::no_decimals(&["1", "2"], Integer, "1|2")]
#[case::points(&["1.5", "2"], Float, "1.5|2")]
#[case::both(&["1.5", "2,5"], Text, "1.5|2,5")]
#[case::thousands(&["1.234,5", "2,5"], Text, "1.234,5|2,5")]
#[case::two_commas(&["1,2,3", "2,5"], Text, "1,2,3|2,5")]
#[case::leading_zero(&["01,5"], Text, "01,5")]
#[case::no_number(&["1,5", "n/a"], Text, "1,5|n/a")]
#[case::blank_between(&["1,5", "", "2"], Float, "1.5|NULL|2")]
#[tokio::test]
async fn decimal_commas(#[case] values: &[&str], #[case] kind: ColumnType, #[case] texts: &str) {
    let rows: String = values.iter().map(|value| format!("x;\"{value}\"\n")).collect();
    let folder = csv(format!("a;b\n{rows}"));
    let source = folder.open().await.unwrap();
    assert_eq!(source.survey().columns[1].kind, kind);
    let found = crate::support::people(&source, &["true"], &["b"]).await.unwrap();
    let found: Vec<_> = found.iter().map(|row| row[1].as_deref().unwrap_or("NULL")).collect();
    assert_eq!(found.join("|"), texts);
    if kind == Float {
        assert_eq!(crate::support::members(&source, "b = 1.5").await.unwrap(), ["1"]);
    }
}

#[tokio::test]
async fn decimal_commas_of_one_file_only() {
    let folder = |other: &str| {
        crate::support::Folder::new()
            .file("a.csv", "CustomerId;n\n1,5;2,5\n2,5;3\n")
            .file("b.csv", format!("CustomerId,n\nx,{other}\n"))
    };
    let texts = |rows: Vec<Vec<Option<String>>>| {
        rows.into_iter()
            .map(|row| format!("{:?} {:?}", row[0], row[1]))
            .collect::<Vec<_>>()
            .join("|")
            .replace("Some", "")
    };
    for (other, kind, wanted) in [
        ("4.5", Float, r#"("1,5") ("2.5")|("2,5") ("3")|("x") ("4.5")"#),
        ("many", Text, r#"("1,5") ("2,5")|("2,5") ("3")|("x") ("many")"#),
    ] {
        let folder = folder(other);
        let source = folder.open().await.unwrap();
        assert_eq!(source.survey().columns[1].kind, kind);
        assert_eq!(source.survey().columns[0].kind, Text, "a key is never changed");
        let rows = crate::support::people(&source, &["true"], &["n"]).await.unwrap();
        assert_eq!(texts(rows), wanted, "what is text in one file is text in all");
    }
}

#[tokio::test]
async fn fill_and_samples() {
    let long = "ä".repeat(100);
    let text = format!("a,b,c\nx,1,{long}\nx,,\"say \"\"hi\"\"\"\ny, ,z\n\"\",2,z\nz,2,w\nw,3,w\n");
    let survey = csv(text).survey().await.unwrap();
    let found: Vec<_> =
        survey.columns.iter().map(|column| (column.filled, column.samples.join("|"))).collect();
    assert_eq!(
        found,
        [(5, "x|y|z".to_owned()), (4, "1|2|3".to_owned()), (6, format!("{}|say \"hi\"|z", "ä".repeat(80))),]
    );
}

#[tokio::test]
async fn ten_thousand_columns_but_not_more() {
    let names = |count: usize| (0..count).map(|place| format!("c{place}")).collect::<Vec<_>>().join(",");
    let folder = crate::support::Folder::with(segue_audience::Settings::default())
        .file("a.csv", format!("{}\n{}\n", names(10_000), names(10_000)));
    let source = folder.open().await.unwrap();
    assert_eq!(crate::support::members(&source, "c9999 = 'c9999'").await.unwrap(), ["1"]);
    insta::assert_snapshot!(csv(format!("{}\n", names(10_001))).refusal().await);
}
