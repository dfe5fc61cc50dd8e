//! Retention: how long values are kept in receipts and in the details of runs (product.md page 10).

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::error::{Code, Error, Result};
use crate::stage::{Fingerprints, dropped_fields};
use crate::store::retention::{self, DEFAULT_DAYS, STEP};
use crate::{Engine, run, store};

/// Everything is looked through once a day.
const EVERY: SignedDuration = SignedDuration::from_hours(24);

/// How long values are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Retention {
    /// Days.
    pub days: u32,
}

/// What was too old and is gone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Runs without details now.
    pub runs: u64,
    /// People in them.
    pub lines: u64,
    /// Receipts that have fingerprints in the place of values now.
    pub receipts: u64,
    /// People who were refused, of whom the account's answer is gone.
    pub answers: u64,
}

impl Engine {
    /// How long values are kept.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn retention(&self) -> Result<Retention> {
        let days = self.store.read(retention::days).await?;
        Ok(Retention { days: days.unwrap_or(DEFAULT_DAYS) })
    }

    /// Changes how long values are kept, and drops at once what is too old then.
    ///
    /// # Errors
    /// `usage` unless it is 1 to 3,650 days; nothing is changed then.
    pub async fn set_retention(&self, days: u32) -> Result<Dropped> {
        check_days(days)?;
        let entry = self.entry("retention changed", "", format!("{days} days"));
        self.store
            .write(move |tx| {
                retention::set_days(tx, days)?;
                store::audit::append(tx, &entry)
            })
            .await?;
        self.apply_retention().await
    }

    /// Drops what is older than the retention time: values of receipts, people, requests and answers of
    /// runs. Fingerprints and counts stay, so nobody is sent because of it. In small steps, beside
    /// whatever else is going on.
    ///
    /// # Errors
    /// Those of the database; what was dropped before stays dropped.
    pub async fn apply_retention(&self) -> Result<Dropped> {
        let now = self.clock.now();
        let days = i64::from(self.retention().await?.days);
        let before = now.checked_sub(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MIN);
        let mut dropped = Dropped::default();
        self.drop_details(before, now, &mut dropped).await?;
        self.drop_values(before, &mut dropped).await?;
        dropped.answers = self.store.write(move |tx| retention::drop_answers(tx, before)).await? as u64;
        let Dropped { runs, lines, receipts, answers } = dropped;
        let entry = self.entry(
            "retention applied",
            "",
            format!(
                "dropped: {lines} people of {runs} runs, values of {receipts} receipts, {answers} answers"
            ),
        );
        self.store
            .write(move |tx| {
                if dropped != Dropped::default() {
                    store::audit::append(tx, &entry)?;
                }
                retention::set_applied_at(tx, now)
            })
            .await?;
        self.tidy_up(before).await?;
        Ok(dropped)
    }

    /// The same, where it was not done today; what goes wrong waits until tomorrow.
    pub(super) async fn keep_retention(&self) {
        let now = self.clock.now();
        let due = self.store.read(move |conn| {
            let last = retention::applied_at(conn)?;
            // A clock that was put back must not put this off.
            Ok(last.is_none_or(|last| last > now || now.duration_since(last) >= EVERY))
        });
        let done = match due.await {
            Ok(true) => self.apply_retention().await.map(|_| ()),
            Ok(false) => Ok(()),
            Err(error) => Err(error),
        };
        if let Err(error) = done {
            tracing::warn!(code = ?error.code, "What is past the retention time was not dropped; it is tried again.");
        }
    }

    async fn drop_details(&self, before: Timestamp, now: Timestamp, dropped: &mut Dropped) -> Result<()> {
        let boot = self.clock.boot_time();
        for old in self.store.read(move |conn| retention::old_runs(conn, before, &boot)).await? {
            if old.open {
                run::expire(&self.store, old.id).await?;
            }
            loop {
                let people = self.store.write(move |tx| retention::drop_details(tx, old.no, now)).await?;
                dropped.lines += people as u64;
                if people < STEP {
                    break;
                }
            }
            dropped.runs += 1;
        }
        Ok(())
    }

    async fn drop_values(&self, before: Timestamp, dropped: &mut Dropped) -> Result<()> {
        let prints = Fingerprints::new(self.store.read(store::meta::install_key).await?);
        let mut last = 0;
        loop {
            let found = self.store.read(move |conn| retention::old_values(conn, last, before)).await?;
            let Some((end, _)) = found.last() else { return Ok(()) };
            last = *end;
            let replaced = found
                .into_iter()
                .map(|(id, fields)| {
                    let after = dropped_fields(&fields, &prints)
                        .ok_or_else(|| Error::internal("the values of a receipt cannot be read"))?;
                    Ok(((id, fields), after))
                })
                .collect::<Result<Vec<_>>>()?;
            dropped.receipts +=
                self.store.write(move |tx| retention::drop_values(tx, &replaced)).await? as u64;
        }
    }

    /// Rewrites the file so that nothing dropped is left in it, unless a run is under way, which would
    /// have to wait for it.
    async fn tidy_up(&self, before: Timestamp) -> Result<()> {
        let boot = self.clock.boot_time();
        let wanted = self.store.read(move |conn| {
            Ok(retention::is_untidy(conn)? && !store::lease::any_alive(conn, &boot.boot, boot.millis)?)
        });
        if !wanted.await? {
            return Ok(());
        }
        self.store.compact(Some(before)).await?;
        self.store.write(|tx| retention::set_untidy(tx, false)).await
    }
}

/// A retention time that makes sense.
pub(super) fn check_days(days: u32) -> Result<()> {
    if (1..=3_650).contains(&days) {
        return Ok(());
    }
    Err(Error::new(Code::Usage, "The retention time is 1 to 3,650 days; nothing was changed."))
}
