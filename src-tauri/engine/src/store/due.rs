//! What was due, and who does it: each due time of an owner stands here once, and one process has it (I27).

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction};

use crate::clock::BootTime;
use crate::error::Result;
use crate::model::{Due, ExportId, Owner};

use super::{identity, lease, moment};

/// In place of an export's id: the system refresh.
const SYSTEM: &str = "system";
/// So long what is over stays, so that a clock that is set back asks for nothing twice.
const KEPT: SignedDuration = SignedDuration::from_hours(40 * 24);

const ADD: &str = "
    INSERT INTO due (owner, at, late, system, asked, state) VALUES (?1, ?2, ?3, ?4, ?5, 'waiting')
    ON CONFLICT (owner, at) DO NOTHING";
const MERGE: &str = "UPDATE due SET state = 'merged' WHERE owner = ?1 AND state = 'waiting' AND no <> ?2";
const LATE: &str = "UPDATE due SET late = 1 WHERE no = ?1";
const BEAT: &str = "UPDATE due SET beat = ?2 WHERE no = ?1 AND state = 'taken'";
const OPEN: &str = "
    SELECT no, owner, at, late, system, state, pid, pid_started, boot, beat FROM due
    WHERE state IN ('waiting', 'taken') ORDER BY owner <> 'system', no";
const TAKE: &str = "
    UPDATE due SET state = 'taken', late = ?2, pid = ?3, pid_started = ?4, boot = ?5, beat = ?6 WHERE no = ?1";
const DONE: &str = "UPDATE due SET state = 'done' WHERE no = ?1";
const BACK: &str = "
    UPDATE due SET state = CASE WHEN EXISTS
        (SELECT 1 FROM due AS other WHERE other.owner = due.owner AND other.state = 'waiting')
      THEN 'merged' ELSE 'waiting' END
    WHERE no = ?1 AND state = 'taken' RETURNING state, owner";
const BACK_LATE: &str = "UPDATE due SET late = 1 WHERE owner = ?1 AND state = 'waiting'";
const ASKED: &str = "SELECT asked FROM due WHERE no = ?1";
const DROP: &str = "DELETE FROM due WHERE state IN ('done', 'merged') AND at < ?1";
const FORGET: &str = "DELETE FROM due WHERE owner = ?1 AND state = 'waiting'";
const FORGET_ALL: &str = "DELETE FROM due WHERE state = 'waiting' AND asked = 0";

/// A process, so that what it took is not given to another while it lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Its number.
    pub pid: u32,
    /// When it started, in the system's own words; empty where the system does not tell.
    pub started: String,
    /// The boot that it belongs to.
    pub boot: String,
}

impl Process {
    /// This one.
    #[must_use]
    pub fn this(boot: &str) -> Self {
        /// In place of when it started, where the system does not tell: no other process has it.
        static ITSELF: LazyLock<String> = LazyLock::new(|| uuid::Uuid::now_v7().to_string());
        let pid = std::process::id();
        let started = lease::process_started(pid).unwrap_or_else(|| ITSELF.clone());
        Self { pid, started, boot: boot.to_owned() }
    }

    /// Whether it lives still. Where the system does not tell, its last beat does.
    fn lives(&self, beat: i64, now: &BootTime) -> bool {
        let tells = cfg!(target_os = "linux");
        let fresh = || (0..=lease::STALE_AFTER_MS).contains(&now.millis.saturating_sub(beat));
        self.boot == now.boot
            && (*self == Self::this(&now.boot)
                || if tells { lease::process_lives(self.pid, &self.started) } else { fresh() })
    }
}

/// Something that is due and not over.
#[derive(Debug, Clone)]
pub struct Open {
    /// What.
    pub due: Due,
    /// Who has it, and the boot-time clock when they last said so, in milliseconds; `None`: it waits.
    pub taken: Option<(Process, i64)>,
}

impl Open {
    /// Whether a living process has it.
    #[must_use]
    pub fn is_under_way(&self, now: &BootTime) -> bool {
        self.taken.as_ref().is_some_and(|(process, beat)| process.lives(*beat, now))
    }
}

