//! Import: what is missing here is checked as if it were added by hand, and stored in one transaction.

use std::collections::HashMap;
use std::sync::Arc;

use crate::error::{Code, Error, Result};
use crate::model::{
    Audience, AudienceEntry, AudienceId, Configuration, Connection, ConnectionEntry, ConnectionId, Export,
    ExportEntry, ExportId, ExportSegment, Membership, Segment, SegmentEntry, SegmentId, Survey,
};
use crate::source::Source;
use crate::store::{self, audit::Entry, retention};
use crate::{Engine, run};

use super::super::exports::check_shape;

use super::read::about;

/// Conflicts that are named in one sentence.
const NAMED: usize = 20;

/// What of `wanted` is not here, and the retention time where it is to be set.
///
/// # Errors
/// `name_taken`, naming everything that is here under the same name and differs.
pub(super) fn missing(
    here: &Configuration,
    mut wanted: Configuration,
    own_retention: Option<u32>,
) -> Result<(Configuration, Option<u32>)> {
    let mut differ = Vec::new();
    keep_missing("audience", &here.audiences, &mut wanted.audiences, |one| &one.name, &mut differ);
    keep_missing("segment", &here.segments, &mut wanted.segments, |one| &one.name, &mut differ);
    keep_missing("connection", &here.connections, &mut wanted.connections, |one| &one.name, &mut differ);
    keep_missing("export", &here.exports, &mut wanted.exports, |one| &one.name, &mut differ);
    if wanted.refresh == here.refresh {
        wanted.refresh = None;
    } else if here.refresh.is_some() && wanted.refresh.is_some() {
        differ.push("the system refresh".to_owned());
    }
    let days = wanted.retention_days;
    match own_retention {
        Some(own) if own != days => {
            differ.push(format!("the retention time ({own} days here, {days} in the file)"));
        }
        _ => {}
    }
    if differ.is_empty() {
        let retention = (days != here.retention_days).then_some(days);
        return Ok((wanted, retention));
    }
    let more = differ.len().saturating_sub(NAMED);
    differ.truncate(NAMED);
    if more > 0 {
        differ.push(format!("{more} more"));
    }
    Err(Error::new(
        Code::NameTaken,
        format!(
            "These are here already and differ from the file: {}. Nothing was changed.",
            differ.join(", ")
        ),
    )
    .help("Rename or remove them here, or change the file so that they are the same."))
}

/// Leaves what is not here; what is here and differs is noted.
fn keep_missing<T: PartialEq>(
    kind: &str,
    here: &[T],
    wanted: &mut Vec<T>,
    name: fn(&T) -> &String,
    differ: &mut Vec<String>,
) {
    let here: HashMap<&str, &T> = here.iter().map(|one| (name(one).as_str(), one)).collect();
    wanted.retain(|one| match here.get(name(one).as_str()) {
        None => true,
        Some(same) => {
            if *same != one {
                differ.push(format!("{kind} “{}”", name(one)));
            }
            false
        }
    });
}

/// Objects by name, those that are here and those that are new.
#[derive(Default)]
struct Known {
    audiences: HashMap<String, Audience>,
    segments: HashMap<String, Segment>,
    connections: HashMap<String, Connection>,
    /// Audiences that were opened.
    sources: HashMap<AudienceId, Arc<dyn Source>>,
}

impl Engine {
    /// Stores what is missing here; returns the connections among it, which need their key.
    pub(super) async fn import(&self, new: Configuration, retention: Option<u32>) -> Result<Vec<String>> {
        let mut known = self.known().await?;
        let audiences = self.new_audiences(new.audiences, &mut known).await?;
        let segments = self.new_segments(new.segments, &mut known).await?;
        let connections: Vec<Connection> =
            new.connections.into_iter().map(|entry| self.new_connection(entry, &mut known)).collect();
        let mut exports = Vec::new();
        for entry in new.exports {
            let name = entry.name.clone();
            let export = self.new_export(entry, &mut known).await;
            exports.push(export.map_err(|error| about("export", &name, error))?);
        }
        let needs_key = connections.iter().map(|one| one.name.clone()).collect();
        let mut entries: Vec<Entry> = Vec::new();
        let mut note = |action: &str, subject: &str| entries.push(self.entry(action, subject, String::new()));
        audiences.iter().for_each(|one| note("audience imported", &one.name));
        segments.iter().for_each(|one| note("segment imported", &one.name));
        connections.iter().for_each(|one| note("connection imported, without key and consent", &one.name));
        exports.iter().for_each(|one| note("export imported", &one.name));
        let refresh = new.refresh;
        entries.extend(refresh.iter().map(|_| self.entry("schedule changed", "", String::new())));
        let now = self.clock.now();
        entries.extend(retention.map(|days| self.entry("retention changed", "", format!("{days} days"))));
        self.store
            .write(move |tx| {
                audiences.iter().try_for_each(|one| store::audience::insert(tx, one))?;
                segments.iter().try_for_each(|one| store::segment::insert(tx, one))?;
                connections.iter().try_for_each(|one| store::connection::insert(tx, one).map(drop))?;
                exports.iter().try_for_each(|one| store::export::insert(tx, one))?;
                if let Some(refresh) = &refresh {
                    store::schedule::set_system(tx, refresh, now)?;
                }
                if let Some(days) = retention {
                    retention::set_days(tx, days)?;
                }
                entries.iter().try_for_each(|entry| store::audit::append(tx, entry))
            })
            .await?;
        Ok(needs_key)
    }

