//! The schemas in docs/json: what each command prints with `--json`. They are made from the types that
//! are printed, and this test holds the files to them; tests/cli holds every answer to the files.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use segue_engine::model::{Connection, Person, PersonRecord, Run};
use segue_engine::store::audit::Entry;
use segue_engine::{Diagnostics, Forgotten, Imported, Preview};

use crate::answers::{Canceled, Removed, Tested, Written};
use crate::commands::{audience, config, export, run, schedule, segment};
use crate::demo::verdict;
use crate::{print, progress};

/// A schema: the file's name, what it is of, and what prints it.
struct Document {
    name: &'static str,
    schema: String,
    printed_by: &'static [&'static str],
}

fn document<T: JsonSchema>(name: &'static str, printed_by: &'static [&'static str]) -> Document {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), name.into());
    let schema = serde_json::to_string_pretty(&schema).unwrap();
    Document { name, schema: format!("{schema}\n"), printed_by }
}

fn documents() -> Vec<Document> {
    vec![
        document::<audience::show::Shown<'_>>(
            "audience",
            &["audience add", "audience show", "audience refresh"],
        ),
        document::<Vec<audience::show::Shown<'_>>>("audiences", &["audience list"]),
        document::<segment::show::Shown>("segment", &["segment add", "segment edit", "segment rename"]),
        document::<Vec<segment::show::Shown>>("segments", &["segment list"]),
        document::<segment::show::Counted>("members", &["segment count"]),
        document::<Written<'_>>("written", &["segment download", "run people --csv"]),
        document::<Connection>(
            "connection",
            &["connection add", "connection rename", "connection set", "connection set-key"],
        ),
        document::<Vec<Connection>>("connections", &["connection list"]),
        document::<Tested<'_>>("tested", &["connection test"]),
        document::<export::show::Shown>(
            "export",
            &[
                "export add",
                "export edit",
                "export show",
                "export rename",
                "export duplicate",
                "export detach",
                "export attach",
                "export schedule",
            ],
        ),
        document::<Vec<export::show::Shown>>("exports", &["export list"]),
        document::<Preview>("preview", &["export preview"]),
        document::<progress::Event<'_>>("progress", &["export run", "run resume", "tick"]),
        document::<run::Finished<'_>>(
            "finished",
            &["export run", "run resume", "tick", "export edit --empty-lists", "export remove --empty-lists"],
        ),
        document::<schedule::show::Shown>("schedule", &["schedule"]),
        document::<schedule::os::Entries<'_>>("entries", &["schedule install", "schedule uninstall"]),
        document::<Run>("run", &["run show"]),
        document::<Vec<Run>>("runs", &["run list"]),
        document::<Vec<Person>>("people", &["run people"]),
        document::<Canceled<'_>>("canceled", &["run cancel"]),
        document::<PersonRecord>("person", &["person"]),
        document::<Forgotten>("forgotten", &["forget"]),
        document::<Vec<Entry>>("audit", &["audit list"]),
        document::<config::Exported<'_>>("config-exported", &["config export"]),
        document::<Imported>("config-imported", &["config import"]),
        document::<Diagnostics>("diagnostics", &["diagnostics"]),
        document::<verdict::Document<'_>>("demo", &["demo"]),
        document::<Removed<'_>>(
            "removed",
            &["audience remove", "segment remove", "connection remove", "export remove"],
        ),
        document::<print::ErrorEvent<'_>>("error", &[]),
    ]
}

/// The page that says which command prints what; tests/cli reads it too.
fn page(documents: &[Document]) -> String {
    let mut page = String::from(
        "# What commands print with --json\n\n\
         A command prints one document; a run prints one object a line, `progress` as often as ten times a\n\
         second and `finished` last. Errors are an object on standard error. Times are RFC 3339 in UTC, ids are\n\
         text. A later Segue may add keys; it takes none away.\n\n\
         Made from the types by `SEGUE_WRITE_SCHEMAS=1 cargo test --profile ci --workspace schemas`; a test holds the\n\
         files to the types, and every answer to the files.\n\n\
         | command | schema |\n|---|---|\n",
    );
    for document in documents {
        for command in document.printed_by {
            writeln!(page, "| `segue {command}` | [{0}]({0}.schema.json) |", document.name).unwrap();
        }
    }
    page.push_str("| any, on standard error | [error](error.schema.json) |\n");
    page
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/json")
}

#[test]
fn the_schemas_are_those_of_the_types() {
    let documents = documents();
    let mut files = vec![("README.md".to_owned(), page(&documents))];
    files.extend(documents.into_iter().map(|one| (format!("{}.schema.json", one.name), one.schema)));
    let folder = folder();
    if std::env::var_os("SEGUE_WRITE_SCHEMAS").is_some() {
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &files {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    for (name, text) in &files {
        let found = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(
            found == *text,
            "{name} is of other types: SEGUE_WRITE_SCHEMAS=1 cargo test --profile ci --workspace schemas"
        );
    }
    assert_eq!(fs::read_dir(folder).unwrap().count(), files.len(), "and there is no other file");
}
