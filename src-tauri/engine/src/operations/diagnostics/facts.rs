//! What is said of this installation: ids, kinds, numbers and times.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use crate::destination::http::Origin;
use crate::error::{Code, Result};
use crate::model::{
    Audience, AudienceId, AudienceKind, Connection, ConnectionId, Counts, Export, ExportId, LeaverPolicy,
    Membership, Product, Run, RunId, Segment, SegmentId, Stage, Status, Target, Trigger,
};
use crate::store::diagnostics::{Health, Rows};
use crate::{Engine, store};

/// The program, the system and the data folder.
#[derive(Debug, Serialize)]
pub(super) struct About {
    version: &'static str,
    made_at: Timestamp,
    os: &'static str,
    architecture: &'static str,
    /// The kernel's release, where the system tells it in a file.
    release: Option<String>,
    /// Where API keys rest.
    key_store: &'static str,
    data_folder: String,
    /// Files of the data folder and their bytes.
    files: BTreeMap<String, u64>,
}

/// The state of the database.
#[derive(Debug, Serialize)]
pub(super) struct DatabaseFacts {
    #[serde(flatten)]
    health: Health,
    rows: Rows,
    /// Whether every entry of the audit log follows the one before.
    audit_verified: bool,
    /// Entries by what was done.
    audit: BTreeMap<String, u64>,
}

/// What is set up.
#[derive(Debug, Serialize)]
pub(super) struct SettingsFacts {
    retention_days: u32,
    audiences: Vec<AudienceFacts>,
    segments: Vec<SegmentFacts>,
    connections: Vec<ConnectionFacts>,
    exports: Vec<ExportFacts>,
}

#[derive(Debug, Serialize)]
struct AudienceFacts {
    id: AudienceId,
    created_at: Timestamp,
    refreshed_at: Timestamp,
    has_key: bool,
    profiles: u64,
    columns: BTreeMap<String, u64>,
    files: Vec<FileFacts>,
}

#[derive(Debug, Serialize)]
struct FileFacts {
    bytes: u64,
    rows: u64,
    format: String,
    compression: Option<String>,
    encoding: String,
    delimiter: Option<char>,
    header: bool,
    quoted_breaks: bool,
}

#[derive(Debug, Serialize)]
struct SegmentFacts {
    id: SegmentId,
    audience: AudienceId,
    kind: &'static str,
    created_at: Timestamp,
}

#[derive(Debug, Serialize)]
struct ConnectionFacts {
    id: ConnectionId,
    #[serde(rename = "type")]
    product: Product,
    /// `vendor`, `this_computer` or `other`.
    account_at: &'static str,
    rate: u32,
    has_contract_size: bool,
    has_key: bool,
    agreed_at: Option<Timestamp>,
    membership: Membership,
    created_at: Timestamp,
}

#[derive(Debug, Serialize)]
struct ExportFacts {
    id: ExportId,
    connection: Option<ConnectionId>,
    audience: AudienceId,
    standard_fields: usize,
    custom_fields: usize,
    segments: usize,
    own_titles: usize,
    only_if: bool,
    leavers: LeaverPolicy,
    limit: u64,
    max_loss: u8,
    created_at: Timestamp,
}

/// A run. Its reason in words may hold what the account said, and is left out but for its code.
#[derive(Debug, Serialize)]
pub(super) struct RunFacts {
    id: RunId,
    export: ExportId,
    status: Status,
    reason: String,
    trigger: Trigger,
    stage: Stage,
    full: bool,
    late: bool,
    resumable: bool,
    started_at: Timestamp,
    finished_at: Option<Timestamp>,
    requests: u64,
    retries: u64,
    verified: Option<bool>,
    counts: Counts,
}

impl Engine {
    pub(super) fn about(&self, home: Option<&str>) -> About {
        let dir = self.store.dir();
        let shown = dir.display().to_string();
        let data_folder = match home.and_then(|home| shown.strip_prefix(home)) {
            Some(rest) => format!("~{rest}"),
            None => shown,
        };
        let mut files = BTreeMap::new();
        sizes(dir, "", &mut files);
        for folder in ["backups", "logs"] {
            sizes(&dir.join(folder), &format!("{folder}/"), &mut files);
        }
        About {
            version: env!("CARGO_PKG_VERSION"),
            made_at: self.clock.now(),
            os: std::env::consts::OS,
            architecture: std::env::consts::ARCH,
            release: std::fs::read_to_string("/proc/sys/kernel/osrelease")
                .ok()
                .map(|text| text.trim().to_owned()),
            key_store: self.keychain.kind(),
            data_folder,
            files,
        }
    }

