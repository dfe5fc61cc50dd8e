//! Deliver: bulk calls with people and their fields. Several are open at a time; each outcome and
//! all its people are one commit; a refused call is split until the bad person is found (A01).

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use tokio::time::Instant;

use crate::destination::{Answer, Call, List, Request, Row, RowAnswer};
use crate::error::{Error, Result};
use crate::model::{ListId, Membership, Outcome, RunId};
use crate::store::attempt::{self, Intent, Kind};
use crate::store::person::{self, Pending};
use crate::store::receipt;
use crate::store::{Transaction, connection, refusal};

use super::attribution::{self, Attributed};
use super::books::Books;
use super::cost::PROBES;
use super::known::{self, How};
use super::stopped::stopped;
use super::under_way::Run;
use super::{in_flight, opt_outs};

/// At most one refused request in this time while a batch is split (A01).
const SPLIT_PACE: Duration = Duration::from_secs(2);
/// After so many refused requests a run stops splitting (product.md rule 10).
const MOST_REFUSED: u32 = 200;
/// Between two looks at them who show whether bulk membership is honoured.
const PROBE_PAUSE: Duration = Duration::from_secs(4);
/// Why somebody counts as not sent whose call the account carries out later.
pub(super) const NOT_CONFIRMED: &str = "not_confirmed";
/// So many failures of one call may be the limit of calls at a time (destination-api.md 4.8).
const BITES: u32 = 3;

/// Sends everybody who has something to be sent in bulk calls.
pub(crate) async fn deliver(run: &Run) -> Result<()> {
    opt_outs::take_up(run).await?;
    let mut units = units(run).await?;
    let watched = opt_outs::find(run, &mut units).await?;
    let mut units = units.into_iter();
    if let Some(watched) = watched
        && let Some(first) = units.next()
    {
        send(run, first).await?;
        opt_outs::check(run, &watched).await?;
    }
    let units = units.map(|unit| send(run, unit));
    in_flight::all(&run.account, units, || match run.learned.membership() {
        // Until it is known whether bulk calls put people on lists, one call goes alone.
        Membership::Unknown => 1,
        // Twice as many as may be open: while one half is on the wire, the other is built and committed.
        _ => 2 * run.learned.at_a_time(run.account.in_flight()),
    })
    .await
}

/// What is sent together: places of one batch that are not settled yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    pub(super) first: i64,
    pub(super) last: i64,
}

async fn units(run: &Run) -> Result<Vec<Unit>> {
    let no = run.ledger.no;
    let (batches, open) =
        run.store.read(move |conn| Ok((person::open_batches(conn, no)?, attempt::open(conn, no)?))).await?;
    // A request that was open at a crash comes again with the same people, so with the same bytes.
    let mut cuts: Vec<Unit> = open
        .iter()
        .filter(|open| open.upsert)
        .filter_map(|open| Some(Unit { first: *open.people.first()?, last: *open.people.last()? }))
        .collect();
    cuts.sort_by_key(|unit| unit.first);
    let mut units = Vec::with_capacity(batches.len());
    for (_, first, last) in batches {
        let mut next = first;
        for cut in cuts.iter().filter(|cut| cut.first >= first && cut.last <= last) {
            if cut.first > next {
                units.push(Unit { first: next, last: cut.first - 1 });
            }
            if cut.first >= next {
                units.push(*cut);
                next = cut.last + 1;
            }
        }
        if next <= last {
            units.push(Unit { first: next, last });
        }
    }
    let now = run.store.clock().now();
    if !open.is_empty() {
        run.store
            .write(move |tx| {
                for open in &open {
                    attempt::end(tx, no, open.seq, "unknown", 0, "the process ended", now)?;
                }
                Ok(())
            })
            .await?;
    }
    Ok(units)
}

/// People of one call, and how the account finds them.
type Part = (How, Vec<Pending>);