    async fn known(&self) -> Result<Known> {
        self.store
            .read(|conn| {
                let (audiences, segments) = (store::audience::all(conn)?, store::segment::all(conn)?);
                let connections = store::connection::all(conn)?;
                Ok(Known {
                    audiences: audiences.into_iter().map(|one| (one.name.clone(), one)).collect(),
                    segments: segments.into_iter().map(|one| (one.name.clone(), one)).collect(),
                    connections: connections.into_iter().map(|one| (one.name.clone(), one)).collect(),
                    sources: HashMap::new(),
                })
            })
            .await
    }

    /// Reads the data of each audience: its rules cannot be checked without. What cannot be read is told
    /// of all at once.
    async fn new_audiences(&self, entries: Vec<AudienceEntry>, known: &mut Known) -> Result<Vec<Audience>> {
        let now = self.clock.now();
        let (mut new, mut failed) = (Vec::new(), Vec::new());
        for AudienceEntry { name, data } in entries {
            let mut audience = Audience {
                id: AudienceId::new(),
                name,
                kind: data,
                survey: Survey::default(),
                created_at: now,
                refreshed_at: now,
            };
            match self.audiences.open(&audience).await {
                Ok(source) => {
                    audience.survey = Survey::clone(source.survey());
                    known.sources.insert(audience.id, source);
                    known.audiences.insert(audience.name.clone(), audience.clone());
                    new.push(audience);
                }
                Err(error) => failed.push(about("audience", &audience.name, error)),
            }
        }
        let others: Vec<String> =
            failed.iter().skip(1).take(NAMED).map(|error| error.message.clone()).collect();
        match failed.into_iter().next() {
            None => Ok(new),
            Some(first) if others.is_empty() => Err(first),
            Some(first) => Err(Error { message: format!("{} {}", first.message, others.join(" ")), ..first }),
        }
    }

    async fn new_segments(&self, entries: Vec<SegmentEntry>, known: &mut Known) -> Result<Vec<Segment>> {
        let mut new = Vec::new();
        for SegmentEntry { name, audience, rule } in entries {
            let audience = found(&known.audiences, "audience", &audience)?;
            let checked = match self.source(&audience, known).await {
                Ok(source) => source.check(&rule).await,
                Err(error) => Err(error),
            };
            checked.map_err(|error| about("segment", &name, error))?;
            let segment = Segment {
                id: SegmentId::new(),
                name: name.clone(),
                audience: audience.id,
                rule,
                created_at: self.clock.now(),
            };
            known.segments.insert(name, segment.clone());
            new.push(segment);
        }
        Ok(new)
    }

    fn new_connection(&self, entry: ConnectionEntry, known: &mut Known) -> Connection {
        let connection = Connection {
            id: ConnectionId::new(),
            name: entry.name.clone(),
            product: entry.product,
            origin: entry.origin,
            rate: entry.rate,
            contract_size: entry.contract_size,
            key_fingerprint: None,
            consent: None,
            export_user: self.actor.clone(),
            membership: Membership::Unknown,
            created_at: self.clock.now(),
        };
        known.connections.insert(entry.name, connection.clone());
        connection
    }

    async fn new_export(&self, entry: ExportEntry, known: &mut Known) -> Result<Export> {
        let audience = found(&known.audiences, "audience", &entry.audience)?;
        let connection = match &entry.connection {
            Some(name) => Some(found(&known.connections, "connection", name)?),
            None => None,
        };
        let mut segments = Vec::with_capacity(entry.segments.len());
        for chosen in entry.segments {
            let segment = found(&known.segments, "segment", &chosen.segment)?;
            if segment.audience != audience.id {
                return Err(Error::new(
                    Code::BadMatching,
                    format!("The segment “{}” belongs to another audience.", segment.name),
                ));
            }
            segments.push(ExportSegment { segment: segment.id, title: chosen.title });
        }
        let export = Export {
            id: ExportId::new(),
            name: entry.name,
            connection: connection.as_ref().map(|one| one.id),
            audience: audience.id,
            matching: entry.matching,
            segments,
            only_if: entry.only_if,
            leavers: entry.leavers,
            limit: entry.limit,
            max_loss: entry.max_loss,
            created_at: self.clock.now(),
            schedule: entry.schedule,
        };
        check_shape(&export)?;
        run::check_columns(&export, self.source(&audience, known).await?.as_ref())?;
        if let Some(connection) = connection {
            run::check_targets(&export, run::destination(connection.product).as_ref())?;
        }
        Ok(export)
    }

    async fn source(&self, audience: &Audience, known: &mut Known) -> Result<Arc<dyn Source>> {
        if let Some(source) = known.sources.get(&audience.id) {
            return Ok(Arc::clone(source));
        }
        let source = self.audiences.open(audience).await?;
        known.sources.insert(audience.id, Arc::clone(&source));
        Ok(source)
    }
}

fn found<T: Clone>(objects: &HashMap<String, T>, kind: &str, name: &str) -> Result<T> {
    objects.get(name).cloned().ok_or_else(|| Error::not_found(kind, name))
}
