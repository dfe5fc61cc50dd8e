//! The import table of ARCHITECTURE.md, held against the sources: who may name whom, and which
//! library stands in one place only. Texts and comments are put aside first; what is left is read
//! word by word, which is enough for code that rustfmt has laid out.

use std::fs;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::str::Chars;

/// What each module of the engine may name besides itself. The crate's front page (`lib`) and
/// `operations` may name everything, and nobody names them.
const TABLE: [(&str, &[&str]); 13] = [
    ("model", &[]),
    ("error", &["model"]),
    ("clock", &["error"]),
    ("keychain", &["error"]),
    ("download", &["error"]),
    ("source", &["model", "error"]),
    ("stage", &["model", "error"]),
    ("schedule", &["model", "error"]),
    ("suggest", &["model"]),
    ("destination", &["model", "error", "clock"]),
    ("notify", &["model", "error", "clock"]),
    ("store", &["model", "error", "clock"]),
    ("run", &["model", "error", "clock", "source", "stage", "destination", "store", "keychain"]),
];

/// Modules that may name everything.
const EVERYTHING: [&str; 2] = ["lib", "operations"];

/// Libraries that few modules of the engine may name, and which.
const ALONE: [(&str, &[&str]); 8] = [
    ("reqwest", &["destination::http", "notify::webhook"]),
    ("lettre", &["notify::mail"]),
    ("rusqlite", &["store"]),
    ("rusqlite_migration", &["store"]),
    ("age", &["keychain::file"]),
    ("zip", &["operations::diagnostics"]),
    ("keyring_core", &["keychain"]),
    ("zbus_secret_service_keyring_store", &["keychain::native"]),
];

/// A source file of a crate, without comments and texts.
struct Source {
    /// Its module, for example `["store", "open"]`; empty for `lib.rs`.
    module: Vec<String>,
    code: String,
}

/// A name in the code that begins at the crate: the first word after `crate::`.
#[derive(Debug, PartialEq)]
struct Import {
    line: usize,
    name: String,
}

#[test]
fn modules_name_only_whom_they_may() {
    let sources = sources_of("engine");
    let mut wrong = Vec::new();
    for source in &sources {
        let from = source.module.first().map_or("lib", String::as_str);
        if EVERYTHING.contains(&from) {
            continue;
        }
        let Some((_, allowed)) = TABLE.iter().find(|(module, _)| *module == from) else {
            wrong.push(format!("{from} is a module without a line in the table"));
            continue;
        };
        for Import { line, name } in imports(source) {
            if name != from && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{} names crate::{name} in line {line}", source.module.join("::")));
            }
        }
    }
    assert!(sources.len() > 20, "the sources were found: {}", sources.len());
    assert!(wrong.is_empty(), "against the import table of ARCHITECTURE.md:\n{}", wrong.join("\n"));
}

#[test]
fn each_of_these_libraries_has_its_place() {
    let sources = sources_of("engine");
    for (library, places) in ALONE {
        let users: Vec<String> = sources
            .iter()
            .filter(|source| words(&source.code).any(|word| word.is_library(library)))
            .map(|source| source.module.join("::"))
            .collect();
        assert!(!users.is_empty(), "{library} is not used any more: take it out of this test");
        let strangers: Vec<_> =
            users.iter().filter(|user| !places.iter().any(|place| within(user, place))).collect();
        assert!(strangers.is_empty(), "only {places:?} may name {library}, but so do {strangers:?}");
    }
}

#[test]
fn the_audience_knows_the_seam_of_the_engine_and_no_more() {
    for source in sources_of("audience") {
        for (at, word) in words(&source.code).enumerate().filter(|(_, word)| word.text == "segue_engine") {
            let next = words(&source.code).nth(at + 1).map_or("", |word| word.text);
            assert!(
                ["model", "source", "error"].contains(&next),
                "{} names segue_engine::{next} in line {}; one path for each `use` is asked for",
                source.module.join("::"),
                word.line
            );
        }
    }
}

#[test]
fn crates_depend_only_downwards() {
    let never = |package: &str, libraries: &[&str]| {
        let manifest = src_tauri().join(package).join("Cargo.toml");
        let text = fs::read_to_string(&manifest).unwrap();
        let mut section = "";
        for line in text.lines() {
            if line.starts_with('[') {
                section = line;
            }
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            // Tests may have an account to practise on.
            let practises = section == "[dev-dependencies]" && name == "segue-sandbox";
            assert!(practises || !libraries.contains(&name), "{package} must not depend on {name}");
        }
    };
    let hosts = ["tauri", "clap", "segue", "segue-desktop"];
    never("engine", &[&hosts[..], &["datafusion", "segue-audience", "segue-sandbox"]].concat());
    never("audience", &[&hosts[..], &["reqwest", "rusqlite", "segue-sandbox"]].concat());
    never("sandbox", &[&hosts[..], &["datafusion", "segue-engine", "segue-audience"]].concat());
    never("bridge", &[&hosts[..], &["datafusion", "reqwest", "rusqlite", "segue-audience"]].concat());
    never("cli", &["tauri", "datafusion", "reqwest", "rusqlite", "segue-desktop"]);
}

