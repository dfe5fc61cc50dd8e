//! The one pass over all of an audience's files that finds out what they are and refuses what cannot
//! be read without a doubt. Everything later relies on it.

mod chunk;
mod facts;
mod fault;
mod head;
mod header;
mod keys;
mod opening;
mod pass;
mod said;
mod version;

use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{Column, ColumnType, FileFound, Files, Survey};

use self::chunk::Task;
use self::facts::Facts;
use self::pass::Pass;
use crate::csv::Encoding;
use crate::layout::{FileLayout, Layout};
use crate::paths;
use crate::settings::Settings;
use crate::value::Possible;
use crate::words::{bad_file, changed, name, names};

pub(crate) use self::opening::Opening;
pub(crate) use self::version::version;

/// Which column tells profiles apart.
#[derive(Debug, Clone, Copy)]
pub(crate) enum KeyRule {
    /// The one that the files name, else `CustomerId`, else none: when an audience is added.
    Find,
    /// The one that the files name, else none: what was fixed when it was added.
    Fixed,
    /// The one that the files name; it may stand twice: in a file of members.
    Repeated,
}

/// Surveys these files.
pub(crate) fn survey(files: &Files, rule: KeyRule, settings: &Settings) -> Result<Survey> {
    opened(files, rule, settings).map(|(survey, _)| survey)
}

/// The same, with how each file begins.
pub(crate) fn opened(files: &Files, rule: KeyRule, settings: &Settings) -> Result<(Survey, Vec<Opening>)> {
    let paths = paths::expand(files)?;
    let mut openings = Vec::with_capacity(paths.files.len());
    for named in &paths.files {
        openings.push(match &named.partition {
            Some(partition) => Opening::of_partition(&named.path, partition, files, settings)?,
            None => Opening::of(&named.path, files, settings)?,
        });
    }
    let Some(leader) = openings.first() else {
        return Err(Error::new(Code::BadFile, "No file is named.").help("Name at least one file."));
    };
    let columns = leader.names.clone();
    let key = key_column(files, rule, &columns)?;
    let mut orders = Vec::with_capacity(openings.len());
    for opening in &openings {
        orders.push(order(&columns, &leader.path, opening)?);
    }

    let mut whole = Found { facts: vec![Facts::new(Possible::POINT); columns.len()], ..Found::default() };
    for (opening, order) in openings.iter_mut().zip(&orders) {
        let place = key.and_then(|key| order.get(key)).copied();
        let pass = read(opening, place, settings)?;
        opening.stamp.hold(&opening.path)?;
        whole.add(opening, order, pass);
    }
    if let (Some(key), KeyRule::Find | KeyRule::Fixed) = (key, rule) {
        let places: Vec<usize> = orders.iter().filter_map(|order| order.get(key)).copied().collect();
        let column = columns.get(key).map(String::as_str).unwrap_or_default();
        keys::refuse_doubled(whole.keys, &openings, &places, column, settings)?;
    }

    // A file that came into a folder meanwhile would belong to it.
    if paths::expand(files)? != paths {
        return Err(changed(files.paths.first().map_or("", String::as_str)));
    }
    let stamps = paths.stamped(openings.iter().map(|file| &file.stamp));
    let version = version(files, key.and_then(|key| columns.get(key)), stamps);
    let columns: Vec<Column> =
        columns.iter().zip(&whole.facts).map(|(name, facts)| facts.column(name)).collect();
    for file in &mut whole.layouts {
        // What is text when all files are taken together stays as it stands in each.
        file.commas
            .retain(|place| columns.get(*place).is_some_and(|column| column.kind == ColumnType::Float));
    }
    let layout = Layout { key, files: whole.layouts, memberships: None };
    let private = serde_json::to_value(&layout).map_err(Error::internal)?;
    let survey =
        Survey { version, rows: whole.rows, columns, files: whole.files, segments: Vec::new(), private };
    Ok((survey, openings))
}

/// What the files hold together.
#[derive(Default)]
struct Found {
    rows: u64,
    facts: Vec<Facts>,
    keys: Vec<u64>,
    files: Vec<FileFound>,
    layouts: Vec<FileLayout>,
}

