//! Names in a condition to columns of the survey.

use std::collections::HashMap;

use datafusion::common::utils::datafusion_strsim::levenshtein;
use datafusion::sql::sqlparser::ast::Ident;
use segue_engine::error::{Error, Result};
use segue_engine::model::Column;

use super::refuse::refuse;
use super::typed::Typed;
use crate::words::{fold, name, names};

/// The columns, by exact name and without case.
pub(crate) struct Names<'a> {
    columns: &'a [Column],
    exact: HashMap<&'a str, usize>,
    folded: HashMap<String, Vec<usize>>,
}

/// Why a name means no column.
pub(crate) enum Missing<'a> {
    /// It means several, which differ only by letter case.
    Several(Vec<&'a str>),
    /// There is none; `near` is written much like it.
    Unknown { near: Option<&'a str> },
}

impl<'a> Names<'a> {
    pub(crate) fn of(columns: &'a [Column]) -> Self {
        let mut exact = HashMap::new();
        let mut folded: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, column) in columns.iter().enumerate() {
            exact.insert(column.name.as_str(), place);
            folded.entry(fold(&column.name)).or_default().push(place);
        }
        Self { columns, exact, folded }
    }

    /// The column that a name means.
    pub(crate) fn resolve(&self, ident: &Ident) -> Result<Typed> {
        let found = if ident.quote_style.is_some() {
            self.exact.get(ident.value.as_str()).copied()
        } else {
            match self.folded.get(&fold(&ident.value)).map(Vec::as_slice) {
                Some([place]) => Some(*place),
                Some(places) => return Err(self.ambiguous(ident, places)),
                None => None,
            }
        };
        match found.and_then(|place| Some((place, self.columns.get(place)?))) {
            Some((place, column)) => Ok(Typed::column(place, column)),
            None => Err(self.unknown(ident)),
        }
    }

    /// The column of exactly this name, or else the only one without regard to letter case: where a
    /// text is nothing but a name, and no quotes say how it is meant.
    pub(crate) fn find(&self, wanted: &str) -> std::result::Result<Typed, Missing<'a>> {
        let folded = fold(wanted);
        let places = match self.exact.get(wanted) {
            Some(place) => std::slice::from_ref(place),
            None => self.folded.get(&folded).map(Vec::as_slice).unwrap_or_default(),
        };
        let found = || places.iter().filter_map(|place| Some((*place, self.columns.get(*place)?)));
        match (found().next(), places.len()) {
            (Some((place, column)), 1) => Ok(Typed::column(place, column)),
            (Some(_), _) => Err(Missing::Several(found().map(|(_, column)| column.name.as_str()).collect())),
            (None, _) => {
                Err(Missing::Unknown { near: self.near(&folded).map(|column| column.name.as_str()) })
            }
        }
    }

    /// The names of all columns.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'a str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// The column whose name is written most like this, if it is at all.
    fn near(&self, folded: &str) -> Option<&'a Column> {
        let length = folded.chars().count();
        // What is far longer than any name is like none, and takes long to find so.
        let alike = |column: &&Column| column.name.chars().count().abs_diff(length) <= length / 2;
        self.columns
            .iter()
            .filter(alike)
            .map(|column| (levenshtein(&fold(&column.name), folded), column))
            .min_by_key(|(distance, _)| *distance)
            .filter(|(distance, _)| *distance <= length / 2)
            .map(|(_, column)| column)
    }

    fn ambiguous(&self, ident: &Ident, places: &[usize]) -> Error {
        let candidates =
            places.iter().filter_map(|place| self.columns.get(*place)).map(|column| column.name.as_str());
        refuse(ident.span, format!("{} can mean {}", name(&ident.value), names(candidates)))
            .help("Write the name exactly as the file has it, in double quotes.")
    }

    fn unknown(&self, ident: &Ident) -> Error {
        let wanted = fold(&ident.value);
        let near = self.near(&wanted);
        let help = match near {
            Some(column) if ident.quote_style.is_some() && fold(&column.name) == wanted => {
                format!("The file has it as {}; a name in double quotes must be exact.", name(&column.name))
            }
            Some(column) => format!("Did you mean {}?", name(&column.name)),
            None if ident.quote_style.is_some() => {
                "A text stands in single quotes, a name in double quotes.".to_owned()
            }
            None => format!(
                "The columns are {}; a text stands in single quotes.",
                names(self.columns.iter().map(|column| column.name.as_str()))
            ),
        };
        refuse(ident.span, format!("there is no column {}", name(&ident.value))).help(help)
    }
}
