//! Reading a configuration that may be broken or made to do harm: bounded, and held against every rule
//! that needs no data folder before anything is looked at (reliability.md X10).

use std::collections::HashSet;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde::Deserialize;

use crate::destination::http::Origin;
use crate::error::{Code, Error, Result};
use crate::model::{AudienceEntry, AudienceKind, Configuration, ExportEntry, Files, SegmentRule};

use super::super::audiences::named;
use super::super::connections::check_rate;
use super::super::retention::check_days;
use super::super::schedules::{check_schedule, check_system};

/// The largest file in bytes.
const LARGEST: u64 = 16 << 20;

/// The largest number that the database takes.
const MOST: u64 = i64::MAX as u64;

/// The beginning of the file, whatever follows.
#[derive(Deserialize)]
struct Head {
    segue_configuration: Option<serde_json::Value>,
}

/// The configuration in a file.
///
/// # Errors
/// `bad_file` naming line and column, or the object that does not fit; `usage`, `bad_url`.
pub(super) fn read(file: &Path) -> Result<Configuration> {
    let text = text(file)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let head: Head = serde_json::from_str(text).map_err(|error| broken(file, &error))?;
    match head.segue_configuration {
        None => {
            return Err(refused(&format!("{} is no configuration of Segue.", file.display()))
                .help("Name a file that `segue config export FILE` wrote."));
        }
        Some(version) if version != Configuration::VERSION => {
            return Err(refused(&format!(
                "{} has the form {}; this Segue reads form {}.",
                file.display(),
                short(&version.to_string()),
                Configuration::VERSION
            ))
            .help("Write it anew with a Segue of the same version."));
        }
        Some(_) => {}
    }
    let configuration: Configuration = serde_json::from_str(text).map_err(|error| broken(file, &error))?;
    check(&configuration)?;
    Ok(configuration)
}

fn text(file: &Path) -> Result<String> {
    let cannot = |why: String| {
        refused(&format!("{} cannot be read: {why}.", file.display())).help("Check the path and the rights.")
    };
    // A device or pipe may never end, or never begin.
    let facts = std::fs::metadata(file).map_err(|error| cannot(error.to_string()))?;
    if !facts.is_file() {
        return Err(cannot("it is not a file".to_owned()));
    }
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|opened| opened.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| cannot(error.to_string()))?;
    if bytes.len() as u64 > LARGEST {
        return Err(cannot("it is larger than 16 MB".to_owned()));
    }
    String::from_utf8(bytes).map_err(|_| cannot("it is not text in UTF-8".to_owned()))
}

fn broken(file: &Path, error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    let words = error.to_string();
    let words = words.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&words);
    refused(&format!("{}, line {line}, column {column}: {}.", file.display(), short(words)))
        .help("Look there, or write the file anew with `segue config export FILE`.")
}

/// Names, references and numbers.
fn check(configuration: &Configuration) -> Result<()> {
    let Configuration { version: _, retention_days, audiences, segments, connections, exports, refresh } =
        configuration;
    check_days(*retention_days)?;
    if let Some(refresh) = refresh {
        check_system(refresh)?;
    }
    let audience_names = fit_and_unique("audience", audiences.iter().map(|one| &one.name))?;
    let segment_names = unique("segment", segments.iter().map(|one| &one.name))?;
    // Names that stand in a file of memberships are as they stand there.
    let given = segments.iter().filter(|one| !matches!(one.rule, SegmentRule::Membership { .. }));
    given.map(|one| &one.name).try_for_each(|name| named("segment", name))?;
    let connection_names = fit_and_unique("connection", connections.iter().map(|one| &one.name))?;
    fit_and_unique("export", exports.iter().map(|one| &one.name))?;
    for one in audiences {
        check_paths(&one.data).map_err(|error| about("audience", &one.name, error))?;
    }
    for one in segments {
        known("segment", &one.name, "audience", &one.audience, &audience_names)?;
        let checked = match &one.rule {
            SegmentRule::Where { .. } | SegmentRule::Json { .. } => Ok(()),
            SegmentRule::Members { path, key: _ } => check_path(path),
            SegmentRule::Membership { .. } => check_memberships(audiences, &one.audience),
        };
        checked.map_err(|error| about("segment", &one.name, error))?;
    }
    for one in connections {
        let origin = Origin::parse(&one.origin).and_then(|origin| {
            check_rate(one.rate, &origin)?;
            // As it is stored: what is agreed to later is what stands in the file.
            let plain = origin.as_str() == one.origin && one.contract_size.is_none_or(|size| size <= MOST);
            if plain {
                Ok(())
            } else {
                Err(refused("The origin is not in its plain form, or a number is too large."))
            }
        });
        origin.map_err(|error| about("connection", &one.name, error))?;
    }
    for one in exports {
        known("export", &one.name, "audience", &one.audience, &audience_names)?;
        if let Some(connection) = &one.connection {
            known("export", &one.name, "connection", connection, &connection_names)?;
        }
        for chosen in &one.segments {
            known("export", &one.name, "segment", &chosen.segment, &segment_names)?;
        }
        check_export(one).map_err(|error| about("export", &one.name, error))?;
    }
    Ok(())
}

