//! Opening audiences: the survey that is kept is used as long as it fits the files.

use std::sync::Arc;

use async_trait::async_trait;
use segue_engine::error::{Error, Result};
use segue_engine::model::{Audience, AudienceKind, Files, SegmentRule, Survey};
use segue_engine::source::{Audiences, Source};

use crate::layout::Layout;
use crate::members::{self, without_ids};
use crate::memberships::{self, Memberships};
use crate::paths;
use crate::query::Session;
use crate::settings::Settings;
use crate::source::FileSource;
use crate::stamp::Stamp;
use crate::survey::{self, KeyRule};

/// The audiences that are files on this computer.
#[derive(Debug)]
pub struct FileAudiences {
    settings: Arc<Settings>,
    session: Arc<Session>,
}

impl FileAudiences {
    /// With these settings.
    ///
    /// # Errors
    /// `internal`, if the place to spill to cannot be used.
    pub fn new(settings: Settings) -> Result<Self> {
        let session = Arc::new(Session::new(&settings)?);
        Ok(Self { settings: Arc::new(settings), session })
    }

    /// As [`survey`], with these settings.
    ///
    /// # Errors
    /// As [`survey`].
    pub async fn survey(&self, files: &Files) -> Result<Survey> {
        run_survey(files.clone(), KeyRule::Find, Arc::clone(&self.settings)).await
    }
}

#[async_trait]
impl Audiences for FileAudiences {
    async fn open(&self, audience: &Audience) -> Result<Arc<dyn Source>> {
        let AudienceKind::Files(files) = &audience.kind;
        let survey = if fits(files, &audience.survey)? {
            audience.survey.clone()
        } else {
            run_survey(files.clone(), KeyRule::Fixed, Arc::clone(&self.settings)).await?
        };
        let layout = Layout::of(&survey).ok_or_else(|| Error::internal("a survey has no layout"))?;
        Ok(Arc::new(FileSource::new(survey, layout, &self.settings, Arc::clone(&self.session))))
    }

    async fn versions(&self, audience: &Audience, rules: &[SegmentRule]) -> Vec<Option<String>> {
        let AudienceKind::Files(files) = &audience.kind;
        let whole = version_now(files).ok();
        let own = |rule: &SegmentRule| match rule {
            SegmentRule::Members { path, key } => {
                Stamp::of(path).ok().map(|stamp| members::version(path, key.as_deref(), &stamp))
            }
            _ => Some(String::new()),
        };
        rules
            .iter()
            .map(|rule| whole.as_ref().zip(own(rule)).map(|(whole, own)| format!("{whole}{own}")))
            .collect()
    }
}

/// Reads files for `audience add files`. The key is `files.key`; if that is none, a column called
/// `CustomerId` is taken as key, which [`default_key`] names.
///
/// # Errors
/// `bad_file`, naming file, line and column; `bad_matching` if the key column is not there.
pub async fn survey(files: &Files) -> Result<Survey> {
    run_survey(files.clone(), KeyRule::Find, Arc::new(Settings::default())).await
}

/// The key of an audience for which none was named: `CustomerId` in any letter case.
#[must_use]
pub fn default_key(survey: &Survey) -> Option<String> {
    let names: Vec<&str> = survey.columns.iter().map(|column| column.name.as_str()).collect();
    survey::default_place(&names).and_then(|place| names.get(place)).map(|name| (*name).to_owned())
}

async fn run_survey(files: Files, rule: KeyRule, settings: Arc<Settings>) -> Result<Survey> {
    tokio::task::spawn_blocking(move || {
        let mut survey = survey::survey(&files, rule, &settings)?;
        if let Some(path) = &files.memberships {
            add_memberships(&mut survey, path, &settings)?;
        }
        Ok(survey)
    })
    .await
    .map_err(|_| Error::internal("a survey ended before its time"))?
}

/// Adds what the memberships file at `path` says.
fn add_memberships(survey: &mut Survey, path: &str, settings: &Settings) -> Result<()> {
    let mut layout = Layout::of(survey).ok_or_else(|| Error::internal("a survey has no layout"))?;
    let key = layout.key.and_then(|key| survey.columns.get(key)).ok_or_else(without_ids)?;
    let (found, names) = Memberships::survey(path, &key.name, settings)?;
    survey.version.push_str(&memberships::version(path, &found.file.stamp));
    survey.segments = names;
    layout.memberships = Some(found);
    survey.private = serde_json::to_value(&layout).map_err(Error::internal)?;
    Ok(())
}

/// Whether a survey is still true for these files.
fn fits(files: &Files, survey: &Survey) -> Result<bool> {
    Ok(version_now(files)? == survey.version && Layout::of(survey).is_some())
}

/// The version that a survey of these files would have now.
fn version_now(files: &Files) -> Result<String> {
    let paths = paths::expand(files)?;
    let mut stamps = Vec::with_capacity(paths.files.len());
    for file in &paths.files {
        stamps.push(Stamp::of(&file.path)?);
    }
    let mut version = survey::version(files, files.key.as_ref(), paths.stamped(&stamps));
    if let Some(path) = &files.memberships {
        version.push_str(&memberships::version(path, &Stamp::of(path)?));
    }
    Ok(version)
}
