//! The beginning of a file: encoding, delimiter, line end and names.

use std::fs::File;
use std::io::Read;

use segue_engine::error::{Code, Error, Result};
use segue_engine::model::Files;

use super::fault;
use super::header;
use crate::columnar;
use crate::csv::{DELIMITERS, Dialect, Encoding, Fault, FaultKind, Record, detect_encoding};
use crate::form::{Compression, Form, Format};
use crate::layout::{Place, contents};
use crate::settings::Settings;
use crate::stamp::{Stamp, unreadable};
use crate::words::{bad_file, name};

/// How much of a file is looked at to guess how it is written.
const HEAD: u64 = 1 << 20;

/// A file whose beginning was understood.
#[derive(Debug)]
pub(crate) struct Opening {
    pub(crate) path: String,
    pub(crate) stamp: Stamp,
    pub(crate) form: Form,
    pub(crate) encoding: Encoding,
    /// Whether the encoding is certain: a mark or the user said so.
    pub(crate) certain: bool,
    pub(crate) mark: u64,
    pub(crate) dialect: Dialect,
    /// The keys of its objects, where it has some.
    pub(crate) keys: Vec<String>,
    /// Where the first record begins, and the line breaks before it.
    begin: (u64, u64),
    pub(crate) names: Vec<String>,
    /// Whether the bytes of the names are valid in the encoding.
    names_valid: bool,
    pub(crate) header: bool,
    /// Where data begins, and the line breaks before it.
    pub(crate) first: u64,
    pub(crate) line: u64,
}

impl Opening {
    /// Reads the beginning of the file at `path`.
    pub(crate) fn of(path: &str, files: &Files, settings: &Settings) -> Result<Self> {
        let stamp = Stamp::of(path)?;
        let (mut form, head) = head(path)?;
        if form.format == Format::Parquet {
            return Self::of_columnar(path, stamp, form);
        }
        let whole = (head.len() as u64) < HEAD;
        let (detected, mark) = detect_encoding(&head);
        let asked = files.encoding.as_deref().map(encoding_of).transpose()?;
        let certain = asked.is_some() || detected.is_some();
        let encoding = match (asked, detected) {
            // A mark tells which of the two UTF-16 it is.
            (Some(asked), Some(detected)) if mark > 0 && !asked.cut_raw() && !detected.cut_raw() => detected,
            _ => asked.or(detected).unwrap_or(Encoding::UTF_8),
        };
        let body = head.get(mark..).unwrap_or_default();
        let body = if encoding.cut_raw() { body.to_vec() } else { encoding.decode_head(body) };
        refuse_other_formats(path, &body)?;
        form.format = Format::detect(path, &body);
        // JSON is Unicode, whatever somebody says of other files.
        let json = form.format == Format::Ndjson;
        let encoding = if json && encoding.cut_raw() { Encoding::UTF_8 } else { encoding };

        let delimiter = files.delimiter.map(delimiter_of).transpose()?;
        let (sep, skip) = if json { (None, 0) } else { sep_line(&body) };
        let rest = body.get(skip..).unwrap_or_default();
        let dialect = Dialect::detect(rest, whole, delimiter.or(sep));
        let begin = skip as u64 + if encoding.cut_raw() { mark as u64 } else { 0 };
        let mut opening = Self {
            path: path.to_owned(),
            stamp,
            form,
            encoding,
            certain: certain || json,
            mark: mark as u64,
            dialect,
            keys: Vec::new(),
            begin: (begin, u64::from(skip > 0)),
            names: Vec::new(),
            names_valid: true,
            header: false,
            first: begin,
            line: u64::from(skip > 0),
        };
        if json {
            opening.read_keys(settings)?;
            return Ok(opening);
        }
        opening.read_names(files.no_header, settings)?;
        if !opening.names_valid {
            opening.encoding = Encoding::WINDOWS_1252;
            opening.read_names(files.no_header, settings)?;
        }
        Ok(opening)
    }

