//! Notices: what is told, in which words, to whom, and that nothing else goes out.

mod change;
mod engine;
mod hosts;
mod logs;
mod mail;
mod servers;
mod tries;
mod webhook;
mod words;

use jiff::Timestamp;
use segue_engine::model::{
    Counts, ExportId, Leavers, Notice, NoticeKind, Run, RunId, Stage, Status, Trigger,
};

/// A moment.
pub(crate) fn noon() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

/// A run of this export that ended so, for so many people.
pub(crate) fn run(export: ExportId, status: Status, people: u64) -> Run {
    Run {
        id: RunId::new(),
        export_id: export,
        export: "Weekly".to_owned(),
        status,
        reason: String::new(),
        trigger: Trigger::Schedule,
        full: false,
        late: false,
        resumable: false,
        started_at: noon(),
        finished_at: status.is_final().then(noon),
        requests: 2,
        retries: 0,
        verified: None,
        counts: Counts { source: people, unchanged: people, ..Counts::default() },
        stage: Stage::Done,
    }
}

/// A run that refused, held and failed some.
pub(crate) fn bad_run(export: ExportId) -> Run {
    let mut run = run(export, Status::CompletedWithErrors, 100);
    run.counts = Counts {
        source: 100,
        unchanged: 93,
        rejected: 4,
        not_attempted: 3,
        leavers: Leavers { held: 2, failed: 1, removed: 5, kept: 6 },
        ..Counts::default()
    };
    run
}

/// A notice of this kind.
pub(crate) fn notice(kind: NoticeKind) -> Notice {
    Notice {
        kind,
        export_id: ExportId::new(),
        export: "Weekly <!channel>\r\nBcc: eve@example.com".to_owned(),
        run: RunId::new(),
        at: noon(),
        people: 1_200,
        before: 12_345_678,
        not_done: 1,
    }
}
