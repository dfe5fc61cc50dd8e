//! One vendor request from its head to the end of its reply.

use std::time::{Duration, Instant};

use tokio::time::{sleep, timeout};

use crate::account;
use crate::connection::unreadable;
use crate::contents::Contents;
use crate::distort::{Ending, distort};
use crate::faults::{Act, Kind};
use crate::log::Log;
use crate::record::{self, Request};
use crate::route::Route;
use crate::shared::Shared;
use crate::vendor::{Call, Key, Outcome, carry_out, refuse};
use crate::wire::{Broken, Delivery, Head, Reply, Wire};

/// The vendor's cap is unknown (`destination-api.md` 2.4); this one only bounds memory.
const BODY_CAP: usize = 16 * 1024 * 1024;

/// A kept account lives as long as the program: it remembers this many requests.
const MOST_KEPT: usize = 1_000;

/// Answers one request; true when the connection may carry another.
pub(crate) async fn exchange(shared: &Shared, wire: &mut Wire, conn: u64, head: &Head, at: Instant) -> bool {
    let _open = shared.open.enter();
    let admission = admit(shared, conn, head, at);
    let seq = admission.seq;
    let go_on = admitted(shared, wire, head, admission).await;
    shared.note(seq, |request| request.ended = true);
    go_on
}

/// What was decided about a request when its head had been read.
struct Admission {
    seq: u64,
    key: Key,
    /// False when the door refused it.
    admitted: bool,
    act: Option<Act>,
    latency: Duration,
}

/// Decides at the head, so that the rate is that of the arrivals.
fn admit(shared: &Shared, conn: u64, head: &Head, at: Instant) -> Admission {
    let key = match head.header("autopilotapikey") {
        None => Key::Missing,
        Some(key) if key == shared.key => Key::Right,
        Some(_) => Key::Wrong,
    };
    let mut state = shared.lock();
    let limit = state.limit();
    let admitted = state.door.admits(at, limit);
    // A request that the door refuses never gets as far as the rules count.
    let act = if admitted { state.schedule.next(head) } else { None };
    let fault = if admitted { act.as_ref().map(|act| act.kind.name()) } else { Some("rate") };
    if state.log.is_some() && state.record.len() >= MOST_KEPT {
        state.record.clear();
    }
    let seq = state.record.enter(Request {
        conn,
        t_ms: shared.ms(at),
        method: head.method.clone(),
        path: head.path.clone(),
        fault: fault.map(str::to_owned),
        key_ok: key == Key::Right,
        ..Request::default()
    });
    Admission { seq, key, admitted, act, latency: state.latency }
}

async fn admitted(shared: &Shared, wire: &mut Wire, head: &Head, admission: Admission) -> bool {
    let Admission { seq, key, admitted, act, latency } = admission;
    if act.as_ref().is_some_and(|act| act.kind == Kind::ResetBefore {}) {
        wire.reset();
        return false;
    }
    let body = match wire.body(head, BODY_CAP).await {
        Ok(body) => body,
        Err(Broken::Gone) => return false,
        Err(broken) => {
            return write(shared, wire, seq, &unreadable(&broken), Delivery::Whole, false).await;
        }
    };
    let route = Route::parse(&head.path);
    let contents = Contents::read(route.as_ref().ok(), &head.method, &body);
    // Kept for the end: which addresses the reply leaves out.
    let emails = contents.emails.clone();
    shared.note(seq, |request| {
        request.complete = true;
        request.emails.clone_from(&emails);
        request.list_id.clone_from(&contents.list_id);
        request.fields.clone_from(&contents.fields);
        request.opt_ins = contents.opt_ins;
        request.row_hashes.clone_from(&contents.row_hashes);
        request.body_hash = record::hash(&body);
        request.body_len = body.len();
    });
    if !admitted {
        let reply = too_fast(shared);
        return write(shared, wire, seq, &reply, Delivery::Whole, head.keeps_alive()).await;
    }
    if !latency.is_zero() {
        sleep(latency).await;
    }
    let writes_rows = matches!(route, Ok(Route::Contact | Route::Contacts(None)));
    let call = Call { method: &head.method, route: route.as_ref().map_err(|why| *why), key, contents };
    let (outcome, ending) = decide(shared, seq, call, act.as_ref(), (&head.path, &body));
    // On the disk before the client hears of it, so that nobody knows more than what is kept.
    if let Some(written) = outcome.applied.then(|| shared.lock().log.as_ref().map(Log::written)).flatten()
        && written.settle().await.is_err()
    {
        let reply = refuse(500, "The account could not be kept").reply;
        return write(shared, wire, seq, &reply, Delivery::Whole, false).await;
    }
    if writes_rows {
        let unnamed = unnamed(&emails, &outcome);
        if !unnamed.is_empty() {
            shared.note(seq, |request| request.unnamed = unnamed);
        }
    }
    match ending {
        Ending::Reply(delivery) => {
            let _writing = shared.writing.enter();
            write(shared, wire, seq, &outcome.reply, delivery, head.keeps_alive()).await
        }
        Ending::Reset => {
            wire.reset();
            false
        }
        Ending::Silence(None) => {
            wire.closed().await;
            false
        }
        Ending::Silence(Some(patience)) => {
            drop(timeout(patience, wire.closed()).await);
            false
        }
    }
}

