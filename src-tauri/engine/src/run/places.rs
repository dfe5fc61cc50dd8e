//! Places: people put on further lists, and people taken off lists. A person was counted when the
//! row with the fields was confirmed; a place that is refused leaves the receipt without that list,
//! so that it alone comes again.

use std::collections::HashMap;

use crate::destination::{Answer, By, Call, RowAnswer};
use crate::error::Result;
use crate::model::{ListId, Membership, Outcome, Stage};
use crate::store::attempt::{self, Kind};
use crate::store::person::{self, Pending};
use crate::store::receipt;

use super::deliver::{Moves, Rows, intent, moved};
use super::known::{self, How};
use super::stopped::stopped;
use super::under_way::Run;
use super::{attribution, in_flight, opt_outs};

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
    let size = if run.learned.membership() == Membership::Bulk {
        run.account.destination.abilities().batch
    } else {
        1
    };
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
    let vendor = run.list(list)?;
    let destination = &run.account.destination;
    let bulk = run.learned.membership() == Membership::Bulk;
    let (answer, seq) = if bulk {
        let moves: Vec<Moves> =
            people.iter().map(|_| Moves { joins: vec![list], ..Moves::default() }).collect();
        let rows = Rows::of(run, &moves)?;
        let rows = rows.rows(&people);
        let call = Call { rows: &rows, by: By::Address, only_existing: false, later: false };
        let request = destination.upsert(&call, &run.frozen.fields)?;
        let intent = intent(run, Kind::Join, Some(list), &people, true, &request);
        let booked = run
            .account
            .deliver(&request, &intent, None, |reply| destination.read_upsert(&call, reply))
            .await?;
        (booked.answer, booked.seq)
    } else {
        let singly = run.singly()?;
        let email = people.first().map_or("", |person| person.email.as_str());
        let request = singly.join(&vendor.id, email);
        let intent = intent(run, Kind::Join, Some(list), &people, false, &request);
        let booked = run.account.deliver(&request, &intent, None, |reply| singly.read_join(reply)).await?;
        (booked.answer.map(|_| vec![RowAnswer::taken()]), booked.seq)
    };
    let rows = each(run, seq, people.len(), answer).await?;
    let (no, book, id, now) = (run.ledger.no, run.ledger.book, run.row_id(), run.store.clock().now());
    let (updated, rejected, failed) = run
        .store
        .write(move |tx| {
            let (mut updated, mut rejected, mut failed) = (0, 0, 0);
            for (person, row) in people.iter().zip(rows) {
                // Somebody who needs lists only is settled by the first answer of theirs.
                let lists_only = !person::has_fields(tx, no, person.seq)?;
                let text = match row {
                    RowAnswer::Taken { .. } => {
                        receipt::set_on_list(tx, book, &person.address_key, list, true, id)?;
                        person::add_joined(tx, no, person.seq, list)?;
                        if lists_only && person::settle_open(tx, no, person.seq, Outcome::Updated, "", "")? {
                            updated += 1;
                        }
                        continue;
                    }
                    RowAnswer::Refused(text) | RowAnswer::Suppressed(text) => text,
                    RowAnswer::Later | RowAnswer::Absent => String::new(),
                };
                failed += 1;
                if lists_only
                    && person::settle_open(tx, no, person.seq, Outcome::Rejected, "list_refused", &text)?
                {
                    rejected += 1;
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

/// One answer for each of so many people of a call, also where all have the same; books what stops the run.
async fn each(run: &Run, seq: i64, people: usize, answer: Answer<Vec<RowAnswer>>) -> Result<Vec<RowAnswer>> {
    Ok(match answer {
        Answer::Accepted(answers) => answers,
        Answer::Refused { text, .. } => vec![RowAnswer::Refused(text); people],
        Answer::Unnamed => vec![RowAnswer::not_confirmed(); people],
        Answer::Stop(stop) => {
            run.end_attempt(seq, "stop", stop.status, &stop.text).await?;
            return Err(stopped(&stop, &run.connection.name, run.account.destination.name()));
        }
        Answer::Missing { text } => return Err(run.unexpected(seq, 404, &text).await?),
        Answer::Wait(_) => return Err(run.unexpected(seq, 429, "too fast").await?),
        Answer::Unknown { why } => return Err(run.unexpected(seq, 0, &why).await?),
    })
}

/// Takes people off the lists of segments that they left, after all upserts (product.md rule 6).
pub(crate) async fn leave(run: &Run) -> Result<()> {
    let no = run.ledger.no;
    let people = run.store.read(move |conn| person::leaving(conn, no)).await?;
    let mut leaving = Vec::with_capacity(people.len());
    for person in people {
        let lists: Vec<ListId> =
            person.leaves.iter().copied().filter(|list| !person.gone.contains(list)).collect();
        leaving.push((person, lists));
    }
    let places: usize = leaving.iter().map(|(_, lists)| lists.len()).sum();
    if places > 0 {
        run.watch.stage(Stage::Leavers, places as u64);
    }
    if run.all_lists() {
        let size = run.account.destination.abilities().batch;
        let mut calls: Vec<Vec<(Pending, Vec<ListId>)>> = Vec::new();
        for one in leaving {
            match calls.last_mut() {
                Some(call) if call.len() < size => call.push(one),
                _ => calls.push(vec![one]),
            }
        }
        let calls = calls.into_iter().enumerate().map(|(at, people)| leave_together(run, at, people));
        // Until the account is known to keep opt-outs, one call goes alone.
        let most = || if opt_outs::one_at_a_time(run) { 1 } else { run.account.in_flight() };
        return in_flight::all(&run.account, calls, most).await;
    }
    let calls = leaving
        .into_iter()
        .flat_map(|(person, lists)| lists.into_iter().map(move |list| (list, person.clone())))
        .map(|(list, person)| leave_call(run, list, person));
    in_flight::all(&run.account, calls, || run.account.in_flight()).await
}

/// Takes many people off all the lists that each of them left. Whoever is not there any more is not made anew for
/// it: that would be a new contact, who may be mailed (destination-api.md 4.10).
async fn leave_together(run: &Run, at: usize, leaving: Vec<(Pending, Vec<ListId>)>) -> Result<()> {
    let book = run.ledger.book;
    let (mut stay, mut go) = (Vec::new(), Vec::new());
    let mut moves_of: HashMap<i64, Moves> = HashMap::new();
    let leaving = run
        .store
        .read(move |conn| {
            let mut people = Vec::with_capacity(leaving.len());
            for (mut person, lists) in leaving {
                // By what they are known, they go; with nothing else.
                (person.known, person.fields) = (true, None);
                let (let_go, leaves) = receipt::by_sharing(conn, &person.address_key, book, lists)?;
                people.push((person, Moves { leaves, let_go, ..Moves::default() }));
            }
            Ok(people)
        })
        .await?;
    for (person, moves) in leaving {
        if moves.leaves.is_empty() { &mut stay } else { &mut go }.push(person.clone());
        moves_of.insert(person.seq, moves);
    }
    let mut moves_for = |people: &[Pending]| -> Vec<Moves> {
        people.iter().map(|person| moves_of.remove(&person.seq).unwrap_or_default()).collect()
    };
    if !stay.is_empty() {
        let moves = moves_for(&stay);
        let answers = vec![RowAnswer::taken(); stay.len()];
        left(run, None, stay, moves, answers).await?;
    }
    for (how, people) in known::sort_out(run, go).await? {
        let moves = moves_for(&people);
        leave_part(run, at, how, people, moves).await?;
    }
    Ok(())
}

/// One call of people who leave, of those in place `at`.
async fn leave_part(run: &Run, at: usize, how: How, people: Vec<Pending>, moves: Vec<Moves>) -> Result<()> {
    let watched =
        if opt_outs::is_watched(run, at) { opt_outs::watch(run, &people).await? } else { Vec::new() };
    let rows = Rows::of(run, &moves)?;
    let rows = rows.rows(&people);
    let call = Call { rows: &rows, by: how.by(), only_existing: true, later: false };
    let destination = &run.account.destination;
    let request = destination.upsert(&call, &run.frozen.fields)?;
    let intent = intent(run, Kind::Leave, None, &people, true, &request);
    let booked =
        run.account.deliver(&request, &intent, None, |reply| destination.read_upsert(&call, reply)).await?;
    let seq = booked.seq;
    let mut answers = match booked.answer {
        Answer::Accepted(said) => attribution::of(run, &call, said).await?.answers,
        answer => each(run, seq, people.len(), answer).await?,
    };
    if how == How::Address {
        // Nothing else says whether they are there: silence is no confirmation.
        for answer in answers.iter_mut().filter(|answer| **answer == RowAnswer::Absent) {
            *answer = RowAnswer::not_confirmed();
        }
    }
    let mut moves = moves;
    if how == How::Again {
        // Whoever made them again gave them no tag of ours: nothing was taken off that a size would show.
        for (one, answer) in moves.iter_mut().zip(&answers) {
            if matches!(answer, RowAnswer::Taken { .. }) {
                one.let_go.append(&mut one.leaves);
            }
        }
    }
    left(run, Some(seq), people, moves, answers).await?;
    if watched.is_empty() { Ok(()) } else { opt_outs::check(run, &watched).await }
}

/// One commit: who is off their lists now, and who is not.
async fn left(
    run: &Run,
    seq: Option<i64>,
    people: Vec<Pending>,
    moves: Vec<Moves>,
    answers: Vec<RowAnswer>,
) -> Result<()> {
    let (no, book, id, now) = (run.ledger.no, run.ledger.book, run.row_id(), run.store.clock().now());
    let (changes, failed) = run
        .store
        .write(move |tx| {
            let (mut changes, mut failed) = (Vec::new(), 0);
            for ((person, mut moves), answer) in people.into_iter().zip(moves).zip(answers) {
                match answer {
                    RowAnswer::Taken { .. } => {}
                    // Nobody is there, so nobody is on the list; it is not we who took them off.
                    RowAnswer::Absent => moves.let_go.append(&mut moves.leaves),
                    RowAnswer::Refused(text) | RowAnswer::Suppressed(text) => {
                        failed += moves.leaves.len() as u64;
                        changes.extend(person::leave_failed(tx, no, person.seq, &text)?);
                        moves.leaves.clear();
                    }
                    RowAnswer::Later => {
                        failed += moves.leaves.len() as u64;
                        changes.extend(person::leave_failed(tx, no, person.seq, "")?);
                        moves.leaves.clear();
                    }
                }
                moved(tx, (no, book, id), &person, &moves)?;
                changes.extend(person::left_all(tx, no, person.seq)?);
            }
            if let Some(seq) = seq {
                let outcome = if failed > 0 { "refused" } else { "accepted" };
                attempt::end(tx, no, seq, outcome, 200, "", now)?;
            }
            Ok((changes, failed))
        })
        .await?;
    for (from, to) in changes {
        run.watch.moved(from, to, 1);
    }
    run.learned.add_failed_places(failed);
    Ok(())
}

async fn leave_call(run: &Run, list: ListId, person: Pending) -> Result<()> {
    let (no, book, id, now) = (run.ledger.no, run.ledger.book, run.row_id(), run.store.clock().now());
    let key = person.address_key.clone();
    let shared = run.store.read(move |conn| receipt::held_elsewhere(conn, &key, book, list)).await?;
    let (gone, seq, text) = if shared {
        // Another export of the account holds them there: only our receipt lets go (rule 4).
        (true, None, String::new())
    } else {
        let singly = run.singly()?;
        let request = singly.leave(&run.list(list)?.id, &person.email);
        let intent = intent(run, Kind::Leave, Some(list), std::slice::from_ref(&person), false, &request);
        let booked = run.account.deliver(&request, &intent, None, |reply| singly.read_leave(reply)).await?;
        let (gone, text) = match booked.answer {
            Answer::Accepted(_) => (true, String::new()),
            Answer::Refused { text, .. } => (false, text),
            Answer::Stop(stop) => {
                run.end_attempt(booked.seq, "stop", stop.status, &stop.text).await?;
                return Err(stopped(&stop, &run.connection.name, run.account.destination.name()));
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
