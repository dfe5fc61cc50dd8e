//! How the files of an audience are cut for reading: what a survey keeps for the readings after it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Take};

use segue_engine::model::Survey;
use serde::{Deserialize, Serialize};

use crate::csv::{Decoded, Dialect, Encoding, Records};
use crate::stamp::Stamp;

/// The files of an audience and its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Layout {
    /// The place of the key column in the survey; `None`: the row's place in the file.
    pub(crate) key: Option<usize>,
    pub(crate) files: Vec<FileLayout>,
}

impl Layout {
    /// What the survey kept; `None` if it is not of this version of Segue.
    pub(crate) fn of(survey: &Survey) -> Option<Self> {
        let layout: Self = serde_json::from_value(survey.private.clone()).ok()?;
        let fits = layout.files.len() == survey.files.len()
            && layout.files.iter().all(|file| file.order.len() == survey.columns.len())
            && layout.key.is_none_or(|key| key < survey.columns.len());
        fits.then_some(layout)
    }
}

/// One file: what it was, and where its records begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileLayout {
    pub(crate) path: String,
    pub(crate) stamp: Stamp,
    pub(crate) encoding: String,
    /// Length of the byte order mark.
    pub(crate) mark: u64,
    pub(crate) delimiter: u8,
    pub(crate) terminator: u8,
    /// For each column of the survey, its place in this file.
    pub(crate) order: Vec<usize>,
    pub(crate) rows: u64,
    /// Starts of records, each with the number of rows before it in this file.
    pub(crate) starts: Vec<(u64, u64)>,
}

impl FileLayout {
    pub(crate) fn dialect(&self) -> Dialect {
        Dialect { delimiter: self.delimiter, terminator: self.terminator }
    }

    pub(crate) fn encoding(&self) -> Encoding {
        Encoding::of_label(&self.encoding).unwrap_or(Encoding::UTF_8)
    }
}

/// The text of a file, or a part of it.
pub(crate) enum Text {
    Raw(Take<File>),
    Decoded(Box<Decoded<File>>),
}

/// Where a text is and how its bytes are to be taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) path: &'a str,
    pub(crate) encoding: Encoding,
    pub(crate) mark: u64,
    pub(crate) dialect: Dialect,
    pub(crate) block: usize,
}

impl Place<'_> {
    /// The records from `from`, a record's start, up to `to`. Files that are decoded as they are read
    /// can only be read from their beginning: there, records before `from` come too.
    pub(crate) fn records(&self, from: u64, to: u64) -> io::Result<Records<Text>> {
        let mut file = File::open(self.path)?;
        let (text, from) = if self.encoding.cut_raw() {
            file.seek(SeekFrom::Start(from))?;
            (Text::Raw(file.take(to.saturating_sub(from))), from)
        } else {
            file.seek(SeekFrom::Start(self.mark))?;
            (Text::Decoded(Box::new(Decoded::new(file, self.encoding, self.block))), 0)
        };
        Ok(Records::new(text, from, self.dialect, self.block))
    }
}

impl Read for Text {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Raw(file) => file.read(buffer),
            Self::Decoded(text) => text.read(buffer),
        }
    }
}
