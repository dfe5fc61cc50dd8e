//! A file of members as `DataFusion` sees it: each row's id, and a flag for each segment asked for. Ids
//! may stand there more than once.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, RecordBatch};
use datafusion::arrow::compute::filter_record_batch;
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::logical_expr::{Expr, TableType};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::streaming::{PartitionStream, StreamingTableExec};
use futures::StreamExt;
use segue_engine::model::ColumnType;

use super::columns::Wanted;
use super::partition::Partition;
use super::table::text_field;
use crate::layout::Layout;
use crate::memberships::names_in;
use crate::query::PARTITIONS;
use crate::settings::Settings;

/// The name of the column with the ids.
pub(crate) const ID: &str = "id";

/// The name of the flag of the segment at this place.
pub(crate) fn member_field(place: usize) -> String {
    format!("m{place}")
}

/// Whom a row of the file makes a member of what.
#[derive(Debug)]
pub(crate) enum Named {
    /// Of the only segment.
    All,
    /// Of the segments whose names stand in this column, one or a JSON list: each that was asked for
    /// has a place.
    By { column: usize, list: bool, places: HashMap<String, usize> },
}

impl Named {
    /// Segments asked for.
    fn segments(&self) -> usize {
        match self {
            Self::All => 1,
            Self::By { places, .. } => places.len(),
        }
    }

    /// Who is named in a batch of the columns that are read, with their flags; only those who have one.
    fn members(&self, batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch> {
        let (ids, rows) = (Arc::clone(batch.column(0)), batch.num_rows());
        let Self::By { list, places, .. } = self else {
            let all: ArrayRef = Arc::new(BooleanArray::from(vec![true; rows]));
            return Ok(RecordBatch::try_new(Arc::clone(schema), vec![ids, all])?);
        };
        let cells = batch.column(1).as_string::<i32>();
        let mut flags = vec![vec![false; rows]; places.len()];
        let mut any = vec![false; rows];
        for (row, any) in any.iter_mut().enumerate().filter(|(row, _)| !cells.is_null(*row)) {
            // What is wrong with a name was found when the file was surveyed.
            for name in names_in(cells.value(row), *list).unwrap_or_default() {
                let flags = places.get(&name).and_then(|place| flags.get_mut(*place));
                if let Some(flag) = flags.and_then(|flags| flags.get_mut(row)) {
                    (*flag, *any) = (true, true);
                }
            }
        }
        let flags = flags.into_iter().map(|flags| Arc::new(BooleanArray::from(flags)) as ArrayRef);
        let named = RecordBatch::try_new(Arc::clone(schema), std::iter::once(ids).chain(flags).collect())?;
        Ok(filter_record_batch(&named, &BooleanArray::from(any))?)
    }
}

/// The rows of one file.
#[derive(Debug)]
pub(crate) struct Members {
    layout: Arc<Layout>,
    settings: Arc<Settings>,
    wanted: Arc<[Wanted]>,
    named: Arc<Named>,
    /// Of the columns that are read, and of what is made of them.
    read: SchemaRef,
    schema: SchemaRef,
}

impl Members {
    /// The ids of `layout`'s column `id`.
    pub(crate) fn new(layout: Arc<Layout>, id: usize, named: Named, settings: Arc<Settings>) -> Self {
        let text = |column| Wanted::Cell { column, kind: ColumnType::Text };
        let columns = match &named {
            Named::All => vec![id],
            Named::By { column, .. } => vec![id, *column],
        };
        let read = columns.iter().map(|column| Field::new(text_field(*column), DataType::Utf8, true));
        let flags =
            (0..named.segments()).map(|place| Field::new(member_field(place), DataType::Boolean, false));
        let fields = std::iter::once(Field::new(ID, DataType::Utf8, true)).chain(flags);
        Self {
            read: Arc::new(Schema::new(read.collect::<Vec<_>>())),
            schema: Arc::new(Schema::new(fields.collect::<Vec<_>>())),
            wanted: columns.iter().copied().map(text).collect(),
            named: Arc::new(named),
            layout,
            settings,
        }
    }
}

#[async_trait]
impl TableProvider for Members {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        _: &dyn Session,
        projection: Option<&Vec<usize>>,
        _: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let most = self.settings.threads.min(PARTITIONS);
        let shares = Partition::shares(&self.layout, &self.settings, &self.read, &self.wanted, most);
        let partitions = shares.map(|rows| {
            let (named, schema) = (Arc::clone(&self.named), Arc::clone(&self.schema));
            Arc::new(Share { rows, named, schema }) as Arc<dyn PartitionStream>
        });
        let schema = Arc::clone(&self.schema);
        let plan = StreamingTableExec::try_new(schema, partitions.collect(), projection, None, false, limit)?;
        Ok(Arc::new(plan))
    }
}

/// A share of the file's rows.
struct Share {
    rows: Partition,
    named: Arc<Named>,
    schema: SchemaRef,
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Share").finish_non_exhaustive()
    }
}

impl PartitionStream for Share {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, context: Arc<TaskContext>) -> SendableRecordBatchStream {
        let (named, schema) = (Arc::clone(&self.named), Arc::clone(&self.schema));
        let batches = self.rows.execute(context).map(move |batch| named.members(&batch?, &schema));
        Box::pin(RecordBatchStreamAdapter::new(Arc::clone(&self.schema), batches))
    }
}
