//! Places: people put on further lists, and people taken off lists. A person was counted when the
//! row with the fields was confirmed; a place that is refused leaves the receipt without that list,
//! so that it alone comes again.

use crate::destination::{Answer, RowAnswer};
use crate::error::Result;
use crate::model::{ListId, Membership, Outcome, Stage};
use crate::store::attempt::{self, Kind};
use crate::store::person::{self, Pending};
use crate::store::receipt;

use super::deliver::{intent, request};
use super::in_flight;
use super::stopped::stopped;
use super::under_way::Run;

/// Puts accepted people on the lists that they are not on yet.
pub(crate) async fn join(run: &Run) -> Result<()> {
    let no = run.ledger.no;
    let people = run.store.read(move |conn| person::joining(conn, no)).await?;
    let mut places: Vec<(ListId, Pending)> = Vec::new();
    for person in people {
        for list in person.joins.iter().filter(|list| !person.joined.contains(list)) {
            places.push((*list, person.clone()));
        }
    }
    places.sort_by_key(|(list, person)| (*list, person.seq));
    let size =
        if run.learned.membership() == Membership::Bulk { run.account.destination.batch_size() } else { 1 };
    let mut calls: Vec<(ListId, Vec<Pending>)> = Vec::new();
    for (list, mut person) in places {
        person.fields = None;
        match calls.last_mut() {
            Some((same, people)) if *same == list && people.len() < size => people.push(person),
            _ => calls.push((list, vec![person])),
        }
    }
    let calls = calls.into_iter().map(|(list, people)| join_call(run, list, people));
    in_flight::all(&run.account, calls, || run.account.in_flight()).await
}

async fn join_call(run: &Run, list: ListId, people: Vec<Pending>) -> Result<()> {
    let vendor = run.vendor_list(list)?;
    let destination = &run.account.destination;
    let bulk = run.learned.membership() == Membership::Bulk;
    let (answer, seq) = if bulk {
        let request = request(run, &people, Some(&vendor))?;
        let intent = intent(run, Kind::Join, Some(list), &people, true, &request);
        let emails: Vec<&str> = people.iter().map(|person| person.email.as_str()).collect();
        let booked =
            run.account.deliver(&request, &intent, |reply| destination.read_upsert(&emails, reply)).await?;
        (booked.answer, booked.seq)
    } else {
        let email = people.first().map_or("", |person| person.email.as_str());
        let request = destination.join(&vendor, email);
        let intent = intent(run, Kind::Join, Some(list), &people, false, &request);
        let booked = run.account.deliver(&request, &intent, |reply| destination.read_join(reply)).await?;
        let answer = match booked.answer {
            Answer::Accepted(_) => Answer::Accepted(vec![RowAnswer::Taken(None)]),
            Answer::Refused { text, .. } => Answer::Accepted(vec![RowAnswer::Refused(text)]),
            Answer::Unnamed => Answer::Unnamed,
            Answer::Missing { text } => Answer::Missing { text },
            Answer::Stop(stop) => Answer::Stop(stop),
            Answer::Wait(wait) => Answer::Wait(wait),
            Answer::Unknown { why } => Answer::Unknown { why },
        };
        (answer, booked.seq)
    };
    let rows = match answer {
        Answer::Accepted(rows) => rows,
        Answer::Refused { text, .. } => vec![RowAnswer::Refused(text); people.len()],
        Answer::Unnamed => vec![RowAnswer::Refused("not confirmed by the account".to_owned()); people.len()],
        Answer::Stop(stop) => {
            run.end_attempt(seq, "stop", stop.status, &stop.text).await?;
            return Err(stopped(&stop, &run.connection.name));
        }
        Answer::Missing { text } => return Err(run.unexpected(seq, 404, &text).await?),
        Answer::Wait(_) => return Err(run.unexpected(seq, 429, "too fast").await?),
        Answer::Unknown { why } => return Err(run.unexpected(seq, 0, &why).await?),
    };
    let (no, book, id, now) = (run.ledger.no, run.ledger.book, run.row_id(), run.store.clock().now());
    let (updated, rejected, failed) = run
        .store
        .write(move |tx| {
            let (mut updated, mut rejected, mut failed) = (0, 0, 0);
            for (person, row) in people.iter().zip(rows) {
                // Somebody who needs lists only is settled by the first answer of theirs.
                let lists_only = !person::has_fields(tx, no, person.seq)?;
                match row {
                    RowAnswer::Taken(_) => {
                        receipt::set_on_list(tx, book, &person.address_key, list, true, id)?;
                        person::add_joined(tx, no, person.seq, list)?;
                        if lists_only && person::settle_open(tx, no, person.seq, Outcome::Updated, "", "")? {
                            updated += 1;
                        }
                    }
                    RowAnswer::Refused(text) => {
                        failed += 1;
                        if lists_only
                            && person::settle_open(
                                tx,
                                no,
                                person.seq,
                                Outcome::Rejected,
                                "list_refused",
                                &text,
                            )?
                        {
                            rejected += 1;
                        }
                    }
                }
            }
            attempt::end(tx, no, seq, if failed > 0 { "refused" } else { "accepted" }, 200, "", now)?;
            Ok((updated, rejected, failed))
        })
        .await?;
    run.watch.moved(Outcome::NotAttempted, Outcome::Updated, updated);
    run.watch.moved(Outcome::NotAttempted, Outcome::Rejected, rejected);
    run.learned.add_failed_places(failed);
    Ok(())
}

