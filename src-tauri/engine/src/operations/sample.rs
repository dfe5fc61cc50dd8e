//! The sample: made-up customers, segments, a practice account and an export, all made at once and taken
//! away at once.

use std::collections::HashSet;

use crate::error::Result;
use crate::model::{
    Audience, AudienceId, AudienceKind, Blank, ConnectionId, Export, ExportId, ExportSegment, Files,
    LeaverPolicy, Match, OnlyIf, Sample, Schedule, Segment, SegmentId, SegmentRule, Survey, Target, Unfit,
};
use crate::{Engine, run, store};

use super::connections::NewConnection;
use super::exports::check_shape;
use super::memberships::free_name;

/// A sample to be made. Where a name is taken, another one is found.
#[derive(Debug)]
pub struct NewSample {
    /// Name of the audience.
    pub name: String,
    /// Absolute path of the file with the customers.
    pub file: String,
    /// Names and conditions.
    pub segments: Vec<(String, String)>,
    /// The connection to the practice account.
    pub connection: NewConnection,
    /// Its id: whoever keeps its key knows it by this before it is stored.
    pub connection_id: ConnectionId,
    /// The export of all of these segments.
    pub export: SampleExport,
}

/// The export of a sample.
#[derive(Debug)]
pub struct SampleExport {
    /// Its name.
    pub name: String,
    /// Fields of the account and columns of the file.
    pub matching: Vec<(String, String)>,
    /// Only people whose column holds this value.
    pub only_if: (String, String),
}

impl Engine {
    /// What the sample is made of; `None`: there is none.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sample(&self) -> Result<Option<Sample>> {
        self.store.read(store::sample::get).await
    }

    /// Makes the sample, all of it or nothing, after asking its account. One that is there already is
    /// left as it is.
    ///
    /// # Errors
    /// `bad_file`, and those of adding a connection. Nothing is stored then.
    pub async fn add_sample(&self, new: NewSample) -> Result<Sample> {
        if let Some(sample) = self.sample().await? {
            return Ok(sample);
        }
        let names = self.names_taken().await?;
        let free = |name: &str| free_name(name, &new.name, &names);
        let now = self.clock.now();
        let files = Files { paths: vec![new.file], ..Files::default() };
        let mut audience = Audience {
            id: AudienceId::new(),
            name: free(&new.name),
            kind: AudienceKind::Files(files),
            survey: Survey::default(),
            created_at: now,
            refreshed_at: now,
        };
        self.survey_new(&mut audience).await?;
        let source = self.audiences.open(&audience).await?;
        let mut segments = Vec::with_capacity(new.segments.len());
        for (name, predicate) in &new.segments {
            let rule = SegmentRule::condition(predicate);
            source.check(&rule).await?;
            let (id, name) = (SegmentId::new(), free(name));
            segments.push(Segment { id, name, audience: audience.id, rule, created_at: now });
        }
        let named = NewConnection { name: free(&new.connection.name), ..new.connection };
        let (connection, key) = self.check_new_connection(new.connection_id, named).await?;
        let only_if = OnlyIf { column: new.export.only_if.0, value: new.export.only_if.1 };
        let export = Export {
            id: ExportId::new(),
            name: free(&new.export.name),
            connection: Some(connection.id),
            audience: audience.id,
            matching: new.export.matching.into_iter().map(matched).collect(),
            segments: segments.iter().map(|one| ExportSegment { segment: one.id, title: None }).collect(),
            only_if: Some(only_if),
            leavers: LeaverPolicy::Remove,
            limit: Export::LIMIT,
            max_loss: Export::MAX_LOSS,
            created_at: now,
            schedule: Schedule::with_refresh(),
        };
        check_shape(&export)?;
        run::check_columns(&export, source.as_ref())?;
        self.keychain.set(&connection.id.to_string(), &key)?;
        let sample = Sample {
            audience: audience.id,
            segments: segments.iter().map(|segment| segment.id).collect(),
            connection: connection.id,
            export: export.id,
        };
        let (made, insert) = (sample.clone(), audience.clone());
        self.change("sample added", &audience.name, move |tx| {
            store::audience::insert(tx, &insert)?;
            segments.iter().try_for_each(|segment| store::segment::insert(tx, segment))?;
            store::connection::insert(tx, &connection)?;
            store::key_state::heard(tx, connection.id, true, now)?;
            store::export::insert(tx, &export)?;
            store::sample::set(tx, &made)
        })
        .await?;
        if let Err(error) = self.recount(&audience, source.as_ref()).await {
            tracing::warn!(%error, "the segments of the sample were not counted");
        }
        Ok(sample)
    }

    /// Takes the sample away, whatever its parts are called by now: export with runs and receipts,
    /// connection with its account, segments and audience. Whether there was one.
    ///
    /// # Errors
    /// `in_use`, naming what a user built on it; `busy` while a run of it is under way. Nothing is removed
    /// then.
    pub async fn remove_sample(&self) -> Result<bool> {
        let Some(sample) = self.sample().await? else { return Ok(false) };
        let (removed, now) = (sample.clone(), self.clock.boot_time());
        self.change("sample removed", "", move |tx| store::sample::delete(tx, &removed, &now)).await?;
        self.keychain.delete(&sample.connection.to_string())?;
        Ok(true)
    }

    /// Names of all objects: those of the sample are to be none of them, of whatever kind.
    async fn names_taken(&self) -> Result<HashSet<String>> {
        self.store
            .read(|conn| {
                let mut names = HashSet::new();
                names.extend(store::audience::all(conn)?.into_iter().map(|one| one.name));
                names.extend(store::segment::all(conn)?.into_iter().map(|one| one.name));
                names.extend(store::connection::all(conn)?.into_iter().map(|one| one.name));
                names.extend(store::export::all(conn)?.into_iter().map(|one| one.name));
                Ok(names)
            })
            .await
    }
}

fn matched((target, column): (String, String)) -> Match {
    Match { target: Target::from(target), column, blank: Blank::default(), unfit: Unfit::default() }
}
