//! Files in a folder of their own, and what is read from them.

use std::path::PathBuf;
use std::sync::Arc;

use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use futures::TryStreamExt;
use jiff::Timestamp;
use segue_audience::{FileAudiences, Settings};
use segue_engine::error::{Error, Result};
use segue_engine::model::{Audience, AudienceId, AudienceKind, Files, SegmentRule, Survey};
use segue_engine::source::{Audiences, Selection, Source};
use tempfile::TempDir;

/// A folder with files and a way to read them.
pub(crate) struct Folder {
    dir: TempDir,
    audiences: FileAudiences,
    pub(crate) files: Files,
}

/// Everything as small as it can be, so that every border is crossed.
pub(crate) fn tiny() -> Settings {
    Settings { threads: 3, chunk: 7, block: 16, batch: 2, ..Settings::default() }
}

pub(crate) fn as_of() -> Timestamp {
    "2026-06-15T12:30:00Z".parse().unwrap()
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self::with(tiny())
    }

    pub(crate) fn with(settings: Settings) -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { dir, audiences: FileAudiences::new(settings).unwrap(), files: Files::default() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Adds a file to the audience.
    pub(crate) fn file(mut self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        self.files.paths.push(path.to_str().unwrap().to_owned());
        self
    }

    pub(crate) async fn survey(&self) -> Result<Survey> {
        self.audiences.survey(&self.files).await
    }

    /// The audience as it is stored after it was added.
    pub(crate) async fn audience(&self) -> Result<Audience> {
        let survey = self.survey().await?;
        let mut files = self.files.clone();
        files.key = files.key.or_else(|| segue_audience::default_key(&survey));
        Ok(Audience {
            id: AudienceId::new(),
            name: "test".to_owned(),
            kind: AudienceKind::Files(files),
            survey,
            created_at: as_of(),
            refreshed_at: as_of(),
        })
    }

    pub(crate) async fn open(&self) -> Result<Arc<dyn Source>> {
        self.reopen(&self.audience().await?).await
    }

    pub(crate) async fn versions(&self, audience: &Audience, rules: &[SegmentRule]) -> Vec<Option<String>> {
        self.audiences.versions(audience, rules).await
    }

    pub(crate) async fn reopen(&self, audience: &Audience) -> Result<Arc<dyn Source>> {
        self.audiences.open(audience).await
    }

    /// The error, with the folder's name taken out.
    pub(crate) fn said(&self, error: &Error) -> String {
        let text = format!("{:?}: {}\n  {}", error.code, error.message, error.help);
        text.replace(&format!("{}/", self.dir.path().display()), "")
    }

    pub(crate) async fn refusal(&self) -> String {
        match self.survey().await {
            Ok(survey) => panic!("was read: {survey:?}"),
            Err(error) => self.said(&error),
        }
    }
}

/// A file of this text, read in tiny pieces.
pub(crate) fn csv(text: impl AsRef<[u8]>) -> Folder {
    Folder::new().file("a.csv", text)
}

pub(crate) fn selection(segments: &[&str], columns: &[&str]) -> Selection {
    Selection {
        segments: segments.iter().map(|text| SegmentRule::condition(*text)).collect(),
        columns: columns.iter().map(|text| (*text).to_owned()).collect(),
        as_of: as_of(),
    }
}

/// The people of these segments as rows of text, flags as `+` and `-`, sorted.
pub(crate) async fn people(
    source: &Arc<dyn Source>,
    segments: &[&str],
    columns: &[&str],
) -> Result<Vec<Vec<Option<String>>>> {
    let selection = selection(segments, columns);
    let batches: Vec<RecordBatch> = source.people(&selection).await?.try_collect().await?;
    let mut rows = Vec::new();
    for batch in &batches {
        assert_eq!(batch.num_columns(), 1 + columns.len() + segments.len());
        for row in 0..batch.num_rows() {
            rows.push(batch.columns().iter().map(|column| cell(column.as_ref(), row)).collect());
        }
    }
    rows.sort();
    Ok(rows)
}

fn cell(column: &dyn Array, row: usize) -> Option<String> {
    if let Some(flags) = column.as_boolean_opt() {
        assert!(!flags.is_null(row), "flags are never null");
        return Some(if flags.value(row) { "+" } else { "-" }.to_owned());
    }
    let text = column.as_string::<i32>();
    (!text.is_null(row)).then(|| text.value(row).to_owned())
}

/// The keys of the people of one segment.
pub(crate) async fn members(source: &Arc<dyn Source>, predicate: &str) -> Result<Vec<String>> {
    let rows = people(source, &[predicate], &[]).await?;
    Ok(rows.into_iter().filter_map(|row| row.into_iter().next().flatten()).collect())
}

/// Which of these segments each person is in, by key; only those who are in one.
pub(crate) async fn flags(
    source: &Arc<dyn Source>,
    segments: Vec<SegmentRule>,
) -> Result<std::collections::HashMap<String, Vec<bool>>> {
    let selection = Selection { segments, columns: Vec::new(), as_of: as_of() };
    let batches: Vec<RecordBatch> = source.people(&selection).await?.try_collect().await?;
    let rows = batches.iter().flat_map(|batch| {
        (0..batch.num_rows()).map(|row| {
            let flags = batch.columns().iter().skip(1).map(|flags| flags.as_boolean().value(row)).collect();
            (batch.column(0).as_string::<i32>().value(row).to_owned(), flags)
        })
    });
    Ok(rows.collect())
}
