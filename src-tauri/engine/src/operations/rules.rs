//! Rules that may not be saved yet: whom they hold.

use arrow_array::cast::AsArray as _;
use arrow_array::{Array as _, RecordBatch, StringArray};
use futures::StreamExt as _;

use crate::error::{Error, Result};
use crate::model::{Address, AudienceKind, SegmentRule};
use crate::source::{Selection, Source};
use crate::{Engine, run};

/// Whom a rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleCount {
    /// Members.
    pub members: u64,
    /// Profiles in the audience.
    pub of: u64,
    /// Members with a valid address; `None` where no column was named.
    pub with_email: Option<u64>,
    /// Ids that its file names and no profile has; `None` where it names no ids.
    pub not_in_audience: Option<u64>,
}

/// The first members of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRows {
    /// Names of the columns; the key first.
    pub columns: Vec<String>,
    /// Rows of cells; `None` is blank.
    pub rows: Vec<Vec<Option<String>>>,
    /// Members in all.
    pub total: u64,
}

impl Engine {
    /// Counts whom a rule holds, and of those in whose `email` column there is a valid address.
    ///
    /// # Errors
    /// As for adding a segment; `bad_matching` for an unknown column.
    pub async fn count_rule(
        &self,
        audience: &str,
        rule: &SegmentRule,
        email: Option<&str>,
    ) -> Result<RuleCount> {
        let audience = self.audience(audience).await?;
        let source = self.audiences.open(&audience).await?;
        run::keep_survey(&self.store, &audience, source.as_ref()).await?;
        source.check(rule).await?;
        let rules = std::slice::from_ref(rule);
        let members = first(source.count(rules, self.clock.now()).await?.each)?;
        let not_in_audience = if rule.names_ids() {
            Some(first(source.named(rules).await?)?.saturating_sub(members))
        } else {
            None
        };
        let with_email = match email {
            Some(column) => Some(self.count_addresses(source.as_ref(), rule, column).await?),
            None => None,
        };
        Ok(RuleCount { members, of: source.survey().rows, with_email, not_in_audience })
    }

    async fn count_addresses(&self, source: &dyn Source, rule: &SegmentRule, column: &str) -> Result<u64> {
        run::check_column(source, column)?;
        let mut people = source.people(&self.selection(rule, vec![column.to_owned()])).await?;
        let (mut valid, mut key) = (0, String::new());
        while let Some(batch) = people.next().await {
            let batch = batch?;
            let cells = text(&batch, 1)?;
            valid +=
                cells.iter().flatten().filter(|cell| Address::parse_into(cell, &mut key).is_ok()).count();
        }
        Ok(valid as u64)
    }

    /// The first members of a rule with all their columns, at most so many.
    ///
    /// # Errors
    /// As for adding a segment.
    pub async fn rule_members(&self, audience: &str, rule: &SegmentRule, most: usize) -> Result<MemberRows> {
        let audience = self.audience(audience).await?;
        let source = self.audiences.open(&audience).await?;
        source.check(rule).await?;
        let total = first(source.count(std::slice::from_ref(rule), self.clock.now()).await?.each)?;
        let AudienceKind::Files(files) = &audience.kind;
        let mut columns: Vec<String> =
            source.survey().columns.iter().map(|column| column.name.clone()).collect();
        if let Some(place) = files.key.as_ref().and_then(|key| columns.iter().position(|name| name == key)) {
            columns.get_mut(..=place).into_iter().for_each(|head| head.rotate_right(1));
        }
        let rows = self.first_rows(source.as_ref(), rule, &columns, most).await?;
        Ok(MemberRows { columns, rows, total })
    }

    /// Cells of the first members, in the order of these columns. What comes after them is not read.
    pub(super) async fn first_rows(
        &self,
        source: &dyn Source,
        rule: &SegmentRule,
        columns: &[String],
        most: usize,
    ) -> Result<Vec<Vec<Option<String>>>> {
        let mut people = source.people(&self.selection(rule, columns.to_vec())).await?;
        let mut rows = Vec::with_capacity(most.min(1_000));
        while let Some(batch) = people.next().await {
            let batch = batch?;
            let texts = (1..=columns.len()).map(|at| text(&batch, at)).collect::<Result<Vec<_>>>()?;
            for row in 0..batch.num_rows() {
                if rows.len() == most {
                    return Ok(rows);
                }
                let cell = |text: &&StringArray| text.is_valid(row).then(|| text.value(row).to_owned());
                rows.push(texts.iter().map(cell).collect());
            }
        }
        Ok(rows)
    }

    fn selection(&self, rule: &SegmentRule, columns: Vec<String>) -> Selection {
        Selection { segments: vec![rule.clone()], columns, as_of: self.clock.now() }
    }
}

fn first(numbers: Vec<u64>) -> Result<u64> {
    numbers.into_iter().next().ok_or_else(|| Error::internal("a rule was not counted"))
}

fn text(batch: &RecordBatch, at: usize) -> Result<&StringArray> {
    batch.column(at).as_string_opt::<i32>().ok_or_else(|| Error::internal("a column is not text"))
}
