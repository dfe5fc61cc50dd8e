//! The configuration as a file: written without secrets, and read into another data folder, all of it or
//! nothing (product.md page 10).

mod collect;
mod import;
mod read;

use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use crate::Engine;
use crate::download::Download;
use crate::error::{Error, Result};
use crate::model::Configuration;

/// What every such file begins with: an older one may be replaced.
const MARK: &[u8] = b"{\n  \"segue_configuration\": ";

/// Objects of a configuration by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Objects {
    /// Audiences.
    pub audiences: usize,
    /// Segments.
    pub segments: usize,
    /// Connections.
    pub connections: usize,
    /// Exports.
    pub exports: usize,
}

impl Objects {
    fn of(configuration: &Configuration) -> Self {
        Self {
            audiences: configuration.audiences.len(),
            segments: configuration.segments.len(),
            connections: configuration.connections.len(),
            exports: configuration.exports.len(),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.audiences + self.segments + self.connections + self.exports
    }
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Imported {
    /// Objects that were added.
    pub added: Objects,
    /// Objects that were here already, just so.
    pub unchanged: usize,
    /// Connections that wait for their key and consent.
    pub needs_key: Vec<String>,
}

impl Engine {
    /// Writes everything that was set up to a file: readable, the same each time, and without keys,
    /// consent and personal data. Returns what stands in it.
    ///
    /// # Errors
    /// `bad_file` where it cannot be written, or a file that is no configuration is there.
    pub async fn export_configuration(&self, file: &Path) -> Result<Objects> {
        let configuration = self.configuration().await?;
        let mut text = serde_json::to_string_pretty(&configuration).map_err(Error::internal)?;
        text.push('\n');
        Download::whole(file, MARK, text.as_bytes())?;
        Ok(Objects::of(&configuration))
    }

    /// Adds what stands in a file, all of it or nothing. What is here already, just so, is left alone.
    /// Audiences are read and rules checked as when they are added one by one; connections wait for
    /// their key and for consent, which are given anew.
    ///
    /// # Errors
    /// `bad_file` naming line and column, or what does not fit; `name_taken` naming everything that is
    /// here and differs; those of adding each object. Nothing is changed then.
    pub async fn import_configuration(&self, file: &Path) -> Result<Imported> {
        let wanted = read::read(file)?;
        let here = self.configuration().await?;
        let (new, retention) = import::missing(&here, wanted.clone(), self.own_retention().await?)?;
        let added = Objects::of(&new);
        let needs_key = self.import(new, retention).await?;
        Ok(Imported { added, unchanged: Objects::of(&wanted).total() - added.total(), needs_key })
    }
}