    /// Where and how to read it.
    pub(crate) fn place(&self, settings: &Settings) -> Place<'_> {
        Place {
            path: &self.path,
            form: self.form,
            encoding: self.encoding,
            mark: self.mark,
            dialect: self.dialect,
            keys: &self.keys,
            wanted: None,
            block: settings.block,
        }
    }

    /// A file that says itself what it is.
    fn of_columnar(path: &str, stamp: Stamp, form: Form) -> Result<Self> {
        Ok(Self {
            path: path.to_owned(),
            stamp,
            form,
            encoding: Encoding::UTF_8,
            certain: true,
            mark: 0,
            dialect: Dialect { delimiter: b',', terminator: b'\n' },
            keys: Vec::new(),
            begin: (0, 0),
            names: header::given(path, &columnar::names(path)?)?,
            names_valid: true,
            header: true,
            first: 0,
            line: 0,
        })
    }

    /// The error for a fault of the file.
    pub(crate) fn sentence(&self, found: Fault) -> Error {
        let found = fault::looked_into(&self.path, self.form, found);
        fault::sentence(&self.path, self.form.format, &found, &self.names)
    }

    /// Reads the keys of all objects.
    fn read_keys(&mut self, settings: &Settings) -> Result<()> {
        let keys = self.place(settings).all_keys(header::MOST).map_err(|found| self.sentence(found))?;
        if keys.is_empty() {
            return Err(empty(&self.path));
        }
        self.names = header::given(&self.path, &keys)?;
        self.header = true;
        self.keys = keys;
        Ok(())
    }

    /// Reads the names with the encoding as it is now known.
    fn read_names(&mut self, no_header: bool, settings: &Settings) -> Result<()> {
        let (begin, line) = self.begin;
        let place = self.place(settings);
        // A file that can only be read from its beginning counts its lines from there.
        let before = if place.anywhere() { line } else { 0 };
        let mut records =
            place.rows(begin, u64::MAX).map_err(|error| unreadable(&self.path, error.kind()))?;
        let (names, valid, header) = loop {
            match records.next() {
                Ok(Some(record)) if record.offset < begin => {}
                Ok(Some(record)) => break self.names_of(&record, before, no_header)?,
                Ok(None) => return Err(empty(&self.path)),
                Err(mut found) => {
                    found.line += before;
                    return Err(self.sentence(found));
                }
            }
        };
        let (first, lines) =
            if header { (records.position(), before + records.lines()) } else { (begin, line) };
        if !valid && (self.certain || !self.encoding.is_utf8()) {
            let found = Fault { line: before, kind: FaultKind::Encoding };
            return Err(fault::sentence(&self.path, self.form.format, &found, &[]));
        }
        (self.first, self.line) = (first, lines);
        (self.names, self.names_valid, self.header) = (names, valid, header);
        Ok(())
    }

    /// The names, whether they are valid text, and whether the record gave them.
    fn names_of(
        &self,
        record: &Record<'_>,
        before: u64,
        no_header: bool,
    ) -> Result<(Vec<String>, bool, bool)> {
        let (path, encoding) = (&self.path, self.encoding);
        let names = if no_header { None } else { header::names(path, record, before, encoding)? };
        match names {
            Some(names) => Ok((names, encoding.decode_strict(record.bytes), true)),
            None => Ok((header::numbered(path, record.cells.len())?, true, false)),
        }
    }
}

/// The form of a file, and the beginning of what it holds.
fn head(path: &str) -> Result<(Form, Vec<u8>)> {
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

fn empty(path: &str) -> Error {
    bad_file(path, "is empty").help("Export it again, with at least a line of column names.")
}

fn encoding_of(label: &str) -> Result<Encoding> {
    Encoding::of_label(label).ok_or_else(|| {
        Error::new(Code::BadFile, format!("There is no encoding called {}.", name(label)))
            .help("For example utf-8, utf-16le, windows-1252, iso-8859-2.")
    })
}

fn delimiter_of(delimiter: char) -> Result<u8> {
    u8::try_from(delimiter)
        .ok()
        .filter(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"\"\r\n\0".contains(byte))
        .ok_or_else(|| {
            Error::new(Code::BadFile, format!("{} cannot be a delimiter.", name(&delimiter.to_string())))
                .help("Use one of , ; | or a tab.")
        })
}

/// The first line by which Excel tells itself the delimiter, and its length.
fn sep_line(body: &[u8]) -> (Option<u8>, usize) {
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
fn refuse_other_formats(path: &str, body: &[u8]) -> Result<()> {
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
