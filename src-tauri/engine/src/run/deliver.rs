//! Deliver: bulk calls with people and their fields. Several are open at a time; each outcome and
//! all its people are one commit; a refused call is split until the bad person is found (A01).

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::destination::{Answer, Request, Row, RowAnswer};
use crate::error::{Error, Result};
use crate::model::{ListId, Membership, Outcome};
use crate::store::attempt::{self, Intent, Kind};
use crate::store::person::{self, Pending};
use crate::store::receipt::{self, Accepted};
use crate::store::{connection, refusal};

use super::cost::PROBES;
use super::in_flight;
use super::stopped::stopped;
use super::under_way::Run;

/// At most one refused request in this time while a batch is split (A01).
const SPLIT_PACE: Duration = Duration::from_secs(2);
/// After so many refused requests a run stops splitting (product.md rule 10).
const MOST_REFUSED: u32 = 200;
/// Between two looks at them who show whether bulk membership is honoured.
const PROBE_PAUSE: Duration = Duration::from_secs(4);

/// Sends everybody who has fields to be sent.
pub(crate) async fn deliver(run: &Run) -> Result<()> {
    let units = units(run).await?.into_iter().map(|unit| send(run, unit));
    in_flight::all(&run.account, units, || match run.learned.membership() {
        // Until it is known whether bulk calls put people on lists, one call goes alone.
        Membership::Unknown => 1,
        // Twice as many as may be open: while one half is on the wire, the other is built and committed.
        _ => 2 * run.account.in_flight(),
    })
    .await
}

