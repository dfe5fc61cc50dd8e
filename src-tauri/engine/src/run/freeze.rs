//! Freeze: an export becomes a plan, committed as a whole before the first writing request
//! (product.md rule 15).

use std::sync::Arc;

use crate::error::{Code, Error, Result};
use crate::model::{self, Counts, Export, HeldList, OverLimit, RunFacts, Stage};
use crate::store;

use super::account::Account;
use super::observer::Watch;
use super::options::RunOptions;
use super::plan::{self, Columns, Frozen, Limits};
use super::prepare::{self, Prepared, Rows};
use super::runner::Context;
use super::{digest, moved, reading, record, verify};

/// Where the run stands in the store.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// `run.no`.
    pub no: i64,
    /// The receipts that it compares with.
    pub book: i64,
}

/// Reads the audience and the account, plans, and commits the plan. `row` gets its numbers.
///
/// # Errors
/// What refuses the run; nothing was sent then.
pub(super) async fn freeze(
    context: &Context<'_>,
    (export, rows): (&Export, Rows),
    account: &Account,
    watch: &Watch,
    row: &mut model::Run,
    place: Place,
    options: &RunOptions,
) -> Result<Frozen> {
    let store = context.store;
    watch.stage(Stage::Read, 0);
    let destination = Arc::clone(&account.destination);
    let (mut prepared, limits, (people, count, sizes)) = reading::once_more(|| async {
        let (export, rows) = (export.clone(), rows.clone());
        let prepared =
            prepare::prepare(store, context.audiences, account, export, rows, options.new_lists).await?;
        let limits = limits(options, &prepared)?;
        let read = tokio::try_join!(
            reading::read_people(&prepared, &destination, true),
            prepared.source.count(&prepared.rules, prepared.as_of),
            prepare::list_sizes(account, &prepared),
        )?;
        Ok((prepared, limits, read))
    })
    .await?;
    prepared.set_sizes(sizes);
    if let Err(over) = within_limit(export, people.distinct()) {
        let refused = OverLimit { addresses: people.distinct(), limit: export.limit };
        let facts = RunFacts { over_limit: Some(refused), ..context.facts() };
        store.write(move |tx| store::run_facts::set(tx, place.no, &facts)).await?;
        return Err(over);
    }
    watch.stage(Stage::Compare, 0);
    let account_id = prepared.account_id;
    let now = store.clock().now();
    // List rows first: the plan names lists by them. No list is made in the account yet.
    let mut chosen = std::mem::take(&mut prepared.lists);
    prepared.lists = store
        .write(move |tx| {
            record::list_rows(tx, account_id, &mut chosen, now)?;
            Ok(chosen)
        })
        .await?;
    let compared =
        tokio::task::block_in_place(|| plan::compare(store, Some(place.book), &prepared, people, &limits))?;
    let opted_out = moved::opted_out(account, &prepared.connection.name, &compared.moved).await?;
    let draft = tokio::task::block_in_place(|| {
        plan::decide(compared, &opted_out, &prepared, destination.as_ref(), &limits)
    });
    if let Some(seen) = &options.plan
        && *seen != digest::of(&draft, &prepared)
    {
        return Err(plan_changed(export));
    }
    let before = verify::before(account, &prepared, &draft).await?;
    let frozen = Frozen {
        source: count.any,
        held: held_words(&prepared, &draft),
        trial: limits.trial(),
        create_gone: options.create_gone,
        full: beyond_contract(&prepared, &draft),
        fields: prepared
            .fields
            .iter()
            .filter(|field| export.matching.iter().any(|matched| matched.target == field.target))
            .cloned()
            .collect(),
        columns: Columns {
            key: prepared.key.clone(),
            matching: export.matching.clone(),
            only_if: export.only_if.clone(),
        },
    };
    let facts = RunFacts { held: held_lists(&prepared, &draft), ..context.facts() };
    let plan = serde_json::to_string(&frozen).map_err(Error::internal)?;
    let version = prepared.source.version(&prepared.rules).await?;
    row.counts = Counts { source: count.any, ..Counts::default() };
    row.stage = Stage::Deliver;
    let mut update = row.clone();
    row.counts = store
        .write(move |tx| {
            record::plan(tx, place.no, &draft)?;
            store::run_facts::set(tx, place.no, &facts)?;
            for before in &before {
                store::run_list::insert(tx, place.no, before)?;
            }
            store::run::planned(tx, place.no, now, &plan, &version)?;
            update.counts = Counts { source: update.counts.source, ..store::run::counts(tx, place.no)? };
            store::run::update(tx, &update)?;
            Ok(update.counts)
        })
        .await?;
    Ok(frozen)
}

/// The error of a run that was to do exactly what a preview showed.
fn plan_changed(export: &Export) -> Error {
    Error::new(
        Code::PlanChanged,
        format!("“{}” would do something else now than the preview showed; nobody was sent.", export.name),
    )
    .help("Data, settings or receipts have changed since. Look at a new preview.")
}

fn limits(options: &RunOptions, prepared: &Prepared) -> Result<Limits> {
    let only = match &options.only {
        None => None,
        Some(email) => {
            let address = model::Address::parse(email).map_err(|problem| {
                Error::new(Code::Usage, format!("The address given cannot be used: {}.", problem.words()))
            })?;
            Some(prepared.fingerprints.of(&address.key))
        }
    };
    Ok(Limits {
        full: options.full,
        retry_failed: options.retry_failed,
        allow_loss: options.allow_loss,
        only,
        first: options.first,
    })
}

/// The limit, counted over distinct valid addresses (product.md rule 3).
pub(crate) fn within_limit(export: &Export, distinct: u64) -> Result<()> {
    if distinct <= export.limit {
        return Ok(());
    }
    Err(Error::new(
        Code::OverLimit,
        format!(
            "“{}” selects {distinct} people, {} more than its limit of {}; nobody was sent.",
            export.name,
            distinct - export.limit,
            export.limit
        ),
    )
    .help("Choose fewer or smaller segments, or raise the limit with `segue export edit NAME --limit N`."))
}

/// The warning where the account would hold more contacts than its contract allows (product.md rule 3).
/// Whoever has no receipt yet is counted as new, though the account may know them.
pub(crate) fn beyond_contract(prepared: &Prepared, draft: &plan::Draft) -> Option<String> {
    let (size, held) = (prepared.connection.contract_size?, prepared.contacts?);
    let new = draft.count(plan::Group::New);
    (held + new > size).then(|| {
        format!(
            "The account holds {held} contacts; with {new} new ones it may hold {}, and its contract allows {size}",
            held + new
        )
    })
}

/// The lists that the guard holds.
fn held_lists(prepared: &Prepared, draft: &plan::Draft) -> Vec<HeldList> {
    draft
        .held
        .iter()
        .map(|(list, (leaving, members))| {
            let title = prepared
                .lists
                .iter()
                .enumerate()
                .find(|(place, chosen)| chosen.id(*place) == *list)
                .map_or("", |(_, chosen)| chosen.title.as_str());
            HeldList { title: title.to_owned(), members: *members, leaving: *leaving }
        })
        .collect()
}

pub(crate) fn held_words(prepared: &Prepared, draft: &plan::Draft) -> Vec<String> {
    held_lists(prepared, draft)
        .into_iter()
        .map(|HeldList { title, members, leaving }| {
            format!("“{title}” would lose {leaving} of {members} people, so nobody was taken off it")
        })
        .collect()
}
