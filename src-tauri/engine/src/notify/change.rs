//! Change: whether an ended run is worth a word. Pure. What is told is a change of state, never every run: an
//! export that fails every night is told of once, and once more when it is well again.

use serde::{Deserialize, Serialize};

use crate::model::{Notice, NoticeKind, Run, Status};

/// As many runs before it are asked how many people are usual.
pub const USUAL_RUNS: usize = 5;

/// How an export stands by its last run that counted, as far as somebody was told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Standing {
    /// What is wrong; `None`: nothing.
    pub trouble: Option<Trouble>,
    /// How the number of people is off what was usual; `None`: it is not, or nobody was told yet.
    pub people: Option<Off>,
}

/// What is wrong with an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// It failed.
    Failed,
    /// It was skipped.
    Skipped,
    /// Leavers are held until somebody decides.
    Waiting,
    /// It was completed with errors.
    Errors,
}

/// In which direction a number of people is far off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Off {
    /// Far fewer.
    Fewer,
    /// Far more.
    More,
}

/// A run that ended, and what its row does not say.
#[derive(Debug, Clone, Copy)]
pub struct Ended<'a> {
    /// The run.
    pub run: &'a Run,
    /// Whether the guard held leavers.
    pub held: bool,
    /// Whether it got as far as a plan: its number of people is known only then.
    pub planned: bool,
}

/// How the export stands after a run, and what somebody is to be told: the first that is true of failed,
/// skipped, waiting, errors, people changed, recovered. `before` is how it stood; `usual` are the people of up to
/// [`USUAL_RUNS`] runs before it that got as far as a plan.
///
/// A run that was canceled, or goes on, says nothing of the export.
#[must_use]
pub fn after(ended: &Ended<'_>, before: Standing, usual: &[u64]) -> (Standing, Option<Notice>) {
    let run = ended.run;
    if !run.status.is_final() || run.status == Status::Canceled {
        return (before, None);
    }
    let trouble = trouble(ended);
    let mean = mean(usual);
    let off = if ended.planned { off(run.counts.source, mean) } else { before.people };
    let kind = match trouble {
        Some(found) if before.trouble != trouble => Some(told_of(found)),
        _ if off.is_some() && off != before.people => Some(NoticeKind::PeopleChanged),
        None if before.trouble.is_some() => Some(NoticeKind::Recovered),
        _ => None,
    };
    let untold = off.is_some() && kind != Some(NoticeKind::PeopleChanged);
    let standing = Standing { trouble, people: if untold { before.people } else { off } };
    (standing, kind.map(|kind| notice(run, kind, mean)))
}

fn trouble(ended: &Ended<'_>) -> Option<Trouble> {
    match ended.run.status {
        Status::Failed => Some(Trouble::Failed),
        Status::Skipped => Some(Trouble::Skipped),
        _ if ended.held || ended.run.counts.leavers.held > 0 => Some(Trouble::Waiting),
        Status::CompletedWithErrors => Some(Trouble::Errors),
        _ => None,
    }
}

fn told_of(trouble: Trouble) -> NoticeKind {
    match trouble {
        Trouble::Failed => NoticeKind::Failed,
        Trouble::Skipped => NoticeKind::Skipped,
        Trouble::Waiting => NoticeKind::Waiting,
        Trouble::Errors => NoticeKind::Errors,
    }
}

/// The mean, rounded; 0 where there is nothing to take it of.
fn mean(usual: &[u64]) -> u64 {
    let (sum, runs) = (usual.iter().copied().map(u128::from).sum::<u128>(), usual.len() as u128);
    let rounded = (2 * sum + runs).checked_div(2 * runs).unwrap_or_default();
    u64::try_from(rounded).unwrap_or(u64::MAX)
}

/// Whether a number is more than 50 % off the mean of the runs before. One run before is enough; of a mean of 0
/// nothing is any per cent, so a first run and the first people are no news.
fn off(people: u64, mean: u64) -> Option<Off> {
    let far = mean > 0 && u128::from(people.abs_diff(mean)) * 2 > u128::from(mean);
    far.then_some(if people < mean { Off::Fewer } else { Off::More })
}

fn notice(run: &Run, kind: NoticeKind, mean: u64) -> Notice {
    let counts = &run.counts;
    Notice {
        kind,
        export_id: run.export_id,
        export: run.export.clone(),
        run: run.id,
        at: run.finished_at.unwrap_or(run.started_at),
        people: counts.source,
        before: if kind == NoticeKind::PeopleChanged { mean } else { 0 },
        not_done: counts.rejected + counts.not_attempted + counts.leavers.held + counts.leavers.failed,
    }
}