/// What is sent together: places of one batch that are not settled yet.
#[derive(Debug, Clone, Copy)]
struct Unit {
    first: i64,
    last: i64,
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

async fn send(run: &Run, unit: Unit) -> Result<()> {
    let (no, Unit { first, last }) = (run.ledger.no, unit);
    let mut rest = run.store.read(move |conn| person::between(conn, no, first, last)).await?;
    let mut parts = Vec::new();
    loop {
        let part = match parts.pop() {
            Some(part) => part,
            None if rest.is_empty() => return Ok(()),
            None => {
                let after = rest.split_off(rest.len().min(run.learned.part_size()));
                std::mem::replace(&mut rest, after)
            }
        };
        if let Some([first, second]) = send_part(run, part).await? {
            parts.extend([second, first]);
        }
    }
}

/// Sends people in one bulk call; gives them back in halves where it was refused as a whole.
async fn send_part(run: &Run, people: Vec<Pending>) -> Result<Option<[Vec<Pending>; 2]>> {
    let list = people.first().and_then(|person| person.joins.first().copied());
    let membership = run.learned.membership();
    let carried = list.filter(|_| membership != Membership::PerMember);
    let vendor_list = carried.map(|list| run.vendor_list(list)).transpose()?;
    let candidates = match (&vendor_list, membership) {
        (Some(vendor), Membership::Unknown) => strangers(run, &people, vendor).await?,
        _ => Vec::new(),
    };
    let request = request(run, &people, vendor_list.as_deref())?;
    let intent = intent(run, Kind::Upsert, carried, &people, true, &request);
    let emails: Vec<&str> = people.iter().map(|person| person.email.as_str()).collect();
    let destination = &run.account.destination;
    let booked =
        run.account.deliver(&request, &intent, |reply| destination.read_upsert(&emails, reply)).await?;
    match booked.answer {
        Answer::Accepted(rows) => {
            let sure = carried.filter(|_| membership == Membership::Bulk);
            let taken = commit(run, booked.seq, people, rows, sure).await?;
            if let (Some(list), Some(vendor)) =
                (carried.filter(|_| membership == Membership::Unknown), vendor_list)
            {
                probe(run, list, &vendor, &candidates, taken).await?;
            }
            Ok(None)
        }
        // Too long a body: smaller calls from now on, and nobody in it is to blame (A12).
        Answer::Refused { status: 413, text } if people.len() > 1 => {
            run.end_attempt(booked.seq, "refused", 413, &text).await?;
            let halves = halved(people);
            run.learned.shrink_parts(halves[0].len());
            Ok(Some(halves))
        }
        Answer::Refused { status, text } => {
            let refused = run.learned.count_refused();
            if people.len() == 1 {
                let rows = vec![RowAnswer::Refused(text)];
                commit(run, booked.seq, people, rows, None).await?;
                return Ok(None);
            }
            run.end_attempt(booked.seq, "refused", status, &text).await?;
            if refused > MOST_REFUSED {
                run.learned.note("too many requests were refused to go on looking for the bad people");
                return Ok(None);
            }
            wait_to_split(run).await?;
            Ok(Some(halved(people)))
        }
        Answer::Unnamed => {
            let rows = vec![RowAnswer::Refused("not confirmed by the account".to_owned()); people.len()];
            commit(run, booked.seq, people, rows, None).await?;
            Ok(None)
        }
        Answer::Stop(stop) => {
            run.end_attempt(booked.seq, "stop", stop.status, &stop.text).await?;
            Err(stopped(&stop, &run.connection.name))
        }
        Answer::Missing { text } => Err(run.unexpected(booked.seq, 404, &text).await?),
        Answer::Wait(_) => Err(run.unexpected(booked.seq, 429, "too fast").await?),
        Answer::Unknown { why } => Err(run.unexpected(booked.seq, 0, &why).await?),
    }
}

/// The same bytes for the same people, whenever they are built (I7).
pub(super) fn request(run: &Run, people: &[Pending], list: Option<&str>) -> Result<Request> {
    let rows: Vec<Row<'_>> = people
        .iter()
        .map(|person| Row { email: &person.email, fields: person.fields.as_deref(), list })
        .collect();
    run.account.destination.upsert(&rows, &run.frozen.fields)
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

/// One commit: the attempt's end, everybody's class, and their receipts. Returns who was taken.
async fn commit(
    run: &Run,
    seq: i64,
    people: Vec<Pending>,
    rows: Vec<RowAnswer>,
    list: Option<ListId>,
) -> Result<Vec<Pending>> {
    let (no, book, id) = (run.ledger.no, run.ledger.book, run.row_id());
    let by_place = run.frozen.columns.key.is_none();
    let (prints, now) = (run.fingerprints.clone(), run.store.clock().now());
    let (taken, created, updated, rejected) = run
        .store
        .write(move |tx| {
            let mut taken = Vec::with_capacity(people.len());
            let (mut created, mut updated, mut rejected) = (0, 0, 0);
            for (person, row) in people.into_iter().zip(rows) {
                let fields = person.fields.as_deref().unwrap_or("{}");
                let fingerprint = prints.of(fields);
                match row {
                    RowAnswer::Taken(vendor_id) => {
                        let accepted = Accepted {
                            book,
                            address_key: &person.address_key,
                            email: &person.email,
                            customer_id: if by_place { "" } else { &person.customer_id },
                            vendor_id: vendor_id.as_deref().unwrap_or(""),
                            fields,
                            fingerprint: &fingerprint,
                        };
                        receipt::accept(tx, &accepted, id, now)?;
                        refusal::forget(tx, book, &person.address_key)?;
                        let outcome = if person.known { Outcome::Updated } else { Outcome::Created };
                        *(if person.known { &mut updated } else { &mut created }) += 1;
                        person::settle(tx, no, person.seq, outcome, "", "")?;
                        if let Some(list) = list {
                            receipt::set_on_list(tx, book, &person.address_key, list, true, id)?;
                            person::add_joined(tx, no, person.seq, list)?;
                        }
                        taken.push(person);
                    }
                    RowAnswer::Refused(text) => {
                        rejected += 1;
                        refusal::add(tx, book, &person.address_key, &fingerprint, &text, now)?;
                        person::settle(tx, no, person.seq, Outcome::Rejected, "refused", &text)?;
                    }
                }
            }
            let outcome = if taken.is_empty() { "refused" } else { "accepted" };
            attempt::end(tx, no, seq, outcome, 200, "", now)?;
            Ok((taken, created, updated, rejected))
        })
        .await?;
    for (outcome, people) in
        [(Outcome::Created, created), (Outcome::Updated, updated), (Outcome::Rejected, rejected)]
    {
        if people > 0 {
            run.watch.moved(Outcome::NotAttempted, outcome, people);
        }
    }
    Ok(taken)
}

/// Up to three people of a call who are not on its list yet.
async fn strangers(run: &Run, people: &[Pending], list: &str) -> Result<Vec<String>> {
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

async fn is_member(run: &Run, list: &str, email: &str) -> Result<bool> {
    let destination = &run.account.destination;
    let answer =
        run.account.call(&destination.member(list, email), |reply| destination.read_member(reply)).await?;
    match answer {
        Answer::Accepted(member) => Ok(member),
        Answer::Stop(stop) => Err(stopped(&stop, &run.connection.name)),
        _ => Ok(false),
    }
}

/// Whether bulk membership is honoured, asked once per connection and kept: three people who were
/// not members, up to three reads in ten seconds; anything but three of three is no.
async fn probe(
    run: &Run,
    list: ListId,
    vendor: &str,
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

/// The vendor ids of the run's lists.
pub(super) type VendorLists = HashMap<ListId, String>;

pub(super) fn no_list() -> Error {
    Error::internal("the plan names a list that is not there")
}
