//! Opt-outs: whether the account keeps them. The vendor's documents can be read as if a call that says nothing of the
//! permission to mail gave it to people who are there already (destination-api.md 5.2). So somebody who opted out is
//! looked for among those who will be sent; their call goes first and alone, and if they may be mailed after it, the
//! run stops, and no other begins until somebody agrees anew (product.md rule 7).

use crate::destination::Answer;
use crate::error::{Code, Error, Result};
use crate::store::opt_outs::{self, OptOuts};
use crate::store::person::{self, Pending};

use super::account::Account;
use super::deliver::Unit;
use super::prepare::accepted;
use super::under_way::Run;

/// Once the account was seen to keep opt-outs: the first calls, each of which is looked through, and after them every
/// so many.
const FIRST: usize = 10;
const EVERY: usize = 10;

/// The questions about those in so many calls that are sent and so many that take off, at the most; `kept`: the account
/// was seen to keep opt-outs. Otherwise it is asked first whether anybody is in it.
pub(super) fn questions(sent: usize, taken_off: usize, kept: bool) -> u64 {
    let looked_through = |calls: usize| (0..calls).filter(|at| is_looked_through(*at, kept)).count() as u64;
    u64::from(sent > 0 && !kept) + looked_through(sent) + looked_through(taken_off)
}

/// Whether the call in this place is looked through.
fn is_looked_through(at: usize, kept: bool) -> bool {
    !kept || at < FIRST || at.is_multiple_of(EVERY)
}

/// Takes up what is known of the account: whether it ever undid an opt-out, and what a run that died was watching.
///
/// # Errors
/// `opt_out_undone` if it did, and what stops a run.
pub(super) async fn take_up(run: &Run) -> Result<()> {
    if !run.account.destination.abilities().may_undo_opt_outs {
        return Ok(());
    }
    let id = run.connection.id;
    let (state, watched) =
        run.store.read(move |conn| Ok((opt_outs::state(conn, id)?, opt_outs::watched(conn, id)?))).await?;
    match state {
        OptOuts::Undone => return Err(undone_before(&run.connection.name)),
        OptOuts::Kept => run.learned.trust_opt_outs(),
        OptOuts::Unknown => {}
    }
    if watched.is_empty() {
        return Ok(());
    }
    undone(run, &watched).await?;
    // Whether their call was carried out is not known, so it proves nothing.
    run.store.write(move |tx| opt_outs::unwatch(tx, id)).await
}

/// Finds a call with somebody who opted out and puts it first; they are noted as watched. `None` where nobody was
/// found.
///
/// # Errors
/// What stops a run.
pub(super) async fn find(run: &Run, units: &mut Vec<Unit>) -> Result<Option<Vec<String>>> {
    if units.is_empty() || !run.account.destination.abilities().may_undo_opt_outs {
        return Ok(None);
    }
    if !run.learned.trusts_opt_outs() && is_empty(run).await? {
        return Ok(None);
    }
    for at in 0..units.len() {
        if !is_watched(run, at) {
            continue;
        }
        let Some(Unit { first, last }) = units.get(at).copied() else { break };
        let no = run.ledger.no;
        let people = run.store.read(move |conn| person::between(conn, no, first, last)).await?;
        let out = watch(run, &people).await?;
        if !out.is_empty() {
            let unit = units.remove(at);
            units.insert(0, unit);
            return Ok(Some(out));
        }
    }
    Ok(None)
}

/// Whether one call goes alone, since it is not known yet whether the account keeps opt-outs.
pub(super) fn one_at_a_time(run: &Run) -> bool {
    run.account.destination.abilities().may_undo_opt_outs && !run.learned.trusts_opt_outs()
}

/// Whether the call in place `at` is looked through.
pub(super) fn is_watched(run: &Run, at: usize) -> bool {
    run.account.destination.abilities().may_undo_opt_outs
        && is_looked_through(at, run.learned.trusts_opt_outs())
}

