//! Files that say who is in a segment, one id a row: found, opened, and told apart from later ones.

use std::sync::Arc;

use segue_engine::error::{Code, Error, Result};
use segue_engine::model::Files;

use crate::layout::Layout;
use crate::read::{Members, Named};
use crate::settings::Settings;
use crate::stamp::Stamp;
use crate::survey::{self, KeyRule};
use crate::words::{fold, name, names};

/// The column of ids where none is named.
pub(crate) const CUSTOMER_ID: &str = "CustomerId";

/// A file of members as it was when it was opened.
#[derive(Debug)]
pub(crate) struct MemberFile {
    pub(crate) table: Arc<Members>,
    /// What tells it from a later one.
    pub(crate) version: String,
}

impl MemberFile {
    /// Reads the file at `path` once, to find out how it is written. The ids stand in the column `key`,
    /// else in `CustomerId` in any letter case, else in the column that is called as the key of the
    /// audience is.
    ///
    /// # Errors
    /// `bad_file`, naming file and line; `bad_matching` without such a column.
    pub(crate) fn open(
        path: &str,
        key: Option<&str>,
        of_audience: &str,
        settings: &Arc<Settings>,
    ) -> Result<Self> {
        let columns = survey::column_names(path, settings).map_err(of_segment)?;
        let wanted = key.map_or_else(|| vec![CUSTOMER_ID, of_audience], |key| vec![key]);
        let id = find(&columns, &wanted).ok_or_else(|| without(path, &wanted, &columns))?;
        let files = Files { paths: vec![path.to_owned()], key: columns.get(id).cloned(), ..Files::default() };
        let survey = survey::survey(&files, KeyRule::Repeated, settings).map_err(of_segment)?;
        let layout = Layout::of(&survey).ok_or_else(|| Error::internal("a survey has no layout"))?;
        let file = layout.files.first().ok_or_else(|| Error::internal("a layout has no file"))?;
        let version = version(path, key, &file.stamp);
        let table = Members::new(Arc::new(layout), id, Named::All, Arc::clone(settings));
        Ok(Self { table: Arc::new(table), version })
    }
}

/// What tells the file at `path`, with this stamp, from a later one.
pub(crate) fn version(path: &str, key: Option<&str>, stamp: &Stamp) -> String {
    serde_json::json!([path, key, stamp]).to_string()
}

/// The place of the first of these columns that is there, exactly or in other letters.
pub(crate) fn find(columns: &[String], wanted: &[&str]) -> Option<usize> {
    wanted.iter().find_map(|wanted| {
        let exact = columns.iter().position(|column| column == wanted);
        exact.or_else(|| columns.iter().position(|column| fold(column) == fold(wanted)))
    })
}

/// The error for a file without any of these columns.
pub(crate) fn without(path: &str, wanted: &[&str], columns: &[String]) -> Error {
    let mut wanted = wanted.to_vec();
    wanted.dedup();
    let wanted = wanted.into_iter().map(name).collect::<Vec<_>>().join(" or ");
    let columns = names(columns.iter().map(String::as_str));
    Error::new(Code::BadMatching, format!("{} has no column {wanted} with the ids of members.", name(path)))
        .help(format!("Its columns are {columns}; name the one with the ids with --key."))
}

/// The error for an audience whose profiles have no ids.
pub(crate) fn without_ids() -> Error {
    Error::new(
        Code::BadMatching,
        "The profiles of this audience have no ids, only places in their file, so no file can name its members.",
    )
    .help("Add the audience again with --key COLUMN, the column that identifies a profile.")
}

/// What is said of an audience's file fits a file of members but for what to do where it is gone.
fn of_segment(error: Error) -> Error {
    if error.message.ends_with("is not there.") {
        return Error {
            help: "Put it back, or name another file: segue segment edit NAME --members FILE.".to_owned(),
            ..error
        };
    }
    error
}
