//! Lines of a text, one after the other. Memory holds one line.

use std::io::{self, BufRead, BufReader, Read};

use crate::csv::{Fault, FaultKind, LONGEST};

/// A line without its end.
pub(super) struct Line<'a> {
    pub(super) text: &'a [u8],
    /// Where it begins in the text, and the lines before it.
    pub(super) offset: u64,
    pub(super) before: u64,
}

/// Reads lines and counts them.
pub(super) struct Lines<R> {
    input: BufReader<R>,
    line: Vec<u8>,
    /// Where the next line begins in the text, and the lines before it.
    pub(super) offset: u64,
    pub(super) count: u64,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(input: R, offset: u64, block: usize) -> Self {
        Self { input: BufReader::with_capacity(block.max(16), input), line: Vec::new(), offset, count: 0 }
    }

    /// The next line that is not blank; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Line<'_>>, Fault> {
        loop {
            self.line.clear();
            let (offset, count) = (self.offset, self.count);
            let mut room = (&mut self.input).take(LONGEST as u64 + 2);
            let read = room
                .read_until(b'\n', &mut self.line)
                .map_err(|error: io::Error| Fault { line: count, kind: FaultKind::from(&error) })?;
            if read == 0 {
                return Ok(None);
            }
            if self.line.trim_ascii_end().len() > LONGEST {
                return Err(Fault { line: count, kind: FaultKind::TooLong });
            }
            self.offset += read as u64;
            self.count += 1;
            if !self.line.trim_ascii().is_empty() {
                return Ok(Some(Line { text: self.line.trim_ascii(), offset, before: count }));
            }
        }
    }
}
