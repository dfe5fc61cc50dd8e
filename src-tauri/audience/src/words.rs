//! How names of files and columns are shown in sentences: in quotes, without what could pass for
//! another line, cut where it is long. Values of cells are never shown.

use segue_engine::error::{Code, Error};

/// A name in quotes.
pub(crate) fn name(text: &str) -> String {
    let mut shown: String =
        text.chars().take(80).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(80).is_some() {
        shown.push('…');
    }
    format!("“{shown}”")
}

/// Names in quotes, with commas; at most eight.
pub(crate) fn names<'a>(all: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<&str> = all.into_iter().collect();
    let mut shown = all.iter().take(8).map(|text| name(text)).collect::<Vec<_>>().join(", ");
    if all.len() > 8 {
        shown.push_str(", …");
    }
    shown
}

/// A file that cannot be used: the sentence begins with its name.
pub(crate) fn bad_file(path: &str, what: &str) -> Error {
    Error::new(Code::BadFile, format!("{} {what}.", name(path)))
}

/// The file is not the one that was surveyed.
pub(crate) fn changed(path: &str) -> Error {
    Error::new(Code::SourceChanged, format!("{} changed while it was read.", name(path)))
        .help("Wait until whatever writes the file is done, then try again.")
        .retryable()
}

/// Two names are one to people: letter case and the way letters are composed do not count.
pub(crate) fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().flat_map(char::to_lowercase).nfc().collect()
}
