//! Where Segue's profiles come from: files, surveyed whole once, read in parallel through
//! `DataFusion`, with segments as conditions in SQL that are checked before anything is read.
//!
//! - `cdm`: the files of a CDM folder, and what its model says of them.
//! - `survey`: the one pass that finds out what the files are and refuses what cannot be read safely.
//! - `predicate`: a condition becomes an expression, by an allow-list, with names and types of the survey.
//! - `rule`: the same for rules in JSON.
//! - `read`: the table `customer`, made of exactly the cells that a query needs.
//! - `members`: files that say who is in a segment; `memberships`: one that says it of all segments.
//! - `query`: all chosen segments in one pass.

mod audiences;
mod cdm;
mod columnar;
mod csv;
mod form;
mod json;
mod layout;
mod members;
mod memberships;
mod paths;
mod predicate;
mod query;
mod read;
mod rows;
mod rule;
mod settings;
mod source;
mod stamp;
mod survey;
mod unpack;
mod value;
mod words;

pub use audiences::{FileAudiences, default_key, survey};
pub use settings::Settings;