    pub(super) async fn database_facts(&self) -> Result<DatabaseFacts> {
        let (health, rows) = self
            .store
            .read(|conn| Ok((store::diagnostics::health(conn)?, store::diagnostics::rows(conn)?)))
            .await?;
        let mut audit = BTreeMap::new();
        let audit_verified = match self.audit_log().await {
            Ok(entries) => {
                for entry in entries {
                    *audit.entry(entry.action).or_insert(0) += 1;
                }
                true
            }
            Err(error) if error.code == Code::Database => false,
            Err(error) => return Err(error),
        };
        Ok(DatabaseFacts { health, rows, audit_verified, audit })
    }

    pub(super) async fn settings_facts(&self) -> Result<SettingsFacts> {
        Ok(SettingsFacts {
            retention_days: self.retention().await?.days,
            audiences: self.audiences().await?.into_iter().map(of_audience).collect::<Result<_>>()?,
            segments: self.segments(None).await?.iter().map(of_segment).collect(),
            connections: self.connections().await?.iter().map(of_connection).collect(),
            exports: self.exports().await?.iter().map(of_export).collect(),
        })
    }

    pub(super) async fn run_facts(&self) -> Result<Vec<RunFacts>> {
        Ok(self.runs().await?.iter().map(of_run).collect())
    }
}

/// Files of ours in a folder; of others only how much they hold together.
fn sizes(folder: &Path, prefix: &str, files: &mut BTreeMap<String, u64>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(facts) = entry.metadata() else { continue };
        if facts.is_file() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let ours = name.starts_with("segue") || name == "keys.age";
            let shown = if ours { format!("{prefix}{name}") } else { format!("{prefix}others") };
            *files.entry(shown).or_insert(0) += facts.len();
        }
    }
}

fn of_audience(audience: Audience) -> Result<AudienceFacts> {
    let AudienceKind::Files(files) = &audience.kind;
    let mut columns = BTreeMap::new();
    for column in &audience.survey.columns {
        *columns.entry(store::to_word(column.kind)?).or_insert(0) += 1;
    }
    Ok(AudienceFacts {
        id: audience.id,
        created_at: audience.created_at,
        refreshed_at: audience.refreshed_at,
        has_key: files.key.is_some(),
        profiles: audience.survey.rows,
        columns,
        files: (audience.survey.files.into_iter())
            .map(|file| FileFacts {
                bytes: file.bytes,
                rows: file.rows,
                format: file.format,
                compression: file.compression,
                encoding: file.encoding,
                delimiter: file.delimiter,
                header: file.header,
                quoted_breaks: file.quoted_breaks,
            })
            .collect(),
    })
}

fn of_segment(segment: &Segment) -> SegmentFacts {
    SegmentFacts {
        id: segment.id,
        audience: segment.audience,
        kind: segment.rule.kind(),
        created_at: segment.created_at,
    }
}

fn of_connection(connection: &Connection) -> ConnectionFacts {
    let vendors = crate::run::destination(connection.product).origins();
    let account_at = match Origin::parse(&connection.origin) {
        _ if vendors.iter().any(|(_, origin)| *origin == connection.origin) => "vendor",
        Ok(origin) if origin.is_loopback() => "this_computer",
        _ => "other",
    };
    ConnectionFacts {
        id: connection.id,
        product: connection.product,
        account_at,
        rate: connection.rate,
        has_contract_size: connection.contract_size.is_some(),
        has_key: connection.key_fingerprint.is_some(),
        agreed_at: connection.consent.as_ref().map(|consent| consent.given_at),
        membership: connection.membership,
        created_at: connection.created_at,
    }
}

fn of_export(export: &Export) -> ExportFacts {
    let custom = export.matching.iter().filter(|one| matches!(one.target, Target::Custom(_))).count();
    ExportFacts {
        id: export.id,
        connection: export.connection,
        audience: export.audience,
        standard_fields: export.matching.len() - custom,
        custom_fields: custom,
        segments: export.segments.len(),
        own_titles: export.segments.iter().filter(|one| one.title.is_some()).count(),
        only_if: export.only_if.is_some(),
        leavers: export.leavers,
        limit: export.limit,
        max_loss: export.max_loss,
        created_at: export.created_at,
    }
}

fn of_run(run: &Run) -> RunFacts {
    let code = run.reason.split(':').next().unwrap_or_default();
    let is_code = code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let reason = match code {
        code if is_code => code.to_owned(),
        _ => "in words".to_owned(),
    };
    RunFacts {
        id: run.id,
        export: run.export_id,
        status: run.status,
        reason,
        trigger: run.trigger,
        stage: run.stage,
        full: run.full,
        late: run.late,
        resumable: run.resumable,
        started_at: run.started_at,
        finished_at: run.finished_at,
        requests: run.requests,
        retries: run.retries,
        verified: run.verified,
        counts: run.counts,
    }
}
