//! Opt-outs: whether the account keeps them. The vendor's documents can be read as if a call that says nothing of the
//! permission to mail gave it to people who are there already (destination-api.md 5.2). So somebody who opted out is
//! looked for among those who will be sent; their call goes first and alone, and if they may be mailed after it, the
//! run stops (product.md rule 7).

use crate::destination::Answer;
use crate::error::{Code, Error, Result};
use crate::store::person;

use super::account::Account;
use super::deliver::Unit;
use super::prepare::accepted;
use super::under_way::Run;

/// The first calls, each of which is looked through, and after them every so many.
const FIRST: usize = 10;
const EVERY: usize = 10;

/// People who opted out, whom the first call carries.
pub(super) type Watched = Vec<String>;

/// The questions that [`find`] takes for so many calls, where nobody is found.
pub(super) fn questions(calls: u64) -> u64 {
    let (first, every) = (FIRST as u64, EVERY as u64);
    calls.min(first) + calls.saturating_sub(first).div_ceil(every)
}

/// Finds a call with somebody who opted out and puts it first. `None` where there is nothing to fear, or nobody was
/// found.
///
/// # Errors
/// What stops a run.
pub(super) async fn find(run: &Run, units: &mut Vec<Unit>) -> Result<Option<Watched>> {
    if !run.account.destination.abilities().may_undo_opt_outs {
        return Ok(None);
    }
    for at in 0..units.len() {
        if at >= FIRST && at % EVERY != 0 {
            continue;
        }
        let Some(Unit { first, last }) = units.get(at).copied() else { break };
        let no = run.ledger.no;
        let people = run.store.read(move |conn| person::between(conn, no, first, last)).await?;
        let emails: Vec<String> = people.into_iter().map(|person| person.email).collect();
        let out = among(&run.account, &run.connection.name, emails).await?;
        if !out.is_empty() {
            let unit = units.remove(at);
            units.insert(0, unit);
            return Ok(Some(out));
        }
    }
    Ok(None)
}

/// Whether they still may not be mailed, now that they were sent.
///
/// # Errors
/// `opt_out_undone` if they may, and what stops a run.
pub(super) async fn check(run: &Run, watched: &Watched) -> Result<()> {
    let still = among(&run.account, &run.connection.name, watched.clone()).await?.len();
    let undone = watched.len().saturating_sub(still);
    if undone == 0 {
        return Ok(());
    }
    tracing::error!(people = undone, "The account undid opt-outs; the run stops.");
    Err(Error::new(
        Code::OptOutUndone,
        format!(
            "The account of “{}” lets {undone} of {} people be mailed again who had opted out, though Segue did not ask for it; the run stopped after its first call.",
            run.connection.name,
            watched.len()
        ),
    )
    .help("Unsubscribe them in the account again, and ask its support why merging people gives them permission. Nothing more was sent."))
}

/// Those who opted out of mail.
///
/// # Errors
/// What stops a run.
pub(super) async fn among(account: &Account, connection: &str, emails: Vec<String>) -> Result<Vec<String>> {
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
