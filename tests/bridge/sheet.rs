//! Audiences from real files, read by the simplest reader that knows what a test asks for: a delimiter,
//! with or without a header, and conditions `true`, `COLUMN = 'TEXT'` and `COLUMN >= NUMBER`.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, RecordBatch, StringArray};
use async_trait::async_trait;
use futures::StreamExt as _;
use jiff::Timestamp;
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{Audience, AudienceKind, Column, ColumnType, Files, SegmentRule, Survey};
use segue_engine::source::{Audiences, Count, People, Selection, Source};

/// Files of cells without quotes.
pub(crate) struct Sheets;

impl Sheets {
    fn read(audience: &Audience) -> Result<Opened> {
        let AudienceKind::Files(Files { paths, no_header, delimiter, key, .. }) = &audience.kind;
        let path = paths.first().unwrap();
        let text = std::fs::read_to_string(path)
            .map_err(|error| Error::new(Code::BadFile, format!("{path} cannot be read: {error}.")))?;
        let cells = |line: &str| line.split(delimiter.unwrap_or(',')).map(str::to_owned).collect();
        let mut rows: Vec<Vec<String>> = text.lines().map(cells).collect();
        let columns: Vec<String> = match no_header {
            true => (1..=rows[0].len()).map(|nth| format!("Column {nth}")).collect(),
            false => rows.remove(0),
        };
        let found = |at: usize, name: &String| Column {
            name: name.clone(),
            kind: ColumnType::Text,
            filled: rows.iter().filter(|row| !row[at].is_empty()).count() as u64,
            samples: rows.iter().take(3).map(|row| row[at].clone()).collect(),
        };
        let survey = Survey {
            version: version(&text, &audience.kind),
            rows: rows.len() as u64,
            columns: columns.iter().enumerate().map(|(at, name)| found(at, name)).collect(),
            ..Survey::default()
        };
        let key = key.as_ref().and_then(|key| columns.iter().position(|name| name == key));
        Ok(Opened { key, columns, rows, survey: Arc::new(survey) })
    }
}

fn version(text: &str, kind: &AudienceKind) -> String {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    (text, format!("{kind:?}")).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

#[async_trait]
impl Audiences for Sheets {
    async fn open(&self, audience: &Audience) -> Result<Arc<dyn Source>> {
        Ok(Arc::new(Self::read(audience)?))
    }

    async fn versions(&self, audience: &Audience, rules: &[SegmentRule]) -> Vec<Option<String>> {
        let version = Self::read(audience).ok().map(|opened| opened.survey.version.clone());
        vec![version; rules.len()]
    }
}

struct Opened {
    key: Option<usize>,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    survey: Arc<Survey>,
}

impl Opened {
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

#[async_trait]
impl Source for Opened {
    fn survey(&self) -> &Arc<Survey> {
        &self.survey
    }

    async fn check(&self, rule: &SegmentRule) -> Result<()> {
        self.holds(rule, None).map(drop)
    }

    async fn people(&self, selection: &Selection) -> Result<People> {
        let flags = |row| selection.segments.iter().map(|rule| self.holds(rule, Some(row))).collect();
        let flags: Vec<Vec<bool>> = self.rows.iter().map(flags).collect::<Result<_>>()?;
        let kept: Vec<usize> = (0..flags.len()).filter(|at| flags[*at].contains(&true)).collect();
        let text = |column: usize| -> ArrayRef {
            let cells =
                kept.iter().map(|at| Some(self.rows[*at][column].as_str()).filter(|cell| !cell.is_empty()));
            Arc::new(cells.collect::<StringArray>())
        };
        let ids = match self.key {
            Some(key) => text(key),
            None => Arc::new(kept.iter().map(|at| Some((at + 1).to_string())).collect::<StringArray>()),
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
        let batch = RecordBatch::try_from_iter(arrays).map_err(Error::internal);
        Ok(futures::stream::iter([batch]).boxed())
    }

    async fn count(&self, segments: &[SegmentRule], _: Timestamp) -> Result<Count> {
        let mut count = Count { each: vec![0; segments.len()], any: 0 };
        for row in &self.rows {
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
