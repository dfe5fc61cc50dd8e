//! Suggest: which column belongs to which field of the account, and which column says who may be
//! written to. A guess by name and by samples for a person to look at: nothing is matched by it.
//! Pure; the names stand in `docs/rules/columns.json`. Beside it, which domain a mistyped one may be.

mod consent;
mod contents;
mod domain;
mod rules;

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Column, Survey};
pub use domain::mended_address;
use rules::{Holds, rules};

/// What may be matched, for a person to decide. No column stands in it twice.
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema, Serialize)]
pub struct Suggestions {
    /// At most one column for a field, in the order of the account's fields.
    pub fields: Vec<SuggestedField>,
    /// Conditions for `--only-if`, in the order of the columns.
    pub only_if: Vec<SuggestedConsent>,
}

/// A column for a field of the account.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct SuggestedField {
    /// The field, as `--match` writes it.
    pub target: String,
    /// The column, as the header has it.
    pub column: String,
    /// What speaks for it.
    pub reason: Reason,
}

/// A column that says who may be written to.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize)]
pub struct SuggestedConsent {
    /// The column, as the header has it.
    pub column: String,
    /// The value of those who may.
    pub value: String,
}

/// What speaks for a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Its name, and nothing in it against that.
    Name,
    /// What is in it, whatever its name.
    Contents,
}

/// Suggests columns of this survey. Columns that are empty, or have a name that stands twice, are
/// left out: the first have nothing to send, the second cannot be named.
#[must_use]
pub fn suggest(survey: &Survey) -> Suggestions {
    let rules = rules();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for column in &survey.columns {
        *times.entry(&column.name).or_default() += 1;
    }
    let columns: Vec<&Column> = survey
        .columns
        .iter()
        .filter(|column| column.filled > 0 && times.get(column.name.as_str()) == Some(&1))
        .collect();

    // The best column for each target: its rank and its place.
    let mut best: Vec<Option<(usize, &str)>> = vec![None; rules.targets.len()];
    for column in &columns {
        let Some((place, rank)) = rules.target(&column.name) else { continue };
        let (Some(target), Some(best)) = (rules.targets.get(place), best.get_mut(place)) else { continue };
        let better = best.is_none_or(|(found, _)| rank < found);
        if better && contents::may_hold(column, target.holds) {
            *best = Some((rank, &column.name));
        }
    }

    let mut found = Suggestions::default();
    for (target, best) in rules.targets.iter().zip(best) {
        let by_contents = || match target.holds {
            Holds::Address => columns
                .iter()
                .find(|column| contents::all_addresses(column) && !rules.of_stranger(&column.name))
                .map(|column| (column.name.as_str(), Reason::Contents)),
            _ => None,
        };
        let chosen = best.map(|(_, column)| (column, Reason::Name)).or_else(by_contents);
        if let Some((column, reason)) = chosen {
            found.fields.push(SuggestedField {
                target: target.name.clone(),
                column: column.to_owned(),
                reason,
            });
        }
    }
    for column in columns {
        let Some(yes) = rules.consent(&column.name) else { continue };
        if let Some(value) = consent::value(rules, column, yes) {
            found.only_if.push(SuggestedConsent { column: column.name.clone(), value });
        }
    }
    found
}
