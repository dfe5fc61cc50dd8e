//! Export destinations.

use std::collections::HashMap;

use segue_engine::error::Result;
use segue_engine::model::{Connection, Export, ExportId, HeldOnList, LatestRun, SegmentId};

use crate::Desk;
use crate::views::{ChosenSegment, ExportDetail, ExportRow, HeldList, Named, Nothing, One};

pub(crate) async fn export_list(desk: &Desk, _: Nothing) -> Result<Vec<ExportRow>> {
    let engine = &desk.engine;
    let (exports, connections, audiences) =
        (engine.exports().await?, engine.connections().await?, engine.audiences().await?);
    let segments = engine.chosen_segment_names().await?;
    let practice = engine.practice_connection().await?;
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
            forecast: None,
            name: export.name,
        }
    });
    Ok(rows.collect())
}

pub(crate) async fn export_get(desk: &Desk, One { id }: One) -> Result<ExportDetail> {
    let export = desk.engine.export(&id).await?;
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
    if decided { Vec::new() } else { held_lists(&latest.facts.held) }
}

pub(super) fn held_lists(held: &[HeldOnList]) -> Vec<HeldList> {
    held.iter()
        .map(|held| HeldList { title: held.title.clone(), members: held.members, leaving: held.leaving })
        .collect()
}
