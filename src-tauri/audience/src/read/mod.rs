//! The table `customer` for `DataFusion`: the surveyed files, read in parallel, only the columns asked for.

mod columns;
mod partition;
mod ranges;
mod table;

pub(crate) use table::{Table, text_field, typed_field};
