//! A preview that is kept, so that a page can look through its people and run exactly its plan.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::error::Result;
use crate::model::{Connection, Export};
use crate::run::{Draft, Prepared, plan_digest};
use crate::store::{Store, receipt};

use super::preview::Preview;
use super::preview_people::PreviewGroup;

/// A preview with its people.
pub struct KeptPreview {
    pub(super) store: Store,
    preview: Preview,
    pub(super) draft: Draft,
    pub(super) prepared: Prepared,
    digest: String,
    first_run: bool,
    /// Everybody of it, in the order of pages.
    pub(super) rows: Vec<Row>,
    /// Address and CustomerId of leavers, by place among the leavers.
    pub(super) left: Vec<(String, String)>,
    /// People whose values differ, each with the fields that do: found when they are first asked for.
    pub(super) differing: OnceLock<Vec<(usize, HashSet<String>)>>,
}

/// A person by place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) group: PreviewGroup,
    pub(super) place: Place,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    LeftOut(usize),
    Person(usize),
    Leaver(usize),
}

impl KeptPreview {
    /// Keeps a plan. Reads the receipts of leavers on this thread.
    pub(super) fn new(
        store: Store,
        preview: Preview,
        draft: Draft,
        prepared: Prepared,
        book: Option<i64>,
    ) -> Result<Self> {
        let mut rows = Vec::new();
        for (at, left) in draft.people.left_out().enumerate() {
            rows.push(Row { group: PreviewGroup::of_left_out(left.outcome), place: Place::LeftOut(at) });
        }
        for (at, group) in draft.groups.iter().enumerate() {
            let group = PreviewGroup::of_person(*group);
            rows.extend(group.map(|group| Row { group, place: Place::Person(at) }));
        }
        for (at, leaver) in draft.leavers.iter().enumerate() {
            let group = PreviewGroup::of_leaver(leaver.fate);
            rows.extend(group.map(|group| Row { group, place: Place::Leaver(at) }));
        }
        let (left, first_run) = store.read_blocking(|conn| {
            let mut left = Vec::with_capacity(draft.leavers.len());
            for leaver in &draft.leavers {
                let held = receipt::one(conn, leaver.receipt)?;
                left.push((held.email, held.customer_id));
            }
            let first = match book {
                Some(book) => !receipt::any(conn, book)?,
                None => true,
            };
            Ok((left, first))
        })?;
        let digest = plan_digest(&draft, &prepared);
        let differing = OnceLock::new();
        Ok(Self { store, preview, draft, prepared, digest, first_run, rows, left, differing })
    }

    /// The numbers and the lists.
    #[must_use]
    pub fn preview(&self) -> &Preview {
        &self.preview
    }

    /// The export as it was previewed.
    #[must_use]
    pub fn export(&self) -> &Export {
        &self.prepared.export
    }

    /// The connection.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.prepared.connection
    }

    /// When people were compared with the receipts.
    #[must_use]
    pub fn compared_at(&self) -> jiff::Timestamp {
        self.prepared.as_of
    }

    /// Names the plan: a run that is told it does exactly this, or nothing.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Whether nobody was sent by this export to this account yet.
    #[must_use]
    pub fn first_run(&self) -> bool {
        self.first_run
    }

    /// The limit of the export, where its people are more than that.
    #[must_use]
    pub fn over_limit(&self) -> Option<u64> {
        let limit = self.prepared.export.limit;
        (self.draft.people.distinct() > limit).then_some(limit)
    }

    /// Fields that are sent beside the address, as the account names them.
    #[must_use]
    pub fn fields(&self) -> Vec<String> {
        let targets = self.prepared.export.matching.iter().map(|matched| &matched.target);
        targets.filter(|target| !target.is_email()).map(ToString::to_string).collect()
    }
}
