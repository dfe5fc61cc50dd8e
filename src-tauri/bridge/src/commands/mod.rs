//! What answers each command, one file for each noun: `async fn name(&Desk, Request) -> Result<Answer>`.
