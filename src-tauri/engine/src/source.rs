//! What an audience gives the engine: its columns, and the people of the chosen segments as Arrow
//! batches. The engine knows no file format and no query language beyond this page.

use std::pin::Pin;
use std::sync::Arc;

use arrow_array::RecordBatch;
use async_trait::async_trait;
use futures::Stream;
use jiff::Timestamp;

use crate::error::Result;
use crate::model::{Audience, SegmentRule, Survey};

/// Selected people, batch by batch.
///
/// Columns, in this order: the CustomerId (`Utf8`, never null), then each column of
/// [`Selection::columns`] (`Utf8`, null where the cell is blank, the text as it stands in the
/// source), then one `Boolean` (never null) for each of [`Selection::segments`]. Only rows with at
/// least one true flag.
pub type People = Pin<Box<dyn Stream<Item = Result<RecordBatch>> + Send>>;

/// What a run or a preview asks of an audience; answered in one pass over the data.
#[derive(Debug, Clone)]
pub struct Selection {
    /// The rule of each chosen segment, in the order of the export.
    pub segments: Vec<SegmentRule>,
    /// The source columns to read (exact names of the survey), each once.
    pub columns: Vec<String>,
    /// What `now()` means, and what a rule reckons from.
    pub as_of: Timestamp,
}

/// An audience as it is now, opened for reading.
///
/// The data is surveyed when it is opened; if it changes afterwards, reading fails with
/// `source_changed` (product.md rule 15) and the caller opens it once more.
#[async_trait]
pub trait Source: Send + Sync {
    /// What was found: rows, columns with type, fill rate and samples, and how files were read.
    fn survey(&self) -> &Arc<Survey>;

    /// Checks a rule against the columns without reading profiles; a file that a rule names is read.
    ///
    /// # Errors
    /// `bad_predicate`, saying what is wrong and where; `bad_file` and `bad_matching` for a file of members.
    async fn check(&self, rule: &SegmentRule) -> Result<()>;

    /// The people of the chosen segments, each profile once, in one pass.
    ///
    /// # Errors
    /// `bad_predicate`, `bad_matching` for an unknown column; the stream yields `bad_file` or
    /// `source_changed` when reading fails.
    async fn people(&self, selection: &Selection) -> Result<People>;

    /// How many profiles are in each segment, and in any of them: its own query, so that a run can
    /// hold its own count against it (product.md rule 8).
    ///
    /// # Errors
    /// As [`Source::people`].
    async fn count(&self, segments: &[SegmentRule], as_of: Timestamp) -> Result<Count>;

    /// How many different ids the file of each segment names, whether there is a profile of
    /// that id or not; 0 for a segment that is no file.
    ///
    /// # Errors
    /// As [`Source::people`].
    async fn named(&self, segments: &[SegmentRule]) -> Result<Vec<u64>>;

    /// Whether who is in the segment depends on the moment too (`now()`, `isWithinLast`), not on the data alone.
    ///
    /// # Errors
    /// As [`Source::check`].
    fn reckons_from_now(&self, rule: &SegmentRule) -> Result<bool>;

    /// What tells the data that these segments select from, as it was opened, from later data: the
    /// survey's version, and after it that of each file that a segment names.
    ///
    /// # Errors
    /// `bad_file` where such a file is gone.
    async fn version(&self, segments: &[SegmentRule]) -> Result<String>;
}

/// The answer of [`Source::count`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Members of each segment, in the order asked.
    pub each: Vec<u64>,
    /// Profiles in at least one of them.
    pub any: u64,
}

/// How the engine opens the audiences that its database describes. A host gives the real one, a
/// test one that lives in memory.
#[async_trait]
pub trait Audiences: Send + Sync {
    /// Opens an audience as its data is now. Reads all of it unless `audience.survey` still fits the
    /// data; the survey of the result is the one to keep.
    ///
    /// # Errors
    /// `bad_file`, naming file, line and column.
    async fn open(&self, audience: &Audience) -> Result<Arc<dyn Source>>;

    /// What [`Source::version`] of each of these rules alone would be if the audience was opened now,
    /// found without reading any data; `None` where that cannot be said, for example because a file is gone.
    async fn versions(&self, audience: &Audience, rules: &[SegmentRule]) -> Vec<Option<String>>;
}
