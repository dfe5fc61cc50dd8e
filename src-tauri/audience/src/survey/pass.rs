//! All parts of one file: read at the same time, put together in order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use super::chunk::{Chunk, Task};
use super::facts::Facts;
use crate::csv::Fault;

/// What one file holds.
#[derive(Debug)]
pub(crate) struct Pass {
    pub(crate) rows: u64,
    pub(crate) columns: Vec<Facts>,
    pub(crate) keys: Vec<u64>,
    pub(crate) quoted_breaks: bool,
    pub(crate) wide: u64,
    pub(crate) invalid: u64,
    /// The line of the first record that is not valid UTF-8.
    pub(crate) invalid_line: Option<u64>,
    /// Starts of records with the rows before them.
    pub(crate) starts: Vec<(u64, u64)>,
    /// Where the next part must begin, and its line.
    next: u64,
    line: u64,
}

impl Pass {
    /// Reads the file from its first record of data, at `first` in line `line`, to its end at `size`.
    pub(crate) fn run(
        task: &Task<'_>,
        first: u64,
        line: u64,
        size: u64,
        chunk: u64,
        threads: usize,
    ) -> Result<Self, Fault> {
        let mut pass = Self {
            rows: 0,
            columns: task.facts.to_vec(),
            keys: Vec::new(),
            quoted_breaks: false,
            wide: 0,
            invalid: 0,
            invalid_line: None,
            starts: Vec::new(),
            next: first,
            line,
        };
        if !task.place.anywhere() {
            let mut chunk = Chunk::read(task, first, u64::MAX, false);
            // Lines were counted from the beginning of the file.
            pass.line = 0;
            chunk.origin = 0;
            pass.add(chunk)?;
            return Ok(pass);
        }
        let chunk = chunk.max(1);
        let count = usize::try_from(size.saturating_sub(first).div_ceil(chunk)).unwrap_or(usize::MAX);
        let part = |index: usize| {
            let from = first + index as u64 * chunk;
            let to = if index + 1 == count { u64::MAX } else { from + chunk };
            (from, to)
        };
        if threads <= 1 || count <= 1 {
            for index in 0..count {
                let (_, to) = part(index);
                if pass.next < to {
                    let chunk = Chunk::read(task, pass.next, to, false);
                    pass.add(chunk)?;
                }
            }
            return Ok(pass);
        }
        let (turn, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        std::thread::scope(|scope| {
            let (send, receive) = mpsc::sync_channel(threads * 2);
            for _ in 0..threads.min(count) {
                let send = send.clone();
                let (turn, stop) = (&turn, &stop);
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        let index = turn.fetch_add(1, Ordering::Relaxed);
                        if index >= count {
                            break;
                        }
                        let (from, to) = part(index);
                        let chunk = Chunk::read(task, from, to, index > 0);
                        if send.send((index, chunk)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(send);
            let result = pass.collect(task, count, part, &receive);
            stop.store(true, Ordering::Relaxed);
            // Threads that wait to hand over a part end when nobody takes it any more.
            drop(receive);
            result
        })?;
        Ok(pass)
    }

    fn collect(
        &mut self,
        task: &Task<'_>,
        count: usize,
        part: impl Fn(usize) -> (u64, u64),
        receive: &mpsc::Receiver<(usize, Chunk)>,
    ) -> Result<(), Fault> {
        let mut early = BTreeMap::new();
        for index in 0..count {
            let chunk = loop {
                if let Some(chunk) = early.remove(&index) {
                    break Some(chunk);
                }
                match receive.recv() {
                    Ok((at, chunk)) => {
                        early.insert(at, chunk);
                    }
                    Err(mpsc::RecvError) => break None,
                }
            };
            let (_, to) = part(index);
            // A record of an earlier part reaches beyond this one.
            if self.next >= to {
                continue;
            }
            match chunk {
                Some(chunk) if index == 0 || chunk.start == self.next => self.add(chunk)?,
                // The guess was wrong: a quoted line break looked like the end of a record.
                _ => self.add(Chunk::read(task, self.next, to, false))?,
            }
        }
        Ok(())
    }

    fn add(&mut self, chunk: Chunk) -> Result<(), Fault> {
        if let Some(fault) = chunk.fault {
            return Err(Fault {
                line: self.line + fault.line.saturating_sub(chunk.origin),
                kind: fault.kind,
            });
        }
        if chunk.rows > 0 {
            self.starts.push((chunk.start, self.rows));
        }
        if let Some(line) = chunk.invalid_line {
            self.invalid_line.get_or_insert(self.line + line.saturating_sub(chunk.origin));
        }
        self.rows += chunk.rows;
        self.line += chunk.lines;
        self.next = chunk.end;
        self.quoted_breaks |= chunk.quoted_breaks;
        self.wide += chunk.wide;
        self.invalid += chunk.invalid;
        self.keys.extend(chunk.keys);
        for (facts, later) in self.columns.iter_mut().zip(&chunk.columns) {
            facts.extend(later);
        }
        Ok(())
    }
}
