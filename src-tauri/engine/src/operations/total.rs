//! Total: the distinct valid addresses of a selection of segments, in one pass over the data. Of each
//! address only a fingerprint is kept, so that a million of them fit.

use std::collections::{HashMap, HashSet};

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch, StringArray};
use futures::StreamExt as _;

use crate::error::{Code, Error, Result};
use crate::model::{Address, SegmentRule, SegmentSet, Total, TotalQuery};
use crate::source::Selection;
use crate::stage::{Digest, Fingerprints, IdentityHash};
use crate::{Engine, run, store};

impl Engine {
    /// Whom these segments hold together, and what each adds.
    ///
    /// # Errors
    /// `not_found`, `bad_matching` for a column that is not there and for more segments than an export may
    /// have, `bad_file` and `source_changed` where the data cannot be read.
    pub async fn total(&self, query: TotalQuery) -> Result<Total> {
        if query.segments.len() > SegmentSet::MOST {
            return Err(Error::new(
                Code::BadMatching,
                format!("An export has at most {} segments.", SegmentSet::MOST),
            ));
        }
        let audience = self.audience(&query.audience).await?;
        let mut rules: Vec<SegmentRule> = Vec::with_capacity(query.segments.len());
        for name in &query.segments {
            rules.push(self.segment(name).await?.rule);
        }
        if rules.is_empty() {
            return Ok(Total { memberships: 0, profiles: 0, addresses: 0, each: Vec::new() });
        }
        let (install_key, forgotten) = self
            .store
            .read(|conn| Ok((store::meta::install_key(conn)?, store::forgotten::all(conn)?)))
            .await?;
        let (audience, rules, query, forgotten) = (&audience, &rules, &query, &forgotten);
        run::once_more(|| async move {
            let source = self.audiences.open(audience).await?;
            run::keep_survey(&self.store, audience, source.as_ref()).await?;
            let mut columns: Vec<String> = query.email.iter().cloned().collect();
            let email = query.email.as_ref().map(|_| 0);
            let only_if = query.only_if.as_ref().map(|only_if| {
                let at = columns.iter().position(|column| *column == only_if.column).unwrap_or_else(|| {
                    columns.push(only_if.column.clone());
                    columns.len() - 1
                });
                (at, only_if.value.trim().to_lowercase())
            });
            columns.iter().try_for_each(|column| run::check_column(source.as_ref(), column))?;
            let fingerprints = Fingerprints::new(install_key);
            let mut tally = Tally::new(rules.len(), columns.len(), fingerprints, forgotten);
            let selection = Selection { segments: rules.clone(), columns, as_of: self.clock.now() };
            let mut batches = source.people(&selection).await?;
            while let Some(batch) = batches.next().await {
                tally.add(&batch?, email, only_if.as_ref())?;
            }
            Ok(tally.total())
        })
        .await
    }
}

/// The running numbers.
struct Tally<'a> {
    columns: usize,
    memberships: u64,
    profiles: u64,
    members: Vec<u64>,
    /// The segments of each address.
    addresses: HashMap<Digest, SegmentSet, IdentityHash>,
    fingerprints: Fingerprints,
    forgotten: &'a HashSet<Digest>,
    key: String,
}

impl<'a> Tally<'a> {
    fn new(
        segments: usize,
        columns: usize,
        fingerprints: Fingerprints,
        forgotten: &'a HashSet<Digest>,
    ) -> Self {
        Self {
            columns,
            memberships: 0,
            profiles: 0,
            members: vec![0; segments],
            addresses: HashMap::default(),
            fingerprints,
            forgotten,
            key: String::new(),
        }
    }

    /// Counts the rows of a batch; `email` and `only_if` are places among the selected columns.
    fn add(
        &mut self,
        batch: &RecordBatch,
        email: Option<usize>,
        only_if: Option<&(usize, String)>,
    ) -> Result<()> {
        let misshapen = || Error::internal("a batch of the audience has another shape than was asked for");
        if batch.num_columns() != 1 + self.columns + self.members.len() {
            return Err(misshapen());
        }
        let text = |at: usize| batch.column(1 + at).as_string_opt::<i32>().ok_or_else(misshapen);
        let email = email.map(text).transpose()?;
        let only_if = only_if.map(|(at, value)| Ok::<_, Error>((text(*at)?, value))).transpose()?;
        let flags = (1 + self.columns..batch.num_columns())
            .map(|at| batch.column(at).as_boolean_opt().ok_or_else(misshapen))
            .collect::<Result<Vec<_>>>()?;
        for row in 0..batch.num_rows() {
            let mut segments = SegmentSet::default();
            for (at, flag) in flags.iter().enumerate() {
                if flag.value(row) {
                    segments.insert(at);
                    self.memberships += 1;
                    if let Some(members) = self.members.get_mut(at) {
                        *members += 1;
                    }
                }
            }
            self.profiles += 1;
            let agreed =
                only_if.is_none_or(|(column, value)| cell(column, row).trim().to_lowercase() == *value);
            if let Some(email) = email.filter(|_| agreed) {
                self.add_address(cell(email, row), segments);
            }
        }
        Ok(())
    }

    fn add_address(&mut self, raw: &str, segments: SegmentSet) {
        if Address::parse_into(raw, &mut self.key).is_err() {
            return;
        }
        let digest = self.fingerprints.of(&self.key);
        if !self.forgotten.contains(&digest) {
            self.addresses.entry(digest).or_default().extend(segments);
        }
    }

    fn total(self) -> Total {
        let mut alone = vec![0_u64; self.members.len()];
        for segments in self.addresses.values() {
            let mut places = segments.places();
            if let (Some(at), None) = (places.next(), places.next())
                && let Some(alone) = alone.get_mut(at)
            {
                *alone += 1;
            }
        }
        Total {
            memberships: self.memberships,
            profiles: self.profiles,
            addresses: self.addresses.len() as u64,
            each: self.members.into_iter().zip(alone).collect(),
        }
    }
}

fn cell(column: &StringArray, row: usize) -> &str {
    if column.is_null(row) { "" } else { column.value(row) }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, BooleanArray};

    use super::*;

    #[test]
    fn an_address_counts_once_whatever_its_letters_and_segments() {
        let rows = [
            (Some("Anna@Example.com"), [true, false]),
            (Some(" anna@example.com"), [false, true]),
            (Some("bo@example.com"), [true, false]),
            (Some("cia@example.com"), [true, true]),
            (Some("no address"), [false, true]),
            (None, [false, true]),
            (Some("dan@example.com"), [false, true]),
        ];
        let ids: StringArray = (0..rows.len()).map(|at| Some(at.to_string())).collect();
        let email: StringArray = rows.iter().map(|(email, _)| *email).collect();
        let flag = |at: usize| -> ArrayRef {
            Arc::new(rows.iter().map(|(_, flags)| Some(flags[at])).collect::<BooleanArray>())
        };
        let arrays: [(&str, ArrayRef); 4] =
            [("id", Arc::new(ids)), ("c0", Arc::new(email)), ("s0", flag(0)), ("s1", flag(1))];
        let batch = RecordBatch::try_from_iter(arrays).unwrap();
        let prints = Fingerprints::new([1; 32]);
        let forgotten = HashSet::from([prints.of("dan@example.com")]);
        let mut tally = Tally::new(2, 1, prints, &forgotten);
        tally.add(&batch, Some(0), None).unwrap();
        let total = tally.total();
        assert_eq!((total.memberships, total.profiles, total.addresses), (8, 7, 3));
        assert_eq!(total.each, [(3, 1), (5, 0)], "Anna is in both by two profiles; Dan is forgotten");
    }
}
