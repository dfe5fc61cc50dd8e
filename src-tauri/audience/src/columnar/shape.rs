//! The columns of a Parquet file, and whether it can be read at all.

use std::fs::File;
use std::io;

use datafusion::arrow::datatypes::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use segue_engine::error::{Error, Result};

use super::text;
use crate::stamp::unreadable;
use crate::unpack::{Unfit, too_much};
use crate::words::{bad_file, name};

/// The names of the columns.
///
/// # Errors
/// `bad_file`, if it is damaged, or a column is of a type that is not the text of one cell.
pub(crate) fn names(path: &str) -> Result<Vec<String>> {
    let file = File::open(path).map_err(|error| unreadable(path, error.kind()))?;
    let bytes = file.metadata().map_err(|error| unreadable(path, error.kind()))?.len();
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| broken(path, error))?;
    let mut names = Vec::new();
    for field in builder.schema().fields() {
        if !text::has(field.data_type()) {
            return Err(bad_file(
                path,
                &format!(
                    "has a column {} of {}, which has no text of its own",
                    name(field.name()),
                    kind(field.data_type())
                ),
            )
            .help("Leave the column out, or write it as text."));
        }
        names.push(field.name().clone());
    }
    let mut unpacked = 0_u64;
    for column in builder.metadata().row_groups().iter().flat_map(|group| group.columns()) {
        unpacked = unpacked.saturating_add(u64::try_from(column.uncompressed_size()).unwrap_or(u64::MAX));
        if matches!(column.compression(), Compression::BROTLI(_) | Compression::LZO) {
            return Err(bad_file(path, "is packed in a way that Segue cannot unpack, Brotli or LZO")
                .help("Write it with Snappy, gzip or Zstandard."));
        }
    }
    if unpacked > too_much(bytes) {
        return Err(bad_file(path, "unpacks to more than 500 times its size")
            .help("Check where it comes from. If it is what it should be, write it as CSV."));
    }
    Ok(names)
}

fn broken(path: &str, error: ParquetError) -> Error {
    match Unfit::of(&reason(error)) {
        Some(_) => bad_file(path, "is a damaged Parquet file").help("Copy or download it again."),
        None => unreadable(path, io::ErrorKind::Other),
    }
}

/// Errors of the disk stay what they are; all others are the file's.
pub(super) fn reason(error: ParquetError) -> io::Error {
    let ParquetError::External(inner) = error else { return Unfit::Damaged.error() };
    match inner.downcast::<io::Error>() {
        Ok(error) if error.raw_os_error().is_some() => *error,
        _ => Unfit::Damaged.error(),
    }
}

/// A type in words.
fn kind(kind: &DataType) -> &'static str {
    match kind {
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => "lists",
        DataType::Struct(_) | DataType::Map(..) => "records",
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
            "bytes"
        }
        DataType::Time32(_) | DataType::Time64(_) => "times of day",
        DataType::Duration(_) | DataType::Interval(_) => "durations",
        _ => "a rare type",
    }
}
