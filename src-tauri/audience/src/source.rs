//! An audience of files, opened.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::array::{AsArray, RecordBatch};
use datafusion::logical_expr::{Expr, lit};
use futures::TryStreamExt;
use jiff::Timestamp;
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{SegmentRule, Survey};
use segue_engine::source::{Count, People, Selection, Source};
use tokio::sync::Mutex;

use crate::layout::Layout;
use crate::members::{self, MemberFile, without_ids};
use crate::memberships::Memberships;
use crate::predicate;
use crate::query::{Flag, Question, Session};
use crate::read::{Members, Table};
use crate::rule;
use crate::settings::Settings;
use crate::stamp::Stamp;
use crate::words::{name, names};

/// Files as they were when they were opened.
pub(crate) struct FileSource {
    survey: Arc<Survey>,
    table: Arc<Table>,
    session: Arc<Session>,
    settings: Arc<Settings>,
    memberships: Option<Memberships>,
    /// The key column's name; `None`: rows are told apart by their place.
    key: Option<String>,
    /// As they were when they were first asked for.
    members: Mutex<MemberFiles>,
}

/// Files of members by path and key column.
type MemberFiles = HashMap<(String, Option<String>), Arc<MemberFile>>;

impl FileSource {
    pub(crate) fn new(
        survey: Survey,
        layout: Layout,
        settings: &Arc<Settings>,
        session: Arc<Session>,
    ) -> Self {
        let key = layout.key.and_then(|key| survey.columns.get(key)).map(|column| column.name.clone());
        let memberships = layout.memberships.clone();
        let table = Table::new(&survey, Arc::new(layout), Arc::clone(settings));
        Self {
            survey: Arc::new(survey),
            table: Arc::new(table),
            session,
            settings: Arc::clone(settings),
            memberships,
            key,
            members: Mutex::default(),
        }
    }

    async fn flags(&self, segments: &[SegmentRule], as_of: Timestamp) -> Result<Vec<Flag>> {
        let mut flags = Vec::with_capacity(segments.len());
        let (memberships, places) = self.memberships(segments);
        for segment in segments {
            flags.push(match segment {
                SegmentRule::Members { path, key } => {
                    Flag::Member(Arc::clone(&self.member_file(path, key.as_ref()).await?.table), 0)
                }
                SegmentRule::Membership { name } => match (&memberships, places.get(name)) {
                    (Some(table), Some(place)) => Flag::Member(Arc::clone(table), *place),
                    // Nobody is in a segment that the file does not name any more.
                    _ => Flag::Condition(lit(false)),
                },
                SegmentRule::Where { .. } | SegmentRule::Json { .. } => {
                    Flag::Condition(self.condition(segment, as_of)?.unwrap_or_else(|| lit(false)))
                }
            });
        }
        Ok(flags)
    }

    /// The condition that a rule is; `None` where a file says who is in the segment.
    fn condition(&self, rule: &SegmentRule, as_of: Timestamp) -> Result<Option<Expr>> {
        let columns = &self.survey.columns;
        match rule {
            SegmentRule::Where { predicate } => predicate::compile(predicate, columns, as_of).map(Some),
            SegmentRule::Json { rule } => rule::compile(rule, columns, as_of).map(Some),
            SegmentRule::Members { .. } | SegmentRule::Membership { .. } => Ok(None),
        }
    }

    /// The memberships file as a table, with a flag for each of these segments that it names.
    fn memberships(&self, segments: &[SegmentRule]) -> (Option<Arc<Members>>, HashMap<String, usize>) {
        let mut places = HashMap::new();
        for segment in segments {
            if let SegmentRule::Membership { name } = segment
                && self.survey.segments.contains(name)
            {
                let next = places.len();
                places.entry(name.clone()).or_insert(next);
            }
        }
        let wanted = self.memberships.as_ref().filter(|_| !places.is_empty());
        (wanted.map(|file| Arc::new(file.table(places.clone(), &self.settings))), places)
    }

