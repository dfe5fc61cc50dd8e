//! How the files of an audience are cut for reading: what a survey keeps for the readings after it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Take};

use segue_engine::model::Survey;
use serde::{Deserialize, Serialize};

use crate::columnar::Table;
use crate::csv::{Decoded, Dialect, Encoding, Fault, FaultKind, Records};
use crate::form::{Form, Format};
use crate::json::Objects;
use crate::memberships::Memberships;
use crate::rows::Rows;
use crate::settings::Settings;
use crate::stamp::Stamp;
use crate::unpack::Unpacked;

/// The files of an audience and its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Layout {
    /// The place of the key column in the survey; `None`: the row's place in the file.
    pub(crate) key: Option<usize>,
    pub(crate) files: Vec<FileLayout>,
    /// The file that says which segments each profile is in.
    #[serde(default)]
    pub(crate) memberships: Option<Memberships>,
}

impl Layout {
    /// What the survey kept; `None` if it is not of this version of Segue.
    pub(crate) fn of(survey: &Survey) -> Option<Self> {
        let layout: Self = serde_json::from_value(survey.private.clone()).ok()?;
        let fits = layout.files.len() == survey.files.len()
            && layout.files.iter().all(|file| file.order.len() == survey.columns.len())
            && layout.key.is_none_or(|key| key < survey.columns.len())
            && layout.memberships.as_ref().is_none_or(Memberships::is_whole);
        fits.then_some(layout)
    }
}

/// One file: what it was, and where its records begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileLayout {
    pub(crate) path: String,
    pub(crate) stamp: Stamp,
    #[serde(default)]
    pub(crate) form: Form,
    pub(crate) encoding: String,
    /// Length of the byte order mark.
    pub(crate) mark: u64,
    pub(crate) delimiter: u8,
    pub(crate) terminator: u8,
    /// The keys of its objects, where it has some.
    #[serde(default)]
    pub(crate) keys: Vec<String>,
    /// The columns of the survey whose numbers have decimal commas in this file.
    #[serde(default)]
    pub(crate) commas: Vec<usize>,
    /// For each column of the survey, its place in this file.
    pub(crate) order: Vec<usize>,
    pub(crate) rows: u64,
    /// Starts of records, each with the number of rows before it in this file.
    pub(crate) starts: Vec<(u64, u64)>,
}

impl FileLayout {
    /// Where and how to read it.
    pub(crate) fn place(&self, settings: &Settings) -> Place<'_> {
        Place {
            path: &self.path,
            form: self.form,
            encoding: self.encoding(),
            mark: self.mark,
            dialect: Dialect { delimiter: self.delimiter, terminator: self.terminator },
            keys: &self.keys,
            wanted: None,
            block: settings.block,
        }
    }

    pub(crate) fn encoding(&self) -> Encoding {
        Encoding::of_label(&self.encoding).unwrap_or(Encoding::UTF_8)
    }
}

/// The text of a file, or a part of it.
pub(crate) enum Text {
    /// As it is on disk.
    Raw(Take<File>),
    /// Unpacked or decoded as it is read.
    Made(Box<dyn Read + Send>),
}

/// Where a text is and how its bytes are to be taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) path: &'a str,
    pub(crate) form: Form,
    pub(crate) encoding: Encoding,
    pub(crate) mark: u64,
    pub(crate) dialect: Dialect,
    pub(crate) keys: &'a [String],
    /// Places of the columns that are read where others can be passed over; `None`: all.
    pub(crate) wanted: Option<&'a [usize]>,
    pub(crate) block: usize,
}

impl Place<'_> {
    /// Whether reading can begin at any place. All but plain CSV in most encodings can only be read
    /// from the beginning.
    pub(crate) fn anywhere(&self) -> bool {
        self.form.format.is_delimited() && self.form.compression.is_none() && self.encoding.cut_raw()
    }

    /// The rows from `from`, a row's start, up to `to`. Of files that can only be read from their beginning, all
    /// rows come.
    pub(crate) fn rows(&self, from: u64, to: u64) -> io::Result<Rows> {
        let mut file = File::open(self.path)?;
        if self.form.format == Format::Parquet {
            return Ok(Rows::Columnar(Box::new(Table::new(file, self.wanted)?)));
        }
        if self.form.format == Format::Ndjson {
            return Ok(Rows::Json(Objects::new(self.made(file)?, self.origin(), self.keys, self.block)));
        }
        let (text, from) = if self.anywhere() {
            file.seek(SeekFrom::Start(from))?;
            (Text::Raw(file.take(to.saturating_sub(from))), from)
        } else {
            (Text::Made(self.made(file)?), self.origin())
        };
        Ok(Rows::Csv(Records::new(text, from, self.dialect, self.block)))
    }

    /// All keys of its objects, in the order in which they first appear; stops beyond `most`.
    pub(crate) fn all_keys(&self, most: usize) -> Result<Vec<String>, Fault> {
        let text = File::open(self.path).and_then(|file| self.made(file));
        let text = text.map_err(|error| Fault { line: 0, kind: FaultKind::from(&error) })?;
        Objects::new(text, self.origin(), &[], self.block).keys(most)
    }

    /// Where the text of a file that is read from its beginning begins: places in a file that is decoded
    /// are those of its text.
    fn origin(&self) -> u64 {
        if self.encoding.cut_raw() { self.mark } else { 0 }
    }

    /// The whole text, after the byte order mark.
    fn made(&self, file: File) -> io::Result<Box<dyn Read + Send>> {
        let mut bytes = contents(file, self.form)?;
        io::copy(&mut bytes.by_ref().take(self.mark), &mut io::sink())?;
        if self.encoding.cut_raw() {
            return Ok(bytes);
        }
        Ok(Box::new(Decoded::new(bytes, self.encoding, self.block)))
    }
}

/// What a file holds, unpacked.
pub(crate) fn contents(file: File, form: Form) -> io::Result<Box<dyn Read + Send>> {
    Ok(match form.compression {
        Some(compression) => Box::new(Unpacked::new(file, compression)?),
        None => Box::new(file),
    })
}

impl Read for Text {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Raw(file) => file.read(buffer),
            Self::Made(text) => text.read(buffer),
        }
    }
}
