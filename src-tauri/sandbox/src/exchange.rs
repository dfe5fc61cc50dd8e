//! One vendor request from its head to the end of its reply.

use std::time::{Duration, Instant};

use tokio::time::{sleep, timeout};

use crate::account;
use crate::api::{Api, Key, Refuser};
use crate::asked::{Asked, Told};
use crate::connection::unreadable;
use crate::distort::{Ending, distort};
use crate::faults::{Act, Kind};
use crate::log::Log;
use crate::outcome::Outcome;
use crate::record::{self, Request};
use crate::running::Turn;
use crate::shared::{Shared, State};
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
    entry: Entry,
    refuser: Refuser,
    act: Option<Act>,
    latency: Duration,
}

/// Whether a request was let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    Admitted,
    TooFast,
    /// Ortto's ban, for so many more seconds.
    Banned(u64),
}

impl Entry {
    fn decide(state: &mut State, api: Api, at: Instant) -> Entry {
        let limit = state.limit();
        let door = match api {
            Api::Classic => &mut state.door,
            Api::Ortto => {
                if let Some(seconds) = state.ban.left(at) {
                    return Entry::Banned(seconds);
                }
                &mut state.ortto_door
            }
        };
        if door.admits(at, limit) { Entry::Admitted } else { Entry::TooFast }
    }
}

/// Decides at the head, so that the rate is that of the arrivals.
fn admit(shared: &Shared, conn: u64, head: &Head, at: Instant) -> Admission {
    let api = Api::of(head);
    let key = api.key(head, &shared.key);
    let mut state = shared.lock();
    let entry = Entry::decide(&mut state, api, at);
    if api == Api::Ortto {
        state.accounts.ortto.count(&head.path);
    }
    // A request that the door refuses never gets as far as the rules count.
    let act = if entry == Entry::Admitted { state.schedule.next(head) } else { None };
    let fault = match entry {
        Entry::Admitted => act.as_ref().map(|act| act.kind.name()),
        Entry::TooFast => Some("rate"),
        Entry::Banned(_) => Some("ban"),
    };
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
    let seconds = match entry {
        Entry::Banned(seconds) => seconds,
        _ => state.faults.ortto.seconds(),
    };
    let refuser = Refuser { api, seq, seconds };
    Admission { seq, key, entry, refuser, act, latency: state.latency }
}

async fn admitted(shared: &Shared, wire: &mut Wire, head: &Head, admission: Admission) -> bool {
    let Admission { seq, key, entry, refuser, act, latency } = admission;
    if act.as_ref().is_some_and(|act| act.kind == Kind::ResetBefore {}) {
        wire.reset();
        return false;
    }
    let body = match wire.body(head, BODY_CAP).await {
        Ok(body) => body,
        Err(Broken::Gone) => return false,
        Err(broken) => {
            let (status, message) = broken.told();
            let reply = match refuser.api {
                Api::Classic => unreadable(&broken),
                Api::Ortto => refuser.refuse(status, message),
            };
            count_bad(shared, refuser.api, status);
            return write(shared, wire, seq, &reply, Delivery::Whole, false).await;
        }
    };
    let asked = Asked::read(refuser.api, &head.method, &head.path, &body);
    // Kept for the end: which addresses the reply leaves out.
    let emails = asked.emails().to_vec();
    shared.note(seq, |request| {
        request.complete = true;
        asked.note(request);
        request.body_hash = record::hash(&body);
        request.body_len = body.len();
    });
    if entry != Entry::Admitted {
        let reply = too_fast(shared, refuser);
        return write(shared, wire, seq, &reply, Delivery::Whole, head.keeps_alive()).await;
    }
    let _merging = match turn(shared, &asked) {
        Ok(turn) => turn,
        Err(status) => {
            let message = "Too many synchronous merges, use async or str::person_id";
            let reply = refuser.refuse(status, message);
            shared.note(seq, |request| request.fault = Some("busy".to_owned()));
            return write(shared, wire, seq, &reply, Delivery::Whole, head.keeps_alive()).await;
        }
    };
    if !latency.is_zero() {
        sleep(latency).await;
    }
    let writes_rows = asked.writes_rows();
    let (outcome, ending) = decide(shared, asked, key, refuser, act.as_ref(), head, &body);
    count_bad(shared, refuser.api, outcome.reply.status);
    // On the disk before the client hears of it, so that nobody knows more than what is kept.
    if let Some(written) = outcome.applied.then(|| shared.lock().log.as_ref().map(Log::written)).flatten()
        && written.settle().await.is_err()
    {
        let reply = refuser.refuse(500, "The account could not be kept");
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
    asked: Asked<'_>,
    key: Key,
    refuser: Refuser,
    act: Option<&Act>,
    head: &Head,
    body: &[u8],
) -> (Outcome, Ending) {
    let seq = refuser.seq;
    let mut outcome = if act.is_none_or(Act::applies) {
        let mut state = shared.lock();
        let state = &mut *state;
        let act = act.map(|act| &act.kind);
        let told = Told { method: &head.method, key, seq, faults: &state.faults, act };
        let mut outcome = asked.carry_out(&mut state.accounts, told);
        // In the order in which they were carried out: under the lock.
        if let Some(log) = state.log.as_mut().filter(|_| outcome.applied)
            && log.append(&head.method, &head.path, body).is_err()
        {
            outcome = Outcome::told(refuser.refuse(500, "The account could not be kept"));
        }
        if let Some(request) = state.record.at(seq) {
            request.applied = outcome.applied;
            request.refused.clone_from(&outcome.refused);
        }
        outcome
    } else {
        // Seen only through a fault that keeps the usual reply, such as a truncation.
        Outcome::told(refuser.refuse(500, "Nothing was carried out"))
    };
    let ending = match act {
        Some(act) => distort(act, &shared.key, refuser, &mut outcome),
        None => Ending::Reply(Delivery::Whole),
    };
    (outcome, ending)
}

/// Takes a turn among Ortto's synchronous merges, if it is one; the error is the status of one too
/// many.
fn turn(shared: &Shared, asked: &Asked<'_>) -> Result<Option<Turn>, u16> {
    let Asked::Ortto(asked) = asked else {
        return Ok(None);
    };
    // Counted under the lock, so that of two at once one is let through.
    let mut state = shared.lock();
    let State { crowd, faults, .. } = &mut *state;
    if crowd.is_too_much(asked, &faults.ortto, shared.merging.now()) {
        return Err(faults.ortto.busy.status());
    }
    Ok(asked.is_sync_by_key().then(|| shared.merging.enter()))
}

/// Counts a bad request towards Ortto's ban, also one that a fault made bad: the vendor would.
fn count_bad(shared: &Shared, api: Api, status: u16) {
    if api == Api::Ortto && (400..500).contains(&status) && status != 429 {
        let mut state = shared.lock();
        let seconds = state.faults.ortto.ban_seconds;
        state.ban.count(Instant::now(), seconds);
    }
}

fn too_fast(shared: &Shared, refuser: Refuser) -> Reply {
    let mut reply = refuser.refuse(429, "Too many requests in one second");
    if refuser.api == Api::Ortto {
        // It has its seconds in the body, and no header (`destination-api.md` 3.3).
        return reply;
    }
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
