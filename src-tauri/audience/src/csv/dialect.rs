//! The delimiter and the line end of a text, found by trying: the right delimiter is the one that
//! gives every record as many cells as the first.

use super::{FaultKind, Records};

/// What may separate cells, the likelier first.
pub(crate) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many records a guess looks at.
const RECORDS: usize = 1_000;

/// What ends a cell and what ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    /// `\n` (a carriage return before it belongs to it), or `\r` in files that have no other.
    pub(crate) terminator: u8,
}

impl Dialect {
    /// A character that may separate cells, as it stands in a text.
    pub(crate) fn delimiter(delimiter: char) -> Option<u8> {
        let byte = u8::try_from(delimiter).ok().filter(u8::is_ascii)?;
        (!byte.is_ascii_alphanumeric() && !b"\"\r\n\0".contains(&byte)).then_some(byte)
    }

    /// Finds both in the beginning of a text; `whole` when the text ends there.
    pub(crate) fn detect(head: &[u8], whole: bool, delimiter: Option<u8>) -> Self {
        let terminator = if head.contains(&b'\n') || !head.contains(&b'\r') { b'\n' } else { b'\r' };
        let delimiter = delimiter.unwrap_or_else(|| {
            let mut best = (b',', Fit { share: 0.0, cells: 0 });
            for delimiter in DELIMITERS {
                if let Some(fit) = fit(head, whole, Self { delimiter, terminator })
                    && fit.better_than(&best.1)
                {
                    best = (delimiter, fit);
                }
            }
            best.0
        });
        Self { delimiter, terminator }
    }
}

/// How well a delimiter explains a text.
struct Fit {
    /// The share of records that have as many cells as the first.
    share: f64,
    cells: usize,
}

impl Fit {
    fn better_than(&self, other: &Self) -> bool {
        self.share > other.share || (self.share >= other.share && self.cells > other.cells)
    }
}

/// `None` if the delimiter does not divide the first record.
#[allow(clippy::cast_precision_loss)]
fn fit(head: &[u8], whole: bool, dialect: Dialect) -> Option<Fit> {
    let mut records = Records::new(head, 0, dialect, head.len() + 1);
    let (mut cells, mut same, mut all) = (0, 0_usize, 0_usize);
    while all < RECORDS {
        match records.next() {
            Ok(Some(record)) => {
                let count = record.cells.len();
                let end = record.offset as usize + record.bytes.len();
                // The last record of a part may be cut off.
                if !whole && all > 0 && end >= head.len() {
                    break;
                }
                if all == 0 {
                    cells = count;
                }
                all += 1;
                same += usize::from(count == cells);
            }
            Ok(None) => break,
            // The end of a part may stand within quotes.
            Err(fault) if fault.kind == FaultKind::OpenQuote && !whole => break,
            Err(_) => {
                all += 1;
                break;
            }
        }
    }
    (cells > 1).then(|| Fit { share: same as f64 / all as f64, cells })
}
