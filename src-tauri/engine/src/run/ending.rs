//! Ending: a planned run is delivered and verified, and gets its status in words (product.md rule 11).

use std::sync::atomic::Ordering;

use crate::destination::List;
use crate::error::{Code, Result};
use crate::model::{self, Counts, Stage, Status};
use crate::store::{self, person};

use super::turn::{self, Turn};
use super::under_way::Run;
use super::{confirm, deliver, lists, places, stopped, verify};

/// Delivers, verifies and closes a planned run.
///
/// # Errors
/// `busy` where another process took the run over, and those of the database. What stopped the run is
/// in its status.
pub(super) async fn finish(mut run: Run, turn: &Turn) -> Result<model::Run> {
    run.watch.counts(run.row.counts);
    run.account.be_patient();
    let error = delivered(&mut run).await.err();
    let canceled = error.as_ref().is_some_and(|error| error.code == Code::Canceled);
    if turn.is_lost() {
        return Err(turn::lost());
    }
    let no = run.ledger.no;
    let mut row = run.row.clone();
    row.stage = Stage::Done;
    row.finished_at = Some(run.store.clock().now());
    row.requests = run.account.requests.load(Ordering::Relaxed);
    row.retries = run.account.retries.load(Ordering::Relaxed);
    row.resumable = error.is_some() && !canceled;
    let source = run.frozen.source;
    let final_reason = if canceled { "canceled" } else { "stopped" };
    let resumable = row.resumable;
    row.counts = run
        .store
        .write(move |tx| {
            if !resumable {
                person::explain_rest(tx, no, final_reason)?;
            }
            Ok(Counts { source, ..store::run::counts(tx, no)? })
        })
        .await?;
    (row.status, row.reason) = match error {
        Some(error) => stopped::ended(&error),
        None if !row.counts.add_up() => (
            Status::Failed,
            format!(
                "counts_disagree: the segments hold {source} profiles, but {} were dealt with. Please report this.",
                row.counts.sum()
            ),
        ),
        None => verdict(&run, &row),
    };
    let update = row.clone();
    run.store.write(move |tx| store::run::update(tx, &update)).await?;
    tracing::info!(run.id = %row.id, run.status = ?row.status, requests = row.requests, "A run ended.");
    Ok(row)
}

async fn delivered(run: &mut Run) -> Result<()> {
    run.watch.stage(Stage::Deliver, run.row.counts.not_attempted);
    lists::make_missing(run).await?;
    let account_id = run.ledger.account;
    let no = run.ledger.no;
    let (lists, sizes) = run
        .store
        .read(move |conn| Ok((store::list::all(conn, account_id)?, store::run_list::of_run(conn, no)?)))
        .await?;
    // A list without an id makes itself when somebody is put on it, by its title.
    let made_by_itself = run.account.destination.make_list("").is_none();
    run.lists = lists
        .into_iter()
        .filter(|list| made_by_itself || list.vendor_id.is_some())
        .map(|list| {
            let vendor = List { id: list.vendor_id.unwrap_or_default(), title: list.title, members: None };
            (list.id, vendor)
        })
        .collect();
    run.empty = sizes.iter().filter(|(_, before, _)| *before == 0).map(|(list, _, _)| *list).collect();
    deliver::deliver(run).await?;
    places::join(run).await?;
    places::leave(run).await?;
    run.watch.stage(Stage::Verify, 0);
    confirm::later(run).await?;
    run.row.verified = verify::after(run).await?;
    Ok(())
}

/// The status and its words for a run that came to its end.
fn verdict(run: &Run, row: &model::Run) -> (Status, String) {
    let counts = &row.counts;
    let mut wrong = run.frozen.held.clone();
    let mut say = |count: u64, words: &str| {
        if count > 0 {
            wrong.push(format!("{count} {words}"));
        }
    };
    say(counts.rejected, "refused by the account");
    say(
        counts.not_attempted,
        if run.frozen.trial { "not sent, since this run tried only some" } else { "not sent" },
    );
    say(counts.leavers.failed, "could not be taken off a list");
    let places = run.learned.failed_places();
    if counts.rejected == 0 && counts.leavers.failed == 0 {
        say(places, "list places were refused; they come again");
    }
    if row.verified == Some(false) {
        wrong.push("the account's list sizes do not agree with what was sent".to_owned());
    }
    wrong.extend(run.learned.notes());
    if wrong.is_empty() {
        let sent = counts.created + counts.updated + counts.leavers.removed;
        let words = match &run.frozen.full {
            _ if sent == 0 => "Nothing had changed; nothing was sent.".to_owned(),
            Some(warning) => format!("{warning}."),
            None => String::new(),
        };
        return (Status::Successful, words);
    }
    wrong.extend(run.frozen.full.clone());
    let mut words = wrong.join("; ");
    words.push('.');
    (Status::CompletedWithErrors, words)
}
