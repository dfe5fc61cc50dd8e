//! The body of a merge and what is wrong with it whatever the account holds. Documented elements
//! only: whatever else is sent is a mistake of the client, and is refused (`destination-api.md`
//! 3.1).

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::judge::Verdict;
use crate::account::key;
use crate::ortto::account::{Account, folded};
use crate::ortto::refusal::Refusal;

/// People in a batch (`destination-api.md` 3.3).
const MOST: usize = 100;
/// Keys to merge by (`destination-api.md` 3.1).
const MOST_KEYS: usize = 3;

/// A merge.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Merge {
    pub(crate) people: Vec<Row>,
    /// The key carries a default, which nobody should lean on: required here
    /// (`destination-api.md` 3).
    pub(crate) merge_by: Vec<String>,
    #[serde(default)]
    pub(crate) merge_strategy: MergeStrategy,
    #[serde(default)]
    pub(crate) find_strategy: FindStrategy,
    #[serde(default, rename = "async")]
    pub(crate) asynchronous: bool,
    #[serde(default)]
    pub(crate) skip_non_existing: bool,
    #[serde(default)]
    pub(crate) suppression_list_field_id: Option<String>,
}

/// One person to write.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub(crate) fields: Map<String, Value>,
    /// Where the person is; the sandbox keeps none.
    #[serde(default, rename = "location")]
    _location: Option<Map<String, Value>>,
    #[serde(default)]
    pub(crate) tags: Vec<String>,
    #[serde(default)]
    pub(crate) unset_tags: Vec<String>,
    /// Field ids with `true`: an object in the page a-649.
    #[serde(default)]
    pub(crate) clear_fields: BTreeMap<String, bool>,
}

/// What happens to what a person has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u8")]
pub(crate) enum MergeStrategy {
    /// 1: only what the person lacks is written.
    Append,
    /// 2.
    #[default]
    Overwrite,
    /// 3: a person who is known stays as it is.
    Ignore,
}

/// How the keys find a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u8")]
pub(crate) enum FindStrategy {
    /// 0: by the first that finds somebody.
    #[default]
    Any,
    /// 1: by the first that has a value.
    NextIfEmpty,
    /// 2: by all, and all find the same.
    All,
}

impl TryFrom<u8> for MergeStrategy {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            1 => Ok(MergeStrategy::Append),
            2 => Ok(MergeStrategy::Overwrite),
            3 => Ok(MergeStrategy::Ignore),
            _ => Err("merge_strategy is not 1, 2 or 3"),
        }
    }
}

impl TryFrom<u8> for FindStrategy {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            0 => Ok(FindStrategy::Any),
            1 => Ok(FindStrategy::NextIfEmpty),
            2 => Ok(FindStrategy::All),
            _ => Err("find_strategy is not 0, 1 or 2"),
        }
    }
}

impl Merge {
    pub(super) fn read(body: Value) -> Result<Merge, Refusal> {
        serde_json::from_value(body).map_err(|error| Refusal::bad(format!("The body is malformed: {error}")))
    }

    /// One row, by one key.
    pub(super) fn of(row: Row, by: &str) -> Merge {
        Merge {
            people: vec![row],
            merge_by: vec![by.to_owned()],
            merge_strategy: MergeStrategy::Overwrite,
            find_strategy: FindStrategy::Any,
            asynchronous: false,
            skip_non_existing: false,
            suppression_list_field_id: None,
        }
    }

    /// What is wrong with the request as a whole.
    pub(super) fn check(&self, account: &Account) -> Result<(), Refusal> {
        if self.people.is_empty() || self.people.len() > MOST {
            let message = format!("{} people, from 1 to {MOST} are allowed", self.people.len());
            return Err(Refusal::bad(message));
        }
        if self.merge_by.is_empty() || self.merge_by.len() > MOST_KEYS {
            return Err(Refusal::bad(format!("merge_by takes from 1 to {MOST_KEYS} field ids")));
        }
        let different: BTreeSet<&String> = self.merge_by.iter().collect();
        if different.len() < self.merge_by.len() {
            return Err(Refusal::bad("merge_by has a field twice"));
        }
        if self.by_id() {
            if self.merge_by.len() > 1 {
                return Err(Refusal::bad("str::person_id must be the only one in merge_by"));
            }
        } else if let Some(unknown) = self.merge_by.iter().find(|id| !account.is_writable(id)) {
            return Err(Refusal::bad(format!("merge_by has an unknown field: {unknown}")));
        }
        if let Some(unknown) = self.suppression_list_field_id.as_ref().filter(|id| !account.is_writable(id)) {
            return Err(Refusal::bad(format!("suppression_list_field_id is an unknown field: {unknown}")));
        }
        self.people.iter().try_for_each(|row| self.check_row(row))
    }

    fn check_row(&self, row: &Row) -> Result<(), Refusal> {
        if row.tags.iter().chain(&row.unset_tags).any(|tag| tag.trim().is_empty()) {
            return Err(Refusal::bad("A tag has no name"));
        }
        // Which of the two comes first is undefined (destination-api.md 3.1).
        let set: HashSet<String> = row.tags.iter().map(|tag| folded(tag)).collect();
        if let Some(both) = row.unset_tags.iter().find(|tag| set.contains(&folded(tag))) {
            return Err(Refusal::bad(format!("{both} is in tags and in unset_tags of a person")));
        }
        if !row.clear_fields.is_empty() && self.merge_strategy != MergeStrategy::Overwrite {
            return Err(Refusal::bad("clear_fields takes merge_strategy 2"));
        }
        Ok(())
    }

    /// Nobody may be in a batch twice: what comes of it is undefined (`destination-api.md` 4.7).
    pub(super) fn check_twice(&self, verdicts: &[Verdict]) -> Result<(), Refusal> {
        let mut seen = HashSet::new();
        for (row, verdict) in self.people.iter().zip(verdicts) {
            let known = match verdict {
                Verdict::Known(at) => Some(format!("at {at}")),
                _ => None,
            };
            let text = |id: &str| row.fields.get(id).and_then(Value::as_str).filter(|text| !text.is_empty());
            let names = [
                text("str::email").map(|email| format!("email {}", key(email))),
                text("str::ei").map(|external| format!("ei {external}")),
                text("str::person_id").map(|id| format!("id {id}")),
                known,
            ];
            for name in names.into_iter().flatten() {
                if !seen.insert(name) {
                    return Err(Refusal::bad(format!("{} is in the batch twice", row.who())));
                }
            }
        }
        Ok(())
    }

    pub(super) fn by_id(&self) -> bool {
        self.merge_by.iter().any(|id| id == "str::person_id")
    }

    /// Rows that opt in.
    pub(super) fn opt_ins(&self) -> u64 {
        let yes = |row: &&Row| {
            ["bol::p", "bol::sp"].iter().any(|&id| row.fields.get(id) == Some(&Value::Bool(true)))
        };
        self.people.iter().filter(yes).count().try_into().unwrap_or(u64::MAX)
    }
}

impl Row {
    pub(crate) fn email(&self) -> Option<&str> {
        self.fields.get("str::email").and_then(Value::as_str)
    }

    /// As the record names it.
    pub(super) fn who(&self) -> String {
        crate::ortto::note::who(&json!({"fields": self.fields})).unwrap_or_default()
    }
}
