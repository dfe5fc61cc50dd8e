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
}

/// Whose the answers are.
///
/// # Errors
/// What stops a run.
pub(super) async fn of(run: &Run, call: &Call<'_>, answers: Vec<RowAnswer>) -> Result<Attributed> {
    let whole = |answers| Attributed { answers, ids: Vec::new() };
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
        return Ok(Attributed { answers: answers.into_iter().map(without_id).collect(), ids });
    }
    let owners = known::owners(run, &ids).await?;
    Ok(whole(attributed(call, &answers, &owners).0))
}

/// Asks whose the ids are that a call gave for people who were all taken, and keeps each with its person. Whether
/// they came in the order sent is kept as well.
///
/// # Errors
/// What stops a run.
pub(super) async fn learn(run: &Run, taken: Vec<Pending>, ids: Vec<String>) -> Result<()> {
    let asked: Vec<&str> = ids.iter().map(String::as_str).collect();
    let owners = known::owners(run, &asked).await?;
    let by_address: HashMap<String, &String> =
        ids.iter().filter_map(|id| Some((known::key(owners.get(id)?)?, id))).collect();
    let found: Vec<Option<String>> = taken
        .iter()
        .map(|person| known::key(&person.email).and_then(|key| by_address.get(&key)).map(|id| (*id).clone()))
        .collect();
    run.learned.saw_order(found.iter().zip(&ids).all(|(found, id)| found.as_ref() == Some(id)));
    let book = run.ledger.book;
    run.store
        .write(move |tx| {
            for (person, id) in taken.iter().zip(found) {
                if let Some(id) = id {
                    receipt::set_vendor_id(tx, book, &person.address_key, &id)?;
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
    call: &Call<'_>,
    answers: &[RowAnswer],
    owners: &HashMap<String, String>,
) -> (Vec<RowAnswer>, bool) {
    let by_address: HashMap<String, &RowAnswer> = answers
        .iter()
        .filter_map(|answer| Some((known::key(owners.get(id_of(answer)?)?)?, answer)))
        .collect();
    let mut found: Vec<Option<RowAnswer>> = call
        .rows
        .iter()
        .map(|row| by_address.get(&known::key(row.email)?).map(|answer| (*answer).clone()))
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
            None if call.only_existing && !foreign => RowAnswer::Absent,
            _ => RowAnswer::not_confirmed(),
        });
    }
    (found.into_iter().flatten().collect(), kept)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::destination::Row;
    use super::*;

    fn taken(id: &str) -> RowAnswer {
        RowAnswer::Taken { id: Some(id.to_owned()), word: "created" }
    }

    fn refused(words: &str) -> RowAnswer {
        RowAnswer::Refused(words.to_owned())
    }

    fn check(emails: &[&str], answers: &[RowAnswer], only_existing: bool) -> (Vec<RowAnswer>, bool) {
        let rows: Vec<Row<'_>> = emails
            .iter()
            .map(|email| Row { email, id: None, fields: None, joins: &[], leaves: &[] })
            .collect();
        let owners = ["a", "b", "c", "d"].map(|id| (id.to_owned(), format!("{}@X.se", id.to_uppercase())));
        let call = Call { rows: &rows, by: By::Address, only_existing, later: false };
        attributed(&call, answers, &owners.into_iter().collect())
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
