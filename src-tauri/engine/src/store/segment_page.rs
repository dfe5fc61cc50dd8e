//! Segments by pages, each with its count and what uses it: a page is found, sorted and cut here, so that
//! ten thousand segments are as quick as ten.

use std::collections::HashMap;

use rusqlite::{Connection, Row};

use crate::error::{Error, Result};
use crate::model::{Named, Page, SegmentCount, SegmentLine, SegmentOrder, SegmentQuery};

use super::segment_count::Known;
use super::{from_stored, moment, segment, to_json, to_stored};

const COLUMNS: &str = "
    SELECT s.id, s.name, s.audience_id, s.predicate, s.created_at, a.name,
           c.members, c.not_in_audience, c.counted_at, c.version, c.dated, c.rule IS s.predicate
    FROM segment s JOIN audience a ON a.id = s.audience_id LEFT JOIN segment_count c ON c.segment_id = s.id";
const FITS: &str = "
    WHERE (?1 IS NULL OR s.audience_id = ?1) AND (?2 = '' OR holds(?2, s.name))";
const TOTAL: &str = "SELECT count(*) FROM segment s";
const USED_BY: &str = "
    SELECT u.segment_id, e.id, e.name FROM json_each(?1) AS wanted
    JOIN export_segment u ON u.segment_id = wanted.value JOIN export e ON e.id = u.export_id
    ORDER BY fold(e.name), e.id";

/// A line of a page, and what its count is true for.
#[derive(Debug, Clone)]
pub struct CountedLine {
    /// The line; whether its count is outdated is not known yet.
    pub line: SegmentLine,
    /// The count with what it is true for; `None`: never counted, or by another rule.
    pub known: Option<Known>,
}

/// A page of segments.
///
/// # Errors
/// Those of the database.
pub fn page(conn: &Connection, query: &SegmentQuery) -> Result<Page<CountedLine>> {
    let fits = (query.audience.as_deref(), query.search.trim());
    let total = conn.prepare_cached(&format!("{TOTAL}{FITS}"))?.query_row(fits, |row| row.get(0))?;
    let sql = format!("{COLUMNS}{FITS} ORDER BY {} LIMIT ?3 OFFSET ?4", order(query));
    let mut statement = conn.prepare_cached(&sql)?;
    let params = (fits.0, fits.1, to_stored(query.limit)?, to_stored(query.offset)?);
    let mut rows: Vec<CountedLine> = Vec::new();
    let mut found = statement.query(params)?;
    while let Some(row) = found.next()? {
        match from_row(row) {
            Ok(counted) => rows.push(counted),
            Err(error) => tracing::warn!(%error, "a segment of the database was left out"),
        }
    }
    add_users(conn, &mut rows)?;
    Ok(Page { rows, total: from_stored(total)? })
}

/// The line of one segment, by name or id.
///
/// # Errors
/// `NotFound`, and those of the database.
pub fn one(conn: &Connection, text: &str) -> Result<CountedLine> {
    let id = segment::by_name_or_id(conn, text)?.id.to_string();
    let mut statement = conn.prepare_cached(&format!("{COLUMNS} WHERE s.id = ?1"))?;
    let found = statement.query_and_then([id], from_row)?.next();
    let mut rows = vec![found.ok_or_else(|| Error::not_found("segment", text))??];
    add_users(conn, &mut rows)?;
    rows.pop().ok_or_else(|| Error::not_found("segment", text))
}

/// Words of ours only; nothing that a user wrote is in them.
fn order(query: &SegmentQuery) -> String {
    let way = if query.descending { "DESC" } else { "ASC" };
    let first = match query.sort {
        SegmentOrder::Name => String::new(),
        SegmentOrder::Members => format!("c.members IS NULL, c.members {way}, "),
        SegmentOrder::CountedAt => format!("c.counted_at IS NULL, c.counted_at {way}, "),
        SegmentOrder::CreatedAt => format!("s.created_at {way}, "),
        SegmentOrder::Used => {
            "NOT EXISTS (SELECT 1 FROM export_segment u WHERE u.segment_id = s.id), ".to_owned()
        }
    };
    let by_name = if query.sort == SegmentOrder::Name { way } else { "ASC" };
    format!("{first}fold(s.name) {by_name}, s.id")
}

/// Adds what uses the segments, in one question for all of them.
fn add_users(conn: &Connection, rows: &mut [CountedLine]) -> Result<()> {
    let ids: Vec<String> = rows.iter().map(|row| row.line.segment.id.to_string()).collect();
    let mut users: HashMap<String, Vec<Named>> = HashMap::new();
    let mut statement = conn.prepare_cached(USED_BY)?;
    let mut found = statement.query([to_json(&ids)?])?;
    while let Some(row) = found.next()? {
        let named = Named { id: row.get(1)?, name: row.get(2)? };
        users.entry(row.get(0)?).or_default().push(named);
    }
    for row in rows {
        row.line.used_by = users.remove(&row.line.segment.id.to_string()).unwrap_or_default();
    }
    Ok(())
}

fn from_row(row: &Row<'_>) -> Result<CountedLine> {
    let segment = segment::from_row(row)?;
    let count = (row.get::<_, Option<i64>>(6)?)
        .map(|members| -> Result<SegmentCount> {
            Ok(SegmentCount {
                members: from_stored(members)?,
                not_in_audience: row.get::<_, Option<i64>>(7)?.map(from_stored).transpose()?,
                counted_at: moment(&row.get::<_, String>(8)?)?,
            })
        })
        .transpose()?;
    let known = match count {
        Some(count) if row.get::<_, bool>(11)? => Some(Known {
            segment: segment.id,
            rule: segment.rule.clone(),
            version: row.get(9)?,
            dated: row.get(10)?,
            count,
        }),
        _ => None,
    };
    let line = SegmentLine { segment, audience: row.get(5)?, count, outdated: true, used_by: Vec::new() };
    Ok(CountedLine { line, known })
}
