//! Exports: one connection, one audience, data matching and segments.

use std::collections::HashMap;

use crate::error::{Code, Error, Result};
use crate::model::{
    Blank, Connection, ConnectionId, Export, ExportId, ExportSegment, LeaverPolicy, Match, OnlyIf, Schedule,
    ScheduleMode, Segment, SegmentId, SegmentSet, Target, Unfit,
};
use crate::{Engine, run, store};

use super::audiences::named;

/// An export to be added.
#[derive(Debug, Clone)]
pub struct NewExport {
    /// Display name.
    pub name: String,
    /// The connection.
    pub connection: String,
    /// The audience.
    pub audience: String,
    /// Everything else.
    pub settings: ExportSettings,
}

/// Settings of an export as flags name them; what is `None` or empty stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ExportSettings {
    /// `TARGET=COLUMN`.
    pub matching: Vec<(String, String)>,
    /// `SEGMENT[=LIST]`.
    pub segments: Vec<(String, Option<String>)>,
    /// Only people whose column holds this value.
    pub only_if: Option<(String, String)>,
    /// What happens to leavers.
    pub leavers: Option<LeaverPolicy>,
    /// The most distinct addresses.
    pub limit: Option<u64>,
    /// The guard's percentage.
    pub max_loss: Option<u8>,
    /// Targets whose field is cleared where the cell is blank.
    pub clear_blank: Vec<String>,
    /// Targets that are left out where the value does not fit.
    pub leave_out_unfit: Vec<String>,
    /// Targets to be unmatched.
    pub unmatch: Vec<String>,
    /// Segments to be dropped; people stay on their lists.
    pub drop_segments: Vec<String>,
}

impl Engine {
    /// Adds an export. Nothing runs.
    ///
    /// # Errors
    /// `bad_matching`, `not_found`, `name_taken`, `usage`; nothing is stored then.
    pub async fn add_export(&self, new: NewExport) -> Result<Export> {
        named("export", &new.name)?;
        let name = new.name.clone();
        if self.exports().await?.iter().any(|export| export.name == name) {
            return Err(Error::name_taken("export", &name));
        }
        let connection = self.connection(&new.connection).await?;
        let audience = self.audience(&new.audience).await?;
        let mut export = Export {
            id: ExportId::new(),
            name: new.name,
            connection: Some(connection.id),
            audience: audience.id,
            matching: Vec::new(),
            segments: Vec::new(),
            only_if: None,
            leavers: LeaverPolicy::Remove,
            limit: Export::LIMIT,
            max_loss: Export::MAX_LOSS,
            created_at: self.clock.now(),
            schedule: Schedule::with_refresh(),
        };
        self.apply(&mut export, new.settings).await?;
        let insert = export.clone();
        self.change("export added", &export.name, move |tx| store::export::insert(tx, &insert)).await?;
        Ok(export)
    }

    /// Changes an export.
    ///
    /// # Errors
    /// As [`Engine::add_export`]; the export stays as it was then.
    pub async fn edit_export(&self, name: &str, settings: ExportSettings) -> Result<Export> {
        let mut export = self.export(name).await?;
        self.apply(&mut export, settings).await?;
        self.update_export(export, "export edited").await
    }

