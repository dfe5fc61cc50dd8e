//! The file that says which segments each profile is in: one row a pair, or one row a profile with a JSON
//! list. Names are compared exactly, and are nothing but names, whatever stands in them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use segue_engine::error::{Code, Error, Result};
use segue_engine::model::Files;
use serde::{Deserialize, Serialize};

use crate::layout::{FileLayout, Layout};
use crate::members::{CUSTOMER_ID, find, without};
use crate::read::{Members, Named};
use crate::settings::Settings;
use crate::stamp::{Stamp, unreadable};
use crate::survey::{self, KeyRule, Opening};
use crate::value::is_blank;
use crate::words::{bad_file, name, names};

/// The most segments of one file, and the most bytes of all their names.
const MOST: usize = 10_000;
const MOST_BYTES: usize = 16 << 20;

/// How the file is read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Memberships {
    /// Places of the columns with the ids and with the segments.
    pub(crate) id: usize,
    pub(crate) segments: usize,
    /// Whether a cell is a JSON list of names, or one name.
    pub(crate) list: bool,
    pub(crate) file: FileLayout,
}

impl Memberships {
    /// Reads the file at `path`, whose ids are the keys of profiles by the column `key`. Gives the names of
    /// its segments too, in the order in which they first stand there.
    ///
    /// # Errors
    /// `bad_file`, naming file and line; `bad_matching` where a column is not there.
    pub(crate) fn survey(path: &str, key: &str, settings: &Settings) -> Result<(Self, Vec<String>)> {
        let columns = survey::column_names(path, settings)?;
        let wanted = [key, CUSTOMER_ID];
        let id = find(&columns, &wanted).ok_or_else(|| without(path, &wanted, &columns))?;
        let (segments, list) = column(path, &columns)?;
        let files = Files { paths: vec![path.to_owned()], key: columns.get(id).cloned(), ..Files::default() };
        let (survey, openings) = survey::opened(&files, KeyRule::Repeated, settings)?;
        let broken = || Error::internal("a survey has no layout");
        let file = Layout::of(&survey).and_then(|layout| layout.files.into_iter().next());
        let file = file.ok_or_else(broken)?;
        let opening = openings.first().ok_or_else(broken)?;
        let names = all_names(opening, segments, list, settings)?;
        opening.stamp.hold(path)?;
        Ok((Self { id, segments, list, file }, names))
    }

    /// Whether the file has the columns that it is read by.
    pub(crate) fn is_whole(&self) -> bool {
        self.id.max(self.segments) < self.file.order.len()
    }

    /// The segments of these names as a table, each with the place of its flag.
    pub(crate) fn table(&self, names: HashMap<String, usize>, settings: &Arc<Settings>) -> Members {
        let layout = Layout { key: None, files: vec![self.file.clone()], memberships: None };
        let named = Named::By { column: self.segments, list: self.list, places: names };
        Members::new(Arc::new(layout), self.id, named, Arc::clone(settings))
    }
}

/// What tells the file at `path`, with this stamp, from a later one.
pub(crate) fn version(path: &str, stamp: &Stamp) -> String {
    serde_json::json!(["memberships", path, stamp]).to_string()
}

/// The column with the segments, and whether its cells are lists.
fn column(path: &str, columns: &[String]) -> Result<(usize, bool)> {
    let what = match (find(columns, &["Segment"]), find(columns, &["Segments"])) {
        (Some(place), None) => return Ok((place, false)),
        (None, Some(place)) => return Ok((place, true)),
        (Some(_), Some(_)) => "has both a column “Segment” and a column “Segments”",
        (None, None) => "has neither a column “Segment” nor a column “Segments”",
    };
    Err(Error::new(Code::BadMatching, format!("{} {what}.", name(path))).help(format!(
        "Write one name a row into “Segment”, or a JSON list of names into “Segments”. The columns are {}.",
        names(columns.iter().map(String::as_str))
    )))
}

/// Why a cell names no segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unnamed {
    /// A name is blank.
    Blank,
    /// It is no JSON list of texts.
    NoList,
}

/// The names in a cell. A blank list is an empty one.
pub(crate) fn names_in(cell: &str, list: bool) -> std::result::Result<Vec<String>, Unnamed> {
    let names: Vec<String> = if !list {
        vec![cell.to_owned()]
    } else if is_blank(cell.as_bytes()) {
        Vec::new()
    } else {
        serde_json::from_str(cell).map_err(|_| Unnamed::NoList)?
    };
    if names.iter().any(|name| is_blank(name.as_bytes())) { Err(Unnamed::Blank) } else { Ok(names) }
}

fn all_names(opening: &Opening, column: usize, list: bool, settings: &Settings) -> Result<Vec<String>> {
    let wanted = [column];
    let mut place = opening.place(settings);
    place.wanted = Some(&wanted);
    let before = if place.anywhere() { opening.line } else { 0 };
    let path = &opening.path;
    let mut rows = place.rows(opening.first, u64::MAX).map_err(|error| unreadable(path, error.kind()))?;
    let (mut known, mut names, mut bytes) = (HashSet::new(), Vec::new(), 0);
    while let Some(record) = rows.next().map_err(|found| opening.sentence(found))? {
        let Some(cell) = record.cells.get(column).filter(|_| record.offset >= opening.first) else {
            continue;
        };
        let content = cell.content(record.bytes);
        let text = opening.encoding.decode_cell(&content);
        let found = names_in(&String::from_utf8_lossy(&text), list).map_err(|why| {
            let spot = format!("{} {}", opening.form.format.unit(), before + record.line + 1);
            match why {
                Unnamed::Blank => bad_file(path, &format!("has a segment without a name in {spot}"))
                    .help("Write its name, or take the row out."),
                Unnamed::NoList => bad_file(path, &format!("has no JSON list of names in {spot}"))
                    .help("Write the segments of a profile as [\"One\", \"Another\"]."),
            }
        })?;
        for name in found {
            if known.contains(&name) {
                continue;
            }
            bytes += name.len();
            if names.len() == MOST || bytes > MOST_BYTES {
                return Err(bad_file(path, &format!("names more than {MOST} segments, or 16 MB of names"))
                    .help(
                        "Check that this is a file of memberships; leave out segments that no export uses.",
                    ));
            }
            names.push(name.clone());
            known.insert(name);
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_as_they_are() {
        let names = |cell, list| names_in(cell, list);
        let some = |names: &[&str]| Ok(names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(names("=1+1", false), some(&["=1+1"]));
        assert_eq!(names("[\"A\"]", false), some(&["[\"A\"]"]), "no list was promised");
        assert_eq!(names(r#"["../x", " é\n", "../x"]"#, true), some(&["../x", " é\n", "../x"]));
        assert_eq!(names(" ", true), some(&[]));
        assert_eq!(names("[]", true), some(&[]));
        assert_eq!(names(" \u{a0}", false), Err(Unnamed::Blank));
        assert_eq!(names(r#"["A", ""]"#, true), Err(Unnamed::Blank));
        for cell in ["A", "[1]", "{\"A\":1}", "[\"A\"", "null"] {
            assert_eq!(names(cell, true), Err(Unnamed::NoList), "{cell}");
        }
    }
}
