//! Trial: a product and an account of it, joined by the wire that runs have. Calls are made and answers read as a run
//! does: by the abilities of the product, never by its name.

use std::collections::{BTreeSet, HashMap};

use secrecy::SecretString;
use segue_engine::destination::http::{Failure, Http, Origin};
use segue_engine::destination::{
    Answer, By, Call, Destination, List, Made, Reply, Request, Roster, Row, RowAnswer,
};
use segue_engine::model::{AccountField, Address};

use super::stage::{Person, Stage};

/// A product, and an account of it that it speaks to.
pub(crate) struct Trial {
    pub(crate) stage: Box<dyn Stage>,
    pub(crate) http: Http,
}

/// A row that only names somebody.
pub(crate) fn row(email: &str) -> Row<'_> {
    Row { email, id: None, fields: None, joins: &[], leaves: &[] }
}

/// A call by addresses that makes those who are not there.
pub(crate) fn call<'a>(rows: &'a [Row<'a>]) -> Call<'a> {
    Call { rows, by: By::Address, only_existing: false, later: false }
}

/// So many addresses.
pub(crate) fn crowd(people: usize) -> Vec<String> {
    (0..people).map(|at| format!("p{at:04}@example.com")).collect()
}

/// What was accepted.
#[track_caller]
pub(crate) fn accepted<T: std::fmt::Debug>(answer: Answer<T>, what: &str) -> T {
    match answer {
        Answer::Accepted(value) => value,
        other => panic!("{what}: {other:?}"),
    }
}

/// Whether somebody was taken.
pub(crate) fn is_taken(answer: &RowAnswer) -> bool {
    matches!(answer, RowAnswer::Taken { .. })
}

/// An address as it is compared.
pub(crate) fn canonical(email: &str) -> String {
    Address::parse(email).map_or_else(|_| email.to_owned(), |address| address.key)
}

impl Trial {
    pub(crate) fn of(stage: impl Stage + 'static) -> Self {
        let http = wire(&stage, &stage.key());
        Self { stage: Box::new(stage), http }
    }

    /// A wire to the same account with another key.
    pub(crate) fn with_key(&self, key: &str) -> Http {
        wire(&*self.stage, key)
    }

    pub(crate) fn product(&self) -> &dyn Destination {
        self.stage.destination()
    }

    /// The account's people.
    pub(crate) fn people(&self) -> Vec<Person> {
        self.stage.people()
    }

    /// Somebody who is in the account.
    #[track_caller]
    pub(crate) fn person(&self, email: &str) -> Person {
        let found = self.people().into_iter().find(|person| canonical(&person.email) == canonical(email));
        found.unwrap_or_else(|| panic!("{email} is not in the account"))
    }

    /// The addresses in the account.
    pub(crate) fn emails(&self) -> Vec<String> {
        self.people().into_iter().map(|person| person.email).collect()
    }

    /// Sends a request to which there must be a whole reply.
    pub(crate) async fn send(&self, request: &Request) -> Reply {
        let sent: Result<Reply, Failure> = self.http.send(request).await;
        sent.unwrap_or_else(|failure| panic!("{}: {failure:?}", request.path))
    }

    /// Sends a request and reads the answer.
    pub(crate) async fn ask<T>(&self, request: &Request, read: impl Fn(&Reply) -> Answer<T>) -> Answer<T> {
        read(&self.send(request).await)
    }

    pub(crate) async fn fields(&self) -> Vec<AccountField> {
        accepted(
            self.ask(&self.product().fields(), |reply| self.product().read_fields(reply)).await,
            "fields",
        )
    }

    pub(crate) async fn lists(&self) -> Vec<List> {
        accepted(self.ask(&self.product().lists(), |reply| self.product().read_lists(reply)).await, "lists")
    }

    /// The list of this title as the account tells it.
    pub(crate) async fn find(&self, title: &str) -> Option<List> {
        self.lists().await.into_iter().find(|list| self.product().same_title(&list.title, title))
    }

    /// A list to put people on: made, or known by its title alone where it makes itself.
    pub(crate) async fn list(&self, title: &str) -> List {
        let Some(request) = self.product().make_list(title) else {
            return List { id: String::new(), title: title.to_owned(), members: None };
        };
        assert!(!request.repeatable, "repeated, it might make a second list");
        match accepted(self.ask(&request, |reply| self.product().read_made(title, reply)).await, "a list") {
            Made::List(list) => list,
            Made::Exists => panic!("“{title}” was not there before"),
        }
    }

    /// Sends a bulk call and reads the answers, each with its row.
    pub(crate) async fn upsert(&self, call: &Call<'_>, fields: &[AccountField]) -> Answer<Vec<RowAnswer>> {
        let request = self.product().upsert(call, fields).unwrap();
        let reply = self.send(&request).await;
        self.read(call, &reply).await
    }

    /// Reads the reply to a bulk call as a run does: where ids are named, their owners tell whose they are.
    pub(crate) async fn read(&self, call: &Call<'_>, reply: &Reply) -> Answer<Vec<RowAnswer>> {
        let answers = match self.product().read_upsert(call, reply) {
            Answer::Accepted(answers) => answers,
            other => return other,
        };
        let later = answers.contains(&RowAnswer::Later);
        let Some(by_id) = self.product().by_id().filter(|_| call.by == By::Address && !later) else {
            assert_eq!(answers.len(), call.rows.len(), "one answer for each row");
            return Answer::Accepted(answers);
        };
        let ids: Vec<&str> = answers.iter().filter_map(id_of).collect();
        assert_eq!(
            ids.len(),
            answers.iter().filter(|answer| is_taken(answer)).count(),
            "who is taken has an id"
        );
        let owners = match ids.is_empty() {
            true => HashMap::new(),
            false => {
                let said = self.ask(&by_id.owners(&ids), |reply| by_id.read_owners(reply)).await;
                accepted(said, "whose ids these are")
            }
        };
        Answer::Accepted(attributed(call, &answers, &owners))
    }

    /// Puts people in the account, who are all taken, with nothing but these lists.
    pub(crate) async fn put(&self, emails: &[String], lists: &[&List]) {
        let all = self.product().abilities().all_lists;
        let (first, rest) = lists.split_at(if all { lists.len() } else { lists.len().min(1) });
        for part in emails.chunks(self.product().abilities().batch) {
            let rows: Vec<Row<'_>> =
                part.iter().map(|email| Row { joins: first, ..row(email.as_str()) }).collect();
            let answers = accepted(self.upsert(&call(&rows), &[]).await, "people with lists");
            assert!(answers.iter().all(is_taken), "{answers:?}");
        }
        for list in rest {
            let singly =
                self.product().singly().expect("a product whose rows name one list has calls for more");
            for email in emails {
                let answer = self.ask(&singly.join(&list.id, email), |reply| singly.read_join(reply)).await;
                assert!(accepted(answer, "a further list"), "somebody who was not on it joined");
            }
        }
    }

    /// Takes people off a list, and says of each whether there was anything to take off, as far as the account tells.
    pub(crate) async fn take_off(&self, emails: &[String], list: &List) -> Vec<RowAnswer> {
        let mut answers = Vec::with_capacity(emails.len());
        if self.product().abilities().all_lists {
            for part in emails.chunks(self.product().abilities().batch) {
                let leaves = [list];
                let rows: Vec<Row<'_>> =
                    part.iter().map(|email| Row { leaves: &leaves, ..row(email.as_str()) }).collect();
                let call = Call { only_existing: true, ..call(&rows) };
                answers.extend(accepted(self.upsert(&call, &[]).await, "leavers"));
            }
            return answers;
        }
        let singly =
            self.product().singly().expect("a product whose rows name no leavers has calls for them");
        for email in emails {
            let answer = self.ask(&singly.leave(&list.id, email), |reply| singly.read_leave(reply)).await;
            answers.push(match accepted(answer, "a leaver") {
                true => RowAnswer::taken(),
                false => RowAnswer::Absent,
            });
        }
        answers
    }

    /// All pages of the people on a list.
    pub(crate) async fn roster(&self, list: &List) -> Vec<Roster> {
        let (mut pages, mut bookmark): (Vec<Roster>, Option<String>) = (Vec::new(), None);
        loop {
            let request = self.product().roster(list, bookmark.as_deref());
            let page =
                accepted(self.ask(&request, |reply| self.product().read_roster(reply)).await, "a page");
            bookmark.clone_from(&page.bookmark);
            pages.push(page);
            assert!(pages.len() < 100, "the pages come to an end");
            if bookmark.is_none() {
                return pages;
            }
        }
    }

    /// How many people are on a list, as a run learns it: 0 where there is no such list.
    pub(crate) async fn size(&self, title: &str) -> u64 {
        let Some(list) = self.find(title).await else { return 0 };
        let pages = self.roster(&list).await;
        let total = pages.first().map_or(0, |page| page.total);
        assert_eq!(
            list.members.unwrap_or(total),
            total,
            "what is told with the lists is what their people are"
        );
        total
    }

    /// Who of these opted out, as a run asks: where the answers are nobody's, each alone.
    pub(crate) async fn opted_out(&self, emails: &[&str]) -> Vec<bool> {
        let product = self.product();
        let mut told = Vec::with_capacity(emails.len());
        for part in emails.chunks(product.abilities().asked) {
            match self.ask(&product.opted_out(part), |reply| product.read_opted_out(part, reply)).await {
                Answer::Unnamed if part.len() > 1 => {
                    for one in part {
                        let one = std::slice::from_ref(one);
                        let answer = self
                            .ask(&product.opted_out(one), |reply| product.read_opted_out(one, reply))
                            .await;
                        told.extend(accepted(answer, "whether one opted out"));
                    }
                }
                answer => told.extend(accepted(answer, "who opted out")),
            }
        }
        assert_eq!(told.len(), emails.len(), "one answer for each who was asked for");
        told
    }

    /// The account's own number of contacts.
    pub(crate) async fn contacts(&self) -> usize {
        let answer = self.ask(&self.product().contacts(), |reply| self.product().read_contacts(reply)).await;
        usize::try_from(accepted(answer, "how many contacts there are")).unwrap()
    }

    /// The titles of the lists that somebody is on.
    pub(crate) fn titles(&self, email: &str) -> BTreeSet<String> {
        self.person(email).lists
    }
}

fn wire(stage: &dyn Stage, key: &str) -> Http {
    let product = stage.destination();
    let origin = Origin::parse(&stage.origin()).unwrap();
    Http::new(origin, product.key_header(), SecretString::from(key), product.abilities().in_flight).unwrap()
}

fn id_of(answer: &RowAnswer) -> Option<&str> {
    match answer {
        RowAnswer::Taken { id, .. } => id.as_deref(),
        _ => None,
    }
}

/// The answer of each row by the owner of each id; what is said of nobody by id is of those who are left where it
/// cannot be otherwise.
fn attributed(call: &Call<'_>, answers: &[RowAnswer], owners: &HashMap<String, String>) -> Vec<RowAnswer> {
    let named: HashMap<String, &RowAnswer> =
        answers.iter().filter_map(|answer| Some((canonical(owners.get(id_of(answer)?)?), answer))).collect();
    let found: Vec<Option<&RowAnswer>> =
        call.rows.iter().map(|row| named.get(&canonical(row.email)).copied()).collect();
    let rest: Vec<&RowAnswer> = answers.iter().filter(|answer| id_of(answer).is_none()).collect();
    let open = found.iter().filter(|answer| answer.is_none()).count();
    let alike = rest.len() == open && rest.windows(2).all(|pair| pair[0] == pair[1]);
    let left = || match rest.first() {
        Some(first) if alike => (*first).clone(),
        None if call.only_existing => RowAnswer::Absent,
        _ => RowAnswer::not_confirmed(),
    };
    found.into_iter().map(|answer| answer.cloned().unwrap_or_else(left)).collect()
}
