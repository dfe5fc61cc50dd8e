//! A key that stands twice. The survey keeps 64 bits of every key; only when two are the same are the
//! files read once more, to compare the keys themselves.

use std::collections::{HashMap, HashSet};

use segue_engine::error::{Code, Error, Result};

use super::chunk::key_hash;
use super::opening::Opening;
use crate::settings::Settings;
use crate::stamp::unreadable;
use crate::words::name;

/// Of very many doubled keys it is enough to look at some.
const CANDIDATES: usize = 4096;

/// Refuses files in which a key stands twice. `places` has the key's place in each file.
pub(crate) fn refuse_doubled(
    mut hashes: Vec<u64>,
    openings: &[Opening],
    places: &[usize],
    column: &str,
    settings: &Settings,
) -> Result<()> {
    hashes.sort_unstable();
    let mut doubled: Vec<u64> = hashes
        .windows(2)
        .filter_map(|pair| {
            if let [a, b] = pair
                && a == b
            {
                Some(*a)
            } else {
                None
            }
        })
        .collect();
    drop(hashes);
    if doubled.is_empty() {
        return Ok(());
    }
    doubled.dedup();
    doubled.truncate(CANDIDATES);
    let doubled: HashSet<u64> = doubled.into_iter().collect();
    let mut seen: HashMap<Vec<u8>, Spot<'_>> = HashMap::new();
    for (opening, place) in openings.iter().zip(places) {
        let place_in_file = opening.place(settings);
        let before = if place_in_file.anywhere() { opening.line } else { 0 };
        let mut records = place_in_file
            .rows(opening.first, u64::MAX)
            .map_err(|error| unreadable(&opening.path, error.kind()))?;
        while let Some(record) = records.next().map_err(|found| opening.sentence(found))? {
            let Some(cell) = record.cells.get(*place).filter(|_| record.offset >= opening.first) else {
                continue;
            };
            let content = cell.content(record.bytes);
            if !doubled.contains(&key_hash(&content, opening.encoding)) {
                continue;
            }
            let line = before + record.line + 1;
            let key = opening.encoding.decode_cell(&content).into_owned();
            let spot = Spot { path: &opening.path, unit: opening.form.format.unit(), line };
            if let Some(earlier) = seen.insert(key, spot) {
                return Err(twice(column, earlier, spot));
            }
        }
    }
    Ok(())
}

/// Where a key stands.
#[derive(Debug, Clone, Copy)]
struct Spot<'a> {
    path: &'a str,
    unit: &'static str,
    line: u64,
}

fn twice(column: &str, earlier: Spot<'_>, later: Spot<'_>) -> Error {
    let place = if earlier.path == later.path {
        format!("in {}s {} and {} of {}", later.unit, earlier.line, later.line, name(later.path))
    } else {
        let one = |spot: Spot<'_>| format!("{} {} of {}", spot.unit, spot.line, name(spot.path));
        format!("in {} and {}", one(earlier), one(later))
    };
    Error::new(Code::BadFile, format!("The same {} stands twice, {place}.", name(column))).help(
        "Every profile needs its own key: remove one of the two rows, or choose another column with --key.",
    )
}
