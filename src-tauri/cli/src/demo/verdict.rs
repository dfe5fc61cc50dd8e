//! Whether the demo came out as it should: every number beside the one that was expected.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use segue_engine::Preview;
use segue_engine::model::{Run, Status};
use segue_sandbox::{AccountView, ContactView, ListView, Request};
use serde::Serialize;

use super::expect::Expected;
use super::sample::{Change, SEGMENTS, Sample};
use super::stage::Round;

/// One comparison.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Check {
    pub(super) what: String,
    pub(super) expected: u64,
    pub(super) found: u64,
    pub(super) ok: bool,
}

/// All comparisons.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    pub(super) checks: Vec<Check>,
}

impl Verdict {
    /// The first run sends everybody.
    pub(super) fn of_first(sample: &Sample, round: &Round) -> Self {
        let expected = Expected::of(sample);
        let sent = expected.people.len() as u64;
        let mut verdict = Self::default();
        verdict.both("first run", &expected, round);
        verdict.check("first run: created", sent, round.run.counts.created);
        verdict.check("first preview: new", sent, round.preview.new);
        verdict.check("contacts after the first run", sent, round.account.contacts.len() as u64);
        verdict
    }

    /// The second run sends only what changed.
    pub(super) fn and_second(
        mut self,
        sample: &Sample,
        change: &Change,
        first: &Round,
        second: &Round,
    ) -> Self {
        let expected = Expected::of(sample);
        let (changed, left) = (change.changed.len() as u64, change.left.len() as u64);
        let joined = change.joined.len() as u64;
        let counts = &second.run.counts;
        self.both("second run", &expected, second);
        self.check("second run: created", joined, counts.created);
        self.check("second run: updated", changed, counts.updated);
        self.check(
            "second run: unchanged",
            expected.people.len() as u64 - joined - changed,
            counts.unchanged,
        );
        self.check("second run: leavers removed", left, counts.leavers.removed);
        self.check("second preview: new", joined, second.preview.new);
        self.check("second preview: changed", changed, second.preview.changed);
        self.check("second preview: leaving", left, second.preview.leaving);
        let before = first.account.contacts.len() as u64;
        self.check("contacts after the second run", before + joined, second.account.contacts.len() as u64);
        let wanted: BTreeSet<&str> =
            change.changed.iter().chain(&change.joined).map(String::as_str).collect();
        let written = written(&second.requests);
        self.check("second run: addresses written", wanted.len() as u64, written.len() as u64);
        self.check(
            "second run: of those, rightly",
            wanted.len() as u64,
            written.intersection(&wanted).count() as u64,
        );
        self.check("second run: people taken off a list", left, taken_off(&second.requests));
        self
    }

    /// Whether all agree.
    pub(super) fn is_good(&self) -> bool {
        self.checks.iter().all(|check| check.ok)
    }

    /// What holds for every run.
    fn both(&mut self, run: &str, expected: &Expected, round: &Round) {
        let counts = &round.run.counts;
        self.check(&format!("{run}: successful"), 1, u64::from(round.run.status == Status::Successful));
        self.check(&format!("{run}: profiles in the segments"), expected.source, counts.source);
        self.check(&format!("{run}: sum of the classes"), expected.source, counts.sum());
        self.check(&format!("{run}: invalid"), expected.invalid, counts.invalid);
        self.check(&format!("{run}: duplicate"), expected.duplicate, counts.duplicate);
        self.check(&format!("{run}: excluded"), expected.excluded, counts.excluded);
        self.check(&format!("{run}: with a fate of their own"), expected.source, fates(round));
        for (place, (title, _)) in SEGMENTS.iter().enumerate() {
            let members = members(&round.account, title);
            self.check(&format!("{run}: people on the list {title}"), expected.on_list(place), members);
        }
        let right = as_in_the_file(expected, &round.account);
        self.check(&format!("{run}: telephone numbers as in the file"), expected.people.len() as u64, right);
        let opt_ins: usize = round.requests.iter().map(|request| request.opt_ins).sum();
        self.check(&format!("{run}: re-subscribed"), 0, opt_ins as u64);
    }

