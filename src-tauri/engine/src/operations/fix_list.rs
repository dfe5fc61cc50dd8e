//! Fix list: the people of a run with the columns of their source, so that they can be mended in a
//! spreadsheet and read in again (product.md page 5).

use std::path::Path;

use serde_json::{Map, Value};

use crate::download::Download;
use crate::error::Result;
use crate::model::{Outcome, Person, Target};
use crate::run::plan::Columns;
use crate::suggest::mended_address;

/// What the key column is called where the source has none.
const KEY: &str = "CustomerId";

/// The people of a run as rows of their source.
#[derive(Debug, Clone)]
pub struct FixList {
    /// Columns of the source that the export read: the key first, then the address.
    pub columns: Vec<String>,
    /// The people.
    pub rows: Vec<FixRow>,
    /// For each column behind the address, where its cells come from.
    origins: Vec<Origin>,
}

/// A person in a fix list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixRow {
    /// A cell for each column. Of those who were to be sent it is the value as it was sent, of invalid
    /// people the cell as it stands; blank where it is not kept.
    pub cells: Vec<String>,
    /// What became of them.
    pub person: Person,
    /// The address as it may have been meant.
    pub suggestion: Option<String>,
}

#[derive(Debug, Clone)]
enum Origin {
    /// The first of these fields that has a value.
    Fields(Vec<String>),
    /// Everybody who got past the consent condition has its value.
    Consent(String),
}

impl FixList {
    pub(super) fn new(read: Columns) -> Self {
        let Columns { key, matching, only_if } = read;
        let email = matching.iter().find(|matched| matched.target.is_email());
        let email = email.map_or(Target::EMAIL, |matched| &matched.column).to_owned();
        let mut columns = vec![key.unwrap_or_else(|| KEY.to_owned()), email];
        let mut origins: Vec<Origin> = Vec::new();
        for matched in matching {
            let target = matched.target.to_string();
            match columns.iter().position(|known| *known == matched.column) {
                None => {
                    columns.push(matched.column);
                    origins.push(Origin::Fields(vec![target]));
                }
                Some(place) => {
                    if let Some(Origin::Fields(targets)) =
                        place.checked_sub(2).and_then(|at| origins.get_mut(at))
                    {
                        targets.push(target);
                    }
                }
            }
        }
        if let Some(only_if) = only_if
            && !columns.contains(&only_if.column)
        {
            columns.push(only_if.column);
            origins.push(Origin::Consent(only_if.value));
        }
        Self { columns, rows: Vec::new(), origins }
    }

    /// Writes the list to a CSV file, a row a person: the columns of the source, then what became of them,
    /// and the address as it may have been meant. `words` says a reason.
    ///
    /// # Errors
    /// `bad_file` where another file is there, or none can be written.
    pub fn write(&self, file: &Path, words: impl Fn(&str) -> String) -> Result<()> {
        let ours = ["outcome", "reason", "answer", "suggestion"].map(|name| free_name(name, &self.columns));
        let header = self.columns.iter().chain(&ours);
        let mut out = Download::create(file, header.map(String::as_str))?;
        for row in &self.rows {
            let reason = words(&row.person.reason);
            let suggestion = row.suggestion.as_deref().unwrap_or_default();
            let ours = [row.person.outcome.word(), &reason, &row.person.answer, suggestion];
            out.row(row.cells.iter().map(String::as_str).chain(ours))?;
        }
        out.finish()
    }

    pub(super) fn add(&mut self, person: Person, values: Option<&str>) {
        let values: Map<String, Value> =
            values.and_then(|values| serde_json::from_str(values).ok()).unwrap_or_default();
        let agreed = !matches!(
            person.outcome,
            Outcome::Excluded
                | Outcome::LeaverRemoved
                | Outcome::LeaverKept
                | Outcome::LeaverHeld
                | Outcome::LeaverFailed
        );
        let mut cells = vec![person.customer_id.clone(), person.email.clone()];
        cells.extend(self.origins.iter().map(|origin| match origin {
            Origin::Fields(targets) => {
                targets.iter().find_map(|target| values.get(target)).map(cell).unwrap_or_default()
            }
            Origin::Consent(value) if agreed => value.clone(),
            Origin::Consent(_) => String::new(),
        }));
        let suggestion = mended_address(&person.email);
        self.rows.push(FixRow { cells, person, suggestion });
    }
}

/// The name, or one like it, where a column of the source has that.
fn free_name(name: &str, taken: &[String]) -> String {
    let mut free = name.to_owned();
    while taken.iter().any(|column| column.eq_ignore_ascii_case(&free)) {
        free.push('_');
    }
    free
}

/// A value as a cell: text as it is, a number as it is written; nothing for one that is cleared or was
/// dropped.
fn cell(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Match, OnlyIf};

    use super::*;

    fn columns(key: Option<&str>, matching: &[(&str, &str)], only_if: Option<&str>) -> Columns {
        Columns {
            key: key.map(str::to_owned),
            matching: matching
                .iter()
                .map(|(target, column)| Match {
                    target: Target::from((*target).to_owned()),
                    column: (*column).to_owned(),
                    blank: Default::default(),
                    unfit: Default::default(),
                })
                .collect(),
            only_if: only_if.map(|column| OnlyIf { column: column.to_owned(), value: "ja".to_owned() }),
        }
    }

    fn person(outcome: Outcome, email: &str) -> Person {
        Person {
            email: email.to_owned(),
            customer_id: "7".to_owned(),
            outcome,
            reason: String::new(),
            answer: String::new(),
        }
    }

    #[test]
    fn the_columns_are_those_of_the_source_each_once() {
        let read = columns(
            Some("Nr"),
            &[("Email", "E-post"), ("FirstName", "Namn"), ("custom:Alias", "Namn"), ("custom:Key", "Nr")],
            Some("Samtycke"),
        );
        let mut list = FixList::new(read);
        assert_eq!(list.columns, ["Nr", "E-post", "Namn", "Samtycke"]);
        list.add(person(Outcome::Invalid, "a@gamil.com"), Some(r#"{"custom:Alias":"Åsa","custom:Key":"7"}"#));
        list.add(person(Outcome::Excluded, "b@example.com"), None);
        list.add(
            person(Outcome::Created, "c@example.com"),
            Some(r#"{"FirstName":null,"custom:Alias":1.50}"#),
        );
        let cells: Vec<Vec<&str>> =
            list.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect();
        assert_eq!(cells[0], ["7", "a@gamil.com", "Åsa", "ja"]);
        assert_eq!(cells[1], ["7", "b@example.com", "", ""], "whoever did not say yes has no yes");
        assert_eq!(cells[2], ["7", "c@example.com", "", "ja"], "a cleared field is blank");
        assert_eq!(list.rows[0].suggestion.as_deref(), Some("a@gmail.com"));
        assert_eq!(list.rows[1].suggestion, None);
    }

    #[test]
    fn a_name_that_the_source_has_is_not_taken() {
        let taken = ["Reason".to_owned(), "reason_".to_owned()];
        assert_eq!(free_name("reason", &taken), "reason__");
        assert_eq!(free_name("answer", &taken), "answer");
    }

    #[test]
    fn without_a_key_column_the_place_goes_by_the_usual_name() {
        let list = FixList::new(columns(None, &[("Email", "mail")], Some("mail")));
        assert_eq!(list.columns, ["CustomerId", "mail"]);
    }
}
