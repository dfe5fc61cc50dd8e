//! Files that are packed.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use rstest::rstest;
use segue_engine::error::Code;

use crate::support::{Folder, people};

const TEXT: &str = "CustomerId,Name,Note\n1,Åsa,\"a\nb\"\n2,Bo,\n3,\"x, y\",z\n";

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    // As the program `zstd` does it.
    let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// In two members, cut within a line.
fn members(pack: fn(&[u8]) -> Vec<u8>, bytes: &[u8]) -> Vec<u8> {
    let (head, tail) = bytes.split_at(bytes.len() / 2);
    [pack(head), pack(tail)].concat()
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

#[rstest]
#[case::gzip(gzip(TEXT.as_bytes()), "gzip", "utf-8")]
#[case::zstd(zstd(TEXT.as_bytes()), "zstd", "utf-8")]
#[case::gzip_of_two_members(members(gzip, TEXT.as_bytes()), "gzip", "utf-8")]
#[case::zstd_of_two_frames(members(zstd, TEXT.as_bytes()), "zstd", "utf-8")]
#[case::with_mark(gzip(format!("\u{feff}{TEXT}").as_bytes()), "gzip", "utf-8")]
#[case::utf_16(zstd(&utf16(TEXT)), "zstd", "utf-16le")]
#[case::windows_1252(gzip(&windows_1252(TEXT)), "gzip", "windows-1252")]
#[case::line_for_excel(gzip(format!("sep=,\n{TEXT}").as_bytes()), "gzip", "utf-8")]
#[tokio::test]
async fn is_read_as_if_it_were_not(#[case] bytes: Vec<u8>, #[case] packed: &str, #[case] encoding: &str) {
    let plain = Folder::new().file("a.csv", TEXT);
    let plain = plain.open().await.unwrap();
    let folder = Folder::new().file("a.csv.packed", bytes);
    let source = folder.open().await.unwrap();
    let found = &source.survey().files[0];
    assert_eq!((found.format.as_str(), found.compression.as_deref()), ("csv", Some(packed)));
    assert_eq!(found.encoding, encoding);
    assert!(found.quoted_breaks, "as in the plain file");
    assert_eq!(source.survey().columns, plain.survey().columns);
    let columns = ["CustomerId", "Name", "Note"];
    let segments = ["Name like '%s%'", "true"];
    assert_eq!(
        people(&source, &segments, &columns).await.unwrap(),
        people(&plain, &segments, &columns).await.unwrap()
    );
}

#[tokio::test]
async fn lines_are_those_of_the_text() {
    let mut said = String::new();
    for text in [
        "CustomerId,b\n1,2\n\n3,4,5\n",
        "sep=,\nCustomerId,b\n1,2\n1,3\n",
        "\u{feff}CustomerId,b\n1,2\n,3\n",
        "a,b\n1,2\n3,\"x\n4,5\n",
    ] {
        let plain = Folder::new().file("a.csv", text).refusal().await;
        assert_eq!(Folder::new().file("a.csv", gzip(text.as_bytes())).refusal().await, plain, "{text:?}");
        said.push_str(&format!("{plain}\n\n"));
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn damage_is_refused_with_its_line() {
    // Too many different lines for one block of either.
    let lines: String =
        (0..60_000_u64).map(|row| format!("{row},{:x}\n", row.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
    let text = format!("CustomerId,b\n{lines}");
    let mut said = String::new();
    for (name, whole) in [("a.csv.gz", gzip(text.as_bytes())), ("a.csv.zst", zstd(text.as_bytes()))] {
        let cut = whole.get(..whole.len() - 5).unwrap();
        let mut hurt = whole.clone();
        let middle = hurt.len() / 2;
        hurt.get_mut(middle..middle + 64).unwrap().fill(0x55);
        for bytes in [cut, &hurt] {
            let refusal = Folder::new().file(name, bytes).refusal().await;
            let shown: String = refusal.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
            said.push_str(&format!("{shown}\n\n"));
        }
        let beginning = whole.get(..20).unwrap();
        said.push_str(&format!("{}\n\n", Folder::new().file(name, beginning).refusal().await));
    }
    while said.contains("##") {
        said = said.replace("##", "#");
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn a_bomb_is_refused_early() {
    let settings = || segue_audience::Settings { block: 64 << 10, ..crate::support::tiny() };
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(b"a,b\n").unwrap();
    let blank = vec![b'\n'; 1 << 20];
    for _ in 0..300 {
        encoder.write_all(&blank).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < 1 << 20);
    insta::assert_snapshot!(Folder::with(settings()).file("a.csv.gz", bomb).refusal().await);

    let record = zstd(&[b"a,b\n".as_slice(), &vec![b'x'; 40 << 20]].concat());
    insta::assert_snapshot!(Folder::with(settings()).file("a.csv.zst", record).refusal().await);
}

#[tokio::test]
async fn packed_twice_or_around_something_else_is_refused() {
    let mut said = String::new();
    for inner in [gzip(TEXT.as_bytes()), zstd(b""), b"PK\x03\x04".to_vec(), Vec::new()] {
        said.push_str(&format!("{}\n\n", Folder::new().file("a.gz", gzip(&inner)).refusal().await));
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn a_change_is_noticed() {
    let folder = Folder::new().file("a.csv.gz", gzip(TEXT.as_bytes()));
    let source = folder.open().await.unwrap();
    std::fs::write(folder.path("a.csv.gz"), gzip(b"CustomerId,Name,Note\n1,a,b\n")).unwrap();
    let error = people(&source, &["true"], &["Name"]).await.unwrap_err();
    assert_eq!(error.code, Code::SourceChanged);
}
