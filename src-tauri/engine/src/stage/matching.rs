//! Match: columns to fields. Each row of the source becomes a person with the JSON of their values,
//! or is left out with a reason (product.md rules 1 and 2).

use std::collections::HashSet;

use arrow_array::cast::AsArray;
use arrow_array::{Array, BooleanArray, RecordBatch, StringArray};

use crate::error::{Error, Result};
use crate::model::{AccountField, Address, Blank, Outcome, SegmentSet, Unfit};

use super::{Digest, Fingerprints, People, PersonView};

/// The most characters that are kept of a cell of somebody who cannot be sent: more than any field takes.
const CELL_KEPT: usize = 5_000;

/// One mapped field beside the address.
#[derive(Debug, Clone)]
pub struct FieldPlan {
    /// The target, as `--match` writes it: the key in the JSON of values.
    pub target: String,
    /// Place of its column among the selected columns.
    pub column: usize,
    /// The field of the account.
    pub field: AccountField,
    /// What a blank cell does.
    pub blank: Blank,
    /// What a value that does not fit does.
    pub unfit: Unfit,
    /// The JSON that clears the field.
    pub clear: &'static str,
}

/// The consent condition.
#[derive(Debug, Clone)]
pub struct OnlyIfPlan {
    /// Place of its column among the selected columns.
    pub column: usize,
    /// The wanted value.
    pub value: String,
}

/// Matches rows to people.
pub struct Matcher<V> {
    email: usize,
    fields: Vec<(FieldPlan, String)>,
    only_if: Option<OnlyIfPlan>,
    columns: usize,
    segments: usize,
    fingerprints: Fingerprints,
    forgotten: HashSet<Digest>,
    value: V,
    key: String,
    json: String,
    cells: String,
}

