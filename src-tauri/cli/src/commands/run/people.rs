//! The people of a run: a table, or a CSV file that a spreadsheet opens without harm.

use std::path::Path;

use clap::ValueEnum;
use csv::{Terminator, WriterBuilder};
use segue_engine::error::{Code, Error, Result};
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
pub(super) fn written(file: &Path, rows: usize) -> String {
    format!("{} in {}.", count(rows as u64, "person is", "people are"), file.display())
}

/// Writes RFC 4180, readable by its owner only, under a temporary name first: the file is whole or
/// not there.
pub(super) fn write(file: &Path, people: &[Person]) -> Result<()> {
    let bad = |error: &dyn std::fmt::Display| {
        Error::new(Code::BadFile, format!("{} cannot be written: {error}.", file.display()))
    };
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let temporary =
        tempfile::Builder::new().prefix(".segue-").tempfile_in(folder).map_err(|error| bad(&error))?;
    let mut csv = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(&temporary);
    csv.write_record(["email", "customer_id", "outcome", "reason", "answer"]).map_err(|error| bad(&error))?;
    for person in people {
        csv.write_record([
            safe(&person.email),
            safe(&person.customer_id),
            person.outcome.word().to_owned(),
            safe(&words::reason(&person.reason)),
            safe(&person.answer),
        ])
        .map_err(|error| bad(&error))?;
    }
    csv.flush().map_err(|error| bad(&error))?;
    drop(csv);
    temporary.as_file().sync_all().map_err(|error| bad(&error))?;
    temporary.persist(file).map_err(|error| bad(&error.error))?;
    Ok(())
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe before it.
fn safe(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_disarmed_and_a_quote_doubled() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("people.csv");
        let person = Person {
            email: "=HYPERLINK(\"x\")@example.com".into(),
            customer_id: "+46".into(),
            outcome: Outcome::Invalid,
            reason: "opted_out".into(),
            answer: "a, b".into(),
        };
        write(&file, &[person]).unwrap();
        assert_eq!(
            std::fs::read_to_string(&file).unwrap(),
            "email,customer_id,outcome,reason,answer\r\n\"'=HYPERLINK(\"\"x\"\")@example.com\",'+46,invalid,opted out in the account,\"a, b\"\r\n"
        );
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn every_outcome_can_be_asked_for() {
        let words: Vec<_> = Class::value_variants().iter().map(|class| class.0.word()).collect();
        assert_eq!(words, Outcome::ALL.map(Outcome::word), "the words of the JSON");
    }
}
