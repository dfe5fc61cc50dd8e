//! Answers: what every status and body means to every call, over the wire. Only a 200 of the call's own form is a good
//! answer; whatever is not understood is unknown or a stop, never accepted.

use segue_engine::destination::{Answer, By, Call, Destination, List, Reply, Request, Row};

use super::stage::Fault;
use super::trial::{Trial, accepted, call, is_taken, row};

/// Reads a reply, and forgets what it said beside its class.
type Reads<'a> = Box<dyn Fn(&Reply) -> Answer<()> + Send + Sync + 'a>;

/// One of the product's calls.
pub(crate) struct Asked<'a> {
    pub(crate) name: &'static str,
    pub(crate) request: Request,
    pub(crate) read: Reads<'a>,
    /// Whether it may miss what it asks for: a list or somebody who is not there.
    misses: bool,
}

const WHO: [&str; 1] = ["a@example.com"];

/// Every call that the product has, of somebody and of a list that are not there.
pub(crate) fn asked(product: &dyn Destination) -> Vec<Asked<'_>> {
    fn one<'a, T>(
        name: &'static str,
        request: Request,
        read: impl Fn(&Reply) -> Answer<T> + Send + Sync + 'a,
    ) -> Asked<'a> {
        Asked { name, request, read: Box::new(move |reply| read(reply).map(drop)), misses: false }
    }
    fn may_miss(asked: Asked<'_>) -> Asked<'_> {
        Asked { misses: true, ..asked }
    }
    let list = List { id: "7".to_owned(), title: "VIP".to_owned(), members: None };
    let mut all = vec![
        one("test", product.test(), |reply| product.read_test(reply)),
        one("lists", product.lists(), |reply| product.read_lists(reply)),
        one("fields", product.fields(), |reply| product.read_fields(reply)),
        one("contacts", product.contacts(), |reply| product.read_contacts(reply)),
        may_miss(one("roster", product.roster(&list, None), |reply| product.read_roster(reply))),
        may_miss(one("opted_out", product.opted_out(&WHO), |reply| product.read_opted_out(&WHO, reply))),
    ];
    let mut bulk = vec![("upsert", By::Address, false, false)];
    if product.abilities().all_lists {
        bulk.push(("upsert of those who are there", By::Address, true, false));
        bulk.push((LATER, By::Address, false, true));
    }
    if product.by_id().is_some() {
        bulk.push(("upsert by id", By::Id, true, false));
    }
    for (name, by, only_existing, later) in bulk {
        let rows = [Row { id: Some("7"), ..row(WHO[0]) }];
        let request = product.upsert(&Call { rows: &rows, by, only_existing, later }, &[]).unwrap();
        all.push(one(name, request, move |reply| {
            product.read_upsert(&Call { rows: &rows, by, only_existing, later }, reply)
        }));
    }
    if let Some(request) = product.make_list("VIP") {
        all.push(one(MAKE, request, |reply| product.read_made("VIP", reply)));
    }
    if let Some(singly) = product.singly() {
        all.push(may_miss(one("member", singly.member("7", WHO[0]), |reply| singly.read_member(reply))));
        all.push(may_miss(one("join", singly.join("7", WHO[0]), |reply| singly.read_join(reply))));
        all.push(may_miss(one("leave", singly.leave("7", WHO[0]), |reply| singly.read_leave(reply))));
    }
    if let Some(by_id) = product.by_id() {
        all.push(one("owners", by_id.owners(&["7"]), |reply| by_id.read_owners(reply)));
    }
    all
}

/// The call whose conflict is an answer.
const MAKE: &str = "make_list";
/// The bulk call that is carried out after its answer.
const LATER: &str = "upsert, later";

/// The class of an answer, in words.
pub(crate) fn class(answer: &Answer<()>) -> String {
    match answer {
        Answer::Accepted(()) => "accepted".to_owned(),
        Answer::Refused { status, .. } => format!("refused: {status}"),
        Answer::Unnamed => "unnamed".to_owned(),
        Answer::Missing { .. } => "missing".to_owned(),
        Answer::Stop(stop) => format!("stop: {:?}", stop.kind),
        Answer::Wait(_) => "wait".to_owned(),
        Answer::Unknown { .. } => "unknown".to_owned(),
    }
}

/// What a status means, whatever the body is; 400 and 413 refuse.
const CLASSES: [(&[u16], &str); 10] = [
    (&[201, 202, 203, 206], "unknown"),
    (&[300, 302, 307], "stop: Redirect"),
    (&[401], "stop: Key"),
    (&[402, 507], "stop: Contract"),
    (&[403], "stop: Forbidden"),
    (&[407], "stop: Proxy"),
    (&[410], "stop: Retired"),
    (&[405, 409, 418, 451, 501, 505], "stop: Other"),
    (&[408, 425, 500, 502, 503, 504, 520, 599], "unknown"),
    (&[429], "wait"),
];

