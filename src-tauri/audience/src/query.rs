//! All that is asked of an audience at once, as one plan: key, columns, and a flag for each segment.

use std::fmt;
use std::sync::Arc;

use datafusion::arrow::array::{RecordBatch, RecordBatchOptions};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::common::{Column, DataFusionError, JoinType};
use datafusion::datasource::provider_as_source;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::execution::{SessionState, TaskContext};
use datafusion::functions_aggregate::expr_fn::bool_or;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, lit};
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use datafusion::prelude::SessionConfig;
use futures::StreamExt;
use segue_engine::error::{Code, Error, Result};
use segue_engine::source::People;

use crate::predicate::balanced;
use crate::read::{ID, Members, Table, member_field, text_field};
use crate::settings::Settings;

/// The tables' names in plans.
pub(crate) const CUSTOMER: &str = "customer";
const MEMBER: &str = "member";

/// Parts in which a join is made. With one, `DataFusion` takes a join that does not spill; with many, each
/// has too little memory to sort in.
pub(crate) const PARTITIONS: usize = 2;
/// Rows of a batch that is sorted: what a sort sets aside to merge in has to hold a few of them, however wide.
const JOINED: usize = 256;

/// How a segment says who is in it.
pub(crate) enum Flag {
    /// By a condition on the columns of a profile.
    Condition(Expr),
    /// By naming its id in this file, in a row with the flag of this place.
    Member(Arc<Members>, usize),
}

/// What is asked: at least one of the flags is true for every row of the answer.
pub(crate) struct Question {
    /// The field that is the key, if it is wanted.
    pub(crate) key: Option<String>,
    /// Places of the columns that are wanted as text.
    pub(crate) columns: Vec<usize>,
    /// One for each segment.
    pub(crate) flags: Vec<Flag>,
}

/// `DataFusion`, set up once: no functions by name, no catalogs, its memory bounded.
pub(crate) struct Session {
    /// For questions that are answered row by row.
    rows: SessionState,
    /// For those that join: what is sorted has to fit in a part of the memory batch by batch.
    joins: SessionState,
}

