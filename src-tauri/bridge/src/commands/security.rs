//! Admin: the audit log, retention, the configuration as a file, diagnostics, and what ran last.

use std::collections::HashMap;
use std::path::Path;

use segue_engine::error::Result;
use segue_engine::model::{Audience, NoticeTry, Refresh, Status};
use segue_engine::store::audit::Entry;
use segue_engine::{Diagnostics, Imported};

use crate::views::{
    AudienceStatus, AuditRequest, ExportStatus, FileRequest, FileWritten, Named, Nothing, Page, ProcessKind,
    ProcessStatus, RetentionRequest, RetentionView, SystemStatus,
};
use crate::{Desk, Noun};

pub(crate) async fn audit_list(desk: &Desk, request: AuditRequest) -> Result<Page<Entry>> {
    desk.engine.audit_page(&request.search, request.part.offset, request.part.rows()).await
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
    let refresh = desk.engine.last_refresh().await?;
    let times = desk.engine.next_times().await?;
    let next: HashMap<_, _> = times.exports.into_iter().collect();
    let audiences = desk.engine.audiences().await?.into_iter().map(|audience| AudienceStatus {
        trouble: trouble(&audience, refresh.as_ref()),
        audience: Named { id: audience.id.to_string(), name: audience.name },
        profiles: audience.survey.rows,
        refreshed_at: audience.refreshed_at,
    });
    let mut last: HashMap<_, _> =
        desk.engine.latest_runs().await?.into_iter().map(|last| (last.run.export_id, last.run)).collect();
    let exports = desk.engine.exports().await?.into_iter().map(|export| ExportStatus {
        run: last.remove(&export.id),
        next: next.get(&export.id).copied(),
        export: Named { id: export.id.to_string(), name: export.name },
    });
    let processes = processes(desk, refresh.as_ref()).await?;
    let (audiences, exports) = (audiences.collect(), exports.collect());
    Ok(SystemStatus { audiences, exports, processes, refresh, next: times.system })
}

/// Why an audience could not be read in the last refresh, unless it was read since.
fn trouble(audience: &Audience, refresh: Option<&Refresh>) -> String {
    let id = audience.id.to_string();
    refresh
        .filter(|refresh| refresh.started_at > audience.refreshed_at)
        .and_then(|refresh| refresh.audiences.iter().find(|one| one.id == id))
        .map(|one| one.reason.clone())
        .unwrap_or_default()
}

/// What Segue does for itself.
async fn processes(desk: &Desk, refresh: Option<&Refresh>) -> Result<Vec<ProcessStatus>> {
    let refresh = ProcessStatus {
        kind: ProcessKind::Refresh,
        status: refresh.map_or(Status::NotStarted, Refresh::status),
        at: refresh.map(|refresh| refresh.finished_at.unwrap_or(refresh.started_at)),
        reason: String::new(),
    };
    let (settings, tries) = (desk.engine.notice_settings().await?, desk.engine.notice_tries().await?);
    let tried = |kind, tried: Option<NoticeTry>| ProcessStatus {
        kind,
        status: match &tried {
            None => Status::NotStarted,
            Some(one) if one.trouble.is_empty() => Status::Successful,
            Some(_) => Status::Failed,
        },
        at: tried.as_ref().map(|one| one.at),
        reason: tried.map(|one| one.trouble).unwrap_or_default(),
    };
    let webhook = settings.webhook.map(|_| tried(ProcessKind::Webhook, tries.webhook));
    let mail = settings.mail.map(|_| tried(ProcessKind::Mail, tries.mail));
    Ok([Some(refresh), webhook, mail].into_iter().flatten().collect())
}
