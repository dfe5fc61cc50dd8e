//! Runs and their people in parts, as pages show them.

use jiff::Timestamp;
use rusqlite::{Connection, ToSql};

use crate::error::{Error, Result};
use crate::model::{Counts, Outcome, PeopleQuery, Person, Run, RunQuery, RunReason};

use super::{from_json, from_stored, moment, person, run, to_json, to_stored, to_word};

const RUNS: &str = "
    SELECT id, export_id, export_name, status, reason, trigger, full, late, resumable, started_at, finished_at,
      requests, retries, verified, counts, stage FROM run
    WHERE (?1 IS NULL OR export_id = ?1) AND (?2 IS NULL OR status IN (SELECT value FROM json_each(?2)))
      AND (?3 = '' OR holds(?3, export_name)) AND (?4 IS NULL OR started_at >= ?4)
    ORDER BY no DESC LIMIT ?5 OFFSET ?6";
const RUNS_IN_ALL: &str = "
    SELECT count(*) FROM run
    WHERE (?1 IS NULL OR export_id = ?1) AND (?2 IS NULL OR status IN (SELECT value FROM json_each(?2)))
      AND (?3 = '' OR holds(?3, export_name)) AND (?4 IS NULL OR started_at >= ?4)";
const PEOPLE: &str = "
    SELECT email, customer_id, outcome, reason, answer FROM person
    WHERE run = ?1 AND (?2 IS NULL OR outcome = ?2) AND (?3 IS NULL OR reason = ?3)
      AND (?4 = '' OR holds(?4, email, customer_id))
    ORDER BY seq";
const PARTS: &str = "SELECT people, part FROM unchanged WHERE run = ?1 ORDER BY part";
const PART: &str = "SELECT receipts FROM unchanged WHERE run = ?1 AND part = ?2";
const RECEIPT: &str = "SELECT email, customer_id FROM receipt WHERE id = ?1";
const FOUND: &str = "
    SELECT id FROM receipt WHERE id BETWEEN ?1 AND ?2 AND holds(?3, email, customer_id) ORDER BY id";
const ENDED: &str = "
    SELECT finished_at, counts FROM run
    WHERE (?1 IS NULL OR export_id = ?1) AND finished_at >= ?2 AND finished_at < ?3 ORDER BY finished_at";
const REASONS: &str = "
    SELECT outcome, reason, count(*) FROM person WHERE run = ?1 GROUP BY outcome, reason ORDER BY count(*) DESC";

/// A part of the runs, newest first, and how many fit in all.
///
/// # Errors
/// Those of the database.
pub fn runs(conn: &Connection, query: &RunQuery) -> Result<(Vec<Run>, u64)> {
    let words = query.statuses.iter().map(|status| to_word(*status)).collect::<Result<Vec<_>>>()?;
    let statuses = if words.is_empty() { None } else { Some(to_json(&words)?) };
    let since = query.since.map(|at| at.to_string());
    let filters: [&dyn ToSql; 4] = [&query.export, &statuses, &query.search, &since];
    let total: i64 = conn.prepare_cached(RUNS_IN_ALL)?.query_row(&filters[..], |row| row.get(0))?;
    let part = part(query.offset, query.limit)?;
    let [export, statuses, search, since] = filters;
    let all: [&dyn ToSql; 6] = [export, statuses, search, since, &part.0, &part.1];
    let rows = conn.prepare_cached(RUNS)?.query_and_then(&all[..], run::from_row)?.collect::<Result<_>>()?;
    Ok((rows, from_stored(total)?))
}

/// A part of the people of a run, and how many fit in all. Those unchanged come last; they are kept as
/// receipts, of which only those of the part are looked up.
///
/// # Errors
/// Those of the database.
pub fn people(conn: &Connection, no: i64, query: &PeopleQuery) -> Result<(Vec<Person>, u64)> {
    let outcome = query.outcome.map(Outcome::word);
    let want = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let mut kept = 0;
    let mut people = Vec::new();
    let mut statement = conn.prepare_cached(PEOPLE)?;
    // One pass counts them all and reads those of the part.
    let mut rows = statement.query((no, outcome, &query.reason, &query.search))?;
    while let Some(row) = rows.next()? {
        if kept >= query.offset && people.len() < want {
            let word: String = row.get(2)?;
            people.push(Person {
                email: row.get(0)?,
                customer_id: row.get(1)?,
                outcome: Outcome::parse(&word).ok_or_else(|| Error::internal("a person has no class"))?,
                reason: row.get(3)?,
                answer: row.get(4)?,
            });
        }
        kept += 1;
    }
    let none = query.outcome.is_some_and(|outcome| outcome != Outcome::Unchanged)
        || query.reason.as_ref().is_some_and(|reason| !reason.is_empty());
    if none {
        return Ok((people, kept));
    }
    let skip = query.offset.saturating_sub(kept);
    let want = want - people.len();
    let (receipts, unchanged) = if query.search.is_empty() {
        all_unchanged(conn, no, skip, want)?
    } else {
        found_unchanged(conn, no, &query.search, skip, want)?
    };
    for receipt in receipts {
        let found = conn.prepare_cached(RECEIPT)?.query_row([receipt], |row| Ok((row.get(0)?, row.get(1)?)));
        // Whoever was forgotten has no receipt any more, and stands in the list without a name.
        let (email, customer_id) = match found {
            Err(rusqlite::Error::QueryReturnedNoRows) => (String::new(), String::new()),
            found => found?,
        };
        people.push(Person {
            email,
            customer_id,
            outcome: Outcome::Unchanged,
            reason: String::new(),
            answer: String::new(),
        });
    }
    Ok((people, kept + unchanged))
}

