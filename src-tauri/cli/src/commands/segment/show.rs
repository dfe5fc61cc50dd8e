//! A segment as it is printed.

use jiff::Timestamp;
use schemars::JsonSchema;
use segue_engine::error::{Error, Result};
use segue_engine::model::{Audience, AudienceKind, KnownCount, Segment, SegmentCount, SegmentRule};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::table::{Head, Table, count, moment, number};

/// The answer of `segment count`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Counted {
    pub(super) segment: String,
    #[serde(flatten)]
    pub(super) count: SegmentCount,
}

/// A segment as it is printed: with the audience's name beside its id.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Shown {
    id: String,
    pub(super) name: String,
    audience: String,
    audience_id: String,
    kind: &'static str,
    predicate: Option<String>,
    #[schemars(with = "Option<serde_json::Value>")]
    rule: Option<Box<RawValue>>,
    file: Option<String>,
    key: Option<String>,
    membership: Option<String>,
    members: Option<u64>,
    not_in_audience: Option<u64>,
    counted_at: Option<Timestamp>,
    outdated: Option<bool>,
    created_at: Timestamp,
}

impl Shown {
    /// The segment, its audience, and what is known of how many are in it.
    pub(super) fn new(segment: Segment, audience: &Audience, known: Option<KnownCount>) -> Result<Self> {
        let count = known.map(|known| known.count);
        let kind = segment.rule.kind();
        let (mut predicate, mut rule, mut file, mut key, mut membership) = (None, None, None, None, None);
        match segment.rule {
            SegmentRule::Where { predicate: text } => predicate = Some(text),
            SegmentRule::Json { rule: text } => rule = Some(text),
            SegmentRule::Members { path, key: column } => (file, key) = (Some(path), column),
            SegmentRule::Membership { name } => {
                let AudienceKind::Files(files) = &audience.kind;
                (file, membership) = (files.memberships.clone(), Some(name));
            }
        }
        // As it stands: a parsed value could not be nested so deep.
        let rule = rule
            .map(RawValue::from_string)
            .transpose()
            .map_err(|_| Error::internal("the rule of a segment is no JSON"))?;
        Ok(Self {
            id: segment.id.to_string(),
            name: segment.name,
            audience: audience.name.clone(),
            audience_id: audience.id.to_string(),
            kind,
            predicate,
            rule,
            file,
            key,
            membership,
            members: count.map(|count| count.members),
            not_in_audience: count.and_then(|count| count.not_in_audience),
            counted_at: count.map(|count| count.counted_at),
            outdated: known.map(|known| known.outdated),
            created_at: segment.created_at,
        })
    }

    /// When its members were counted, and whether that is still so.
    fn counted(&self) -> String {
        match (self.counted_at, self.outdated) {
            (Some(at), Some(true)) => format!("{}, of older data", moment(at)),
            (Some(at), _) => moment(at),
            (None, _) => "not yet".to_owned(),
        }
    }

    /// Who is in it, on one line.
    pub(super) fn words(&self) -> String {
        match (&self.predicate, &self.membership, &self.file) {
            (Some(predicate), ..) => predicate.clone(),
            (_, Some(name), _) if *name == self.name => "as the memberships file says".to_owned(),
            (_, Some(name), _) => format!("as the memberships file says of “{}”", short(name)),
            (_, _, Some(file)) => format!("the members named in {file}"),
            _ => "a rule in JSON; see it with segue segment list --json".to_owned(),
        }
    }
}

impl Counted {
    /// On one line.
    pub(super) fn words(&self) -> String {
        let members = count(self.count.members, "profile", "profiles");
        match self.count.not_in_audience {
            None | Some(0) => members,
            Some(ids) => {
                format!("{members}. The file names {} more that no profile has.", count(ids, "id", "ids"))
            }
        }
    }
}

/// What to do next.
pub(super) fn added(segment: &Shown) -> String {
    format!("“{0}” is added. How many are in it: segue segment count \"{0}\"", segment.name)
}

/// A name from a file may be of any length; those that people give are shown whole.
fn short(name: &str) -> String {
    match name.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name.to_owned(),
    }
}

/// One row each.
pub(super) fn list(segments: &[Shown]) -> String {
    if segments.is_empty() {
        return "There is no segment yet; add one: segue segment add NAME --audience A --where PREDICATE"
            .to_owned();
    }
    let mut table = Table::new(&[
        Head::Text("Name"),
        Head::Text("Audience"),
        Head::Number("Members"),
        Head::Text("Counted"),
        Head::Text("Who is in it"),
    ]);
    for segment in segments {
        table.row([
            short(&segment.name),
            segment.audience.clone(),
            segment.members.map_or_else(|| "–".to_owned(), number),
            segment.counted(),
            segment.words(),
        ]);
    }
    table.to_string()
}
