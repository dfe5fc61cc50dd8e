//! How many were in each segment when it was last counted.

use std::collections::HashMap;

use rusqlite::{Connection, Row, Transaction};

use crate::error::Result;
use crate::model::{SegmentCount, SegmentId, SegmentRule};

use super::{from_json, from_stored, identity, moment, readable, to_json, to_stored};

const ALL: &str = "
    SELECT segment_id, rule, version, dated, members, not_in_audience, counted_at FROM segment_count";
const PUT: &str = "
    INSERT OR REPLACE INTO segment_count (segment_id, rule, version, dated, members, not_in_audience, counted_at)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS (SELECT 1 FROM segment WHERE id = ?1)";

/// A count, and what it is true for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The segment.
    pub segment: SegmentId,
    /// Its rule as it was counted.
    pub rule: SegmentRule,
    /// Digest of the version of the data that it was counted in.
    pub version: [u8; 32],
    /// Whether the rule reckons from now, so that the same data has other members at another time.
    pub dated: bool,
    /// The count.
    pub count: SegmentCount,
}

/// The counts of all segments that were ever counted.
///
/// # Errors
/// Those of the database.
pub fn all(conn: &Connection) -> Result<HashMap<SegmentId, Known>> {
    let all = readable(conn, ALL, [], "count of a segment", from_row)?;
    Ok(all.into_iter().map(|known| (known.segment, known)).collect())
}

/// Keeps a count in place of the one before; none of a segment that was removed meanwhile.
///
/// # Errors
/// Those of the database.
pub fn put(tx: &Transaction<'_>, known: &Known) -> Result<()> {
    tx.prepare_cached(PUT)?.execute((
        known.segment.to_string(),
        to_json(&known.rule)?,
        known.version,
        known.dated,
        to_stored(known.count.members)?,
        known.count.not_in_audience.map(to_stored).transpose()?,
        known.count.counted_at.to_string(),
    ))?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> Result<Known> {
    Ok(Known {
        segment: identity(SegmentId::parse(&row.get::<_, String>(0)?))?,
        rule: from_json(&row.get::<_, String>(1)?, "the rule of a count")?,
        version: row.get(2)?,
        dated: row.get(3)?,
        count: SegmentCount {
            members: from_stored(row.get(4)?)?,
            not_in_audience: row.get::<_, Option<i64>>(5)?.map(from_stored).transpose()?,
            counted_at: moment(&row.get::<_, String>(6)?)?,
        },
    })
}
