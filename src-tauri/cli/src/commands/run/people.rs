//! The people of a run: a table, or a CSV file.

use std::path::Path;

use clap::ValueEnum;
use segue_engine::FixList;
use segue_engine::error::Result;
use segue_engine::model::{Outcome, Person};

use crate::table::{Head, Table, count, number};
use crate::words;

/// People shown in a table; a file and programs get all of them.
const SHOWN: usize = 200;

/// A class of people, as `--outcome` takes it: the words of the JSON.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Class(Outcome);

impl ValueEnum for Class {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [Class; 12] = {
            let mut all = [Class(Outcome::Created); 12];
            let mut place = 0;
            while place < all.len() {
                all[place] = Class(Outcome::ALL[place]);
                place += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.word()))
    }
}

impl From<Class> for Outcome {
    fn from(class: Class) -> Self {
        class.0
    }
}

/// The people for people.
pub(super) fn table(people: &[Person]) -> String {
    if people.is_empty() {
        return "Nobody.".to_owned();
    }
    let mut table = Table::new(&[
        Head::Text("Address"),
        Head::Text("CustomerId"),
        Head::Text("Outcome"),
        Head::Text("Why"),
        Head::Text("The account's answer"),
    ]);
    for person in people.iter().take(SHOWN) {
        table.row([
            person.email.clone(),
            person.customer_id.clone(),
            words::outcome(person.outcome).to_owned(),
            words::reason(&person.reason),
            person.answer.clone(),
        ]);
    }
    let rest = people.len().saturating_sub(SHOWN);
    if rest == 0 {
        return table.to_string();
    }
    format!("{table}\n… and {} more; --csv FILE writes all of them.", number(rest as u64))
}

/// After writing.
pub(super) fn written(file: &Path, rows: u64) -> String {
    format!("{} in {}.", count(rows, "person is", "people are"), file.display())
}

/// Writes the fix list to a CSV file, with reasons in words.
pub(super) fn write(file: &Path, list: &FixList) -> Result<()> {
    list.write(file, words::reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_can_be_asked_for() {
        let words: Vec<_> = Class::value_variants().iter().map(|class| class.0.word()).collect();
        assert_eq!(words, Outcome::ALL.map(Outcome::word), "the words of the JSON");
    }
}
