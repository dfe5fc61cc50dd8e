//! `segue audience`: where profiles come from.

pub(crate) mod show;

use std::path::{Path, PathBuf};

use clap::Subcommand;
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{AudienceKind, Files};

use crate::answers::Removed;
use crate::exit::Exit;
use crate::host::Host;

/// The deeds.
#[derive(Debug, Subcommand)]
pub(crate) enum AudienceCommand {
    /// Add an audience; its data is read once, and nothing is copied
    #[command(subcommand)]
    Add(Add),
    /// List the audiences
    #[command(after_help = "Example:\n  segue audience list")]
    List,
    /// Show an audience: its columns, its files, and what may be matched
    #[command(after_help = "Example:\n  segue audience show Customers")]
    Show {
        /// Name or id
        name: String,
    },
    /// Read the data of an audience again
    #[command(after_help = "Example:\n  segue audience refresh Customers")]
    Refresh {
        /// Name or id
        name: String,
    },
    /// Remove an audience; its files stay
    #[command(after_help = "Example:\n  segue audience remove Customers")]
    Remove {
        /// Name or id
        name: String,
    },
}

/// The kinds of audience.
#[derive(Debug, Subcommand)]
pub(crate) enum Add {
    /// Files on this computer, all of one shape
    #[command(after_help = FILES)]
    Files(AddFiles),
}

const FILES: &str = "\
Files are CSV, Parquet, or have one JSON object a line (NDJSON). All but Parquet may be packed by
gzip or zstd; they are unpacked as they are read. A folder stands for the files in it, by name;
one with a model.json (CDM) for the files of its entity Customer, as the model says.
Delimiter, encoding, header and types are found by reading the files once. The file of memberships
has a column CustomerId (or the key's), and a column Segment with one name a row, or a column
Segments with a JSON list of names.

Examples:
  segue audience add files Customers customers.csv
  segue audience add files Shops north.csv south.csv --key ShopId --delimiter ';'
  segue audience add files Customers exports/2026-11
  segue audience add files Customers customers.csv --memberships segmentmembership.csv
  segue audience add files Customers exports/Weekly/model.json";

/// The words of `audience add files`.
#[derive(Debug, clap::Args)]
pub(crate) struct AddFiles {
    /// The audience's name
    name: String,
    /// Files, or a folder
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Which segments each profile is in.
    #[arg(
        long,
        value_name = "FILE",
        help = "A file that says which segments each profile is in; each becomes a segment"
    )]
    memberships: Option<PathBuf>,
    /// The key column.
    #[arg(
        long,
        value_name = "COLUMN",
        help = "The column that identifies a profile [default: CustomerId in any letter case, else the row's place]"
    )]
    key: Option<String>,
    /// The first line is data, not names
    #[arg(long)]
    no_header: bool,
    /// What stands between two cells; `tab` or `\t` for a tab
    #[arg(long, value_name = "C", value_parser = delimiter)]
    delimiter: Option<char>,
    /// The encoding, for example utf-8, utf-16le or windows-1252
    #[arg(long, value_name = "E")]
    encoding: Option<String>,
}

impl AudienceCommand {
    /// Does it.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        match self {
            Self::Add(Add::Files(add)) => {
                let (name, kind) = add.kind()?;
                let audience = host.engine()?.add_audience(&name, kind).await?;
                host.print.answer(&show::document(&audience), || show::added(&audience))?;
            }
            Self::List => {
                let audiences = host.engine()?.audiences().await?;
                let documents: Vec<_> = audiences.iter().map(show::document).collect();
                host.print.answer(&documents, || show::list(&audiences))?;
            }
            Self::Show { name } => {
                let engine = host.engine()?;
                let (audience, suggestions) = (engine.audience(&name).await?, engine.suggest(&name).await?);
                let document = show::with_suggestions(&audience, &suggestions);
                host.print.answer(&document, || {
                    format!("{}{}", show::whole(&audience), show::suggested(&suggestions))
                })?;
            }
            Self::Refresh { name } => {
                let audience = host.engine()?.refresh_audience(&name).await?;
                host.print.answer(&show::document(&audience), || show::whole(&audience))?;
            }
            Self::Remove { name } => {
                host.engine()?.remove_audience(&name).await?;
                host.print.answer(&Removed { removed: &name }, || {
                    format!("“{name}” is removed; its files are as they were.")
                })?;
            }
        }
        Ok(Exit::Done)
    }
}

impl AddFiles {
    /// The files by absolute path, so that a scheduled task finds them from any folder.
    fn kind(self) -> Result<(String, AudienceKind)> {
        let paths = self.paths.iter().map(|path| absolute(path)).collect::<Result<_>>()?;
        let memberships = self.memberships.as_deref().map(absolute).transpose()?;
        let Self { name, key, no_header, delimiter, encoding, .. } = self;
        Ok((name, AudienceKind::Files(Files { paths, key, no_header, delimiter, encoding, memberships })))
    }
}

/// A missing file is found here, before the data folder is touched.
pub(super) fn absolute(path: &Path) -> Result<String> {
    let bad = |why: String| {
        Error::new(Code::BadFile, format!("{} cannot be read: {why}.", path.display()))
            .help("Nothing was changed. Check the path and the rights.")
    };
    std::fs::metadata(path).map_err(|error| bad(error.to_string()))?;
    let absolute = std::path::absolute(path).map_err(|error| bad(error.to_string()))?;
    absolute.into_os_string().into_string().map_err(|_| bad("its path is not Unicode".to_owned()))
}

fn delimiter(text: &str) -> std::result::Result<char, String> {
    let mut chars = text.chars();
    match (text, chars.next(), chars.next()) {
        ("tab" | "\\t", ..) => Ok('\t'),
        (_, Some(only), None) => Ok(only),
        _ => Err("one character, or `tab`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delimiter_is_one_character_or_a_tab_by_name() {
        assert_eq!(delimiter(";"), Ok(';'));
        assert_eq!(delimiter("tab"), Ok('\t'));
        assert_eq!(delimiter("\\t"), Ok('\t'));
        assert!(delimiter("").is_err() && delimiter(";;").is_err(), "nothing else");
    }
}
