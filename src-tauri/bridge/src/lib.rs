//! The bridge: what Segue's window may ask of the engine. Each command has one request and one answer,
//! typed here, and travels as a JSON line (docs/decisions/0017). The shell passes lines on and knows no
//! type; the page's TypeScript is made from these.
//!
//! Deliberately absent: a window, a process, standard input and output. The host gives lines and takes
//! lines.

mod answer;
mod commands;
mod desk;
mod failure;
mod line;
mod list;
mod practice;
mod previews;
mod schedule;
#[cfg(test)]
mod schema;
mod serve;
mod under_way;
pub mod views;
mod watch;

pub use desk::{Desk, Events, Facts};
pub use failure::Failure;
pub use line::{Ask, Changed, Event, Hello, Noun, PROTOCOL, Say};
pub use list::NAMES;
pub use practice::{Customers, Practice, PracticeAccount, PracticeKeys};
pub use serve::serve;
