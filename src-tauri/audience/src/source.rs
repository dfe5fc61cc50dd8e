//! An audience of files, opened.

use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::logical_expr::Expr;
use futures::TryStreamExt;
use jiff::Timestamp;
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{SegmentRule, Survey};
use segue_engine::source::{Count, People, Selection, Source};

use crate::layout::Layout;
use crate::predicate;
use crate::query::{Question, Session};
use crate::read::Table;
use crate::rule;
use crate::settings::Settings;
use crate::words::{name, names};

/// Files as they were when they were opened.
pub(crate) struct FileSource {
    survey: Arc<Survey>,
    table: Arc<Table>,
    session: Arc<Session>,
}

impl FileSource {
    pub(crate) fn new(
        survey: Survey,
        layout: Layout,
        settings: &Arc<Settings>,
        session: Arc<Session>,
    ) -> Self {
        let table = Table::new(&survey, Arc::new(layout), Arc::clone(settings));
        Self { survey: Arc::new(survey), table: Arc::new(table), session }
    }

    fn compile(&self, segments: &[SegmentRule], as_of: Timestamp) -> Result<Vec<Expr>> {
        let columns = &self.survey.columns;
        segments
            .iter()
            .map(|segment| match segment {
                SegmentRule::Where { predicate } => predicate::compile(predicate, columns, as_of),
                SegmentRule::Json { rule } => rule::compile(rule, columns, as_of),
            })
            .collect()
    }

    fn column(&self, column: &str) -> Result<usize> {
        let columns = &self.survey.columns;
        columns.iter().position(|known| known.name == column).ok_or_else(|| {
            Error::new(Code::BadMatching, format!("There is no column {}.", name(column)))
                .help(format!("The columns are {}.", names(columns.iter().map(|known| known.name.as_str()))))
        })
    }
}

#[async_trait]
impl Source for FileSource {
    fn survey(&self) -> &Arc<Survey> {
        &self.survey
    }

    async fn check(&self, rule: &SegmentRule) -> Result<()> {
        let flags = self.compile(std::slice::from_ref(rule), Timestamp::UNIX_EPOCH)?;
        let question = Question { key: None, columns: Vec::new(), flags };
        self.session.plan(&self.table, &question).await.map(drop)
    }

    async fn people(&self, selection: &Selection) -> Result<People> {
        let flags = self.compile(&selection.segments, selection.as_of)?;
        let columns = selection.columns.iter().map(|column| self.column(column)).collect::<Result<_>>()?;
        let question = Question { key: Some(self.table.key_field()), columns, flags };
        let plan = self.session.plan(&self.table, &question).await?;
        let titles = std::iter::once("CustomerId").chain(selection.columns.iter().map(String::as_str));
        self.session.run(plan, titles, selection.segments.len())
    }

    async fn count(&self, segments: &[SegmentRule], as_of: Timestamp) -> Result<Count> {
        let question = Question { key: None, columns: Vec::new(), flags: self.compile(segments, as_of)? };
        let plan = self.session.plan(&self.table, &question).await?;
        let batches = self.session.run(plan, std::iter::empty(), segments.len())?;
        let none = Count { each: vec![0; segments.len()], any: 0 };
        batches.try_fold(none, |count, batch| async move { Ok(add(count, &batch)) }).await
    }
}

/// Adds the members of a batch, which holds one flag a segment and only rows with at least one.
fn add(mut count: Count, batch: &RecordBatch) -> Count {
    count.any += batch.num_rows() as u64;
    for (sum, column) in count.each.iter_mut().zip(batch.columns()) {
        *sum += column.as_boolean_opt().map_or(0, |flags| flags.true_count() as u64);
    }
    count
}
