//! The public operations of [`crate::Engine`], one file for each noun.

mod audiences;
mod connections;
mod counts;
mod exports;
mod memberships;
mod people;
mod preview;
mod runs;
mod segments;

pub use connections::{ConnectionSettings, NewConnection};
pub use exports::{ExportSettings, NewExport};
pub use people::Forgotten;
pub use preview::{Change, Preview, PreviewList, PreviewPerson};
