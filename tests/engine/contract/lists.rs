//! Lists: made once, found by their title, and who is on them.

use std::collections::BTreeSet;

use segue_engine::destination::{Answer, Call, List, Made, Row, RowAnswer};

use super::stage::Fault;
use super::trial::{Trial, accepted, call, crowd, is_taken, row};

fn set(titles: &[&str]) -> BTreeSet<String> {
    titles.iter().map(|title| (*title).to_owned()).collect()
}

pub(crate) async fn a_list_is_made_once_and_found_by_its_title(trial: Trial) {
    assert_eq!(trial.lists().await, [], "a new account has none");
    let titles = ["VIP", "Nyhetsbrev åäö – 100 % \"x\" / <b>", &"å".repeat(100)];
    let mut made = Vec::new();
    for title in titles {
        assert_eq!(trial.product().unusable_title(title), None, "{title}");
        made.push((title, trial.list(title).await));
    }
    for (title, list) in &made {
        trial.put(&crowd(1), &[list]).await;
        let found = trial.find(title).await.unwrap_or_else(|| panic!("“{title}” is not there"));
        assert!(!found.id.is_empty(), "{title} has an id");
        assert!(list.id.is_empty() || list.id == found.id, "{title} is the list that was made");
        assert_eq!(found.title, *title, "its exact title");
    }
    assert_eq!(trial.lists().await.len(), titles.len());
    assert_eq!(trial.titles(&crowd(1)[0]), set(&titles));
}

pub(crate) async fn no_second_list_of_a_title_is_made(trial: Trial) {
    let list = trial.list("VIP").await;
    trial.put(&crowd(2), &[&list]).await;
    match trial.product().make_list("VIP") {
        Some(request) => {
            let answer = trial.ask(&request, |reply| trial.product().read_made("VIP", reply)).await;
            assert_eq!(answer, Answer::Accepted(Made::Exists), "the lists are read again");
        }
        None => trial.put(&["b@example.com".to_owned()], &[&trial.list("VIP").await]).await,
    }
    assert_eq!(trial.lists().await.len(), 1);
}

pub(crate) async fn people_are_on_it_page_by_page(trial: Trial) {
    let page = usize::try_from(trial.product().abilities().page).unwrap();
    let people = crowd(page + 3);
    let list = trial.list("VIP").await;
    let (first, rest) = people.split_at(page);
    for (part, there, wanted) in [(first, first, 1), (rest, &people[..], 2)] {
        trial.put(part, &[&list]).await;
        let pages = trial.roster(&trial.find("VIP").await.unwrap()).await;
        assert!(
            pages.iter().all(|one| one.total == there.len() as u64),
            "each page tells how many there are"
        );
        assert!(pages.iter().all(|one| one.emails.len() <= page), "no page is longer than it may be");
        assert_eq!(pages.len(), wanted, "no page is asked for that has nobody");
        let mut emails: Vec<String> = pages.into_iter().flat_map(|page| page.emails).collect();
        emails.sort_unstable();
        assert_eq!(emails, there, "everybody once, over all pages");
        assert_eq!(trial.size("VIP").await, there.len() as u64);
    }
}

