//! `segue segment`: named sets of profiles of one audience.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use schemars::JsonSchema;
use segue_engine::Engine;
use segue_engine::error::{Code, Error, Result};
use segue_engine::model::{Segment, SegmentRule};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::answers::{Removed, Written};
use crate::exit::Exit;
use crate::host::Host;
use crate::rule_file;
use crate::table::{Head, Table, count};

/// The deeds.
#[derive(Debug, Subcommand)]
pub(crate) enum SegmentCommand {
    /// Add a segment
    #[command(after_help = "\
PREDICATE is one SQL boolean expression over the columns of the audience. Names match without case;
names with other characters stand in double quotes. FILE.json is a rule of rowsets and criteria; see
docs/rules/segment-rules.md.

Examples:
  segue segment add Stockholm --audience Customers --where \"City = 'Stockholm'\"
  segue segment add Regulars --audience Customers --where 'Orders >= 5 AND \"Last order\" IS NOT NULL'
  segue segment add Spring --audience Customers --rule spring.json")]
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
    #[command(after_help = "Example:\n  segue segment list --audience Customers")]
    List {
        /// Only those of this audience: name or id
        #[arg(long, value_name = "A")]
        audience: Option<String>,
    },
    /// Count the members of a segment
    #[command(after_help = "Example:\n  segue segment count Stockholm")]
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

/// Who is in a segment: exactly one of these.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Who {
    /// Who is in it, as a condition
    #[arg(long = "where", value_name = "PREDICATE")]
    predicate: Option<String>,
    /// Who is in it, as a rule in a JSON file
    #[arg(long, value_name = "FILE.json")]
    rule: Option<PathBuf>,
}

impl Who {
    fn rule(self) -> Result<SegmentRule> {
        match (self.predicate, self.rule) {
            (Some(predicate), _) => Ok(SegmentRule::Where { predicate }),
            (None, Some(file)) => Ok(SegmentRule::Json { rule: rule_file::read(&file)? }),
            (None, None) => Err(Error::internal("a segment is to be added without saying who is in it")),
        }
    }
}

/// A segment as it is printed: with the audience's name beside its id.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Shown {
    id: String,
    name: String,
    audience: String,
    audience_id: String,
    kind: &'static str,
    predicate: Option<String>,
    #[schemars(with = "Option<serde_json::Value>")]
    rule: Option<Box<RawValue>>,
    created_at: jiff::Timestamp,
}

/// How many are in a segment.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Members<'a> {
    /// The segment, as it was given.
    segment: &'a str,
    /// Profiles in it.
    members: u64,
}

impl SegmentCommand {
    /// Does it.
    pub(crate) async fn run(self, host: &Host) -> Result<Exit> {
        let engine = host.engine()?;
        match self {
            Self::Add { name, audience, who } => {
                let segment = engine.add_segment(&name, &audience, &who.rule()?).await?;
                let shown = shown(&engine, segment).await?;
                host.print.answer(&shown, || added(&shown))?;
            }
            Self::Edit { name, who } => {
                let segment = engine.edit_segment(&name, &who.rule()?).await?;
                let shown = shown(&engine, segment).await?;
                host.print.answer(&shown, || format!("“{}” now selects: {}", shown.name, shown.words()))?;
            }
            Self::Rename { name, new } => {
                let segment = engine.rename_segment(&name, &new).await?;
                let shown = shown(&engine, segment).await?;
                host.print.answer(&shown, || format!("“{name}” is now “{}”.", shown.name))?;
            }
            Self::List { audience } => {
                let mut all = Vec::new();
                for segment in engine.segments(audience.as_deref()).await? {
                    all.push(shown(&engine, segment).await?);
                }
                host.print.answer(&all, || list(&all))?;
            }
            Self::Count { name } => {
                let members = engine.count_segment(&name).await?;
                host.print
                    .answer(&Members { segment: &name, members }, || count(members, "profile", "profiles"))?;
            }
            Self::Download { name, file } => {
                let file = std::path::absolute(&file).map_err(|error| {
                    Error::new(Code::BadFile, format!("{} cannot be written: {error}.", file.display()))
                })?;
                let rows = engine.download_segment(&name, &file).await?;
                host.print.answer(&Written { segment: Some(&name), file: &file, rows }, || {
                    format!("{} in {}.", count(rows, "profile is", "profiles are"), file.display())
                })?;
            }
            Self::Remove { name } => {
                engine.remove_segment(&name).await?;
                host.print.answer(&Removed { removed: &name }, || format!("“{name}” is removed."))?;
            }
        }
        Ok(Exit::Done)
    }
}

impl Shown {
    /// Who is in it, on one line.
    fn words(&self) -> String {
        match &self.predicate {
            Some(predicate) => predicate.clone(),
            None => "a rule in JSON; see it with segue segment list --json".to_owned(),
        }
    }
}

async fn shown(engine: &Engine, segment: Segment) -> Result<Shown> {
    let audience_id = segment.audience.to_string();
    let (kind, predicate, rule) = match segment.rule {
        SegmentRule::Where { predicate } => ("where", Some(predicate), None),
        SegmentRule::Json { rule } => ("rule", None, Some(rule)),
    };
    // As it stands: a parsed value could not be nested so deep.
    let rule = rule
        .map(RawValue::from_string)
        .transpose()
        .map_err(|_| Error::internal("the rule of a segment is no JSON"))?;
    Ok(Shown {
        id: segment.id.to_string(),
        name: segment.name,
        audience: engine.audience(&audience_id).await?.name,
        audience_id,
        kind,
        predicate,
        rule,
        created_at: segment.created_at,
    })
}

fn added(segment: &Shown) -> String {
    format!("“{0}” is added. How many are in it: segue segment count \"{0}\"", segment.name)
}

fn list(segments: &[Shown]) -> String {
    if segments.is_empty() {
        return "There is no segment yet; add one: segue segment add NAME --audience A --where PREDICATE"
            .to_owned();
    }
    let mut table = Table::new(&[Head::Text("Name"), Head::Text("Audience"), Head::Text("Who is in it")]);
    for segment in segments {
        table.row([segment.name.clone(), segment.audience.clone(), segment.words()]);
    }
    table.to_string()
}
