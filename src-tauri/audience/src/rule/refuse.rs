//! Why a rule cannot be used, and where in its tree.

use segue_engine::error::{Code, Error};

/// The longest text of a value that a sentence repeats, in characters.
const SHOWN: usize = 60;

/// `what` is wrong at this place, such as `rowsets[0].criteria.value`.
pub(crate) fn refuse(place: &str, what: impl std::fmt::Display) -> Error {
    let place = if place.is_empty() { "the rule itself" } else { place };
    Error::new(Code::BadPredicate, format!("The rule cannot be used: {what} (at {place})."))
}

/// Text of the rule as a sentence may show it: on one line and short.
pub(crate) fn shown(text: &str) -> String {
    let mut short: String =
        text.chars().take(SHOWN).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        short.push('…');
    }
    short
}
