//! Audiences: the table, one audience, how it is read, and what stands in a column.

use std::collections::HashMap;

use segue_engine::error::Result;
use segue_engine::model::{Audience, AudienceId, AudienceKind, AudienceUse, Files};
use segue_engine::suggest::suggest;

use crate::views::{
    AudienceDetail, AudienceDraft, AudienceRow, Done, Named, Nothing, One, Rename, Values, ValuesRequest,
};
use crate::{Desk, Noun};

/// The most values of a column that are shown.
const VALUES: usize = 200;

pub(crate) async fn audience_list(desk: &Desk, _: Nothing) -> Result<Vec<AudienceRow>> {
    let audiences = desk.engine.audiences().await?;
    let (mut uses, sample) = (desk.engine.audience_uses().await?, sample(desk).await?);
    Ok(audiences.into_iter().map(|audience| row(audience, &mut uses, sample)).collect())
}

pub(crate) async fn audience_get(desk: &Desk, One { id }: One) -> Result<AudienceDetail> {
    let audience = desk.engine.audience(&id).await?;
    detail(desk, audience).await
}

pub(crate) async fn audience_save(desk: &Desk, draft: AudienceDraft) -> Result<AudienceDetail> {
    let AudienceDraft { id, name, paths, key, no_header, delimiter, encoding, memberships } = draft;
    let files = Files { paths, key, no_header, delimiter, encoding, memberships };
    let audience = match id {
        None => desk.engine.add_audience(&name, AudienceKind::Files(files)).await?,
        Some(id) => desk.engine.change_audience(&id, &name, files).await?,
    };
    desk.events.changed(&[Noun::Audiences, Noun::Segments, Noun::Exports, Noun::Audit]);
    detail(desk, audience).await
}

pub(crate) async fn audience_rename(desk: &Desk, Rename { id, name }: Rename) -> Result<AudienceDetail> {
    let audience = desk.engine.rename_audience(&id, &name).await?;
    desk.events.changed(&[Noun::Audiences, Noun::Segments, Noun::Exports, Noun::Audit]);
    detail(desk, audience).await
}

pub(crate) async fn audience_refresh(desk: &Desk, One { id }: One) -> Result<AudienceDetail> {
    let audience = desk.engine.refresh_audience(&id).await?;
    desk.events.changed(&[Noun::Audiences, Noun::Segments, Noun::Exports]);
    detail(desk, audience).await
}

pub(crate) async fn audience_remove(desk: &Desk, One { id }: One) -> Result<Done> {
    desk.engine.remove_audience(&id).await?;
    desk.events.changed(&[Noun::Audiences, Noun::Segments, Noun::Audit]);
    Ok(Done {})
}

pub(crate) async fn audience_values(desk: &Desk, request: ValuesRequest) -> Result<Values> {
    let ValuesRequest { audience, column, search } = request;
    let mut values = desk.engine.column_values(&audience, &column, &search).await?;
    let more = values.len() > VALUES;
    values.truncate(VALUES);
    Ok(Values { values, more })
}

async fn sample(desk: &Desk) -> Result<Option<AudienceId>> {
    Ok(desk.engine.sample().await?.map(|sample| sample.audience))
}

async fn detail(desk: &Desk, audience: Audience) -> Result<AudienceDetail> {
    let (mut uses, sample) = (desk.engine.audience_uses().await?, sample(desk).await?);
    let AudienceKind::Files(files) = &audience.kind;
    Ok(AudienceDetail {
        fields: audience.survey.columns.clone(),
        key: files.key.clone(),
        files: audience.survey.files.clone(),
        suggestions: suggest(&audience.survey),
        row: row(audience, &mut uses, sample),
    })
}

fn row(
    audience: Audience,
    uses: &mut HashMap<AudienceId, AudienceUse>,
    sample: Option<AudienceId>,
) -> AudienceRow {
    let used = uses.remove(&audience.id).unwrap_or_default();
    AudienceRow {
        id: audience.id.to_string(),
        name: audience.name,
        source: audience.kind,
        profiles: audience.survey.rows,
        columns: audience.survey.columns.len() as u64,
        segments: used.segments,
        sample: Some(audience.id) == sample,
        used_by: used.exports.into_iter().map(Named::from).collect(),
        created_at: audience.created_at,
        refreshed_at: audience.refreshed_at,
    }
}
