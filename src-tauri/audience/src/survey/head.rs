//! The first bytes of a file: its form, and what it is not.

use std::fs::File;
use std::io::Read;

use segue_engine::error::{Error, Result};

use super::fault;
use crate::columnar;
use crate::csv::{DELIMITERS, Fault, FaultKind};
use crate::form::{Compression, Form, Format};
use crate::layout::contents;
use crate::stamp::unreadable;
use crate::words::bad_file;

/// How much of a file is looked at to guess how it is written.
pub(super) const HEAD: u64 = 1 << 20;

/// The form of a file, and the beginning of what it holds.
pub(super) fn head(path: &str) -> Result<(Form, Vec<u8>)> {
    let open = || File::open(path).map_err(|error| unreadable(path, error.kind()));
    let mut head = Vec::new();
    open()?.take(HEAD).read_to_end(&mut head).map_err(|error| unreadable(path, error.kind()))?;
    if head.starts_with(columnar::MAGIC) {
        return Ok((Form { format: Format::Parquet, compression: None }, head));
    }
    let Some(compression) = Compression::detect(&head) else { return Ok((Form::default(), head)) };
    let form = Form { compression: Some(compression), ..Form::default() };
    head.clear();
    let unpacked = contents(open()?, form).and_then(|input| input.take(HEAD).read_to_end(&mut head));
    if let Err(error) = unpacked {
        let line = head.iter().filter(|byte| **byte == b'\n').count() as u64;
        return Err(fault::sentence(path, form.format, &Fault { line, kind: FaultKind::from(&error) }, &[]));
    }
    Ok((form, head))
}

/// The first line by which Excel tells itself the delimiter, and its length.
pub(super) fn sep_line(body: &[u8]) -> (Option<u8>, usize) {
    let Some((head, rest)) = body.split_at_checked(5) else { return (None, 0) };
    let end = match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => return (None, 0),
    };
    match head {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] if DELIMITERS.contains(delimiter) => {
            (Some(*delimiter), 5 + end)
        }
        _ => (None, 0),
    }
}

/// Fails for what is no text.
pub(super) fn refuse_other_formats(path: &str, body: &[u8]) -> Result<()> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(empty(path));
    }
    let known: [(&[u8], &str, &str); 7] = [
        (b"PK\x03\x04", "a ZIP archive or an Excel workbook", "Save it as CSV first."),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "Save it as CSV first."),
        (b"\x1f\x8b", "compressed by gzip twice", "Unpack it once."),
        (b"\x28\xb5\x2f\xfd", "compressed by zstd twice", "Unpack it once."),
        (b"PAR1", "a packed Parquet file", "Unpack it; Parquet is packed within."),
        (b"PARE", "an encrypted Parquet file", "Write it without encryption."),
        (b"%PDF-", "a PDF document", "Export the data as CSV."),
    ];
    for (magic, what, help) in known {
        if body.starts_with(magic) {
            return Err(bad_file(path, &format!("is {what}, not text")).help(help));
        }
    }
    let odd = |byte: &&u8| **byte < 0x20 && !b"\t\r\n\x0c\x1a".contains(byte);
    if body.contains(&0) || body.iter().filter(odd).count() * 100 > body.len() {
        return Err(
            bad_file(path, "is not a text file: it holds control characters").help("Export the data as CSV.")
        );
    }
    Ok(())
}

pub(super) fn empty(path: &str) -> Error {
    bad_file(path, "is empty").help("Export it again, with at least a line of column names.")
}