    /// The segments of these names or ids that an export has chosen.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn chosen_segments(&self, export: &str, names: &[String]) -> Result<Vec<SegmentId>> {
        let export = self.export(export).await?;
        let mut found = Vec::with_capacity(names.len());
        for name in names {
            let id = self.segment(name).await?.id;
            if export.segments.iter().any(|chosen| chosen.segment == id) {
                found.push(id);
            }
        }
        Ok(found)
    }

    async fn apply(&self, export: &mut Export, settings: ExportSettings) -> Result<()> {
        for (target, column) in &settings.matching {
            let target = Target::from(target.clone());
            export.matching.retain(|matched| matched.target != target);
            let matched =
                Match { target, column: column.clone(), blank: Blank::default(), unfit: Unfit::default() };
            if matched.target.is_email() {
                export.matching.insert(0, matched);
            } else {
                export.matching.push(matched);
            }
        }
        for target in &settings.unmatch {
            find(&mut export.matching, target)?;
            export.matching.retain(|matched| matched.target.to_string() != *target);
        }
        for target in &settings.clear_blank {
            find(&mut export.matching, target)?.blank = Blank::Clear;
        }
        for target in &settings.leave_out_unfit {
            find(&mut export.matching, target)?.unfit = Unfit::LeaveOut;
        }
        for (name, title) in settings.segments {
            let segment = self.segment(&name).await?;
            fits(export, &segment, title.as_deref())?;
            export.segments.retain(|chosen| chosen.segment != segment.id);
            export.segments.push(ExportSegment { segment: segment.id, title });
        }
        for name in &settings.drop_segments {
            let id = self.segment(name).await?.id;
            export.segments.retain(|chosen| chosen.segment != id);
        }
        if let Some((column, value)) = settings.only_if {
            export.only_if = Some(OnlyIf { column, value });
        }
        export.leavers = settings.leavers.unwrap_or(export.leavers);
        export.limit = settings.limit.unwrap_or(export.limit);
        export.max_loss = settings.max_loss.unwrap_or(export.max_loss);
        self.check_export(export).await
    }

    pub(super) async fn check_export(&self, export: &Export) -> Result<()> {
        check_shape(export)?;
        let audience = self.audience(&export.audience.to_string()).await?;
        let source = self.audiences.open(&audience).await?;
        run::check_columns(export, source.as_ref())?;
        if let Some(connection) = export.connection {
            let connection = self.connection(&connection.to_string()).await?;
            run::check_targets(export, run::destination(connection.product).as_ref())?;
        }
        Ok(())
    }

    /// All exports.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn exports(&self) -> Result<Vec<Export>> {
        self.store.read(store::export::all).await
    }

    /// One export by name or id.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn export(&self, name: &str) -> Result<Export> {
        let name = name.to_owned();
        self.store.read(move |conn| store::export::by_name_or_id(conn, &name)).await
    }

    /// Names of all segments that exports have chosen, by id.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn chosen_segment_names(&self) -> Result<HashMap<SegmentId, String>> {
        self.store.read(store::export::chosen_names).await
    }

    /// The practice account of the sample, if there is one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn practice_connection(&self) -> Result<Option<ConnectionId>> {
        let sample = self.store.read(store::sample::get).await?;
        Ok(sample.map(|sample| sample.connection))
    }

    /// Renames an export.
    ///
    /// # Errors
    /// `not_found`, `name_taken`.
    pub async fn rename_export(&self, name: &str, new: &str) -> Result<Export> {
        named("export", new)?;
        let mut export = self.export(name).await?;
        let (id, to) = (export.clone(), new.to_owned());
        self.change("export renamed", new, move |tx| store::export::rename(tx, &id, &to)).await?;
        new.clone_into(&mut export.name);
        Ok(export)
    }

    /// Makes a copy without receipts and history, which runs only when somebody runs it.
    ///
    /// # Errors
    /// `not_found`, `name_taken`.
    pub async fn duplicate_export(&self, name: &str, new: &str) -> Result<Export> {
        named("export", new)?;
        let export = self.export(name).await?;
        let copy = Export {
            id: ExportId::new(),
            name: new.to_owned(),
            created_at: self.clock.now(),
            schedule: Schedule { mode: ScheduleMode::Off, ..export.schedule },
            ..export
        };
        let insert = copy.clone();
        self.change("export duplicated", new, move |tx| store::export::insert(tx, &insert)).await?;
        Ok(copy)
    }

    /// Takes the connection away; the export cannot run then.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn detach_export(&self, name: &str) -> Result<Export> {
        let mut export = self.export(name).await?;
        export.connection = None;
        self.update_export(export, "export detached").await
    }

    /// Gives an export a connection. Where its key opens an account that the export filled before, by
    /// another connection, the receipts go on to hold; else the next run is a first run (product.md rule
    /// 13).
    ///
    /// # Errors
    /// `not_found`, `bad_matching`; `key_refused` and `unreachable` where the account is to be asked.
    pub async fn attach_export(&self, name: &str, connection: &str) -> Result<Export> {
        let mut export = self.export(name).await?;
        let connection = self.connection(connection).await?;
        export.connection = Some(connection.id);
        self.check_export(&export).await?;
        self.recognise_account(&export, &connection).await?;
        self.update_export(export, "export attached").await
    }

    /// Looks whether the connection, whose own account has no lists yet, opens one that the export
    /// filled before.
    pub(super) async fn recognise_account(&self, export: &Export, connection: &Connection) -> Result<()> {
        let (id, export_id) = (connection.id, export.id);
        let (own, before) = self
            .store
            .read(move |conn| {
                let own = store::connection::account(conn, id)?;
                let filled = !store::list::all(conn, own)?.is_empty();
                let before = if filled { Vec::new() } else { store::receipt::accounts(conn, export_id)? };
                Ok((own, before))
            })
            .await?;
        if before.iter().all(|account| *account == own) {
            return Ok(());
        }
        let key = run::key_of(self.keychain.as_ref(), connection)?;
        let lists = self.lists_by_key(connection, own, key).await?;
        for account in before {
            let recorded = self.store.read(move |conn| store::list::all(conn, account)).await?;
            if !recorded.is_empty() && self.is_same_account(account, &lists).await? {
                return self.store.write(move |tx| store::connection::set_account(tx, id, account)).await;
            }
        }
        Ok(())
    }

    async fn update_export(&self, export: Export, action: &str) -> Result<Export> {
        let update = export.clone();
        self.change(action, &export.name, move |tx| store::export::update(tx, &update)).await?;
        Ok(export)
    }

    /// Removes an export. People stay on its lists.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn remove_export(&self, name: &str) -> Result<()> {
        let export = self.export(name).await?;
        let id = export.id;
        self.change("export removed", &export.name, move |tx| store::export::delete(tx, id)).await
    }
}

