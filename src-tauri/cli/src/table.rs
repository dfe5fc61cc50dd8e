//! Tables and numbers for people.

use std::fmt;

use comfy_table::{Cell, CellAlignment, TableComponent, presets};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A table with a head; columns of numbers are right-aligned.
#[derive(Debug)]
pub(crate) struct Table {
    table: comfy_table::Table,
    numbers: Vec<bool>,
}

/// The head of a column.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Head {
    /// Words, left-aligned.
    Text(&'static str),
    /// Numbers, right-aligned.
    Number(&'static str),
}

impl Table {
    /// An empty table.
    pub(crate) fn new(heads: &[Head]) -> Self {
        let mut table = comfy_table::Table::new();
        table.load_preset(presets::NOTHING);
        table.set_style(TableComponent::HeaderLines, '─');
        table.set_style(TableComponent::MiddleHeaderIntersections, '─');
        let numbers: Vec<bool> = heads.iter().map(|head| matches!(head, Head::Number(_))).collect();
        if heads.iter().any(|(Head::Text(title) | Head::Number(title))| !title.is_empty()) {
            table.set_header(heads.iter().map(|head| match head {
                Head::Text(title) => Cell::new(title),
                Head::Number(title) => Cell::new(title).set_alignment(CellAlignment::Right),
            }));
        }
        Self { table, numbers }
    }

    /// Adds a row.
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        let cells = cells.into_iter().zip(&self.numbers).map(|(text, number)| {
            // A cell is one line, whatever stands in the file it comes from.
            let cell = Cell::new(text.replace(['\n', '\r', '\t'], " "));
            if *number { cell.set_alignment(CellAlignment::Right) } else { cell }
        });
        self.table.add_row(cells);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.table.trim_fmt())
    }
}

/// A whole number in groups of three, held together by narrow no-break spaces.
pub(crate) fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// A number with its noun: `1 person`, `2 people`.
pub(crate) fn count(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

/// A moment in the time zone of this computer.
pub(crate) fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A length of time: `4 s`, `2 min 5 s`, `1 h 3 min`.
pub(crate) fn duration(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_from_the_right() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_000), "1\u{202f}000");
        assert_eq!(number(12_345_678), "12\u{202f}345\u{202f}678");
    }

    #[test]
    fn columns_of_numbers_stand_right() {
        let mut table = Table::new(&[Head::Text("Name"), Head::Number("People")]);
        table.row(["Stockholm".into(), number(7)]);
        table.row(["A\nB".into(), number(1_200)]);
        let text = table.to_string();
        assert!(text.contains("      7"), "right-aligned:\n{text}");
        assert!(text.contains("A B"), "one line a row:\n{text}");
    }

    #[test]
    fn lengths_of_time_read_well() {
        assert_eq!(duration(4), "4 s");
        assert_eq!(duration(125), "2 min 5 s");
        assert_eq!(duration(3_780), "1 h 3 min");
    }
}
