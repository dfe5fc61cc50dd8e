//! The version of an audience's data: the same text as long as a survey of it would be the same.

use std::fmt::Write;

use segue_engine::model::Files;

use crate::stamp::Stamp;

/// Changes with the way surveys are made.
const FORM: u32 = 2;

/// Of these files with their stamps, read as asked, with this key.
pub(crate) fn version<'a>(
    files: &Files,
    key: Option<&String>,
    all: impl Iterator<Item = (&'a String, &'a Stamp)>,
) -> String {
    let mut text =
        serde_json::json!([FORM, key, files.no_header, files.delimiter, files.encoding]).to_string();
    for (path, stamp) in all {
        // A string takes whatever is written to it.
        if write!(text, "{}", serde_json::json!([path, stamp])).is_err() {
            text.clear();
        }
    }
    text
}