    /// The file of members at `path`; the same each time, so that all queries see the same members.
    async fn member_file(&self, path: &str, key: Option<&String>) -> Result<Arc<MemberFile>> {
        let Some(of_audience) = self.key.clone() else { return Err(without_ids()) };
        let mut members = self.members.lock().await;
        let place = (path.to_owned(), key.cloned());
        if let Some(known) = members.get(&place) {
            return Ok(Arc::clone(known));
        }
        let (asked, settings) = (place.clone(), Arc::clone(&self.settings));
        let opened = tokio::task::spawn_blocking(move || {
            MemberFile::open(&asked.0, asked.1.as_deref(), &of_audience, &settings)
        });
        let opened = opened.await.map_err(|_| Error::internal("a file was not read to its end"))??;
        Ok(Arc::clone(members.entry(place).or_insert(Arc::new(opened))))
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
        let flags = self.flags(std::slice::from_ref(rule), Timestamp::UNIX_EPOCH).await?;
        let question = Question { key: None, columns: Vec::new(), flags };
        self.session.plan(&self.table, &question).await.map(drop)
    }

    async fn people(&self, selection: &Selection) -> Result<People> {
        let flags = self.flags(&selection.segments, selection.as_of).await?;
        let columns = selection.columns.iter().map(|column| self.column(column)).collect::<Result<_>>()?;
        let question = Question { key: Some(self.table.key_field()), columns, flags };
        let plan = self.session.plan(&self.table, &question).await?;
        let titles = std::iter::once("CustomerId").chain(selection.columns.iter().map(String::as_str));
        self.session.run(plan, titles, selection.segments.len())
    }

    async fn count(&self, segments: &[SegmentRule], as_of: Timestamp) -> Result<Count> {
        let flags = self.flags(segments, as_of).await?;
        let question = Question { key: None, columns: Vec::new(), flags };
        let plan = self.session.plan(&self.table, &question).await?;
        let batches = self.session.run(plan, std::iter::empty(), segments.len())?;
        let none = Count { each: vec![0; segments.len()], any: 0 };
        batches.try_fold(none, |count, batch| async move { Ok(add(count, &batch)) }).await
    }

    async fn named(&self, segments: &[SegmentRule]) -> Result<Vec<u64>> {
        let files = segments.iter().map(|segment| segment.names_ids());
        let places: Vec<usize> =
            files.enumerate().filter_map(|(place, is_file)| is_file.then_some(place)).collect();
        let files: Vec<SegmentRule> =
            places.iter().filter_map(|place| segments.get(*place)).cloned().collect();
        let mut named = vec![0; segments.len()];
        let flags = self.flags(&files, Timestamp::UNIX_EPOCH).await?;
        let Some(plan) = self.session.plan_named(&flags).await? else { return Ok(named) };
        let batches = self.session.run(plan, std::iter::empty(), files.len())?;
        let none = Count { each: vec![0; files.len()], any: 0 };
        let count = batches.try_fold(none, |count, batch| async move { Ok(add(count, &batch)) }).await?;
        for (place, ids) in places.into_iter().zip(count.each) {
            if let Some(named) = named.get_mut(place) {
                *named = ids;
            }
        }
        Ok(named)
    }

    fn reckons_from_now(&self, rule: &SegmentRule) -> Result<bool> {
        // A rule that reckons from now becomes another expression at another time.
        let compile = |as_of| self.condition(rule, as_of);
        Ok(compile(Timestamp::UNIX_EPOCH)? != compile(Timestamp::MAX)?)
    }

    async fn version(&self, segments: &[SegmentRule]) -> Result<String> {
        let mut version = self.survey.version.clone();
        let opened = self.members.lock().await;
        for segment in segments {
            let SegmentRule::Members { path, key } = segment else { continue };
            version.push_str(&match opened.get(&(path.clone(), key.clone())) {
                Some(file) => file.version.clone(),
                None => members::version(path, key.as_deref(), &Stamp::of(path)?),
            });
        }
        Ok(version)
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
