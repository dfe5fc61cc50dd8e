//! One part of a file, read for the survey. Parts are read at the same time; all but the first have to
//! guess where a record begins, and the guess is checked afterwards against the end of the part before.

use std::hash::{DefaultHasher, Hasher};

use super::facts::Facts;
use crate::cdm::Declared;
use crate::csv::{Encoding, Fault, FaultKind, Record};
use crate::layout::Place;

/// What the survey asks of every part of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Task<'a> {
    pub(crate) place: Place<'a>,
    /// What is known of the columns beforehand: every record must have as many cells.
    pub(crate) facts: &'a [Facts],
    /// The types that its columns must have, where somebody said so.
    pub(crate) declared: &'a [Declared],
    /// The key's place in the file.
    pub(crate) key: Option<usize>,
    /// Whether bytes that are not valid are a fault, or only counted.
    pub(crate) strict: bool,
}

/// What was found in a part.
#[derive(Debug)]
pub(crate) struct Chunk {
    /// Where its first record begins, and where the first record after it does.
    pub(crate) start: u64,
    pub(crate) end: u64,
    /// The line of `start`, counted from where reading began; 0 unless that was a guess.
    pub(crate) origin: u64,
    /// Line breaks from there to `end`.
    pub(crate) lines: u64,
    pub(crate) rows: u64,
    pub(crate) columns: Vec<Facts>,
    /// A hash of each row's key.
    pub(crate) keys: Vec<u64>,
    pub(crate) quoted_breaks: bool,
    /// Records with more than ASCII that are valid UTF-8.
    pub(crate) wide: u64,
    /// Records that are not, and the line of the first, counted as `origin` is.
    pub(crate) invalid: u64,
    pub(crate) invalid_line: Option<u64>,
    /// What ended the reading before `end`.
    pub(crate) fault: Option<Fault>,
}

impl Chunk {
    /// Reads the records that begin in `from..to`. With `guess`, `from` is any place, else a record's
    /// start.
    pub(crate) fn read(task: &Task<'_>, from: u64, to: u64, guess: bool) -> Self {
        let mut chunk = Self {
            start: from,
            end: from,
            origin: 0,
            lines: 0,
            rows: 0,
            columns: task.facts.to_vec(),
            keys: Vec::new(),
            quoted_breaks: false,
            wide: 0,
            invalid: 0,
            invalid_line: None,
            fault: None,
        };
        if let Err(fault) = chunk.run(task, from, to, guess) {
            chunk.fault = Some(fault);
        }
        chunk
    }

    fn run(&mut self, task: &Task<'_>, from: u64, to: u64, guess: bool) -> Result<(), Fault> {
        // The byte before tells whether a line begins exactly here.
        let begin = if guess { from.saturating_sub(1) } else { from };
        let mut records = task
            .place
            .rows(begin, u64::MAX)
            .map_err(|error| Fault { line: 0, kind: FaultKind::from(&error) })?;
        if guess {
            records.skip_line()?;
        }
        let mut first = true;
        loop {
            let (position, line) = (records.position(), records.lines());
            let record = match records.next() {
                Ok(Some(record)) => record,
                Ok(None) => {
                    let (position, line) = (records.position(), records.lines());
                    self.close(&mut first, guess, position, line);
                    return Ok(());
                }
                Err(fault) => {
                    self.close(&mut first, guess, position, line);
                    return Err(fault);
                }
            };
            let (offset, line) = (record.offset, record.line);
            // Files that are decoded are read from their very beginning.
            if offset < from {
                continue;
            }
            self.close(&mut first, guess, offset, line);
            if offset >= to {
                return Ok(());
            }
            self.take(task, &record).map_err(|kind| Fault { line, kind })?;
        }
    }

    /// Everything before `position` is read.
    fn close(&mut self, first: &mut bool, guess: bool, position: u64, line: u64) {
        if std::mem::take(first) {
            self.start = position;
            self.origin = if guess { line } else { 0 };
        }
        self.end = position;
        self.lines = line - self.origin;
    }

    #[inline]
    fn take(&mut self, task: &Task<'_>, record: &Record<'_>) -> Result<(), FaultKind> {
        let (bytes, cells) = (record.bytes, record.cells);
        if cells.len() != task.facts.len() {
            return Err(FaultKind::Ragged { found: cells.len(), expected: task.facts.len() });
        }
        if !bytes.is_ascii() {
            self.check_text(task, bytes, record.line)?;
        }
        if memchr::memchr(0, bytes).is_some() {
            return Err(FaultKind::Nul);
        }
        self.rows += 1;
        self.quoted_breaks |= record.breaks > 0;
        let encoding = task.place.encoding;
        for (facts, cell) in self.columns.iter_mut().zip(cells) {
            facts.see(*cell, bytes, encoding);
        }
        for (place, (declared, cell)) in task.declared.iter().zip(cells).enumerate() {
            let raw = cell.raw(bytes);
            if !declared.admits(raw) && !encoding.is_blank(raw) {
                return Err(FaultKind::Misfit(place, declared.label()));
            }
        }
        if let Some(cell) = task.key.and_then(|key| cells.get(key)) {
            let content = cell.content(bytes);
            if encoding.is_blank(&content) {
                return Err(FaultKind::BlankKey);
            }
            self.keys.push(key_hash(&content, encoding));
        }
        Ok(())
    }

    fn check_text(&mut self, task: &Task<'_>, bytes: &[u8], line: u64) -> Result<(), FaultKind> {
        if std::str::from_utf8(bytes).is_ok() {
            self.wide += 1;
        } else {
            self.invalid += 1;
            self.invalid_line.get_or_insert(line);
        }
        if task.strict && !task.place.encoding.decode_strict(bytes) {
            return Err(FaultKind::Encoding);
        }
        Ok(())
    }
}

/// The same for the same text, whatever the encoding of the file.
pub(crate) fn key_hash(content: &[u8], encoding: Encoding) -> u64 {
    let mut hasher = DefaultHasher::new();
    if encoding.is_utf8() || content.is_ascii() {
        hasher.write(content);
    } else {
        hasher.write(&encoding.decode_cell(content));
    }
    hasher.finish()
}
