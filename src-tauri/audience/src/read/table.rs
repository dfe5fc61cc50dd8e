//! The table as `DataFusion` sees it. Every column of the survey is there as text, under a name of ours,
//! and those of another type once more as that type: a predicate takes the typed one, an export the text
//! as it stands in the source.

use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::Result;
use datafusion::logical_expr::{Expr, TableType};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::streaming::{PartitionStream, StreamingTableExec};
use segue_engine::model::{ColumnType, Survey};

use super::columns::Wanted;
use super::partition::Partition;
use crate::layout::Layout;
use crate::settings::Settings;

/// The name of the column with the row's place in the files.
pub(crate) const PLACE: &str = "place";

/// The name of a column as text.
pub(crate) fn text_field(column: usize) -> String {
    format!("t{column}")
}

/// The name of a column as its type.
pub(crate) fn typed_field(column: usize) -> String {
    format!("v{column}")
}

/// The files of an audience.
#[derive(Debug)]
pub(crate) struct Table {
    layout: Arc<Layout>,
    settings: Arc<Settings>,
    schema: SchemaRef,
    wanted: Vec<Wanted>,
}

impl Table {
    pub(crate) fn new(survey: &Survey, layout: Arc<Layout>, settings: Arc<Settings>) -> Self {
        let mut fields = Vec::new();
        let mut wanted = Vec::new();
        for (place, column) in survey.columns.iter().enumerate() {
            fields.push(Field::new(text_field(place), DataType::Utf8, true));
            wanted.push(Wanted::Cell { column: place, kind: ColumnType::Text });
            if column.kind != ColumnType::Text {
                fields.push(Field::new(typed_field(place), data_type(column.kind), true));
                wanted.push(Wanted::Cell { column: place, kind: column.kind });
            }
        }
        fields.push(Field::new(PLACE, DataType::Utf8, false));
        wanted.push(Wanted::Place);
        Self { layout, settings, schema: Arc::new(Schema::new(fields)), wanted }
    }

    /// The field that tells profiles apart.
    pub(crate) fn key_field(&self) -> String {
        self.layout.key.map_or_else(|| PLACE.to_owned(), text_field)
    }
}

/// The Arrow type of a column's values.
pub(crate) fn data_type(kind: ColumnType) -> DataType {
    match kind {
        ColumnType::Text => DataType::Utf8,
        ColumnType::Integer => DataType::Int64,
        ColumnType::Float => DataType::Float64,
        ColumnType::Boolean => DataType::Boolean,
        ColumnType::Date => DataType::Date32,
        ColumnType::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, None),
    }
}

#[async_trait]
impl TableProvider for Table {
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
        let (schema, wanted) = match projection {
            None => (Arc::clone(&self.schema), self.wanted.clone()),
            Some(places) => (
                Arc::new(self.schema.project(places)?),
                places.iter().filter_map(|place| self.wanted.get(*place)).copied().collect(),
            ),
        };
        let wanted: Arc<[Wanted]> = wanted.into();
        let most = self.settings.threads;
        let shares = Partition::shares(&self.layout, &self.settings, &schema, &wanted, most);
        let partitions = shares.map(|share| Arc::new(share) as Arc<dyn PartitionStream>).collect();
        Ok(Arc::new(StreamingTableExec::try_new(schema, partitions, None, None, false, limit)?))
    }
}
