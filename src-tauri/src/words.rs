//! The words outside of the page, in the language that it speaks: `ui/src/text/*/shell.json`.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::Deserialize;

/// A language.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Language {
    /// English.
    #[default]
    En,
    /// Swedish.
    Sv,
}

/// The language that is spoken now.
#[derive(Default)]
pub(crate) struct Spoken(Mutex<Language>);

impl Spoken {
    /// From now on this one.
    pub(crate) fn set(&self, language: Language) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = language;
    }

    /// Which one.
    pub(crate) fn get(&self) -> Language {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The words of a key, with `{{name}}` filled in; the key where there are none.
    pub(crate) fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = table(self.get()).get(key).cloned().unwrap_or_else(|| key.to_owned());
        for (name, value) in values {
            text = text.replace(&format!("{{{{{name}}}}}"), value);
        }
        text
    }

    /// The words of a key for so many.
    pub(crate) fn count(&self, key: &str, count: usize) -> String {
        let form = if count == 1 { "one" } else { "other" };
        self.say(&format!("{key}_{form}"), &[("count", &number(count as u64))])
    }
}

/// A number in groups of three, as both languages have it here: `100 000`, never broken over lines.
pub(crate) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

fn table(language: Language) -> &'static HashMap<String, String> {
    static EN: OnceLock<HashMap<String, String>> = OnceLock::new();
    static SV: OnceLock<HashMap<String, String>> = OnceLock::new();
    let read = |text: &str| serde_json::from_str(text).unwrap_or_default();
    match language {
        Language::En => EN.get_or_init(|| read(include_str!("../../ui/src/text/en/shell.json"))),
        Language::Sv => SV.get_or_init(|| read(include_str!("../../ui/src/text/sv/shell.json"))),
    }
}
