//! `POST /v1/person/merge` (`destination-api.md` 3.1, 3.4, 3.5).

mod body;
mod judge;
mod store;

use serde_json::{Value, json};

pub(super) use body::{Merge, Row};
use judge::Verdict;

use super::account::Account;
use super::refusal::Refusal;
use crate::account::key;
use crate::asked::Told;
use crate::faults::{Faults, Kind, MixedBatch, Permission, Pick};
use crate::outcome::{Form, Outcome};
use crate::wire::Reply;

/// An asynchronous merge that is still to come.
#[derive(Debug)]
pub(crate) struct Queued {
    /// Carried out before the request of this number is.
    due: u64,
    merge: Merge,
    how: How,
}

/// How the faults want it to go.
#[derive(Debug, Clone, Default)]
struct How {
    permission: Permission,
    mixed: MixedBatch,
    contact_limit: Option<usize>,
    bad_addresses: Vec<String>,
    invalid: Option<Pick>,
    dropped: Option<Pick>,
    unnamed: Option<Pick>,
}

impl How {
    fn told(faults: &Faults, act: Option<&Kind>) -> How {
        let pick = |of: fn(&Kind) -> Option<&Pick>| act.and_then(of).cloned();
        How {
            permission: faults.ortto.permission,
            mixed: faults.ortto.mixed,
            contact_limit: faults.ortto.contact_limit,
            bad_addresses: faults.bad_addresses.iter().map(|email| key(email)).collect(),
            invalid: pick(|kind| if let Kind::RowInvalid(pick) = kind { Some(pick) } else { None }),
            dropped: pick(|kind| if let Kind::DropRows(pick) = kind { Some(pick) } else { None }),
            unnamed: pick(|kind| if let Kind::PeopleShort(pick) = kind { Some(pick) } else { None }),
        }
    }
}

/// Carries a merge out, or puts it in the queue.
pub(super) fn merge(account: &mut Account, body: Value, told: Told<'_>) -> Result<Outcome, Refusal> {
    let merge = Merge::read(body)?;
    merge.check(account)?;
    account.opt_ins += merge.opt_ins();
    let how = How::told(told.faults, told.act);
    if !merge.asynchronous {
        return account.merge(&merge, &how);
    }
    merge.check_twice(&account.judge_all(&merge, &how))?;
    match told.faults.ortto.async_later {
        // Nobody is told of rows that the account finds bad.
        0 => drop(account.merge(&merge, &how)),
        later => {
            let due = account.turns.saturating_add(later).saturating_add(1);
            account.queue.push(Queued { due, merge, how });
        }
    }
    // Of activities this was recorded, of people it is open (`destination-api.md` 5.2).
    Ok(Outcome::stored(Reply::json(200, &json!({"status": "queued"}))))
}

/// Writes people past the door, as a seed.
pub(super) fn seed(account: &mut Account, row: Row) -> Result<usize, String> {
    let email = Value::String(row.email().unwrap_or_default().to_owned());
    let by = if row.email().is_some() { "str::email" } else { "str::ei" };
    let external = row.fields.get("str::ei").cloned();
    let merge = Merge::of(row, by);
    merge.check(account).map_err(|refusal| refusal.to_string())?;
    account.merge(&merge, &How::default()).map_err(|refusal| refusal.to_string())?;
    let at = match external {
        Some(external) if by == "str::ei" => account.look_up("str::ei", &external),
        _ => account.look_up("str::email", &email),
    };
    at.ok_or_else(|| "it was not stored".to_owned())
}

impl Account {
    /// Counts a request; what was queued long enough is carried out before it.
    pub(super) fn turn(&mut self) {
        self.turns += 1;
        let now = self.turns;
        self.settle(|queued| queued.due <= now);
    }

    /// Carries out all that is queued.
    pub(super) fn settle_all(&mut self) {
        self.settle(|_| true);
    }

