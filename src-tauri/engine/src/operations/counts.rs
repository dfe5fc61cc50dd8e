//! Counts of segments: of all of an audience in one pass, kept until data or rule are others.

use std::collections::HashMap;

use futures::future::BoxFuture;
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use crate::error::{Code, Error, Result};
use crate::model::{
    Audience, KnownCount, Page, Segment, SegmentCount, SegmentId, SegmentLine, SegmentQuery, SegmentRule,
    SegmentSet, SegmentSize,
};
use crate::source::Source;
use crate::store::segment_count::Known;
use crate::store::segment_page::CountedLine;
use crate::{Engine, run, store};

/// Counts by segment, or why one cannot be counted.
type Counted = HashMap<SegmentId, Result<SegmentCount>>;

impl Engine {
    /// Profiles in a segment now. Where its count is not known for the data as it is, all segments of the
    /// audience of which that is so are counted in the same pass. A rule that reckons from now is always
    /// counted.
    ///
    /// # Errors
    /// `not_found`, `bad_file`, `bad_predicate` where the columns have changed.
    pub async fn count_segment(&self, name: &str) -> Result<SegmentCount> {
        let segment = self.segment(name).await?;
        let audience = self.audience(&segment.audience.to_string()).await?;
        let source = self.audiences.open(&audience).await?;
        run::keep_survey(&self.store, &audience, source.as_ref()).await?;
        let known = self.store.read(store::segment_count::all).await?;
        let now = self.clock.now();
        let mut stale = Vec::new();
        for one in self.segments(Some(&audience.id.to_string())).await? {
            let kept = known.get(&one.id);
            let version = source.version(std::slice::from_ref(&one.rule)).await.ok();
            let holds = kept.is_some_and(|known| holds(known, &one.rule, version.as_deref(), now));
            match kept {
                Some(known) if one.id == segment.id && holds && !known.dated => return Ok(known.count),
                _ if one.id == segment.id || !holds => stale.push(one),
                _ => {}
            }
        }
        let mut counted = self.count(source.as_ref(), stale).await?;
        counted.remove(&segment.id).unwrap_or_else(|| Err(Error::not_found("segment", name)))
    }