/// Carries the request out, unless the fault forbids it, and bends the reply.
fn decide(
    shared: &Shared,
    seq: u64,
    call: Call<'_>,
    act: Option<&Act>,
    (path, body): (&str, &[u8]),
) -> (Outcome, Ending) {
    let drop = match act.map(|act| &act.kind) {
        Some(Kind::DropRows(pick)) => Some(pick),
        _ => None,
    };
    let mut outcome = if act.is_none_or(Act::applies) {
        let mut state = shared.lock();
        let state = &mut *state;
        let method = call.method.to_owned();
        let mut outcome = carry_out(&mut state.account, &state.faults, call, drop);
        // In the order in which they were carried out: under the lock.
        if let Some(log) = state.log.as_mut().filter(|_| outcome.applied)
            && log.append(&method, path, body).is_err()
        {
            outcome = refuse(500, "The account could not be kept");
        }
        if let Some(request) = state.record.at(seq) {
            request.applied = outcome.applied;
            request.refused.clone_from(&outcome.refused);
        }
        outcome
    } else {
        // Seen only through a fault that keeps the usual reply, such as a truncation.
        refuse(500, "Nothing was carried out")
    };
    let ending = match act {
        Some(act) => distort(act, &shared.key, &mut outcome),
        None => Ending::Reply(Delivery::Whole),
    };
    (outcome, ending)
}

fn too_fast(shared: &Shared) -> Reply {
    let mut reply = refuse(429, "Too many requests in one second").reply;
    if let Some(seconds) = shared.lock().faults.retry_after {
        reply.set("Retry-After", [seconds.to_string()]);
    }
    reply
}

/// Writes the reply and enters it. What is entered before the write is taken back when it fails:
/// a client that has read a reply must find it in the record, and its next request must not seem
/// to overlap this one.
async fn write(
    shared: &Shared,
    wire: &mut Wire,
    seq: u64,
    reply: &Reply,
    delivery: Delivery,
    keep_alive: bool,
) -> bool {
    if wire.is_gone() {
        return false;
    }
    let at_once = delivery == Delivery::Whole;
    let enter = |written: bool| {
        let now = shared.ms(Instant::now());
        shared.note(seq, |request| {
            request.status = Some(reply.status);
            request.reply_written = written;
            request.t_reply_ms = Some(now);
        });
    };
    if at_once {
        enter(true);
    }
    match wire.send(reply, delivery, keep_alive).await {
        Ok(go_on) => {
            if !at_once {
                enter(delivery.is_whole());
            }
            go_on
        }
        Err(_) => {
            enter(false);
            false
        }
    }
}

/// The addresses sent that the reply does not name.
fn unnamed(emails: &[String], outcome: &Outcome) -> Vec<String> {
    let (mut named, mut missing) = (outcome.named.iter().peekable(), Vec::new());
    let mut rest = None;
    for email in emails {
        // Both are in the order sent, so that the usual reply costs no table.
        if rest.is_none() && named.next_if(|(have, _)| have == email).is_some() {
            continue;
        }
        let keys = rest.get_or_insert_with(|| {
            outcome.named.iter().map(|(have, _)| account::key(have)).collect::<Vec<_>>()
        });
        if !keys.contains(&account::key(email)) {
            missing.push(email.clone());
        }
    }
    missing
}