async fn send(run: &Run, unit: Unit) -> Result<()> {
    let (no, Unit { first, last }) = (run.ledger.no, unit);
    let people = run.store.read(move |conn| person::between(conn, no, first, last)).await?;
    let mut waiting = known::sort_out(run, people).await?;
    while let Some((how, mut people)) = waiting.pop() {
        let size = run.learned.part_size();
        if people.len() > size {
            let rest = people.split_off(size);
            waiting.push((how, rest));
        }
        let part = (how, people);
        // What comes back goes before the rest.
        waiting.extend(send_part(run, part).await?.into_iter().rev());
    }
    Ok(())
}

/// Sends people in one bulk call; gives them back where they have to go again: in halves where it was refused as
/// a whole.
async fn send_part(run: &Run, part: Part) -> Result<Vec<Part>> {
    let (how, people) = part;
    let (people, moves) = moves(run, people).await?;
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let membership = run.learned.membership();
    let list = moves.first().and_then(|one| one.joins.first().copied()).filter(|_| !run.all_lists());
    let vendor_list = list.map(|list| run.list(list)).transpose()?;
    let candidates = match (&vendor_list, membership) {
        (Some(vendor), Membership::Unknown) => strangers(run, &people, vendor).await?,
        _ => Vec::new(),
    };
    // What the account carries out later is confirmed by the sizes of its lists, so each has to join one.
    let may_be_later = how == How::Address && run.account.destination.abilities().later;
    let joins = may_be_later && moves.iter().all(|one| !one.joins.is_empty());
    let later = joins && run.learned.is_later();
    run.learned.refusals_rest(&run.account).await?;
    let rows = Rows::of(run, &moves)?;
    let rows = rows.rows(&people);
    let call = Call { rows: &rows, by: how.by(), only_existing: how.only_existing(), later };
    let destination = &run.account.destination;
    let request = destination.upsert(&call, &run.frozen.fields)?;
    let intent = intent(run, Kind::Upsert, list, &people, true, &request);
    let bites = (joins && !later).then_some(BITES);
    let booked =
        run.account.deliver(&request, &intent, bites, |reply| destination.read_upsert(&call, reply)).await?;
    let again = |people| (how, people);
    match booked.answer {
        Answer::Accepted(answers) => {
            let Attributed { answers, ids, unclear } = attribution::of(run, &call, answers).await?;
            if answers.iter().all(|one| matches!(one, RowAnswer::Refused(_) | RowAnswer::Suppressed(_))) {
                // Ortto refuses a call in which nobody is valid, and names them all.
                run.learned.was_refused();
            }
            let (mut clear, mut unsure) = (Vec::with_capacity(people.len()), Vec::new());
            for (at, ((person, moves), answer)) in people.into_iter().zip(moves).zip(answers).enumerate() {
                if unclear.contains(&at) {
                    unsure.push(person)
                } else {
                    clear.push(((person, moves), answer))
                }
            }
            let ((people, moves), answers): ((Vec<_>, Vec<_>), Vec<_>) = clear.into_iter().unzip();
            let sure = run.all_lists() || membership == Membership::Bulk;
            let taken = commit(run, Some(booked.seq), people, moves, answers, sure).await?;
            if let (Some(list), Some(vendor)) =
                (list.filter(|_| membership == Membership::Unknown), vendor_list)
            {
                probe(run, list, vendor, &candidates, taken).await?;
            } else if !ids.is_empty() {
                attribution::learn(run, taken, ids).await?;
            }
            if unsure.is_empty() {
                return Ok(Vec::new());
            }
            // Each was refused, so that nothing happens twice; alone each gets its own reason.
            wait_to_split(run).await?;
            Ok(halved(unsure).map(again).into())
        }
        // Too long a body: smaller calls from now on, and nobody in it is to blame (A12).
        Answer::Refused { status: 413, text } if people.len() > 1 => {
            run.end_attempt(booked.seq, "refused", 413, &text).await?;
            let halves = halved(people);
            run.learned.shrink_parts(halves[0].len());
            Ok(halves.map(again).into())
        }
        Answer::Refused { status, text } => {
            let refused = run.learned.count_refused();
            if people.len() == 1 {
                commit(run, Some(booked.seq), people, moves, vec![RowAnswer::Refused(text)], true).await?;
                return Ok(Vec::new());
            }
            run.end_attempt(booked.seq, "refused", status, &text).await?;
            if refused > MOST_REFUSED {
                run.learned.note("too many requests were refused to go on looking for the bad people");
                return Ok(Vec::new());
            }
            wait_to_split(run).await?;
            Ok(halved(people).map(again).into())
        }
        Answer::Unnamed => {
            let answers = vec![RowAnswer::not_confirmed(); people.len()];
            commit(run, Some(booked.seq), people, moves, answers, true).await?;
            Ok(Vec::new())
        }
        // Too many at a time: one by one from now on, and if that does not help, let them be carried out later.
        Answer::Wait(_) if bites.is_some() => {
            run.end_attempt(booked.seq, "wait", 429, "too many at a time").await?;
            run.learned.bitten();
            Ok(vec![again(people)])
        }
        Answer::Stop(stop) => {
            run.end_attempt(booked.seq, "stop", stop.status, &stop.text).await?;
            Err(stopped(&stop, &run.connection.name, destination.name()))
        }
        Answer::Missing { text } => Err(run.unexpected(booked.seq, 404, &text).await?),
        Answer::Wait(_) => Err(run.unexpected(booked.seq, 429, "too fast").await?),
        Answer::Unknown { why } => Err(run.unexpected(booked.seq, 0, &why).await?),
    }
}