    /// What is known of how many are in these segments, without reading data; nothing of those whose rule
    /// was never counted.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn known_counts(&self, segments: &[Segment]) -> Result<HashMap<SegmentId, KnownCount>> {
        let known = self.store.read(store::segment_count::all).await?;
        let now = self.clock.now();
        let mut by_audience: HashMap<_, Vec<&Segment>> = HashMap::new();
        for segment in segments {
            if known.get(&segment.id).is_some_and(|known| known.rule == segment.rule) {
                by_audience.entry(segment.audience).or_default().push(segment);
            }
        }
        let mut counts = HashMap::new();
        for audience in self.audiences().await? {
            let Some(segments) = by_audience.remove(&audience.id) else { continue };
            let rules: Vec<SegmentRule> = segments.iter().map(|segment| segment.rule.clone()).collect();
            let versions = self.audiences.versions(&audience, &rules).await;
            for (segment, version) in segments.into_iter().zip(versions) {
                if let Some(known) = known.get(&segment.id) {
                    let outdated = !holds(known, &segment.rule, version.as_deref(), now);
                    counts.insert(segment.id, KnownCount { count: known.count, outdated });
                }
            }
        }
        Ok(counts)
    }

    /// A page of segments, each with what is known of how many are in it and what uses it. No data is read.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn segment_page(&self, query: SegmentQuery) -> Result<Page<SegmentLine>> {
        let page = self.store.read(move |conn| store::segment_page::page(conn, &query)).await?;
        Ok(Page { rows: self.dated(page.rows).await?, total: page.total })
    }

    /// The same of one segment, by name or id.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn segment_line(&self, name: &str) -> Result<SegmentLine> {
        let text = name.to_owned();
        let one = self.store.read(move |conn| store::segment_page::one(conn, &text)).await?;
        let line = self.dated(vec![one]).await?.pop();
        line.ok_or_else(|| Error::not_found("segment", name))
    }

    /// Finds out which counts are outdated: each audience is asked once.
    async fn dated(&self, rows: Vec<CountedLine>) -> Result<Vec<SegmentLine>> {
        let now = self.clock.now();
        let mut by_audience: HashMap<_, Vec<SegmentRule>> = HashMap::new();
        for known in rows.iter().filter(|row| row.known.is_some()) {
            let segment = &known.line.segment;
            by_audience.entry(segment.audience).or_default().push(segment.rule.clone());
        }
        let mut versions = HashMap::new();
        for (id, rules) in by_audience {
            let audience = self.audience(&id.to_string()).await?;
            let found = self.audiences.versions(&audience, &rules).await;
            versions.insert(id, found.into_iter());
        }
        let line = |CountedLine { mut line, known }: CountedLine| {
            if let Some(known) = known {
                let version = versions.get_mut(&line.segment.audience).and_then(Iterator::next).flatten();
                line.outdated = !holds(&known, &line.segment.rule, version.as_deref(), now);
            }
            line
        };
        Ok(rows.into_iter().map(line).collect())
    }

    /// Counts these segments anew, by ids or names. All are tried.
    ///
    /// # Errors
    /// `not_found`; that of the first that cannot be counted, which keeps what was known.
    pub async fn recount_segments(&self, names: &[String]) -> Result<()> {
        let mut by_audience: HashMap<_, Vec<Segment>> = HashMap::new();
        for name in names {
            let segment = self.segment(name).await?;
            by_audience.entry(segment.audience).or_default().push(segment);
        }
        let mut failed = None;
        for (id, segments) in by_audience {
            let audience = self.audience(&id.to_string()).await?;
            let source = self.audiences.open(&audience).await?;
            run::keep_survey(&self.store, &audience, source.as_ref()).await?;
            let counted = self.count(source.as_ref(), segments).await?;
            failed = failed.or(counted.into_values().find_map(Result::err));
        }
        failed.map_or(Ok(()), Err)
    }

    /// How large a segment was on the days when it was counted, oldest first.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn segment_sizes(&self, name: &str) -> Result<Vec<SegmentSize>> {
        let id = self.segment(name).await?.id;
        self.store.read(move |conn| store::segment_size::of(conn, id)).await
    }

    /// Members of a segment when it was last counted so long ago or before; `None`: it was not then.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn segment_size_ago(&self, name: &str, ago: SignedDuration) -> Result<Option<u64>> {
        let (id, now) = (self.segment(name).await?.id, self.clock.now());
        let then = now.checked_sub(ago).unwrap_or(now);
        self.store.read(move |conn| store::segment_size::before(conn, id, then)).await
    }

    /// Counts all segments of an audience. One that cannot be counted keeps what was known. Returns how many
    /// were counted, and why the first was not that could not be.
    pub(super) async fn recount(
        &self,
        audience: &Audience,
        source: &dyn Source,
    ) -> Result<(u64, Option<Error>)> {
        let segments = self.segments(Some(&audience.id.to_string())).await?;
        let counted = self.count(source, segments).await?;
        let sound = counted.values().filter(|one| one.is_ok()).count() as u64;
        Ok((sound, counted.into_values().find_map(Result::err)))
    }

    /// Counts these segments, as many at a time as an export may have, and keeps what it finds.
    async fn count(&self, source: &dyn Source, segments: Vec<Segment>) -> Result<Counted> {
        let mut counted = Counted::new();
        let mut sound = Vec::with_capacity(segments.len());
        for segment in segments {
            // What a memberships file says was checked when it was opened.
            let given = matches!(segment.rule, SegmentRule::Membership { .. });
            match if given { Ok(()) } else { source.check(&segment.rule).await } {
                Ok(()) => sound.push(segment),
                Err(error) => {
                    counted.insert(segment.id, Err(error));
                }
            }
        }
        for part in sound.chunks(SegmentSet::MOST) {
            let known = self.count_part(source, part, &mut counted).await?;
            self.store
                .write(move |tx| {
                    known.iter().try_for_each(|known| {
                        store::segment_count::put(tx, known)?;
                        store::segment_size::put(tx, known.segment, &known.count)
                    })
                })
                .await?;
        }
        Ok(counted)
    }

    /// Counts these segments in one pass. A condition that cannot be computed is found by halves, so that
    /// it does not keep the others from being counted.
    fn count_part<'a>(
        &'a self,
        source: &'a dyn Source,
        segments: &'a [Segment],
        counted: &'a mut Counted,
    ) -> BoxFuture<'a, Result<Vec<Known>>> {
        Box::pin(async move {
            let now = self.clock.now();
            let rules: Vec<SegmentRule> = segments.iter().map(|segment| segment.rule.clone()).collect();
            let each = match source.count(&rules, now).await {
                Ok(count) => count.each,
                Err(error) if error.code != Code::BadPredicate || segments.len() < 2 => {
                    for segment in segments {
                        counted.insert(segment.id, Err(error.clone()));
                    }
                    return Ok(Vec::new());
                }
                Err(_) => {
                    let (one, other) = segments.split_at(segments.len() / 2);
                    let mut known = self.count_part(source, one, counted).await?;
                    known.extend(self.count_part(source, other, counted).await?);
                    return Ok(known);
                }
            };
            let named = source.named(&rules).await?;
            let mut known = Vec::with_capacity(segments.len());
            for ((segment, members), named) in segments.iter().zip(each).zip(named) {
                let not_in_audience = segment.rule.names_ids().then(|| named.saturating_sub(members));
                let count = SegmentCount { members, not_in_audience, counted_at: now };
                counted.insert(segment.id, Ok(count));
                known.push(Known {
                    segment: segment.id,
                    rule: segment.rule.clone(),
                    version: digest(&source.version(std::slice::from_ref(&segment.rule)).await?),
                    dated: source.reckons_from_now(&segment.rule)?,
                    count,
                });
            }
            Ok(known)
        })
    }
}

/// Whether a count is still true for this rule, and for data of this version. One that reckons from now is
/// taken as true for the day, in UTC.
fn holds(known: &Known, rule: &SegmentRule, version: Option<&str>, now: jiff::Timestamp) -> bool {
    let day = |at: jiff::Timestamp| at.to_zoned(TimeZone::UTC).date();
    known.rule == *rule
        && version.is_some_and(|version| known.version == digest(version))
        && (!known.dated || day(known.count.counted_at) == day(now))
}

/// Versions are long where there are many files.
fn digest(version: &str) -> [u8; 32] {
    *blake3::hash(version.as_bytes()).as_bytes()
}