impl<V> Matcher<V>
where
    V: Fn(&str, &AccountField, &mut String) -> std::result::Result<(), &'static str>,
{
    /// A matcher for batches of `columns` selected columns and `segments` flags. `value` appends the
    /// JSON of a cell, or says by a reason code why it does not fit.
    pub fn new(
        email: usize,
        mut fields: Vec<FieldPlan>,
        only_if: Option<OnlyIfPlan>,
        columns: usize,
        segments: usize,
        fingerprints: Fingerprints,
        value: V,
    ) -> Self {
        // One order whatever the mapping's: the same values give the same JSON and fingerprint.
        fields.sort_by(|a, b| a.target.cmp(&b.target));
        let fields = fields
            .into_iter()
            .map(|field| {
                let key = serde_json::Value::from(field.target.as_str()).to_string();
                (field, key)
            })
            .collect();
        Self {
            email,
            fields,
            only_if,
            columns,
            segments,
            fingerprints,
            forgotten: HashSet::new(),
            value,
            key: String::new(),
            json: String::new(),
            cells: String::new(),
        }
    }

    /// The same, which excludes the addresses with these fingerprints for good.
    #[must_use]
    pub fn without(self, forgotten: HashSet<Digest>) -> Self {
        Self { forgotten, ..self }
    }

    /// Matches all rows of a batch into `people`.
    ///
    /// # Errors
    /// `internal` if the batch is not as [`crate::source::People`] says.
    pub fn add(&mut self, batch: &RecordBatch, people: &mut People) -> Result<()> {
        if batch.num_columns() != 1 + self.columns + self.segments {
            return Err(Error::internal("a batch of the audience has another shape than was asked for"));
        }
        let text = |at: usize| -> Result<&StringArray> {
            batch
                .column(at)
                .as_string_opt::<i32>()
                .ok_or_else(|| Error::internal("a column of the audience is not text"))
        };
        let customers = text(0)?;
        let columns = (1..=self.columns).map(text).collect::<Result<Vec<_>>>()?;
        let flags = (1 + self.columns..batch.num_columns())
            .map(|at| {
                batch
                    .column(at)
                    .as_boolean_opt()
                    .ok_or_else(|| Error::internal("a segment flag of the audience is not boolean"))
            })
            .collect::<Result<Vec<_>>>()?;
        for row in 0..batch.num_rows() {
            self.add_row(row, customers.value(row), &columns, &flags, people);
        }
        Ok(())
    }

    fn add_row(
        &mut self,
        row: usize,
        customer_id: &str,
        columns: &[&StringArray],
        flags: &[&BooleanArray],
        people: &mut People,
    ) {
        let raw = cell(columns, self.email, row);
        if self.is_forgotten(raw) {
            // Before all else: nothing of them is kept, not even why they would not have gone.
            people.leave_out("", "", "", Outcome::Excluded, "forgotten");
            return;
        }
        if let Some(only_if) = &self.only_if {
            let said = cell(columns, only_if.column, row).trim();
            if said.to_lowercase() != only_if.value.trim().to_lowercase() {
                people.leave_out(customer_id, kept(raw.trim()), "", Outcome::Excluded, "no_consent");
                return;
            }
        }
        self.key.clear();
        let email = match Address::parse_into(raw, &mut self.key) {
            Ok(email) => email,
            Err(problem) => {
                self.keep_cells(row, columns, people);
                let raw = kept(raw.trim());
                people.leave_out(customer_id, raw, &self.cells, Outcome::Invalid, problem.code());
                return;
            }
        };
        let address_key = self.fingerprints.of(&self.key);
        self.json.clear();
        self.json.push('{');
        for (field, key) in &self.fields {
            let before = self.json.len();
            let cell = cell(columns, field.column, row).trim();
            let blank = cell.is_empty();
            if blank && field.blank == Blank::Skip {
                continue;
            }
            if before > 1 {
                self.json.push(',');
            }
            self.json.push_str(key);
            self.json.push(':');
            if blank {
                self.json.push_str(field.clear);
            } else if let Err(reason) = (self.value)(cell, &field.field, &mut self.json) {
                self.json.truncate(before);
                if field.unfit == Unfit::Invalid {
                    let reason = format!("{reason}:{}", field.target);
                    self.keep_cells(row, columns, people);
                    people.leave_out(customer_id, email, &self.cells, Outcome::Invalid, &reason);
                    return;
                }
            }
        }
        self.json.push('}');
        let mut segments = SegmentSet::default();
        for (place, flag) in flags.iter().enumerate() {
            if flag.value(row) {
                segments.insert(place);
            }
        }
        people.add(PersonView { customer_id, email, fields: &self.json, address_key, segments });
    }
}

impl<V> Matcher<V> {
    /// What stands in the mapped cells of a row that cannot be sent, for its line in the fix list.
    fn keep_cells(&mut self, row: usize, columns: &[&StringArray], people: &People) {
        self.cells.clear();
        if !people.keeps_left_out() {
            return;
        }
        self.cells.push('{');
        for (field, key) in &self.fields {
            let cell = kept(cell(columns, field.column, row).trim());
            if cell.is_empty() {
                continue;
            }
            if self.cells.len() > 1 {
                self.cells.push(',');
            }
            self.cells.push_str(key);
            self.cells.push(':');
            self.cells.push_str(&serde_json::Value::from(cell).to_string());
        }
        self.cells.push('}');
    }

    /// Whether the cell names somebody who is forgotten, be it beside others.
    fn is_forgotten(&mut self, raw: &str) -> bool {
        if self.forgotten.is_empty() {
            return false;
        }
        let Self { key, forgotten, fingerprints, .. } = self;
        let mut known = |text: &str| {
            key.clear();
            Address::parse_into(text, key).ok().map(|_| forgotten.contains(&fingerprints.of(key)))
        };
        known(raw).unwrap_or_else(|| Address::parts(raw).any(|part| known(part) == Some(true)))
    }
}

/// The beginning of a cell, as much as is kept of one that cannot be sent.
fn kept(cell: &str) -> &str {
    cell.char_indices().nth(CELL_KEPT).and_then(|(end, _)| cell.get(..end)).unwrap_or(cell)
}

fn cell<'a>(columns: &[&'a StringArray], at: usize, row: usize) -> &'a str {
    match columns.get(at) {
        Some(column) if !column.is_null(row) => column.value(row),
        _ => "",
    }
}
