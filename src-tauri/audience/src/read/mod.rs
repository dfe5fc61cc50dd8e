//! The table `customer` for `DataFusion`: the surveyed files, read in parallel, only the columns asked for;
//! and beside it the files that name members.

mod columns;
mod members;
mod partition;
mod ranges;
mod table;

pub(crate) use members::{ID, Members, Named, member_field};
pub(crate) use table::{Table, text_field, typed_field};
