//! The beginning of a file: encoding, delimiter, line end and names.

use std::sync::Arc;

use segue_engine::error::{Error, Result};
use segue_engine::model::Files;

use super::facts::Facts;
use super::fault;
use super::head::{HEAD, empty, head, refuse_other_formats, sep_line};
use super::header;
use super::said::{delimiter_of, encoding_of, refuse_flags, settled};
use crate::cdm::{Declared, Entity, Partition};
use crate::columnar;
use crate::csv::{Dialect, Encoding, Fault, FaultKind, Record, detect_encoding};
use crate::form::{Form, Format};
use crate::layout::Place;
use crate::settings::Settings;
use crate::stamp::{Stamp, unreadable};
use crate::value::Possible;
use crate::words::bad_file;

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
    /// The entity whose rows it holds, where a model says so.
    entity: Option<Arc<Entity>>,
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
            refuse_flags(path, files, "is Parquet")?;
            return Self::of_columnar(path, stamp, form);
        }
        let whole = (head.len() as u64) < HEAD;
        let (detected, mark) = detect_encoding(&head);
        let asked = files.encoding.as_deref().map(encoding_of).transpose()?;
        let certain = asked.is_some() || detected.is_some();
        let encoding = settled(asked, detected, mark);
        let body = head.get(mark..).unwrap_or_default();
        let body = if encoding.cut_raw() { body.to_vec() } else { encoding.decode_head(body) };
        refuse_other_formats(path, &body)?;
        form.format = Format::detect(path, &body);
        // JSON is Unicode, whatever somebody says of other files.
        let json = form.format == Format::Ndjson;
        if json {
            refuse_flags(path, files, "has one JSON object a line")?;
        }
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
            entity: None,
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

    /// The beginning of a file that a model describes.
    pub(crate) fn of_partition(
        path: &str,
        partition: &Partition,
        files: &Files,
        settings: &Settings,
    ) -> Result<Self> {
        refuse_flags(path, files, "is described by model.json")?;
        let stamp = Stamp::of(path)?;
        let (mut form, head) = head(path)?;
        if form.format == Format::Parquet {
            return Err(bad_file(path, "is Parquet, where model.json says CSV")
                .help("Name the Parquet files themselves."));
        }
        form.format = Format::Cdm;
        let whole = (head.len() as u64) < HEAD;
        let (detected, mark) = detect_encoding(&head);
        let encoding = settled(Some(partition.encoding), detected, mark);
        let body = head.get(mark..).unwrap_or_default();
        let body = if encoding.cut_raw() { body.to_vec() } else { encoding.decode_head(body) };
        let nobody = body.iter().all(u8::is_ascii_whitespace);
        if !nobody {
            refuse_other_formats(path, &body)?;
        }
        let begin = if encoding.cut_raw() { mark as u64 } else { 0 };
        let mut opening = Self {
            path: path.to_owned(),
            stamp,
            form,
            encoding,
            certain: true,
            mark: mark as u64,
            dialect: Dialect::detect(&body, whole, Some(partition.delimiter)),
            keys: Vec::new(),
            entity: Some(Arc::clone(&partition.entity)),
            begin: (begin, 0),
            names: partition.entity.columns.clone(),
            names_valid: true,
            header: false,
            first: begin,
            line: 0,
        };
        if partition.header && !nobody {
            opening.read_names(false, settings)?;
        }
        Ok(opening)
    }

    /// The types that its columns must have, where a model says so.
    pub(crate) fn declared(&self) -> &[Declared] {
        self.entity.as_ref().map_or(&[], |entity| &entity.declared)
    }

    /// What is known of its columns before any row is read. In countries that separate cells by
    /// semicolons decimals begin with a comma; keys are no numbers.
    pub(crate) fn facts(&self, key: Option<usize>) -> Vec<Facts> {
        let commas = self.form.format == Format::Csv && self.dialect.delimiter == b';';
        let column = |place: usize| match self.declared().get(place).and_then(|declared| declared.possible())
        {
            Some(possible) => Facts::declared(possible),
            None if commas && key != Some(place) => Facts::new(Possible::ALL),
            None => Facts::new(Possible::POINT),
        };
        (0..self.names.len()).map(column).collect()
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
            entity: None,
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
        if let Some(entity) = &self.entity {
            header::as_said(path, record, encoding, &entity.columns)?;
            return Ok((entity.columns.clone(), true, true));
        }
        let names = if no_header { None } else { header::names(path, record, before, encoding)? };
        match names {
            Some(names) => Ok((names, encoding.decode_strict(record.bytes), true)),
            None => Ok((header::numbered(path, record.cells.len())?, true, false)),
        }
    }
}
