//! Runs: the history, one run, its people and its requests.

use std::path::{Path, PathBuf};

use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{Address, PeopleQuery, Run, RunQuery};
use segue_engine::suggest::mended_address;

use super::exports::started;
use crate::under_way::{Begin, Until};
use crate::views::{
    Done, FileWritten, Named, One, Page, RunDay, RunDaysRequest, RunDetail, RunDownloadRequest,
    RunListRequest, RunPeopleRequest, RunPerson, RunReason, RunRequestsRequest, RunStarted, SentRequest,
};
use crate::{Desk, Noun};

pub(crate) async fn run_list(desk: &Desk, request: RunListRequest) -> Result<Page<Run>> {
    let query = RunQuery {
        export: request.export,
        statuses: request.statuses,
        search: request.search,
        since: request.since,
        offset: request.part.offset,
        limit: request.part.rows(),
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
        lists: details.lists,
        held: details.facts.held,
        fields: details.fields,
        planned_at: details.planned_at,
        details_dropped_at: details.details_dropped_at,
        started_by: details.facts.started_by,
        over_limit: details.facts.over_limit,
        run: details.run,
    })
}

pub(crate) async fn run_people(desk: &Desk, request: RunPeopleRequest) -> Result<Page<RunPerson>> {
    let query = PeopleQuery {
        outcome: request.outcome,
        reason: request.reason,
        search: request.search,
        offset: request.part.offset,
        limit: request.part.rows(),
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
    desk.engine.run_reasons(&id).await
}

pub(crate) async fn run_days(desk: &Desk, request: RunDaysRequest) -> Result<Vec<RunDay>> {
    desk.engine.run_days(request.export, request.from, request.to, &request.zone).await
}

pub(crate) async fn run_requests(desk: &Desk, request: RunRequestsRequest) -> Result<Vec<SentRequest>> {
    let mut requests = desk.engine.run_requests(&request.run).await?;
    if !request.reveal {
        requests.iter_mut().for_each(redact);
    }
    Ok(requests)
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

fn redact(sent: &mut SentRequest) {
    for address in &mut sent.addresses {
        *address = redacted(address);
    }
    sent.answer = without_addresses(&sent.answer);
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
