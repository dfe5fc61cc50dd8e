//! Attribution: whose the answers of a bulk call are, where it names ids and no addresses. Their order is not
//! documented, so place alone counts only where the account was seen to keep it, everybody was taken, and nobody is
//! missing; else the account is asked whose the ids are (destination-api.md 4.6, 5.2). A wrong id would put one
//! person's data on another.

use std::collections::HashMap;

use crate::destination::{By, Call, RowAnswer};
use crate::error::Result;
use crate::store::person::Pending;
use crate::store::receipt;

use super::known;
use super::under_way::Run;

/// The answers of a call, by row.
pub(super) struct Attributed {
    /// One for each row, in the order sent.
    pub(super) answers: Vec<RowAnswer>,
    /// Where everybody was taken but the ids may be anybody's of them: the ids. Who was taken is certain without, so
    /// that it is booked first, and [`learn`] asks afterwards.
    pub(super) ids: Vec<String>,
    /// Places of those who were not taken, each for a reason of several, and nobody can say which: alone they can be
    /// told.
    pub(super) unclear: Vec<usize>,
}

/// Whose the answers are.
///
/// # Errors
/// What stops a run.
pub(super) async fn of(run: &Run, call: &Call<'_>, answers: Vec<RowAnswer>) -> Result<Attributed> {
    let whole = |answers| Attributed { answers, ids: Vec::new(), unclear: Vec::new() };
    let complete = answers.len() == call.rows.len();
    if run.account.destination.by_id().is_none() {
        return Ok(whole(answers));
    }
    if complete && call.by == By::Id {
        return Ok(whole(absent_or_silent(run, call, answers).await?));
    }
    let later = answers.iter().any(|answer| matches!(answer, RowAnswer::Later));
    let ids: Vec<&str> = answers.iter().filter_map(id_of).collect();
    let all_taken = ids.len() == answers.len();
    if complete && (later || (all_taken && (run.learned.keeps_order() || answers.len() == 1))) {
        return Ok(whole(answers));
    }
    if complete && all_taken {
        let ids = ids.into_iter().map(str::to_owned).collect();
        let answers = answers.into_iter().map(without_id).collect();
        return Ok(Attributed { answers, ids, unclear: Vec::new() });
    }
    let owners = known::owners(run, &ids).await?;
    let emails: Vec<&str> = call.rows.iter().map(|row| row.email).collect();
    let (found, _) = attributed(&emails, call.only_existing, &answers, &owners);
    let unclear = unclear(&answers, &found);
    Ok(Attributed { answers: found, ids: Vec::new(), unclear })
}

/// Where as many were refused as were not taken, and which of the reasons is whose was left open.
fn unclear(answers: &[RowAnswer], found: &[RowAnswer]) -> Vec<usize> {
    let refused = answers.iter().filter(|answer| id_of(answer).is_none()).count();
    let open = found.iter().filter(|answer| id_of(answer).is_none()).count();
    if refused != open {
        return Vec::new();
    }
    let left_open = |answer: &RowAnswer| *answer == RowAnswer::not_confirmed() && !answers.contains(answer);
    found.iter().enumerate().filter(|(_, answer)| left_open(answer)).map(|(at, _)| at).collect()
}

/// Asks whose the ids are that a call gave for people who were all taken, and keeps each with its person. Whether
/// they came in the order sent is kept as well.
///
/// # Errors
/// What stops a run.
pub(super) async fn learn(run: &Run, taken: Vec<Pending>, ids: Vec<String>) -> Result<()> {
    let asked: Vec<&str> = ids.iter().map(String::as_str).collect();
    let owners = known::owners(run, &asked).await?;
    let answers: Vec<RowAnswer> =
        ids.into_iter().map(|id| RowAnswer::Taken { id: Some(id), word: "" }).collect();
    let emails: Vec<&str> = taken.iter().map(|person| person.email.as_str()).collect();
    let (found, kept) = attributed(&emails, false, &answers, &owners);
    run.learned.saw_order(kept);
    let book = run.ledger.book;
    run.store
        .write(move |tx| {
            for (person, answer) in taken.iter().zip(&found) {
                if let Some(id) = id_of(answer) {
                    receipt::set_vendor_id(tx, book, &person.address_key, id)?;
                }
            }
            Ok(())
        })
        .await
}

