//! An audience in memory: rows of texts, and segments that are `COLUMN = 'VALUE'`, or everybody.

use std::sync::{Arc, Mutex};

use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray};
use async_trait::async_trait;
use futures::StreamExt as _;
use jiff::Timestamp;
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{Audience, Column, ColumnType, SegmentRule, Survey};
use segue_engine::source::{Audiences, Count, People, Selection, Source};

/// The columns of every row.
pub(crate) const COLUMNS: [&str; 5] = ["CustomerId", "Email", "FirstName", "LastName", "City"];

/// Rows that a test may change; the audience is read as it is then.
#[derive(Clone, Default)]
pub(crate) struct Customers {
    rows: Arc<Mutex<Arc<Vec<[String; 5]>>>>,
}

impl Customers {
    /// Customers 1 to `count`, every tenth in Umeå and the others in Stockholm.
    pub(crate) fn new(count: usize) -> Self {
        let rows = (1..=count).map(|n| {
            let city = if n % 10 == 0 { "Umeå" } else { "Stockholm" };
            [
                n.to_string(),
                format!("p{n}@example.com"),
                format!("First{n}"),
                format!("Last{n}"),
                city.to_owned(),
            ]
        });
        let customers = Self::default();
        customers.set(rows.collect());
        customers
    }

    pub(crate) fn set(&self, rows: Vec<[String; 5]>) {
        *self.rows.lock().unwrap() = Arc::new(rows);
    }

    /// Changes the rows.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Vec<[String; 5]>)) {
        let mut rows = Vec::clone(&self.now());
        change(&mut rows);
        self.set(rows);
    }

    fn now(&self) -> Arc<Vec<[String; 5]>> {
        Arc::clone(&self.rows.lock().unwrap())
    }
}

#[async_trait]
impl Audiences for Customers {
    async fn open(&self, _: &Audience) -> Result<Arc<dyn Source>> {
        let rows = self.now();
        let columns = COLUMNS.iter().enumerate().map(|(at, name)| Column {
            name: (*name).to_owned(),
            kind: ColumnType::Text,
            filled: rows.len() as u64,
            samples: rows.iter().take(3).map(|row| row[at].clone()).collect(),
        });
        let survey = Survey {
            version: version(&rows),
            rows: rows.len() as u64,
            columns: columns.collect(),
            ..Survey::default()
        };
        Ok(Arc::new(Opened { rows, survey: Arc::new(survey) }))
    }

    async fn versions(&self, _: &Audience, rules: &[SegmentRule]) -> Vec<Option<String>> {
        vec![Some(version(&self.now())); rules.len()]
    }
}

/// Other rows, another version.
fn version(rows: &[[String; 5]]) -> String {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    rows.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

struct Opened {
    rows: Arc<Vec<[String; 5]>>,
    survey: Arc<Survey>,
}

impl Opened {
    fn holds(rule: &SegmentRule, row: &[String; 5]) -> Result<bool> {
        let wrong = || Error::new(Code::BadPredicate, "A test knows only COLUMN = 'VALUE'.");
        let SegmentRule::Where { predicate } = rule else { return Err(wrong()) };
        if predicate == "true" {
            return Ok(true);
        }
        let (column, value) = predicate.split_once(" = ").ok_or_else(wrong)?;
        let at = COLUMNS.iter().position(|name| *name == column).ok_or_else(wrong)?;
        Ok(row[at] == value.trim_matches('\''))
    }
}

#[async_trait]
impl Source for Opened {
    fn survey(&self) -> &Arc<Survey> {
        &self.survey
    }

    async fn check(&self, rule: &SegmentRule) -> Result<()> {
        Self::holds(rule, &std::array::from_fn(|_| String::new())).map(drop)
    }

    async fn people(&self, selection: &Selection) -> Result<People> {
        let mut batches = Vec::new();
        for rows in self.rows.chunks(8_192) {
            let flags: Vec<Vec<bool>> = rows
                .iter()
                .map(|row| selection.segments.iter().map(|rule| Self::holds(rule, row)).collect())
                .collect::<Result<_>>()?;
            let kept: Vec<usize> = (0..rows.len()).filter(|at| flags[*at].contains(&true)).collect();
            let text = |column: usize| -> ArrayRef {
                let cells =
                    kept.iter().map(|at| Some(rows[*at][column].as_str()).filter(|cell| !cell.is_empty()));
                Arc::new(cells.collect::<StringArray>())
            };
            let mut arrays: Vec<(String, ArrayRef)> = vec![("CustomerId".to_owned(), text(0))];
            for (nth, name) in selection.columns.iter().enumerate() {
                let at = COLUMNS.iter().position(|known| known == name).unwrap();
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
                if Self::holds(rule, row)? {
                    *each += 1;
                    any = true;
                }
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
