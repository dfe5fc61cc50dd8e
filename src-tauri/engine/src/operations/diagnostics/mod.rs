//! Diagnostics: a zip file for whoever helps. It names ids and counts; no key, no person, no name that a
//! user gave, no text of a rule and no answer of an account is in it (reliability.md 6.7).

mod facts;
mod logs;

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::Engine;
use crate::download::Download;
use crate::error::{Error, Result};

/// The file that was written.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Diagnostics {
    /// Where it is.
    pub file: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// What is in it.
    pub entries: Vec<String>,
}

impl Engine {
    /// Writes the diagnostics. `home`: the user's home folder, which paths are shortened by.
    ///
    /// # Errors
    /// `bad_file` where a file is there already, or none can be written; those of the database.
    pub async fn diagnostics(&self, file: &Path, home: Option<&Path>) -> Result<Diagnostics> {
        let home = home.map(|home| home.display().to_string()).filter(|home| home.len() > 1);
        let mut parts: Vec<(String, Vec<u8>)> = vec![
            ("about.json".to_owned(), pretty(&self.about(home.as_deref()))?),
            ("database.json".to_owned(), pretty(&self.database_facts().await?)?),
            ("settings.json".to_owned(), pretty(&self.settings_facts().await?)?),
            ("runs.json".to_owned(), pretty(&self.run_facts().await?)?),
        ];
        let logs = self.store.dir().join("logs");
        parts.extend(logs::last(&logs, home.as_deref())?);
        let bytes = packed(&parts).map_err(|_| Error::internal("the diagnostics cannot be packed"))?;
        // A file that is there is somebody's, unless it is this one.
        Download::whole(file, &bytes, &bytes)?;
        let entries = parts.into_iter().map(|(name, _)| name).collect();
        Ok(Diagnostics { file: file.to_owned(), bytes: bytes.len() as u64, entries })
    }
}

fn packed(parts: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in parts {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(contents)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn pretty<T: Serialize>(facts: &T) -> Result<Vec<u8>> {
    serde_json::to_vec_pretty(facts).map_err(Error::internal)
}
