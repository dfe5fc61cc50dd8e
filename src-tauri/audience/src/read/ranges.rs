//! The parts of the files that one query reads, each given out once: a thread that is done takes the
//! next, so that no thread waits while another has more to do.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::layout::Layout;

/// A part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    /// The file's place in the layout.
    pub(crate) file: usize,
    /// Where its first record begins, and where the first after it does.
    pub(crate) from: u64,
    pub(crate) to: u64,
    /// Rows before it, over all files.
    pub(crate) before: u64,
}

/// The parts, and how many were given out.
#[derive(Debug)]
pub(crate) struct Ranges {
    all: Vec<Range>,
    turn: AtomicUsize,
}

impl Ranges {
    /// All of these files.
    pub(crate) fn of(layout: &Layout) -> Self {
        let mut all = Vec::new();
        let mut before = 0;
        for (file, found) in layout.files.iter().enumerate() {
            let ends = found.starts.iter().skip(1).map(|(start, _)| *start).chain([u64::MAX]);
            for ((from, rows), to) in found.starts.iter().zip(ends) {
                all.push(Range { file, from: *from, to, before: before + rows });
            }
            before += found.rows;
        }
        Self { all, turn: AtomicUsize::new(0) }
    }

    pub(crate) fn count(&self) -> usize {
        self.all.len()
    }

    /// The next part that nobody has taken.
    pub(crate) fn take(&self) -> Option<Range> {
        self.all.get(self.turn.fetch_add(1, Ordering::Relaxed)).copied()
    }
}
