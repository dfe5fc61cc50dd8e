//! What the record keeps of a `person/merge`.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use crate::record::{self, Request};

/// How a `person/merge` was to be done; see [`crate::Request`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MergeNote {
    /// How many rows.
    pub people: usize,
    /// The keys, in order.
    pub merge_by: Vec<String>,
    /// As sent.
    pub merge_strategy: Option<u64>,
    /// As sent.
    pub find_strategy: Option<u64>,
    /// Whether it was asynchronous.
    #[serde(rename = "async")]
    pub asynchronous: bool,
    /// Whether unknown people were to be skipped.
    pub skip_non_existing: bool,
    /// As sent.
    pub suppression_list_field_id: Option<String>,
    /// The union of the tags of the rows, sorted.
    pub tags: Vec<String>,
    /// The union of the tags to be removed, sorted.
    pub unset_tags: Vec<String>,
}

/// A body's people, as far as they can be made out.
#[derive(Debug, Default)]
pub(super) struct Noted {
    pub(super) emails: Vec<String>,
    fields: Vec<String>,
    opt_ins: usize,
    row_hashes: Vec<u64>,
    merge: Option<MergeNote>,
}

impl Noted {
    /// Of any call: whom it is about.
    pub(super) fn read(body: &Value, is_merge: bool) -> Noted {
        let mut noted = Noted::default();
        let rows = body.get("people").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let mut names = BTreeSet::new();
        for row in rows {
            noted.emails.extend(who(row));
            let Some(fields) = row.get("fields").and_then(Value::as_object) else {
                continue;
            };
            names.extend(fields.keys().cloned());
            let yes = |name| fields.get(name) == Some(&Value::Bool(true));
            noted.opt_ins += usize::from(yes("bol::p") || yes("bol::sp"));
        }
        noted.fields = names.into_iter().collect();
        if is_merge {
            noted.row_hashes = rows.iter().map(|row| record::hash(row.to_string().as_bytes())).collect();
            noted.merge = Some(merge(body, rows));
        }
        noted
    }

    pub(super) fn enter(&self, request: &mut Request) {
        request.emails.clone_from(&self.emails);
        request.fields.clone_from(&self.fields);
        request.opt_ins = self.opt_ins;
        request.row_hashes.clone_from(&self.row_hashes);
        request.merge.clone_from(&self.merge);
    }

    pub(super) fn is_async(&self) -> bool {
        self.merge.as_ref().is_some_and(|merge| merge.asynchronous)
    }

    /// Whether it is merged by the person's id alone.
    pub(super) fn is_by_id(&self) -> bool {
        self.merge.as_ref().is_some_and(|merge| merge.merge_by == ["str::person_id"])
    }
}

/// What a row is known by: of a merge in `fields`, of a read beside each other.
pub(super) fn who(row: &Value) -> Option<String> {
    let fields = row.get("fields").unwrap_or(row);
    ["str::email", "email", "str::person_id", "person_id", "str::ei", "external_id"]
        .iter()
        .find_map(|&name| fields.get(name).and_then(Value::as_str))
        .map(str::to_owned)
}

fn merge(body: &Value, rows: &[Value]) -> MergeNote {
    let texts = |value: Option<&Value>| -> Vec<String> {
        let texts = value.and_then(Value::as_array).into_iter().flatten();
        texts.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let union = |name: &str| -> Vec<String> {
        let all: BTreeSet<String> = rows.iter().flat_map(|row| texts(row.get(name))).collect();
        all.into_iter().collect()
    };
    let yes = |name| body.get(name) == Some(&Value::Bool(true));
    MergeNote {
        people: rows.len(),
        merge_by: texts(body.get("merge_by")),
        merge_strategy: body.get("merge_strategy").and_then(Value::as_u64),
        find_strategy: body.get("find_strategy").and_then(Value::as_u64),
        asynchronous: yes("async"),
        skip_non_existing: yes("skip_non_existing"),
        suppression_list_field_id: body
            .get("suppression_list_field_id")
            .and_then(Value::as_str)
            .map(str::to_owned),
        tags: union("tags"),
        unset_tags: union("unset_tags"),
    }
}
