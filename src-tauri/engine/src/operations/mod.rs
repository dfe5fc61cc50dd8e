//! The public operations of [`crate::Engine`], one file for each noun.

mod audiences;
mod configuration;
mod connections;
mod counts;
mod diagnostics;
mod export_save;
mod exports;
mod fix_list;
mod forecast;
mod memberships;
mod people;
mod preview;
mod preview_kept;
mod preview_people;
mod retention;
mod run_pages;
mod runs;
mod segments;
mod total;

pub use configuration::{Imported, Objects};
pub use connections::{ConnectionSettings, NewConnection};
pub use diagnostics::Diagnostics;
pub use export_save::WholeExport;
pub use exports::{ExportSettings, NewExport};
pub use fix_list::{FixList, FixRow};
pub use people::Forgotten;
pub use preview::{Change, Preview, PreviewList, PreviewPerson};
pub use preview_kept::KeptPreview;
pub use preview_people::{PreviewGroup, PreviewQuery, PreviewedPerson};
pub use retention::{Dropped, Retention};