/// Whether nobody is in the account whose opt-out could be undone.
async fn is_empty(run: &Run) -> Result<bool> {
    let destination = &run.account.destination;
    let answer = run.account.call(&destination.contacts(), |reply| destination.read_contacts(reply)).await?;
    Ok(accepted(answer, &run.connection.name, destination.name(), "how many contacts it holds")? == 0)
}

/// Those of the people who opted out, noted as watched before they are sent.
///
/// # Errors
/// What stops a run.
pub(super) async fn watch(run: &Run, people: &[Pending]) -> Result<Vec<String>> {
    let emails = people.iter().map(|person| person.email.clone()).collect();
    let out = among(&run.account, &run.connection.name, emails).await?;
    if !out.is_empty() {
        let seqs =
            people.iter().filter(|person| out.contains(&person.email)).map(|person| person.seq).collect();
        let (id, no) = (run.connection.id, run.ledger.no);
        run.store.write(move |tx| opt_outs::watch(tx, id, no, seqs)).await?;
    }
    Ok(out)
}

/// Whether those who were watched still may not be mailed, now that they were sent.
///
/// # Errors
/// `opt_out_undone` if they may, and what stops a run.
pub(super) async fn check(run: &Run, watched: &[String]) -> Result<()> {
    undone(run, watched).await?;
    let id = run.connection.id;
    run.store.write(move |tx| opt_outs::set(tx, id, OptOuts::Kept)).await?;
    run.learned.trust_opt_outs();
    Ok(())
}

async fn undone(run: &Run, watched: &[String]) -> Result<()> {
    let still = among(&run.account, &run.connection.name, watched.to_vec()).await?.len();
    let undone = watched.len().saturating_sub(still);
    if undone == 0 {
        return Ok(());
    }
    tracing::error!(people = undone, "The account undid opt-outs; the run stops.");
    let id = run.connection.id;
    run.store.write(move |tx| opt_outs::set(tx, id, OptOuts::Undone)).await?;
    Err(error(&run.connection.name, undone, watched.len()))
}

/// The error of an account that undid opt-outs.
pub(crate) fn error(connection: &str, undone: usize, of: usize) -> Error {
    Error::new(
        Code::OptOutUndone,
        format!(
            "The account of “{connection}” lets {undone} of {of} people be mailed again who had opted out, though Segue did not ask for it; nothing more was sent after the call that showed it."
        ),
    )
    .help(HELP)
}

fn undone_before(connection: &str) -> Error {
    Error::new(
        Code::OptOutUndone,
        format!(
            "The account of “{connection}” lets people be mailed again who had opted out, as an earlier run has shown; nobody was sent."
        ),
    )
    .help(HELP)
}

const HELP: &str = "Unsubscribe them in the account again, and ask its support why sending people gives them permission. Once that is mended, agree anew: `segue connection set-key NAME --agree`.";

/// Those who opted out of mail.
///
/// # Errors
/// What stops a run.
pub(crate) async fn among(account: &Account, connection: &str, emails: Vec<String>) -> Result<Vec<String>> {
    let destination = &account.destination;
    let mut out = Vec::new();
    for part in emails.chunks(destination.abilities().asked.max(1)) {
        let said = match ask(account, part).await? {
            // Whose the answers are cannot be told: each alone.
            Answer::Unnamed if part.len() > 1 => {
                let mut said = Vec::with_capacity(part.len());
                for one in part {
                    let answer = ask(account, std::slice::from_ref(one)).await?;
                    said.extend(accepted(answer, connection, destination.name(), WHAT)?);
                }
                said
            }
            answer => accepted(answer, connection, destination.name(), WHAT)?,
        };
        out.extend(part.iter().zip(said).filter(|(_, out)| *out).map(|(email, _)| email.clone()));
    }
    Ok(out)
}

const WHAT: &str = "who opted out";

async fn ask(account: &Account, emails: &[String]) -> Result<Answer<Vec<bool>>> {
    let destination = &account.destination;
    let asked: Vec<&str> = emails.iter().map(String::as_str).collect();
    account.call(&destination.opted_out(&asked), |reply| destination.read_opted_out(&asked, reply)).await
}
