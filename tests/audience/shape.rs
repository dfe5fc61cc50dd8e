//! Delimiters, headers, line breaks and lines that do not fit.

use rstest::rstest;

use crate::support::{Folder, csv, people};

#[rstest]
#[case::comma("a,b\n1,2\n", ',')]
#[case::semicolon_with_decimal_commas("a;b;c\n1,5;2,5;x\n2,5;3,5;y\n", ';')]
#[case::tab("a\tb\n1, 2\t3\n", '\t')]
#[case::bar("a|b\n1|2\n", '|')]
#[case::quoted_others("a,b\n\"x;y;z\",\"1|2\"\n", ',')]
#[case::one_column("Email\na@b.se\nc@d.se\n", ',')]
#[case::line_for_excel("sep=;\r\na;b\r\n1;2\r\n", ';')]
#[case::quoted_names("\"a\";\"b, c\"\n\"1\";\"2\"\n", ';')]
#[tokio::test]
async fn delimiter_is_found(#[case] text: &str, #[case] delimiter: char) {
    assert_eq!(csv(text).survey().await.unwrap().files[0].delimiter, Some(delimiter));
}

#[rstest]
#[case::unix("a,b\n1,2\n3,4\n")]
#[case::no_last_break("a,b\n1,2\n3,4")]
#[case::windows("a,b\r\n1,2\r\n3,4\r\n")]
#[case::old_mac("a,b\r1,2\r3,4\r")]
#[case::blank_lines("\n\na,b\n\n1,2\n\r\n\n3,4\n\n\n")]
#[tokio::test]
async fn line_ends(#[case] text: &str) {
    let source = csv(text).open_kept().await;
    let rows = people(&source.1, &["true"], &["a", "b"]).await.unwrap();
    let row = |n: &str, a: &str, b: &str| [n, a, b, "+"].map(|text| Some(text.to_owned())).to_vec();
    assert_eq!(rows, [row("1", "1", "2"), row("2", "3", "4")]);
}

impl Folder {
    /// The source, with the folder that it reads from.
    async fn open_kept(self) -> (Self, std::sync::Arc<dyn segue_engine::source::Source>) {
        let source = self.open().await.unwrap();
        (self, source)
    }
}

#[rstest]
#[case::names("CustomerId,Email\n1,a@b.se\n", true)]
#[case::years_are_names("Id,2023,2024\n1,2,3\n4,5,6\n", false)]
#[case::address("1,a@b.se\n2,c@d.se\n", false)]
#[case::date("x,2024-01-31\ny,2024-02-01\n", false)]
#[case::number_first("1,Anna\n2,Bo\n", false)]
#[tokio::test]
async fn header_is_found(#[case] text: &str, #[case] header: bool) {
    let survey = csv(text).survey().await.unwrap();
    assert_eq!(survey.files[0].header, header);
    assert_eq!(survey.columns[0].name == "Column1", !header);
}

#[tokio::test]
async fn without_header_by_request() {
    let mut folder = csv("name,mail\nanna,a\n");
    folder.files.no_header = true;
    let survey = folder.survey().await.unwrap();
    assert_eq!((survey.rows, survey.columns[1].name.as_str()), (2, "Column2"));
}

#[tokio::test]
async fn blank_names_are_numbered() {
    let survey = csv(" a ,,Column2\n1,2,3\n").survey().await.unwrap();
    let names: Vec<_> = survey.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["a", "Column2_", "Column2"]);
}

#[tokio::test]
async fn a_header_alone_is_nobody() {
    let folder = csv("CustomerId,Email\n");
    let source = folder.open().await.unwrap();
    assert_eq!(source.survey().rows, 0);
    assert!(people(&source, &["true"], &["Email"]).await.unwrap().is_empty());
}

#[tokio::test]
async fn quoted_breaks_at_every_border() {
    let text = "CustomerId,Note\n1,\"a\nb,c\n\n\"\"d\"\"\"\n2,\"x\r\ny\"\n3,\"\n\"\n4,z\n";
    for chunk in 1..=text.len() as u64 {
        for block in [16, 17, 1000] {
            let settings = segue_audience::Settings { chunk, block, ..crate::support::tiny() };
            let folder = Folder::with(settings).file("a.csv", text);
            let source = folder.open().await.unwrap();
            assert!(source.survey().files[0].quoted_breaks);
            let rows = people(&source, &["true"], &["Note"]).await.unwrap();
            let notes: Vec<_> = rows.iter().map(|row| row[1].as_deref()).collect();
            assert_eq!(notes, [Some("a\nb,c\n\n\"d\""), Some("x\r\ny"), None, Some("z")], "chunk {chunk}");
        }
    }
}

