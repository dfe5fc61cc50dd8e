//! The rows of a file, whatever its format: records whose cells are the texts that a CSV file would
//! have, so that types are found and values are made by one rule.

use std::io::Read;

use crate::columnar::Table;
use crate::csv::{Fault, Record, Records};
use crate::json::Objects;
use crate::layout::Text;

/// Reads rows one after the other.
pub(crate) enum Rows {
    /// Of delimited text.
    Csv(Records<Text>),
    /// Of objects.
    Json(Objects<Box<dyn Read + Send>>),
    /// Of a Parquet file.
    Columnar(Box<Table>),
}

impl Rows {
    /// The next row; `None` at the end.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<Option<Record<'_>>, Fault> {
        match self {
            Self::Csv(records) => records.next(),
            Self::Json(objects) => objects.next(),
            Self::Columnar(table) => table.next(),
        }
    }

    /// Where the next row, or a blank line before it, begins.
    pub(crate) fn position(&self) -> u64 {
        match self {
            Self::Csv(records) => records.position(),
            Self::Json(objects) => objects.position(),
            Self::Columnar(table) => table.rows(),
        }
    }

    /// Lines passed so far.
    pub(crate) fn lines(&self) -> u64 {
        match self {
            Self::Csv(records) => records.lines(),
            Self::Json(objects) => objects.lines(),
            Self::Columnar(table) => table.rows(),
        }
    }

    /// Passes everything up to and with the next line end. Only delimited text is read from any place.
    pub(crate) fn skip_line(&mut self) -> Result<(), Fault> {
        match self {
            Self::Csv(records) => records.skip_line(),
            Self::Json(_) | Self::Columnar(_) => Ok(()),
        }
    }
}
