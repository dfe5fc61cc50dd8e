//! A table in memory, as a source: rows of texts, and conditions `true`, `COLUMN = 'TEXT'` and
//! `COLUMN >= NUMBER`.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray};
use async_trait::async_trait;
use futures::StreamExt as _;
use jiff::Timestamp;
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{Column, ColumnType, SegmentRule, Survey};
use segue_engine::source::{Count, People, Selection, Source};

/// Rows of a batch.
const BATCH: usize = 8_192;

/// Rows as they were when they were opened.
pub(crate) struct Table {
    key: Option<usize>,
    columns: Vec<String>,
    rows: Arc<Vec<Vec<String>>>,
    survey: Arc<Survey>,
}

impl Table {
    /// These rows under these names; `key` is the place of the key, `None`: the row's place.
    pub(crate) fn new(
        columns: Vec<String>,
        key: Option<usize>,
        rows: Arc<Vec<Vec<String>>>,
        version: String,
    ) -> Self {
        let found = |at: usize, name: &String| Column {
            name: name.clone(),
            kind: ColumnType::Text,
            filled: rows.iter().filter(|row| !row[at].is_empty()).count() as u64,
            samples: rows.iter().take(3).map(|row| row[at].clone()).collect(),
        };
        let survey = Survey {
            version,
            rows: rows.len() as u64,
            columns: columns.iter().enumerate().map(|(at, name)| found(at, name)).collect(),
            ..Survey::default()
        };
        Self { key, columns, rows, survey: Arc::new(survey) }
    }

    fn holds(&self, rule: &SegmentRule, row: Option<&Vec<String>>) -> Result<bool> {
        let wrong = || Error::new(Code::BadPredicate, "The condition cannot be used.");
        let SegmentRule::Where { predicate } = rule else { return Err(wrong()) };
        if predicate == "true" {
            return Ok(true);
        }
        let mut words = predicate.splitn(3, ' ');
        let (Some(column), Some(operator), Some(value)) = (words.next(), words.next(), words.next()) else {
            return Err(wrong());
        };
        let at = self.columns.iter().position(|name| name == column).ok_or_else(wrong)?;
        let Some(row) = row else { return Ok(false) };
        match operator {
            "=" => Ok(row[at] == value.trim_matches('\'')),
            ">=" => Ok(row[at].parse::<u64>().unwrap_or(0) >= value.parse().map_err(|_| wrong())?),
            _ => Err(wrong()),
        }
    }
}

/// Other contents, another version.
pub(crate) fn version(contents: &impl std::hash::Hash) -> String {
    use std::hash::{DefaultHasher, Hasher as _};
    let mut hasher = DefaultHasher::new();
    contents.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

#[async_trait]
impl Source for Table {
    fn survey(&self) -> &Arc<Survey> {
        &self.survey
    }

    async fn check(&self, rule: &SegmentRule) -> Result<()> {
        self.holds(rule, None).map(drop)
    }

    async fn people(&self, selection: &Selection) -> Result<People> {
        let mut batches = Vec::new();
        for (part, rows) in self.rows.chunks(BATCH).enumerate() {
            let flags = |row| selection.segments.iter().map(|rule| self.holds(rule, Some(row))).collect();
            let flags: Vec<Vec<bool>> = rows.iter().map(flags).collect::<Result<_>>()?;
            let kept: Vec<usize> = (0..rows.len()).filter(|at| flags[*at].contains(&true)).collect();
            let text = |column: usize| -> ArrayRef {
                let cells =
                    kept.iter().map(|at| Some(rows[*at][column].as_str()).filter(|cell| !cell.is_empty()));
                Arc::new(cells.collect::<StringArray>())
            };
            let place = |at: &usize| Some((part * BATCH + at + 1).to_string());
            let ids = match self.key {
                Some(key) => text(key),
                None => Arc::new(kept.iter().map(place).collect::<StringArray>()),
            };
            let mut arrays: Vec<(String, ArrayRef)> = vec![("CustomerId".to_owned(), ids)];
            for (nth, name) in selection.columns.iter().enumerate() {
                let at = self.columns.iter().position(|known| known == name).unwrap();
                arrays.push((format!("c{nth}"), text(at)));
            }
            for (nth, _) in selection.segments.iter().enumerate() {
                let held: BooleanArray = kept.iter().map(|at| Some(flags[*at][nth])).collect();
                arrays.push((format!("s{nth}"), Arc::new(held)));
            }
            batches.push(RecordBatch::try_from_iter(arrays).map_err(Error::internal));
        }
        Ok(futures::stream::iter(batches).boxed())
    }

    async fn count(&self, segments: &[SegmentRule], _: Timestamp) -> Result<Count> {
        let mut count = Count { each: vec![0; segments.len()], any: 0 };
        for row in self.rows.iter() {
            let mut any = false;
            for (each, rule) in count.each.iter_mut().zip(segments) {
                let held = self.holds(rule, Some(row))?;
                *each += u64::from(held);
                any |= held;
            }
            count.any += u64::from(any);
        }
        Ok(count)
    }

    async fn named(&self, segments: &[SegmentRule]) -> Result<Vec<u64>> {
        Ok(vec![0; segments.len()])
    }

    fn reckons_from_now(&self, _: &SegmentRule) -> Result<bool> {
        Ok(false)
    }

    async fn version(&self, _: &[SegmentRule]) -> Result<String> {
        Ok(self.survey.version.clone())
    }
}
