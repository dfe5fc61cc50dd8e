//! Runs as they are printed.

use segue_engine::model::Run;

use crate::report;
use crate::table::{Head, Table, duration, moment, number};
use crate::words;

/// One row each.
pub(super) fn list(runs: &[Run]) -> String {
    if runs.is_empty() {
        return "Nothing has run yet; run an export: segue export run NAME".to_owned();
    }
    let mut table = Table::new(&[
        Head::Text("Started"),
        Head::Text("Export"),
        Head::Text("Begun by"),
        Head::Text("Status"),
        Head::Number("Created"),
        Head::Number("Updated"),
        Head::Number("Unchanged"),
        Head::Number("Did not go"),
        Head::Number("Removed"),
        Head::Text("Id"),
    ]);
    for run in runs {
        let counts = &run.counts;
        let not_sent =
            counts.invalid + counts.duplicate + counts.excluded + counts.rejected + counts.not_attempted;
        table.row([
            moment(run.started_at),
            run.export.clone(),
            begun_by(run),
            words::status(run.status).to_owned(),
            number(counts.created),
            number(counts.updated),
            number(counts.unchanged),
            number(not_sent),
            number(counts.leavers.removed),
            run.id.to_string(),
        ]);
    }
    table.to_string()
}

/// Everything about one.
pub(super) fn whole(run: &Run) -> String {
    let took = run.finished_at.map_or_else(
        || format!("not finished ({})", words::stage(run.stage)),
        |end| {
            let seconds = (end.as_second() - run.started_at.as_second()).max(0);
            format!("took {}", duration(seconds.unsigned_abs()))
        },
    );
    let verified = match run.verified {
        Some(true) => "list sizes agree",
        Some(false) => "list sizes do not agree",
        None => "list sizes were not asked",
    };
    let mut notes = vec![format!("started {}", moment(run.started_at)), took];
    notes.push(format!("begun by {}", begun_by(run)));
    notes.push(format!("{} requests, {} of them repeats", number(run.requests), number(run.retries)));
    notes.push(verified.to_owned());
    if run.full {
        notes.push("full refresh".to_owned());
    }
    format!("{}\n\n{}\n{}.", words::status(run.status), report::report(run), notes.join(", "))
}

/// What began it, and whether later than it was due.
fn begun_by(run: &Run) -> String {
    format!("{}{}", words::trigger(run.trigger), if run.late { " (late)" } else { "" })
}
