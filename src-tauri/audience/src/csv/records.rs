//! Records of a text, read block by block: memory holds one block, or one record if that is longer.

use std::io::{self, Read};

use super::hits::Hits;
use super::{Cell, Dialect};
use crate::unpack::Unfit;

/// The longest record. A quote that is never closed would otherwise swallow the rest of the file.
pub(crate) const LONGEST: usize = 16 << 20;

/// What is wrong with a text, and where: lines count from the line where reading began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) line: u64,
    pub(crate) kind: FaultKind,
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// A quote that opens here is never closed.
    OpenQuote,
    /// Text stands between a closing quote and the next delimiter; the cell's place in the record.
    AfterQuote(usize),
    /// The record is longer than [`LONGEST`].
    TooLong,
    /// It has another number of cells than the header.
    Ragged { found: usize, expected: usize },
    /// It holds a NUL.
    Nul,
    /// It is not valid in the encoding of the file.
    Encoding,
    /// The line is not one JSON object.
    NoObject,
    /// An object has the key of this place twice.
    TwiceInObject(usize),
    /// The cell of this place holds a time that no calendar has.
    OutOfTime(usize),
    /// The cell of this place is not what it was said to be.
    Misfit(usize, &'static str),
    /// The key cell is blank.
    BlankKey,
    /// It cannot be unpacked.
    Unfit(Unfit),
    /// Reading failed.
    Io(io::ErrorKind),
}

impl From<&io::Error> for FaultKind {
    fn from(error: &io::Error) -> Self {
        Unfit::of(error).map_or(Self::Io(error.kind()), Self::Unfit)
    }
}

/// A record and where it stands.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    /// Its bytes, without the line end; what the cells' ranges refer to.
    pub(crate) bytes: &'a [u8],
    /// Its cells.
    pub(crate) cells: &'a [Cell],
    /// Where it begins in the text.
    pub(crate) offset: u64,
    /// Line breaks before it, since reading began.
    pub(crate) line: u64,
    /// Line breaks in its quoted cells.
    pub(crate) breaks: u64,
}

/// Reads records one after the other. Lines that hold nothing at all are skipped.
#[derive(Debug)]
pub(crate) struct Records<R> {
    input: R,
    dialect: Dialect,
    block: usize,
    buffer: Vec<u8>,
    filled: usize,
    /// Whether the input has no more.
    drained: bool,
    /// Where the buffer begins in the text.
    base: u64,
    /// Where the next record begins in the buffer.
    at: usize,
    line: u64,
    hits: Hits,
    cells: Vec<Cell>,
}

enum Found {
    Record {
        end: usize,
        next: usize,
        breaks: u64,
    },
    Blank {
        next: usize,
    },
    /// The buffer ends within the record.
    Cut,
    Fault(FaultKind, u64),
}

impl<R: Read> Records<R> {
    /// Reads from `input`, which stands at a record's start, at `offset` of the text.
    pub(crate) fn new(input: R, offset: u64, dialect: Dialect, block: usize) -> Self {
        Self {
            input,
            dialect,
            block: block.max(16),
            buffer: Vec::new(),
            filled: 0,
            drained: false,
            base: offset,
            at: 0,
            line: 0,
            hits: Hits::new(dialect),
            cells: Vec::new(),
        }
    }

    /// Where the next record, or a blank line before it, begins.
    pub(crate) fn position(&self) -> u64 {
        self.base + self.at as u64
    }

    /// Line breaks passed so far.
    pub(crate) fn lines(&self) -> u64 {
        self.line
    }

    /// Passes everything up to and with the next line end, quotes or not.
    pub(crate) fn skip_line(&mut self) -> Result<(), Fault> {
        loop {
            let rest = self.buffer.get(self.at..self.filled).unwrap_or_default();
            if let Some(end) = memchr::memchr(self.dialect.terminator, rest) {
                self.at += end + 1;
                self.hits.seek(self.buffer.get(..self.filled).unwrap_or_default(), self.at);
                return Ok(());
            }
            self.at = self.filled;
            if self.drained {
                return Ok(());
            }
            self.fill()?;
        }
    }

