//! Paths as they stand in entries: each scheduler reads quotes and signs in its own way.

/// A word of `ExecStart=`, after the first: systemd.service(5), *Command lines*. `%` begins a specifier and
/// `$` a variable.
pub(super) fn systemd(word: &str) -> String {
    quoted(word).replace('$', "$$")
}

/// The words of `ExecStart=` that start a program: its path, in which systemd looks for no variables. It takes
/// no path with quotes and backslashes, so that a shell starts that one.
pub(super) fn systemd_program(path: &str) -> String {
    if path.contains(['\'', '"', '\\']) {
        return format!(r#"/bin/sh -c "exec \"$$@\"" sh {}"#, systemd(path));
    }
    quoted(path)
}

fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('\\', r"\\").replace('"', "\\\"").replace('%', "%%"))
}

/// Text between two tags of XML.
pub(super) fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A word of a command line of Windows, as `CommandLineToArgvW` reads it: backslashes count only before a
/// quote.
pub(super) fn windows(word: &str) -> String {
    let mut text = String::from("\"");
    let mut backslashes = 0;
    for sign in word.chars() {
        match sign {
            '\\' => backslashes += 1,
            '"' => {
                text.push_str(&"\\".repeat(backslashes + 1));
                backslashes = 0;
            }
            _ => backslashes = 0,
        }
        text.push(sign);
    }
    text.push_str(&"\\".repeat(backslashes));
    text.push('"');
    text
}

/// A word for the shell that cron starts; cron itself takes `%` for the end of the line.
pub(super) fn cron(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''").replace('%', r"\%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backslashes_count_before_a_quote_alone() {
        assert_eq!(windows(r"C:\Program Files\x"), r#""C:\Program Files\x""#);
        assert_eq!(windows(r"D:\"), r#""D:\\""#, "else the last quote would be a part of it");
        assert_eq!(windows(r#"a\"b"#), r#""a\\\"b""#);
    }
}
