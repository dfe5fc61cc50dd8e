//! Confirm: people whose call the account carries out later have said yes nowhere by name. They count once the sizes
//! of all lists that they join have grown by exactly so many; until then nobody of them has a receipt, and whoever is
//! not confirmed comes again with the next run (destination-api.md 4.8).

use std::collections::BTreeMap;
use std::time::Duration;

use crate::error::Result;
use crate::model::{ListId, Outcome};
use crate::store::person::{self, Pending};
use crate::store::run_list;

use super::books::Books;
use super::deliver::{Moves, NOT_CONFIRMED, moved};
use super::under_way::Run;
use super::verify;

/// The longest that the account is given to carry out what it took, and how often it is asked meanwhile.
const PATIENCE: Duration = Duration::from_secs(300);
const PAUSE: Duration = Duration::from_secs(5);

/// What the account says of those whom it confirms so.
const BY_SIZE: &str = "confirmed by the size of the list";

/// Confirms those whose call is carried out later.
///
/// # Errors
/// What stops a run.
pub(super) async fn later(run: &Run) -> Result<()> {
    let no = run.ledger.no;
    let people = run.store.read(move |conn| person::waiting(conn, no, NOT_CONFIRMED)).await?;
    if people.is_empty() {
        return Ok(());
    }
    let Some(expected) = expected(run, &people).await? else {
        run.learned.note("the account carried some out later, and its lists cannot tell whether it did");
        return Ok(());
    };
    let mut waited = Duration::ZERO;
    loop {
        let sizes = verify::sizes(run, expected.keys().copied().collect()).await?;
        let agree = sizes
            .iter()
            .zip(expected.values())
            .all(|(now, wanted)| i64::try_from(*now).ok() == Some(*wanted));
        if agree {
            return accept(run, people).await;
        }
        if waited >= PATIENCE {
            run.learned
                .note("the account has not carried out all that it took; whoever is missing comes again");
            return Ok(());
        }
        run.watch.waiting("the account, which carries out what it took");
        run.account.sleep(PAUSE).await?;
        run.watch.waiting("");
        waited += PAUSE;
    }
}

/// The size of each list that they join, once they all are on it; `None` where one cannot be told exactly.
async fn expected(run: &Run, people: &[Pending]) -> Result<Option<BTreeMap<ListId, i64>>> {
    let no = run.ledger.no;
    let mut joining: BTreeMap<ListId, Vec<String>> = BTreeMap::new();
    for person in people {
        for list in &person.joins {
            let key = person.address_key.iter().map(|byte| format!("{byte:02X}")).collect();
            joining.entry(*list).or_default().push(key);
        }
    }
    let (before, touched) =
        run.store.read(move |conn| Ok((run_list::whole(conn, no)?, person::touched(conn, no)?))).await?;
    let mut expected = BTreeMap::new();
    for (list, keys) in joining {
        let Some(before) = before.iter().find(|before| before.list == list && before.exact) else {
            return Ok(None);
        };
        let (joined, gone) = touched
            .iter()
            .find(|(touched, _, _)| *touched == list)
            .map_or((0, 0), |(_, joined, gone)| (*joined, *gone));
        let already = run.store.read(move |conn| run_list::joined_already(conn, no, list)).await?;
        let new = keys.iter().filter(|key| !before.present.contains(key)).count();
        let size = i64::try_from(before.size).unwrap_or(i64::MAX);
        expected.insert(list, size + joined - already - gone + i64::try_from(new).unwrap_or(0));
    }
    Ok(Some(expected))
}

async fn accept(run: &Run, people: Vec<Pending>) -> Result<()> {
    let books = Books::of(run);
    let settled = run
        .store
        .write(move |tx| {
            let mut settled: BTreeMap<Outcome, u64> = BTreeMap::new();
            for person in people {
                let outcome = books.take(tx, &person, "", BY_SIZE)?;
                let moves =
                    Moves { joins: person.joins.clone(), leaves: person.leaves.clone(), let_go: Vec::new() };
                moved(tx, (books.no, books.book, books.id), &person, &moves)?;
                *settled.entry(outcome).or_default() += 1;
            }
            Ok(settled)
        })
        .await?;
    for (outcome, people) in settled {
        run.watch.moved(Outcome::NotAttempted, outcome, people);
    }
    Ok(())
}
