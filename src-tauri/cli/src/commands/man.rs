//! `segue man`: the manual pages, one for each command.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory};
use clap_mangen::Man;
use segue_engine::error::{Code, Error, Result};

use crate::args;
use crate::exit::Exit;
use crate::host::Host;

/// The words of `man`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  segue man | man -l -
  segue man ~/.local/share/man/man1")]
pub(crate) struct ManCommand {
    /// A folder to write all pages to; without it the first page is printed
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl ManCommand {
    /// Prints the first page, or writes all of them.
    pub(crate) fn run(self, host: &Host) -> Result<Exit> {
        let mut command = args::Args::command().disable_help_subcommand(true);
        // Gives each command below its full name.
        command.build();
        match self.folder {
            None => {
                let page = String::from_utf8(page(command)?)
                    .map_err(|_| Error::internal("a manual page is not UTF-8"))?;
                host.print.raw(page.trim_end())?;
            }
            Some(folder) => {
                fs::create_dir_all(&folder).map_err(|error| unwritable(&folder, &error))?;
                write(&folder, command)?;
                host.print.note(&format!("The pages are in {}.", folder.display()));
            }
        }
        Ok(Exit::Done)
    }
}

/// Writes the pages of a command and of those below it.
fn write(folder: &Path, command: clap::Command) -> Result<()> {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        write(folder, below.clone())?;
    }
    let name = command.get_display_name().unwrap_or_else(|| command.get_name());
    let path = folder.join(format!("{name}.1"));
    fs::write(&path, page(command)?).map_err(|error| unwritable(&path, &error))
}

/// A page; no day is on it, so that it is the same whenever it is made.
fn page(command: clap::Command) -> Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command)
        .source(concat!("segue ", env!("CARGO_PKG_VERSION")))
        .manual("Segue")
        .render(&mut page)
        .map_err(Error::internal)?;
    Ok(page)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    Error::new(Code::BadFile, format!("{} cannot be written: {error}.", path.display()))
        .help("Choose a folder that you may write to.")
}
