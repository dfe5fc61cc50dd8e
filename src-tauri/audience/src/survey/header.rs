//! The names of columns: the first record, unless it cannot be one.

use std::collections::HashMap;

use segue_engine::error::{Code, Error, Result};

use crate::csv::{Encoding, Record};
use crate::value::{date, float, timestamp};
use crate::words::{bad_file, name};

/// The most columns a file may have.
pub(crate) const MOST: usize = 10_000;

/// The names that a first record gives: `None` if it is data. `before` counts the lines before the text.
pub(crate) fn names(
    path: &str,
    record: &Record<'_>,
    before: u64,
    encoding: Encoding,
) -> Result<Option<Vec<String>>> {
    limit(path, record.cells.len())?;
    let cells: Vec<String> = record
        .cells
        .iter()
        .map(|cell| encoding.decode_lossy(&cell.content(record.bytes)).trim().to_owned())
        .collect();
    if is_data(&cells) {
        return Ok(None);
    }
    distinct(path, cells, Some(before + record.line + 1)).map(Some)
}

/// The names of the columns of a file that always has names.
pub(crate) fn given(path: &str, names: &[String]) -> Result<Vec<String>> {
    limit(path, names.len())?;
    distinct(path, names.iter().map(|text| text.trim().to_owned()).collect(), None)
}

/// Fails if a first record names other columns than a model says, or in another order.
pub(crate) fn as_said(path: &str, record: &Record<'_>, encoding: Encoding, columns: &[String]) -> Result<()> {
    let line = record.line + 1;
    let shifted = |what: String| {
        Err(bad_file(path, &what)
            .help("Export it again: the header and model.json must name the same columns."))
    };
    if record.cells.len() != columns.len() {
        let (found, said) = (record.cells.len(), columns.len());
        return shifted(format!("names {found} columns in line {line} where model.json has {said}"));
    }
    for (place, (cell, said)) in record.cells.iter().zip(columns).enumerate() {
        let found = encoding.decode_lossy(&cell.content(record.bytes));
        if found.trim() != said {
            return shifted(format!(
                "names column {} {} in line {line} where model.json has {}",
                place + 1,
                name(found.trim()),
                name(said)
            ));
        }
    }
    Ok(())
}

/// Names, each of them once, with a number for those that are blank.
fn distinct(path: &str, cells: Vec<String>, line: Option<u64>) -> Result<Vec<String>> {
    let whence = line.map(|line| format!(" in line {line}")).unwrap_or_default();
    let mut seen = HashMap::new();
    for (place, text) in cells.iter().enumerate() {
        if text.is_empty() {
            continue;
        }
        if let Some(earlier) = seen.insert(text.clone(), place) {
            return Err(bad_file(
                path,
                &format!(
                    "names two columns {}{whence}: columns {} and {}",
                    name(text),
                    earlier + 1,
                    place + 1
                ),
            )
            .help("Give each column its own name; a file without names is read with --no-header."));
        }
    }
    let fill = |(place, text): (usize, String)| if text.is_empty() { free_name(place, &seen) } else { text };
    Ok(cells.into_iter().enumerate().map(fill).collect())
}

/// The names of columns that have none.
pub(crate) fn numbered(path: &str, count: usize) -> Result<Vec<String>> {
    limit(path, count)?;
    Ok((1..=count).map(|place| format!("Column{place}")).collect())
}

fn free_name(place: usize, taken: &HashMap<String, usize>) -> String {
    let mut text = format!("Column{}", place + 1);
    while taken.contains_key(&text) {
        text.push('_');
    }
    text
}

fn limit(path: &str, count: usize) -> Result<()> {
    if count > MOST {
        return Err(Error::new(
            Code::BadFile,
            format!("{} has {count} columns; {MOST} is the most.", name(path)),
        )
        .help("Leave out the columns that no export and no segment uses."));
    }
    Ok(())
}

/// Whether a first record cannot be names: it holds an e-mail address or a date, or begins with a
/// number, or is numbers for the greater part.
fn is_data(cells: &[String]) -> bool {
    let number = |text: &str| float(text.as_bytes()).is_some();
    let numbers = cells.iter().filter(|text| number(text)).count();
    numbers * 2 > cells.len()
        || cells.first().is_some_and(|text| number(text))
        || cells.iter().any(|text| {
            is_address(text) || date(text.as_bytes()).is_some() || timestamp(text.as_bytes()).is_some()
        })
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        let inner = domain.trim_matches('.');
        !local.is_empty() && inner == domain && inner.contains('.') && !text.contains(char::is_whitespace)
    })
}
