//! Arrow columns made cell by cell.

use std::fmt::Write;
use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, NullBufferBuilder, StringArray,
    TimestampMicrosecondBuilder,
};
use datafusion::arrow::buffer::{Buffer, OffsetBuffer, ScalarBuffer};
use segue_engine::model::ColumnType;

use crate::csv::{Cell, Encoding};
use crate::value;

/// What a query wants of each row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A column of the survey, as this type.
    Cell { column: usize, kind: ColumnType },
    /// The row's place in the files.
    Place,
}

/// A cell is not of the type that its column had when it was surveyed.
#[derive(Debug)]
pub(crate) struct Unfit;

/// One column of a batch under way.
pub(crate) enum Builder {
    Text(TextBuilder),
    Integer(Int64Builder),
    Float(Float64Builder),
    Boolean(BooleanBuilder),
    Date(Date32Builder),
    Timestamp(TimestampMicrosecondBuilder),
}

impl Builder {
    pub(crate) fn new(wanted: Wanted, rows: usize) -> Self {
        match wanted {
            Wanted::Place | Wanted::Cell { kind: ColumnType::Text, .. } => Self::Text(TextBuilder::new(rows)),
            Wanted::Cell { kind: ColumnType::Integer, .. } => {
                Self::Integer(Int64Builder::with_capacity(rows))
            }
            Wanted::Cell { kind: ColumnType::Float, .. } => Self::Float(Float64Builder::with_capacity(rows)),
            Wanted::Cell { kind: ColumnType::Boolean, .. } => {
                Self::Boolean(BooleanBuilder::with_capacity(rows))
            }
            Wanted::Cell { kind: ColumnType::Date, .. } => Self::Date(Date32Builder::with_capacity(rows)),
            Wanted::Cell { kind: ColumnType::Timestamp, .. } => {
                Self::Timestamp(TimestampMicrosecondBuilder::with_capacity(rows))
            }
        }
    }

    /// Adds a cell; gives the bytes it takes.
    #[inline]
    pub(crate) fn push(&mut self, cell: Cell, record: &[u8], encoding: Encoding) -> Result<usize, Unfit> {
        let raw = cell.raw(record);
        let blank = encoding.is_blank(raw);
        match self {
            Self::Text(text) if blank => text.push_null(),
            Self::Text(text) if !cell.escaped && encoding.is_utf8() => text.push(raw),
            Self::Text(text) => text.push(&encoding.decode_cell(&cell.content(record))),
            Self::Integer(to) => to.append_option(typed(blank, raw, value::integer)?),
            Self::Float(to) => to.append_option(typed(blank, raw, value::float)?),
            Self::Boolean(to) => to.append_option(typed(blank, raw, value::boolean)?),
            Self::Date(to) => to.append_option(typed(blank, raw, value::date)?),
            Self::Timestamp(to) => to.append_option(typed(blank, raw, value::timestamp)?),
        }
        Ok(if blank { 0 } else { raw.len() })
    }

    /// Adds a row's place.
    pub(crate) fn push_place(&mut self, place: u64) -> Result<(), Unfit> {
        match self {
            Self::Text(text) => {
                text.push_number(place);
                Ok(())
            }
            _ => Err(Unfit),
        }
    }

    /// The column so far; begins a new one.
    pub(crate) fn finish(&mut self, rows: usize) -> Result<ArrayRef, Unfit> {
        Ok(match self {
            Self::Text(text) => Arc::new(std::mem::replace(text, TextBuilder::new(rows)).finish()?),
            Self::Integer(from) => Arc::new(from.finish()),
            Self::Float(from) => Arc::new(from.finish()),
            Self::Boolean(from) => Arc::new(from.finish()),
            Self::Date(from) => Arc::new(from.finish()),
            Self::Timestamp(from) => Arc::new(from.finish()),
        })
    }
}

#[inline]
fn typed<T>(blank: bool, raw: &[u8], read: fn(&[u8]) -> Option<T>) -> Result<Option<T>, Unfit> {
    if blank { Ok(None) } else { read(raw).map(Some).ok_or(Unfit) }
}

/// Text of which only the whole column is checked to be UTF-8, not each cell.
pub(crate) struct TextBuilder {
    bytes: Vec<u8>,
    ends: Vec<i32>,
    valid: NullBufferBuilder,
}

impl TextBuilder {
    fn new(rows: usize) -> Self {
        let mut ends = Vec::with_capacity(rows + 1);
        ends.push(0);
        Self { bytes: Vec::with_capacity(rows * 16), ends, valid: NullBufferBuilder::new(rows) }
    }

    #[inline]
    fn push(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.end(true);
    }

    #[inline]
    fn push_null(&mut self) {
        self.end(false);
    }

    fn push_number(&mut self, number: u64) {
        let mut text = String::new();
        // A string takes whatever is written to it.
        if write!(text, "{number}").is_ok() {
            self.push(text.as_bytes());
        }
    }

    // A batch is given out long before its text reaches 2 GB.
    #[inline]
    fn end(&mut self, valid: bool) {
        self.ends.push(i32::try_from(self.bytes.len()).unwrap_or(i32::MAX));
        if valid {
            self.valid.append_non_null();
        } else {
            self.valid.append_null();
        }
    }

    fn finish(mut self) -> Result<StringArray, Unfit> {
        let ends = OffsetBuffer::new(ScalarBuffer::from(self.ends));
        StringArray::try_new(ends, Buffer::from_vec(self.bytes), self.valid.finish()).map_err(|_| Unfit)
    }
}