/// An answer that passes somebody over may mean that they are not there; it is no confirmation where they are.
async fn absent_or_silent(run: &Run, call: &Call<'_>, answers: Vec<RowAnswer>) -> Result<Vec<RowAnswer>> {
    let is_absent = |answer: &RowAnswer| *answer == RowAnswer::Absent;
    let ids: Vec<&str> = call
        .rows
        .iter()
        .zip(&answers)
        .filter(|(_, answer)| is_absent(answer))
        .filter_map(|(row, _)| row.id)
        .collect();
    if ids.is_empty() {
        return Ok(answers);
    }
    let owners = known::owners(run, &ids).await?;
    let there = |id: Option<&str>| id.is_some_and(|id| owners.contains_key(id));
    Ok(call
        .rows
        .iter()
        .zip(answers)
        .map(
            |(row, answer)| {
                if is_absent(&answer) && there(row.id) { RowAnswer::not_confirmed() } else { answer }
            },
        )
        .collect())
}

fn without_id(answer: RowAnswer) -> RowAnswer {
    match answer {
        RowAnswer::Taken { word, .. } => RowAnswer::Taken { id: None, word },
        answer => answer,
    }
}

fn id_of(answer: &RowAnswer) -> Option<&str> {
    match answer {
        RowAnswer::Taken { id: Some(id), .. } => Some(id),
        _ => None,
    }
}

