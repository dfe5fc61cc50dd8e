//! Segments: the table, one segment, and rules that may not be saved yet.

use std::path::Path;

use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{SegmentLine, SegmentOrder, SegmentQuery, SegmentRule};

use crate::views::{
    Done, FileWritten, Members, Named, One, Page, Rename, RuleCount, RuleRequest, SegmentDetail,
    SegmentDownloadRequest, SegmentDraft, SegmentKind, SegmentListRequest, SegmentRefreshRequest, SegmentRow,
    SegmentSize, SegmentSort,
};
use crate::{Desk, Noun};

/// The most rows of a part.
const MOST: u64 = 500;
/// The most members that are shown.
const MEMBERS: usize = 100;

pub(crate) async fn segment_list(desk: &Desk, request: SegmentListRequest) -> Result<Page<SegmentRow>> {
    let query = SegmentQuery {
        audience: request.audience,
        search: request.search,
        sort: match request.sort {
            SegmentSort::Name => SegmentOrder::Name,
            SegmentSort::Members => SegmentOrder::Members,
            SegmentSort::CountedAt => SegmentOrder::CountedAt,
            SegmentSort::CreatedAt => SegmentOrder::CreatedAt,
        },
        descending: request.descending,
        offset: request.part.offset,
        limit: request.part.limit.min(MOST),
    };
    let page = desk.engine.segment_page(query).await?;
    Ok(Page { rows: page.rows.into_iter().map(row).collect(), total: page.total })
}

pub(crate) async fn segment_get(desk: &Desk, One { id }: One) -> Result<SegmentDetail> {
    let line = desk.engine.segment_line(&id).await?;
    let (rule, version) = (line.segment.rule.clone(), line.segment.version());
    Ok(SegmentDetail { row: row(line), rule, version })
}

pub(crate) async fn segment_save(desk: &Desk, draft: SegmentDraft) -> Result<SegmentDetail> {
    let SegmentDraft { id, version, name, audience, rule } = draft;
    let segment = match id {
        None => desk.engine.add_segment(&name, &audience, &rule).await?,
        Some(id) => {
            let before = desk.engine.segment(&id).await?;
            if before.audience.to_string() != audience {
                return Err(Error::new(
                    Code::Usage,
                    format!(
                        "The segment “{}” cannot be moved to another audience; nothing was changed.",
                        before.name
                    ),
                )
                .help("Add a segment to the other audience."));
            }
            let version = version.unwrap_or_default();
            desk.engine.save_segment(&id, &version, &name, &rule).await?
        }
    };
    desk.events.changed(&[Noun::Segments, Noun::Audiences, Noun::Audit]);
    segment_get(desk, One { id: segment.id.to_string() }).await
}

pub(crate) async fn segment_rename(desk: &Desk, Rename { id, name }: Rename) -> Result<SegmentDetail> {
    let segment = desk.engine.rename_segment(&id, &name).await?;
    desk.events.changed(&[Noun::Segments, Noun::Exports, Noun::Audit]);
    segment_get(desk, One { id: segment.id.to_string() }).await
}

pub(crate) async fn segment_remove(desk: &Desk, One { id }: One) -> Result<Done> {
    desk.engine.remove_segment(&id).await?;
    desk.events.changed(&[Noun::Segments, Noun::Audiences, Noun::Audit]);
    Ok(Done {})
}

pub(crate) async fn segment_refresh(desk: &Desk, request: SegmentRefreshRequest) -> Result<Done> {
    let counted = desk.engine.recount_segments(&request.ids).await;
    // Also where one failed: the others have new counts.
    desk.events.changed(&[Noun::Segments]);
    counted.map(|()| Done {})
}

pub(crate) async fn segment_sizes(desk: &Desk, One { id }: One) -> Result<Vec<SegmentSize>> {
    let sizes = desk.engine.segment_sizes(&id).await?;
    Ok(sizes.into_iter().map(|size| SegmentSize { at: size.at, members: size.members }).collect())
}

pub(crate) async fn segment_download(desk: &Desk, request: SegmentDownloadRequest) -> Result<FileWritten> {
    let rows = desk.engine.download_segment(&request.id, Path::new(&request.path)).await?;
    Ok(FileWritten { path: request.path, rows })
}

pub(crate) async fn rule_count(desk: &Desk, request: RuleRequest) -> Result<RuleCount> {
    let RuleRequest { audience, rule, email } = request;
    let count = desk.engine.count_rule(&audience, &rule, email.as_deref()).await?;
    Ok(RuleCount {
        members: count.members,
        of: count.of,
        with_email: count.with_email,
        not_in_audience: count.not_in_audience,
    })
}

pub(crate) async fn rule_members(desk: &Desk, request: RuleRequest) -> Result<Members> {
    let members = desk.engine.rule_members(&request.audience, &request.rule, MEMBERS).await?;
    Ok(Members { columns: members.columns, rows: members.rows, total: members.total })
}

fn row(line: SegmentLine) -> SegmentRow {
    let SegmentLine { segment, audience, count, outdated, used_by } = line;
    SegmentRow {
        id: segment.id.to_string(),
        audience: Named { id: segment.audience.to_string(), name: audience },
        kind: match segment.rule {
            SegmentRule::Where { .. } => SegmentKind::Where,
            SegmentRule::Json { .. } => SegmentKind::Rule,
            SegmentRule::Members { .. } => SegmentKind::Members,
            SegmentRule::Membership { .. } => SegmentKind::Membership,
        },
        members: count.map(|count| count.members),
        not_in_audience: count.and_then(|count| count.not_in_audience),
        counted_at: count.map(|count| count.counted_at),
        // Of what was never counted nothing is outdated.
        outdated: count.is_some() && outdated,
        used_by: used_by.into_iter().map(Named::from).collect(),
        name: segment.name,
        created_at: segment.created_at,
    }
}
