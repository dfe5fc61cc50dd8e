//! `segue segment`: named sets of profiles of one audience.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use segue_engine::Engine;
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{AudienceKind, KnownCount, Segment, SegmentCount, SegmentRule};
use serde::Serialize;
use serde_json::json;
use serde_json::value::RawValue;

use super::audience::absolute;
use crate::exit::Exit;
use crate::host::Host;
use crate::rule_file;
use crate::table::{Head, Table, count, moment, number};

/// The deeds.
#[derive(Debug, Subcommand)]
pub(crate) enum SegmentCommand {
    /// Add a segment
    #[command(after_help = "\
PREDICATE is one SQL boolean expression over the columns of the audience. Names match without case;
names with other characters stand in double quotes. FILE.json is a rule of rowsets and criteria; see
docs/rules/segment-rules.md. FILE names one member a row, by the id in its column CustomerId or
--key; other columns do not count. It is read again at each run, as it is then.

Examples:
  segue segment add Stockholm --audience Customers --where \"City = 'Stockholm'\"
  segue segment add Regulars --audience Customers --where 'Orders >= 5 AND \"Last order\" IS NOT NULL'
  segue segment add Spring --audience Customers --rule spring.json
  segue segment add VIPs --audience Customers --members vips.csv")]
    Add {
        /// The segment's name
        name: String,
        /// The audience: name or id
        #[arg(long, value_name = "A")]
        audience: String,
        #[command(flatten)]
        who: Who,
    },
    /// Change who is in a segment
    #[command(
        after_help = "Example:\n  segue segment edit Stockholm --where \"City IN ('Stockholm', 'Solna')\""
    )]
    Edit {
        /// Name or id
        name: String,
        #[command(flatten)]
        who: Who,
    },
    /// Rename a segment; its lists keep their titles
    #[command(after_help = "Example:\n  segue segment rename Stockholm Capital")]
    Rename {
        /// Name or id
        name: String,
        /// The new name
        new: String,
    },
    /// List the segments
    #[command(after_help = "\
Members are those of the last count, which may be of older data: nothing is read for the list.

Example:
  segue segment list --audience Customers")]
    List {
        /// Only those of this audience: name or id
        #[arg(long, value_name = "A")]
        audience: Option<String>,
    },
    /// Count the members of a segment
    #[command(after_help = "\
All segments of its audience whose count is of older data are counted along with it.

Example:
  segue segment count Stockholm")]
    Count {
        /// Name or id
        name: String,
    },
    /// Write the members of a segment to a CSV file
    #[command(after_help = "Example:\n  segue segment download Stockholm stockholm.csv")]
    Download {
        /// Name or id
        name: String,
        /// The file to write
        #[arg(value_name = "FILE.csv")]
        file: PathBuf,
    },
    /// Remove a segment that no export uses
    #[command(after_help = "Example:\n  segue segment remove Stockholm")]
    Remove {
        /// Name or id
        name: String,
    },
}

/// Who is in a segment.
#[derive(Debug, Args)]
pub(crate) struct Who {
    #[command(flatten)]
    said: Said,
    /// The column with the ids in the file of members.
    #[arg(
        long,
        value_name = "COLUMN",
        conflicts_with_all = ["predicate", "rule"],
        help = "The column with the ids in FILE [default: CustomerId in any letter case, else the audience's key]"
    )]
    key: Option<String>,
}

/// How it is said: exactly one of these.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Said {
    /// Who is in it, as a condition
    #[arg(long = "where", value_name = "PREDICATE")]
    predicate: Option<String>,
    /// Who is in it, as a rule in a JSON file
    #[arg(long, value_name = "FILE.json")]
    rule: Option<PathBuf>,
    /// Who is in it, by a file that names them
    #[arg(long, value_name = "FILE")]
    members: Option<PathBuf>,
}

impl Who {
    fn rule(self) -> Result<SegmentRule> {
        let Said { predicate, rule, members } = self.said;
        match (predicate, rule, members) {
            (Some(predicate), ..) => Ok(SegmentRule::Where { predicate }),
            (_, Some(file), _) => Ok(SegmentRule::Json { rule: rule_file::read(&file)? }),
            (.., Some(file)) => Ok(SegmentRule::Members { path: absolute(&file)?, key: self.key }),
            _ => Err(Error::internal("a segment is to be added without saying who is in it")),
        }
    }
}

