//! A preview as it is printed: what a run would do, and for whom.

use clap::ValueEnum;
use segue_engine::{Preview, PreviewGroup, PreviewPerson};

use crate::table::{Head, Table, count, duration, number};
use crate::words;

/// What stands under `export preview --help`.
pub(super) const HELP: &str = "\
Examples:
  segue export preview Weekly
  segue export preview Weekly --people changed";

/// People shown of a group; programs get all of them.
const SHOWN: usize = 200;

/// The groups of people in a preview.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Group {
    /// Cannot be sent
    Invalid,
    /// Another profile of the same address goes
    Duplicate,
    /// Left out on purpose
    Excluded,
    /// Sent for the first time
    New,
    /// Sent because something changed
    Changed,
    /// Not sent, as nothing changed
    Unchanged,
    /// Sent again, as they were not accepted before
    Retry,
    /// Have left the segments
    Leaving,
    /// Have left, and are held
    Held,
}

impl From<Group> for PreviewGroup {
    fn from(group: Group) -> Self {
        match group {
            Group::Invalid => Self::Invalid,
            Group::Duplicate => Self::Duplicate,
            Group::Excluded => Self::Excluded,
            Group::New => Self::New,
            Group::Changed => Self::Changed,
            Group::Unchanged => Self::Unchanged,
            Group::Retry => Self::Retry,
            Group::Leaving => Self::Leaving,
            Group::Held => Self::Held,
        }
    }
}

/// The preview for people.
pub(super) fn words(name: &str, preview: &Preview) -> String {
    let mut text = format!(
        "If “{name}” ran now: {} new, {} changed, {} to leave, {} cannot be sent. Nothing was sent for this.\n\n{}",
        number(preview.new),
        number(preview.changed),
        number(preview.leaving),
        number(preview.invalid),
        numbers(preview),
    );
    if !preview.lists.is_empty() {
        text.push_str(&format!("\n\n{}", lists(preview)));
    }
    text.push_str(&format!(
        "\n\n{}, about {}.",
        count(preview.requests, "request", "requests"),
        duration(preview.seconds.ceil() as u64),
    ));
    for note in &preview.notes {
        text.push_str(&format!("\n{note}"));
    }
    if let Some(people) = &preview.people {
        text.push_str(&format!("\n\n{}", people_table(people)));
    }
    text
}

/// The counts, by class and leavers.
pub(crate) fn numbers(preview: &Preview) -> Table {
    let mut table = Table::new(&[Head::Text(""), Head::Number("")]);
    let rows = [
        ("new", preview.new),
        ("changed", preview.changed),
        ("again, not accepted before", preview.retry),
        ("unchanged", preview.unchanged),
        ("invalid", preview.invalid),
        ("duplicate", preview.duplicate),
        ("excluded", preview.excluded),
        ("= profiles in the segments", preview.source),
        ("leaving", preview.leaving),
        ("held", preview.held),
    ];
    for (word, value) in rows {
        table.row([word.to_owned(), number(value)]);
    }
    table
}

/// The lists that would be made, joined and left.
pub(crate) fn lists(preview: &Preview) -> Table {
    let mut table = Table::new(&[
        Head::Text("List"),
        Head::Text(""),
        Head::Number("On it now"),
        Head::Number("Joining"),
        Head::Number("Leaving"),
    ]);
    for list in &preview.lists {
        table.row([
            list.title.clone(),
            if list.exists { "exists" } else { "will be made" }.to_owned(),
            number(list.members),
            number(list.joining),
            number(list.leaving),
        ]);
    }
    table
}

fn people_table(people: &[PreviewPerson]) -> String {
    if people.is_empty() {
        return "Nobody is in that group.".to_owned();
    }
    let mut table = Table::new(&[
        Head::Text("Address"),
        Head::Text("CustomerId"),
        Head::Text("Why"),
        Head::Text("What changes"),
    ]);
    for person in people.iter().take(SHOWN) {
        table.row([
            person.email.clone(),
            person.customer_id.clone(),
            words::reason(&person.reason),
            changes(person),
        ]);
    }
    let rest = people.len().saturating_sub(SHOWN);
    if rest == 0 {
        return table.to_string();
    }
    format!("{table}\n… and {} more; --json prints all of them.", number(rest as u64))
}

fn changes(person: &PreviewPerson) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
    let changes: Vec<String> = person
        .changes
        .iter()
        .map(|change| format!("{}: {} → {}", change.field, value(&change.old), value(&change.new)))
        .collect();
    changes.join("; ")
}
