//! Rows: bulk calls of nobody, one, as many as go, and one too many; and whose the answers are.

use segue_engine::destination::{Answer, By, Call, Row, RowAnswer};

use super::stage::{Fault, Mixed};
use super::trial::{Trial, accepted, call, canonical, crowd, is_taken, row};

fn rows(emails: &[String]) -> Vec<Row<'_>> {
    emails.iter().map(|email| row(email)).collect()
}

/// Each was taken, and whatever id the account told of them is theirs.
#[track_caller]
fn check(trial: &Trial, emails: &[String], answers: &[RowAnswer]) {
    assert_eq!(answers.len(), emails.len(), "one answer for each row");
    let people = trial.people();
    for (email, answer) in emails.iter().zip(answers) {
        let RowAnswer::Taken { id, .. } = answer else { panic!("{email}: {answer:?}") };
        let person = people.iter().find(|person| canonical(&person.email) == canonical(email));
        let person = person.unwrap_or_else(|| panic!("{email} was taken and is not there"));
        assert!(id.as_ref().is_none_or(|id| *id == person.id), "{email} has the id of somebody else");
    }
}

pub(crate) async fn one_and_as_many_as_go_are_taken(trial: Trial) {
    let batch = trial.product().abilities().batch;
    for people in [1, batch] {
        let emails = crowd(people);
        let answers = accepted(trial.upsert(&call(&rows(&emails)), &[]).await, "a bulk call");
        check(&trial, &emails, &answers);
        assert_eq!(trial.emails(), emails, "they and nobody else are in the account");
        assert_eq!(trial.contacts().await, people, "the account counts them");
    }
}

pub(crate) async fn one_too_many_is_refused_and_nothing_stored(trial: Trial) {
    let emails = crowd(trial.product().abilities().batch + 1);
    match trial.upsert(&call(&rows(&emails)), &[]).await {
        Answer::Refused { text, .. } => assert!(!text.is_empty(), "the account says why"),
        other => panic!("{other:?}"),
    }
    assert_eq!(trial.emails(), Vec::<String>::new());
    assert_eq!(trial.contacts().await, 0);
}

pub(crate) async fn nobody_is_nothing(trial: Trial) {
    match trial.upsert(&call(&[]), &[]).await {
        Answer::Accepted(answers) => assert_eq!(answers, []),
        Answer::Refused { .. } => {}
        other => panic!("{other:?}"),
    }
    assert_eq!(trial.emails(), Vec::<String>::new());
}

pub(crate) async fn in_another_order_each_answer_is_still_its_own(trial: Trial) {
    assert!(trial.stage.play(Fault::OtherOrder));
    let emails = crowd(trial.product().abilities().batch.min(12));
    for _ in 0..2 {
        let answers = accepted(trial.upsert(&call(&rows(&emails)), &[]).await, "a bulk call");
        check(&trial, &emails, &answers);
    }
}

pub(crate) async fn a_bad_row_is_never_taken(trial: Trial) {
    let bad = "bad@example.com";
    let mut ways = 0;
    for (round, mixed) in [Mixed::Whole, Mixed::Part, Mixed::Silent].into_iter().enumerate() {
        if !trial.stage.play(Fault::BadRow(bad.to_owned(), mixed)) {
            continue;
        }
        ways += 1;
        let good = [format!("a{round}@example.com"), format!("b{round}@example.com")];
        let before = trial.emails().len();
        let emails = [good[0].clone(), bad.to_owned(), good[1].clone()];
        match trial.upsert(&call(&rows(&emails)), &[]).await {
            Answer::Accepted(answers) => {
                assert!(matches!(answers[1], RowAnswer::Refused(_)), "{mixed:?}: {:?}", answers[1]);
                check(&trial, &good, &[answers[0].clone(), answers[2].clone()]);
            }
            Answer::Refused { .. } if mixed == Mixed::Whole => {
                assert_eq!(trial.emails().len(), before, "refused as a whole, nothing is stored");
            }
            Answer::Refused { .. } if mixed == Mixed::Part => {}
            other => panic!("{mixed:?}: {other:?}"),
        }
        // Halves of it, as a run sends them.
        let answers = accepted(trial.upsert(&call(&rows(&good)), &[]).await, "the good ones");
        check(&trial, &good, &answers);
        match trial.upsert(&call(&[row(bad)]), &[]).await {
            Answer::Accepted(answers) => {
                assert!(matches!(answers[..], [RowAnswer::Refused(_)]), "{mixed:?}: {answers:?}");
            }
            Answer::Refused { .. } | Answer::Unnamed => {}
            other => panic!("{mixed:?}: {other:?}"),
        }
        assert!(!trial.emails().contains(&bad.to_owned()), "{mixed:?}");
    }
    assert!(ways > 0, "the account has a way to refuse somebody");
}

pub(crate) async fn whoever_is_not_named_is_not_taken(trial: Trial) {
    assert!(trial.stage.play(Fault::Unnamed("p0001@example.com".to_owned())));
    let emails = crowd(3);
    let answers = accepted(trial.upsert(&call(&rows(&emails)), &[]).await, "a bulk call");
    assert!(matches!(answers[1], RowAnswer::Refused(_)), "{:?}", answers[1]);
    check(&trial, &[emails[0].clone(), emails[2].clone()], &[answers[0].clone(), answers[2].clone()]);
}

