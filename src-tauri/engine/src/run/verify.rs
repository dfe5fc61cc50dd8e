//! Verify: the account's own list sizes against what the run did: roster after = roster before +
//! joined − taken off (cli.md, `verified`).

use std::collections::BTreeMap;
use std::time::Duration;

use crate::destination::List;
use crate::error::Result;
use crate::model::ListId;
use crate::stage::People;
use crate::store::person;
use crate::store::run_list::{self, Before};

use super::account::Account;
use super::lists;
use super::plan::{Draft, Group};
use super::prepare::{ChosenList, Prepared, accepted, roster_size};
use super::under_way::Run;

/// A roster longer than this is not read to know the overlap: its list is not verified then.
const MOST_READ: u64 = 10_000;
/// An account may take a moment to count.
const READS: u32 = 3;
const PAUSE: Duration = Duration::from_secs(3);

/// The size of each list that the run will touch, and which joiners are on it already.
pub(crate) async fn before(account: &Account, prepared: &Prepared, draft: &Draft) -> Result<Vec<Before>> {
    let mut found = Vec::new();
    for (place, chosen) in prepared.lists.iter().enumerate() {
        let list = chosen.id(place);
        let joins = draft.joining.get(&list).copied().unwrap_or(0);
        if joins == 0 && !draft.leaving.contains_key(&list) {
            continue;
        }
        let holders = draft.delta.holders.get(&list).copied().unwrap_or(0);
        let exact = chosen.members <= MOST_READ || joins == 0 || chosen.members == holders;
        let mut before = Before { list, size: chosen.members, present: Vec::new(), exact };
        if let Some(theirs) = &chosen.theirs
            && is_read(chosen, joins, holders)
        {
            before.present = present(account, prepared, draft, list, theirs).await?;
        }
        found.push(before);
    }
    Ok(found)
}

/// The pages of lists that [`before`] reads.
pub(crate) fn pages(prepared: &Prepared, draft: &Draft, page: u64) -> u64 {
    let read = prepared.lists.iter().enumerate().filter(|(place, chosen)| {
        let list = chosen.id(*place);
        let joins = draft.joining.get(&list).copied().unwrap_or(0);
        is_read(chosen, joins, draft.delta.holders.get(&list).copied().unwrap_or(0))
    });
    read.map(|(_, chosen)| chosen.members.div_ceil(page.max(1))).sum()
}

/// Whether the list is read to know which joiners are on it already: somebody else put people there.
fn is_read(chosen: &ChosenList, joins: u64, holders: u64) -> bool {
    chosen.theirs.is_some() && joins > 0 && chosen.members != holders && chosen.members <= MOST_READ
}

async fn present(
    account: &Account,
    prepared: &Prepared,
    draft: &Draft,
    list: ListId,
    theirs: &List,
) -> Result<Vec<String>> {
    let (destination, mut bookmark) = (&account.destination, None);
    let mut keys = Vec::new();
    loop {
        let request = destination.roster(theirs, bookmark.as_deref());
        let answer = account.call(&request, |reply| destination.read_roster(reply)).await?;
        let page = accepted(answer, &prepared.connection.name, destination.name(), "who is on a list")?;
        keys.extend(
            page.emails.iter().filter_map(|email| joiner(prepared, draft, &draft.people, list, email)),
        );
        bookmark = page.bookmark;
        if bookmark.is_none() {
            return Ok(keys);
        }
    }
}

fn joiner(prepared: &Prepared, draft: &Draft, people: &People, list: ListId, email: &str) -> Option<String> {
    use crate::stage::Verdict;
    let mut key = String::new();
    crate::model::Address::parse_into(email, &mut key).ok()?;
    let digest = prepared.fingerprints.of(&key);
    let at = people.find(&digest)?;
    let joins = match draft.delta.verdicts.get(at)? {
        Verdict::New { joins } | Verdict::Changed { joins, .. } => joins,
        Verdict::Unchanged { .. } => return None,
    };
    let goes = matches!(draft.groups.get(at)?, Group::New | Group::Changed | Group::Retry);
    (goes && joins.contains(&list)).then(|| digest.iter().map(|byte| format!("{byte:02X}")).collect())
}

/// Reads the sizes back. `None`: no list was touched, or none could be told exactly.
pub(crate) async fn after(run: &Run) -> Result<Option<bool>> {
    let no = run.ledger.no;
    let (lists, touched) =
        run.store.read(move |conn| Ok((run_list::of_run(conn, no)?, person::touched(conn, no)?))).await?;
    let touched: BTreeMap<ListId, (i64, i64)> =
        touched.into_iter().map(|(list, joined, gone)| (list, (joined, gone))).collect();
    let mut open = Vec::new();
    let mut exact = BTreeMap::new();
    for (list, size, is_exact) in lists {
        let Some((joined, gone)) = touched.get(&list).copied() else { continue };
        let already = run.store.read(move |conn| run_list::joined_already(conn, no, list)).await?;
        exact.insert(list, is_exact);
        open.push((list, size + joined - already - gone));
    }
    let mut agrees = true;
    for read in 0..READS {
        if read > 0 {
            run.account.sleep(PAUSE).await?;
        }
        let sizes = sizes(run, open.iter().map(|(list, _)| *list).collect()).await?;
        let mut wrong = Vec::new();
        for ((list, expected), now) in open.into_iter().zip(sizes) {
            run.store.write(move |tx| run_list::set_after(tx, no, list, now)).await?;
            if exact.get(&list) == Some(&true) && i64::try_from(now).ok() != Some(expected) {
                wrong.push((list, expected));
            }
        }
        open = wrong;
        agrees = open.is_empty();
        if agrees {
            break;
        }
    }
    Ok(exact.values().any(|exact| *exact).then_some(agrees))
}

/// People on these lists now. Where the account tells it along with its lists, that is one question for all.
pub(super) async fn sizes(run: &Run, lists: Vec<ListId>) -> Result<Vec<u64>> {
    if lists.is_empty() {
        return Ok(Vec::new());
    }
    let destination = &run.account.destination;
    let named = lists.iter().map(|list| run.list(*list).cloned()).collect::<Result<Vec<_>>>()?;
    if !destination.abilities().sized_lists {
        let mut sizes = Vec::with_capacity(named.len());
        for list in &named {
            sizes.push(roster_size(&run.account, list, &run.connection.name).await?);
        }
        return Ok(sizes);
    }
    let there = lists::learn(run).await?;
    let mut sizes = Vec::with_capacity(named.len());
    for list in &named {
        let is = |one: &&List| {
            if list.id.is_empty() {
                destination.same_title(&one.title, &list.title)
            } else {
                one.id == list.id
            }
        };
        sizes.push(match there.iter().find(is) {
            None => 0,
            Some(List { members: Some(members), .. }) => *members,
            Some(found) => roster_size(&run.account, found, &run.connection.name).await?,
        });
    }
    Ok(sizes)
}
