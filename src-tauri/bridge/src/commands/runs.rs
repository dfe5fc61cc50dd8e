//! Runs: the history, one run, its people and its requests.

use segue_engine::error::Result;
use segue_engine::model::{PeopleQuery, Run, RunQuery};
use segue_engine::suggest::mended_address;

use super::exports::held_lists;
use crate::Desk;
use crate::views::{
    One, OverLimit, Page, RunDetail, RunListRequest, RunListRow, RunPeopleRequest, RunPerson, RunReason,
};

/// The most rows of a part.
const MOST: u64 = 500;

pub(crate) async fn run_list(desk: &Desk, request: RunListRequest) -> Result<Page<Run>> {
    let query = RunQuery {
        export: request.export,
        statuses: request.statuses,
        search: request.search,
        since: request.since,
        offset: request.part.offset,
        limit: request.part.limit.min(MOST),
    };
    let (rows, total) = desk.engine.run_page(query).await?;
    Ok(Page { rows, total })
}

pub(crate) async fn run_get(desk: &Desk, One { id }: One) -> Result<RunDetail> {
    let details = desk.engine.run_details(&id).await?;
    let practice = desk.engine.practice_connection().await?;
    Ok(RunDetail {
        progress: desk.runs.progress(details.run.id).or(details.progress),
        export_exists: details.export_exists,
        practice: details.connection.as_ref().is_some_and(|(id, _)| Some(*id) == practice),
        connection: details.connection.map(|(_, name)| name).unwrap_or_default(),
        emptying: details.emptying,
        lists: details
            .lists
            .into_iter()
            .map(|list| RunListRow {
                title: list.title,
                before: list.before,
                after: list.after,
                joined: list.joined,
                left: list.left,
            })
            .collect(),
        held: held_lists(&details.facts.held),
        fields: details.fields,
        planned_at: details.planned_at,
        details_dropped_at: details.details_dropped_at,
        started_by: details.facts.started_by,
        over_limit: details
            .facts
            .over_limit
            .map(|over| OverLimit { addresses: over.addresses, limit: over.limit }),
        run: details.run,
    })
}

pub(crate) async fn run_people(desk: &Desk, request: RunPeopleRequest) -> Result<Page<RunPerson>> {
    let query = PeopleQuery {
        outcome: request.outcome,
        reason: request.reason,
        search: request.search,
        offset: request.part.offset,
        limit: request.part.limit.min(MOST),
    };
    let (people, total) = desk.engine.run_people_page(&request.run, query).await?;
    let rows = people
        .into_iter()
        .map(|person| RunPerson {
            suggestion: mended_address(&person.email),
            email: person.email,
            customer_id: person.customer_id,
            outcome: person.outcome,
            reason: person.reason,
            answer: person.answer,
        })
        .collect();
    Ok(Page { rows, total })
}

pub(crate) async fn run_reasons(desk: &Desk, One { id }: One) -> Result<Vec<RunReason>> {
    let reasons = desk.engine.run_reasons(&id).await?;
    Ok(reasons
        .into_iter()
        .map(|found| RunReason { outcome: found.outcome, reason: found.reason, people: found.people })
        .collect())
}
