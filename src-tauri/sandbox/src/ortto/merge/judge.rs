//! What becomes of one row, before any is stored.

use serde_json::{Value, json};

use super::How;
use super::body::{FindStrategy, Merge, Row};
use crate::account::key;
use crate::ortto::account::{Account, fits, is_address};

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The person at this place is written.
    Known(usize),
    /// A person is made.
    New,
    /// Unknown, and only known ones are wanted: no row in the reply.
    Skipped,
    /// Unknown, and on the suppression list.
    Suppressed,
    Invalid(String),
}

impl Verdict {
    /// Why the row is not taken.
    pub(super) fn reason(&self) -> Option<&str> {
        match self {
            Verdict::Invalid(reason) => Some(reason),
            Verdict::Suppressed => Some("Email is suppressed"),
            _ => None,
        }
    }

    /// The row in `details` or `people` of one that is not taken.
    pub(super) fn detail(&self) -> Option<Value> {
        let status = if *self == Verdict::Suppressed { "suppressed" } else { "invalid" };
        self.reason().map(|reason| json!({"status": status, "error": reason}))
    }
}

impl Account {
    pub(super) fn judge(&self, merge: &Merge, row: &Row, index: usize, how: &How) -> Verdict {
        let email = key(row.email().unwrap_or_default());
        if how.invalid.as_ref().is_some_and(|pick| pick.has(index, &email))
            || how.bad_addresses.contains(&email)
        {
            return Verdict::Invalid("the account refuses the person".to_owned());
        }
        let found = self.check_values(merge, row).and_then(|()| self.find_by(merge, row));
        let found = match found {
            Ok(found) => found,
            Err(reason) => return Verdict::Invalid(reason),
        };
        if let Err(reason) = self.check_owner(row, found) {
            return Verdict::Invalid(reason);
        }
        match found {
            Some(at) => Verdict::Known(at),
            None if merge.skip_non_existing => Verdict::Skipped,
            None if merge.by_id() => Verdict::Invalid("str::person_id is unknown".to_owned()),
            None if !has(row, "str::email") && !has(row, "str::ei") => {
                Verdict::Invalid("str::email or str::ei is missing".to_owned())
            }
            None if self.is_kept_out(merge, row) => Verdict::Suppressed,
            None => Verdict::New,
        }
    }

    /// Every field is one of the account's, and every value of its type.
    fn check_values(&self, merge: &Merge, row: &Row) -> Result<(), String> {
        // The recorded sentence.
        let unknown = |id: &str| format!("failed to validate field {id} in schema: {id}: Object not found");
        for (id, value) in &row.fields {
            if id == "str::person_id" && merge.by_id() {
                if !value.is_string() {
                    return Err(format!("failed to validate field {id} in schema: it is no string"));
                }
                continue;
            }
            if !self.is_writable(id) {
                return Err(unknown(id));
            }
            if id == "str::email" && value.is_null() {
                return Err("failed to validate field str::email in schema: it is empty".to_owned());
            }
            fits(id, self.field(id), value)
                .map_err(|reason| format!("failed to validate field {id} in schema: {reason}"))?;
        }
        match row.clear_fields.keys().find(|id| !self.is_writable(id)) {
            Some(id) => Err(unknown(id)),
            None => Ok(()),
        }
    }

    fn find_by(&self, merge: &Merge, row: &Row) -> Result<Option<usize>, String> {
        let mut keys = merge.merge_by.iter().filter(|id| has(row, id)).peekable();
        if keys.peek().is_none() {
            return Err(format!("{} is missing", merge.merge_by.join(", ")));
        }
        let look = |id: &String| self.look_up(id, row.fields.get(id)?);
        Ok(match merge.find_strategy {
            FindStrategy::Any => keys.find_map(look),
            FindStrategy::NextIfEmpty => keys.next().and_then(look),
            FindStrategy::All => {
                let found: Vec<Option<usize>> = merge.merge_by.iter().map(look).collect();
                let first = found.first().copied().flatten();
                first.filter(|_| found.iter().all(|one| *one == first))
            }
        })
    }

    /// Addresses and external ids belong to one person.
    fn check_owner(&self, row: &Row, found: Option<usize>) -> Result<(), String> {
        for id in ["str::email", "str::ei"] {
            let owner = row.fields.get(id).filter(|_| has(row, id)).and_then(|value| self.look_up(id, value));
            if owner.is_some() && owner != found {
                return Err(format!("{id} belongs to another person"));
            }
        }
        Ok(())
    }

    /// Asked for new people only, and only where the request says by which field
    /// (`destination-api.md` 3.5).
    fn is_kept_out(&self, merge: &Merge, row: &Row) -> bool {
        let field = merge.suppression_list_field_id.as_ref();
        let address = field.and_then(|id| row.fields.get(id)).and_then(Value::as_str);
        address.is_some_and(|address| is_address(address) && self.is_suppressed(address))
    }
}

/// Whether the row has a value to find somebody by.
fn has(row: &Row, id: &str) -> bool {
    row.fields.get(id).is_some_and(|value| !value.is_null() && value.as_str() != Some(""))
}
