//! What the cells of a column look like, by their samples.

use super::rules::Holds;
use crate::model::{Address, Column, ColumnType};

/// Digits of a telephone number (E.164 has at most 15).
const DIGITS: std::ops::RangeInclusive<usize> = 5..=15;

/// Whether nothing in the column speaks against its name.
pub(super) fn may_hold(column: &Column, holds: Holds) -> bool {
    let known = samples(column).next().is_some();
    let is_text = column.kind == ColumnType::Text;
    let moment = matches!(column.kind, ColumnType::Boolean | ColumnType::Date | ColumnType::Timestamp);
    match holds {
        // One that fits is enough: the others may be mistyped.
        Holds::Address => is_text && (!known || samples(column).any(is_address)),
        Holds::Phone => !moment && (!known || samples(column).any(is_phone)),
        Holds::Words => is_text && !all_addresses(column) && !(known && samples(column).all(is_phone)),
        Holds::Any => !moment && !all_addresses(column),
    }
}

/// Whether every sample is an address, and there is one.
pub(super) fn all_addresses(column: &Column) -> bool {
    samples(column).next().is_some() && samples(column).all(is_address)
}

/// The samples that say something.
pub(super) fn samples(column: &Column) -> impl Iterator<Item = &str> {
    column.samples.iter().map(|sample| sample.trim()).filter(|sample| !sample.is_empty())
}

fn is_address(text: &str) -> bool {
    Address::parse(text).is_ok()
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    DIGITS.contains(&digits)
        && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-–()./".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_has_many_spellings() {
        for text in ["0701234567", "+46 70-123 45 67", "08/12 34 56", "(08) 123 456 78", "4670123456"] {
            assert!(is_phone(text), "{text}");
        }
        for text in ["", "112", "yes", "anna@example.com", "Storgatan 12345", "12345678901234567"] {
            assert!(!is_phone(text), "{text}");
        }
    }
}