/// The answer of `segment count`.
#[derive(Debug, Serialize)]
struct Counted {
    segment: String,
    #[serde(flatten)]
    count: SegmentCount,
}

/// A segment as it is printed: with the audience's name beside its id.
#[derive(Debug, Serialize)]
struct Shown {
    id: String,
    name: String,
    audience: String,
    audience_id: String,
    kind: &'static str,
    predicate: Option<String>,
    rule: Option<Box<RawValue>>,
    file: Option<String>,
    key: Option<String>,
    membership: Option<String>,
    members: Option<u64>,
    not_in_audience: Option<u64>,
    counted_at: Option<jiff::Timestamp>,
    outdated: Option<bool>,
    created_at: jiff::Timestamp,
}

impl SegmentCommand {
    /// Does it.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        let engine = host.engine()?;
        match self {
            Self::Add { name, audience, who } => {
                let segment = engine.add_segment(&name, &audience, &who.rule()?).await?;
                let shown = shown(&engine, segment, None).await?;
                host.print.answer(&shown, || added(&shown))?;
            }
            Self::Edit { name, who } => {
                let segment = engine.edit_segment(&name, &who.rule()?).await?;
                let shown = shown(&engine, segment, None).await?;
                host.print.answer(&shown, || format!("“{}” now selects: {}", shown.name, shown.words()))?;
            }
            Self::Rename { name, new } => {
                let segment = engine.rename_segment(&name, &new).await?;
                let shown = shown(&engine, segment, None).await?;
                host.print.answer(&shown, || format!("“{name}” is now “{}”.", shown.name))?;
            }
            Self::List { audience } => {
                let mut all = Vec::new();
                let segments = engine.segments(audience.as_deref()).await?;
                let counts = engine.known_counts(&segments).await?;
                for segment in segments {
                    let known = counts.get(&segment.id).copied();
                    all.push(shown(&engine, segment, known).await?);
                }
                host.print.answer(&all, || list(&all))?;
            }
            Self::Count { name } => {
                let counted = Counted { count: engine.count_segment(&name).await?, segment: name };
                host.print.answer(&counted, || counted.words())?;
            }
            Self::Download { name, file } => {
                let file = std::path::absolute(&file).map_err(|error| {
                    Error::new(Code::BadFile, format!("{} cannot be written: {error}.", file.display()))
                })?;
                let rows = engine.download_segment(&name, &file).await?;
                host.print.answer(&json!({ "segment": name, "file": file, "rows": rows }), || {
                    format!("{} in {}.", count(rows, "profile is", "profiles are"), file.display())
                })?;
            }
            Self::Remove { name } => {
                engine.remove_segment(&name).await?;
                host.print.answer(&json!({ "removed": name }), || format!("“{name}” is removed."))?;
            }
        }
        Ok(Exit::Done)
    }
}

impl Shown {
    /// When its members were counted, and whether that is still so.
    fn counted(&self) -> String {
        match (self.counted_at, self.outdated) {
            (Some(at), Some(true)) => format!("{}, of older data", moment(at)),
            (Some(at), _) => moment(at),
            (None, _) => "not yet".to_owned(),
        }
    }

    /// Who is in it, on one line.
    fn words(&self) -> String {
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
    fn words(&self) -> String {
        let members = count(self.count.members, "profile", "profiles");
        match self.count.not_in_audience {
            None | Some(0) => members,
            Some(ids) => {
                format!("{members}. The file names {} more that no profile has.", count(ids, "id", "ids"))
            }
        }
    }
}

async fn shown(engine: &Engine, segment: Segment, known: Option<KnownCount>) -> Result<Shown> {
    let count = known.map(|known| known.count);
    let audience_id = segment.audience.to_string();
    let kind = match &segment.rule {
        SegmentRule::Where { .. } => "where",
        SegmentRule::Json { .. } => "rule",
        SegmentRule::Members { .. } => "members",
        SegmentRule::Membership { .. } => "membership",
    };
    let audience = engine.audience(&audience_id).await?;
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
    Ok(Shown {
        id: segment.id.to_string(),
        name: segment.name,
        audience: audience.name,
        audience_id,
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

fn added(segment: &Shown) -> String {
    format!("“{0}” is added. How many are in it: segue segment count \"{0}\"", segment.name)
}

/// A name from a file may be of any length; those that people give are shown whole.
fn short(name: &str) -> String {
    match name.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
        None => name.to_owned(),
    }
}

fn list(segments: &[Shown]) -> String {
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