#[tokio::test]
async fn is_refused_with_its_line() {
    let mut said = String::new();
    for text in [
        "a,b,c\n1,2,3\n\"x\ny\",2,3\n4,5\n",
        "a,b\n1,2\n\n3,4,5\n",
        "a,b\n1,2\n3,\"x\n4,5\n6,7\n",
        "a,b\n1,2\n3,\"x\" y\n",
        "\"a,b\n1,2\n",
        "Email,Name,Email\na,b,c\n",
        "a,b\n1,2\n3,\0\n",
    ] {
        let mut all = Vec::new();
        for chunk in [1, 5, 7, 1000] {
            let settings = segue_audience::Settings { chunk, ..crate::support::tiny() };
            all.push(Folder::with(settings).file("a.csv", text).refusal().await);
        }
        all.dedup();
        assert_eq!(all.len(), 1, "the same whatever the chunks: {all:?}");
        said.push_str(&format!("{text:?}\n{}\n\n", all[0]));
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn a_nul_far_down_is_refused() {
    let rows = "1,2\n".repeat(400_000);
    let folder =
        Folder::with(segue_audience::Settings::default()).file("a.csv", format!("a,b\n{rows}3,\0\n"));
    insta::assert_snapshot!(folder.refusal().await);
}

#[tokio::test]
async fn is_no_text() {
    let files: [&[u8]; 6] = [
        b"",
        b" \n\r\n \n",
        b"PK\x03\x04\x14\x00\x06\x00",
        b"\x1f\x8b\x08\x00\x00",
        b"a\x00\x00\x01b\x02,\x03",
        b"\x01\x02\x03\x04,\x05\n",
    ];
    let mut said = String::new();
    for bytes in files {
        said.push_str(&format!("{:?}\n{}\n\n", bytes.escape_ascii().to_string(), csv(bytes).refusal().await));
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn folders_and_missing_files_are_refused() {
    let mut folder = Folder::new();
    folder.files.paths.push(folder.path("none.csv").to_str().unwrap().to_owned());
    insta::assert_snapshot!(folder.refusal().await);
    std::fs::create_dir(folder.path("none.csv")).unwrap();
    insta::assert_snapshot!(folder.refusal().await);
    folder.files.paths.clear();
    insta::assert_snapshot!(folder.refusal().await);
}

#[tokio::test]
async fn files_of_one_shape_in_any_order() {
    let folder =
        Folder::new().file("a.csv", "CustomerId,Name\n1,anna\n").file("b.csv", "Name;CustomerId\nbo;2\n");
    let source = folder.open().await.unwrap();
    let rows = people(&source, &["true"], &["Name"]).await.unwrap();
    let row = |id: &str, name: &str| [id, name, "+"].map(|text| Some(text.to_owned())).to_vec();
    assert_eq!(rows, [row("1", "anna"), row("2", "bo")]);
}

#[tokio::test]
async fn files_of_two_shapes_are_refused() {
    let mut said = String::new();
    for other in ["Name\nbo\n", "CustomerId,Name,Age\n2,bo,3\n"] {
        let folder = Folder::new().file("a.csv", "CustomerId,Name\n1,anna\n").file("b.csv", other);
        said.push_str(&format!("{other:?}\n{}\n\n", folder.refusal().await));
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn a_long_record_is_read_and_an_endless_one_refused() {
    let long = "x".repeat(3 << 20);
    let settings = || segue_audience::Settings { block: 4096, chunk: 100_000, ..crate::support::tiny() };
    let folder = Folder::with(settings()).file("a.csv", format!("a,b\n1,\"{long}\"\n2,y\n"));
    let source = folder.open().await.unwrap();
    assert_eq!(people(&source, &["length(b) = 3145728"], &["b"]).await.unwrap()[0][1], Some(long));

    let endless = "x".repeat(17 << 20);
    let folder = Folder::with(settings()).file("a.csv", format!("a,b\n1,{endless}\n2,y\n"));
    insta::assert_snapshot!(folder.refusal().await);
}
