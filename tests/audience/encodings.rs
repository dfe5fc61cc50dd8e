//! The same people, whatever bytes their names are made of.

use rstest::rstest;
use segue_engine::model::Survey;

use crate::support::{Folder, csv, people};

const TEXT: &str = "CustomerId;Namn\r\n1;Åsa Öberg\r\n2;\"Björk; Önnestad\"\r\n3;“Ångström”\r\n";

fn utf16(mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let units = TEXT.encode_utf16();
    let mark = mark.then_some(0xFEFF);
    mark.into_iter().chain(units).flat_map(bytes).collect()
}

fn utf8(mark: bool) -> Vec<u8> {
    let mark: &[u8] = if mark { b"\xEF\xBB\xBF" } else { b"" };
    [mark, TEXT.as_bytes()].concat()
}

fn windows_1252() -> Vec<u8> {
    TEXT.chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect()
}

#[rstest]
#[case::utf_8(utf8(false), "utf-8")]
#[case::utf_8_with_mark(utf8(true), "utf-8")]
#[case::utf_16le_with_mark(utf16(true, u16::to_le_bytes), "utf-16le")]
#[case::utf_16be_with_mark(utf16(true, u16::to_be_bytes), "utf-16be")]
#[case::utf_16le(utf16(false, u16::to_le_bytes), "utf-16le")]
#[case::utf_16be(utf16(false, u16::to_be_bytes), "utf-16be")]
#[case::windows_1252(windows_1252(), "windows-1252")]
#[tokio::test]
async fn is_found_and_read(#[case] bytes: Vec<u8>, #[case] encoding: &str) {
    let folder = csv(bytes);
    let source = folder.open().await.unwrap();
    let found = &source.survey().files[0];
    assert_eq!((found.encoding.as_str(), found.delimiter, found.header), (encoding, Some(';'), true));
    let Survey { columns, rows, .. } = &**source.survey();
    assert_eq!(*rows, 3);
    assert_eq!(columns[1].samples, ["Åsa Öberg", "Björk; Önnestad", "“Ångström”"]);
    let rows = people(&source, &["Namn like '%ng%' or Namn = 'Åsa Öberg'"], &["Namn"]).await.unwrap();
    let names: Vec<_> = rows.into_iter().map(|row| row[1].clone().unwrap()).collect();
    assert_eq!(names, ["Åsa Öberg", "“Ångström”"]);
}

#[tokio::test]
async fn names_of_columns_are_decoded_too() {
    let folder = csv(b"F\xf6rnamn,x\nanna,1\n");
    assert_eq!(folder.survey().await.unwrap().columns[0].name, "Förnamn");
}

#[tokio::test]
async fn the_same_key_in_two_encodings_is_one() {
    let folder = Folder::new().file("a.csv", "CustomerId\nä\n").file("b.csv", b"CustomerId\n\xe4\n");
    insta::assert_snapshot!(folder.refusal().await, @r"
    BadFile: The same “CustomerId” stands twice, in line 2 of “a.csv” and line 2 of “b.csv”.
      Every profile needs its own key: remove one of the two rows, or choose another column with --key.
    ");
}

#[tokio::test]
async fn a_named_encoding_wins() {
    let mut folder = csv(b"a,b\n1,\xb9\n");
    folder.files.encoding = Some("iso-8859-2".to_owned());
    assert_eq!(folder.survey().await.unwrap().columns[1].samples, ["š"]);
    folder.files.encoding = Some("klingon".to_owned());
    insta::assert_snapshot!(folder.refusal().await, @r"
    BadFile: There is no encoding called “klingon”.
      For example utf-8, utf-16le, windows-1252, iso-8859-2.
    ");
}

#[tokio::test]
async fn no_doubtful_text_is_guessed() {
    let doubtful = [
        "a,b\nå,ä\nö,é\nx,\\xe4\n",
        "\\xef\\xbb\\xbfa,b\nx,\\xe4\n",
        "a,b\nx,\\x81\n",
        "\\xff\\xfea\\x00,\\x00b\\x00\n\\x00x",
    ];
    let mut said = String::new();
    for text in doubtful {
        said.push_str(&format!("{text:?}\n{}\n\n", csv(unescape(text)).refusal().await));
    }
    insta::assert_snapshot!(said);
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\x") {
        bytes.extend_from_slice(before.as_bytes());
        bytes.push(u8::from_str_radix(after.get(..2).unwrap(), 16).unwrap());
        rest = after.get(2..).unwrap();
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}
