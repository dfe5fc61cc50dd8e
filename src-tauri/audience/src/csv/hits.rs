//! The next delimiter or line end, eight bytes at a time. Cells are short, so finding each by its own
//! search costs more than the search; one word gives the places of all its hits at once.

use super::Dialect;

const LOW: u64 = u64::from_ne_bytes([0x01; 8]);
const SEVEN: u64 = u64::from_ne_bytes([0x7f; 8]);

/// Finds delimiters and line ends in a buffer, left to right.
#[derive(Debug, Clone)]
pub(crate) struct Hits {
    delimiter: u64,
    terminator: u64,
    /// Where the current word begins.
    word: usize,
    /// One high bit for each hit of the current word that was not given out yet.
    left: u64,
}

impl Hits {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self {
            delimiter: LOW.wrapping_mul(u64::from(dialect.delimiter)),
            terminator: LOW.wrapping_mul(u64::from(dialect.terminator)),
            word: 0,
            left: 0,
        }
    }

    /// Goes on from `at`, wherever it was.
    #[inline]
    pub(crate) fn seek(&mut self, bytes: &[u8], at: usize) {
        self.word = at;
        self.left = self.marks(bytes, at);
    }

    /// The place of the next hit; `None` at the end of `bytes`.
    #[inline]
    pub(crate) fn next(&mut self, bytes: &[u8]) -> Option<usize> {
        while self.left == 0 {
            self.word += 8;
            if self.word >= bytes.len() {
                return None;
            }
            self.left = self.marks(bytes, self.word);
        }
        let place = self.word + (self.left.trailing_zeros() / 8) as usize;
        self.left &= self.left - 1;
        Some(place)
    }

    #[inline]
    fn marks(&self, bytes: &[u8], at: usize) -> u64 {
        let rest = bytes.get(at..).unwrap_or_default();
        let word = match rest.first_chunk::<8>() {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => {
                // Past the end stands NUL, which is neither.
                let mut chunk = [0; 8];
                for (to, from) in chunk.iter_mut().zip(rest) {
                    *to = *from;
                }
                u64::from_le_bytes(chunk)
            }
        };
        zeros(word ^ self.delimiter) | zeros(word ^ self.terminator)
    }
}

/// The high bit of every byte that is zero, and no other bit.
#[inline]
fn zeros(word: u64) -> u64 {
    !(((word & SEVEN) + SEVEN) | word | SEVEN)
}
