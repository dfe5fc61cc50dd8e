//! What the user said of how files are written.

use segue_engine::error::{Code, Error, Result};
use segue_engine::model::Files;

use crate::csv::{Dialect, Encoding};
use crate::words::name;

/// Refuses to pass over what the user said of files that can be written in one way only.
pub(super) fn refuse_flags(path: &str, files: &Files, what: &str) -> Result<()> {
    let given = [
        (files.no_header, "--no-header"),
        (files.delimiter.is_some(), "--delimiter"),
        (files.encoding.is_some(), "--encoding"),
    ];
    match given.iter().find(|(given, _)| *given) {
        Some((_, flag)) => Err(Error::new(
            Code::Usage,
            format!("{flag} is for CSV files, but {} {what}; nothing was changed.", name(path)),
        )
        .help(format!("Leave {flag} out, or add the CSV files as an audience of their own."))),
        None => Ok(()),
    }
}

/// The encoding that was asked for, else the one that was found.
pub(super) fn settled(asked: Option<Encoding>, detected: Option<Encoding>, mark: usize) -> Encoding {
    match (asked, detected) {
        // A mark tells which of the two UTF-16 it is.
        (Some(asked), Some(detected)) if mark > 0 && !asked.cut_raw() && !detected.cut_raw() => detected,
        _ => asked.or(detected).unwrap_or(Encoding::UTF_8),
    }
}

pub(super) fn encoding_of(label: &str) -> Result<Encoding> {
    Encoding::of_label(label).ok_or_else(|| {
        Error::new(Code::BadFile, format!("There is no encoding called {}.", name(label)))
            .help("For example utf-8, utf-16le, windows-1252, iso-8859-2.")
    })
}

pub(super) fn delimiter_of(delimiter: char) -> Result<u8> {
    Dialect::delimiter(delimiter).ok_or_else(|| {
        Error::new(Code::BadFile, format!("{} cannot be a delimiter.", name(&delimiter.to_string())))
            .help("Use one of , ; | or a tab.")
    })
}
