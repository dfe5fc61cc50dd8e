//! Find a person, and forget one.

use segue_engine::Forgotten;
use segue_engine::error::Result;
use segue_engine::model::PersonRecord;

use crate::views::{ForgetRequest, PersonRequest};
use crate::{Desk, Noun};

pub(crate) async fn person_find(desk: &Desk, PersonRequest { email }: PersonRequest) -> Result<PersonRecord> {
    desk.engine.person(&email).await
}

pub(crate) async fn person_forget(desk: &Desk, request: ForgetRequest) -> Result<Forgotten> {
    let forgotten = desk.engine.forget(&request.email, request.keep_lists).await?;
    desk.events.changed(&[Noun::Runs, Noun::Exports, Noun::Audit]);
    Ok(forgotten)
}