/// Takes people off the lists of segments that they left, after all upserts (product.md rule 6).
pub(crate) async fn leave(run: &Run) -> Result<()> {
    let no = run.ledger.no;
    let people = run.store.read(move |conn| person::leaving(conn, no)).await?;
    let places: Vec<(ListId, Pending)> = people
        .into_iter()
        .flat_map(|person| {
            let lists: Vec<ListId> =
                person.leaves.iter().copied().filter(|list| !person.gone.contains(list)).collect();
            lists.into_iter().map(move |list| (list, person.clone()))
        })
        .collect();
    if !places.is_empty() {
        run.watch.stage(Stage::Leavers, places.len() as u64);
    }
    let calls = places.into_iter().map(|(list, person)| leave_call(run, list, person));
    in_flight::all(&run.account, calls, || run.account.in_flight()).await
}

async fn leave_call(run: &Run, list: ListId, person: Pending) -> Result<()> {
    let (no, book, id, now) = (run.ledger.no, run.ledger.book, run.row_id(), run.store.clock().now());
    let key = person.address_key.clone();
    let shared = run.store.read(move |conn| receipt::held_elsewhere(conn, &key, book, list)).await?;
    let (gone, seq, text) = if shared {
        // Another export of the account holds them there: only our receipt lets go (rule 4).
        (true, None, String::new())
    } else {
        let vendor = run.vendor_list(list)?;
        let destination = &run.account.destination;
        let request = destination.leave(&vendor, &person.email);
        let intent = intent(run, Kind::Leave, Some(list), std::slice::from_ref(&person), false, &request);
        let booked = run.account.deliver(&request, &intent, |reply| destination.read_leave(reply)).await?;
        let (gone, text) = match booked.answer {
            Answer::Accepted(_) => (true, String::new()),
            Answer::Refused { text, .. } => (false, text),
            Answer::Stop(stop) => {
                run.end_attempt(booked.seq, "stop", stop.status, &stop.text).await?;
                return Err(stopped(&stop, &run.connection.name));
            }
            Answer::Missing { text } => return Err(run.unexpected(booked.seq, 404, &text).await?),
            Answer::Unnamed => return Err(run.unexpected(booked.seq, 200, "nothing").await?),
            Answer::Wait(_) => return Err(run.unexpected(booked.seq, 429, "too fast").await?),
            Answer::Unknown { why } => return Err(run.unexpected(booked.seq, 0, &why).await?),
        };
        (gone, Some(booked.seq), text)
    };
    let moved = run
        .store
        .write(move |tx| {
            if let Some(seq) = seq {
                attempt::end(tx, no, seq, if gone { "accepted" } else { "refused" }, 200, &text, now)?;
            }
            if !gone {
                return person::leave_failed(tx, no, person.seq, &text);
            }
            receipt::set_on_list(tx, book, &person.address_key, list, false, id)?;
            if !shared {
                person::add_gone(tx, no, person.seq, list)?;
            } else {
                person::let_go(tx, no, person.seq, list)?;
            }
            person::left_all(tx, no, person.seq)
        })
        .await?;
    if let Some((from, to)) = moved {
        run.watch.moved(from, to, 1);
    }
    if !gone {
        run.learned.add_failed_places(1);
    }
    Ok(())
}
