//! Writing a row that was judged good (`destination-api.md` 3.2, 3.5).

use serde_json::Value;

use super::How;
use super::body::{Merge, MergeStrategy, Row};
use crate::faults::Permission;
use crate::ortto::account::{Account, Person};

impl Account {
    /// Makes the person and returns its id.
    pub(super) fn make(&mut self, row: &Row) -> String {
        let at = self.create();
        self.write(at, row, MergeStrategy::Overwrite);
        self.person(at).map(|person| person.id.clone()).unwrap_or_default()
    }

    /// Writes a person who is known.
    pub(super) fn update(&mut self, at: usize, merge: &Merge, row: &Row, how: &How) {
        if merge.merge_strategy == MergeStrategy::Ignore {
            return;
        }
        let permission = |account: &Account| account.person(at).is_some_and(|one| one.email_permission);
        let before = permission(self);
        for (id, _) in row.clear_fields.iter().filter(|(_, clear)| **clear) {
            // A permission is not cleared, it is told.
            if !is_permission(id) {
                self.set(at, id, None);
            }
        }
        self.write(at, row, merge.merge_strategy);
        let told = row.fields.get("bol::p").is_some_and(Value::is_boolean);
        if how.permission == Permission::ResetKnown && !told {
            self.change(at, |person| person.email_permission = true);
        }
        self.resubscribed += u64::from(!before && permission(self));
    }

    fn write(&mut self, at: usize, row: &Row, strategy: MergeStrategy) {
        for (id, value) in &row.fields {
            match (id.as_str(), value) {
                ("str::person_id", _) => {}
                ("bol::p", Value::Bool(told)) => self.change(at, |person| person.email_permission = *told),
                ("bol::sp", Value::Bool(told)) => self.change(at, |person| person.sms_permission = *told),
                ("bol::p" | "bol::sp", _) => {}
                _ => {
                    let have = self.person(at).and_then(|person| person.fields.get(id));
                    if let Some(new) = merged(have, value, strategy) {
                        self.set(at, id, new);
                    }
                }
            }
        }
        let tags: Vec<usize> = row.tags.iter().map(|tag| self.tag(tag)).collect();
        let unset: Vec<usize> = row.unset_tags.iter().filter_map(|tag| self.find_tag(tag)).collect();
        self.change(at, |Person { tags: have, .. }| {
            have.extend(tags);
            have.retain(|tag| !unset.contains(tag));
        });
    }
}

fn is_permission(id: &str) -> bool {
    matches!(id, "bol::p" | "bol::sp")
}

/// What is written: `None` leaves the field alone, `Some(None)` clears it. Values of multi-selects
/// accumulate, unless they were cleared before (`destination-api.md` 3.2).
fn merged(have: Option<&Value>, new: &Value, strategy: MergeStrategy) -> Option<Option<Value>> {
    match (have, new) {
        (_, Value::Null) if strategy == MergeStrategy::Overwrite => Some(None),
        (_, Value::Null) => None,
        (Some(Value::Array(have)), Value::Array(new)) => {
            let mut all = have.clone();
            for one in new {
                if !all.contains(one) {
                    all.push(one.clone());
                }
            }
            Some(Some(Value::Array(all)))
        }
        (Some(_), _) if strategy == MergeStrategy::Append => None,
        _ => Some(Some(new.clone())),
    }
}
