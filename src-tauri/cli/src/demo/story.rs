//! The words of the demo.

use std::collections::BTreeMap;

use segue_engine::model::{Outcome, Person};

use super::sample::{Change, SEGMENTS, Sample};
use super::stage::{DemoStage, Round};
use super::verdict::{Verdict, taken_off, written};
use crate::commands::export::preview;
use crate::report;
use crate::table::{Head, Table, count, number};
use crate::words;

/// What was made up and read.
pub(super) fn opening(stage: &DemoStage, sample: &Sample) -> String {
    let survey = &stage.audience.survey;
    let (encoding, delimiter) = survey
        .files
        .first()
        .map_or(("?", '?'), |file| (file.encoding.as_str(), file.delimiter.unwrap_or('?')));
    let mut text = format!(
        "1. The people\n\
         {} made up, with the troubles of real data, and written to customers.csv. Segue read it\n\
         once ({encoding}, delimiter “{delimiter}”): {} in {}. Three segments, which overlap:\n",
        count(sample.profiles.len() as u64, "person was", "people were"),
        count(survey.rows, "profile", "profiles"),
        count(survey.columns.len() as u64, "column", "columns"),
    );
    for (name, predicate) in SEGMENTS {
        text.push_str(&format!("  {name}: {predicate}\n"));
    }
    text.push_str("Each becomes a list of an account that runs inside this program. Only people who have not\nunsubscribed may go.");
    text
}

/// The preview, the run, and the account after it.
pub(super) fn first(round: &Round) -> String {
    format!(
        "\n2. The preview: what a run would do\n{}\n\n{}\n\n3. The run\n{}\n\nLeft out, and why:\n{}\n\n4. The account now\n{}",
        preview::numbers(&round.preview),
        preview::lists(&round.preview),
        report::brief(&round.run),
        left_out(&round.people),
        account(round),
    )
}

/// What was done to the file.
pub(super) fn changed(change: &Change) -> String {
    format!(
        "\n5. A day later\nThe file is written anew: {} a new telephone number, {} the segments, {} in.",
        count(change.changed.len() as u64, "person has", "people have"),
        count(change.left.len() as u64, "has left", "have left"),
        count(change.joined.len() as u64, "has come", "have come"),
    )
}

/// The second run, by the account's own record.
pub(super) fn second(round: &Round) -> String {
    format!(
        "\n6. The run again\n{}\n\nThe account's own record of it: {}, in which {} written and {} off a list.\n{}",
        report::brief(&round.run),
        count(round.requests.len() as u64, "request", "requests"),
        count(written(&round.requests).len() as u64, "person was", "people were"),
        count(taken_off(&round.requests), "was taken", "were taken"),
        account(round),
    )
}

/// The verdict, and how to go on with one's own file.
pub(super) fn closing(verdict: &Verdict) -> String {
    let mut text = String::from("\n7. Was it right?\n");
    let wrong: Vec<_> = verdict.checks.iter().filter(|check| !check.ok).collect();
    if wrong.is_empty() {
        text.push_str(&format!(
            "Yes: all {} numbers are what they had to be, counted from the sample and not by Segue.",
            verdict.checks.len()
        ));
    } else {
        text.push_str("No. These numbers differ from what they had to be:\n");
        for check in wrong {
            text.push_str(&format!(
                "  {}: expected {}, found {}\n",
                check.what,
                number(check.expected),
                number(check.found)
            ));
        }
        text.push_str("That is a fault of Segue; please report it.");
    }
    text.push_str(OWN_FILE);
    text
}

const OWN_FILE: &str = "

8. With your own file
  segue audience add files Customers customers.csv
  segue segment add Stockholm --audience Customers --where \"City = 'Stockholm'\"
  segue connection add autopilot Newsletter --agree < key.txt
  segue export add Weekly --connection Newsletter --audience Customers --match Email=Email --segment Stockholm
  segue export run Weekly
Before the last one, `segue export preview Weekly` shows what it would do. Nothing of this demo is kept.";

/// How many were left out for each reason, with one of them.
fn left_out(people: &[Person]) -> Table {
    let mut reasons: BTreeMap<(&str, String), (u64, &str)> = BTreeMap::new();
    let is_out = |person: &&Person| {
        matches!(
            person.outcome,
            Outcome::Invalid | Outcome::Duplicate | Outcome::Excluded | Outcome::Rejected
        )
    };
    for person in people.iter().filter(is_out) {
        let key = (words::outcome(person.outcome), words::reason(&person.reason));
        reasons.entry(key).or_insert((0, person.email.as_str())).0 += 1;
    }
    let mut table = Table::new(&[
        Head::Text("Class"),
        Head::Text("Why"),
        Head::Number("People"),
        Head::Text("For example"),
    ]);
    for ((class, reason), (people, example)) in reasons {
        table.row([class.to_owned(), reason, number(people), example.to_owned()]);
    }
    table
}

fn account(round: &Round) -> String {
    let lists: Vec<String> = round
        .account
        .lists
        .iter()
        .map(|list| format!("{} {}", list.title, number(list.members as u64)))
        .collect();
    if lists.is_empty() {
        return "Nobody is in it.".to_owned();
    }
    format!(
        "{}; on its lists: {}.",
        count(round.account.contacts.len() as u64, "contact", "contacts"),
        lists.join(", ")
    )
}
