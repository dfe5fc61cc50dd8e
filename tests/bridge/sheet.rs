//! Audiences from real files, read by the simplest reader that knows what a test asks for: a delimiter,
//! with or without a header.

use std::sync::Arc;

use async_trait::async_trait;
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{Audience, AudienceKind, Files, SegmentRule};
use segue_engine::source::{Audiences, Source};

use crate::table::{Table, version};

/// Files of cells without quotes.
pub(crate) struct Sheets;

impl Sheets {
    fn read(audience: &Audience) -> Result<Table> {
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
        let key = key.as_ref().and_then(|key| columns.iter().position(|name| name == key));
        let version = version(&(text, format!("{:?}", audience.kind)));
        Ok(Table::new(columns, key, Arc::new(rows), version))
    }
}

#[async_trait]
impl Audiences for Sheets {
    async fn open(&self, audience: &Audience) -> Result<Arc<dyn Source>> {
        Ok(Arc::new(Self::read(audience)?))
    }

    async fn versions(&self, audience: &Audience, rules: &[SegmentRule]) -> Vec<Option<String>> {
        let version = Self::read(audience).ok().map(|table| table.survey().version.clone());
        vec![version; rules.len()]
    }
}