/// How a question is answered.
pub(crate) struct Plan {
    root: Arc<dyn ExecutionPlan>,
    context: Arc<TaskContext>,
}

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
        let state = |partitions: usize, batch: usize| {
            let mut config = SessionConfig::new()
                .with_batch_size(batch)
                .with_target_partitions(partitions)
                .with_round_robin_repartition(false)
                .with_sort_spill_reservation_bytes(settings.memory / (PARTITIONS * 8));
            // Hash joins do not spill.
            config.options_mut().optimizer.prefer_hash_join = false;
            let builder = SessionStateBuilder::new().with_config(config);
            builder.with_runtime_env(Arc::clone(&runtime)).build()
        };
        Ok(Self {
            rows: state(settings.threads.max(1), settings.batch),
            joins: state(PARTITIONS, settings.batch.min(JOINED)),
        })
    }

    async fn planned(&self, state: &SessionState, logical: &LogicalPlan) -> Result<Plan> {
        let root = state.create_physical_plan(logical).await.map_err(|error| translated(&error))?;
        Ok(Plan { root, context: state.task_ctx() })
    }

    /// The plan that answers the question.
    pub(crate) async fn plan(&self, table: &Arc<Table>, question: &Question) -> Result<Plan> {
        let members = named(&question.flags).map_err(|error| translated(&error))?;
        let state = if members.is_some() { &self.joins } else { &self.rows };
        let source = provider_as_source(Arc::clone(table) as _);
        let field = |name: String| Expr::Column(Column::new(Some(CUSTOMER), name));
        let key = question.key.iter().map(|key| field(key.clone()).alias("key"));
        let columns =
            question.columns.iter().map(|place| field(text_field(*place)).alias(format!("column{place}")));
        let flags = question.flags.iter().enumerate().map(|(place, flag)| {
            let flag = match flag {
                Flag::Condition(condition) => condition.clone(),
                Flag::Member(..) => Expr::Column(Column::new(Some(MEMBER), flag_field(place))),
            };
            flag.is_true().alias(flag_field(place))
        });
        let any = (0..question.flags.len()).map(|place| Expr::Column(Column::from_name(flag_field(place))));
        let logical = LogicalPlanBuilder::scan(CUSTOMER, source, None)
            .and_then(|plan| match members {
                None => Ok(plan),
                Some(members) => {
                    let key = Column::new(Some(CUSTOMER), table.key_field());
                    let id = Column::new(Some(MEMBER), ID);
                    plan.join(members, JoinType::Left, (vec![key], vec![id]), None)
                }
            })
            .and_then(|plan| plan.project(key.chain(columns).chain(flags).collect::<Vec<_>>()))
            .and_then(|plan| plan.filter(balanced(any.collect(), Expr::or).unwrap_or_else(|| lit(false))))
            .and_then(LogicalPlanBuilder::build)
            .map_err(|error| translated(&error))?;
        self.planned(state, &logical).await
    }

    /// The plan that gives all ids which files name, each once, with the flags of the segments that are
    /// files; `None` without such a segment.
    pub(crate) async fn plan_named(&self, flags: &[Flag]) -> Result<Option<Plan>> {
        let Some(logical) = named(flags).map_err(|error| translated(&error))? else { return Ok(None) };
        let fields = flags.iter().enumerate().map(|(place, flag)| match flag {
            Flag::Condition(_) => lit(false).alias(flag_field(place)),
            Flag::Member(..) => Expr::Column(Column::new(Some(MEMBER), flag_field(place))),
        });
        let logical = LogicalPlanBuilder::from(logical)
            .project(fields.collect::<Vec<_>>())
            .and_then(LogicalPlanBuilder::build)
            .map_err(|error| translated(&error))?;
        self.planned(&self.joins, &logical).await.map(Some)
    }

    /// Runs a plan of [`Self::plan`]; its text columns get these titles.
    pub(crate) fn run<'a>(
        &self,
        plan: Plan,
        titles: impl Iterator<Item = &'a str>,
        flags: usize,
    ) -> Result<People> {
        let mut fields: Vec<Field> =
            titles.enumerate().map(|(place, title)| Field::new(title, DataType::Utf8, place > 0)).collect();
        fields.extend((0..flags).map(|place| Field::new(flag_field(place), DataType::Boolean, false)));
        let schema = Arc::new(Schema::new(fields));
        let stream = execute_stream(plan.root, plan.context).map_err(|error| translated(&error))?;
        Ok(Box::pin(stream.map(move |batch| {
            let batch = batch.map_err(|error| translated(&error))?;
            let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
            RecordBatch::try_new_with_options(Arc::clone(&schema), batch.columns().to_vec(), &options)
                .map_err(Error::internal)
        })))
    }
}

/// One row for each id that a file names, with a flag for each segment that is a file.
fn named(flags: &[Flag]) -> datafusion::common::Result<Option<LogicalPlan>> {
    let wanted: Vec<(usize, &Arc<Members>, usize)> = flags
        .iter()
        .enumerate()
        .filter_map(|(place, flag)| match flag {
            Flag::Member(table, field) => Some((place, table, *field)),
            Flag::Condition(_) => None,
        })
        .collect();
    let mut tables: Vec<&Arc<Members>> = Vec::new();
    for (_, table, _) in &wanted {
        if !tables.iter().any(|known| Arc::ptr_eq(known, table)) {
            tables.push(table);
        }
    }
    let mut all: Option<LogicalPlanBuilder> = None;
    for table in tables {
        let flags = wanted.iter().map(|(place, of, field)| {
            let flag = if Arc::ptr_eq(of, table) {
                Expr::Column(Column::new(Some(MEMBER), member_field(*field)))
            } else {
                lit(false)
            };
            flag.alias(flag_field(*place))
        });
        let id = Expr::Column(Column::new(Some(MEMBER), ID)).alias(ID);
        let source = provider_as_source(Arc::clone(table) as _);
        let rows = LogicalPlanBuilder::scan(MEMBER, source, None)?
            .project(std::iter::once(id).chain(flags).collect::<Vec<_>>())?;
        all = Some(match all {
            None => rows,
            Some(before) => before.union(rows.build()?)?,
        });
    }
    let Some(all) = all else { return Ok(None) };
    let field = |name: String| Expr::Column(Column::from_name(name));
    let any = wanted.iter().map(|(place, ..)| bool_or(field(flag_field(*place))).alias(flag_field(*place)));
    all.aggregate([field(ID.to_owned())], any.collect::<Vec<_>>())?.alias(MEMBER)?.build().map(Some)
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
