//! One of the threads that read the files for a query. Reading blocks, so it has a thread of its own and
//! hands its batches over a channel that holds few of them.

use std::fmt;
use std::sync::Arc;

use datafusion::arrow::array::{RecordBatch, RecordBatchOptions};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::DataFusionError;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchReceiverStreamBuilder;
use datafusion::physical_plan::streaming::PartitionStream;
use segue_engine::error::{Error, Result};

use super::columns::{Builder, Wanted};
use super::ranges::{Range, Ranges};
use crate::csv::{Fault, FaultKind};
use crate::layout::{FileLayout, Layout};
use crate::settings::Settings;
use crate::stamp::unreadable;
use crate::value::pointed;
use crate::words::changed;

/// Batches that wait to be taken.
const WAITING: usize = 2;
/// Bytes of text after which a batch is given out though it has few rows.
const HEAVY: usize = 4 << 20;

/// A share of the table's rows.
pub(crate) struct Partition {
    layout: Arc<Layout>,
    settings: Arc<Settings>,
    schema: SchemaRef,
    wanted: Arc<[Wanted]>,
    ranges: Arc<Ranges>,
}

impl Partition {
    /// All rows of the layout in shares: so many at most, and not more than there are parts to read.
    pub(super) fn shares(
        layout: &Arc<Layout>,
        settings: &Arc<Settings>,
        schema: &SchemaRef,
        wanted: &Arc<[Wanted]>,
        most: usize,
    ) -> impl Iterator<Item = Self> {
        let ranges = Arc::new(Ranges::of(layout));
        (0..most.clamp(1, ranges.count().max(1))).map(move |_| Self {
            layout: Arc::clone(layout),
            settings: Arc::clone(settings),
            schema: Arc::clone(schema),
            wanted: Arc::clone(wanted),
            ranges: Arc::clone(&ranges),
        })
    }
}

impl fmt::Debug for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Partition").finish_non_exhaustive()
    }
}

impl PartitionStream for Partition {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _: Arc<TaskContext>) -> SendableRecordBatchStream {
        let mut stream = RecordBatchReceiverStreamBuilder::new(Arc::clone(&self.schema), WAITING);
        let to = stream.tx();
        let mut batch = Batch::new(self);
        let (layout, settings, ranges) =
            (Arc::clone(&self.layout), Arc::clone(&self.settings), Arc::clone(&self.ranges));
        stream.spawn_blocking(move || {
            let mut give = |batch: RecordBatch| to.blocking_send(Ok(batch)).is_ok();
            let result = run(&layout, &settings, &ranges, &mut batch, &mut give);
            result.map_err(|error| DataFusionError::External(Box::new(error)))
        });
        stream.build()
    }
}

/// Reads parts until there are no more, or nobody wants them.
fn run(
    layout: &Layout,
    settings: &Settings,
    ranges: &Ranges,
    batch: &mut Batch,
    give: &mut dyn FnMut(RecordBatch) -> bool,
) -> Result<()> {
    while let Some(range) = ranges.take() {
        let Some(file) = layout.files.get(range.file) else { continue };
        file.stamp.hold(&file.path)?;
        // What looks like a fault of the file is one only if the file is still the same.
        let outcome = read(file, range, settings, batch, give);
        file.stamp.hold(&file.path)?;
        if !outcome? {
            return Ok(());
        }
    }
    if batch.rows > 0 {
        give(batch.finish()?);
    }
    Ok(())
}

/// Reads one part; `false` if nobody wants more.
fn read(
    file: &FileLayout,
    range: Range,
    settings: &Settings,
    batch: &mut Batch,
    give: &mut dyn FnMut(RecordBatch) -> bool,
) -> Result<bool> {
    let encoding = file.encoding();
    let mut place = file.place(settings);
    let wanted: Vec<usize> = batch
        .wanted
        .iter()
        .filter_map(|wanted| match wanted {
            Wanted::Cell { column, .. } => file.order.get(*column).copied(),
            Wanted::Place => None,
        })
        .collect();
    place.wanted = Some(&wanted);
    let commas: Vec<bool> = batch
        .wanted
        .iter()
        .map(|wanted| matches!(wanted, Wanted::Cell { column, .. } if file.commas.contains(column)))
        .collect();
    let mut records =
        place.rows(range.from, range.to).map_err(|error| unreadable(&file.path, error.kind()))?;
    let mut row = range.before;
    while let Some(record) = records.next().map_err(|fault| broken(&file.path, &fault))? {
        if record.offset < range.from {
            continue;
        }
        if record.cells.len() != file.order.len() {
            return Err(changed(&file.path));
        }
        row += 1;
        batch.rows += 1;
        for ((wanted, commas), builder) in batch.wanted.iter().zip(&commas).zip(&mut batch.columns) {
            match wanted {
                Wanted::Place => {
                    builder.push_place(row).map_err(|_| Error::internal("a place is no text"))?
                }
                Wanted::Cell { column, .. } => {
                    let cell = file.order.get(*column).and_then(|place| record.cells.get(*place));
                    let cell = cell.ok_or_else(|| changed(&file.path))?;
                    let number = if *commas { pointed(cell.raw(record.bytes)) } else { None };
                    let pushed = match &number {
                        Some(number) => builder.push(cell.alone(), number, encoding),
                        None => builder.push(*cell, record.bytes, encoding),
                    };
                    batch.bytes += pushed.map_err(|_| changed(&file.path))?;
                }
            }
        }
        if (batch.rows == settings.batch || batch.bytes > HEAVY) && !give(batch.finish()?) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn broken(path: &str, fault: &Fault) -> Error {
    match fault.kind {
        FaultKind::Io(kind) => unreadable(path, kind),
        _ => changed(path),
    }
}

/// A batch under way.
struct Batch {
    schema: SchemaRef,
    wanted: Arc<[Wanted]>,
    columns: Vec<Builder>,
    capacity: usize,
    rows: usize,
    bytes: usize,
}

impl Batch {
    fn new(partition: &Partition) -> Self {
        let capacity = partition.settings.batch;
        Self {
            schema: Arc::clone(&partition.schema),
            wanted: Arc::clone(&partition.wanted),
            columns: partition.wanted.iter().map(|wanted| Builder::new(*wanted, capacity)).collect(),
            capacity,
            rows: 0,
            bytes: 0,
        }
    }

    /// The batch so far; begins a new one.
    fn finish(&mut self) -> Result<RecordBatch> {
        let mut arrays = Vec::with_capacity(self.columns.len());
        for column in &mut self.columns {
            arrays.push(column.finish(self.capacity).map_err(|_| Error::internal("a column is no UTF-8"))?);
        }
        // A query that wants no column still wants to know how many rows there are.
        let options = RecordBatchOptions::new().with_row_count(Some(self.rows));
        (self.rows, self.bytes) = (0, 0);
        RecordBatch::try_new_with_options(Arc::clone(&self.schema), arrays, &options).map_err(Error::internal)
    }
}
