//! What answers each command, one file for each noun: `async fn name(&Desk, Request) -> Result<Answer>`.

pub(crate) mod exports;
pub(crate) mod people;
pub(crate) mod preview;
pub(crate) mod runs;
