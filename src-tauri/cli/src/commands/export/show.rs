//! An export as it is printed: names beside the ids that are stored.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::Engine;
use segue_engine::error::Result;
use segue_engine::model::{Blank, Export, LeaverPolicy, Match, NextTimes, OnlyIf, Schedule, Unfit};
use serde::Serialize;

use crate::commands::schedule::show::{cell, runs};
use crate::table::{Head, Table, moment, number};

/// The document.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Shown {
    id: String,
    pub(super) name: String,
    connection: Option<String>,
    connection_id: Option<String>,
    audience: String,
    audience_id: String,
    matching: Vec<Match>,
    segments: Vec<ShownSegment>,
    only_if: Option<OnlyIf>,
    leavers: LeaverPolicy,
    limit: u64,
    max_loss: u8,
    /// When it runs by itself.
    schedule: Schedule,
    /// The next time that it does; null: it does not, or schedules are paused.
    next_run: Option<Timestamp>,
    created_at: Timestamp,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ShownSegment {
    segment: String,
    segment_id: String,
    list: String,
}

impl Shown {
    /// Looks the names up, and its next time among those of all.
    pub(super) async fn new(engine: &Engine, export: Export, times: &NextTimes) -> Result<Self> {
        let next_run = times.exports.iter().find(|(id, _)| *id == export.id).map(|(_, at)| *at);
        let connection_id = export.connection.map(|id| id.to_string());
        let connection = match &connection_id {
            Some(id) => Some(engine.connection(id).await?.name),
            None => None,
        };
        let audience_id = export.audience.to_string();
        let audience = engine.audience(&audience_id).await?.name;
        let known = engine.segments(Some(&audience_id)).await?;
        let segments = export
            .segments
            .into_iter()
            .map(|chosen| {
                let name = known
                    .iter()
                    .find(|segment| segment.id == chosen.segment)
                    .map(|segment| segment.name.clone());
                let segment = name.unwrap_or_else(|| chosen.segment.to_string());
                let list = chosen.title.unwrap_or_else(|| segment.clone());
                ShownSegment { segment, segment_id: chosen.segment.to_string(), list }
            })
            .collect();
        Ok(Self {
            id: export.id.to_string(),
            name: export.name,
            connection,
            connection_id,
            audience,
            audience_id,
            matching: export.matching,
            segments,
            only_if: export.only_if,
            leavers: export.leavers,
            limit: export.limit,
            max_loss: export.max_loss,
            schedule: export.schedule,
            next_run,
            created_at: export.created_at,
        })
    }
}

/// After adding: what it is, and what to do next.
pub(super) fn added(export: &Shown) -> String {
    format!(
        "{}\n\nNothing was sent. See what a run would do: segue export preview \"{}\"",
        whole(export),
        export.name
    )
}

/// One row each.
pub(super) fn list(exports: &[Shown]) -> String {
    if exports.is_empty() {
        return "There is no export yet; add one: segue export add --help".to_owned();
    }
    let mut table = Table::new(&[
        Head::Text("Name"),
        Head::Text("Connection used"),
        Head::Text("Audience"),
        Head::Text("Segments"),
        Head::Text("Schedule"),
        Head::Text("Next run"),
    ]);
    for export in exports {
        let segments: Vec<&str> = export.segments.iter().map(|chosen| chosen.segment.as_str()).collect();
        table.row([
            export.name.clone(),
            export.connection.clone().unwrap_or_else(|| "none (detached)".to_owned()),
            export.audience.clone(),
            segments.join(", "),
            cell(&export.schedule),
            export.next_run.map_or_else(|| "–".to_owned(), moment),
        ]);
    }
    table.to_string()
}

/// Everything about one.
pub(super) fn whole(export: &Shown) -> String {
    let connection = export
        .connection
        .as_ref()
        .map_or_else(|| "nowhere (detached)".to_owned(), |name| format!("through “{name}”"));
    let mut text = format!("“{}” sends people of “{}” {connection}.\n", export.name, export.audience);
    for chosen in &export.segments {
        text.push_str(&format!("  segment “{}” → list “{}”\n", chosen.segment, chosen.list));
    }
    for line in &export.matching {
        text.push_str(&format!("  column “{}” → {}{}\n", line.column, line.target, exceptions(line)));
    }
    if let Some(OnlyIf { column, value }) = &export.only_if {
        text.push_str(&format!("  only people whose “{column}” is “{value}”\n"));
    }
    let leavers = match export.leavers {
        LeaverPolicy::Remove => "are taken off the list",
        LeaverPolicy::Keep => "stay on the list",
    };
    text.push_str(&format!(
        "  people who leave {leavers}; a list that would lose more than {} % at once is held\n  at most {} addresses\n  runs {}",
        export.max_loss,
        number(export.limit),
        runs(&export.schedule, export.next_run),
    ));
    text
}

fn exceptions(line: &Match) -> &'static str {
    match (line.blank, line.unfit) {
        (Blank::Skip, Unfit::Invalid) => "",
        (Blank::Clear, Unfit::Invalid) => " (cleared when blank)",
        (Blank::Skip, Unfit::LeaveOut) => " (left out when it does not fit)",
        (Blank::Clear, Unfit::LeaveOut) => " (cleared when blank, left out when it does not fit)",
    }
}
