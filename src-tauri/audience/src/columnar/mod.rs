//! Parquet files. What is given are records and cells as `csv` does, with the text that a CSV file of
//! the same data would have, so that types are found by the same rule.

mod shape;
mod table;
mod text;

pub(crate) use shape::names;
pub(crate) use table::Table;

/// What such a file begins with.
pub(crate) const MAGIC: &[u8] = b"PAR1";