/// Receipts of unchanged people from this place on, and how many there are in all. Only the parts that
/// hold them are unpacked.
fn all_unchanged(conn: &Connection, no: i64, mut skip: u64, want: usize) -> Result<(Vec<i64>, u64)> {
    let mut found = Vec::new();
    let mut total = 0;
    let mut statement = conn.prepare_cached(PARTS)?;
    let mut parts = statement.query([no])?;
    while let Some(row) = parts.next()? {
        let people = from_stored(row.get(0)?)?;
        total += people;
        if skip >= people || found.len() >= want {
            skip = skip.saturating_sub(people);
            continue;
        }
        let packed: Vec<u8> =
            conn.prepare_cached(PART)?.query_row((no, row.get::<_, i64>(1)?), |row| row.get(0))?;
        let before = usize::try_from(skip).unwrap_or(usize::MAX);
        found.extend(person::unpack(&packed).into_iter().skip(before).take(want - found.len()));
        skip = 0;
    }
    Ok((found, total))
}

/// The same of those whose receipt has this piece in its address or CustomerId.
fn found_unchanged(
    conn: &Connection,
    no: i64,
    search: &str,
    skip: u64,
    want: usize,
) -> Result<(Vec<i64>, u64)> {
    let mut parts = conn.prepare_cached(PARTS)?;
    let mut parts = parts.query([no])?;
    let mut receipts = Vec::new();
    while let Some(row) = parts.next()? {
        let packed: Vec<u8> =
            conn.prepare_cached(PART)?.query_row((no, row.get::<_, i64>(1)?), |row| row.get(0))?;
        receipts.extend(person::unpack(&packed));
    }
    let (Some(first), Some(last)) = (receipts.iter().min(), receipts.iter().max()) else {
        return Ok((Vec::new(), 0));
    };
    // Receipts of one export lie side by side nearly always, and are read in the order in which they lie.
    let mut statement = conn.prepare_cached(FOUND)?;
    let fits = statement
        .query_map((first, last, search), |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    receipts.retain(|receipt| fits.binary_search(receipt).is_ok());
    let total = receipts.len() as u64;
    let skip = usize::try_from(skip).unwrap_or(usize::MAX);
    Ok((receipts.into_iter().skip(skip).take(want).collect(), total))
}

/// The people of a run by class and reason, the most frequent first.
///
/// # Errors
/// Those of the database.
pub fn reasons(conn: &Connection, no: i64) -> Result<Vec<RunReason>> {
    let mut statement = conn.prepare_cached(REASONS)?;
    let rows = statement.query_and_then([no], |row| {
        let word: String = row.get(0)?;
        Ok(RunReason {
            outcome: Outcome::parse(&word).ok_or_else(|| Error::internal("a person has no class"))?,
            reason: row.get(1)?,
            people: from_stored(row.get(2)?)?,
        })
    })?;
    let mut reasons = rows.collect::<Result<Vec<_>>>()?;
    let (_, unchanged) = all_unchanged(conn, no, u64::MAX, 0)?;
    if unchanged > 0 {
        reasons.push(RunReason { outcome: Outcome::Unchanged, reason: String::new(), people: unchanged });
    }
    Ok(reasons)
}

/// Runs that ended between these moments, the later one left out: when, and their numbers.
///
/// # Errors
/// Those of the database.
pub fn ended_between(
    conn: &Connection,
    export: Option<&str>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<(Timestamp, Counts)>> {
    let mut statement = conn.prepare_cached(ENDED)?;
    let rows = statement.query_and_then((export, from.to_string(), to.to_string()), |row| {
        Ok((moment(&row.get::<_, String>(0)?)?, from_json(&row.get::<_, String>(1)?, "counts of a run")?))
    })?;
    rows.collect()
}

fn part(offset: u64, limit: u64) -> Result<(i64, i64)> {
    Ok((to_stored(limit)?, to_stored(offset.min(u64::MAX >> 1))?))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::clock::SystemClock;
    use crate::store::Store;

    use super::*;

    /// How SQLite goes about a statement.
    fn plan(conn: &Connection, sql: &str) -> String {
        let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let nothing: Vec<Option<String>> = vec![None; statement.parameter_count()];
        let steps =
            statement.query_map(rusqlite::params_from_iter(nothing), |row| row.get::<_, String>(3)).unwrap();
        steps.map(|step| step.unwrap()).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn pages_are_read_in_their_order_and_of_one_run_only() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), Arc::new(SystemClock)).unwrap();
        store
            .read_blocking(|conn| {
                for sql in [PEOPLE, PART, PARTS] {
                    let plan = plan(conn, sql);
                    assert!(plan.contains("USING PRIMARY KEY (run=?"), "{plan}");
                    assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted: {plan}");
                }
                let runs = plan(conn, RUNS);
                assert!(!runs.contains("TEMP B-TREE"), "nothing is sorted: {runs}");
                assert!(plan(conn, RECEIPT).contains("USING INTEGER PRIMARY KEY"));
                Ok(())
            })
            .unwrap();
    }
}
