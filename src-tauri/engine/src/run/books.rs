//! Books: where a run writes down whom the account took, however it told.

use jiff::Timestamp;

use crate::error::Result;
use crate::model::{Outcome, RunId};
use crate::stage::Fingerprints;
use crate::store::person::{self, Pending};
use crate::store::receipt::{self, Accepted};
use crate::store::{Transaction, refusal};

use super::under_way::Run;

/// Where a run books what became of people, and what their receipts say beside it.
pub(super) struct Books {
    pub(super) no: i64,
    pub(super) book: i64,
    pub(super) id: RunId,
    by_place: bool,
    pub(super) prints: Fingerprints,
    pub(super) now: Timestamp,
}

impl Books {
    pub(super) fn of(run: &Run) -> Self {
        Self {
            no: run.ledger.no,
            book: run.ledger.book,
            id: run.row_id(),
            by_place: run.frozen.columns.key.is_none(),
            prints: run.fingerprints.clone(),
            now: run.store.clock().now(),
        }
    }

    /// Books that the account took somebody: the receipt, where fields were sent, and the class, which it returns.
    pub(super) fn take(
        &self,
        tx: &Transaction<'_>,
        person: &Pending,
        vendor_id: &str,
        word: &str,
    ) -> Result<Outcome> {
        if let Some(fields) = person.fields.as_deref() {
            let accepted = Accepted {
                book: self.book,
                address_key: &person.address_key,
                email: &person.email,
                customer_id: if self.by_place { "" } else { &person.customer_id },
                vendor_id,
                fields,
                fingerprint: &self.prints.of(fields),
            };
            receipt::accept(tx, &accepted, self.id, self.now)?;
        }
        refusal::forget(tx, self.book, &person.address_key)?;
        let outcome = if person.known { Outcome::Updated } else { Outcome::Created };
        person::settle(tx, self.no, person.seq, outcome, "", word)?;
        Ok(outcome)
    }
}