pub(crate) async fn a_suppressed_address_is_told_and_not_made(trial: Trial) {
    let emails = crowd(3);
    if !trial.stage.suppress(&emails[1]) {
        return;
    }
    let answers = accepted(trial.upsert(&call(&rows(&emails)), &[]).await, "a bulk call");
    assert!(matches!(answers[1], RowAnswer::Suppressed(_)), "{:?}", answers[1]);
    check(&trial, &[emails[0].clone(), emails[2].clone()], &[answers[0].clone(), answers[2].clone()]);
    let alone = accepted(trial.upsert(&call(&rows(&emails[1..2])), &[]).await, "alone");
    assert!(matches!(alone[..], [RowAnswer::Suppressed(_)]), "{alone:?}");
    assert_eq!(trial.emails(), [emails[0].clone(), emails[2].clone()]);
}

pub(crate) async fn odd_addresses_arrive_as_they_are(trial: Trial) {
    let emails: Vec<String> =
        ["Asa.B+news@Example.com", "a%41/x#?&=@example.com", "o'neil{x}@xn--ml-xka.example"]
            .map(str::to_owned)
            .to_vec();
    for email in &emails {
        assert!(segue_engine::model::Address::parse(email).is_ok(), "{email} would be sent");
    }
    let list = trial.list("Odd").await;
    trial.put(&emails, &[&list]).await;
    let mut found = trial.emails();
    found.sort_by_key(|email| emails.iter().position(|one| canonical(one) == canonical(email)));
    assert!(found.iter().map(|email| canonical(email)).eq(emails.iter().map(|email| canonical(email))));
    let asked: Vec<&str> = emails.iter().map(String::as_str).collect();
    assert_eq!(trial.opted_out(&asked).await, [false, false, false]);
    let list = trial.find("Odd").await.unwrap();
    if let Some(singly) = trial.product().singly() {
        for email in &emails {
            let answer = trial.ask(&singly.member(&list.id, email), |reply| singly.read_member(reply)).await;
            assert!(accepted(answer, email), "{email} is on the list");
        }
    }
    assert!(trial.take_off(&emails, &list).await.iter().all(is_taken));
    assert_eq!(trial.size("Odd").await, 0);
}

pub(crate) async fn the_same_request_again_changes_nothing_more(trial: Trial) {
    let (product, fields) = (trial.product(), trial.fields().await);
    let (list, emails) = (trial.list("VIP").await, crowd(3));
    let text = fields.iter().find(|field| !field.target.is_email()).unwrap();
    let value = product.value("Åsa", text).unwrap();
    let told = format!("{{{}:{value}}}", serde_json::Value::String(text.target.to_string()));
    let joins = [&list];
    let rows: Vec<Row<'_>> =
        emails.iter().map(|email| Row { fields: Some(&told), joins: &joins, ..row(email) }).collect();
    let request = product.upsert(&call(&rows), &fields).unwrap();
    assert_eq!(product.upsert(&call(&rows), &fields).unwrap(), request, "the same rows give the same octets");
    assert!(request.repeatable, "a run repeats it whenever it does not know");
    // The first is carried out, and nobody hears of it.
    assert!(trial.stage.play(Fault::Cut));
    let failure = trial.http.send(&request).await.unwrap_err();
    assert_eq!(failure.stop(), None, "it goes again: {failure:?}");
    trial.stage.rest();
    let after = trial.people();
    assert_eq!(trial.emails(), emails, "it was carried out");
    for _ in 0..2 {
        let reply = trial.send(&request).await;
        let answers = accepted(trial.read(&call(&rows), &reply).await, "again");
        check(&trial, &emails, &answers);
        assert_eq!(trial.people(), after, "it changed nothing more");
    }
    assert_eq!(trial.size("VIP").await, 3);
    assert_eq!(trial.lists().await.len(), 1, "and made no second list");
}

pub(crate) async fn ids_find_people_whose_address_changed(trial: Trial) {
    if trial.product().by_id().is_none() {
        return;
    }
    let fields = trial.fields().await;
    trial.put(&crowd(2), &[]).await;
    let ids: Vec<String> = trial.people().into_iter().map(|person| person.id).collect();
    let text = fields.iter().find(|field| !field.target.is_email()).unwrap();
    let told = format!("{{\"{}\":{}}}", text.target, trial.product().value("Åsa", text).unwrap());
    // The source has other addresses than the account; the third has been deleted there.
    let row = |id, email| Row { id: Some(id), fields: Some(&told), ..row(email) };
    let rows = [
        row(ids[1].as_str(), "new1@example.com"),
        row("000000000000000000000000", "gone@example.com"),
        row(ids[0].as_str(), "p0000@example.com"),
    ];
    let call = Call { by: By::Id, only_existing: true, ..call(&rows) };
    let answers = accepted(trial.upsert(&call, &fields).await, "by ids");
    assert!(is_taken(&answers[0]) && is_taken(&answers[2]), "{answers:?}");
    assert_eq!(answers[1], RowAnswer::Absent, "nobody is made");
    assert_eq!(trial.emails(), crowd(2), "their addresses stay as they are there");
    assert!(trial.people().iter().all(|person| person.fields.contains_key(&text.key)));
}

pub(crate) async fn later_is_carried_out_in_the_end(trial: Trial) {
    // Runs ask for it where lists tell whether it was done.
    if !trial.product().abilities().all_lists {
        return;
    }
    let (list, emails) = (trial.list("VIP").await, crowd(3));
    let joins = [&list];
    let rows: Vec<Row<'_>> = emails.iter().map(|email| Row { joins: &joins, ..row(email) }).collect();
    let answers = accepted(trial.upsert(&Call { later: true, ..call(&rows) }, &[]).await, "later");
    assert_eq!(answers.len(), 3, "one answer for each row");
    assert!(answers.iter().all(|answer| is_taken(answer) || *answer == RowAnswer::Later), "{answers:?}");
    assert_eq!(trial.size("VIP").await, 3);
}