#[test]
fn the_reader_of_imports_reads_them() {
    let code = "use crate::model::Address; // crate::run\nuse crate::{error::{Code, Error}, store};\n\
                use super::super::clock::Clock;\nuse super::Role;\nlet text = (\"crate::lib\", r#\"a \" crate::lib\"#);\n\
                mod tests {\n    use super::super::Store;\n    use super::super::super::stage::Digest;\n}\n\
                /// [`crate::source::People`]\nfn of() -> crate::error::Result<()> {}\n";
    let module = vec!["store".to_owned(), "open".to_owned()];
    let found = imports(&Source { module, code: stripped(code) });
    let found: Vec<_> = found.iter().map(|import| (import.line, import.name.as_str())).collect();
    assert_eq!(
        found,
        [(1, "model"), (2, "error"), (2, "store"), (3, "clock"), (8, "stage"), (11, "error")],
        "comments and texts do not count, groups and `super` do"
    );
}

fn src_tauri() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// All source files of a package.
fn sources_of(package: &str) -> Vec<Source> {
    let root = src_tauri().join(package).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let code = stripped(&fs::read_to_string(&path).unwrap());
                found.push(Source { module: module_of(path.strip_prefix(&root).unwrap()), code });
            }
        }
    }
    found
}

fn module_of(file: &Path) -> Vec<String> {
    let names = file.with_extension("");
    let mut module: Vec<String> = names.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|name| name == "mod" || name == "lib") {
        module.pop();
    }
    module
}

/// Whether a module is this place or below it.
fn within(module: &str, place: &str) -> bool {
    module.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// The code without line comments and without what stands in quotes; lines stay lines.
fn stripped(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(next) = chars.next() {
        match next {
            '"' => {
                let hashes = code.chars().rev().take_while(|c| *c == '#').count();
                let raw = code.trim_end_matches('#').ends_with('r');
                skip_text(&mut chars, raw.then_some(hashes), &mut code);
            }
            // A quote as a character literal opens no text.
            '\'' if chars.next_if_eq(&'"').is_some() => drop(chars.next()),
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            _ => code.push(next),
        }
    }
    code
}

/// Skips a text to behind its closing quote; a raw one closes with as many `#` as it opened.
fn skip_text(chars: &mut Peekable<Chars<'_>>, raw: Option<usize>, code: &mut String) {
    while let Some(next) = chars.next() {
        match (next, raw) {
            ('\\', None) => drop(chars.next_if(|escaped| *escaped != '\n')),
            ('"', None) => return,
            ('"', Some(hashes)) if (0..hashes).all(|_| chars.next_if_eq(&'#').is_some()) => return,
            ('\n', _) => code.push(next),
            _ => {}
        }
    }
}

/// A word of the code and what stands on both sides of it.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    line: usize,
    /// What stands before it, up to the word before.
    before: &'a str,
    /// Everything after it.
    after: &'a str,
}

impl Word<'_> {
    /// Whether it is the name of a library: at the beginning of a path.
    fn is_library(&self, name: &str) -> bool {
        self.text == name
            && !self.before.ends_with("::")
            && (self.after.starts_with("::") || self.after.starts_with(';'))
    }
}

/// The words of the code, in order.
fn words(code: &str) -> impl Iterator<Item = Word<'_>> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = code;
    let mut line = 1;
    std::iter::from_fn(move || {
        let start = rest.find(is_part)?;
        let (before, from_word) = rest.split_at(start);
        let end = from_word.find(|c| !is_part(c)).unwrap_or(from_word.len());
        let (text, after) = from_word.split_at(end);
        line += before.matches('\n').count();
        rest = after;
        Some(Word { text, line, before, after })
    })
}

/// The names at the top of the crate that a file names: after `crate::`, or after enough `super::`.
fn imports(source: &Source) -> Vec<Import> {
    let mut found = Vec::new();
    // Inline modules that are open, by their indentation.
    let mut inline: Vec<usize> = Vec::new();
    let mut climbed = 0;
    let mut opened = (0, 0);
    for word in words(&source.code) {
        if opened.0 != word.line {
            opened = (word.line, indent(&source.code, word.line));
            inline.retain(|module| opened.1 > *module);
        }
        let is_path = word.after.starts_with("::");
        if word.text == "mod" && opens_module(word.after) {
            inline.push(opened.1);
        }
        let depth = source.module.len() + inline.len();
        climbed = match word.text {
            "super" if is_path => climbed + 1,
            _ => 0,
        };
        let at_top = word.text == "crate" || climbed > 0 && climbed == depth;
        let goes_on = word.after.strip_prefix("::").filter(|after| !after.starts_with("super::"));
        if let (true, Some(after)) = (at_top, goes_on) {
            found.extend(first_names(after).into_iter().map(|name| Import { line: word.line, name }));
        }
    }
    found
}

fn indent(code: &str, line: usize) -> usize {
    code.lines().nth(line - 1).map_or(0, |text| text.len() - text.trim_start().len())
}

fn opens_module(after: &str) -> bool {
    let line = after.lines().next().unwrap_or_default();
    line.trim_end().ends_with('{')
}

/// The first word of a path, or of each path of a group.
fn first_names(after: &str) -> Vec<String> {
    let Some(group) = after.strip_prefix('{') else {
        return words(after).next().map(|word| word.text.to_owned()).into_iter().collect();
    };
    let mut depth = 1;
    let mut parts = vec![String::new()];
    for next in group.chars() {
        match next {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => parts.push(String::new()),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if let (false, Some(part)) = (next == ',' && depth == 1, parts.last_mut()) {
            part.push(next);
        }
    }
    parts.iter().filter_map(|part| words(part).next()).map(|word| word.text.to_owned()).collect()
}
