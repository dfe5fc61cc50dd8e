//! All that is asked of an audience at once, as one plan: key, columns, and a flag for each segment.

use std::fmt;
use std::sync::Arc;

use datafusion::arrow::array::{RecordBatch, RecordBatchOptions};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::common::{Column, DataFusionError};
use datafusion::datasource::provider_as_source;
use datafusion::execution::SessionState;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::logical_expr::{Expr, LogicalPlanBuilder, lit};
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use datafusion::prelude::SessionConfig;
use futures::StreamExt;
use segue_engine::error::{Code, Error, Result};
use segue_engine::source::People;

use crate::predicate::balanced;
use crate::read::{Table, text_field};
use crate::settings::Settings;

/// The table's name in plans.
pub(crate) const CUSTOMER: &str = "customer";

/// What is asked: at least one of the flags is true for every row of the answer.
pub(crate) struct Question {
    /// The field that is the key, if it is wanted.
    pub(crate) key: Option<String>,
    /// Places of the columns that are wanted as text.
    pub(crate) columns: Vec<usize>,
    /// A condition for each segment.
    pub(crate) flags: Vec<Expr>,
}

/// `DataFusion`, set up once: no functions by name, no catalogs, its memory bounded.
pub(crate) struct Session(SessionState);

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Session {
    pub(crate) fn new(settings: &Settings) -> Result<Self> {
        let disk = match &settings.spill {
            Some(folder) => DiskManagerMode::Directories(vec![folder.clone()]),
            None => DiskManagerMode::OsTmpDirectory,
        };
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(FairSpillPool::new(settings.memory)))
            .with_disk_manager_builder(DiskManagerBuilder::default().with_mode(disk))
            .build_arc()
            .map_err(Error::internal)?;
        let mut config = SessionConfig::new()
            .with_batch_size(settings.batch)
            .with_target_partitions(settings.threads.max(1))
            .with_round_robin_repartition(false);
        // Hash joins do not spill.
        config.options_mut().optimizer.prefer_hash_join = false;
        let state = SessionStateBuilder::new().with_config(config).with_runtime_env(runtime).build();
        Ok(Self(state))
    }

    /// The plan that answers the question.
    pub(crate) async fn plan(
        &self,
        table: &Arc<Table>,
        question: &Question,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let source = provider_as_source(Arc::clone(table) as _);
        let field = |name: String| Expr::Column(Column::new(Some(CUSTOMER), name));
        let key = question.key.iter().map(|key| field(key.clone()).alias("key"));
        let columns =
            question.columns.iter().map(|place| field(text_field(*place)).alias(format!("column{place}")));
        let flags = question
            .flags
            .iter()
            .enumerate()
            .map(|(place, flag)| flag.clone().is_true().alias(flag_field(place)));
        let any = (0..question.flags.len()).map(|place| Expr::Column(Column::from_name(flag_field(place))));
        let logical = LogicalPlanBuilder::scan(CUSTOMER, source, None)
            .and_then(|plan| plan.project(key.chain(columns).chain(flags).collect::<Vec<_>>()))
            .and_then(|plan| plan.filter(balanced(any.collect(), Expr::or).unwrap_or_else(|| lit(false))))
            .and_then(LogicalPlanBuilder::build)
            .map_err(|error| translated(&error))?;
        self.0.create_physical_plan(&logical).await.map_err(|error| translated(&error))
    }

    /// Runs a plan of [`Self::plan`]; its text columns get these titles.
    pub(crate) fn run<'a>(
        &self,
        plan: Arc<dyn ExecutionPlan>,
        titles: impl Iterator<Item = &'a str>,
        flags: usize,
    ) -> Result<People> {
        let mut fields: Vec<Field> =
            titles.enumerate().map(|(place, title)| Field::new(title, DataType::Utf8, place > 0)).collect();
        fields.extend((0..flags).map(|place| Field::new(flag_field(place), DataType::Boolean, false)));
        let schema = Arc::new(Schema::new(fields));
        let stream = execute_stream(plan, self.0.task_ctx()).map_err(|error| translated(&error))?;
        Ok(Box::pin(stream.map(move |batch| {
            let batch = batch.map_err(|error| translated(&error))?;
            let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
            RecordBatch::try_new_with_options(Arc::clone(&schema), batch.columns().to_vec(), &options)
                .map_err(Error::internal)
        })))
    }
}

fn flag_field(place: usize) -> String {
    format!("segment{place}")
}

/// Our own errors come through as they are. The texts of others may hold values of cells and are not
/// passed on.
fn translated(error: &DataFusionError) -> Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(found) = cause {
        if let Some(ours) = found.downcast_ref::<Error>() {
            return ours.clone();
        }
        cause = found.source();
    }
    match error.find_root() {
        DataFusionError::ResourcesExhausted(_) => {
            Error::internal("a query needs more memory than it may use")
        }
        DataFusionError::Internal(_) | DataFusionError::External(_) | DataFusionError::ExecutionJoin(_) => {
            Error::internal("a query failed")
        }
        _ => Error::new(Code::BadPredicate, "A condition cannot be computed for these profiles.")
            .help("Look for numbers that grow too large and for dates out of range."),
    }
}
