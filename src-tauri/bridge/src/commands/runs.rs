//! Runs: the history, one run, its people and its requests.

use std::path::{Path, PathBuf};

use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{Address, PeopleQuery, Run, RunQuery, SentRequest};
use segue_engine::suggest::mended_address;

use super::exports::{held_lists, started};
use crate::under_way::{Begin, Until};
use crate::views::{
    Done, FileWritten, Named, One, OverLimit, Page, RequestKind, RunDay, RunDaysRequest, RunDetail,
    RunDownloadRequest, RunListRequest, RunListRow, RunPeopleRequest, RunPerson, RunReason, RunRequestRow,
    RunRequestsRequest, RunStarted,
};
use crate::{Desk, Noun};

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

pub(crate) async fn run_days(desk: &Desk, request: RunDaysRequest) -> Result<Vec<RunDay>> {
    let days = desk.engine.run_days(request.export, request.from, request.to, &request.zone).await?;
    Ok(days
        .into_iter()
        .map(|day| RunDay {
            day: day.day,
            runs: day.runs,
            created: day.created,
            updated: day.updated,
            removed: day.removed,
            failed: day.failed,
        })
        .collect())
}

pub(crate) async fn run_requests(desk: &Desk, request: RunRequestsRequest) -> Result<Vec<RunRequestRow>> {
    let requests = desk.engine.run_requests(&request.run).await?;
    Ok(requests.into_iter().map(|sent| request_row(sent, request.reveal)).collect())
}

/// Writes the fix list; reasons stand in it as codes, which are the same in every language.
pub(crate) async fn run_download(desk: &Desk, request: RunDownloadRequest) -> Result<FileWritten> {
    let list = desk.engine.fix_list(&request.run, request.outcome).await?;
    let (path, rows) = (absolute(&request.path)?, list.rows.len() as u64);
    let written = tokio::task::spawn_blocking(move || list.write(&path, str::to_owned)).await;
    written.map_err(|_| Error::internal("a file was not written"))??;
    Ok(FileWritten { path: request.path, rows })
}

pub(crate) async fn run_cancel(desk: &Desk, One { id }: One) -> Result<Done> {
    desk.engine.cancel_run(&id).await?;
    desk.events.changed(&[Noun::Runs, Noun::Exports]);
    Ok(Done {})
}

pub(crate) async fn run_resume(desk: &Desk, One { id }: One) -> Result<RunStarted> {
    let run = desk.engine.run(&id).await?;
    let export = Named { id: run.export_id.to_string(), name: run.export };
    let begun = desk.runs.begin(run.export_id, Begin::Resume(run.id), Until::Begun).await;
    Ok(started(export, begun))
}

/// The path of a file that is to be written: the window always names a whole one.
pub(super) fn absolute(path: &str) -> Result<PathBuf> {
    let path = Path::new(path);
    if path.is_absolute() {
        return Ok(path.to_owned());
    }
    Err(Error::new(Code::Usage, "A file is named by its whole path; nothing was written."))
}

fn request_row(sent: SentRequest, reveal: bool) -> RunRequestRow {
    let address = |address: String| if reveal { address } else { redacted(&address) };
    RunRequestRow {
        place: sent.place,
        kind: match sent.kind.as_str() {
            "join" => RequestKind::Join,
            "leave" => RequestKind::Leave,
            _ => RequestKind::Upsert,
        },
        list: sent.list,
        people: sent.people,
        addresses: sent.addresses.into_iter().map(address).collect(),
        outcome: sent.outcome,
        status: sent.status,
        answer: if reveal { sent.answer } else { without_addresses(&sent.answer) },
        begun_at: sent.begun_at,
        ended_at: sent.ended_at,
    }
}

/// `a…@e….com` of `anna@example.com`.
fn redacted(address: &str) -> String {
    let Some((local, domain)) = address.rsplit_once('@') else { return "…".to_owned() };
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    let top = domain.rsplit_once('.').map(|(_, top)| format!(".{top}")).unwrap_or_default();
    format!("{}…@{}…{top}", first(local), first(domain))
}

/// The same text with each address redacted.
fn without_addresses(text: &str) -> String {
    let mut clean = text.to_owned();
    for part in Address::parts(text) {
        clean = clean.replace(part, &redacted(part));
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_known_by_their_first_letters_only() {
        assert_eq!(redacted("anna@example.com"), "a…@e….com");
        assert_eq!(redacted("åsa.berg@mejl.example.se"), "å…@m….se");
        assert_eq!(redacted("no address"), "…");
        assert_eq!(
            without_addresses("Contact <bo@example.com> and anna@example.com, no: bo@example.com."),
            "Contact <b…@e….com> and a…@e….com, no: b…@e….com."
        );
    }

    #[test]
    fn a_file_is_named_whole() {
        assert_eq!(absolute("fix.csv").unwrap_err().code, Code::Usage);
    }
}
