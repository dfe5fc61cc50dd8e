//! How large segments were: the last count of each day, in UTC.

use rusqlite::{Connection, Transaction};

use crate::error::Result;
use crate::model::{SegmentCount, SegmentId, SegmentSize};

use super::{from_stored, moment, to_stored};

const PUT: &str = "
    INSERT INTO segment_size (segment_id, day, members, counted_at)
    SELECT ?1, substr(?3, 1, 10), ?2, ?3 WHERE EXISTS (SELECT 1 FROM segment WHERE id = ?1)
    ON CONFLICT (segment_id, day) DO UPDATE SET members = excluded.members, counted_at = excluded.counted_at";
const OF: &str = "SELECT counted_at, members FROM segment_size WHERE segment_id = ?1 ORDER BY day";
const ON: &str = "
    SELECT members FROM segment_size WHERE segment_id = ?1 AND counted_at <= ?2 ORDER BY day DESC LIMIT 1";

/// Keeps how large a segment is today.
///
/// # Errors
/// Those of the database.
pub fn put(tx: &Transaction<'_>, segment: SegmentId, count: &SegmentCount) -> Result<()> {
    let members = to_stored(count.members)?;
    tx.prepare_cached(PUT)?.execute((segment.to_string(), members, count.counted_at.to_string()))?;
    Ok(())
}

/// How large a segment was, oldest first.
///
/// # Errors
/// Those of the database.
pub fn of(conn: &Connection, segment: SegmentId) -> Result<Vec<SegmentSize>> {
    let mut statement = conn.prepare_cached(OF)?;
    let sizes = statement.query_and_then([segment.to_string()], |row| {
        Ok(SegmentSize { at: moment(&row.get::<_, String>(0)?)?, members: from_stored(row.get(1)?)? })
    })?;
    sizes.collect()
}

/// Members at the last count before this moment; `None`: it was not counted then.
///
/// # Errors
/// Those of the database.
pub fn before(conn: &Connection, segment: SegmentId, moment: jiff::Timestamp) -> Result<Option<u64>> {
    let mut statement = conn.prepare_cached(ON)?;
    let mut rows = statement.query((segment.to_string(), moment.to_string()))?;
    rows.next()?.map(|row| from_stored(row.get(0)?)).transpose()
}
