//! Which run is worth a word.

use segue_engine::model::{ExportId, NoticeKind, Status};
use segue_engine::notify::change::{Ended, Off, Standing, Trouble, after};

use super::{bad_run, run};

const WELL: Standing = Standing { trouble: None, people: None };

const fn stands(trouble: Trouble) -> Standing {
    Standing { trouble: Some(trouble), people: None }
}

fn judged(status: Status, before: Standing) -> (Standing, Option<NoticeKind>) {
    let run = run(ExportId::new(), status, 100);
    let (standing, notice) = after(&Ended { run: &run, held: false, planned: true }, before, &[100, 100]);
    (standing, notice.map(|notice| notice.kind))
}

#[test]
fn a_change_of_state_is_told_once() {
    use NoticeKind as K;
    use Status as S;
    for (status, before, standing, told) in [
        (S::Successful, WELL, WELL, None),
        (S::Failed, WELL, stands(Trouble::Failed), Some(K::Failed)),
        (S::Failed, stands(Trouble::Failed), stands(Trouble::Failed), None),
        (S::Failed, stands(Trouble::Errors), stands(Trouble::Failed), Some(K::Failed)),
        (S::Skipped, WELL, stands(Trouble::Skipped), Some(K::Skipped)),
        (S::Skipped, stands(Trouble::Skipped), stands(Trouble::Skipped), None),
        (S::CompletedWithErrors, WELL, stands(Trouble::Errors), Some(K::Errors)),
        (S::CompletedWithErrors, stands(Trouble::Errors), stands(Trouble::Errors), None),
        (S::CompletedWithErrors, stands(Trouble::Failed), stands(Trouble::Errors), Some(K::Errors)),
        (S::Successful, stands(Trouble::Failed), WELL, Some(K::Recovered)),
        (S::Successful, stands(Trouble::Waiting), WELL, Some(K::Recovered)),
        // These say nothing of the export.
        (S::Canceled, stands(Trouble::Failed), stands(Trouble::Failed), None),
        (S::Processing, WELL, WELL, None),
        (S::Queued, stands(Trouble::Errors), stands(Trouble::Errors), None),
    ] {
        assert_eq!(judged(status, before), (standing, told), "{status:?} after {before:?}");
    }
}

#[test]
fn a_run_that_waits_for_somebody_says_so_before_its_errors() {
    let run = bad_run(ExportId::new());
    let ended = Ended { run: &run, held: false, planned: true };
    let (standing, notice) = after(&ended, stands(Trouble::Errors), &[]);
    let notice = notice.unwrap();
    assert_eq!((standing, notice.kind), (stands(Trouble::Waiting), NoticeKind::Waiting));
    assert_eq!((notice.people, notice.before, notice.not_done), (100, 0, 10));
    assert!(after(&ended, standing, &[]).1.is_none(), "it still waits");
    let mut held = run;
    held.counts.leavers.held = 0;
    let (standing, _) = after(&Ended { run: &held, held: true, planned: true }, WELL, &[]);
    assert_eq!(standing, stands(Trouble::Waiting), "the guard held a list");
}

#[test]
fn more_than_half_off_the_mean_is_told_once_in_each_direction() {
    let off = |direction| Standing { trouble: None, people: Some(direction) };
    for (people, usual, before, standing, told) in [
        // Half is not more than half.
        (50, &[100, 100][..], WELL, WELL, false),
        (49, &[100, 100], WELL, off(Off::Fewer), true),
        (150, &[100], WELL, WELL, false),
        (151, &[100], WELL, off(Off::More), true),
        (0, &[100], WELL, off(Off::Fewer), true),
        (40, &[40, 100, 100, 100, 100], off(Off::Fewer), off(Off::Fewer), false),
        (400, &[40, 100, 100, 100, 100], off(Off::Fewer), off(Off::More), true),
        (90, &[40, 100], off(Off::Fewer), WELL, false),
        // Nothing is any per cent of nothing.
        (1_000, &[], WELL, WELL, false),
        (1_000, &[0, 0], WELL, WELL, false),
        (u64::MAX, &[u64::MAX, u64::MAX], WELL, WELL, false),
    ] {
        let run = run(ExportId::new(), Status::Successful, people);
        let (found, notice) = after(&Ended { run: &run, held: false, planned: true }, before, usual);
        let kind = notice.as_ref().map(|notice| notice.kind);
        assert_eq!(
            (found, kind),
            (standing, told.then_some(NoticeKind::PeopleChanged)),
            "{people} of {usual:?}"
        );
    }
    let run = run(ExportId::new(), Status::Successful, 10);
    let (_, notice) = after(&Ended { run: &run, held: false, planned: true }, WELL, &[100, 101]);
    assert_eq!(notice.unwrap().before, 101, "the mean, rounded");
}

#[test]
fn what_was_not_told_is_told_by_the_next_run() {
    let failed = run(ExportId::new(), Status::Failed, 10);
    let (standing, notice) = after(&Ended { run: &failed, held: false, planned: true }, WELL, &[100]);
    assert_eq!((standing, notice.unwrap().kind), (stands(Trouble::Failed), NoticeKind::Failed));
    let well = run(failed.export_id, Status::Successful, 10);
    let (standing, notice) = after(&Ended { run: &well, held: false, planned: true }, standing, &[100]);
    assert_eq!(standing, Standing { trouble: None, people: Some(Off::Fewer) });
    assert_eq!(notice.unwrap().kind, NoticeKind::PeopleChanged, "before that it works again");
}

#[test]
fn a_run_without_a_plan_says_nothing_of_people() {
    let failed = run(ExportId::new(), Status::Failed, 0);
    let ended = Ended { run: &failed, held: false, planned: false };
    assert!(after(&ended, stands(Trouble::Failed), &[100]).1.is_none());
    let fewer = Standing { trouble: Some(Trouble::Failed), people: Some(Off::Fewer) };
    assert_eq!(after(&ended, fewer, &[100]).0, fewer);
}

#[test]
fn a_standing_outlives_a_version_that_knows_more() {
    assert_eq!(serde_json::from_str::<Standing>("{}").unwrap(), WELL);
    let kept = serde_json::to_string(&Standing { trouble: Some(Trouble::Failed), people: Some(Off::More) });
    assert_eq!(kept.unwrap(), r#"{"trouble":"failed","people":"more"}"#);
}
