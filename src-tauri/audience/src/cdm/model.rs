//! `model.json` as it is written, read within bounds: its size, its depth and the length of its lists.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::marker::PhantomData;

use segue_engine::error::{Error, Result};
use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::error::Category;

use super::location::below;
use crate::stamp::{Stamp, unreadable};
use crate::words::{bad_file, name, names};

/// The largest model, in bytes: ten thousand partitions take about 5 MB.
const LARGEST: u64 = 32 << 20;
/// The most objects and lists, and the most in one another; a model has seven.
const OBJECTS: usize = 250_000;
const DEEPEST: usize = 64;
/// The most entities, attributes of one, or partitions of one.
const MOST: usize = 10_000;
/// What the error begins with when there are more.
const TOO_MANY: &str = "too many";

/// What Segue reads of a model; all else is passed over.
#[derive(Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct Model {
    culture: Option<String>,
    #[serde(default, deserialize_with = "few")]
    entities: Vec<RawEntity>,
}

/// An entity: a table.
#[derive(Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct RawEntity {
    #[serde(rename = "$type")]
    kind: Option<String>,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default, deserialize_with = "few")]
    pub(super) attributes: Vec<RawAttribute>,
    #[serde(default, deserialize_with = "few")]
    pub(super) partitions: Vec<RawPartition>,
}

/// An attribute: a column.
#[derive(Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct RawAttribute {
    #[serde(default)]
    pub(super) name: String,
    #[serde(rename = "dataType")]
    pub(super) kind: Option<String>,
}

/// A partition: a file with some of the rows.
#[derive(Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(super) struct RawPartition {
    pub(super) name: Option<String>,
    pub(super) location: Option<String>,
    #[serde(rename = "fileFormatSettings")]
    pub(super) settings: Option<RawSettings>,
}

/// How a partition is written.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object")]
pub(super) struct RawSettings {
    #[serde(rename = "$type")]
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) column_headers: bool,
    pub(super) delimiter: Option<String>,
    pub(super) quote_style: Option<String>,
    pub(super) encoding: Option<String>,
}

impl Model {
    /// Reads the model at `path`; with the stamp of the file.
    ///
    /// # Errors
    /// `bad_file`, with the line where it is not a model, or if it is larger than a model is.
    pub(super) fn read(path: &str) -> Result<(Self, Stamp)> {
        below(path)?;
        let stamp = Stamp::of(path)?;
        let mut bytes = Vec::new();
        if stamp.bytes <= LARGEST {
            let file = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
            file.map_err(|error| unreadable(path, error.kind()))?;
        }
        if stamp.bytes.max(bytes.len() as u64) > LARGEST {
            return Err(bad_file(path, "is larger than 32 MB, which no model is")
                .help("Check where it comes from, or name the CSV files themselves."));
        }
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        bounded(text).map_err(|what| {
            bad_file(path, &what).help("Check where it comes from, or name the CSV files themselves.")
        })?;
        let model = serde_json::from_slice(text).map_err(|error| wrong(path, &error))?;
        stamp.hold(path)?;
        Ok((model, stamp))
    }

    /// Whether it has an entity of this name with rows of its own.
    pub(super) fn has(&self, name: &str) -> bool {
        self.local().any(|entity| entity.name == name)
    }

    /// The culture that its texts are written in; `None`: that of no country.
    pub(super) fn culture(&self) -> Option<&str> {
        self.culture.as_deref().map(str::trim).filter(|culture| !culture.is_empty())
    }

    /// The entity that is meant: the one that is wanted, else the only one, else `Customer`, which is
    /// what Customer Insights calls the unified profiles.
    ///
    /// # Errors
    /// `bad_file`, with the names of all, if none is.
    pub(super) fn entity(&self, path: &str, wanted: Option<&str>) -> Result<&RawEntity> {
        let local: Vec<&RawEntity> = self.local().collect();
        let called = |name: &str| local.iter().copied().find(|entity| entity.name == name);
        let mut alike = local.iter().filter(|entity| entity.name.eq_ignore_ascii_case("Customer"));
        let found = match (wanted, local.as_slice()) {
            (Some(name), _) => called(name),
            (None, [only]) => Some(*only),
            (None, _) => called("Customer").or_else(|| match (alike.next(), alike.next()) {
                (Some(one), None) => Some(*one),
                _ => None,
            }),
        };
        found.ok_or_else(|| match (local.as_slice(), self.entities.as_slice()) {
            ([], []) => bad_file(path, "has no entities").help("Download the folder again, whole."),
            ([], _) => bad_file(path, "has only entities whose rows are in other models")
                .help("Name the folder of the model that they refer to; Segue does not follow it there."),
            _ => bad_file(
                path,
                &format!(
                    "has several entities, and not one that is called “Customer”: {}",
                    names(local.iter().map(|entity| entity.name.as_str()))
                ),
            )
            .help(
                "Name the folder of the one you mean, which lies beside model.json and is called as it is.",
            ),
        })
    }

    /// The entities with rows of their own; others refer to another model, maybe in a circle.
    fn local(&self) -> impl Iterator<Item = &RawEntity> {
        let local = |entity: &&RawEntity| entity.kind.as_deref().is_none_or(|kind| kind == "LocalEntity");
        self.entities.iter().filter(local)
    }
}

/// Refuses a text that would take much memory to read, whatever it says.
fn bounded(text: &[u8]) -> std::result::Result<(), String> {
    let (mut depth, mut objects, mut line, mut quoted, mut escaped) =
        (0_usize, 0_usize, 1_usize, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'\n' => line += 1,
            b'{' | b'[' if !quoted => (depth, objects) = (depth + 1, objects + 1),
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(format!("is nested more than {DEEPEST} deep in line {line}"));
        }
        if objects > OBJECTS {
            return Err(format!("has more than {OBJECTS} objects, which no model has"));
        }
    }
    Ok(())
}

/// Why it is not a model. The texts of the parser hold values and are not passed on.
fn wrong(path: &str, error: &serde_json::Error) -> Error {
    let said = error.to_string();
    let (line, column) = (error.line(), error.column());
    let quoted = || said.split('`').nth(1).unwrap_or_default();
    let expected = said.split_once(", expected ").and_then(|(_, rest)| rest.split_once(" at line "));
    let what = match error.classify() {
        Category::Data if said.starts_with(TOO_MANY) => {
            format!("has a list of more than {MOST} in line {line}")
        }
        Category::Data if said.starts_with("duplicate field") => {
            format!("has {} twice in an object in line {line}, column {column}", name(quoted()))
        }
        Category::Data => format!(
            "has something else than {} in line {line}, column {column}",
            expected.map_or("a model has", |(expected, _)| expected)
        ),
        Category::Eof => format!("is cut off in line {line}"),
        Category::Syntax | Category::Io => format!("is not JSON from line {line}, column {column} on"),
    };
    bad_file(path, &what).help("Download the folder again, whole, or name the CSV files themselves.")
}

/// A list with at most [`MOST`] elements; null is one with none.
fn few<'a, D: Deserializer<'a>, T: Deserialize<'a>>(from: D) -> std::result::Result<Vec<T>, D::Error> {
    from.deserialize_any(Few(PhantomData))
}

struct Few<T>(PhantomData<T>);

impl<'a, T: Deserialize<'a>> Visitor<'a> for Few<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E>(self) -> std::result::Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> std::result::Result<Vec<T>, A::Error> {
        let mut all = Vec::new();
        while let Some(one) = list.next_element()? {
            if all.len() == MOST {
                return Err(serde::de::Error::custom(TOO_MANY));
            }
            all.push(one);
        }
        Ok(all)
    }
}
