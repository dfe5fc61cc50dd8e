//! Saving an export as a form has it: whole, and only where nobody else has changed it meanwhile.

use std::collections::HashSet;

use crate::error::{Code, Error, Result};
use crate::model::{
    Export, ExportId, ExportSegment, LeaverPolicy, Match, OnlyIf, Schedule, SegmentId, Target,
};
use crate::{Engine, store};

use super::audiences::named;

/// An export as it is to be, whole.
#[derive(Debug, Clone)]
pub struct WholeExport {
    /// The export that is edited, and the version of it that the user saw; `None`: a new one.
    pub edited: Option<(String, String)>,
    /// Display name.
    pub name: String,
    /// The connection, by name or id.
    pub connection: String,
    /// The audience, by name or id.
    pub audience: String,
    /// Data matching.
    pub matching: Vec<Match>,
    /// The segments, by name or id, each with the title of its list where the user gave one.
    pub segments: Vec<(String, Option<String>)>,
    /// Only people who said yes.
    pub only_if: Option<OnlyIf>,
    /// What happens to people who leave.
    pub leavers: LeaverPolicy,
    /// The most distinct valid addresses.
    pub limit: u64,
    /// The guard's percentage.
    pub max_loss: u8,
    /// Segments, by name or id, that are given up and whose lists the next run empties of everybody whom
    /// Segue put there.
    pub empty: Vec<String>,
}

impl Engine {
    /// Saves an export, new or edited. Nothing runs.
    ///
    /// # Errors
    /// `changed_elsewhere` where the user saw an older version; else as [`Engine::add_export`], and as
    /// [`Engine::attach_export`] where it gets another connection. What was stored stays as it was then.
    pub async fn save_export(&self, whole: WholeExport) -> Result<Export> {
        named("export", &whole.name)?;
        let connection = self.connection(&whole.connection).await?;
        let audience = self.audience(&whole.audience).await?;
        let before = match &whole.edited {
            Some((id, version)) => Some(unchanged(self.export(id).await?, version)?),
            None => None,
        };
        let mut export = Export {
            id: before.as_ref().map_or_else(ExportId::new, |before| before.id),
            name: whole.name,
            connection: Some(connection.id),
            audience: audience.id,
            matching: whole.matching,
            segments: Vec::with_capacity(whole.segments.len()),
            only_if: whole.only_if,
            leavers: whole.leavers,
            limit: whole.limit,
            max_loss: whole.max_loss,
            created_at: before.as_ref().map_or_else(|| self.clock.now(), |before| before.created_at),
            schedule: before.as_ref().map_or_else(Schedule::with_refresh, |before| before.schedule.clone()),
        };
        // The address first, the others in their order.
        export.matching.sort_by_key(|matched| !matched.target.is_email());
        for (name, title) in whole.segments {
            let segment = self.segment(&name).await?;
            super::exports::fits(&export, &segment, title.as_deref())?;
            export.segments.push(ExportSegment { segment: segment.id, title });
        }
        check_twice(&export)?;
        self.check_export(&export).await?;
        if before.as_ref().is_some_and(|before| before.connection != export.connection) {
            self.recognise_account(&export, &connection).await?;
        }
        let mut empty = Vec::with_capacity(whole.empty.len());
        for name in whole.empty {
            empty.push(self.segment(&name).await?.id);
        }
        self.store_whole(export, whole.edited, empty).await
    }

    async fn store_whole(
        &self,
        export: Export,
        edited: Option<(String, String)>,
        empty: Vec<SegmentId>,
    ) -> Result<Export> {
        let action = if edited.is_some() { "export edited" } else { "export added" };
        let stored = export.clone();
        self.change(action, &export.name, move |tx| {
            match edited {
                None => store::export::insert(tx, &stored)?,
                Some((id, version)) => {
                    // Once more, in the commit itself: another process may have been quicker.
                    unchanged(store::export::by_name_or_id(tx, &id)?, &version)?;
                    store::export::update(tx, &stored)?;
                }
            }
            store::emptying::keep(tx, &stored, &empty)
        })
        .await?;
        Ok(export)
    }
}

/// The export, if it is still the one that the user saw.
fn unchanged(export: Export, version: &str) -> Result<Export> {
    if export.version() == version {
        return Ok(export);
    }
    Err(Error::new(
        Code::ChangedElsewhere,
        format!("The export “{}” was changed meanwhile, so it was not saved.", export.name),
    )
    .help("Open it again to see what it is now, then make your changes there."))
}

/// Refuses a field or a segment that stands twice.
fn check_twice(export: &Export) -> Result<()> {
    let (mut targets, mut segments) = (HashSet::new(), HashSet::new());
    let field = export.matching.iter().map(|matched| &matched.target).find(|target| !targets.insert(*target));
    let segment = export.segments.iter().any(|chosen| !segments.insert(chosen.segment));
    let what = match field {
        Some(Target::Standard(name) | Target::Custom(name)) => format!("The field “{name}” is matched twice"),
        None if segment => "A segment is chosen twice".to_owned(),
        None => return Ok(()),
    };
    Err(Error::new(Code::BadMatching, format!("{what}; nothing was stored.")))
}
