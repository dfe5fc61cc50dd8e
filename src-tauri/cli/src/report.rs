//! A run for people: one sentence with what was sent, what was not and what to do, and a small
//! table of counts that adds up to the source.

use segue_engine::model::{Counts, Run, Status};

use crate::table::{Head, Table, count, number};
use crate::words;

/// The report of a run.
pub(crate) fn report(run: &Run) -> String {
    let mut text = sentence(run);
    if run.counts != Counts::default() {
        text.push_str("\n\n");
        text.push_str(&counts(&run.counts).to_string());
    }
    let remarks = remarks(run);
    if !remarks.is_empty() {
        text.push_str("\n\n");
        text.push_str(&remarks.join("\n"));
    }
    text
}

/// The sentence and the table, without what to do.
pub(crate) fn brief(run: &Run) -> String {
    format!("{}\n\n{}", sentence(run), counts(&run.counts))
}

fn sentence(run: &Run) -> String {
    let name = &run.export;
    let reason = words::reason(&run.reason);
    let sent = sent(&run.counts);
    match run.status {
        Status::Successful if run.counts.created + run.counts.updated == 0 => {
            format!("“{name}” is done: {sent}.")
        }
        Status::Successful => format!("“{name}” is done: {sent}.{}", beside(&reason)),
        Status::CompletedWithErrors => format!("“{name}” is done, with errors: {sent}.{}", beside(&reason)),
        Status::Skipped if words::code_of(&run.reason).is_some() => {
            format!("“{name}” was skipped, and nobody was sent: {}", ended(&reason, ""))
        }
        Status::Skipped => {
            format!("“{name}” had nothing to do: {}", ended(&reason, "nothing was sent"))
        }
        Status::Failed => {
            format!("“{name}” failed: {} Until then {sent}.", ended(&reason, "the reason is in the log"))
        }
        Status::Canceled => {
            format!("“{name}” was stopped: {} Until then {sent}.", ended(&reason, "as asked"))
        }
        Status::Processing => format!("“{name}” is running: {sent} so far."),
        Status::Queued => {
            format!("“{name}” waits for another run of the same account; nothing was sent.")
        }
        Status::NotStarted => format!("“{name}” has not begun; nothing was sent."),
    }
}

/// A reason as a sentence of its own.
fn beside(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(" {}", ended(reason, "")) }
}

/// A reason as the end of a sentence.
fn ended(reason: &str, otherwise: &str) -> String {
    let text = if reason.is_empty() { otherwise } else { reason };
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{text}{stop}")
}

fn sent(counts: &Counts) -> String {
    let sent = counts.created + counts.updated;
    let mut text = match sent {
        0 => "nobody was sent".to_owned(),
        1 => "1 person was sent".to_owned(),
        _ => format!("{} people were sent", number(sent)),
    };
    if sent > 0 {
        text.push_str(&format!(" ({} new, {} changed)", number(counts.created), number(counts.updated)));
    }
    let not_sent =
        counts.invalid + counts.duplicate + counts.excluded + counts.rejected + counts.not_attempted;
    if counts.unchanged > 0 {
        text.push_str(&format!(", {} had not changed", number(counts.unchanged)));
    }
    if not_sent > 0 {
        text.push_str(&format!(", {} did not go", number(not_sent)));
    }
    if counts.leavers.removed > 0 {
        let were = if counts.leavers.removed == 1 { "leaver was" } else { "leavers were" };
        text.push_str(&format!(", {} {were} taken off", number(counts.leavers.removed)));
    }
    text
}

/// Every class with its number, the sum under them.
fn counts(counts: &Counts) -> Table {
    let mut table = Table::new(&[Head::Text(""), Head::Number("")]);
    let classes = [
        ("created", counts.created),
        ("updated", counts.updated),
        ("unchanged", counts.unchanged),
        ("invalid", counts.invalid),
        ("duplicate", counts.duplicate),
        ("excluded", counts.excluded),
        ("rejected", counts.rejected),
        ("not attempted", counts.not_attempted),
    ];
    for (word, value) in classes {
        table.row([word.to_owned(), number(value)]);
    }
    table.row(["= profiles in the segments".to_owned(), number(counts.source)]);
    let leavers = [
        ("leavers removed", counts.leavers.removed),
        ("leavers kept", counts.leavers.kept),
        ("leavers held", counts.leavers.held),
        ("leavers not removed", counts.leavers.failed),
    ];
    for (word, value) in leavers.into_iter().filter(|(_, value)| *value > 0) {
        table.row([word.to_owned(), number(value)]);
    }
    table
}

/// What to do, a line each.
fn remarks(run: &Run) -> Vec<String> {
    let Counts { invalid, duplicate, excluded, rejected, not_attempted, leavers, .. } = run.counts;
    let (id, name) = (run.id, &run.export);
    let mut remarks = Vec::new();
    if invalid + duplicate + excluded + rejected > 0 && run.status.is_final() {
        remarks.push(format!("Who was left out and why: segue run people {id}"));
    }
    if rejected > 0 {
        remarks.push(format!(
            "{} refused by the account; correct the data, or try as they are: segue export run \"{name}\" --retry-failed",
            count(rejected, "person was", "people were"),
        ));
    }
    if not_attempted > 0 && !run.resumable {
        remarks.push(format!(
            "{} not sent; the next run sends them.",
            count(not_attempted, "person was", "people were")
        ));
    }
    if leavers.held > 0 {
        remarks.push(format!(
            "{} on their lists because a list would lose too many at once; if that is right: segue export run \"{name}\" --allow-loss",
            count(leavers.held, "leaver stays", "leavers stay"),
        ));
    }
    if leavers.failed > 0 {
        remarks.push(format!(
            "{} not be taken off; the next run tries again.",
            count(leavers.failed, "leaver could", "leavers could")
        ));
    }
    if run.verified == Some(false) {
        remarks.push(
            "A list does not hold the number of people it should; look at it in the account.".to_owned(),
        );
    }
    if run.resumable {
        remarks.push(format!("Nothing is lost; go on with: segue run resume {id}"));
    }
    remarks
}

#[cfg(test)]
mod tests {
    use segue_engine::model::Leavers;

    use super::*;

    #[test]
    fn the_sentence_says_what_went_and_what_did_not() {
        let counts = Counts {
            source: 2_000,
            created: 1_900,
            updated: 12,
            invalid: 60,
            duplicate: 28,
            leavers: Leavers { removed: 1, ..Leavers::default() },
            ..Counts::default()
        };
        assert!(counts.add_up(), "the example is a possible one");
        assert_eq!(
            sent(&counts).replace('\u{202f}', ","),
            "1,912 people were sent (1,900 new, 12 changed), 88 did not go, 1 leaver was taken off"
        );
    }

    #[test]
    fn a_reason_ends_like_a_sentence() {
        assert_eq!(ended("the key was refused", ""), "the key was refused.");
        assert_eq!(ended("It is gone.", ""), "It is gone.");
        assert_eq!(ended("", "as asked"), "as asked.");
    }
}
