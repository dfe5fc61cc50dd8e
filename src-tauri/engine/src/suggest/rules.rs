//! The table of names, `docs/rules/columns.json`, and how a name is read.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
struct Written {
    fillers: Vec<String>,
    targets: Vec<WrittenTarget>,
    strangers: Vec<String>,
    consent: Consent,
    answers: Vec<(String, String)>,
    verdicts: Vec<(String, String)>,
}

#[derive(Debug, Deserialize)]
struct WrittenTarget {
    target: String,
    holds: Holds,
    names: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Consent {
    yes: Vec<String>,
    no: Vec<String>,
}

/// What a column has to hold for a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Holds {
    Address,
    Phone,
    Words,
    Any,
}

/// A field of the account.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) name: String,
    pub(super) holds: Holds,
}

/// The table, ready to be asked.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// In the order of the file.
    pub(super) targets: Vec<Target>,
    /// Name to the place of its target and its rank there.
    names: HashMap<String, (usize, usize)>,
    /// Name to whether a yes there is a yes to mail.
    consent: HashMap<String, bool>,
    /// Pairs of yes and no, in small letters: they answer the name of their column.
    pub(super) answers: Vec<(String, String)>,
    /// Pairs that say who may and who may not be written to, whatever their column is called.
    pub(super) verdicts: Vec<(String, String)>,
    fillers: Vec<String>,
    strangers: Vec<String>,
}

/// The table; it is part of the program, so a broken one is seen by the tests, and would suggest
/// nothing here.
pub(super) fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| Rules::read(include_str!("../../../../docs/rules/columns.json")))
}

impl Rules {
    fn read(text: &str) -> Self {
        let written: Written = serde_json::from_str(text).unwrap_or_default();
        let mut rules = Self {
            answers: written.answers,
            verdicts: written.verdicts,
            fillers: written.fillers,
            strangers: written.strangers,
            ..Self::default()
        };
        for (place, WrittenTarget { target, holds, names }) in written.targets.into_iter().enumerate() {
            rules.targets.push(Target { name: target, holds });
            for (rank, name) in names.iter().enumerate() {
                rules.names.entry(words(name).concat()).or_insert((place, rank));
            }
        }
        for (names, yes) in [(written.consent.yes, true), (written.consent.no, false)] {
            rules.consent.extend(names.iter().map(|name| (words(name).concat(), yes)));
        }
        rules
    }

    /// The target of a name, and how well it fits: less is better.
    pub(super) fn target(&self, name: &str) -> Option<(usize, usize)> {
        self.look(name, |name| self.names.get(name).copied())
            .map(|((place, rank), fillers)| (place, rank + 1_000 * fillers))
    }

    /// Whether a yes in this column is a yes to mail; `None`: it is about something else.
    pub(super) fn consent(&self, name: &str) -> Option<bool> {
        self.look(name, |name| self.consent.get(name).copied()).map(|(yes, _)| yes)
    }

    /// Whether a column of this name has addresses of somebody other than the customer.
    pub(super) fn of_stranger(&self, name: &str) -> bool {
        words(name).iter().any(|word| self.strangers.contains(word))
    }

    /// Looks for the whole name, then for what is left without the fillers at its beginning.
    fn look<T>(&self, name: &str, find: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
        let words = words(name);
        let fillers = words.iter().take_while(|word| self.fillers.contains(word)).count();
        (0..=fillers).find_map(|left_out| Some((find(&words.get(left_out..)?.concat())?, left_out)))
    }
}

/// The words of a name: letters and digits in small letters without accents, parted where another
/// character stands, or where a small letter is followed by a capital one.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for letter in name.nfd().filter(|letter| !is_combining_mark(*letter)) {
        if !letter.is_alphanumeric() || letter.is_uppercase() && after_small {
            words.push(String::new());
        }
        if let (true, Some(word)) = (letter.is_alphanumeric(), words.last_mut()) {
            word.extend(letter.to_lowercase());
        }
        after_small = letter.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_its_letters_and_digits() {
        for name in ["E-postAdress", "e post adress", "E_POST.adress", " e\u{301}-post\tadress"] {
            assert_eq!(words(name).concat(), "epostadress", "{name}");
        }
        assert_eq!(words("CustomerEmail"), ["customer", "email"]);
        assert_eq!(words("Företag"), ["foretag"]);
        assert!(words(" -\u{308}").is_empty());
    }

    #[test]
    fn the_table_is_whole() {
        let text = include_str!("../../../../docs/rules/columns.json");
        let written: Written = serde_json::from_str(text).unwrap();
        let names = written.targets.iter().flat_map(|target| &target.names);
        let consents = written.consent.yes.iter().chain(&written.consent.no);
        let mut seen = std::collections::HashSet::new();
        for name in names.chain(consents) {
            let key = words(name).concat();
            assert!(!key.is_empty() && seen.insert(key), "“{name}” stands once");
        }
        for word in written.fillers.iter().chain(&written.strangers) {
            assert_eq!(&words(word).concat(), word, "it is written as it is compared");
        }
        for (yes, no) in written.answers.iter().chain(&written.verdicts) {
            assert_eq!((&yes.to_lowercase(), &no.to_lowercase()), (yes, no), "small letters");
        }
    }
}