fn check_paths(data: &AudienceKind) -> Result<()> {
    let AudienceKind::Files(files) = data;
    let Files { paths, memberships, key: _, no_header: _, delimiter: _, encoding: _ } = files;
    if paths.is_empty() {
        return Err(refused("It has no files."));
    }
    paths.iter().chain(memberships).try_for_each(|path| check_path(path))
}

fn check_path(path: &str) -> Result<()> {
    if Path::new(path).is_absolute() && !path.contains('\0') {
        return Ok(());
    }
    Err(refused(&format!("The path “{}” is not absolute on this computer.", short(path)))
        .help("Write each path from the root of the disk."))
}

/// A segment that a file of memberships gives belongs to an audience that has such a file.
fn check_memberships(audiences: &[AudienceEntry], name: &str) -> Result<()> {
    let has_file = |one: &AudienceEntry| {
        let AudienceKind::Files(files) = &one.data;
        one.name == name && files.memberships.is_some()
    };
    if audiences.iter().any(has_file) {
        return Ok(());
    }
    Err(refused("Its audience has no memberships file.").help("Name one at the audience, as “memberships”."))
}

fn check_export(export: &ExportEntry) -> Result<()> {
    let mut targets = HashSet::new();
    if let Some(twice) = export.matching.iter().find(|matched| !targets.insert(&matched.target)) {
        return Err(refused(&format!("“{}” is matched twice.", short(&twice.target.to_string()))));
    }
    if export.matching.iter().position(|matched| matched.target.is_email()) != Some(0) {
        return Err(refused("Its matching does not begin with Email."));
    }
    let mut chosen = HashSet::new();
    if let Some(twice) = export.segments.iter().find(|one| !chosen.insert(&one.segment)) {
        return Err(refused(&format!("The segment “{}” is chosen twice.", twice.segment)));
    }
    for title in export.segments.iter().filter_map(|one| one.title.as_deref()) {
        named("list", title)?;
    }
    check_schedule(&export.schedule)?;
    if export.limit > MOST {
        return Err(refused("The limit is too large."));
    }
    Ok(())
}

/// The names of a kind, each fit to be one, and once.
fn fit_and_unique<'a>(
    kind: &str,
    names: impl Iterator<Item = &'a String> + Clone,
) -> Result<HashSet<&'a str>> {
    names.clone().try_for_each(|name| named(kind, name))?;
    unique(kind, names)
}

/// The names of a kind, each once.
fn unique<'a>(kind: &str, names: impl Iterator<Item = &'a String>) -> Result<HashSet<&'a str>> {
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(name.as_str()) {
            return Err(refused(&format!("The {kind} “{}” stands in the file twice.", short(name)))
                .help("Give each a name of its own."));
        }
    }
    Ok(seen)
}

fn known(kind: &str, name: &str, other: &str, meant: &str, names: &HashSet<&str>) -> Result<()> {
    if names.contains(meant) {
        return Ok(());
    }
    Err(refused(&format!(
        "The {kind} “{name}” names the {other} “{}”, which is not in the file.",
        short(meant)
    ))
    .help("A configuration is whole: everything that is named stands in it."))
}

/// The error with the object that it is about, and what it means for the import.
pub(super) fn about(kind: &str, name: &str, error: Error) -> Error {
    let mut message = format!("In the {kind} “{name}” of the file: {}", error.message);
    if !message.to_lowercase().contains("nothing was") {
        message.push_str(" Nothing was changed.");
    }
    Error { message, ..error }
}

fn refused(what: &str) -> Error {
    Error::new(Code::BadFile, format!("{what} Nothing was changed."))
}

/// Not more of somebody's text than fits into a sentence.
fn short(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
