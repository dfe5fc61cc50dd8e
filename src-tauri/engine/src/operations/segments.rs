//! Segments: add, edit, count, download, remove.

use std::path::Path;

use futures::StreamExt as _;

use crate::Engine;
use crate::error::{Code, Error, Result};
use crate::model::{Segment, SegmentId, SegmentRule};
use crate::source::Selection;
use crate::store;

use super::audiences::named;
use super::memberships;

impl Engine {
    /// Adds a segment: the profiles of an audience that a rule selects.
    ///
    /// # Errors
    /// `bad_predicate`, saying what is wrong and where; `not_found`, `name_taken`.
    pub async fn add_segment(&self, name: &str, audience: &str, rule: &SegmentRule) -> Result<Segment> {
        named("segment", name)?;
        let audience = self.audience(audience).await?;
        self.audiences.open(&audience).await?.check(rule).await?;
        let segment = Segment {
            id: SegmentId::new(),
            name: name.to_owned(),
            audience: audience.id,
            rule: rule.clone(),
            created_at: self.clock.now(),
        };
        let insert = segment.clone();
        self.change("segment added", name, move |tx| store::segment::insert(tx, &insert)).await?;
        Ok(segment)
    }

    /// Changes who is in a segment.
    ///
    /// # Errors
    /// As [`Engine::add_segment`], and `usage` where the memberships file of the audience says who is in it; the
    /// rule stays as it was then.
    pub async fn edit_segment(&self, name: &str, rule: &SegmentRule) -> Result<Segment> {
        let mut segment = self.segment(name).await?;
        let audience = self.audience(&segment.audience.to_string()).await?;
        memberships::may_edit(&segment, &audience)?;
        self.audiences.open(&audience).await?.check(rule).await?;
        rule.clone_into(&mut segment.rule);
        self.update_segment(segment, "segment edited").await
    }

    /// Renames a segment; its list in the account keeps its title (product.md rule 4).
    ///
    /// # Errors
    /// `not_found`, `name_taken`.
    pub async fn rename_segment(&self, name: &str, new: &str) -> Result<Segment> {
        named("segment", new)?;
        let mut segment = self.segment(name).await?;
        new.clone_into(&mut segment.name);
        self.update_segment(segment, "segment renamed").await
    }

    /// Changes name and rule at once, if the segment is still as it was when its version was
    /// [`Segment::version`].
    ///
    /// # Errors
    /// `changed_elsewhere`; those of [`Engine::edit_segment`] and [`Engine::rename_segment`]. Nothing is
    /// changed then.
    pub async fn save_segment(
        &self,
        id: &str,
        version: &str,
        name: &str,
        rule: &SegmentRule,
    ) -> Result<Segment> {
        named("segment", name)?;
        let before = self.segment(id).await?;
        check_version(&before, version)?;
        if before.rule != *rule {
            let audience = self.audience(&before.audience.to_string()).await?;
            memberships::may_edit(&before, &audience)?;
            self.audiences.open(&audience).await?.check(rule).await?;
        }
        let segment = Segment { name: name.to_owned(), rule: rule.clone(), ..before };
        let (update, version) = (segment.clone(), version.to_owned());
        self.change("segment edited", name, move |tx| {
            check_version(&store::segment::by_name_or_id(tx, &update.id.to_string())?, &version)?;
            store::segment::update(tx, &update)
        })
        .await?;
        Ok(segment)
    }

    async fn update_segment(&self, segment: Segment, action: &str) -> Result<Segment> {
        let update = segment.clone();
        self.change(action, &segment.name, move |tx| store::segment::update(tx, &update)).await?;
        Ok(segment)
    }

    /// One segment by name or id.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn segment(&self, name: &str) -> Result<Segment> {
        let name = name.to_owned();
        self.store.read(move |conn| store::segment::by_name_or_id(conn, &name)).await
    }

    /// Segments of one audience or of all.
    ///
    /// # Errors
    /// `not_found` for the audience.
    pub async fn segments(&self, audience: Option<&str>) -> Result<Vec<Segment>> {
        let Some(audience) = audience else { return self.store.read(store::segment::all).await };
        let id = self.audience(audience).await?.id;
        self.store.read(move |conn| store::segment::of_audience(conn, id)).await
    }

    /// Writes the members of a segment to a CSV file, all columns. Returns how many.
    ///
    /// # Errors
    /// As [`Engine::count_segment`]; `bad_file` where the file cannot be written or is there already.
    pub async fn download_segment(&self, name: &str, file: &Path) -> Result<u64> {
        use arrow_array::Array as _;
        use arrow_array::cast::AsArray as _;
        let segment = self.segment(name).await?;
        let audience = self.audience(&segment.audience.to_string()).await?;
        let source = self.audiences.open(&audience).await?;
        let columns: Vec<String> = source.survey().columns.iter().map(|column| column.name.clone()).collect();
        let selection =
            Selection { segments: vec![segment.rule], columns: columns.clone(), as_of: self.clock.now() };
        let mut people = source.people(&selection).await?;
        let mut out = crate::download::Download::create(file, columns.iter().map(String::as_str))?;
        let mut written = 0;
        while let Some(batch) = people.next().await {
            let batch = batch?;
            let texts = (1..=columns.len())
                .map(|at| {
                    batch
                        .column(at)
                        .as_string_opt::<i32>()
                        .ok_or_else(|| Error::internal("a column is not text"))
                })
                .collect::<Result<Vec<_>>>()?;
            for row in 0..batch.num_rows() {
                out.row(texts.iter().map(|text| if text.is_null(row) { "" } else { text.value(row) }))?;
                written += 1;
            }
        }
        out.finish()?;
        Ok(written)
    }

    /// Removes a segment that no export uses. Its list in the account stays.
    ///
    /// # Errors
    /// `in_use`, naming the users; also where the memberships file of the audience names it.
    pub async fn remove_segment(&self, name: &str) -> Result<()> {
        let segment = self.segment(name).await?;
        memberships::may_remove(&segment, &self.audience(&segment.audience.to_string()).await?)?;
        let id = segment.id;
        let users = self.store.read(move |conn| store::export::using_segment(conn, id)).await?;
        if !users.is_empty() {
            return Err(Error::new(
                Code::InUse,
                format!(
                    "The segment “{}” is used by {}; nothing was removed.",
                    segment.name,
                    users.join(", ")
                ),
            )
            .help("Drop it from those exports first: `segue export edit NAME --drop-segment SEGMENT`."));
        }
        let removed = segment.clone();
        self.change("segment removed", &segment.name, move |tx| store::segment::delete(tx, &removed)).await
    }
}

/// Refuses to overwrite what somebody else has changed meanwhile.
fn check_version(segment: &Segment, version: &str) -> Result<()> {
    if segment.version() == version {
        return Ok(());
    }
    Err(Error::new(
        Code::ChangedElsewhere,
        format!("The segment “{}” was changed elsewhere meanwhile; nothing was changed.", segment.name),
    )
    .help("Look at it as it is now, then change it again."))
}
