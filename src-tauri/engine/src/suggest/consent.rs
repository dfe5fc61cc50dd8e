//! Which value of a consent column means that the person may be written to.

use super::contents::samples;
use super::rules::Rules;
use crate::model::Column;

/// The value, if the samples are answers of one kind. `yes`: a yes there is a yes to mail.
///
/// A value that is only guessed has to follow from those that were seen: an `n` alone may belong to
/// `y` or to `j`, and a wrong guess would send to nobody, so nothing is suggested.
pub(super) fn value(rules: &Rules, column: &Column, yes: bool) -> Option<String> {
    let seen: Vec<&str> = samples(column).collect();
    if seen.is_empty() {
        return None;
    }
    let small: Vec<String> = seen.iter().map(|sample| sample.to_lowercase()).collect();
    let is_of = |pair: &&(String, String)| small.iter().all(|sample| *sample == pair.0 || *sample == pair.1);
    let answers = rules.answers.iter().filter(is_of).map(|pair| if yes { &pair.0 } else { &pair.1 });
    let mut wanted = answers.chain(rules.verdicts.iter().filter(is_of).map(|pair| &pair.0));
    let first = wanted.next()?;
    if wanted.any(|another| another != first) {
        return None;
    }
    // As the file has it, where it was seen.
    let place = small.iter().position(|sample| sample == first);
    Some(place.and_then(|place| seen.get(place)).map_or_else(|| first.clone(), |&sample| sample.to_owned()))
}