    fn settle(&mut self, is_due: impl Fn(&Queued) -> bool) {
        let (due, rest) = std::mem::take(&mut self.queue).into_iter().partition(|queued| is_due(queued));
        self.queue = rest;
        let due: Vec<Queued> = due;
        for Queued { merge, how, .. } in due {
            // Nobody waits for what comes of it.
            drop(self.merge(&merge, &how));
        }
    }

    fn judge_all(&self, merge: &Merge, how: &How) -> Vec<Verdict> {
        merge.people.iter().enumerate().map(|(index, row)| self.judge(merge, row, index, how)).collect()
    }

    /// Judges all rows, then stores the good ones.
    fn merge(&mut self, merge: &Merge, how: &How) -> Result<Outcome, Refusal> {
        let verdicts = self.judge_all(merge, how);
        merge.check_twice(&verdicts)?;
        self.check_limit(&verdicts, how)?;
        let mut bad = merge.people.iter().zip(&verdicts).filter(|(_, verdict)| verdict.reason().is_some());
        let none_good = verdicts.iter().all(|verdict| verdict.reason().is_some());
        if none_good || (how.mixed == MixedBatch::RefusesAll && bad.clone().next().is_some()) {
            let details = bad.clone().filter_map(|(_, verdict)| verdict.detail()).collect();
            let refused = bad.clone().map(|(row, _)| row.who()).collect();
            let reason = bad.next().and_then(|(_, verdict)| verdict.reason()).unwrap_or_default();
            return Err(Refusal::of_rows(reason, details, refused));
        }
        Ok(self.store(merge, verdicts, how))
    }

    /// A full account takes no batch that makes people; whether it would take part of it is open
    /// (`destination-api.md` 5.2).
    fn check_limit(&self, verdicts: &[Verdict], how: &How) -> Result<(), Refusal> {
        let new = verdicts.iter().filter(|verdict| matches!(verdict, Verdict::New)).count();
        match how.contact_limit {
            Some(limit) if new > 0 && self.live().count() + new > limit => {
                Err(Refusal::new(507, "Storage is full, review contact limits"))
            }
            _ => Ok(()),
        }
    }

    fn store(&mut self, merge: &Merge, verdicts: Vec<Verdict>, how: &How) -> Outcome {
        let mut outcome = Outcome { form: Form::People, ..Outcome::told(Reply::bare(200)) };
        let mut people = Vec::with_capacity(verdicts.len());
        for (index, (row, verdict)) in merge.people.iter().zip(verdicts).enumerate() {
            let who = row.who();
            let dropped = has(how.dropped.as_ref(), index, &who);
            let Some((id, status)) = self.store_row(merge, row, &verdict, how, !dropped) else {
                // One that is skipped has no row in the reply.
                people.extend(verdict.detail());
                outcome.refused.push(who);
                continue;
            };
            outcome.applied |= !dropped;
            if dropped {
                outcome.refused.push(who.clone());
            }
            if !has(how.unnamed.as_ref(), index, &who) {
                people.push(json!({"person_id": id, "status": status}));
                outcome.named.push((who, id));
            }
        }
        outcome.reply = Reply::json(200, &json!({"people": people}));
        outcome
    }

    /// The id and status of a row that is taken; of a new one that is not really to be stored an
    /// invented id.
    fn store_row(
        &mut self,
        merge: &Merge,
        row: &Row,
        verdict: &Verdict,
        how: &How,
        really: bool,
    ) -> Option<(String, &'static str)> {
        match *verdict {
            Verdict::Known(at) => {
                if really {
                    self.update(at, merge, row, how);
                }
                Some((self.person(at)?.id.clone(), "merged"))
            }
            Verdict::New if really => Some((self.make(row), "created")),
            Verdict::New => Some(("0".repeat(24), "created")),
            Verdict::Skipped | Verdict::Suppressed | Verdict::Invalid(_) => None,
        }
    }
}

fn has(pick: Option<&Pick>, index: usize, who: &str) -> bool {
    pick.is_some_and(|pick| pick.has(index, &key(who)))
}