/// The lists that a person joins and leaves in a call.
#[derive(Debug, Default)]
pub(super) struct Moves {
    pub(super) joins: Vec<ListId>,
    pub(super) leaves: Vec<ListId>,
    /// Another export of the account holds them there: only our receipt lets go (rule 4).
    pub(super) let_go: Vec<ListId>,
}

type Moving = Vec<(Pending, Moves)>;

/// What travels with each; whoever has nothing to be sent is settled at once.
async fn moves(run: &Run, people: Vec<Pending>) -> Result<(Vec<Pending>, Vec<Moves>)> {
    if !run.all_lists() {
        let carried = people.first().and_then(|person| person.joins.first().copied());
        let carried = carried.filter(|_| run.learned.membership() != Membership::PerMember);
        let moves = people.iter().map(|_| Moves { joins: carried.into_iter().collect(), ..Moves::default() });
        let moves = moves.collect();
        return Ok((people, moves));
    }
    let book_no = run.ledger.book;
    let (go, stay) = run
        .store
        .read(move |conn| {
            let (mut go, mut stay): (Moving, Moving) = (Vec::new(), Vec::new());
            for person in people {
                let open = |all: &[ListId], done: &[ListId]| -> Vec<ListId> {
                    all.iter().copied().filter(|list| !done.contains(list)).collect()
                };
                let joins = open(&person.joins, &person.joined);
                let leaves = open(&person.leaves, &person.gone);
                let (let_go, leaves) = receipt::by_sharing(conn, &person.address_key, book_no, leaves)?;
                let moves = Moves { joins, leaves, let_go };
                let idle = person.fields.is_none() && moves.joins.is_empty() && moves.leaves.is_empty();
                if idle { &mut stay } else { &mut go }.push((person, moves));
            }
            Ok((go, stay))
        })
        .await?;
    if !stay.is_empty() {
        let (people, moves): (Vec<_>, Vec<_>) = stay.into_iter().unzip();
        let answers = vec![RowAnswer::taken(); people.len()];
        commit(run, None, people, moves, answers, true).await?;
    }
    Ok(go.into_iter().unzip())
}

/// The lists of rows, which borrow them.
pub(super) struct Rows<'a>(Vec<(Vec<&'a List>, Vec<&'a List>)>);

