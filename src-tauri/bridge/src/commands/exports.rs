//! Export destinations.

use std::collections::HashMap;

use segue_engine::WholeExport;
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{self, Connection, Export, ExportId, LatestRun, RunId, SegmentId, Trigger};
use segue_engine::run::RunOptions;

use crate::under_way::{Begin, Refused, Until};
use crate::views::{
    AttachRequest, ChosenSegment, Done, ExportDetail, ExportDraft, ExportRemoveRequest, ExportRow, Forecast,
    HeldList, Named, Nothing, One, Rename, RunRequest, RunStarted, RunsStarted, Total, TotalQuery,
    TotalSegment,
};
use crate::{Desk, Noun};

/// What a change of an export changes.
const CHANGED: [Noun; 2] = [Noun::Exports, Noun::Audit];

pub(crate) async fn export_list(desk: &Desk, _: Nothing) -> Result<Vec<ExportRow>> {
    let engine = &desk.engine;
    let (exports, connections, audiences) =
        (engine.exports().await?, engine.connections().await?, engine.audiences().await?);
    let segments = engine.chosen_segment_names().await?;
    let practice = engine.practice_connection().await?;
    let forecasts = engine.forecasts(&exports).await?;
    let next: HashMap<ExportId, _> = engine.next_times().await?.exports.into_iter().collect();
    let pending = engine.pending_exports().await?;
    let mut latest: HashMap<ExportId, LatestRun> =
        engine.latest_runs().await?.into_iter().map(|latest| (latest.run.export_id, latest)).collect();
    let rows = exports.into_iter().map(|export| {
        let latest = latest.remove(&export.id);
        let connection = connection_of(&export, &connections);
        let audience = audiences.iter().find(|audience| audience.id == export.audience);
        ExportRow {
            id: export.id.to_string(),
            product: connection.map(|connection| connection.product),
            practice: connection.is_some_and(|connection| Some(connection.id) == practice),
            connection: connection.map(named),
            audience: Named {
                id: export.audience.to_string(),
                name: audience.map(|audience| audience.name.clone()).unwrap_or_default(),
            },
            segments: chosen(&export, &segments).map(|(segment, _)| segment).collect(),
            created_at: export.created_at,
            held: latest.as_ref().map(held).unwrap_or_default(),
            progress: latest
                .as_ref()
                .and_then(|latest| desk.runs.progress(latest.run.id).or_else(|| latest.progress.clone())),
            last_run: latest.map(|latest| latest.run),
            forecast: forecasts.get(&export.id).map(|(forecast, outdated)| shown(*forecast, *outdated)),
            next_run: next.get(&export.id).copied(),
            pending: pending.contains(&export.id),
            schedule: export.schedule,
            name: export.name,
        }
    });
    Ok(rows.collect())
}

pub(crate) async fn export_get(desk: &Desk, One { id }: One) -> Result<ExportDetail> {
    let export = desk.engine.export(&id).await?;
    detail(desk, export).await
}

pub(crate) async fn export_save(desk: &Desk, draft: ExportDraft) -> Result<ExportDetail> {
    let edited = match (draft.id, draft.version) {
        (Some(id), Some(version)) => Some((id, version)),
        (None, _) => None,
        (Some(_), None) => {
            return Err(Error::new(
                Code::Usage,
                "An export that is edited is saved with the version that was seen.",
            ));
        }
    };
    let export = desk
        .engine
        .save_export(WholeExport {
            edited,
            name: draft.name,
            connection: draft.connection,
            audience: draft.audience,
            matching: draft.matching,
            segments: draft.segments.into_iter().map(|segment| (segment.id, segment.title)).collect(),
            only_if: draft.only_if,
            leavers: draft.leavers,
            limit: draft.limit,
            max_loss: draft.max_loss,
            empty: draft.empty,
        })
        .await?;
    changed(desk, export).await
}

pub(crate) async fn export_rename(desk: &Desk, Rename { id, name }: Rename) -> Result<ExportDetail> {
    let export = desk.engine.rename_export(&id, &name).await?;
    changed(desk, export).await
}

pub(crate) async fn export_duplicate(desk: &Desk, Rename { id, name }: Rename) -> Result<ExportDetail> {
    let export = desk.engine.duplicate_export(&id, &name).await?;
    changed(desk, export).await
}

pub(crate) async fn export_detach(desk: &Desk, One { id }: One) -> Result<ExportDetail> {
    let export = desk.engine.detach_export(&id).await?;
    changed(desk, export).await
}

pub(crate) async fn export_attach(desk: &Desk, request: AttachRequest) -> Result<ExportDetail> {
    let export = desk.engine.attach_export(&request.id, &request.connection).await?;
    changed(desk, export).await
}

/// With lists to be emptied, this is answered once the run that does so has begun; the export goes when
/// that has ended well.
pub(crate) async fn export_remove(desk: &Desk, request: ExportRemoveRequest) -> Result<Done> {
    if request.empty_lists {
        let export = desk.engine.export(&request.id).await?;
        desk.runs.begin(export.id, Begin::Remove, Until::Begun).await.map_err(|refused| refused.error)?;
    } else {
        desk.engine.remove_export(&request.id).await?;
        desk.events.changed(&CHANGED);
    }
    Ok(Done {})
}