/// Notes that something is due, unless it was noted before. What the same owner waits with becomes part of it:
/// one run for all of them. `asked`: by somebody, and not by the clock.
///
/// # Errors
/// Those of the database.
pub fn add(
    tx: &Transaction<'_>,
    owner: Owner,
    at: Timestamp,
    late: bool,
    system: bool,
    asked: bool,
) -> Result<()> {
    let owner = word(owner);
    let added = tx.prepare_cached(ADD)?.execute((&owner, at.to_string(), late, system, asked))?;
    if added == 1 {
        let no = tx.last_insert_rowid();
        if tx.prepare_cached(MERGE)?.execute((&owner, no))? > 0 && !asked {
            tx.prepare_cached(LATE)?.execute([no])?;
        }
    }
    Ok(())
}

/// Everything that is due and not over, the system refresh first, then by age.
///
/// # Errors
/// Those of the database.
pub fn open(conn: &Connection) -> Result<Vec<Open>> {
    let mut statement = conn.prepare_cached(OPEN)?;
    let rows = statement.query_and_then([], from_row)?;
    rows.collect()
}

/// Gives it to a process, at this time of its boot. One that was taken before and not finished is late now.
///
/// # Errors
/// Those of the database.
pub fn take(tx: &Transaction<'_>, open: &Open, by: &Process, now_ms: i64) -> Result<Due> {
    let late = open.due.late || open.taken.is_some();
    tx.prepare_cached(TAKE)?.execute((open.due.no, late, by.pid, &by.started, &by.boot, now_ms))?;
    Ok(Due { late, ..open.due.clone() })
}

/// Says that whoever has it lives, at least every 20 s.
///
/// # Errors
/// Those of the database.
pub fn beat(tx: &Transaction<'_>, no: i64, now_ms: i64) -> Result<()> {
    tx.prepare_cached(BEAT)?.execute((no, now_ms))?;
    Ok(())
}

/// It is over, however it ended.
///
/// # Errors
/// Those of the database.
pub fn done(tx: &Transaction<'_>, no: i64) -> Result<()> {
    tx.prepare_cached(DONE)?.execute([no])?;
    Ok(())
}

/// It could not be begun, and waits again; where the same owner waits with another already, as part of that.
///
/// # Errors
/// Those of the database.
pub fn give_back(tx: &Transaction<'_>, no: i64) -> Result<()> {
    let given: Option<(String, String)> =
        tx.prepare_cached(BACK)?.query_row([no], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    if let Some((_, owner)) = given.filter(|(state, _)| state == "merged") {
        tx.prepare_cached(BACK_LATE)?.execute([owner])?;
    }
    Ok(())
}

/// Whether somebody asked for it.
///
/// # Errors
/// Those of the database.
pub fn was_asked(conn: &Connection, no: i64) -> Result<bool> {
    Ok(conn.prepare_cached(ASKED)?.query_row([no], |row| row.get(0)).optional()?.unwrap_or(false))
}

/// What an owner waits with is not wanted any more: its schedule is another.
///
/// # Errors
/// Those of the database.
pub fn forget_waiting(tx: &Transaction<'_>, owner: Owner) -> Result<()> {
    tx.prepare_cached(FORGET)?.execute([word(owner)])?;
    Ok(())
}

/// Nothing waits any more but what somebody asked for.
///
/// # Errors
/// Those of the database.
pub fn forget_all_waiting(tx: &Transaction<'_>) -> Result<()> {
    tx.prepare_cached(FORGET_ALL)?.execute([])?;
    Ok(())
}

/// Drops what was over long ago.
///
/// # Errors
/// Those of the database.
pub fn drop_old(tx: &Transaction<'_>, now: Timestamp) -> Result<()> {
    if let Ok(before) = now.checked_sub(KEPT) {
        tx.prepare_cached(DROP)?.execute([before.to_string()])?;
    }
    Ok(())
}

fn word(owner: Owner) -> String {
    match owner {
        Owner::System => SYSTEM.to_owned(),
        Owner::Export(export) => export.to_string(),
    }
}

fn from_row(row: &Row<'_>) -> Result<Open> {
    let owner: String = row.get(1)?;
    let owner =
        if owner == SYSTEM { Owner::System } else { Owner::Export(identity(ExportId::parse(&owner))?) };
    let taken = row.get::<_, String>(5)? == "taken";
    let process = Process { pid: row.get(6)?, started: row.get(7)?, boot: row.get(8)? };
    Ok(Open {
        due: Due {
            no: row.get(0)?,
            owner,
            at: moment(&row.get::<_, String>(2)?)?,
            late: row.get(3)?,
            system: row.get(4)?,
        },
        taken: taken.then_some((process, row.get(9)?)),
    })
}