pub(crate) async fn each_status_has_its_class(trial: Trial) {
    for asked in asked(trial.product()) {
        let mut wanted: Vec<(u16, String)> = CLASSES
            .iter()
            .flat_map(|(statuses, class)| statuses.iter().map(|status| (*status, (*class).to_owned())))
            .collect();
        wanted.extend([400, 413].map(|status| (status, format!("refused: {status}"))));
        for (status, wanted) in wanted {
            for body in ["{\"error\":\"E\",\"message\":\"M\"}", "<h1>Bad gateway</h1>", ""] {
                assert!(trial.stage.play(Fault::answer(status, body)));
                let found = class(&(asked.read)(&trial.send(&asked.request).await));
                // That a list is there already is an answer, if the product says so.
                let there = asked.name == MAKE && status == 409 && found == "accepted";
                assert!(found == wanted || there, "{} with {status} {body}: {found}", asked.name);
            }
        }
    }
    assert!(trial.people().is_empty(), "nothing was carried out");
}

pub(crate) async fn nothing_found_is_an_answer_only_where_something_may_be_missing(trial: Trial) {
    for asked in asked(trial.product()) {
        for body in ["{\"error\":\"Not Found\"}", "{}", "<h1>Not found</h1>"] {
            assert!(trial.stage.play(Fault::answer(404, body)));
            let found = class(&(asked.read)(&trial.send(&asked.request).await));
            let own = asked.misses && body.starts_with('{');
            assert!(own || found == "stop: Retired", "{} with {body}: {found}", asked.name);
        }
    }
}

pub(crate) async fn a_200_of_another_form_is_never_accepted(trial: Trial) {
    for asked in asked(trial.product()) {
        for body in [
            "",
            " ",
            "7",
            "true",
            "\"ok\"",
            "{",
            "[7]x",
            "\u{0}",
            "<!DOCTYPE html><title>Sign in</title>",
            "{\"error\":\"no\"}",
            "{\"error\":{\"code\":\"no\"}}",
        ] {
            assert!(trial.stage.play(Fault::answer(200, body)));
            let found = class(&(asked.read)(&trial.send(&asked.request).await));
            assert_eq!(found, "unknown", "{} with {body:?}", asked.name);
        }
        if asked.name.starts_with("upsert") && asked.name != LATER {
            for body in ["null", "[]", "{}", "[{}]"] {
                assert!(trial.stage.play(Fault::answer(200, body)));
                let found = class(&(asked.read)(&trial.send(&asked.request).await));
                assert_ne!(found, "accepted", "{} with {body:?}", asked.name);
            }
        }
    }
    // What is carried out later may be said in any words, but nobody is confirmed by it.
    let rows = [row(WHO[0])];
    let later = Call { later: true, ..call(&rows) };
    for body in ["null", "[]", "{}", "[{}]"] {
        let reply = Reply { status: 200, body: body.into(), ..Reply::default() };
        if let Answer::Accepted(answers) = trial.product().read_upsert(&later, &reply) {
            assert!(!answers.iter().any(is_taken), "{body}: {answers:?}");
        }
    }
}

pub(crate) async fn a_wait_is_as_long_as_the_account_says(trial: Trial) {
    for asked in asked(trial.product()) {
        let headers = vec![("Retry-After", "7".to_owned())];
        assert!(trial.stage.play(Fault::Answer { status: 429, headers, body: String::new() }));
        match (asked.read)(&trial.send(&asked.request).await) {
            Answer::Wait(Some(wait)) => assert_eq!(wait.as_secs(), 7, "{}", asked.name),
            other => panic!("{}: {other:?}", asked.name),
        }
    }
}

pub(crate) async fn the_answer_to_others_confirms_nobody(trial: Trial) {
    let (theirs, ours) =
        ([row("a@example.com"), row("b@example.com")], [row("c@example.com"), row("d@example.com")]);
    let request = trial.product().upsert(&call(&theirs), &[]).unwrap();
    let reply = trial.send(&request).await;
    assert!(accepted(trial.read(&call(&theirs), &reply).await, "theirs").iter().all(is_taken));
    match trial.read(&call(&ours), &reply).await {
        Answer::Accepted(answers) => assert!(!answers.iter().any(is_taken), "{answers:?}"),
        Answer::Unnamed | Answer::Unknown { .. } => {}
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn an_answer_that_is_cut_is_none(trial: Trial) {
    let rows = [row("a@example.com"), row("b@example.com"), row("c@example.com")];
    let reply = trial.send(&trial.product().upsert(&call(&rows), &[]).unwrap()).await;
    for end in 0..reply.body.len() {
        let cut = Reply { body: reply.body.slice(..end), ..reply.clone() };
        let answer = trial.product().read_upsert(&call(&rows), &cut);
        assert!(!matches!(answer, Answer::Accepted(_)), "after {end} octets: {answer:?}");
    }
}