impl<'a> Rows<'a> {
    pub(super) fn of(run: &'a Run, moves: &[Moves]) -> Result<Self> {
        let lists = |ids: &[ListId]| ids.iter().map(|id| run.list(*id)).collect::<Result<Vec<_>>>();
        let rows = moves.iter().map(|one| Ok((lists(&one.joins)?, lists(&one.leaves)?)));
        Ok(Self(rows.collect::<Result<_>>()?))
    }

    /// The same rows for the same people, whenever they are built (I7).
    pub(super) fn rows<'b>(&'b self, people: &'b [Pending]) -> Vec<Row<'b>> {
        let rows = people.iter().zip(&self.0);
        rows.map(|(person, (joins, leaves))| Row {
            email: &person.email,
            id: person.vendor_id.as_deref(),
            fields: person.fields.as_deref(),
            joins,
            leaves,
        })
        .collect()
    }
}

pub(super) fn intent(
    run: &Run,
    kind: Kind,
    list: Option<ListId>,
    people: &[Pending],
    bulk: bool,
    request: &Request,
) -> Intent {
    let body = request.body.as_deref().unwrap_or_default();
    let mut body_hash = [0; 16];
    body_hash.copy_from_slice(blake3::hash(body).as_bytes().split_at(16).0);
    Intent {
        run: run.ledger.no,
        kind,
        list,
        people: people.iter().map(|person| person.seq).collect(),
        bulk,
        body_hash,
    }
}

/// One commit: the attempt's end, everybody's class, and their receipts. `sure`: whoever was taken is on the lists
/// that the call named. Returns who was taken.
async fn commit(
    run: &Run,
    seq: Option<i64>,
    people: Vec<Pending>,
    moves: Vec<Moves>,
    answers: Vec<RowAnswer>,
    sure: bool,
) -> Result<Vec<Pending>> {
    let books = Books::of(run);
    let (taken, settled) = run
        .store
        .write(move |tx| {
            let mut taken = Vec::with_capacity(people.len());
            let mut settled: BTreeMap<Outcome, u64> = BTreeMap::new();
            for ((person, moves), answer) in people.into_iter().zip(moves).zip(answers) {
                let Books { no, book, id, now, .. } = books;
                let (outcome, reason, words) = match answer {
                    RowAnswer::Taken { id: vendor_id, word } => {
                        let outcome = books.take(tx, &person, vendor_id.as_deref().unwrap_or(""), word)?;
                        if sure {
                            moved(tx, (no, book, id), &person, &moves)?;
                        }
                        taken.push(person);
                        *settled.entry(outcome).or_default() += 1;
                        continue;
                    }
                    RowAnswer::Later => {
                        person::settle(tx, no, person.seq, Outcome::NotAttempted, NOT_CONFIRMED, "")?;
                        continue;
                    }
                    RowAnswer::Refused(text) => {
                        let fingerprint = books.prints.of(person.fields.as_deref().unwrap_or("{}"));
                        refusal::add(tx, book, &person.address_key, &fingerprint, &text, now)?;
                        (Outcome::Rejected, "refused", text)
                    }
                    RowAnswer::Suppressed(text) => (Outcome::Excluded, "suppressed", text),
                    RowAnswer::Absent => {
                        known::lose(tx, book, &person.address_key)?;
                        (Outcome::Excluded, known::GONE, String::new())
                    }
                };
                person::settle(tx, no, person.seq, outcome, reason, &words)?;
                *settled.entry(outcome).or_default() += 1;
            }
            if let Some(seq) = seq {
                let outcome = if taken.is_empty() { "refused" } else { "accepted" };
                attempt::end(tx, books.no, seq, outcome, 200, "", books.now)?;
            }
            Ok((taken, settled))
        })
        .await?;
    for (outcome, people) in settled {
        run.watch.moved(Outcome::NotAttempted, outcome, people);
    }
    Ok(taken)
}