pub(crate) async fn a_list_that_is_gone_has_nobody(trial: Trial) {
    let gone = List { id: "4711".to_owned(), title: "Gone".to_owned(), members: None };
    let answer =
        trial.ask(&trial.product().roster(&gone, None), |reply| trial.product().read_roster(reply)).await;
    match answer {
        Answer::Accepted(page) => assert_eq!((page.total, page.bookmark), (0, None)),
        Answer::Missing { .. } | Answer::Refused { .. } => {}
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn before_and_after_agree_with_what_was_done(trial: Trial) {
    let list = trial.list("VIP").await;
    trial.put(&crowd(3), &[&list]).await;
    let before = trial.size("VIP").await;
    // Two of five are on it already.
    let joiners: Vec<String> = crowd(6).split_off(1);
    trial.put(&joiners, &[&list]).await;
    let list = trial.find("VIP").await.unwrap();
    let left = trial.take_off(&crowd(2), &list).await;
    assert!(left.iter().all(is_taken), "{left:?}");
    assert_eq!(trial.size("VIP").await, before + 3 - 2, "before + joined - left = after");
    assert_eq!(trial.contacts().await, 6, "who left a list is still a contact");
}

pub(crate) async fn further_lists_and_moves(trial: Trial) {
    let emails = crowd(2);
    let [a, b, c] = ["A", "B", "C"];
    let [on, more, new] = [trial.list(a).await, trial.list(b).await, trial.list(c).await];
    trial.put(&emails, &[&on, &more]).await;
    assert!(emails.iter().all(|email| trial.titles(email) == set(&[a, b])), "both lists");
    if trial.product().abilities().all_lists {
        let (joins, leaves) = ([&new], [&on, &more]);
        let rows = [Row { joins: &joins, leaves: &leaves, ..row(&emails[0]) }, row(&emails[1])];
        let answers = accepted(trial.upsert(&call(&rows), &[]).await, "a move");
        assert!(answers.iter().all(is_taken), "{answers:?}");
        let both = [Row { joins: &joins, leaves: &joins, ..row(&emails[0]) }];
        let answer = trial.product().upsert(&call(&both), &[]);
        assert!(answer.is_err(), "nobody is put on a list and taken off it at once");
    } else {
        trial.put(&emails[..1], &[&new]).await;
        for title in [a, b] {
            let list = trial.find(title).await.unwrap();
            assert!(trial.take_off(&emails[..1], &list).await.iter().all(is_taken));
        }
    }
    assert_eq!(trial.titles(&emails[0]), set(&[c]), "moved");
    assert_eq!(trial.titles(&emails[1]), set(&[a, b]), "and nobody else");
}

pub(crate) async fn leaving_is_no_joining_and_makes_nobody(trial: Trial) {
    let [on, off] = [trial.list("A").await, trial.list("B").await];
    trial.put(&crowd(1), &[&on, &off]).await;
    trial.put(&crowd(2).split_off(1), &[]).await;
    let before = trial.people();
    let there = trial.find("A").await.unwrap();
    let emails = [crowd(2), vec!["stranger@example.com".to_owned()]].concat();
    let answers = trial.take_off(&emails, &there).await;
    assert!(is_taken(&answers[0]), "{answers:?}");
    assert_eq!(answers[2], RowAnswer::Absent, "a stranger has nothing to leave");
    assert_eq!(trial.emails(), before.into_iter().map(|person| person.email).collect::<Vec<_>>());
    assert_eq!(trial.titles(&emails[0]), set(&["B"]));
    assert_eq!(trial.titles(&emails[1]), set(&[]));
    // Nobody but strangers.
    let answers = trial.take_off(&emails[2..], &there).await;
    assert_eq!(answers, [RowAnswer::Absent]);
    assert_eq!(trial.contacts().await, 2);
    if trial.product().abilities().all_lists {
        let call_of_strangers = [row("other@example.com")];
        let call = Call { only_existing: true, ..call(&call_of_strangers) };
        let answers = accepted(trial.upsert(&call, &[]).await, "a stranger");
        assert_eq!(answers, [RowAnswer::Absent]);
        assert_eq!(trial.contacts().await, 2);
    }
}

pub(crate) async fn where_bulk_calls_put_nobody_on_lists_single_calls_do(trial: Trial) {
    let Some(singly) = trial.product().singly() else {
        assert!(trial.product().abilities().all_lists, "otherwise nobody could leave a list");
        return;
    };
    assert!(trial.stage.play(Fault::ListsIgnored));
    let list = trial.list("VIP").await;
    trial.put(&crowd(3), &[&list]).await;
    for email in crowd(3) {
        let (member, join) = (singly.member(&list.id, &email), singly.join(&list.id, &email));
        assert!(member.repeatable && join.repeatable && singly.leave(&list.id, &email).repeatable);
        let is_on =
            async || accepted(trial.ask(&member, |reply| singly.read_member(reply)).await, "a member");
        assert!(!is_on().await, "a run can tell that bulk calls do not do it");
        for changes in [true, false] {
            let answer = trial.ask(&join, |reply| singly.read_join(reply)).await;
            assert_eq!(answer, Answer::Accepted(changes), "whether anything changed");
        }
        assert!(is_on().await);
    }
    assert_eq!(trial.size("VIP").await, 3);
    let before = trial.people();
    let stranger = "stranger@example.com";
    let answer = trial.ask(&singly.join(&list.id, stranger), |reply| singly.read_join(reply)).await;
    assert!(matches!(answer, Answer::Refused { .. }), "{answer:?}");
    let answer = trial.ask(&singly.member(&list.id, stranger), |reply| singly.read_member(reply)).await;
    assert_eq!(answer, Answer::Accepted(false));
    assert_eq!(trial.people(), before, "nobody is made by it");
}
