//! Preview: the plan of a run without the run. Writes no contact and no list.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use crate::error::Result;
use crate::model::Target;
use crate::run::account::Account;
use crate::run::{self, Draft, Group, LeaverFate, Limits, Prepared};
use crate::stage::Verdict;
use crate::store::opt_outs::OptOuts;
use crate::{Engine, store};

use super::preview_kept::KeptPreview;
use super::preview_people::{self, PreviewGroup};

/// A preview, as `export preview` prints it.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Preview {
    /// Profiles in the chosen segments.
    pub source: u64,
    /// Cannot be sent.
    pub invalid: u64,
    /// Another profile of the same address goes.
    pub duplicate: u64,
    /// Left out on purpose.
    pub excluded: u64,
    /// No receipt yet.
    pub new: u64,
    /// Differ from what was last accepted.
    pub changed: u64,
    /// As last accepted.
    pub unchanged: u64,
    /// Refused before.
    pub retry: u64,
    /// Leave.
    pub leaving: u64,
    /// Leave, but are held by the guard.
    pub held: u64,
    /// Requests that the run takes.
    pub requests: u64,
    /// Seconds that they take at the allowed rate.
    pub seconds: f64,
    /// The lists.
    pub lists: Vec<PreviewList>,
    /// The people of the group asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<Vec<PreviewPerson>>,
    /// What else to know, in words.
    pub notes: Vec<String>,
}

/// A list in a preview.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct PreviewList {
    /// Title.
    pub title: String,
    /// Whether the account has it.
    pub exists: bool,
    /// People on it now.
    pub members: u64,
    /// People to be put on it.
    pub joining: u64,
    /// People to be taken off it.
    pub leaving: u64,
}

/// A person in a preview.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct PreviewPerson {
    /// The group.
    pub group: String,
    /// The address.
    pub email: String,
    /// The profile.
    pub customer_id: String,
    /// Why, as a reason code.
    pub reason: String,
    /// Fields that change.
    pub changes: Vec<Change>,
}

/// A field that changes.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct Change {
    /// The field.
    pub field: String,
    /// The value last accepted.
    pub old: Option<String>,
    /// The value that would be sent.
    pub new: Option<String>,
}

impl Engine {
    /// What a run of this export would do now, and to whom: `people` names one of the groups.
    ///
    /// # Errors
    /// What would refuse the run, except the limit, which is a note.
    pub async fn preview(&self, export: &str, people: Option<PreviewGroup>) -> Result<Preview> {
        let Made { draft, prepared, mut preview, .. } = self.make(export, people.is_some()).await?;
        if let Some(group) = people {
            preview.people = Some(tokio::task::block_in_place(|| named(self, &draft, &prepared, group))?);
        }
        Ok(preview)
    }

    /// The same with its people, for whoever looks through them. What it found is kept as the forecast of
    /// the export.
    ///
    /// # Errors
    /// As [`Engine::preview`].
    pub async fn keep_preview(&self, export: &str) -> Result<KeptPreview> {
        let Made { draft, prepared, preview, book, version } = self.make(export, true).await?;
        self.keep_forecast(&prepared.export, version, &preview).await?;
        let store = self.store.clone();
        tokio::task::block_in_place(|| KeptPreview::new(store, preview, draft, prepared, book))
    }

    /// Plans as a run would, without one. `left_out`: whether those who are not sent are kept too.
    pub(super) async fn make(&self, export: &str, left_out: bool) -> Result<Made> {
        let export = self.export(export).await?;
        // Before anything is read: what changes meanwhile makes the forecast outdated.
        let version = self.forecast_version(&export).await?;
        let rows = run::rows(&self.store, &export).await?;
        let key = run::key_of(self.keychain.as_ref(), &rows.connection)?;
        let destination = run::destination(rows.connection.product);
        let account = Account::open(
            &rows.connection,
            rows.account_id,
            Arc::clone(&destination),
            key,
            &self.store,
            CancellationToken::new(),
        )
        .await?;
        let (id, account_id) = (export.id, rows.account_id);
        let (mut prepared, everybody, sizes) = run::once_more(|| async {
            let (export, rows, audiences) = (export.clone(), rows.clone(), self.audiences.as_ref());
            let prepared = run::prepare(&self.store, audiences, &account, export, rows, false).await?;
            let (everybody, sizes) = tokio::try_join!(
                run::read_people(&prepared, &destination, left_out),
                run::list_sizes(&account, &prepared),
            )?;
            Ok((prepared, everybody, sizes))
        })
        .await?;
        prepared.set_sizes(sizes);
        let book = self.store.read(move |conn| store::receipt::find_book(conn, id, account_id)).await?;
        let limits = Limits::default();
        let compared =
            tokio::task::block_in_place(|| run::compare(&self.store, book, &prepared, everybody, &limits))?;
        let opted_out = run::opted_out(&account, &prepared.connection.name, &compared.moved).await?;
        let draft = tokio::task::block_in_place(|| {
            run::decide(compared, &opted_out, &prepared, destination.as_ref(), &limits)
        });
        let connection = prepared.connection.id;
        let kept =
            self.store.read(move |conn| store::opt_outs::state(conn, connection)).await? == OptOuts::Kept;
        let preview = numbers(&draft, &prepared, destination.as_ref(), kept);
        Ok(Made { draft, prepared, preview, book, version })
    }
}