/// Notes the lists that somebody who was taken is on and off now.
pub(super) fn moved(
    tx: &Transaction<'_>,
    (run, book, id): (i64, i64, RunId),
    person: &Pending,
    moves: &Moves,
) -> Result<()> {
    for list in &moves.joins {
        receipt::set_on_list(tx, book, &person.address_key, *list, true, id)?;
        person::add_joined(tx, run, person.seq, *list)?;
    }
    for list in moves.leaves.iter().chain(&moves.let_go) {
        receipt::set_on_list(tx, book, &person.address_key, *list, false, id)?;
    }
    for list in &moves.leaves {
        person::add_gone(tx, run, person.seq, *list)?;
    }
    for list in &moves.let_go {
        person::let_go(tx, run, person.seq, *list)?;
    }
    Ok(())
}

/// Up to three people of a call who are not on its list yet.
async fn strangers(run: &Run, people: &[Pending], list: &List) -> Result<Vec<String>> {
    let mut found = Vec::new();
    if people.len() < PROBES {
        return Ok(found);
    }
    let empty = run.list_was_empty(list);
    for person in people.iter().take(PROBES * 4) {
        if found.len() == PROBES {
            break;
        }
        if empty || !is_member(run, list, &person.email).await? {
            found.push(person.email.clone());
        }
    }
    Ok(found)
}

async fn is_member(run: &Run, list: &List, email: &str) -> Result<bool> {
    let singly = run.singly()?;
    let answer = run.account.call(&singly.member(&list.id, email), |reply| singly.read_member(reply)).await?;
    match answer {
        Answer::Accepted(member) => Ok(member),
        Answer::Stop(stop) => Err(stopped(&stop, &run.connection.name, run.account.destination.name())),
        _ => Ok(false),
    }
}

/// Whether bulk membership is honoured, asked once per connection and kept: three people who were
/// not members, up to three reads in ten seconds; anything but three of three is no.
async fn probe(
    run: &Run,
    list: ListId,
    vendor: &List,
    candidates: &[String],
    taken: Vec<Pending>,
) -> Result<()> {
    let asked: Vec<&String> =
        candidates.iter().filter(|email| taken.iter().any(|person| person.email == **email)).collect();
    if asked.len() < PROBES {
        // Too few to tell: these get their own calls, and the question stays open.
        return Ok(());
    }
    let mut honoured = false;
    for read in 0..3 {
        if read > 0 {
            run.account.sleep(PROBE_PAUSE).await?;
        }
        let mut members = 0;
        for email in &asked {
            members += usize::from(is_member(run, vendor, email).await?);
        }
        if members == asked.len() {
            honoured = true;
            break;
        }
    }
    let membership = if honoured { Membership::Bulk } else { Membership::PerMember };
    let (no, book, run_id, connection) = (run.ledger.no, run.ledger.book, run.row_id(), run.connection.id);
    run.store
        .write(move |tx| {
            connection::set_membership(tx, connection, membership)?;
            if membership == Membership::Bulk {
                for person in &taken {
                    receipt::set_on_list(tx, book, &person.address_key, list, true, run_id)?;
                    person::add_joined(tx, no, person.seq, list)?;
                }
            }
            Ok(())
        })
        .await?;
    run.learned.set_membership(membership);
    Ok(())
}

fn halved(mut first: Vec<Pending>) -> [Vec<Pending>; 2] {
    let second = first.split_off(first.len().div_ceil(2));
    [first, second]
}

async fn wait_to_split(run: &Run) -> Result<()> {
    let next = {
        let mut next = run.learned.next_split.lock().await;
        let at = (*next).max(Instant::now());
        *next = at + SPLIT_PACE;
        at
    };
    let now = Instant::now();
    if next > now { run.account.sleep(next - now).await } else { Ok(()) }
}

/// The account's lists that a run is about.
pub(super) type VendorLists = HashMap<ListId, List>;

pub(super) fn no_list() -> Error {
    Error::internal("the plan names a list that is not there")
}
