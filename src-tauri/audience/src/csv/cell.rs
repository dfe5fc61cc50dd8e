//! One cell of a record, as a range of the record's bytes.

use std::borrow::Cow;

/// Where a cell's content stands, without its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Whether doubled quotes stand for single ones.
    pub(crate) escaped: bool,
}

impl Cell {
    /// The content as it stands in the record.
    #[inline]
    pub(crate) fn raw<'a>(&self, record: &'a [u8]) -> &'a [u8] {
        record.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// The same cell where its content is all there is.
    pub(crate) fn alone(self) -> Self {
        Self { start: 0, end: self.end - self.start, ..self }
    }

    /// The content with doubled quotes made single.
    #[inline]
    pub(crate) fn content<'a>(&self, record: &'a [u8]) -> Cow<'a, [u8]> {
        let raw = self.raw(record);
        if self.escaped { Cow::Owned(unescape(raw)) } else { Cow::Borrowed(raw) }
    }
}

fn unescape(raw: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(quote) = memchr::memchr(b'"', rest) {
        content.extend_from_slice(rest.get(..=quote).unwrap_or_default());
        rest = rest.get(quote + 2..).unwrap_or_default();
    }
    content.extend_from_slice(rest);
    content
}