/// The answer of each row by the address of each id, and whether the answers came in the order sent.
fn attributed(
    emails: &[&str],
    only_existing: bool,
    answers: &[RowAnswer],
    owners: &HashMap<String, String>,
) -> (Vec<RowAnswer>, bool) {
    let by_address: HashMap<String, &RowAnswer> = answers
        .iter()
        .filter_map(|answer| Some((known::key(owners.get(id_of(answer)?)?)?, answer)))
        .collect();
    let mut found: Vec<Option<RowAnswer>> = emails
        .iter()
        .map(|email| by_address.get(&known::key(email)?).map(|answer| (*answer).clone()))
        .collect();
    // The order was kept where every id that is known stands in the place of its row.
    let kept = answers.len() == found.len()
        && answers
            .iter()
            .zip(&found)
            .all(|(answer, found)| id_of(answer).is_none() || Some(answer) == found.as_ref());
    let foreign = answers.iter().filter_map(id_of).count() > found.iter().flatten().count();
    let rest: Vec<&RowAnswer> = answers.iter().filter(|answer| id_of(answer).is_none()).collect();
    let open = found.iter().filter(|answer| answer.is_none()).count();
    let alike = rest.windows(2).all(|pair| pair[0] == pair[1]);
    for (at, found) in found.iter_mut().enumerate().filter(|(_, answer)| answer.is_none()) {
        *found = Some(match rest.first() {
            Some(first) if rest.len() == open && alike => (*first).clone(),
            Some(_) if kept => answers.get(at).cloned().unwrap_or_else(RowAnswer::not_confirmed),
            // An id of somebody who was not sent may be one of ours whose address was changed meanwhile.
            None if only_existing && !foreign => RowAnswer::Absent,
            _ => RowAnswer::not_confirmed(),
        });
    }
    (found.into_iter().flatten().collect(), kept)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn taken(id: &str) -> RowAnswer {
        RowAnswer::Taken { id: Some(id.to_owned()), word: "created" }
    }

    fn refused(words: &str) -> RowAnswer {
        RowAnswer::Refused(words.to_owned())
    }

    fn check(emails: &[&str], answers: &[RowAnswer], only_existing: bool) -> (Vec<RowAnswer>, bool) {
        let owners = ["a", "b", "c", "d"].map(|id| (id.to_owned(), format!("{}@X.se", id.to_uppercase())));
        attributed(emails, only_existing, answers, &owners.into_iter().collect())
    }

    const ABC: [&str; 3] = ["a@x.se", "b@x.se", "c@x.se"];

    #[test]
    fn an_id_is_its_owners_whatever_the_place() {
        assert_eq!(
            check(&ABC, &[taken("a"), taken("b"), taken("c")], false),
            (vec![taken("a"), taken("b"), taken("c")], true)
        );
        assert_eq!(
            check(&ABC, &[taken("b"), taken("c"), taken("a")], false),
            (vec![taken("a"), taken("b"), taken("c")], false)
        );
    }

    #[test]
    fn whoever_is_not_named_is_not_confirmed_or_absent() {
        let no = RowAnswer::not_confirmed;
        assert_eq!(check(&ABC, &[taken("c"), taken("a")], false).0, [taken("a"), no(), taken("c")]);
        assert_eq!(
            check(&ABC, &[taken("c"), taken("a")], true).0,
            [taken("a"), RowAnswer::Absent, taken("c")]
        );
        // Somebody else's id is nobody's confirmation.
        for only_existing in [false, true] {
            let (found, _) = check(&ABC, &[taken("a"), taken("b"), taken("d")], only_existing);
            assert_eq!(found, [taken("a"), taken("b"), no()]);
        }
    }

    #[test]
    fn refusals_are_whose_they_can_only_be() {
        let no = RowAnswer::not_confirmed;
        assert_eq!(
            check(&ABC, &[refused("x"), taken("a"), taken("c")], false).0,
            [taken("a"), refused("x"), taken("c")]
        );
        // Two of a kind, in another order: each is the same.
        assert_eq!(
            check(&ABC, &[refused("x"), taken("c"), refused("x")], false).0,
            [refused("x"), refused("x"), taken("c")]
        );
        // Two different ones: by place where the others stand in theirs.
        assert_eq!(
            check(&ABC, &[refused("x"), refused("y"), taken("c")], false).0,
            [refused("x"), refused("y"), taken("c")]
        );
        assert_eq!(check(&ABC, &[refused("x"), taken("a"), refused("y")], false).0, [taken("a"), no(), no()]);
    }

    #[test]
    fn who_was_refused_for_which_reason_is_unclear_only_where_it_is_open() {
        let of = |answers: &[RowAnswer]| unclear(answers, &check(&ABC, answers, false).0);
        let none: [usize; 0] = [];
        assert_eq!(of(&[refused("x"), taken("a"), refused("y")]), [1, 2]);
        assert_eq!(of(&[refused("x"), refused("y"), taken("a")]), [1, 2]);
        assert_eq!(of(&[refused("x"), refused("y"), taken("c")]), none, "in their places");
        assert_eq!(of(&[refused("x"), taken("a"), refused("x")]), none, "alike");
        // Of a row that no answer names nobody knows whether it was refused at all.
        assert_eq!(of(&[refused("x"), taken("c")]), none);
        assert_eq!(of(&[taken("c"), taken("a")]), none);
    }

    proptest! {
        #[test]
        fn each_gets_one_answer_and_nobody_anothers_id(
            named in proptest::collection::vec(0_usize..6, 0..6), only_existing in any::<bool>(),
        ) {
            let pool = [taken("a"), taken("b"), taken("c"), taken("d"), refused("x"), refused("y")];
            let answers: Vec<RowAnswer> = named.iter().map(|at| pool[*at].clone()).collect();
            let (found, _) = check(&ABC, &answers, only_existing);
            prop_assert_eq!(found.len(), 3);
            for (email, answer) in ABC.iter().zip(&found) {
                if let RowAnswer::Taken { id: Some(id), .. } = answer {
                    prop_assert!(email.starts_with(id.as_str()));
                }
            }
        }
    }
}
