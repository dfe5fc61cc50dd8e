//! Delimited text: where records and cells begin and end, and how a file says so. Knows no types, no
//! columns and no Arrow.

mod cell;
mod dialect;
mod encoding;
mod hits;
mod records;

pub(crate) use cell::Cell;
pub(crate) use dialect::{DELIMITERS, Dialect};
pub(crate) use encoding::{Decoded, Encoding, detect as detect_encoding};
pub(crate) use records::{Fault, FaultKind, LONGEST, Record, Records};