impl Found {
    fn add(&mut self, opening: &Opening, order: &[usize], pass: Pass) {
        self.rows += pass.rows;
        let mut commas = Vec::new();
        for (column, (facts, place)) in self.facts.iter_mut().zip(order).enumerate() {
            if let Some(later) = pass.columns.get(*place) {
                facts.extend(&later.decoded(opening.encoding));
                if later.has_commas() {
                    commas.push(column);
                }
            }
        }
        self.keys.extend(pass.keys);
        self.files.push(FileFound {
            path: opening.path.clone(),
            bytes: opening.stamp.bytes,
            rows: pass.rows,
            modified_at: opening.stamp.modified_at(),
            format: opening.form.format.label().to_owned(),
            compression: opening.form.compression.map(|packed| packed.label().to_owned()),
            encoding: opening.encoding.label(),
            delimiter: opening.form.format.is_delimited().then(|| char::from(opening.dialect.delimiter)),
            header: opening.header,
            quoted_breaks: pass.quoted_breaks,
        });
        self.layouts.push(FileLayout {
            path: opening.path.clone(),
            stamp: opening.stamp.clone(),
            form: opening.form,
            encoding: opening.encoding.label(),
            mark: opening.mark,
            delimiter: opening.dialect.delimiter,
            terminator: opening.dialect.terminator,
            keys: opening.keys.clone(),
            commas,
            order: order.to_vec(),
            rows: pass.rows,
            starts: pass.starts,
        });
    }
}

/// Reads a file whole; a file that is no UTF-8 and does not say what it is, once more as Windows-1252.
fn read(opening: &mut Opening, key: Option<usize>, settings: &Settings) -> Result<Pass> {
    loop {
        let strict = opening.certain || !opening.encoding.is_utf8();
        let facts = opening.facts(key);
        let task =
            Task { place: opening.place(settings), facts: &facts, declared: opening.declared(), key, strict };
        let (first, line, size) = (opening.first, opening.line, opening.stamp.bytes);
        let pass = Pass::run(&task, first, line, size, settings.chunk, settings.threads)
            .map_err(|found| opening.sentence(found))?;
        if opening.certain || (opening.encoding.is_utf8() && pass.invalid == 0) {
            return Ok(pass);
        }
        // Text in Windows-1252 is hardly ever valid UTF-8 by chance: this is a mixture.
        let names_wide = opening.encoding.is_utf8() && opening.names.iter().any(|text| !text.is_ascii());
        if names_wide || pass.wide > pass.invalid {
            let what = match pass.invalid_line {
                Some(line) => format!("is UTF-8, but not in line {}", line + 1),
                None => "is UTF-8, but not in its header".to_owned(),
            };
            return Err(bad_file(&opening.path, &what)
                .help("Save the file as UTF-8, or name its encoding with --encoding."));
        }
        if !opening.encoding.is_utf8() {
            return Ok(pass);
        }
        opening.encoding = Encoding::WINDOWS_1252;
    }
}

/// The place of the key column; `None` if rows are told apart by their place in the file.
fn key_column(files: &Files, rule: KeyRule, columns: &[String]) -> Result<Option<usize>> {
    match (&files.key, rule) {
        (Some(key), _) => match columns.iter().position(|column| column == key) {
            Some(place) => Ok(Some(place)),
            None => {
                Err(Error::new(Code::BadMatching, format!("There is no key column called {}.", name(key)))
                    .help(format!("The columns are {}.", names(columns.iter().map(String::as_str)))))
            }
        },
        (None, KeyRule::Find) => Ok(default_place(columns)),
        (None, KeyRule::Fixed | KeyRule::Repeated) => Ok(None),
    }
}

/// The names of a file's columns.
pub(crate) fn column_names(path: &str, settings: &Settings) -> Result<Vec<String>> {
    Ok(Opening::of(path, &Files::default(), settings)?.names)
}

/// `CustomerId`, else the first that is it in other letters.
pub(crate) fn default_place<T: AsRef<str>>(columns: &[T]) -> Option<usize> {
    let exact = columns.iter().position(|column| column.as_ref() == "CustomerId");
    exact.or_else(|| columns.iter().position(|column| column.as_ref().eq_ignore_ascii_case("CustomerId")))
}

/// For each column of the first file, its place in another.
fn order(columns: &[String], leader: &str, opening: &Opening) -> Result<Vec<usize>> {
    let mut places: std::collections::HashMap<&str, usize> =
        opening.names.iter().enumerate().map(|(place, column)| (column.as_str(), place)).collect();
    let mut order = Vec::with_capacity(columns.len());
    for column in columns {
        let Some(place) = places.remove(column.as_str()) else {
            return Err(bad_file(
                &opening.path,
                &format!("has no column {}, which {} has", name(column), name(leader)),
            )
            .help("Files of one audience must have the same columns."));
        };
        order.push(place);
    }
    if let Some(extra) = opening.names.iter().find(|column| places.contains_key(column.as_str())) {
        return Err(bad_file(
            &opening.path,
            &format!("has a column {}, which {} has not", name(extra), name(leader)),
        )
        .help("Files of one audience must have the same columns."));
    }
    Ok(order)
}