    /// The next record; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Record<'_>>, Fault> {
        let (end, next, breaks) = loop {
            if self.at >= self.filled {
                if self.drained {
                    return Ok(None);
                }
                self.fill()?;
                continue;
            }
            match self.scan() {
                Found::Record { end, next, breaks } if end - self.at <= LONGEST => break (end, next, breaks),
                Found::Record { .. } => {
                    return Err(Fault { line: self.line, kind: FaultKind::TooLong });
                }
                Found::Blank { next } => {
                    self.at = next;
                    self.line += 1;
                }
                Found::Cut if self.filled - self.at > LONGEST => {
                    return Err(Fault { line: self.line, kind: self.overlong() });
                }
                Found::Cut => self.fill()?,
                Found::Fault(kind, breaks) => return Err(Fault { line: self.line + breaks, kind }),
            }
        };
        let (start, line) = (self.at, self.line);
        self.at = next;
        self.line += breaks + 1;
        Ok(Some(Record {
            bytes: self.buffer.get(start..end).unwrap_or_default(),
            cells: &self.cells,
            offset: self.base + start as u64,
            line,
            breaks,
        }))
    }

    /// Finds the cells of the record at `at`.
    #[inline]
    fn scan(&mut self) -> Found {
        let bytes = self.buffer.get(..self.filled).unwrap_or_default();
        let Dialect { delimiter, terminator } = self.dialect;
        let start = self.at;
        self.cells.clear();
        let mut at = start;
        let mut quoted = false;
        loop {
            if bytes.get(at) == Some(&b'"') {
                quoted = true;
                let (close, escaped) = match closing_quote(bytes, at + 1, self.drained) {
                    Close::At(close, escaped) => (close, escaped),
                    Close::Cut => return Found::Cut,
                    Close::Never => return Found::Fault(FaultKind::OpenQuote, self.breaks(start, at)),
                };
                self.cells.push(cell(start, at + 1, close, escaped));
                let after = close + 1;
                let follow = match bytes.get(after) {
                    Some(b'\r') if terminator == b'\n' => match bytes.get(after + 1) {
                        Some(b'\n') => Some((terminator, after + 2)),
                        None if self.drained => None,
                        None => return Found::Cut,
                        Some(_) => Some((b'\r', after)),
                    },
                    Some(byte) => Some((*byte, after + 1)),
                    None if self.drained => None,
                    None => return Found::Cut,
                };
                match follow {
                    None => return self.record(start, after, bytes.len(), true),
                    Some((byte, next)) if byte == terminator => {
                        self.hits.seek(bytes, next);
                        return self.record(start, after, next, true);
                    }
                    Some((byte, next)) if byte == delimiter => {
                        at = next;
                        self.hits.seek(bytes, at);
                    }
                    Some(_) => {
                        let breaks = self.breaks(start, after);
                        return Found::Fault(FaultKind::AfterQuote(self.cells.len()), breaks);
                    }
                }
                continue;
            }
            let (end, next) = match self.hits.next(bytes) {
                Some(place) if bytes.get(place) == Some(&delimiter) => {
                    self.cells.push(cell(start, at, place, false));
                    at = place + 1;
                    continue;
                }
                Some(place) => (place, place + 1),
                None if self.drained => (bytes.len(), bytes.len()),
                None => return Found::Cut,
            };
            // The carriage return before a line feed belongs to the line end.
            let end = match end.checked_sub(1) {
                Some(last) if last >= at && bytes.get(last) == Some(&b'\r') => last,
                _ => end,
            };
            if self.cells.is_empty() && end == start {
                return Found::Blank { next };
            }
            self.cells.push(cell(start, at, end, false));
            return self.record(start, end, next, quoted);
        }
    }

    fn record(&self, start: usize, end: usize, next: usize, quoted: bool) -> Found {
        Found::Record { end, next, breaks: if quoted { self.breaks(start, end) } else { 0 } }
    }

    fn breaks(&self, from: usize, to: usize) -> u64 {
        let bytes = self.buffer.get(from..to).unwrap_or_default();
        memchr::memchr_iter(self.dialect.terminator, bytes).count() as u64
    }

    /// An overlong record most often has a quote that was never closed.
    fn overlong(&self) -> FaultKind {
        let bytes = self.buffer.get(self.at..self.filled).unwrap_or_default();
        let breaks = memchr::memchr(self.dialect.terminator, bytes).is_some();
        if breaks { FaultKind::OpenQuote } else { FaultKind::TooLong }
    }

    /// Moves the unfinished record to the front and reads on.
    fn fill(&mut self) -> Result<(), Fault> {
        self.buffer.copy_within(self.at..self.filled, 0);
        self.base += self.at as u64;
        self.filled -= self.at;
        self.at = 0;
        // A record that fills half of the buffer is given twice the room, so that it is not scanned
        // once more for every block.
        let want = if self.filled > self.block / 2 { self.filled * 2 + self.block } else { self.block };
        if self.buffer.len() < want {
            self.buffer.resize(want, 0);
        }
        while self.filled < self.buffer.len() {
            let room = self.buffer.get_mut(self.filled..).unwrap_or_default();
            match self.input.read(room) {
                Ok(0) => {
                    self.drained = true;
                    break;
                }
                Ok(count) => self.filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Fault { line: self.line, kind: FaultKind::from(&error) }),
            }
        }
        let bytes = self.buffer.get(..self.filled).unwrap_or_default();
        self.hits.seek(bytes, 0);
        Ok(())
    }
}

enum Close {
    At(usize, bool),
    Cut,
    Never,
}

/// The quote that closes the cell whose content begins at `from`, and whether doubled ones precede it.
#[inline]
fn closing_quote(bytes: &[u8], from: usize, drained: bool) -> Close {
    let mut at = from;
    let mut escaped = false;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(place) = memchr::memchr(b'"', rest).map(|place| at + place) else {
            return if drained { Close::Never } else { Close::Cut };
        };
        match bytes.get(place + 1) {
            Some(b'"') => {
                escaped = true;
                at = place + 2;
            }
            None if !drained => return Close::Cut,
            _ => return Close::At(place, escaped),
        }
    }
}

// Records are at most a few times `LONGEST`, so 32 bits hold every place in one.
#[inline]
#[allow(clippy::cast_possible_truncation)]
fn cell(start: usize, from: usize, to: usize, escaped: bool) -> Cell {
    Cell { start: (from - start) as u32, end: (to - start) as u32, escaped }
}
