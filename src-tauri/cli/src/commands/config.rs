//! `segue config`: everything that was set up, as a file.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use schemars::JsonSchema;
use segue_engine::error::Result;
use segue_engine::{Imported, Objects};
use serde::Serialize;

use crate::exit::Exit;
use crate::host::Host;
use crate::table::count;

/// The deeds.
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Write everything that was set up to a file that people can read
    #[command(after_help = "\
Audiences, segments, connections, exports and the retention time stand in it, with names in the
place of ids; no API keys, no consent, nothing of any person. The same configuration is the same file.

Example:
  segue config export segue.json")]
    Export {
        /// The file; an older configuration there gives way
        file: PathBuf,
    },
    /// Add everything that stands in such a file, or nothing
    #[command(after_help = "\
What is here already, just so, is left alone; what is here under the same name and differs is named,
and nothing is changed. The files of the audiences have to be on this computer, by the paths in the
file. A connection then waits for its key: give it with `segue connection set-key NAME --agree`.

Example:
  segue config import segue.json")]
    Import {
        /// The file
        file: PathBuf,
    },
}

/// What `config export` wrote.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Exported<'a> {
    /// The file's path.
    file: &'a Path,
    #[serde(flatten)]
    objects: Objects,
}

impl ConfigCommand {
    /// Does it.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        match self {
            Self::Export { file } => {
                let objects = host.engine()?.export_configuration(&file).await?;
                host.print.answer(&Exported { file: &file, objects }, || {
                    format!(
                        "{} in {}; no API key and no person is in it.",
                        number_of(&objects),
                        file.display()
                    )
                })?;
            }
            Self::Import { file } => {
                let imported = host.engine()?.import_configuration(&file).await?;
                host.print.answer(&imported, || words(&imported))?;
            }
        }
        Ok(Exit::Done)
    }
}

fn words(imported: &Imported) -> String {
    let Imported { added, unchanged, needs_key } = imported;
    let mut text = if added.total() == 0 {
        "Nothing was added: everything in the file is here already.".to_owned()
    } else {
        format!("Added: {}.", number_of(added))
    };
    if added.total() > 0 && *unchanged > 0 {
        text.push_str(&format!(
            " {} here already.",
            count(*unchanged as u64, "object of the file was", "objects of the file were")
        ));
    }
    for name in needs_key {
        text.push_str(&format!(
            "\n“{name}” needs its key: segue connection set-key \"{name}\" --agree < key.txt"
        ));
    }
    text
}

fn number_of(objects: &Objects) -> String {
    [
        count(objects.audiences as u64, "audience", "audiences"),
        count(objects.segments as u64, "segment", "segments"),
        count(objects.connections as u64, "connection", "connections"),
        count(objects.exports as u64, "export", "exports"),
    ]
    .join(", ")
}
