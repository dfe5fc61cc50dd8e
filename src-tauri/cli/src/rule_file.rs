//! A file with a rule in JSON: read, and checked to be JSON, so that a slip is found by its line.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use segue_engine::error::{Code, Error, Result};
use serde::de::IgnoredAny;

/// The largest file in bytes.
const LARGEST: u64 = 1 << 20;

/// The rule in this file, on one line. What it means is checked by the audience.
///
/// # Errors
/// `bad_predicate`, naming the file, and line and column where it is not JSON.
pub(crate) fn read(file: &Path) -> Result<String> {
    let bad = |what: String| Error::new(Code::BadPredicate, format!("{} {what}.", file.display()));
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|opened| opened.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| bad(format!("cannot be read: {error}")).help("Name a file with a rule in JSON."))?;
    if bytes.len() as u64 > LARGEST {
        return Err(
            bad("is larger than 1 MB".to_owned()).help("Use a condition with `--where`, or fewer values.")
        );
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| bad("is not text in UTF-8".to_owned()).help("Save it as UTF-8."))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| {
        bad(format!("is not JSON (line {}, column {})", error.line(), error.column()))
            .help("Look there for a missing comma, quote or bracket.")
    })?;
    Ok(compact(text))
}

/// JSON without the blanks between its parts; the text is known to be JSON.
fn compact(text: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    text.chars()
        .filter(|c| {
            let keep = quoted || !c.is_ascii_whitespace();
            match c {
                '"' if !escaped => quoted = !quoted,
                _ => {}
            }
            escaped = quoted && *c == '\\' && !escaped;
            keep
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn only_blanks_between_parts_go() {
        let text = "{ \"a \\\" b\" :\n [1,\t\"c\\\\\", \" d\"] }\r\n";
        assert_eq!(compact(text), "{\"a \\\" b\":[1,\"c\\\\\",\" d\"]}");
    }
}
