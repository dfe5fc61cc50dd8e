//! Admin: the audit log, retention, the configuration as a file, diagnostics, and what ran last.

use std::collections::HashMap;
use std::path::Path;

use segue_engine::error::Result;
use segue_engine::store::audit::Entry;
use segue_engine::{Diagnostics, Imported};

use crate::views::{
    AudienceStatus, AuditRequest, ExportStatus, FileRequest, FileWritten, Named, Nothing, Page,
    RetentionRequest, RetentionView, SystemStatus,
};
use crate::{Desk, Noun};

/// The most rows of a part.
const MOST: u64 = 500;

pub(crate) async fn audit_list(desk: &Desk, request: AuditRequest) -> Result<Page<Entry>> {
    let (offset, limit) = (request.part.offset, request.part.limit.min(MOST));
    let page = desk.engine.audit_page(&request.search, offset, limit).await?;
    Ok(Page { rows: page.rows, total: page.total })
}

pub(crate) async fn retention_get(desk: &Desk, _: Nothing) -> Result<RetentionView> {
    let (retention, kept) = (desk.engine.retention().await?, desk.engine.kept().await?);
    Ok(RetentionView {
        days: retention.days,
        receipts: kept.receipts,
        exports: kept.exports,
        runs: kept.runs,
        forgotten: kept.forgotten,
    })
}

pub(crate) async fn retention_set(desk: &Desk, request: RetentionRequest) -> Result<RetentionView> {
    desk.engine.set_retention(request.days).await?;
    desk.events.changed(&[Noun::Settings, Noun::Runs, Noun::Audit]);
    retention_get(desk, Nothing {}).await
}

pub(crate) async fn config_export(desk: &Desk, FileRequest { path }: FileRequest) -> Result<FileWritten> {
    let objects = desk.engine.export_configuration(Path::new(&path)).await?;
    Ok(FileWritten { rows: objects.total() as u64, path })
}

pub(crate) async fn config_import(desk: &Desk, FileRequest { path }: FileRequest) -> Result<Imported> {
    let imported = desk.engine.import_configuration(Path::new(&path)).await?;
    desk.events.changed(&Noun::ALL);
    Ok(imported)
}

pub(crate) async fn diagnostics(desk: &Desk, FileRequest { path }: FileRequest) -> Result<Diagnostics> {
    desk.engine.diagnostics(Path::new(&path), std::env::home_dir().as_deref()).await
}

pub(crate) async fn system_status(desk: &Desk, _: Nothing) -> Result<SystemStatus> {
    let audiences = desk.engine.audiences().await?.into_iter().map(|audience| AudienceStatus {
        audience: Named { id: audience.id.to_string(), name: audience.name },
        profiles: audience.survey.rows,
        refreshed_at: audience.refreshed_at,
    });
    let mut last: HashMap<_, _> =
        desk.engine.latest_runs().await?.into_iter().map(|last| (last.run.export_id, last.run)).collect();
    let exports = desk.engine.exports().await?.into_iter().map(|export| ExportStatus {
        run: last.remove(&export.id),
        export: Named { id: export.id.to_string(), name: export.name },
    });
    Ok(SystemStatus { audiences: audiences.collect(), exports: exports.collect() })
}