/// A plan that is not run.
pub(super) struct Made {
    draft: Draft,
    prepared: Prepared,
    pub(super) preview: Preview,
    book: Option<i64>,
    /// What a forecast that is made of it is true for.
    pub(super) version: Option<[u8; 32]>,
}

fn numbers(
    draft: &Draft,
    prepared: &Prepared,
    destination: &dyn crate::destination::Destination,
    kept: bool,
) -> Preview {
    let (invalid, duplicate, excluded) = draft.people.left_out_counts();
    let requests = run::requests(draft, prepared, destination, kept);
    let rate = prepared.connection.rate;
    let lists = prepared.lists.iter().enumerate().map(|(place, list)| {
        let id = list.id(place);
        PreviewList {
            title: list.title.clone(),
            exists: list.theirs.is_some(),
            members: list.members,
            joining: draft.joining.get(&id).copied().unwrap_or(0),
            leaving: draft.leaving.get(&id).copied().unwrap_or(0),
        }
    });
    let mut notes = run::held_words(prepared, draft);
    notes.extend(run::beyond_contract(prepared, draft));
    if let Err(over) = run::within_limit(&prepared.export, draft.people.distinct()) {
        notes.push(over.message);
    }
    let beyond = draft.people.distinct() - draft.people.len() as u64;
    Preview {
        source: draft.people.profiles(),
        invalid,
        duplicate,
        excluded: excluded + draft.count(Group::OptedOut),
        new: draft.count(Group::New) + beyond,
        changed: draft.count(Group::Changed),
        unchanged: draft.count(Group::Unchanged),
        retry: draft.count(Group::Retry) + draft.count(Group::Refused),
        leaving: draft.leavers_of(LeaverFate::Goes),
        held: draft.leavers_of(LeaverFate::Held),
        requests,
        seconds: if rate == 0 { 0.0 } else { requests as f64 / f64::from(rate) * 1.03 },
        lists: lists.collect(),
        people: None,
        notes,
    }
}

fn named(
    engine: &Engine,
    draft: &Draft,
    prepared: &Prepared,
    wanted: PreviewGroup,
) -> Result<Vec<PreviewPerson>> {
    let all = wanted == PreviewGroup::Source;
    let mut people = Vec::new();
    for left in draft.people.left_out() {
        let group = PreviewGroup::of_left_out(left.outcome);
        if all || group == wanted {
            people.push(PreviewPerson {
                group: group.word().to_owned(),
                email: left.email.to_owned(),
                customer_id: left.customer_id.to_owned(),
                reason: left.reason.to_owned(),
                changes: Vec::new(),
            });
        }
    }
    for (at, (group, verdict)) in draft.groups.iter().zip(&draft.delta.verdicts).enumerate() {
        let shown = PreviewGroup::of_person(*group).filter(|shown| all || *shown == wanted);
        let (Some(shown), Some(person)) = (shown, draft.people.get(at)) else { continue };
        let moved = draft.moved.get(&at);
        let changes = match (verdict, moved) {
            (Verdict::Changed { receipt, fields: true, .. }, _) => {
                let accepted = engine.store.read_blocking(|conn| store::receipt::fields(conn, *receipt))?;
                preview_people::changes(prepared, &accepted, person.fields)
            }
            (Verdict::New { .. }, Some(old)) => vec![Change {
                field: Target::EMAIL.to_owned(),
                old: Some(old.email.clone()),
                new: Some(person.email.to_owned()),
            }],
            _ => Vec::new(),
        };
        people.push(PreviewPerson {
            group: shown.word().to_owned(),
            email: person.email.to_owned(),
            customer_id: person.customer_id.to_owned(),
            reason: preview_people::reason(*group, moved.is_some()).to_owned(),
            changes,
        });
    }
    for leaver in &draft.leavers {
        if let Some(group) = PreviewGroup::of_leaver(leaver.fate).filter(|group| *group == wanted) {
            let left = engine.store.read_blocking(|conn| store::receipt::one(conn, leaver.receipt))?;
            let reason = if group == PreviewGroup::Held { preview_people::HELD } else { "" };
            people.push(PreviewPerson {
                group: group.word().to_owned(),
                email: left.email,
                customer_id: left.customer_id,
                reason: reason.to_owned(),
                changes: Vec::new(),
            });
        }
    }
    Ok(people)
}
