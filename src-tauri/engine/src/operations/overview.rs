//! Overview: what pages show of many objects at once, and the notes that a host keeps here.

use std::collections::HashMap;

use crate::error::Result;
use crate::model::{AudienceId, AudienceUse, ConnectionId, ConnectionUse, Found, Part, Run, Totals};
use crate::store::audit::{self, Entry};
use crate::store::retention::Kept;
use crate::{Engine, store};

/// Names of a host's notes begin so, that none is ever one of the engine's own facts.
const NOTE: &str = "note:";

impl Engine {
    /// What has this piece in its name, whatever the letters are; at most so many.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn find(&self, piece: &str, most: u32) -> Result<Vec<Found>> {
        let piece = piece.trim().to_owned();
        self.store.read(move |conn| store::search::find(conn, &piece, most)).await
    }

    /// How many objects there are.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn totals(&self) -> Result<Totals> {
        self.store.read(store::overview::totals).await
    }

    /// The newest runs, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn recent_runs(&self, most: u32) -> Result<Vec<Run>> {
        self.store.read(move |conn| store::overview::recent_runs(conn, most)).await
    }

    /// What uses each audience; those that nothing uses are left out.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audience_uses(&self) -> Result<HashMap<AudienceId, AudienceUse>> {
        self.store.read(store::overview::audience_uses).await
    }

    /// What is known of each connection; those that nothing uses and whose account was not asked are left
    /// out.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn connection_uses(&self) -> Result<HashMap<ConnectionId, ConnectionUse>> {
        self.store.read(store::overview::connection_uses).await
    }

    /// A part of the audit log, newest entry first; of those with a piece of text in them.
    ///
    /// # Errors
    /// `database` where somebody has changed one of these entries.
    pub async fn audit_page(&self, piece: &str, offset: u64, limit: u64) -> Result<Part<Entry>> {
        let piece = piece.trim().to_owned();
        self.store.read(move |conn| audit::page(conn, &piece, offset, limit)).await
    }

    /// What is kept still that the retention time will drop.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn kept(&self) -> Result<Kept> {
        self.store.read(store::retention::kept).await
    }

    /// What a host noted under this name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn note(&self, name: &str) -> Result<Option<String>> {
        let name = format!("{NOTE}{name}");
        let bytes = self.store.read(move |conn| store::meta::get(conn, &name)).await?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Keeps a short text of a host's own, such as the settings of its window.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_note(&self, name: &str, text: &str) -> Result<()> {
        let (name, text) = (format!("{NOTE}{name}"), text.to_owned());
        self.store.write(move |tx| store::meta::set(tx, &name, text.as_bytes())).await
    }
}
