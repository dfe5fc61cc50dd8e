//! Text with one JSON object a line. Knows no types, no columns and no Arrow: what it gives are records
//! and cells as `csv` does, with the text that a CSV file would have in their place.

mod lines;
mod objects;

pub(crate) use objects::Objects;

/// Whether a text looks like JSON: it begins with an object, or with an array of objects. The latter
/// is JSON and yet refused later, in words that fit better than those about delimiters.
pub(crate) fn looks_like(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let inner = |rest: &[u8]| rest.trim_ascii_start().first().copied();
    match text.split_first() {
        Some((b'{', rest)) => matches!(inner(rest), Some(b'"' | b'}')),
        Some((b'[', rest)) => inner(rest) == Some(b'{'),
        _ => false,
    }
}
