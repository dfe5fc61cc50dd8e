//! Preview: who would change, before anybody does.

use std::sync::Arc;

use segue_engine::download::Download;
use segue_engine::error::{Error, Result};
use segue_engine::model::Trigger;
use segue_engine::run::RunOptions;
use segue_engine::{Change, KeptPreview, PreviewQuery};

use super::exports::{named, started};
use super::runs::absolute;
use crate::under_way::{Begin, Until};
use crate::views::{
    FileWritten, Named, One, Page, PreviewDownloadRequest, PreviewGroup, PreviewPeopleRequest,
    PreviewRunRequest, PreviewView, PreviewedPerson, RunStarted,
};
use crate::{Desk, Noun};

/// Rows that a file is written in steps of.
const STEP: usize = 5_000;

pub(crate) async fn preview_make(desk: &Desk, One { id }: One) -> Result<PreviewView> {
    let kept = Arc::new(desk.engine.keep_preview(&id).await?);
    let token = desk.previews.keep(Arc::clone(&kept));
    // Its numbers are the forecast now.
    desk.events.changed(&[Noun::Exports]);
    Ok(PreviewView {
        token,
        export: export_of(&kept),
        connection: named(kept.connection()),
        compared_at: kept.compared_at(),
        rate: kept.connection().rate,
        first_run: kept.first_run(),
        over_limit: kept.over_limit(),
        fields: kept.fields(),
        preview: kept.preview().clone(),
    })
}

pub(crate) async fn preview_people(
    desk: &Desk,
    request: PreviewPeopleRequest,
) -> Result<Page<PreviewedPerson>> {
    let kept = desk.previews.get(&request.token)?;
    let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let query = PreviewQuery {
        group: request.group,
        search: request.search,
        field: request.field,
        offset: place(request.part.offset),
        limit: place(request.part.rows()),
    };
    let (rows, total) = aside(move || kept.people(&query)).await?;
    Ok(Page { rows, total })
}

pub(crate) async fn preview_download(desk: &Desk, request: PreviewDownloadRequest) -> Result<FileWritten> {
    let kept = desk.previews.get(&request.token)?;
    let path = absolute(&request.path)?;
    let rows = aside(move || write(&kept, request.group, &path)).await?;
    Ok(FileWritten { path: request.path, rows })
}

pub(crate) async fn preview_run(desk: &Desk, request: PreviewRunRequest) -> Result<RunStarted> {
    let kept = desk.previews.get(&request.token)?;
    let options = RunOptions {
        allow_loss: request.allow_loss,
        plan: Some(kept.digest().to_owned()),
        trigger: Trigger::Manual,
        ..RunOptions::default()
    };
    // Until the plan is committed: whether it is the same still is known by then.
    let begun = desk.runs.begin(kept.export().id, Begin::Export(options), Until::Planned).await;
    Ok(started(export_of(&kept), begun))
}

fn export_of(kept: &KeptPreview) -> Named {
    Named { id: kept.export().id.to_string(), name: kept.export().name.clone() }
}

/// Off the threads that answer.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Error::internal("a preview was not looked through"))?
}

/// Writes a group, a row a person, with both values of each field that changes.
fn write(kept: &KeptPreview, group: PreviewGroup, path: &std::path::Path) -> Result<u64> {
    let fields = std::iter::once("Email".to_owned()).chain(kept.fields());
    let fields: Vec<String> = fields.collect();
    let mut header: Vec<String> =
        ["group", "email", "customer_id", "reason", "joins", "leaves"].map(str::to_owned).to_vec();
    header.extend(fields.iter().flat_map(|field| [format!("{field} (before)"), format!("{field} (now)")]));
    let mut out = Download::create(path, header.iter().map(String::as_str))?;
    let mut query = PreviewQuery { group, search: String::new(), field: None, offset: 0, limit: STEP };
    loop {
        let (people, total) = kept.people(&query)?;
        for person in &people {
            let (joins, leaves) = (person.joins.join(", "), person.leaves.join(", "));
            let known = [
                person.group.word(),
                &person.email,
                &person.customer_id,
                &person.reason,
                joins.as_str(),
                leaves.as_str(),
            ];
            let values = fields.iter().flat_map(|field| values_of(person, field));
            out.row(known.into_iter().chain(values))?;
        }
        query.offset += people.len();
        if people.is_empty() || query.offset as u64 >= total {
            out.finish()?;
            return Ok(query.offset as u64);
        }
    }
}

fn values_of<'a>(person: &'a PreviewedPerson, field: &str) -> [&'a str; 2] {
    let change = person.changes.iter().find(|change| change.field == field);
    let value = |of: fn(&Change) -> Option<&String>| change.and_then(of).map_or("", String::as_str);
    [value(|change| change.old.as_ref()), value(|change| change.new.as_ref())]
}
