//! Audiences that are there already: another name, another way to read the same data, and what stands in
//! a column.

use std::collections::HashMap;

use crate::error::{Code, Error, Result};
use crate::model::{Audience, AudienceKind, Export, Files, Segment, SegmentRule, Survey};
use crate::source::Source;
use crate::{Engine, run, store};

use super::audiences::named;
use super::memberships::{self, Taken};

/// Profiles that are looked at for the values of a column (customer-insights.md 3.5).
const LOOKED_AT: usize = 10_000;

impl Engine {
    /// Renames an audience.
    ///
    /// # Errors
    /// `not_found`, `name_taken`.
    pub async fn rename_audience(&self, name: &str, new: &str) -> Result<Audience> {
        named("audience", new)?;
        let mut audience = self.audience(name).await?;
        new.clone_into(&mut audience.name);
        let update = audience.clone();
        self.change("audience renamed", new, move |tx| store::audience::update(tx, &update)).await?;
        Ok(audience)
    }

    /// Gives an audience another name and reads it in another way: other files, another delimiter,
    /// encoding, header, key or memberships file. What uses it has to fit as before.
    ///
    /// # Errors
    /// `in_use`, naming the segments and exports that would no longer fit, `name_taken`, `bad_file`,
    /// `changed_elsewhere`. Nothing is changed then.
    pub async fn change_audience(&self, id: &str, name: &str, files: Files) -> Result<Audience> {
        named("audience", name)?;
        let before = self.audience(id).await?;
        if before.kind == AudienceKind::Files(files.clone()) {
            return if before.name == name { Ok(before) } else { self.rename_audience(id, name).await };
        }
        let mut audience = Audience {
            name: name.to_owned(),
            kind: AudienceKind::Files(files),
            survey: Survey::default(),
            refreshed_at: self.clock.now(),
            ..before.clone()
        };
        self.survey_new(&mut audience).await?;
        let source = self.audiences.open(&audience).await?;
        let (segments, exports) = self.users(&audience).await?;
        check_users(&before, source.as_ref(), &segments, &exports).await?;
        let (update, kind) = (audience.clone(), before.kind);
        self.change("audience changed", name, move |tx| {
            let now = store::audience::by_name_or_id(tx, &update.id.to_string())?;
            let unchanged = now.kind == kind
                && store::segment::of_audience(tx, update.id)? == segments
                && exports_of(store::export::all(tx)?, &update) == exports;
            if !unchanged {
                return Err(Error::new(
                    Code::ChangedElsewhere,
                    format!(
                        "“{}”, or what uses it, was changed elsewhere meanwhile; nothing was changed.",
                        now.name
                    ),
                )
                .help("Look at it as it is now, then change it again."));
            }
            store::audience::update(tx, &update)?;
            memberships::add(tx, &update, Taken::Refuse)
        })
        .await?;
        if let Err(error) = self.recount(&audience, source.as_ref()).await {
            tracing::warn!(%error, "the segments of an audience that is read in another way were not counted");
        }
        Ok(audience)
    }

    async fn users(&self, audience: &Audience) -> Result<(Vec<Segment>, Vec<Export>)> {
        let audience = audience.clone();
        self.store
            .read(move |conn| {
                let exports = exports_of(store::export::all(conn)?, &audience);
                Ok((store::segment::of_audience(conn, audience.id)?, exports))
            })
            .await
    }

    /// Different values of a column in the first 10,000 profiles, the most frequent first; of those with
    /// this piece in them, whatever the letters are.
    ///
    /// # Errors
    /// `not_found`, `bad_matching` for an unknown column, `bad_file`.
    pub async fn column_values(&self, audience: &str, column: &str, piece: &str) -> Result<Vec<String>> {
        let audience = self.audience(audience).await?;
        let source = self.audiences.open(&audience).await?;
        run::check_column(source.as_ref(), column)?;
        let everybody = SegmentRule::condition("true");
        let columns = [column.to_owned()];
        let rows = self.first_rows(source.as_ref(), &everybody, &columns, LOOKED_AT).await?;
        let piece = piece.trim().to_lowercase();
        let mut times: HashMap<String, u64> = HashMap::new();
        for cell in rows.into_iter().flatten().flatten() {
            if piece.is_empty() || cell.to_lowercase().contains(&piece) {
                *times.entry(cell).or_default() += 1;
            }
        }
        let mut values: Vec<(String, u64)> = times.into_iter().collect();
        values.sort_by(|(one, often), (other, oftener)| oftener.cmp(often).then_with(|| one.cmp(other)));
        Ok(values.into_iter().map(|(value, _)| value).collect())
    }
}

fn exports_of(exports: Vec<Export>, audience: &Audience) -> Vec<Export> {
    exports.into_iter().filter(|export| export.audience == audience.id).collect()
}

/// Refuses data in which something that uses the audience has no meaning any more.
async fn check_users(
    before: &Audience,
    source: &dyn Source,
    segments: &[Segment],
    exports: &[Export],
) -> Result<()> {
    let (mut broken, mut why) = (Vec::new(), String::new());
    let mut note = |user: String, error: Error| {
        if broken.is_empty() {
            why = error.message;
        }
        broken.push(user);
    };
    for segment in segments {
        let fits = match &segment.rule {
            SegmentRule::Membership { name } if !source.survey().segments.contains(name) => {
                Err(Error::new(Code::InUse, format!("No memberships file names “{name}” then.")))
            }
            SegmentRule::Membership { .. } => Ok(()),
            rule => source.check(rule).await,
        };
        if let Err(error) = fits {
            note(format!("segment “{}”", segment.name), error);
        }
    }
    for export in exports {
        if let Err(error) = run::check_columns(export, source) {
            note(format!("export “{}”", export.name), error);
        }
    }
    if broken.is_empty() {
        return Ok(());
    }
    Err(Error::new(
        Code::InUse,
        format!(
            "Read like this, “{}” no longer fits {}; nothing was changed. {why}",
            before.name,
            broken.join(", ")
        ),
    )
    .help("Change or remove those first, or add the files as another audience."))
}
