//! An entity: its columns with their types, and how its partitions are written.

use std::sync::Arc;

use segue_engine::error::{Error, Result};

use super::Declared;
use super::model::{RawEntity, RawPartition, RawSettings};
use crate::csv::{Dialect, Encoding};
use crate::words::{bad_file, name};

/// The columns of an entity.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entity {
    pub(crate) columns: Vec<String>,
    /// The type of each.
    pub(crate) declared: Vec<Declared>,
}

/// How a file with rows of an entity is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Partition {
    pub(crate) entity: Arc<Entity>,
    /// Whether its first record names the columns.
    pub(crate) header: bool,
    pub(crate) delimiter: u8,
    pub(crate) encoding: Encoding,
}

impl RawEntity {
    /// Its columns.
    ///
    /// # Errors
    /// `bad_file`, if it has none, two of one name, or numbers and dates as another country writes them.
    pub(super) fn shape(&self, path: &str, culture: Option<&str>) -> Result<Arc<Entity>> {
        let columns: Vec<String> = self.attributes.iter().map(|one| one.name.trim().to_owned()).collect();
        let whose = name(&self.name);
        if columns.is_empty() {
            return Err(bad_file(path, &format!("has no attributes for {whose}"))
                .help("Export it again; the attributes are the names of the columns."));
        }
        if let Some(place) = columns.iter().position(String::is_empty) {
            return Err(bad_file(path, &format!("has no name for attribute {} of {whose}", place + 1))
                .help("Give it a name in model.json."));
        }
        let mut seen = std::collections::HashSet::new();
        if let Some(twice) = columns.iter().find(|column| !seen.insert(column.as_str())) {
            return Err(bad_file(path, &format!("names two attributes of {whose} {}", name(twice)))
                .help("Give each its own name in model.json."));
        }
        let declared: Vec<Declared> =
            self.attributes.iter().map(|one| Declared::of(one.kind.as_deref())).collect();
        if let Some(culture) = culture
            && !is_plain(culture)
            && declared.iter().any(|declared| declared.has_culture())
        {
            return Err(bad_file(
                path,
                &format!("says that numbers and dates are written as in {}", name(culture)),
            )
            .help(
                "Export it again without a culture: Segue reads numbers with a point and dates in ISO 8601.",
            ));
        }
        Ok(Arc::new(Entity { columns, declared }))
    }
}

/// Whether numbers have a point there. Dates are read in ISO 8601 or refused, whatever the culture.
fn is_plain(culture: &str) -> bool {
    let language = culture.split(['-', '_']).next().unwrap_or_default();
    ["en", "iv"].iter().any(|plain| language.eq_ignore_ascii_case(plain))
}

impl RawPartition {
    /// How it is called in sentences; `place` counts from 0.
    pub(super) fn called(&self, place: usize) -> String {
        match &self.name {
            Some(text) => format!("partition {}", name(text)),
            None => format!("partition {}", place + 1),
        }
    }

    /// How it is written.
    ///
    /// # Errors
    /// `bad_file`, if that is not a way that Segue can read.
    pub(super) fn written(&self, path: &str, place: usize, entity: &Arc<Entity>) -> Result<Partition> {
        let default = RawSettings::default();
        let settings = self.settings.as_ref().unwrap_or(&default);
        let bad = |what: String| -> Error {
            bad_file(path, &format!("says of {} {what}", self.called(place)))
                .help("Export it as CSV in UTF-8, or name the CSV files themselves.")
        };
        if let Some(kind) = settings.kind.as_deref().filter(|kind| *kind != "CsvFormatSettings") {
            return Err(bad(format!("that it is written by {}, not as CSV", name(kind))));
        }
        if let Some(style) = settings.quote_style.as_deref().filter(|style| *style != "QuoteStyle.Csv") {
            return Err(bad(format!("that quotes in it are of {}, not those of CSV", name(style))));
        }
        let delimiter = settings.delimiter.as_deref().unwrap_or(",");
        let mut chars = delimiter.chars();
        let one = chars.next().filter(|_| chars.next().is_none());
        let Some(delimiter) = one.and_then(Dialect::delimiter) else {
            return Err(bad(format!("that its delimiter is {}", name(delimiter))));
        };
        let encoding = settings.encoding.as_deref().unwrap_or("UTF-8");
        let Some(encoding) = Encoding::of_label(encoding) else {
            return Err(bad(format!("that its encoding is {}, which is unknown", name(encoding))));
        };
        Ok(Partition { entity: Arc::clone(entity), header: settings.column_headers, delimiter, encoding })
    }
}
