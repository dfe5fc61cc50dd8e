//! Home: what ran, how segments change, and what waits for a decision.

use jiff::SignedDuration;
use segue_engine::error::Result;
use segue_engine::model::{LatestRun, SegmentOrder, SegmentQuery, Status};

use crate::Desk;
use crate::views::{Home, HomeSegment, Named, Nothing, Upcoming, Waiting, WaitingKind};

const RUNS: u32 = 5;
const SEGMENTS: u64 = 5;
const NEXT: usize = 5;
/// Segments are compared with what they were then.
const AGO: SignedDuration = SignedDuration::from_hours(7 * 24);

pub(crate) async fn home(desk: &Desk, _: Nothing) -> Result<Home> {
    Ok(Home {
        runs: desk.engine.recent_runs(RUNS).await?,
        next: next(desk).await?,
        paused: desk.engine.schedule_state().await?.paused,
        segments: segments(desk).await?,
        waiting: waiting(desk).await?,
        totals: desk.engine.totals().await?,
    })
}

/// What runs next: the system refresh stands for the exports that run with it.
async fn next(desk: &Desk) -> Result<Vec<Upcoming>> {
    let times = desk.engine.next_times().await?;
    let mut next: Vec<Upcoming> = times.system.map(|at| Upcoming { export: None, at }).into_iter().collect();
    for (id, at) in times.exports {
        let export = desk.engine.export(&id.to_string()).await?;
        if export.schedule.own().is_some() {
            next.push(Upcoming { export: Some(Named { id: id.to_string(), name: export.name }), at });
        }
        if next.len() > NEXT {
            break;
        }
    }
    next.sort_by_key(|one| one.at);
    next.truncate(NEXT);
    Ok(next)
}

async fn segments(desk: &Desk) -> Result<Vec<HomeSegment>> {
    let query = SegmentQuery { sort: SegmentOrder::Used, limit: SEGMENTS, ..SegmentQuery::default() };
    let mut shown = Vec::new();
    for line in desk.engine.segment_page(query).await?.rows {
        let id = line.segment.id.to_string();
        let before = desk.engine.segment_size_ago(&id, AGO).await?;
        let change =
            before.zip(line.count).map(|(before, now)| now.members.cast_signed() - before.cast_signed());
        shown.push(HomeSegment {
            segment: Named { id, name: line.segment.name },
            members: line.count.map(|count| count.members),
            change,
        });
    }
    Ok(shown)
}

/// What waits for a decision, newest first: at most one thing of each export.
async fn waiting(desk: &Desk) -> Result<Vec<Waiting>> {
    let refused: Vec<String> = desk
        .engine
        .connection_uses()
        .await?
        .into_values()
        .filter(|used| used.heard.is_some_and(|heard| !heard.accepted))
        .flat_map(|used| used.exports)
        .map(|export| export.id)
        .collect();
    let names = desk.engine.exports().await?;
    let mut waiting = Vec::new();
    for latest in desk.engine.latest_runs().await? {
        let LatestRun { run, facts, .. } = latest;
        // The export may have been renamed since, or be gone: then nobody can decide anything.
        let Some(export) = names.iter().find(|export| export.id == run.export_id) else { continue };
        let held: u64 = facts.held.iter().map(|list| list.leaving).sum();
        let kind = if !facts.held.is_empty() && facts.kept_at.is_none() {
            WaitingKind::Held
        } else if run.status != Status::Failed {
            continue;
        } else if refused.contains(&export.id.to_string()) {
            WaitingKind::KeyRefused
        } else if run.resumable {
            WaitingKind::Resumable
        } else {
            WaitingKind::Failed
        };
        waiting.push(Waiting {
            kind,
            export: Named { id: export.id.to_string(), name: export.name.clone() },
            run: run.id.to_string(),
            since: run.finished_at.unwrap_or(run.started_at),
            people: if kind == WaitingKind::Held { held } else { run.counts.not_attempted },
        });
    }
    waiting.sort_by_key(|one| std::cmp::Reverse(one.since));
    Ok(waiting)
}