pub(crate) async fn export_forecast(desk: &Desk, One { id }: One) -> Result<Forecast> {
    let forecast = desk.engine.forecast(&id).await?;
    desk.events.changed(&[Noun::Exports]);
    Ok(shown(forecast, false))
}

pub(crate) async fn export_total(desk: &Desk, query: TotalQuery) -> Result<Total> {
    let segments = query.segments.clone();
    let total = desk.engine.total(query).await?;
    let each = segments.into_iter().zip(total.each).map(|(id, (members, only_here))| TotalSegment {
        id,
        members,
        only_here,
        without: total.addresses.saturating_sub(only_here),
    });
    Ok(Total {
        memberships: total.memberships,
        profiles: total.profiles,
        addresses: total.addresses,
        each: each.collect(),
    })
}

pub(crate) async fn export_run(desk: &Desk, request: RunRequest) -> Result<RunsStarted> {
    let options = RunOptions {
        full: request.full,
        retry_failed: request.retry_failed,
        allow_loss: request.allow_loss,
        new_lists: request.new_lists,
        create_gone: request.create_gone,
        only: request.only,
        first: request.first,
        trigger: Trigger::Manual,
        ..RunOptions::default()
    };
    let mut runs = Vec::with_capacity(request.exports.len());
    for id in request.exports {
        let named = match desk.engine.export(&id).await {
            Ok(export) => Ok((export.id, Named { id: export.id.to_string(), name: export.name })),
            Err(error) => Err(error),
        };
        runs.push(match named {
            Ok((export, named)) => {
                started(named, desk.runs.begin(export, Begin::Export(options.clone()), Until::Begun).await)
            }
            // One that is gone does not keep the others from running.
            Err(error) => started(Named { id, name: String::new() }, Err(error.into())),
        });
    }
    Ok(RunsStarted { runs })
}

pub(crate) async fn export_keep_held(desk: &Desk, One { id }: One) -> Result<Done> {
    desk.engine.keep_held(&id).await?;
    desk.events.changed(&CHANGED);
    Ok(Done {})
}

/// How a run began, for the page.
pub(super) fn started(export: Named, begun: std::result::Result<RunId, Refused>) -> RunStarted {
    match begun {
        Ok(run) => RunStarted { export, run: Some(run.to_string()), error: None },
        Err(Refused { run, error }) => {
            RunStarted { export, run: run.map(|run| run.to_string()), error: Some(error.into()) }
        }
    }
}

fn shown(forecast: model::Forecast, outdated: bool) -> Forecast {
    let model::Forecast { new, changed, leaving, invalid, at } = forecast;
    Forecast { new, changed, leaving, invalid, at, outdated }
}

/// Tells that an export was changed, and shows it.
async fn changed(desk: &Desk, export: Export) -> Result<ExportDetail> {
    desk.events.changed(&CHANGED);
    detail(desk, export).await
}

async fn detail(desk: &Desk, export: Export) -> Result<ExportDetail> {
    let engine = &desk.engine;
    let connections = engine.connections().await?;
    let connection = connection_of(&export, &connections);
    let audience = engine.audience(&export.audience.to_string()).await?;
    let segments = engine.chosen_segment_names().await?;
    Ok(ExportDetail {
        id: export.id.to_string(),
        product: connection.map(|connection| connection.product),
        connection: connection.map(named),
        audience: Named { id: audience.id.to_string(), name: audience.name },
        segments: chosen(&export, &segments)
            .map(|(segment, title)| ChosenSegment { id: segment.id, name: segment.name, title })
            .collect(),
        version: export.version(),
        name: export.name,
        matching: export.matching,
        only_if: export.only_if,
        leavers: export.leavers,
        limit: export.limit,
        max_loss: export.max_loss,
        created_at: export.created_at,
    })
}

fn connection_of<'a>(export: &Export, connections: &'a [Connection]) -> Option<&'a Connection> {
    connections.iter().find(|connection| Some(connection.id) == export.connection)
}

pub(super) fn named(connection: &Connection) -> Named {
    Named { id: connection.id.to_string(), name: connection.name.clone() }
}

/// The chosen segments of an export, each with the title of its list where the user gave one.
fn chosen<'a>(
    export: &'a Export,
    names: &'a HashMap<SegmentId, String>,
) -> impl Iterator<Item = (Named, Option<String>)> + 'a {
    export.segments.iter().map(|chosen| {
        let name = names.get(&chosen.segment).cloned().unwrap_or_default();
        (Named { id: chosen.segment.to_string(), name }, chosen.title.clone())
    })
}

/// Lists whose leavers the guard held, until somebody has decided.
fn held(latest: &LatestRun) -> Vec<HeldList> {
    let decided = latest.facts.kept_at.is_some();
    if decided { Vec::new() } else { latest.facts.held.clone() }
}
