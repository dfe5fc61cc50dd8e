//! What is set up here, as a configuration.

use std::collections::HashMap;

use crate::Engine;
use crate::error::{Error, Result};
use crate::model::{
    AudienceEntry, AudienceId, ChosenEntry, Configuration, ConnectionEntry, ConnectionId, Export,
    ExportEntry, SegmentEntry, SegmentId,
};
use crate::store;
use crate::store::retention::{self, DEFAULT_DAYS};

/// Names by id.
struct Names {
    audiences: HashMap<AudienceId, String>,
    segments: HashMap<SegmentId, String>,
    connections: HashMap<ConnectionId, String>,
}

impl Engine {
    /// Everything that is set up here, at one moment.
    pub(super) async fn configuration(&self) -> Result<Configuration> {
        self.store
            .read(|conn| {
                let audiences = store::audience::all(conn)?;
                let segments = store::segment::all(conn)?;
                let connections = store::connection::all(conn)?;
                let names = Names {
                    audiences: audiences.iter().map(|one| (one.id, one.name.clone())).collect(),
                    segments: segments.iter().map(|one| (one.id, one.name.clone())).collect(),
                    connections: connections.iter().map(|one| (one.id, one.name.clone())).collect(),
                };
                Ok(Configuration {
                    version: Configuration::VERSION,
                    retention_days: retention::days(conn)?.unwrap_or(DEFAULT_DAYS),
                    segments: segments
                        .into_iter()
                        .map(|one| {
                            let audience = named(&names.audiences, &one.audience)?;
                            Ok(SegmentEntry { name: one.name, audience, rule: one.rule })
                        })
                        .collect::<Result<_>>()?,
                    connections: connections
                        .into_iter()
                        .map(|one| ConnectionEntry {
                            name: one.name,
                            product: one.product,
                            origin: one.origin,
                            rate: one.rate,
                            contract_size: one.contract_size,
                        })
                        .collect(),
                    refresh: store::schedule::chosen(conn)?,
                    exports: store::export::all(conn)?
                        .into_iter()
                        .map(|export| entry(export, &names))
                        .collect::<Result<_>>()?,
                    audiences: audiences
                        .into_iter()
                        .map(|one| AudienceEntry { name: one.name, data: one.kind })
                        .collect(),
                })
            })
            .await
    }

    /// The retention time that the user set, if any.
    pub(super) async fn own_retention(&self) -> Result<Option<u32>> {
        self.store.read(retention::days).await
    }
}

fn entry(export: Export, names: &Names) -> Result<ExportEntry> {
    Ok(ExportEntry {
        name: export.name,
        connection: export.connection.map(|id| named(&names.connections, &id)).transpose()?,
        audience: named(&names.audiences, &export.audience)?,
        matching: export.matching,
        segments: export
            .segments
            .into_iter()
            .map(|chosen| {
                Ok(ChosenEntry { segment: named(&names.segments, &chosen.segment)?, title: chosen.title })
            })
            .collect::<Result<_>>()?,
        only_if: export.only_if,
        leavers: export.leavers,
        limit: export.limit,
        max_loss: export.max_loss,
        schedule: export.schedule,
    })
}

fn named<K: std::hash::Hash + Eq>(names: &HashMap<K, String>, id: &K) -> Result<String> {
    names.get(id).cloned().ok_or_else(|| Error::internal("an object names another that cannot be read"))
}