    fn check(&mut self, what: &str, expected: u64, found: u64) {
        self.checks.push(Check { what: what.to_owned(), expected, found, ok: expected == found });
    }
}

/// The whole demo for programs.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Document<'a> {
    /// Whether every number came out as it should.
    ok: bool,
    /// People made up.
    profiles: u64,
    first: RoundDocument<'a>,
    second: RoundDocument<'a>,
    /// Every number beside the one that was expected.
    checks: &'a [Check],
}

#[derive(Debug, Serialize, JsonSchema)]
struct RoundDocument<'a> {
    preview: &'a Preview,
    run: &'a Run,
    account: AccountDocument<'a>,
    /// Requests that the account saw.
    requests_seen: u64,
    /// Addresses that they wrote, each once.
    addresses_written: u64,
    /// People that they took off a list.
    taken_off: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
struct AccountDocument<'a> {
    /// Contacts in the account.
    contacts: u64,
    lists: Vec<ListDocument<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ListDocument<'a> {
    list_id: &'a str,
    title: &'a str,
    /// Contacts on it.
    members: u64,
}

impl<'a> Document<'a> {
    pub(super) fn new(sample: &Sample, first: &'a Round, second: &'a Round, verdict: &'a Verdict) -> Self {
        Self {
            ok: verdict.is_good(),
            profiles: sample.profiles.len() as u64,
            first: RoundDocument::new(first),
            second: RoundDocument::new(second),
            checks: &verdict.checks,
        }
    }
}

impl<'a> RoundDocument<'a> {
    fn new(round: &'a Round) -> Self {
        let list = |list: &'a ListView| ListDocument {
            list_id: &list.list_id,
            title: &list.title,
            members: list.members as u64,
        };
        Self {
            preview: &round.preview,
            run: &round.run,
            account: AccountDocument {
                contacts: round.account.contacts.len() as u64,
                lists: round.account.lists.iter().map(list).collect(),
            },
            requests_seen: round.requests.len() as u64,
            addresses_written: written(&round.requests).len() as u64,
            taken_off: taken_off(&round.requests),
        }
    }
}

/// The addresses that requests wrote, each once.
pub(super) fn written(requests: &[Request]) -> BTreeSet<&str> {
    requests
        .iter()
        .filter(|request| request.method == "POST" && !request.path.contains("/list"))
        .flat_map(|request| request.emails.iter().map(String::as_str))
        .collect()
}

/// How many people requests took off a list.
pub(super) fn taken_off(requests: &[Request]) -> u64 {
    let people: BTreeSet<&str> = requests
        .iter()
        .filter(|request| request.method == "DELETE")
        .flat_map(|request| request.emails.iter().map(String::as_str))
        .collect();
    people.len() as u64
}

fn members(account: &AccountView, title: &str) -> u64 {
    account.lists.iter().filter(|list| list.title == title).map(|list| list.members as u64).sum()
}

/// Profiles with a line in the table of people; leavers are no profiles of the segments.
fn fates(round: &Round) -> u64 {
    round.people.iter().filter(|person| !person.outcome.word().starts_with("leaver")).count() as u64
}

/// People whose telephone number in the account is the one of the file, leading zero and all.
fn as_in_the_file(expected: &Expected, account: &AccountView) -> u64 {
    let held: BTreeMap<&str, &ContactView> =
        account.contacts.iter().filter_map(|contact| Some((contact.email.as_deref()?, contact))).collect();
    let is_right = |(email, (_, phone)): &(&String, &([bool; 3], String))| {
        held.get(email.as_str()).and_then(|contact| contact.fields.get("Phone")?.as_str())
            == Some(phone.as_str())
    };
    expected.people.iter().filter(is_right).count() as u64
}