/// Whether an export may choose this segment, under this title of its list.
pub(super) fn fits(export: &Export, segment: &Segment, title: Option<&str>) -> Result<()> {
    title.map_or(Ok(()), |title| named("list", title))?;
    if segment.audience == export.audience {
        return Ok(());
    }
    Err(Error::new(
        Code::BadMatching,
        format!("The segment “{}” belongs to another audience; nothing was changed.", segment.name),
    ))
}

/// What holds for every export, whatever its audience and account.
pub(super) fn check_shape(export: &Export) -> Result<()> {
    let refused = |message: String| Err(Error::new(Code::BadMatching, message));
    if !export.matching.iter().any(|matched| matched.target.is_email()) {
        return refused(
            "No column is matched to Email, which every export needs; nothing was stored.".to_owned(),
        );
    }
    if export.segments.is_empty() {
        return refused("No segment is chosen, so nobody would be sent; nothing was stored.".to_owned());
    }
    if export.segments.len() > SegmentSet::MOST {
        return refused(format!("An export has at most {} segments; nothing was stored.", SegmentSet::MOST));
    }
    if export.limit == 0 || export.max_loss > 100 {
        return Err(Error::new(
            Code::Usage,
            "The limit is at least 1 and the loss at most 100 percent; nothing was stored.",
        ));
    }
    Ok(())
}

fn find<'a>(matching: &'a mut [Match], target: &str) -> Result<&'a mut Match> {
    matching.iter_mut().find(|matched| matched.target.to_string() == target).ok_or_else(|| {
        Error::new(
            Code::BadMatching,
            format!("“{target}” is not matched to any column; nothing was changed."),
        )
        .help("See the matching with `segue export show NAME`.")
    })
}
