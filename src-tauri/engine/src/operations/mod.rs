//! The public operations of [`crate::Engine`], one file for each noun.

mod account;
mod audience_change;
mod audiences;
mod configuration;
mod connections;
mod counts;
mod diagnostics;
mod exports;
mod fix_list;
mod memberships;
mod overview;
mod people;
mod preview;
mod retention;
mod rules;
mod run_pages;
mod runs;
mod sample;
mod segments;

pub use account::{AccountFound, ListShape, Shape};
pub use configuration::{Imported, Objects};
pub use connections::{ConnectionSettings, NewConnection};
pub use diagnostics::Diagnostics;
pub use exports::{ExportSettings, NewExport};
pub use fix_list::{FixList, FixRow};
pub use people::Forgotten;
pub use preview::{Change, Preview, PreviewList, PreviewPerson};
pub use retention::{Dropped, Retention};
pub use rules::{MemberRows, RuleCount};
pub use sample::{NewSample, SampleExport};
