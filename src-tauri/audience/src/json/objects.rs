//! Objects as records: each key is a column, and each value a cell with its text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::io::Read;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::lines::{Line, Lines};
use crate::csv::{Cell, Fault, FaultKind, Record};

/// Reads objects one after the other.
pub(crate) struct Objects<R> {
    lines: Lines<R>,
    row: Row,
}

impl<R: Read> Objects<R> {
    /// Reads the values of these keys from `input`, which stands at `offset` of the text.
    pub(crate) fn new(input: R, offset: u64, keys: &[String], block: usize) -> Self {
        let places = keys.iter().enumerate().map(|(place, key)| (key.clone(), place)).collect();
        Self { lines: Lines::new(input, offset, block), row: Row { places, ..Row::default() } }
    }

    /// Where the next line begins in the text.
    pub(crate) fn position(&self) -> u64 {
        self.lines.offset
    }

    /// Lines passed so far.
    pub(crate) fn lines(&self) -> u64 {
        self.lines.count
    }

    /// The next object; `None` at the end. Keys that were not asked for are passed over.
    pub(crate) fn next(&mut self) -> Result<Option<Record<'_>>, Fault> {
        let Some(Line { text, offset, before: line }) = self.lines.next()? else { return Ok(None) };
        self.row.read(text).map_err(|kind| Fault { line, kind })?;
        Ok(Some(Record { bytes: &self.row.bytes, cells: &self.row.cells, offset, line, breaks: 0 }))
    }

    /// All keys of all objects, in the order in which they first appear; stops beyond `most`.
    pub(crate) fn keys(mut self, most: usize) -> Result<Vec<String>, Fault> {
        let mut keys = Vec::new();
        let mut known = std::collections::HashSet::new();
        while let Some(Line { text, before: line, .. }) = self.lines.next()? {
            each(text, |key, _: IgnoredAny| {
                if !known.contains(key.as_ref()) {
                    known.insert(key.clone().into_owned());
                    keys.push(key.into_owned());
                }
                Ok(())
            })
            .map_err(|kind| Fault { line, kind })?;
            if keys.len() > most {
                break;
            }
        }
        Ok(keys)
    }
}

/// One object, as a record.
#[derive(Default)]
struct Row {
    places: HashMap<String, usize>,
    bytes: Vec<u8>,
    cells: Vec<Cell>,
    /// Whether a key of the row came already.
    seen: Vec<bool>,
}

impl Row {
    fn read(&mut self, text: &[u8]) -> Result<(), FaultKind> {
        let Self { places, bytes, cells, seen } = self;
        bytes.clear();
        cells.clear();
        cells.resize(places.len(), Cell { start: 0, end: 0, escaped: false });
        seen.clear();
        seen.resize(places.len(), false);
        each(text, |key, value: &RawValue| {
            let Some(place) = places.get(key.as_ref()) else { return Ok(()) };
            let (Some(cell), Some(seen)) = (cells.get_mut(*place), seen.get_mut(*place)) else {
                return Ok(());
            };
            if std::mem::replace(seen, true) {
                return Err(FaultKind::TwiceInObject(*place));
            }
            let start = bytes.len();
            write(value.get(), bytes)?;
            *cell = Cell { start: place_of(start), end: place_of(bytes.len()), escaped: false };
            Ok(())
        })
    }
}

/// The text of a value: what stands in a string; nothing for null; anything else as it stands.
fn write(value: &str, to: &mut Vec<u8>) -> Result<(), FaultKind> {
    if value.starts_with('"') {
        let text: Borrowed<'_> = serde_json::from_str(value).map_err(|_| FaultKind::NoObject)?;
        to.extend_from_slice(text.0.as_bytes());
    } else if value != "null" {
        to.extend_from_slice(value.as_bytes());
    }
    Ok(())
}

// Lines are at most `LONGEST`, so 32 bits hold every place in one.
#[allow(clippy::cast_possible_truncation)]
fn place_of(place: usize) -> u32 {
    place as u32
}

/// Text that is only copied where it has escapes.
#[derive(Deserialize)]
struct Borrowed<'a>(#[serde(borrow)] Cow<'a, str>);

/// Calls `see` for each key of an object with its value.
fn each<'a, V: Deserialize<'a>>(
    text: &'a [u8],
    see: impl FnMut(Cow<'a, str>, V) -> Result<(), FaultKind>,
) -> Result<(), FaultKind> {
    // Strings are taken from it as they are.
    let text = std::str::from_utf8(text).map_err(|_| FaultKind::Encoding)?;
    let mut parser = serde_json::Deserializer::from_str(text);
    let each = Each { see, value: std::marker::PhantomData };
    let seen = parser.deserialize_map(each).map_err(|_| FaultKind::NoObject)?;
    parser.end().map_err(|_| FaultKind::NoObject)?;
    seen
}

struct Each<F, V> {
    see: F,
    value: std::marker::PhantomData<V>,
}

impl<'a, V, F> Visitor<'a> for Each<F, V>
where
    V: Deserialize<'a>,
    F: FnMut(Cow<'a, str>, V) -> Result<(), FaultKind>,
{
    type Value = Result<(), FaultKind>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut outcome = Ok(());
        while let Some((Borrowed(key), value)) = map.next_entry()? {
            if outcome.is_ok() {
                outcome = (self.see)(key, value);
            }
        }
        Ok(outcome)
    }
}
