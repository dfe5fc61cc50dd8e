//! The rows of a Parquet file as records, batch by batch.

use std::fs::File;
use std::io;

use datafusion::arrow::array::{Array, ArrayRef, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::shape::reason;
use super::text;
use crate::csv::{Cell, Fault, FaultKind, LONGEST, Record};
use crate::unpack::Unfit;

/// Rows that are in memory at a time.
const ROWS: usize = 1024;

/// Reads rows one after the other.
pub(crate) struct Table {
    reader: ParquetRecordBatchReader,
    /// The file's columns that are read, in its order.
    places: Vec<usize>,
    columns: Vec<ArrayRef>,
    /// Rows of the batch, and how many were given.
    rows: usize,
    at: usize,
    /// Rows given of all batches.
    given: u64,
    bytes: Vec<u8>,
    cells: Vec<Cell>,
}

impl Table {
    /// Reads a file; of columns that are not wanted all cells are blank.
    pub(crate) fn new(file: File, wanted: Option<&[usize]>) -> io::Result<Self> {
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(reason)?;
        let count = builder.schema().fields().len();
        let places: Vec<usize> =
            (0..count).filter(|place| wanted.is_none_or(|wanted| wanted.contains(place))).collect();
        let mask = ProjectionMask::roots(builder.parquet_schema(), places.iter().copied());
        let reader = builder.with_projection(mask).with_batch_size(ROWS).build().map_err(reason)?;
        Ok(Self {
            reader,
            places,
            columns: Vec::new(),
            rows: 0,
            at: 0,
            given: 0,
            bytes: Vec::new(),
            cells: vec![Cell { start: 0, end: 0, escaped: false }; count],
        })
    }

    /// Rows given so far: there are no lines.
    pub(crate) fn rows(&self) -> u64 {
        self.given
    }

    /// The next row; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Record<'_>>, Fault> {
        let row = self.given;
        let fault = |kind| Fault { line: row, kind };
        while self.at == self.rows {
            match self.reader.next() {
                None => return Ok(None),
                Some(Ok(batch)) => self.load(&batch).map_err(fault)?,
                Some(Err(_)) => return Err(fault(FaultKind::Unfit(Unfit::Damaged))),
            }
        }
        self.bytes.clear();
        for (place, column) in self.places.iter().zip(&self.columns) {
            let start = self.bytes.len();
            if column.is_valid(self.at) {
                text::write(column, self.at, &mut self.bytes)
                    .map_err(|text::NoText| fault(FaultKind::OutOfTime(*place)))?;
            }
            if self.bytes.len() > LONGEST {
                return Err(fault(FaultKind::TooLong));
            }
            if let Some(cell) = self.cells.get_mut(*place) {
                *cell = Cell { start: place_of(start), end: place_of(self.bytes.len()), escaped: false };
            }
        }
        self.at += 1;
        self.given += 1;
        Ok(Some(Record { bytes: &self.bytes, cells: &self.cells, offset: row, line: row, breaks: 0 }))
    }

    fn load(&mut self, batch: &RecordBatch) -> Result<(), FaultKind> {
        let plain = |column: &ArrayRef| match column.data_type() {
            DataType::Dictionary(_, values) => cast(column, values),
            _ => Ok(ArrayRef::clone(column)),
        };
        let columns = batch.columns().iter().map(plain).collect::<Result<_, _>>();
        self.columns = columns.map_err(|_| FaultKind::Unfit(Unfit::Damaged))?;
        (self.rows, self.at) = (batch.num_rows(), 0);
        Ok(())
    }
}

// Rows are at most `LONGEST`, so 32 bits hold every place in one.
#[allow(clippy::cast_possible_truncation)]
fn place_of(place: usize) -> u32 {
    place as u32
}
