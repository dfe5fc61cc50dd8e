//! What is known of a column after reading some of its cells.

use segue_engine::model::{Column, ColumnType};

use crate::csv::{Cell, Encoding};
use crate::value::{Possible, is_blank};

/// Samples of a column, and their longest in characters.
const SAMPLES: usize = 3;
const SAMPLE_CHARS: usize = 80;
/// Bytes that surely hold `SAMPLE_CHARS` characters, doubled quotes included.
const SAMPLE_BYTES: usize = 640;

/// Fill, possible types and samples of one column.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    filled: u64,
    possible: Possible,
    /// Whether it has its type without any value.
    declared: bool,
    /// Different values as they stand in the file, cut, with whether they hold doubled quotes.
    samples: Vec<(Vec<u8>, bool)>,
}

impl Facts {
    /// Of a column of which nothing was read, with the types that it may have.
    pub(crate) fn new(possible: Possible) -> Self {
        Self { filled: 0, possible, declared: false, samples: Vec::new() }
    }

    /// Of a column whose type somebody declared.
    pub(crate) fn declared(possible: Possible) -> Self {
        Self { declared: true, ..Self::new(possible) }
    }

    /// Whether its numbers have decimal commas.
    pub(crate) fn has_commas(&self) -> bool {
        self.filled > 0 && self.possible.has_commas()
    }

    /// Takes note of a cell.
    #[inline]
    pub(crate) fn see(&mut self, cell: Cell, record: &[u8], encoding: Encoding) {
        let raw = cell.raw(record);
        if encoding.is_blank(raw) {
            return;
        }
        self.filled += 1;
        if !self.possible.only_text() {
            self.possible = self.possible.and(Possible::of(raw));
        }
        if self.samples.len() < SAMPLES {
            self.sample(raw.get(..SAMPLE_BYTES).unwrap_or(raw), cell.escaped);
        }
    }

    fn sample(&mut self, raw: &[u8], escaped: bool) {
        if self.samples.len() < SAMPLES && !self.samples.iter().any(|(known, _)| known == raw) {
            self.samples.push((raw.to_vec(), escaped));
        }
    }

    /// Adds what is known from later cells.
    pub(crate) fn extend(&mut self, later: &Self) {
        self.filled += later.filled;
        self.possible = self.possible.and(later.possible);
        self.declared |= later.declared;
        for (raw, escaped) in &later.samples {
            self.sample(raw, *escaped);
        }
    }

    /// The same with samples as text and without commas, so that facts of files in different encodings
    /// and of different countries go together.
    #[must_use]
    pub(crate) fn decoded(&self, encoding: Encoding) -> Self {
        let mut decoded = Self { samples: Vec::new(), possible: self.possible.pointed(), ..*self };
        for (raw, escaped) in &self.samples {
            let end = u32::try_from(raw.len()).unwrap_or(u32::MAX);
            let content = Cell { start: 0, end, escaped: *escaped }.content(raw);
            let text: String = encoding.decode_lossy(&content).chars().take(SAMPLE_CHARS).collect();
            decoded.sample(text.as_bytes(), false);
        }
        decoded
    }

    /// The column that these facts, decoded, describe.
    pub(crate) fn column(&self, name: &str) -> Column {
        let told = self.filled > 0 || self.declared;
        let kind = if !told { ColumnType::Text } else { self.possible.narrowest() };
        let samples =
            self.samples.iter().map(|(text, _)| String::from_utf8_lossy(text).into_owned()).collect();
        Column { name: name.to_owned(), kind, filled: self.filled, samples }
    }
}

impl Encoding {
    /// Whether nothing but white space is in a cell.
    #[inline]
    pub(crate) fn is_blank(self, raw: &[u8]) -> bool {
        match raw.first() {
            Some(0x80..) if !self.is_utf8() && self.cut_raw() => {
                self.decode(raw).is_some_and(|text| is_blank(text.as_bytes()))
            }
            _ => is_blank(raw),
        }
    }
}
