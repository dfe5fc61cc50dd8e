//! What answers each command, one file for each noun: `async fn name(&Desk, Request) -> Result<Answer>`.

pub(crate) mod audiences;
pub(crate) mod connections;
pub(crate) mod exports;
mod field_names;
pub(crate) mod notices;
pub(crate) mod people;
pub(crate) mod preview;
pub(crate) mod runs;
pub(crate) mod schedules;
pub(crate) mod security;
pub(crate) mod segments;
pub(crate) mod start;
