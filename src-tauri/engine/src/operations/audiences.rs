//! Audiences: add, list, refresh, remove.

use std::sync::Arc;

use crate::Engine;
use crate::error::{Code, Error, Result};
use crate::model::{Audience, AudienceId, AudienceKind, Survey};
use crate::source::Source;
use crate::store;
use crate::suggest::{Suggestions, suggest};

use super::memberships::{self, Taken};

impl Engine {
    /// Adds an audience after reading its data once. The key column is fixed here: the one named,
    /// else `CustomerId` in any letter case, else the row's place in the file.
    ///
    /// # Errors
    /// `name_taken`, also of a segment in the memberships file; `bad_file` naming file, line and column. Nothing is
    /// stored then.
    pub async fn add_audience(&self, name: &str, kind: AudienceKind) -> Result<Audience> {
        named("audience", name)?;
        let taken = name.to_owned();
        let all = self.store.read(store::audience::all).await?;
        if all.iter().any(|audience| audience.name == taken) {
            return Err(Error::name_taken("audience", name));
        }
        let now = self.clock.now();
        let mut audience = Audience {
            id: AudienceId::new(),
            name: taken,
            kind,
            survey: Survey::default(),
            created_at: now,
            refreshed_at: now,
        };
        self.survey_new(&mut audience).await?;
        let insert = audience.clone();
        self.change("audience added", &audience.name, move |tx| {
            store::audience::insert(tx, &insert)?;
            memberships::add(tx, &insert, Taken::Refuse)
        })
        .await?;
        Ok(audience)
    }

    /// Reads the data of an audience that is to be stored, and fixes its key.
    pub(super) async fn survey_new(&self, audience: &mut Audience) -> Result<()> {
        let AudienceKind::Files(files) = &mut audience.kind;
        // Its ids have a meaning only once the key is known.
        let memberships = files.memberships.take();
        let named = files.key.is_some();
        if !named || memberships.is_none() {
            audience.survey = Survey::clone(self.audiences.open(audience).await?.survey());
        }
        let AudienceKind::Files(files) = &mut audience.kind;
        if !named {
            let columns = &audience.survey.columns;
            let key = columns.iter().find(|column| column.name.eq_ignore_ascii_case("CustomerId"));
            files.key = key.map(|column| column.name.clone());
        }
        let found = !named && files.key.is_some();
        if memberships.is_some() && files.key.is_none() {
            return Err(Error::new(
                Code::BadMatching,
                "The profiles have no column CustomerId, so the memberships file cannot refer to them; nothing was added.",
            )
            .help("Name the column that identifies a profile with --key."));
        }
        if found || memberships.is_some() {
            // Read again with the key, so that a CustomerId that stands twice is found.
            files.memberships = memberships;
            audience.survey = Survey::default();
            audience.survey = Survey::clone(self.audiences.open(audience).await?.survey());
        }
        Ok(())
    }

    /// All audiences.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audiences(&self) -> Result<Vec<Audience>> {
        self.store.read(store::audience::all).await
    }

    /// One audience by name or id.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn audience(&self, name: &str) -> Result<Audience> {
        let name = name.to_owned();
        self.store.read(move |conn| store::audience::by_name_or_id(conn, &name)).await
    }

    /// Which columns of an audience may belong to which fields of an account, by what was found when
    /// it was last read. Nothing is matched by it.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn suggest(&self, name: &str) -> Result<Suggestions> {
        Ok(suggest(&self.audience(name).await?.survey))
    }

    /// Reads an audience's data anew. Segments that its memberships file has come to name are there then;
    /// one that it names no more stays, with nobody in it. All its segments are counted.
    ///
    /// # Errors
    /// `not_found`, `bad_file`; what was known before stays then.
    pub async fn refresh_audience(&self, name: &str) -> Result<Audience> {
        let (audience, source) = self.read_anew(name).await?;
        if let Err(error) = self.recount(&audience, source.as_ref()).await {
            tracing::warn!(%error, "the segments of an audience that was read anew were not counted");
        }
        Ok(audience)
    }

    /// Reads an audience's data anew, without counting.
    pub(super) async fn read_anew(&self, name: &str) -> Result<(Audience, Arc<dyn Source>)> {
        let mut audience = self.audience(name).await?;
        let asked = Audience { survey: Survey::default(), ..audience.clone() };
        let source = self.audiences.open(&asked).await?;
        audience.survey = Survey::clone(source.survey());
        audience.refreshed_at = self.clock.now();
        let update = audience.clone();
        self.store
            .write(move |tx| {
                store::audience::update_survey(tx, update.id, &update.survey, update.refreshed_at)?;
                memberships::add(tx, &update, Taken::Rename)
            })
            .await?;
        Ok((audience, source))
    }

    /// Removes an audience that no segment and no export uses, and with it the segments of its memberships
    /// file. Its files are not touched.
    ///
    /// # Errors
    /// `in_use`, naming the users.
    pub async fn remove_audience(&self, name: &str) -> Result<()> {
        let audience = self.audience(name).await?;
        let removed = audience.clone();
        self.change("audience removed", &audience.name, move |tx| store::audience::delete(tx, &removed)).await
    }

    /// Writes a change and its entry in the audit log, both or neither.
    pub(super) async fn change<T, F>(&self, action: &str, subject: &str, job: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&store::Transaction<'_>) -> Result<T> + Send + 'static,
    {
        let entry = self.entry(action, subject, String::new());
        self.store
            .write(move |tx| {
                let done = job(tx)?;
                store::audit::append(tx, &entry)?;
                Ok(done)
            })
            .await
    }

    /// An entry of the audit log, of now.
    pub(super) fn entry(&self, action: &str, subject: &str, detail: String) -> store::audit::Entry {
        store::audit::Entry {
            at: self.clock.now(),
            actor: self.actor.clone(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            detail,
        }
    }

    /// The audit log, oldest entry first.
    ///
    /// # Errors
    /// `database` where somebody has changed it.
    pub async fn audit_log(&self) -> Result<Vec<store::audit::Entry>> {
        self.store.read(store::audit::all).await
    }
}

/// A display name: not blank, one line, at most 200 characters.
pub(super) fn named(kind: &str, name: &str) -> Result<()> {
    let fits = !name.trim().is_empty() && name.chars().count() <= 200 && !name.chars().any(char::is_control);
    if fits {
        return Ok(());
    }
    Err(Error::new(Code::Usage, format!("The name of the {kind} is blank, longer than 200 characters, or has a line break; nothing was changed."))
        .help("Choose a short name of one line."))
}
